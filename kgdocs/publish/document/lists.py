"""The lists on a document's page, each bounded, with how many there are in all."""

import sqlite3
from typing import Any

from kgdocs.publish import findings, records
from kgdocs.publish.compliance import steps
from kgdocs.publish.document import around, spots
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query
from kgdocs.publish.strings import load_strings

SHOWN = 30
"""Rows of a list that a page shows of itself."""
ASKED = 500
"""Rows of a list that a page shows when asked for all (`?het=NAME`)."""
MOST = 2000
"""Rows of a list that JSON holds."""
_EVIDENCE, _MOST_EVIDENCE = 3, 200
LISTS = ("out", "in", "cited", "spellings", "unsure", "facts", "deadlines", "agencies", "findings")
"""What `?het=` may name."""


def limits(query: Query, whole: bool) -> dict[str, int]:
    """Return list → rows to be read: all are long for JSON (`whole`), only the one asked for on a page."""
    asked = query.one("het")
    return {name: MOST if whole else ASKED if name == asked else SHOWN for name in LISTS}


def relations(connection: sqlite3.Connection, document_id: str, side: str, limit: int) -> list[Row]:
    """Return the relations on one side ("from", "to"), grouped by type, each with evidence; in the order of strings.yml, so citations last."""
    totals = records.relation_totals(connection, document_id, side)
    most = _MOST_EVIDENCE if limit == MOST else _EVIDENCE
    groups = []
    for name, total in totals.items():
        items = records.relations(connection, document_id, side, name, limit)
        for one in items:
            ends = (document_id, one["id"])
            one["evidence"] = spots.relation_evidence(connection, one["relation_id"], ends, most)
        groups.append({"type": name, "count": total, "items": items})
    order = {key: number for number, key in enumerate(load_strings())}
    return sorted(groups, key=lambda group: order.get(f"relation.{group['type']}", 0))


def unsure(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """Return the mentions that are ambiguous or unresolved, each with the documents considered."""
    found = records.unsure(connection, document_id, limit)
    considered: dict[int, list[Row]] = {}
    for one in records.candidates(connection, [mention["id"] for mention in found]):
        considered.setdefault(one["mention_id"], []).append(one)
    return [{**mention, "candidates": considered.get(mention["id"], [])} for mention in found]


def lists(connection: sqlite3.Connection, document: Row, limit: dict[str, int]) -> dict[str, Any]:
    """Return every list of a document's page; "counts" tells how long those are that may be cut."""
    name = document["id"]
    found, found_count = findings.of_document(connection, name, limit["findings"])
    value: dict[str, Any] = {
        "relations_out": relations(connection, name, "from", limit["out"]),
        "relations_in": relations(connection, name, "to", limit["in"]),
        "agencies": around.agencies(connection, name, limit["agencies"]),
        "deadlines": around.deadlines(connection, name, limit["deadlines"]),
        "neighbours": around.neighbours(connection, document),
        "chain": steps.steps_in_short(connection, name),
        "findings": found,
        "cited_as": records.spellings(connection, name, limit["spellings"]),
        "cited_by": records.citing(connection, name, limit["cited"]),
        "unsure": unsure(connection, name, limit["unsure"]),
    }
    counts = {way: sum(group["count"] for group in value[f"relations_{way}"]) for way in ("out", "in")}
    counts |= {"unsure": records.unsure_count(connection, name), "findings": found_count}
    for key in ("agencies", "deadlines", "cited_as", "cited_by"):
        counts[key] = max((one.pop("total") for one in value[key]), default=0)
    return {**value, "counts": counts}
