"""A document's page: facts with their sources, text in parts, relations with evidence, who cites it."""

import re
import sqlite3
from itertools import groupby
from typing import Any

from kgdocs.publish import records
from kgdocs.publish.document import lists, parts, spots
from kgdocs.publish.document.facts import facts
from kgdocs.publish.document.marked import marked_text, state
from kgdocs.publish.drawing import picture_of
from kgdocs.publish.lineage import found_document
from kgdocs.publish.records import Row
from kgdocs.publish.site import Elsewhere, Missing, Query

_PLACES, _MOST_PLACES = 2, 20
"""Places told of each value of a fact: on the page, and in JSON or in a list shown whole."""
_SOURCES = 10
"""Sources of a document whose texts are shown; those of the others can be saved."""
_CHAIN_PLACES = 8
"""Places whose steps of a chain are shown unless all are asked for."""
_PLACE = re.compile(r"([0-9a-f]{1,64})-([0-9]{1,9})")


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a document as JSON, and its marked texts and picture.

    Raises Missing where there is no such document or part of it, Moved where it has another id,
    Elsewhere where a mention or place is asked for that another part of the text holds.
    """
    row = found_document(connection, query.document_id)
    sources = records.sources(connection, row["id"])
    texts = {one["id"]: records.text(connection, one["id"]) for one in sources[:_SOURCES]}
    divided = {one: _parts(connection, one, text) for one, text in texts.items()}
    count = max((len(found) for found in divided.values()), default=1)
    _to_its_part(connection, query, row["id"], divided)
    number = query.whole("phan", 1, 1, count)
    shown = [_shown(connection, source, texts, divided, number) for source in sources]
    limit = lists.limits(query, query.form == ".json")
    mentions = [mention for source in shown for mention in source["mentions"]]
    value: dict[str, Any] = {
        "document": row,
        "facts": facts(connection, row, limit["facts"], _PLACES if limit["facts"] == lists.SHOWN else _MOST_PLACES),
        "part": number,
        "parts": count,
        "sources": [{name: one for name, one in source.items() if name != "mentions"} for source in shown],
        "mentions": mentions,
        "candidates": records.candidates(connection, [one["id"] for one in mentions]),
        **lists.lists(connection, row, limit),
    }
    return value, {} if query.form == ".json" else _view(connection, query, value, shown, texts)


def _view(
    connection: sqlite3.Connection, query: Query, value: dict[str, Any], shown: list[Row], texts: dict[str, str]
) -> dict[str, Any]:
    """What the page shows beyond the JSON."""
    row = value["document"]
    files = list(enumerate((source for source in shown if source["length"]), start=1))
    marked = [
        (number, source, _marked(connection, query, row["id"], source, texts[source["id"]]))
        for number, source in files
        if source["text"]
    ]
    mentions = value["mentions"]
    places = [(place, list(steps)) for place, steps in groupby(value["chain"], key=lambda one: one["place"])]
    return {
        "texts": marked,
        "files": files,
        "states": {state(mention) for mention in mentions},
        "kinds": {mention["kind"] for mention in mentions},
        "places": places[: len(places) if query.one("het") == "chain" else _CHAIN_PLACES],
        "place_count": len(places),
        "shown": lists.SHOWN,
        "most": lists.ASKED,
        **picture_of(connection, query, row, [*value["relations_out"], *value["relations_in"]]),
    }


def _parts(connection: sqlite3.Connection, source_id: str, text: str) -> list[parts.Stretch]:
    """Where the parts of a source are; mentions are looked at only where there are several."""
    if len(text) <= parts.PART:
        return [(0, len(text))]
    sql = "SELECT start, end FROM mentions WHERE source_id = ?"
    return parts.parts(text, [(start, end) for start, end in connection.execute(sql, (source_id,))])


def _shown(
    connection: sqlite3.Connection,
    source: Row,
    texts: dict[str, str],
    divided: dict[str, list[parts.Stretch]],
    number: int,
) -> Row:
    """One part of a source with its mentions; a source that has no such part has no text here."""
    found = divided.get(source["id"], [])
    start, end = found[number - 1] if number <= len(found) else (source["length"], source["length"])
    text = texts.get(source["id"], "")[start:end] or None
    mentions = records.mentions(connection, source["id"], start, end)
    return {**source, "text": text, "start": start, "end": end, "mentions": mentions}


def _marked(connection: sqlite3.Connection, query: Query, document_id: str, one: Row, text: str) -> str:
    start, end = one["start"], one["end"]
    proofs = spots.proofs(connection, one["id"], document_id, start, end)
    return marked_text(text, one["mentions"], query, span=(start, end), proofs=proofs)


def _to_its_part(
    connection: sqlite3.Connection, query: Query, document_id: str, divided: dict[str, list[parts.Stretch]]
) -> None:
    """Lead to the part that holds the mention (`luot`) or place (`vi-tri`) asked for."""
    mention, place = query.one("luot"), _PLACE.fullmatch(query.one("vi-tri"))
    if mention:
        number = query.whole("luot", -1, 0, 10**9)
        found = (
            records.first(
                connection,
                "SELECT source_id, start FROM mentions WHERE id = ? AND document_id = ?",
                number,
                document_id,
            )
            or {}
        )
        source, start, fragment = found.get("source_id"), found.get("start", 0), f"m{number}"
    elif place:
        source = next((one for one in divided if one.startswith(place[1])), None)
        start, fragment = int(place[2]), f"v{place[0]}"
    else:
        return
    if source is None:
        raise Missing(document_id)
    if source not in divided:  # one of so many that its text is only to be saved
        raise Elsewhere(query.document(document_id, "downloads"))
    number = parts.part_at(divided[source], start)
    raise Elsewhere(query.url(f"/van-ban/{document_id}{query.form}", fragment, phan=number if number > 1 else None))
