"""Rows that the pages need, asked of the database in plain SQL."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
NAME_COLUMNS = "d.id, d.code, d.label, d.type, d.title, d.issuer, d.issued_on, d.status"
"""What a document is named and listed by."""
_LONGEST = 4000
"""No mention is longer, so only those that begin this near to a place can reach it."""


def rows(connection: sqlite3.Connection, sql: str, /, *values: Any, **named: Any) -> list[Row]:
    """Return the rows of a query as dictionaries, whatever the connection's row factory; its values in order or by name."""
    cursor = connection.execute(sql, named or values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def first(connection: sqlite3.Connection, sql: str, *values: Any) -> Row | None:
    """Return the first row of a query, None where there is none."""
    return next(iter(rows(connection, sql, *values)), None)


def latest_build(connection: sqlite3.Connection) -> Row | None:
    """Return the last build: when, by which version, what it read; None in a database never built."""
    return first(connection, "SELECT * FROM builds ORDER BY at DESC, rowid DESC LIMIT 1")


def troubled_sources(connection: sqlite3.Connection) -> list[Row]:
    """Return the sources that were not read, or read with a warning, the first kind first."""
    return rows(
        connection,
        "SELECT path, format, state, reason, document_id FROM sources WHERE state != 'read' ORDER BY state, path",
    )


def directives(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """Return documents that others implement or are to implement, by how many do."""
    return rows(
        connection,
        f"""SELECT {NAME_COLUMNS}, c.asserted, c.planned
            FROM (SELECT to_id, SUM(status = 'asserted') AS asserted, SUM(status = 'planned') AS planned
                  FROM relations WHERE type = 'implements' AND status IN ('asserted', 'planned')
                  GROUP BY to_id ORDER BY COUNT(*) DESC LIMIT :most) c JOIN documents d ON d.id = c.to_id
            ORDER BY c.asserted + c.planned DESC, d.issued_on DESC, d.id LIMIT :limit""",
        **{"limit": limit, "most": 3 * limit},
    )


def newest(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """Return the documents read in full, newest first, undated ones last."""
    sql = f"SELECT {NAME_COLUMNS} FROM documents d WHERE d.status = 'read' ORDER BY d.issued_on DESC, d.id LIMIT ?"
    return rows(connection, sql, limit)  # NULL is the least of all values


def document(connection: sqlite3.Connection, document_id: str) -> Row | None:
    """Return a document with the name of its agency."""
    return first(
        connection,
        "SELECT d.*, a.name AS agency FROM documents d LEFT JOIN agencies a ON a.id = d.agency_id WHERE d.id = ?",
        document_id,
    )


def named(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Return id → what names the document, for each of `ids`."""
    found = rows(
        connection,
        f"SELECT {NAME_COLUMNS} FROM json_each(?) JOIN documents d ON d.id = value",
        json.dumps(list(ids), ensure_ascii=False),
    )
    return {row["id"]: row for row in found}


def present_id(connection: sqlite3.Connection, old_id: str) -> str | None:
    """Return the id that a former id leads to."""
    found = first(connection, "SELECT document_id FROM document_ids WHERE old_id = ?", old_id)
    return found["document_id"] if found else None


def fact_values(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return each different value that is stated for a fact of a document, with how often it is."""
    return rows(
        connection,
        """SELECT field, value, SUM("count") AS count FROM document_facts
           WHERE document_id = ? GROUP BY field, value ORDER BY field, MIN(rowid)""",
        document_id,
    )


def facts(connection: sqlite3.Connection, document_id: str, field: str, value: str, limit: int) -> list[Row]:
    """Return where a value is stated for a fact: the first sources, each with its date, and the place in it."""
    found = rows(
        connection,
        """SELECT f.field, f.value, f.source_id, f.start, f.end, f.text, f.origin,
                  s.path, s.document_id AS stated_in, d.code, d.label, d.type, d.title, d.issued_on AS stated_on
           FROM document_facts f LEFT JOIN sources s ON s.id = f.source_id
           LEFT JOIN documents d ON d.id = s.document_id
           WHERE f.document_id = ? AND f.field = ? AND f.value = ? ORDER BY f.rowid LIMIT ?""",
        *(document_id, field, value, limit),
    )
    return placed(connection, found, (document_id,))


def sources(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return the sources that hold a document, by path, those without text too; `length` in characters, 0 without text."""
    return rows(
        connection,
        """SELECT id, path, format, state, reason, pages, coalesce(length(text), 0) AS length
           FROM sources WHERE document_id = ? ORDER BY path, id""",
        document_id,
    )


def text(connection: sqlite3.Connection, source_id: str) -> str:
    """Return the text of a source, "" where it has none."""
    found = first(connection, "SELECT text FROM sources WHERE id = ?", source_id)
    return (found and found["text"]) or ""


def mentions(connection: sqlite3.Connection, source_id: str, start: int, end: int) -> list[Row]:
    """Return the mentions that begin in [start, end) of a source, in order, the longer first, with their targets."""
    return rows(
        connection,
        """SELECT m.*, d.status AS target_status, d.code AS target_code, d.label AS target_label,
                  d.type AS target_type, d.title AS target_title
           FROM mentions m LEFT JOIN documents d ON d.id = m.target_id
           WHERE m.source_id = ? AND m.start >= ? AND m.start < ? ORDER BY m.start, m.end DESC, m.id""",
        *(source_id, start, end),
    )


def unsure(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return the mentions in a document that are ambiguous or unresolved, in order."""
    return rows(
        connection,
        """SELECT m.*, m.id AS mention_id, m.start AS mention_start FROM mentions m
           WHERE m.document_id = ? AND m.resolution IN ('ambiguous', 'unresolved')
           ORDER BY m.source_id, m.start LIMIT ?""",
        *(document_id, limit),
    )


def unsure_count(connection: sqlite3.Connection, document_id: str) -> int:
    """Return how many mentions in a document are ambiguous or unresolved."""
    sql = "SELECT COUNT(*) FROM mentions WHERE document_id = ? AND resolution IN ('ambiguous', 'unresolved')"
    return int(connection.execute(sql, (document_id,)).fetchone()[0])


def candidates(connection: sqlite3.Connection, mention_ids: Iterable[int]) -> list[Row]:
    """Return what was considered for mentions that stayed without a target."""
    return rows(
        connection,
        """SELECT c.mention_id, c.document_id, c.score, c.reason, d.code, d.label, d.type, d.title, d.issued_on, d.place
           FROM json_each(?) JOIN mentions m ON m.id = value JOIN candidates c ON c.mention_id = m.id
           LEFT JOIN documents d ON d.id = c.document_id WHERE m.target_id IS NULL
           ORDER BY c.mention_id, c.score DESC, c.document_id""",
        json.dumps(list(mention_ids)),
    )


def spellings(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return how the document is written where others cite it, with counts; "total" is how many spellings there are."""
    return rows(
        connection,
        """SELECT text, count, sources, (SELECT COUNT(*) FROM spellings WHERE document_id = :document) AS total
           FROM spellings WHERE document_id = :document ORDER BY count DESC, text LIMIT :limit""",
        **{"document": document_id, "limit": limit},
    )


def citing(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return the documents that cite this one, with the first mention in each; "total" is how many there are."""
    return rows(
        connection,
        f"""SELECT {NAME_COLUMNS}, c.count, c.mention_id, m.start AS mention_start, c.total
            FROM (SELECT c.*, COUNT(*) OVER () AS total FROM (
                      SELECT document_id, COUNT(*) AS count, MIN(id) AS mention_id FROM mentions
                      WHERE target_id = :document AND document_id IS NOT :document GROUP BY document_id) c
                  JOIN documents d ON d.id = c.document_id ORDER BY d.issued_on DESC, d.id LIMIT :limit) c
            JOIN documents d ON d.id = c.document_id JOIN mentions m ON m.id = c.mention_id
            ORDER BY d.issued_on DESC, d.id""",
        **{"document": document_id, "limit": limit},
    )


def relation_totals(connection: sqlite3.Connection, document_id: str, side: str) -> dict[str, int]:
    """Return relation type → how many relations the document has on this side ("from" or "to")."""
    sql = f"SELECT type, COUNT(*) AS n FROM relations WHERE {side}_id = ? GROUP BY type ORDER BY type"
    return {one["type"]: one["n"] for one in rows(connection, sql, document_id)}


def relations(connection: sqlite3.Connection, document_id: str, side: str, relation: str, limit: int) -> list[Row]:
    """Return relations of one type with the document at their other end; `side` is "from" or "to"."""
    other = {"from": "to", "to": "from"}[side]
    return rows(
        connection,
        f"""SELECT r.id AS relation_id, r.type AS relation, r.status AS relation_status, r.evidence_count, {NAME_COLUMNS}
            FROM relations r JOIN documents d ON d.id = r.{other}_id
            WHERE r.{side}_id = ? AND r.type = ? ORDER BY d.issued_on DESC, d.id, r.id LIMIT ?""",
        *(document_id, relation, limit),
    )


def place(
    connection: sqlite3.Connection, source_id: str | None, start: int | None, end: int | None, ends: Sequence[str]
) -> Row:
    """Return a source, the document in it, and the mention at [start, end), best one of a document of `ends`.

    "mention_id" and "mention_start" are None where no mention is there.
    """
    source = first(
        connection,
        """SELECT s.id AS source_id, s.path, s.document_id, d.code, d.label, d.type, d.title
           FROM sources s LEFT JOIN documents d ON d.id = s.document_id WHERE s.id = ?""",
        source_id,
    )
    found = {"source_id": source_id, "start": start, "end": end, "mention_id": None, "mention_start": None}
    if source_id is None or start is None or end is None:
        return {**found, **(source or {})}
    mention = first(
        connection,
        """SELECT id AS mention_id, start AS mention_start FROM mentions
           WHERE source_id = ? AND start < ? AND start > ? AND end > ?
           ORDER BY target_id IN (?, ?) DESC, start, end DESC LIMIT 1""",
        *(source_id, end, start - _LONGEST, start, *(*ends, "", "")[:2]),
    )
    return {**found, **(source or {}), **(mention or {})}


def placed(connection: sqlite3.Connection, found: Iterable[Row], ends: Sequence[str]) -> list[Row]:
    """Return rows with "source_id", "start" and "end", each with the place that it leads to."""
    return [{**one, **place(connection, one["source_id"], one["start"], one["end"], ends)} for one in found]


def relation_counts(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return relation type → how many relations there are at these documents, whichever way they point."""
    found = rows(
        connection,
        """WITH chosen AS MATERIALIZED (SELECT value AS id FROM json_each(:ids))
           SELECT type, SUM(n) AS n FROM (
               SELECT r.type, COUNT(*) AS n FROM chosen JOIN relations r ON r.to_id = chosen.id GROUP BY r.type
               UNION ALL SELECT r.type, COUNT(*) FROM chosen JOIN relations r ON r.from_id = chosen.id
               WHERE r.to_id NOT IN chosen GROUP BY r.type
           ) GROUP BY type""",
        ids=json.dumps(list(ids), ensure_ascii=False),
    )
    return {one["type"]: one["n"] for one in found}


def agency_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return agency id → name."""
    return {one["id"]: one["name"] for one in rows(connection, "SELECT id, name FROM agencies")}
