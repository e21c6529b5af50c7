"""Documents and relations read back as plain rows, whole or around some documents, for the graph."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal

Direction = Literal["up", "down"]
Row = dict[str, Any]

DOCUMENT_COLUMNS = ("id", "code", "type", "label", "title", "issued_on", "issuer", "place", "level", "status")

_STEP = {
    "down": "SELECT DISTINCT from_id FROM relations WHERE to_id IN (SELECT value FROM json_each(?))",
    "up": "SELECT DISTINCT to_id FROM relations WHERE from_id IN (SELECT value FROM json_each(?))",
}
_EVIDENCE = """
    SELECT relation_id, source_id, asserted_by, "start", "end", text, page, rule, precision, measured
    FROM evidence
    WHERE relation_id IN (SELECT value FROM json_each(?)) ORDER BY relation_id, source_id, "start", "end"
"""
_BATCH = 5000


def neighbours(
    connection: sqlite3.Connection, ids: Collection[str], direction: Direction, relations: Collection[str]
) -> list[str]:
    """Return the documents one step from `ids`: "down" those that act on them, "up" those they act on."""
    sql = f"{_STEP[direction]} AND type IN (SELECT value FROM json_each(?)) ORDER BY 1"
    return [row[0] for row in connection.execute(sql, (_json(ids), _json(relations)))]


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
) -> list[Row]:
    """Return relations with their evidence: all, or those between documents of `ids`, of these types."""
    conditions, values = ["1"], []
    if ids is not None:
        conditions += [f"{end} IN (SELECT value FROM json_each(?))" for end in ("from_id", "to_id")]
        values += [_json(ids), _json(ids)]
    if relations is not None:
        conditions.append("type IN (SELECT value FROM json_each(?))")
        values.append(_json(relations))
    sql = f"SELECT id, from_id, to_id, type, status FROM relations WHERE {' AND '.join(conditions)} ORDER BY id"
    names = ("id", "from_id", "to_id", "type", "status")
    found: dict[int, Row] = {
        row[0]: {**dict(zip(names, row, strict=True)), "evidence": []} for row in connection.execute(sql, values)
    }
    for evidence in _evidence(connection, list(found)):
        found[evidence.pop("relation_id")]["evidence"].append(evidence)
    return list(found.values())


def _evidence(connection: sqlite3.Connection, relations: list[int]) -> Iterator[Row]:
    names = ("relation_id", "source", "asserted_by", "start", "end", "text", "page", "rule", "precision", "measured")
    for first in range(0, len(relations), _BATCH):
        for row in connection.execute(_EVIDENCE, (_json(relations[first : first + _BATCH]),)):
            yield dict(zip(names, row, strict=True))


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
