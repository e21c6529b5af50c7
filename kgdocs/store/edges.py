"""Documents and relations read back as plain rows, whole or around some documents, for the graph.

What a walk may cross on a day is written here in SQL and in `kgdocs.lineage.asof` for graphs; a
property test compares the two.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal

from kgdocs.models.lineage import DOWNWARD_RELATIONS

Direction = Literal["up", "down"]
Row = dict[str, Any]

DOCUMENT_COLUMNS = (
    "id", "code", "type", "label", "title", "issued_on", "issuer", "agency_id", "place", "level", "status",
)  # fmt: skip
RELATION_COLUMNS = ("id", "from_id", "to_id", "type", "status")
EVIDENCE_COLUMNS = (
    "source", "path", "asserted_by", "asserted_on", "start", "end", "text", "page", "rule", "precision", "measured",
)  # fmt: skip

MAX_STEPS = 60_000
"""Steps that one walk may take, however many ways of different length lead to a document."""

_LATEST = """CASE length({0}.issued_on) WHEN 4 THEN {0}.issued_on || '-12-31'
    WHEN 7 THEN date({0}.issued_on || '-01', '+1 month', '-1 day') ELSE {0}.issued_on END"""
_STANDS = f"""
    AND EXISTS (
        SELECT 1 FROM documents a, documents b WHERE a.id = r.from_id AND b.id = r.to_id
        AND (a.issued_on IS NULL OR r.status = 'planned' OR {_LATEST.format("a")} <= :day)
        AND (b.issued_on IS NULL OR {_LATEST.format("b")} <= :day)
        AND ((r.status = 'asserted' AND a.issued_on IS NOT NULL AND b.issued_on IS NOT NULL) OR EXISTS (
            SELECT 1 FROM evidence e JOIN documents w ON w.id = e.asserted_by
            WHERE e.relation_id = r.id AND {_LATEST.format("w")} <= :day)))
"""
_WALK = """
    WITH RECURSIVE reached(id, depth) AS (
        SELECT :root, 0
        UNION SELECT r.{far}, reached.depth + 1 FROM reached JOIN relations r ON r.{near} = reached.id
            WHERE reached.depth < :depth AND r.type IN (SELECT value FROM json_each(:along)) {stands}
        UNION SELECT r.{near}, reached.depth + 1 FROM reached JOIN relations r ON r.{far} = reached.id
            WHERE reached.depth < :depth AND r.type IN (SELECT value FROM json_each(:against)) {stands}
        ORDER BY 2, 1 LIMIT :rows
    )
    SELECT id FROM reached
"""
_EVIDENCE = """
    SELECT e.relation_id, e.source_id, substr(s.path, 1, instr(s.path || char(10), char(10)) - 1),
        e.asserted_by, d.issued_on, e."start", e."end", e.text, e.page, e.rule,
        e.precision, e.measured
    FROM evidence e LEFT JOIN sources s ON s.id = e.source_id LEFT JOIN documents d ON d.id = e.asserted_by
    WHERE e.relation_id IN (SELECT value FROM json_each(?)) ORDER BY e.relation_id, e.source_id, e."start", e."end"
"""
_BATCH = 5000


def reachable(
    connection: sqlite3.Connection,
    document_id: str,
    direction: Direction,
    *,
    depth: int,
    relations: Collection[str],
    limit: int,
    day: str | None = None,
) -> tuple[list[str], bool]:
    """Return the documents within `depth` steps, the nearest first from `document_id` on, and whether some were left out.

    They are left out beyond `limit` documents or `MAX_STEPS`. "down" leads to those that carry a document out, "up" to what it carries out, along relations
    of these types only; on `day` (ISO) only along what stood then.
    """
    near, far = ("to_id", "from_id") if direction == "down" else ("from_id", "to_id")
    sql = _WALK.format(near=near, far=far, stands=_STANDS if day else "")
    values = {
        "root": document_id,
        "depth": depth,
        "along": _json(sorted(set(relations).difference(DOWNWARD_RELATIONS))),
        "against": _json(sorted(set(relations).intersection(DOWNWARD_RELATIONS))),
        "rows": MAX_STEPS,
        "day": day,
    }
    found: dict[str, None] = {}
    for steps, (one,) in enumerate(connection.execute(sql, values), start=1):
        if (len(found) == limit and one not in found) or steps == MAX_STEPS:
            return list(found), True
        found[one] = None
    return list(found), False


def document_rows(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> Iterator[Row]:
    """Yield the documents with these ids (None: all), ordered by id; the issuer is the agency's name if known."""
    columns = ", ".join("coalesce(a.name, d.issuer)" if name == "issuer" else f"d.{name}" for name in DOCUMENT_COLUMNS)
    sql = f"SELECT {columns} FROM documents d LEFT JOIN agencies a ON a.id = d.agency_id"
    if ids is None:
        found = connection.execute(f"{sql} ORDER BY d.id")
    else:
        found = connection.execute(f"{sql} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id", (_json(ids),))
    return (dict(zip(DOCUMENT_COLUMNS, row, strict=True)) for row in found)


def relation_rows(
    connection: sqlite3.Connection, ids: Collection[str] | None = None, relations: Collection[str] | None = None
) -> Iterator[Row]:
    """Yield relations with their evidence: all, or those between documents of `ids`, of these types; ordered by id."""
    found = bare_relations(connection, ids, relations)
    while batch := list(zip(range(_BATCH), found, strict=False)):
        rows: dict[int, Row] = {row["id"]: {**row, "evidence": []} for _, row in batch}
        for relation, *evidence in connection.execute(_EVIDENCE, (_json(rows),)):
            rows[relation]["evidence"].append(dict(zip(EVIDENCE_COLUMNS, evidence, strict=True)))
        yield from rows.values()


def evidence_of(connection: sqlite3.Connection, relation: int) -> list[Row]:
    """Return the evidence of one relation, ordered by source and place."""
    found = connection.execute(_EVIDENCE, (_json([relation]),))
    return [dict(zip(EVIDENCE_COLUMNS, evidence, strict=True)) for _, *evidence in found]


def bare_relations(
    connection: sqlite3.Connection,
    ids: Collection[str] | None = None,
    relations: Collection[str] | None = None,
    day: str | None = None,
) -> Iterator[Row]:
    """Yield relations without their evidence, chosen as by `relation_rows`, on `day` (ISO) only what stood then."""
    conditions, values = "1", {"ids": _json(ids or ()), "relations": _json(relations or ()), "day": day}
    if ids is not None:
        conditions += "".join(f" AND r.{end} IN (SELECT value FROM json_each(:ids))" for end in ("from_id", "to_id"))
    if relations is not None:
        conditions += " AND r.type IN (SELECT value FROM json_each(:relations))"
    columns = ", ".join(f"r.{name}" for name in RELATION_COLUMNS)
    sql = f"SELECT {columns} FROM relations r WHERE {conditions} {_STANDS if day else ''} ORDER BY r.id"
    return (dict(zip(RELATION_COLUMNS, row, strict=True)) for row in connection.execute(sql, values))


def neighbours(
    connection: sqlite3.Connection,
    ids: Collection[str],
    relations: Collection[str] | None = None,
    day: str | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield (one of `ids`, a document one relation away, whichever way it points), chosen as by `bare_relations`."""
    values = {"ids": _json(ids), "relations": _json(relations or ()), "day": day}
    types = " AND r.type IN (SELECT value FROM json_each(:relations))" if relations is not None else ""
    ends = (("from_id", "to_id"), ("to_id", "from_id"))
    sql = " UNION ALL ".join(
        f"SELECT r.{near}, r.{far} FROM json_each(:ids) JOIN relations r ON r.{near} = value{types}"
        f"{_STANDS if day else ''}"
        for near, far in ends
    )
    yield from connection.execute(sql, values)


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
