"""The page of findings: the gravest first, counted by kind, severity, agency and place, each with its line in the source."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from kgdocs.models import SEVERITIES
from kgdocs.pipeline.auditing import STEP_CODES
from kgdocs.publish import records
from kgdocs.publish.lists import CSV_LIMIT, choice, csv_text, pages_of, turn
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

PATH = "/phat-hien"
PAGE_SIZE = 50
FACETS = ("severity", "code", "agency", "place")
FILTERS = (*FACETS, "document")
_FACET_VALUES = 40
"""Values of one facet on the page, the most frequent."""
_RANK = f"instr('{' '.join(SEVERITIES)}', f.severity)"
_COUNTS = {
    "severity": f"SELECT f.severity AS value, SUM(f.count) AS count FROM {{}} f WHERE {{}} GROUP BY 1 ORDER BY {_RANK}",
    "code": "SELECT f.code AS value, SUM(f.count) AS count FROM {} f WHERE {} GROUP BY 1"
    f" ORDER BY MIN({_RANK}), 2 DESC, 1",
    "agency": "SELECT f.agency_id AS value, SUM(f.count) AS count FROM {} f WHERE {} AND f.agency_id IS NOT NULL"
    f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_FACET_VALUES}",
    "place": "SELECT f.place AS value, SUM(f.count) AS count FROM {} f WHERE {} AND f.place IS NOT NULL"
    " GROUP BY 1 ORDER BY 2 DESC, 1",
}
_COUNT_CONDITIONS = {
    "severity": "f.severity = :severity",
    "code": "f.code = :code",
    "agency": "f.agency_id = :agency",
    "place": "f.place = :place",
}
_OF_DOCUMENT = """SELECT id FROM findings WHERE document_id = :document
    UNION SELECT o.id FROM sources s JOIN findings o ON o.source_id = s.id WHERE s.document_id = :document"""
_COUNTED = "finding_counts"
"""What the build has counted of all findings; a place is the first part of a document's id, a province or the centre."""
_COUNTED_OF_DOCUMENT = f"""(SELECT f.code, f.severity, d.agency_id,
        substr(f.document_id, 1, instr(f.document_id || '/', '/') - 1) AS place, COUNT(*) AS count
    FROM findings f LEFT JOIN documents d ON d.id = f.document_id WHERE f.id IN ({_OF_DOCUMENT}) GROUP BY 1, 2, 3, 4)"""
"""The same of one document, counted when it is asked for."""
_CONDITIONS = {
    "severity": "f.severity = :severity",
    "code": "f.code = :code",
    "agency": "f.document_id IN (SELECT id FROM documents WHERE agency_id = :agency)",
    "place": "f.document_id >= :place || '/' AND f.document_id < :place || '0'",  # "0" follows "/"
    "document": f"f.id IN ({_OF_DOCUMENT})",
}
_ROWS = """SELECT f.id, f.code, f.severity, f.message, f.message_en, f.document_id, f.source_id, f."start", f."end", f.text,
        f.details, f.since, d.code AS document_code, d.label, d.type, d.title, d.issued_on, a.name AS agency, s.path
    FROM (SELECT f.id FROM findings f WHERE f.severity = :grade AND {} ORDER BY 1 LIMIT :limit OFFSET :offset) found
    JOIN findings f ON f.id = found.id LEFT JOIN documents d ON d.id = f.document_id
    LEFT JOIN agencies a ON a.id = d.agency_id LEFT JOIN sources s ON s.id = f.source_id ORDER BY f.id"""
_CSV_FIELDS = (
    "code", "severity", "message", "document_id", "document_code", "agency", "source", "path", "start", "end", "text",
    "since",
)  # fmt: skip
_OF_STEPS = f"""SELECT id FROM findings WHERE document_id IN (SELECT value FROM json_each(:above))
    AND code IN {tuple(sorted(STEP_CODES))} AND json_extract(details, '$.directive') = :document"""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[Row, Row]:
    """Return findings as JSON, and the links of facets and pages; raises Invalid for a severity that there is not."""
    filters = _filters(query)
    counts = {name: _count(connection, filters, name) for name in FACETS}
    graded = _by_severity(filters, counts["severity"])
    total = sum(graded.values())
    page, pages = pages_of(query, total, PAGE_SIZE)
    found = _rows(connection, filters, graded, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    agencies = {one["value"]: one["name"] for one in counts["agency"]}
    value: Row = {
        "filters": {name: one for name, one in filters.items() if one},
        "total": total,
        "page": page,
        "pages": pages,
        "facets": counts,
        "findings": [_finding(connection, one) for one in found],
    }
    view = {
        "groups": [_group(query, filters, name, counts[name]) for name in FACETS if counts[name]],
        "chosen": [_chosen(connection, query, filters, name, agencies) for name in FILTERS if filters[name]],
        "known": bool(records.first(connection, "SELECT 1 FROM findings LIMIT 1")),
        "turn": turn(query, PATH, page, pages, filters),
        "csv": query.url(f"{PATH}.csv", "", **filters),
        "csv_limit": CSV_LIMIT,
        "path": PATH,
    }
    return value, view


def table(connection: sqlite3.Connection, query: Query) -> str:
    """Return the findings that the filters leave as CSV, one line each; raises as `answer` does."""
    message = "message_en" if query.words.language == "en" else "message"
    filters = _filters(query)
    graded = _by_severity(filters, _count(connection, filters, "severity"))
    found = _rows(connection, filters, graded, CSV_LIMIT, 0)
    return csv_text(_CSV_FIELDS, ({**one, "message": one[message], "source": one["source_id"]} for one in found))


def by_kind(connection: sqlite3.Connection) -> list[Row]:
    """Return each kind of finding with its severity and count, the gravest first; a kind of two severities twice."""
    return records.rows(
        connection,
        f"""SELECT f.code, f.severity, SUM(f.count) AS count FROM finding_counts f
            GROUP BY f.code, f.severity ORDER BY {_RANK}, 3 DESC, 1""",
    )


def of_document(connection: sqlite3.Connection, document_id: str, limit: int) -> tuple[list[Row], int]:
    """Return the first findings about a document or in its own text and how many there are, as `of_chain` does."""
    return _chosen_by(connection, _OF_DOCUMENT, "1", limit, {"document": document_id})


def of_chain(
    connection: sqlite3.Connection, directive_id: str, above: Collection[str], limit: int, day: str = ""
) -> tuple[list[Row], int]:
    """Return the gravest findings about a directive or in its own text, each with the place that it leads to, and how many there are.

    With those about the steps of its chain, of which `above` are the documents that steps carry out. For a `day` other than
    today those are left out, for they follow from the steps as they are, and so is what was not yet there.
    """
    values = {"document": directive_id, "above": json.dumps(sorted(above)), "day": day}
    then = f"f.code NOT IN {tuple(sorted(STEP_CODES))} AND f.since <= :day" if day else "1"
    return _chosen_by(connection, f"{_OF_DOCUMENT} UNION {_OF_STEPS}", then, limit, values)


def _chosen_by(
    connection: sqlite3.Connection, chosen: str, condition: str, limit: int, values: dict[str, str]
) -> tuple[list[Row], int]:
    """Return the first findings whose ids the SQL `chosen` gives, where a condition holds, and the number of all."""
    found = records.rows(
        connection,
        f"""SELECT f.code, f.severity, f.document_id, f.source_id, f."start", f."end", f.text, f.message, f.message_en,
                   f.details, f.since, one.total
            FROM (SELECT f.id, COUNT(*) OVER () AS total FROM findings f WHERE f.id IN ({chosen}) AND {condition}
                  ORDER BY {_RANK}, f.id LIMIT :limit) one
            JOIN findings f ON f.id = one.id ORDER BY {_RANK}, f.id""",
        **values,
        limit=limit,
    )
    total = found[0]["total"] if found else 0
    ends = (values["document"], values["document"])
    shown = [{name: own for name, own in one.items() if name != "total"} for one in found]
    return [
        {
            **one,
            "details": json.loads(one["details"]),
            "place": records.place(connection, one["source_id"], one["start"], one["end"], ends),
        }
        for one in shown
    ], total


def _filters(query: Query) -> dict[str, str]:
    """Return the filters of the address, "" where one is not set."""
    return {**{name: query.one(name) for name in FILTERS}, "severity": choice(query, "severity", SEVERITIES)}


def _where(conditions: Mapping[str, str], filters: Mapping[str, str], but: str = "") -> str:
    """Return the SQL of all filters but one, as `conditions` put them."""
    return " AND ".join(sql for name, sql in conditions.items() if filters[name] and name != but) or "1"


def _count(connection: sqlite3.Connection, filters: dict[str, str], facet: str) -> list[Row]:
    """Return the values of one facet with counts, as the other filters leave them; agencies with their names."""
    counted = _COUNTED_OF_DOCUMENT if filters["document"] else _COUNTED
    sql = _COUNTS[facet].format(counted, _where(_COUNT_CONDITIONS, filters, facet))
    found = records.rows(connection, sql, **filters)
    if facet == "agency":
        return [{**one, "name": _agency(connection, one["value"])} for one in found]
    return found


def _agency(connection: sqlite3.Connection, agency: str) -> str:
    """Return the name of an agency, its id where it has none."""
    found = records.first(connection, "SELECT name FROM agencies WHERE id = ?", agency)
    return str(found["name"]) if found else agency


def _by_severity(filters: dict[str, str], counts: Iterable[Row]) -> dict[str, int]:
    """Return each severity, the gravest first, with how many findings the filters leave; `counts` are those of its facet."""
    chosen = filters["severity"]
    return {one["value"]: one["count"] for one in counts if chosen in ("", one["value"])}


def _rows(
    connection: sqlite3.Connection, filters: dict[str, str], counts: Mapping[str, int], limit: int, offset: int
) -> list[Row]:
    """Return one stretch of findings, the gravest first: severity by severity, so that the index has them in order."""
    sql = _ROWS.format(_where(_CONDITIONS, filters))
    found: list[Row] = []
    for severity, count in counts.items():
        if limit > len(found) and offset < count:
            room = {"limit": limit - len(found), "offset": offset}
            found += records.rows(connection, sql, **filters, grade=severity, **room)
        offset = max(0, offset - count)
    return found


def _finding(connection: sqlite3.Connection, one: Row) -> Row:
    """Return a finding in the form of the contract, with the place that it leads to."""
    ends = (one["document_id"] or "", one["document_id"] or "")
    place = records.place(connection, one["source_id"], one["start"], one["end"], ends)
    known = {name: own for name, own in one.items() if name not in ("id", "source_id")}
    return {**known, "source": one["source_id"], "details": json.loads(one["details"]), "place": place}


def _group(query: Query, filters: dict[str, str], facet: str, counts: list[Row]) -> Row:
    """Return a facet with its links: to narrow by a value, or to lift that again."""
    links = []
    for one in counts:
        active = filters[facet] == one["value"]
        href = query.url(PATH, "", **{**filters, facet: "" if active else one["value"]})
        label = _label(query, facet, one.get("name") or one["value"])
        links.append({"value": one["value"], "href": href, "label": label, "count": one["count"], "active": active})
    return {"name": facet, "links": links, "cut": len(counts) == _FACET_VALUES and facet == "agency"}


def _chosen(connection: sqlite3.Connection, query: Query, filters: dict[str, str], facet: str, agencies: Row) -> Row:
    """Return a filter that is set, with the address that lifts it."""
    name = value = filters[facet]
    if facet == "agency":
        name = agencies.get(value) or _agency(connection, value)
    elif facet == "document":
        name = query.words.document(records.named(connection, [value]).get(value, {"id": value}))
    return {"facet": facet, "label": _label(query, facet, name), "href": query.url(PATH, "", **{**filters, facet: ""})}


def _label(query: Query, facet: str, value: str) -> str:
    """Return how one value of a facet is shown."""
    if facet == "place":
        return query.words.place(value)
    return query.words.term({"code": "finding", "severity": "severity"}.get(facet, ""), value)
