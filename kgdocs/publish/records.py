"""Rows that the pages need, asked of the database in plain SQL."""

import sqlite3
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
_NAME = "d.id, d.code, d.label, d.type, d.title, d.issuer, d.issued_on, d.status"
"""What a document is named and listed by."""


def rows(connection: sqlite3.Connection, sql: str, *values: Any) -> list[Row]:
    """Return the rows of a query as dictionaries, whatever the connection's row factory."""
    cursor = connection.execute(sql, values)
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
        f"""SELECT {_NAME},
                   COUNT(DISTINCT CASE WHEN r.status = 'asserted' THEN r.from_id END) AS asserted,
                   COUNT(DISTINCT CASE WHEN r.status = 'planned' THEN r.from_id END) AS planned
            FROM relations r JOIN documents d ON d.id = r.to_id
            WHERE r.type = 'implements' AND r.status IN ('asserted', 'planned')
            GROUP BY d.id ORDER BY COUNT(DISTINCT r.from_id) DESC, d.issued_on DESC, d.id LIMIT ?""",
        limit,
    )


def newest(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """Return the documents read in full, newest first, undated ones last."""
    return rows(
        connection,
        f"""SELECT {_NAME} FROM documents d WHERE d.status = 'read'
            ORDER BY d.issued_on IS NULL, d.issued_on DESC, d.id LIMIT ?""",
        limit,
    )


def document(connection: sqlite3.Connection, document_id: str) -> Row | None:
    """Return a document with the name of its agency."""
    return first(
        connection,
        "SELECT d.*, a.name AS agency FROM documents d LEFT JOIN agencies a ON a.id = d.agency_id WHERE d.id = ?",
        document_id,
    )


def named(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Row]:
    """Return id → what names the document, for each of `ids`."""
    found = (first(connection, f"SELECT {_NAME} FROM documents d WHERE d.id = ?", one) for one in ids)
    return {row["id"]: row for row in found if row}


def present_id(connection: sqlite3.Connection, old_id: str) -> str | None:
    """Return the id that a former id leads to."""
    found = first(connection, "SELECT document_id FROM document_ids WHERE old_id = ?", old_id)
    return found["document_id"] if found else None


def facts(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return every stated fact of a document with its source and the mention that states it."""
    return rows(
        connection,
        """SELECT f.field, f.value, f.source_id, f.start, f.end, f.text, f.origin,
                  s.path, s.document_id AS stated_in, d.code, d.label, d.type, d.title,
                  (SELECT m.id FROM mentions m WHERE m.source_id = f.source_id AND m.start < f.end
                   AND m.end > f.start AND m.target_id = f.document_id ORDER BY m.start LIMIT 1) AS mention_id
           FROM document_facts f LEFT JOIN sources s ON s.id = f.source_id
           LEFT JOIN documents d ON d.id = s.document_id
           WHERE f.document_id = ? ORDER BY f.field, f.rowid""",
        document_id,
    )


def sources(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return the sources that hold a document."""
    return rows(
        connection,
        "SELECT id, path, format, state, reason, text, pages FROM sources WHERE document_id = ? ORDER BY path",
        document_id,
    )


def mentions(connection: sqlite3.Connection, source_id: str) -> list[Row]:
    """Return the mentions in a source, in order, the longer first, with their targets."""
    return rows(
        connection,
        """SELECT m.*, d.status AS target_status, d.code AS target_code, d.label AS target_label,
                  d.type AS target_type, d.title AS target_title
           FROM mentions m LEFT JOIN documents d ON d.id = m.target_id
           WHERE m.source_id = ? ORDER BY m.start, m.end DESC, m.id""",
        source_id,
    )


def candidates(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return what was considered for the mentions in a document that stayed without a target."""
    return rows(
        connection,
        """SELECT c.mention_id, c.document_id, c.score, c.reason, d.code, d.label, d.type, d.title, d.issued_on
           FROM mentions m JOIN candidates c ON c.mention_id = m.id
           LEFT JOIN documents d ON d.id = c.document_id
           WHERE m.document_id = ? AND m.target_id IS NULL
           ORDER BY c.mention_id, c.score DESC, c.document_id""",
        document_id,
    )


def spellings(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return how the document is written where others cite it, with counts."""
    return rows(
        connection,
        """SELECT text, COUNT(*) AS count, COUNT(DISTINCT source_id) AS sources FROM mentions
           WHERE target_id = ?1 AND document_id IS NOT ?1
           GROUP BY text ORDER BY count DESC, text""",
        document_id,
    )


def citing(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return the documents that cite this one, with the first mention in each."""
    return rows(
        connection,
        f"""SELECT {_NAME}, COUNT(*) AS count, MIN(m.id) AS mention_id
            FROM mentions m JOIN documents d ON d.id = m.document_id
            WHERE m.target_id = ?1 AND m.document_id IS NOT ?1
            GROUP BY d.id ORDER BY d.issued_on DESC, d.id""",
        document_id,
    )


def relations(connection: sqlite3.Connection, document_id: str, side: str) -> list[Row]:
    """Return relations of a document with the document at their other end; `side` is "from" or "to"."""
    other = {"from": "to", "to": "from"}[side]
    return rows(
        connection,
        f"""SELECT r.id AS relation_id, r.type AS relation, r.status AS relation_status, r.evidence_count, {_NAME}
            FROM relations r JOIN documents d ON d.id = r.{other}_id
            WHERE r.{side}_id = ? ORDER BY r.type, d.issued_on DESC, d.id""",
        document_id,
    )


def evidence(connection: sqlite3.Connection, relation_id: int, ends: tuple[str, str]) -> list[Row]:
    """Return the evidence of a relation between `ends`, each with the place that it leads to."""
    found = rows(
        connection,
        "SELECT source_id, start, end, text, page, rule FROM evidence WHERE relation_id = ? ORDER BY source_id, start",
        relation_id,
    )
    return [{**one, **place(connection, one["source_id"], one["start"], one["end"], ends)} for one in found]


def place(connection: sqlite3.Connection, source_id: str, start: int, end: int, ends: tuple[str, str]) -> Row:
    """Return a source, the document in it, and the mention at [start, end), best one of `ends`."""
    source = first(
        connection,
        """SELECT s.id AS source_id, s.path, s.document_id, d.code, d.label, d.type, d.title
           FROM sources s LEFT JOIN documents d ON d.id = s.document_id WHERE s.id = ?""",
        source_id,
    )
    mention = first(
        connection,
        """SELECT id FROM mentions WHERE source_id = ? AND start < ? AND end > ?
           ORDER BY target_id IN (?, ?) DESC, start, end DESC LIMIT 1""",
        *(source_id, end, start, *ends),
    )
    return {**(source or {"source_id": source_id}), "mention_id": mention["id"] if mention else None}


def relation_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return relation type → how many relations there are."""
    return {
        one["type"]: one["n"] for one in rows(connection, "SELECT type, COUNT(*) AS n FROM relations GROUP BY type")
    }


def agency_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return agency id → name."""
    return {one["id"]: one["name"] for one in rows(connection, "SELECT id, name FROM agencies")}
