"""What stands around a document: its neighbours in time, the deadlines it sets, the agencies it names."""

import json
import sqlite3
from typing import Any

from kgdocs.publish.records import NAME_COLUMNS, Row, placed, rows

NEAR = 3
"""Documents told of before and after."""
_DIRECTIVES = 3
"""Directives whose other documents are told of."""


def neighbours(connection: sqlite3.Connection, document: Row) -> dict[str, Any]:
    """Return the documents just before and after this one by the day of issue, of its agency and on its directives.

    {"agency": {"before", "after"}, "directives": [{"directive", "before", "after"}]}; nothing is before or
    after a document whose day of issue is not known, and "agency" is None where the agency is not.
    """
    day = document["issued_on"] or ""
    dated = len(day) == len("2024-07-05")
    agency = document["agency_id"]
    same = _near(connection, "d.agency_id = :other", agency, document) if dated and agency else None
    directives = [_about(connection, one, document) for one in _directives(connection, document["id"])] if dated else []
    return {"agency": same, "directives": [one for one in directives if one["before"] or one["after"]]}


def _directives(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """What the document carries out, the newest first."""
    sql = f"""SELECT DISTINCT {NAME_COLUMNS} FROM relations r JOIN documents d ON d.id = r.to_id
              WHERE r.from_id = ? AND r.type = 'implements' AND r.status = 'asserted' AND r.to_id != r.from_id
              ORDER BY d.issued_on DESC, d.id LIMIT ?"""
    return rows(connection, sql, document_id, _DIRECTIVES)


def _about(connection: sqlite3.Connection, directive: Row, document: Row) -> dict[str, Any]:
    condition = """d.id IN (SELECT from_id FROM relations
        WHERE to_id = :other AND type = 'implements' AND status = 'asserted')"""
    return {"directive": directive, **_near(connection, condition, directive["id"], document)}


def _near(connection: sqlite3.Connection, condition: str, other: str, document: Row) -> dict[str, list[Row]]:
    """The documents under a condition that come just before and after, both in the order of time."""
    asked = {"other": other, "day": document["issued_on"], "id": document["id"], "limit": NEAR}
    found = {}
    for name, sign, order in (("before", "<", "DESC"), ("after", ">", "ASC")):
        found[name] = rows(
            connection,
            f"""SELECT {NAME_COLUMNS} FROM documents d WHERE {condition} AND d.id != :id AND length(d.issued_on) = 10
                AND (d.issued_on, d.id) {sign} (:day, :id) ORDER BY d.issued_on {order}, d.id {order} LIMIT :limit""",
            **asked,
        )
    return {"before": found["before"][::-1], "after": found["after"]}


def deadlines(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return the deadlines that the text of a document sets, the first due first, those of every year last."""
    found = rows(
        connection,
        """SELECT task, audience, due, recurring, source_id, start, end, text, rule, COUNT(*) OVER () AS total
           FROM deadlines WHERE document_id = ? ORDER BY recurring, due, start LIMIT ?""",
        *(document_id, limit),
    )
    return placed(connection, found, ())


def agencies(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return the relations of a document to agencies, each with its first piece of evidence."""
    found = rows(
        connection,
        """SELECT r.type AS relation, r.agency, r.agency_id, r.evidence_count, COUNT(*) OVER () AS total,
                  (SELECT json_array(e.source_id, e.start, e.end, e.text, e.rule) FROM agency_evidence e
                   WHERE e.agency_relation_id = r.id ORDER BY e.source_id, e.start LIMIT 1) AS proof
           FROM agency_relations r WHERE r.from_id = ? ORDER BY r.type, r.agency, r.id LIMIT ?""",
        *(document_id, limit),
    )
    return placed(connection, [_with_proof(one) for one in found], ())


def _with_proof(one: Row) -> Row:
    names = ("source_id", "start", "end", "text", "rule")
    proof = json.loads(one.pop("proof") or "null") or [None] * len(names)
    return {**one, **dict(zip(names, proof, strict=True))}
