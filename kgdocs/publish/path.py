"""How two documents are connected: the shortest way as a picture and as numbered sentences with evidence."""

import sqlite3
from typing import Any

from kgdocs.pipeline import questions
from kgdocs.pipeline.frontiers import MAX_VISITED
from kgdocs.pipeline.path import DocumentPath, find_path, path_json
from kgdocs.publish import drawing, records
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

ENDS = ("tu", "den")
CHOICES = 30
"""Documents of one code that are offered."""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a path in the form of design §7, with what each field named ("ends"), and its picture and sentences.

    Nothing is sought until both fields name one document each; Invalid where the day asked for is none.
    """
    day = query.day("ngay")
    ends = {name: _end(connection, query.one(name)) for name in ENDS}
    found = None
    if all(end["id"] for end in ends.values()):
        found = find_path(connection, ends["tu"]["id"], ends["den"]["id"], day)
    none = {"root": ends["tu"]["id"], "target": ends["den"]["id"], "connected": False, "lineage_only": False}
    none |= {"limited": False, "nodes": [], "edges": []}
    value = (path_json(found) if found else none) | {"as_of": day, "ends": ends}
    if query.form == ".json":
        return value, {}
    return value, {
        "day": day,
        "fields": [{"name": name, **end, "choices": _choices(query, name, end)} for name, end in ends.items()],
        "found": found,
        "same": found is not None and found.source == found.target,
        "swapped": query.url("/duong-noi", tu=query.one("den"), den=query.one("tu"), ngay=day),
        "visited": MAX_VISITED,
        **(_way(connection, query, found) if found and found.path else {"sentences": []}),
    }


def _end(connection: sqlite3.Connection, asked: str) -> Row:
    """Return what one field names: one document ("id"), or several ("candidates"), or none, with codes like it."""
    found = _named(connection, asked[:200]) if asked else []
    named = records.named(connection, [one.id for one in found[:CHOICES]])
    alone = found[0].id if len(found) == 1 else None
    return {
        "asked": asked,
        "id": alone,
        "document": named.get(alone or ""),
        "candidates": [] if alone else list(named.values()),
        "count": len(found),
        "similar": questions.similar_codes(connection, asked[:60]) if asked and not found else [],
    }


def _named(connection: sqlite3.Connection, asked: str) -> list[questions.NamedDocument]:
    """The documents that have this id or code; "Chỉ thị số 28-CT/TW" is tried by its code alone as well."""
    parts = [part.strip(".,;:()") for part in asked.split() if any(letter.isdigit() for letter in part)]
    for name in (asked, *parts[:3]):
        if name and (found := questions.find_documents(connection, name)):
            return found
    return []


def _choices(query: Query, name: str, end: Row) -> list[Row]:
    """Return the addresses that choose one candidate, or one similar code, the other field kept."""
    kept = {one: query.one(one) for one in (*ENDS, "ngay")}
    offered = [(one, one["id"]) for one in end["candidates"]] or [({"code": one}, one) for one in end["similar"]]
    return [
        {**one, "name": query.words.document(one), "href": query.url("/duong-noi", **{**kept, name: value})}
        for one, value in offered
    ]


def _way(connection: sqlite3.Connection, query: Query, found: DocumentPath) -> Row:
    """The path as sentences, each relation in its true direction, and as a picture."""
    lineage = questions.Lineage(found.source, found.drawn)
    rows = records.named(connection, found.graph)
    edges = {(edge.from_id, edge.to_id, edge.type, edge.status): edge for edge in lineage.edges}
    steps = [edges[one["from"], one["to"], one["type"], one["status"]] for one in found.steps]
    how = drawing.Drawing(
        href=query.document, group_href=lambda group: query.lineage(group.hub), label=query.words.t("path.title")
    )
    return {
        "sentences": drawing.table(connection, steps, rows),
        **drawing.legend(lineage),
        **(drawing.picture(query, lineage, rows, how) if steps else {}),
        "ids": [one["id"] for one in found.documents],
    }
