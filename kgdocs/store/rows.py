"""Rows read back from a database, as plain values for the other stages."""

import sqlite3
from collections.abc import Iterator

_REGISTER = """
    SELECT d.code, d.label AS type, d.issued_on AS date, coalesce(a.name, d.issuer) AS issuer, d.title
    FROM documents d LEFT JOIN agencies a ON a.id = d.agency_id
    WHERE d.code IS NOT NULL ORDER BY d.id
"""


def register_rows(connection: sqlite3.Connection) -> Iterator[dict[str, str | None]]:
    """Yield every coded document as a register has it: code, type, date, issuer with its place, title."""
    for row in connection.execute(_REGISTER):
        yield dict(zip(("code", "type", "date", "issuer", "title"), row, strict=True))


def documents_by_code(connection: sqlite3.Connection, key: str) -> list[dict[str, str | None]]:
    """Return id, code and title of the documents with this number key, sorted by id."""
    sql = "SELECT id, code, title FROM documents WHERE number_key = ? ORDER BY id"
    return [dict(zip(("id", "code", "title"), row, strict=True)) for row in connection.execute(sql, (key,))]


def document_by_id(connection: sqlite3.Connection, document_id: str) -> dict[str, str | None] | None:
    """Return id, code and title of a document, by its id or by one that it had before; None if there is none."""
    sql = """
        SELECT id, code, title FROM documents
        WHERE id = coalesce((SELECT document_id FROM document_ids WHERE old_id = ?1), ?1)
    """
    row = connection.execute(sql, (document_id,)).fetchone()
    return dict(zip(("id", "code", "title"), row, strict=True)) if row else None


def all_codes(connection: sqlite3.Connection) -> list[str]:
    """Return every code in the database, once."""
    return [
        row[0] for row in connection.execute("SELECT DISTINCT code FROM documents WHERE code IS NOT NULL ORDER BY 1")
    ]
