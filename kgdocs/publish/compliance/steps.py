"""Steps of chains, asked of the database: which directives the filters leave, counts by place, step and state.

A table of a million steps is answered from its indexes; no row of it is looked at in Python but those
of the directives on one page.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from kgdocs.models import STEP_STATES
from kgdocs.publish import records
from kgdocs.publish.compliance.chains import steps_of
from kgdocs.publish.lists import CSV_LIMIT, csv_text
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

Filters = dict[str, str]
"""chain, place, level, state, from, to: "" where one is not set."""
SORTS = ("missing", "date", "code")
_ORDERS = {
    "missing": "(SELECT COUNT(*) FROM chain_steps c WHERE c.state = 'missing' AND c.directive_id = d.id {cells}) DESC,"
    " d.issued_on IS NULL, d.issued_on DESC, d.id",
    "date": "d.issued_on IS NULL, d.issued_on DESC, d.id",
    "code": "d.number_key IS NULL, d.number_key, d.id",
}
_KNOWN = """WITH RECURSIVE known(id) AS (
    SELECT MIN(directive_id) FROM chain_steps
    UNION ALL
    SELECT (SELECT MIN(c.directive_id) FROM chain_steps c WHERE c.directive_id > known.id) FROM known
    WHERE known.id IS NOT NULL
)"""
"""Each directive once, by leaps through the index instead of a walk over all steps."""
_PLACES = """WITH RECURSIVE known(id) AS (
    SELECT MIN(place) FROM chain_steps
    UNION ALL SELECT (SELECT MIN(c.place) FROM chain_steps c WHERE c.place > known.id) FROM known
    WHERE known.id IS NOT NULL
) SELECT id FROM known WHERE id IS NOT NULL"""
_CSV_FIELDS = (
    "directive_id", "code", "title", "issued_on", "chain", "place", "step", "step_name", "agency", "agency_name", "state",
    "document_id", "document_code", "document_date", "days", "deadline", "basis", "required",
)  # fmt: skip


def places(connection: sqlite3.Connection) -> list[str]:
    """Return the places that there are steps of."""
    return [one["id"] for one in records.rows(connection, _PLACES)]


def conditions(filters: Filters) -> tuple[str, Row]:
    """Return the SQL that narrows directives `d` and their steps `c` by all filters, with its values."""
    cells, values = _cell_conditions(filters)
    chosen, more = _chosen(filters)
    state = " AND c.state = :state" if filters["state"] else ""
    return f"{chosen} {cells} {state}", {**values, **more}


def open_directives(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """Return the directives with steps that are missing, late or only planned, those with most missing first."""
    return records.rows(
        connection,
        """SELECT d.id, d.code, d.label, d.type, d.title, d.issued_on, d.status, n.missing, n.planned, n.late FROM (
                SELECT c.directive_id, SUM(c.state = 'missing') AS missing, SUM(c.state = 'planned') AS planned,
                    SUM(c.state = 'late') AS late
                FROM chain_steps c WHERE c.state IN ('missing', 'planned', 'late') GROUP BY c.directive_id
                ORDER BY 2 DESC, 3 DESC, 4 DESC, 1 LIMIT ?
            ) n JOIN documents d ON d.id = n.directive_id
            ORDER BY n.missing DESC, n.planned DESC, n.late DESC, d.id""",
        limit,
    )


def lines(connection: sqlite3.Connection, query: Query, where: str, values: Row) -> str:
    """Return steps as CSV: those of directives `d` and steps `c` for which the SQL `where` holds."""
    basis = "basis_en" if query.words.language == "en" else "basis"
    sql = f"""SELECT c.directive_id, d.code, d.title, d.issued_on, c.chain, c.place, c.step, c.agency, c.agency_name,
            c.state, c.document_id, f.code AS document_code, f.issued_on AS document_date, c.days, c.deadline,
            c.{basis} AS basis, c.required
        FROM chain_steps c JOIN documents d ON d.id = c.directive_id LEFT JOIN documents f ON f.id = c.document_id
        WHERE {where} ORDER BY c.rowid LIMIT {CSV_LIMIT}"""
    found = records.rows(connection, sql, **values)
    return csv_text(_CSV_FIELDS, ({**row, "step_name": query.words.term("step", row["step"])} for row in found))


def _cell_conditions(filters: Filters) -> tuple[str, Row]:
    """Return the SQL that narrows steps `c` by place and level, with its values."""
    sql = " AND c.place = :place" if filters["place"] else ""
    if filters["level"]:
        sql += " AND +c.step IN (SELECT value FROM json_each(:steps))"
    return sql, {"place": filters["place"], "steps": json.dumps(steps_of(filters["level"])), "state": filters["state"]}


def _directive_conditions(filters: Filters) -> str:
    """Return the SQL that narrows directives `d` by their date; a date known in part counts for all that it may mean."""
    sql = "1"
    if filters["from"]:
        sql += " AND d.issued_on || '~' >= :from"
    if filters["to"]:
        sql += " AND d.issued_on <= :to || '~'"
    return sql


def _chosen(filters: Filters) -> tuple[str, Row]:
    """Return the SQL that narrows directives `d` by all filters, with its values."""
    cells, values = _cell_conditions(filters)
    sql = _directive_conditions(filters)
    inner = cells + (" AND c.state = :state" if filters["state"] else "")
    if inner:
        sql += f" AND EXISTS (SELECT 1 FROM chain_steps c WHERE c.directive_id = d.id {inner})"
    if filters["chain"]:
        sql += " AND (SELECT c.chain FROM chain_steps c WHERE c.directive_id = d.id LIMIT 1) = :chain"
    return sql, {**values, **filters}


def count_directives(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return how many directives the filters leave."""
    sql, values = _chosen(filters)
    found = connection.execute(
        f"{_KNOWN} SELECT COUNT(*) FROM known JOIN documents d ON d.id = known.id WHERE {sql}", values
    )
    return int(found.fetchone()[0])


def find_directives(connection: sqlite3.Connection, filters: Filters, sort: str, limit: int, offset: int) -> list[Row]:
    """Return one stretch of the directives that the filters leave."""
    sql, values = _chosen(filters)
    order = _ORDERS[sort].format(cells=_cell_conditions(filters)[0])
    return records.rows(
        connection,
        f"""{_KNOWN} SELECT d.id, d.code, d.label, d.type, d.title, d.issued_on, d.status
            FROM known JOIN documents d ON d.id = known.id WHERE {sql} ORDER BY {order} LIMIT :limit OFFSET :offset""",
        **{**values, "limit": limit, "offset": offset},
    )


def count_states(connection: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    """Return state → how many steps there are in it, whatever state is asked for."""
    filters = {**filters, "state": ""}
    cells, values = _cell_conditions(filters)
    sql = f"SELECT c.state, COUNT(*) FROM chain_steps c WHERE 1 {cells}"
    if filters["from"] or filters["to"] or filters["chain"]:
        chosen, more = _chosen({**filters, "place": "", "level": ""})
        values = {**more, **values}
        sql += f""" AND c.directive_id IN
            ({_KNOWN} SELECT d.id FROM known JOIN documents d ON d.id = known.id WHERE {chosen})"""
    counts = dict(connection.execute(f"{sql} GROUP BY c.state", values).fetchall())
    return {state: counts.get(state, 0) for state in STEP_STATES}


def count_cells(connection: sqlite3.Connection, directives: list[Row], filters: Filters) -> list[tuple[Row, list[Row]]]:
    """Return each directive with its counts by place, step and state."""
    cells, values = _cell_conditions(filters)
    found = records.rows(
        connection,
        f"""SELECT c.directive_id, c.chain, c.place, c.step, c.state, COUNT(*) AS count, MIN(c.days) AS days,
                MAX(c.document_id) AS document_id
            FROM chain_steps c WHERE c.directive_id IN (SELECT value FROM json_each(:ids)) {cells}
            GROUP BY c.directive_id, c.place, c.step, c.state""",
        **{**values, "ids": json.dumps([one["id"] for one in directives])},
    )
    found.sort(key=itemgetter("directive_id"))
    by_id = {key: list(group) for key, group in groupby(found, key=itemgetter("directive_id"))}
    return [(one, by_id.get(one["id"], [])) for one in directives]


def of_directive(connection: sqlite3.Connection, directive_id: str, columns: Sequence[str]) -> list[Row]:
    """Return the steps of a directive as the build computed them, in their order."""
    sql = f"SELECT {', '.join(columns)} FROM chain_steps WHERE directive_id = ? ORDER BY rowid"
    return records.rows(connection, sql, directive_id)


def steps_in_short(connection: sqlite3.Connection, directive_id: str) -> list[Row]:
    """Return the steps of a directive by place, for its page; those of which nothing is known are one row per step, with their number."""
    steps = records.rows(
        connection,
        """SELECT c.chain, c.step, c.place, c.agency, c.agency_name, c.state, c.days, c.deadline, c.basis, c.basis_en,
                  c.document_id AS id, d.code, d.label, d.type, d.title, d.issued_on, d.status
           FROM chain_steps c LEFT JOIN documents d ON d.id = c.document_id
           WHERE c.directive_id = ? ORDER BY c.rowid""",
        directive_id,
    )
    counts = Counter((one["place"], one["step"]) for one in steps if one["state"] == "unknown")
    shown: list[Row] = []
    for one in steps:
        count = counts.pop((one["place"], one["step"]), 0) if one["state"] == "unknown" else 1
        if count:
            shown.append({**one, "count": count})
    return shown
