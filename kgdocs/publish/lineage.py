"""The lineage page: a picture of who carries out what, and the same as a table."""

import sqlite3
from typing import Any

from markupsafe import Markup

from kgdocs.pipeline import questions
from kgdocs.publish import records
from kgdocs.publish.site import Missing, Moved, Query

DIRECTIONS = ("both", "up", "down")
_DEPTH, _MAX_DEPTH = 6, 12


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a lineage as JSON, and its picture, table and filters.

    Raises Missing where there is no such document, Moved where it has another id.
    """
    row = found_document(connection, query.document_id)
    form = _form(connection, query)
    view = drawing(
        connection, query, row, depth=form["depth"], direction=form["direction"], relations=_chosen(query), own=True
    )
    return questions.lineage_json(view["lineage"]), {**view, "document": row, "form": form}


def found_document(connection: sqlite3.Connection, document_id: str) -> records.Row:
    """Return the document; raises Missing or Moved."""
    row = records.document(connection, document_id)
    if row:
        return row
    present = records.present_id(connection, document_id)
    raise Moved(present) if present else Missing(document_id)


def drawing(
    connection: sqlite3.Connection,
    query: Query,
    row: records.Row,
    *,
    depth: int,
    direction: str = DIRECTIONS[0],
    relations: tuple[str, ...] = tuple(questions.LINEAGE_RELATIONS),
    own: bool = False,
) -> dict[str, Any]:
    """Return lineage, picture and table rows; boxes lead to lineages (`own`) or to documents."""
    up, down = direction != "down", direction != "up"
    lineage = questions.lineage(connection, row["id"], up=up, down=down, depth=depth, relations=relations)
    words = query.words
    rows = records.named(connection, [node.id for node in lineage.nodes])
    svg = questions.picture(
        lineage,
        href=query.lineage if own else query.document,
        name=lambda node: words.document(rows[node.id]) if node.code else words.term("type", node.type) or node.id,
        date_name=words.date,
        relation_name=lambda name: words.term("relation", name),
        status_name=lambda name: words.term("mark", name),
        label=words.t("lineage.title", name=words.document(row)),
    )
    return {"lineage": lineage, "picture": Markup(svg), "edges": _table(connection, lineage, rows)}


def _table(
    connection: sqlite3.Connection, lineage: questions.Lineage, rows: dict[str, records.Row]
) -> list[dict[str, Any]]:
    """Return the edges as rows of a table, each piece of evidence with the place that it leads to."""
    return [
        {
            "from": rows[edge.from_id],
            "to": rows[edge.to_id],
            "type": edge.type,
            "status": edge.status,
            "evidence": [_place(connection, one, edge) for one in edge.evidence],
        }
        for edge in lineage.edges
    ]


def _place(connection: sqlite3.Connection, one: questions.EvidenceRow, edge: questions.Edge) -> dict[str, Any]:
    """Return a piece of evidence with its source and the nearest mention there."""
    place = records.place(connection, one.source_id, one.start, one.end, (edge.from_id, edge.to_id))
    return {**place, "text": one.text, "rule": one.rule}


def _chosen(query: Query) -> tuple[str, ...]:
    """Return the relations to follow: those ticked, else those that make a lineage."""
    return query.many("relation") or tuple(questions.LINEAGE_RELATIONS)


def _form(connection: sqlite3.Connection, query: Query) -> dict[str, Any]:
    """Return the filters as they stand."""
    counts = records.relation_counts(connection)
    names = sorted(
        {*questions.LINEAGE_RELATIONS, *counts}, key=lambda name: (name == "cites", -counts.get(name, 0), name)
    )
    chosen, asked = _chosen(query), query.one("direction")
    return {
        "relations": [{"name": name, "count": counts.get(name, 0), "chosen": name in chosen} for name in names],
        "direction": asked if asked in DIRECTIONS else DIRECTIONS[0],
        "directions": DIRECTIONS,
        "depth": query.whole("depth", _DEPTH, 1, _MAX_DEPTH),
        "max_depth": _MAX_DEPTH,
    }
