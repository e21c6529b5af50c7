"""The lineage page: a picture of who carries out what, and the same as a table."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from kgdocs.grammar.shapes import Level
from kgdocs.pipeline import questions
from kgdocs.publish import drawing, records
from kgdocs.publish.records import Row
from kgdocs.publish.site import Missing, Moved, Query

DIRECTIONS = ("both", "up", "down")
LEVELS: tuple[Level, ...] = get_args(Level)
_DEPTH, _MAX_DEPTH = 6, 12
ROWS = 100
"""Relations in the table on one page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters in the address."""

    relations: tuple[str, ...]
    direction: str
    depth: int
    day: str | None
    place: str
    level: str

    def arguments(self) -> dict[str, Any]:
        """Return the filters as arguments of an address; those at their default are left out."""
        usual = tuple(questions.LINEAGE_RELATIONS)
        return {
            "relation": self.relations if self.relations != usual else (),
            "direction": self.direction if self.direction != DIRECTIONS[0] else "",
            "depth": self.depth if self.depth != _DEPTH else "",
            "place": self.place,
            "level": self.level,
            "ngay": self.day,
        }


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a lineage as JSON, and its picture, table and filters.

    Raises Missing where there is no such document, Moved where it has another id, Invalid where
    the day asked for is none.
    """
    row = found_document(connection, query.document_id)
    asked = _asked(query)
    whole = questions.lineage(
        connection,
        row["id"],
        up=asked.direction != "down",
        down=asked.direction != "up",
        depth=asked.depth,
        relations=asked.relations,
        as_of_day=asked.day,
    )
    lineage, between = questions.narrow(whole, place=asked.place, level=asked.level)
    if query.form == ".json":
        return _json(lineage, asked, between), {}
    view = _view(connection, query, row, asked, lineage, between)
    return {}, {**view, "form": _form(connection, asked, whole), "hidden": _hidden(query)}


def _json(lineage: questions.Lineage, asked: Asked, between: Iterable[str]) -> Row:
    """The lineage as design §7 fixes it, and the filters that narrowed it."""
    filters = {"as_of": asked.day, "place": asked.place or None, "level": asked.level or None}
    return {**questions.lineage_json(lineage), **filters, "between": sorted(between)}


def found_document(connection: sqlite3.Connection, document_id: str) -> records.Row:
    """Return the document; raises Missing or Moved."""
    row = records.document(connection, document_id)
    if row:
        return row
    present = records.present_id(connection, document_id)
    raise Moved(present) if present else Missing(document_id)


def _asked(query: Query) -> Asked:
    """Return the filters; what is no relation, direction or level of ours counts as not given."""
    direction, level = query.one("direction"), query.one("level")
    return Asked(
        relations=query.many("relation") or tuple(questions.LINEAGE_RELATIONS),
        direction=direction if direction in DIRECTIONS else DIRECTIONS[0],
        depth=query.whole("depth", _DEPTH, 1, _MAX_DEPTH),
        day=query.day("ngay"),
        place=query.one("place"),
        level=level if level in LEVELS else "",
    )


def _view(
    connection: sqlite3.Connection,
    query: Query,
    row: Row,
    asked: Asked,
    lineage: questions.Lineage,
    between: Iterable[str],
) -> Row:
    """The picture, and one page of the table: all relations, or those of one group."""
    rows = records.named(connection, lineage.graph)
    part, steps = questions.drawable(lineage)
    every = drawing.in_order(lineage)
    chosen, group = _group(query, every)
    pages = max(1, -(-len(chosen) // ROWS))
    page = query.whole("trang", 1, 1, pages)
    here = query.lineage(row["id"], "table", **asked.arguments())
    turns = {"previous": page - 1, "next": page + 1}
    kept = {**asked.arguments(), **group}
    how = drawing.Drawing(
        href=lambda one: query.lineage(one, ngay=asked.day),
        group_href=lambda one: query.lineage(
            row["id"], "table", **{**asked.arguments(), **drawing.group_arguments(one)}
        ),
        label=query.words.t("lineage.title", name=query.words.document(row)),
        remarks=dict.fromkeys(between, query.words.t("lineage.between")),
    )
    return {
        "document": row,
        "lineage": lineage,
        "there": row["id"] in lineage.graph,
        **(drawing.picture(query, part, rows, how) if every else {}),
        "drawn_steps": steps,
        **drawing.legend(part),
        "between": between,
        "edges": drawing.table(connection, chosen[(page - 1) * ROWS : page * ROWS], rows),
        "table": {"total": len(chosen), "all": len(every), "first": (page - 1) * ROWS + 1, "pages": page, "of": pages}
        | {"group": group, "hub": rows.get(group.get("hub", "")), "whole": here},
        "turn": {
            name: query.lineage(row["id"], "table", **kept, trang=number)
            for name, number in turns.items()
            if 1 <= number <= pages
        },
    }


def _group(query: Query, edges: list[questions.Edge]) -> tuple[list[questions.Edge], dict[str, str]]:
    """The relations of one group, as a box "+ 388" leads to, and its arguments; else all of them."""
    group = {name: query.one(name) for name in ("hub", "loai", "phia")}
    if not group["hub"] or not group["loai"]:
        return edges, {}
    incoming = group["phia"] != "out"
    found = [
        edge
        for edge in edges
        if edge.type == group["loai"] and group["hub"] == (edge.to_id if incoming else edge.from_id)
    ]
    return found, {**group, "phia": "in" if incoming else "out"}


def _hidden(query: Query) -> dict[str, str]:
    """What the form passes on unseen."""
    return {"lang": query.words.language} if query.words.language != "vi" else {}


def _form(connection: sqlite3.Connection, asked: Asked, whole: questions.Lineage) -> Row:
    """Return the filters as they stand, with what there is to choose in this lineage."""
    counts = records.relation_counts(connection, whole.graph)
    others = sorted({*counts, *asked.relations}.difference(questions.LINEAGE_RELATIONS))
    names = [*questions.LINEAGE_RELATIONS, *sorted(others, key=lambda name: (name == "cites", -counts.get(name, 0)))]
    documents = [data for _, data in whole.graph.nodes(data=True)]
    places = Counter(place for one in documents if one["place"] for place in _with_wider(one["place"]))
    levels = Counter(one["level"] for one in documents if one["level"])
    return {
        "relations": [
            {"name": name, "count": counts.get(name, 0), "chosen": name in asked.relations} for name in names
        ],
        "direction": asked.direction,
        "directions": DIRECTIONS,
        "depth": asked.depth,
        "max_depth": _MAX_DEPTH,
        "places": sorted({**({asked.place: 0} if asked.place else {}), **places}.items()),
        "levels": [(level, levels[level]) for level in LEVELS if level in levels or level == asked.level],
        "asked": asked,
    }


def _with_wider(place: str) -> list[str]:
    """A place and those that it lies in: "An Mẫu, Sông Mẫu" counts for "Sông Mẫu" as well."""
    parts = place.split(", ")
    return [", ".join(parts[number:]) for number in range(len(parts))]
