"""Tables that are counted out of others, when all rows of those are there."""

import sqlite3

COUNTED = frozenset({"finding_counts", "spellings", "terms"})
"""The tables; nothing is written into them otherwise."""

_SPELLINGS = """INSERT INTO spellings SELECT target_id, text, COUNT(*), COUNT(DISTINCT source_id) FROM mentions
    WHERE target_id IS NOT NULL AND document_id IS NOT target_id GROUP BY target_id, text ORDER BY 1, 3 DESC, 2"""
_FINDING_COUNTS = """INSERT INTO finding_counts
    SELECT f.code, f.severity, d.agency_id, substr(f.document_id, 1, instr(f.document_id || '/', '/') - 1), COUNT(*)
    FROM findings f LEFT JOIN documents d ON d.id = f.document_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""


def fill_counts(connection: sqlite3.Connection) -> None:
    """Count how each document is written where others cite it, and findings by kind, agency and place."""
    with connection:
        connection.execute(_SPELLINGS)
        connection.execute(_FINDING_COUNTS)
