"""A document's page: facts with their sources, text, relations with evidence, who cites it."""

import sqlite3
from itertools import groupby
from typing import Any

from kgdocs.publish import compliance, records
from kgdocs.publish.lineage import drawing, found_document
from kgdocs.publish.site import Query
from kgdocs.publish.text import UNSURE, marked_text

_ORDER = ("label", "code", "title", "issuer", "date", "effective_on", "expires_on")
_COLUMNS = {"date": "issued_on"}
_PICTURE_DEPTH = 2
SHOWN = 200
"""Documents listed per type of relation; the others are in the table of relations."""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a document as JSON, and its marked texts and picture.

    Raises Missing where there is no such document, Moved where it has another id.
    """
    row = found_document(connection, query.document_id)
    sources = records.sources(connection, row["id"])
    mentions = {source["id"]: records.mentions(connection, source["id"]) for source in sources}
    value: dict[str, Any] = {
        "document": row,
        "facts": _facts(connection, row),
        "sources": sources,
        "mentions": [mention for source in sources for mention in mentions[source["id"]]],
        "candidates": records.candidates(connection, row["id"]),
        "relations_out": _relations(connection, row["id"], "from"),
        "relations_in": _relations(connection, row["id"], "to"),
        "chain": compliance.chain(connection, row["id"]),
        "findings": compliance.findings(connection, row["id"]),
        "cited_as": records.spellings(connection, row["id"]),
        "cited_by": records.citing(connection, row["id"]),
    }
    texts = [
        (source, marked_text(source["text"], mentions[source["id"]], query)) for source in sources if source["text"]
    ]
    counts = {way: sum(group["count"] for group in value[f"relations_{way}"]) for way in ("out", "in")}
    places = [(place, list(steps)) for place, steps in groupby(value["chain"], key=lambda one: one["place"])]
    view = {"places": places, "texts": texts, "unsure": _unsure(value), "counts": counts, "shown": SHOWN}
    return value, {**view, **drawing(connection, query, row, depth=_PICTURE_DEPTH)}


def _facts(connection: sqlite3.Connection, row: records.Row) -> list[dict[str, Any]]:
    """Return each fact: the value shown, and all that was stated, the same value once."""
    stated = records.facts(connection, row["id"])
    fields = [*_ORDER, *sorted({one["field"] for one in stated} - set(_ORDER))]
    found = []
    for field in fields:
        column = _COLUMNS.get(field, field)
        shown = row.get(column)
        values = _values([one for one in stated if one["field"] == field], shown)
        several = len(values) > 1 and column in row  # what is no column may well be several, as other ids are
        if values and column not in row:
            shown = ", ".join(one["value"] for one in values)
        if values or shown:
            found.append({"field": field, "value": shown, "stated": values, "differ": several})
    return found


def _values(stated: list[records.Row], shown: str | None) -> list[dict[str, Any]]:
    """Return the different values of one fact, the one shown first, then the most stated."""
    values: dict[str, list[records.Row]] = {}
    for one in stated:
        values.setdefault(" ".join(one["value"].split()).casefold(), []).append(one)
    ordered = sorted(values.values(), key=lambda places: (places[0]["value"] != shown, -len(places)))
    return [{"value": places[0]["value"], "count": len(places), "places": places} for places in ordered]


def _relations(connection: sqlite3.Connection, document_id: str, side: str) -> list[dict[str, Any]]:
    """Return the relations on one side, grouped by type, each with its evidence."""
    found = records.relations(connection, document_id, side)
    groups = []
    for name, items in groupby(found, key=lambda one: one["relation"]):
        all_of_type = list(items)
        shown = all_of_type[:SHOWN]
        for one in shown:
            one["evidence"] = records.evidence(connection, one["relation_id"], (document_id, one["id"]))
        groups.append({"type": name, "count": len(all_of_type), "items": shown})
    return sorted(groups, key=lambda group: group["type"] == "cites")


def _unsure(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the mentions that are ambiguous or unresolved, each with the documents considered."""
    considered: dict[int, list[records.Row]] = {}
    for one in value["candidates"]:
        considered.setdefault(one["mention_id"], []).append(one)
    unsure = [mention for mention in value["mentions"] if mention["resolution"] in UNSURE]
    return [{**mention, "candidates": considered.get(mention["id"], [])} for mention in unsure]
