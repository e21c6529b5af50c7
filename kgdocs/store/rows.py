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


def graph_rows(connection: sqlite3.Connection) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return documents and relations as the graph needs them."""
    documents = _dicts(connection, "SELECT id, code, label, title, issued_on, status FROM documents")
    relations = _dicts(connection, "SELECT id, from_id, to_id, type, status, evidence_count FROM relations")
    return documents, relations


def evidence_rows(connection: sqlite3.Connection) -> list[dict[str, object]]:
    """Return all evidence with the relation it belongs to."""
    columns = 'relation_id, source_id, asserted_by AS document_id, start, "end", text, rule'
    return _dicts(connection, f"SELECT {columns} FROM evidence ORDER BY relation_id, source_id, start")


def _dicts(connection: sqlite3.Connection, sql: str) -> list[dict[str, object]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
