"""What a document's page says of chains and findings: rows of the audit as the build computed it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from typing import Any

from kgdocs.publish import records

Row = dict[str, Any]


STEP_CODES = ("MISSING_IMPLEMENTATION", "LATE_IMPLEMENTATION", "CHAIN_BROKEN")
"""Findings that follow from chains."""
_OF_DOCUMENT = """SELECT id FROM findings WHERE document_id = ?1
    UNION SELECT o.id FROM sources s JOIN findings o ON o.source_id = s.id WHERE s.document_id = ?1"""
_OF_STEPS = f"""SELECT id FROM findings WHERE document_id IN (SELECT value FROM json_each(?2))
    AND code IN {STEP_CODES} AND json_extract(details, '$.directive') = ?1"""


def findings(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Return the findings about a document or in its own text, the gravest first, each with the place that it leads to."""
    return _found(connection, _OF_DOCUMENT, document_id)


def findings_of_chain(connection: sqlite3.Connection, directive_id: str, above: Collection[str]) -> list[Row]:
    """Return what `findings` does, with those about the steps of a directive's chain; `above` are documents that steps carry out."""
    return _found(connection, f"{_OF_DOCUMENT} UNION {_OF_STEPS}", directive_id, json.dumps(sorted(above)))


def _found(connection: sqlite3.Connection, chosen: str, *values: str) -> list[Row]:
    """Return the findings whose ids the SQL `chosen` gives; the first of `values` is the document asked about."""
    found = records.rows(
        connection,
        f"""SELECT f.code, f.severity, f.document_id, f.source_id, f."start", f."end", f.text, f.message, f.message_en,
                   f.details, f.since
            FROM findings f WHERE f.id IN ({chosen}) ORDER BY instr('high medium low info', f.severity), f.id""",
        *values,
    )
    ends = (values[0], values[0])
    places = [records.place(connection, one["source_id"], one["start"], one["end"], ends) for one in found]
    return [
        {**one, "details": json.loads(one["details"]), "place": place} for one, place in zip(found, places, strict=True)
    ]


def chain(connection: sqlite3.Connection, directive_id: str) -> list[Row]:
    """Return the steps of a directive by place; those of which nothing is known are one row per step, with their number."""
    steps = records.rows(
        connection,
        """SELECT c.chain, c.step, c.place, c.agency, c.agency_name, c.state, c.days, c.deadline, c.basis, c.basis_en,
                  c.document_id AS id, d.code, d.label, d.type, d.title, d.issued_on, d.status
           FROM chain_steps c LEFT JOIN documents d ON d.id = c.document_id
           WHERE c.directive_id = ? ORDER BY c.rowid""",
        directive_id,
    )
    counts = Counter((one["place"], one["step"]) for one in steps if one["state"] == "unknown")
    shown: list[Row] = []
    for one in steps:
        count = counts.pop((one["place"], one["step"]), 0) if one["state"] == "unknown" else 1
        if count:
            shown.append({**one, "count": count})
    return shown
