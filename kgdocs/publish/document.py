"""A document's page: facts with their sources, text in parts, relations with evidence, who cites it."""

import re
import sqlite3
from itertools import groupby
from typing import Any

from kgdocs.publish import listing, parts, records, spots
from kgdocs.publish.drawing import picture_of
from kgdocs.publish.facts import facts
from kgdocs.publish.lineage import found_document
from kgdocs.publish.site import Elsewhere, Missing, Query
from kgdocs.publish.text import marked_text, state

_PLACES, _MOST_PLACES = 2, 20
"""Places told of each value of a fact: on the page, and in JSON or in a list shown whole."""
_CHAIN_PLACES = 8
"""Places whose steps of a chain are shown unless all are asked for."""
_PLACE = re.compile(r"([0-9a-f]{1,64})-([0-9]{1,9})")
Row = dict[str, Any]


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a document as JSON, and its marked texts and picture.

    Raises Missing where there is no such document or part of it, Moved where it has another id,
    Elsewhere where a mention or place is asked for that another part of the text holds.
    """
    row = found_document(connection, query.document_id)
    sources = records.sources(connection, row["id"])
    divided = {source["id"]: _parts(connection, source) for source in sources}
    count = max((len(found) for found in divided.values()), default=1)
    _to_its_part(connection, query, row["id"], divided)
    number = query.whole("phan", 1, 1, count)
    shown = [_shown(connection, source, divided[source["id"]], number) for source in sources]
    limit = listing.limits(query, query.form == ".json")
    mentions = [mention for source in shown for mention in source["mentions"]]
    value: dict[str, Any] = {
        "document": row,
        "facts": facts(connection, row, limit["facts"], _PLACES if limit["facts"] == listing.SHOWN else _MOST_PLACES),
        "part": number,
        "parts": count,
        "sources": [{name: one for name, one in source.items() if name != "mentions"} for source in shown],
        "mentions": mentions,
        "candidates": records.candidates(connection, [one["id"] for one in mentions]),
        **listing.lists(connection, row, limit),
    }
    return value, {} if query.form == ".json" else _view(connection, query, value, sources, shown)


def _view(
    connection: sqlite3.Connection, query: Query, value: dict[str, Any], sources: list[Row], shown: list[Row]
) -> dict[str, Any]:
    """What the page shows beyond the JSON."""
    row = value["document"]
    texts = [
        (number, source, _marked(connection, query, row["id"], one, source["text"]))
        for number, (source, one) in enumerate(
            ((source, one) for source, one in zip(sources, shown, strict=True) if source["text"]), start=1
        )
    ]
    mentions = value["mentions"]
    places = [(place, list(steps)) for place, steps in groupby(value["chain"], key=lambda one: one["place"])]
    return {
        "texts": [one for one in texts if one[2]],
        "files": [(number, source) for number, source, _ in texts],
        "states": {state(mention) for mention in mentions},
        "kinds": {mention["kind"] for mention in mentions},
        "places": places[: len(places) if query.one("het") == "chain" else _CHAIN_PLACES],
        "place_count": len(places),
        "shown": listing.SHOWN,
        "most": listing.ASKED,
        **picture_of(connection, query, row, [*value["relations_out"], *value["relations_in"]]),
    }


def _parts(connection: sqlite3.Connection, source: Row) -> list[parts.Span]:
    """Where the parts of a source are; mentions are looked at only where there are several."""
    text = source["text"] or ""
    if len(text) <= parts.PART:
        return [(0, len(text))]
    sql = "SELECT start, end FROM mentions WHERE source_id = ?"
    return parts.parts(text, [(start, end) for start, end in connection.execute(sql, (source["id"],))])


def _shown(connection: sqlite3.Connection, source: Row, divided: list[parts.Span], number: int) -> Row:
    """One part of a source with its mentions; a source that has no such part has no text here."""
    start, end = divided[number - 1] if number <= len(divided) else (divided[-1][1], divided[-1][1])
    text = source["text"][start:end] if source["text"] is not None else None
    mentions = records.mentions(connection, source["id"], start, end)
    length = len(source["text"] or "")
    return {**source, "text": text, "start": start, "end": end, "length": length, "mentions": mentions}


def _marked(connection: sqlite3.Connection, query: Query, document_id: str, one: Row, text: str) -> str:
    start, end = one["start"], one["end"]
    proofs = spots.proofs(connection, one["id"], document_id, start, end)
    return marked_text(text, one["mentions"], query, span=(start, end), proofs=proofs)


def _to_its_part(
    connection: sqlite3.Connection, query: Query, document_id: str, divided: dict[str, list[parts.Span]]
) -> None:
    """Lead to the part that holds the mention (`luot`) or place (`vi-tri`) asked for."""
    mention, place = query.one("luot"), _PLACE.fullmatch(query.one("vi-tri"))
    if mention:
        number = query.whole("luot", -1, 0, 10**9)
        found = records.first(connection, "SELECT source_id, start FROM mentions WHERE id = ?", number) or {}
        source, start, fragment = found.get("source_id"), found.get("start", 0), f"m{number}"
    elif place:
        source = next((one for one in divided if one.startswith(place[1])), None)
        start, fragment = int(place[2]), f"v{place[0]}"
    else:
        return
    if source not in divided:
        raise Missing(document_id)
    number = parts.part_at(divided[source], start)
    raise Elsewhere(query.url(f"/van-ban/{document_id}{query.form}", fragment, phan=number if number > 1 else None))
