"""Where in a text something stands that the site tells: evidence of relations, facts, deadlines, findings."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from kgdocs.publish.records import Row, placed, rows


def proofs(connection: sqlite3.Connection, source_id: str, document_id: str, start: int, end: int) -> list[Row]:
    """Return the distinct stretches in [start, end) of a source that something on the site is read from, in order."""
    asked: dict[str, Any] = {"source": source_id, "document": document_id, "start": start, "end": end}
    tables = ("evidence", "agency_evidence", "deadlines", "findings")
    within = "source_id = :source AND start >= :start AND start < :end"
    parts = [f"SELECT start, end FROM {table} WHERE {within}" for table in tables]
    parts.append(f"SELECT start, end FROM document_facts WHERE document_id = :document AND {within}")
    sql = " UNION ".join(parts) + " ORDER BY 1, 2"
    return [{"source_id": source_id, "start": one, "end": other} for one, other in connection.execute(sql, asked)]


def relation_evidence(connection: sqlite3.Connection, relation_id: int, ends: Sequence[str], limit: int) -> list[Row]:
    """Return at most `limit` pieces of evidence of a relation between `ends`, each with its place."""
    found = rows(
        connection,
        """SELECT source_id, start, end, text, page, rule, precision, measured FROM evidence
           WHERE relation_id = ? ORDER BY source_id, start LIMIT ?""",
        *(relation_id, limit),
    )
    return placed(connection, found, ends)
