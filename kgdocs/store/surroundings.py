"""What a chain of one directive depends on, so that it can be computed anew without reading the whole graph."""

import json
import sqlite3
from collections.abc import Collection

MAX_CLOSE = 20_000
"""Documents around one directive beyond which its chain of another day is not computed for a page."""

_ACTING = """WITH RECURSIVE reached(id) AS (
        SELECT :directive
        UNION SELECT r.from_id FROM reached JOIN relations r ON r.to_id = reached.id
        WHERE r.type IN (SELECT value FROM json_each(:relations))
        LIMIT :most
    ) SELECT id FROM reached"""
_BESIDE = """SELECT to_id FROM relations WHERE from_id IN (SELECT value FROM json_each(:ids))
    UNION SELECT from_id FROM relations WHERE to_id IN (SELECT value FROM json_each(:ids))"""
_ISSUED = """SELECT id FROM documents WHERE status IN ('read', 'listed') AND issued_on >= :first AND issued_on <= :last || '~'
    AND substr(id, 1, instr(id, '/') - 1) IN (SELECT value FROM json_each(:provinces))"""
_DELAYS = """SELECT CAST(julianday(a.issued_on) - julianday(b.issued_on) AS INTEGER)
    FROM relations r JOIN documents a ON a.id = r.from_id JOIN documents b ON b.id = r.to_id
    WHERE r.type = 'implements' AND r.status = 'asserted' AND length(a.issued_on) = 10 AND length(b.issued_on) = 10
    AND b.issued_on <= a.issued_on AND a.issued_on <= ?"""


def acting_documents(connection: sqlite3.Connection, directive: str, relations: Collection[str]) -> list[str]:
    """Return a directive and all documents that act on it, or on what acts on it, by these relations.

    No more than `MAX_CLOSE` + 1: one more than a page computes with.
    """
    found = connection.execute(
        _ACTING, {"directive": directive, "relations": json.dumps(sorted(relations)), "most": MAX_CLOSE + 1}
    )
    return [one for (one,) in found]


def documents_beside(connection: sqlite3.Connection, ids: Collection[str]) -> list[str]:
    """Return the documents at the other end of any relation of `ids`."""
    return [one for (one,) in connection.execute(_BESIDE, {"ids": json.dumps(list(ids))})]


def issued_in(connection: sqlite3.Connection, provinces: Collection[str], first: str, last: str) -> list[str]:
    """Return the documents read or listed of whole provinces, issued between two days (ISO), or perhaps so."""
    found = connection.execute(_ISSUED, {"first": first[:4], "last": last, "provinces": json.dumps(sorted(provinces))})
    return [one for (one,) in found]


def observed_delays(connection: sqlite3.Connection, day: str) -> list[int]:
    """Return the days of all asserted `implements` between whole dates that were there on a day (ISO)."""
    return [days for (days,) in connection.execute(_DELAYS, (day,))]
