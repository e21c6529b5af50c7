"""What pages and commands ask of a finished database: search, lineage, its picture, a document by its code.

Each takes an open connection (`open_readonly`, or one of Datasette's) and returns values.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kgdocs.grammar.folding import code_key
from kgdocs.lineage.asof import as_of, check_day
from kgdocs.lineage.graph import MAX_DOCUMENTS, Branch, Direction, Edge, Graph, Lineage, Node, build_graph, tree
from kgdocs.lineage.graph import as_json as graph_json
from kgdocs.lineage.narrow import narrowed
from kgdocs.lineage.paths import cycles, longest_chain
from kgdocs.lineage.picture import Caption, Group, draw, drawable
from kgdocs.link.likeness import SLIPS, did_you_mean
from kgdocs.models.json_graph_rows import LineageRow
from kgdocs.models.lineage import LINEAGE_RELATIONS
from kgdocs.store import edges, rows
from kgdocs.store.database import check_ours, open_readonly
from kgdocs.store.search import Hit, Results, search
from kgdocs.store.suggest import Completion, suggest

__all__ = [
    "LINEAGE_RELATIONS",
    "Branch",
    "Caption",
    "Completion",
    "Edge",
    "Graph",
    "Group",
    "Hit",
    "Lineage",
    "NamedDocument",
    "Node",
    "Results",
    "as_of",
    "check_ours",
    "cycles",
    "drawable",
    "find_documents",
    "lineage",
    "lineage_json",
    "load_graph",
    "narrow",
    "open_readonly",
    "picture",
    "search",
    "similar_codes",
    "suggest",
    "tree",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedDocument:
    """A document that a code or id names."""

    id: str
    code: str | None
    title: str | None


def find_documents(connection: sqlite3.Connection, name: str) -> list[NamedDocument]:
    """Return the documents that `name` names: one by its id, or all with that code."""
    by_id = rows.document_by_id(connection, name)
    found = [by_id] if by_id else rows.documents_by_code(connection, code_key(name))
    return [NamedDocument(id=row["id"] or "", code=row["code"], title=row["title"]) for row in found]


def similar_codes(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return known codes within two slips of `name`, to be offered and never taken."""
    key = code_key(name)
    if not any(map(str.isdigit, key)):
        return []
    return did_you_mean(key, rows.codes_of_length(connection, len(key) - SLIPS, len(key) + SLIPS))


def load_graph(connection: sqlite3.Connection, as_of_day: str | None = None) -> Graph:
    """Return the graph of all documents; nodes and edges as `kgdocs.lineage.graph` describes them.

    With `as_of_day` ("2024-07-05") the graph as it stood on that day; raises UsageError where it is no day.
    """
    graph = build_graph(edges.document_rows(connection), edges.relation_rows(connection))
    return as_of(graph, as_of_day) if as_of_day else graph


def lineage(
    connection: sqlite3.Connection,
    document_id: str,
    *,
    up: bool = True,
    down: bool = True,
    depth: int = 6,
    relations: Collection[str] = LINEAGE_RELATIONS,
    as_of_day: str | None = None,
) -> Lineage:
    """Return the lineage of one document, walked in the database, so that a large one stays cheap.

    For the result: `lineage_json` (design §7), `tree` (per direction), `picture`. An id that
    does not exist, or was not there `as_of_day` ("2024-07-05"), gives a lineage without that document. Going up
    and going down are never mixed: what else a common directive asks for is not lineage. Raises
    UsageError where `as_of_day` is no day.
    """
    if as_of_day:
        check_day(as_of_day)
    directions: tuple[Direction, ...] = (*(("up",) if up else ()), *(("down",) if down else ()))
    found, truncated = {document_id: None}, False
    for direction in directions:
        ids, cut = edges.reachable(
            connection, document_id, direction, depth=depth, relations=relations, limit=MAX_DOCUMENTS, day=as_of_day
        )
        found.update(dict.fromkeys(ids))
        truncated = truncated or cut or len(found) > MAX_DOCUMENTS
    kept = list(found)[:MAX_DOCUMENTS]
    graph = build_graph(edges.document_rows(connection, kept), edges.relation_rows(connection, kept, relations))
    return Lineage(document_id, as_of(graph, as_of_day) if as_of_day else graph, truncated)


def narrow(lineage: Lineage, *, place: str = "", level: str = "") -> tuple[Lineage, frozenset[str]]:
    """Return the part of a lineage that is of a place ("Kiên Giang": its districts as well) or level ("district").

    The root stays, and what lies between it and a document that is kept; the ids of those are returned too.
    """
    if not place and not level:
        return lineage, frozenset()

    def wanted(known: Mapping[str, Any]) -> bool:
        here = known["place"] or ""
        return (not place or here == place or here.endswith(f", {place}")) and (not level or known["level"] == level)

    found = narrowed(lineage.graph, lineage.root, wanted)
    return Lineage(lineage.root, found.graph, lineage.truncated), found.between


def lineage_json(lineage: Lineage) -> LineageRow:
    """Return a lineage as design §7 fixes it, with its "cycles" and the "longest" chain below its root, as ids."""
    graph = lineage.graph
    kinds = {data["type"] for _, _, data in graph.edges(data=True)}
    return {
        **graph_json(lineage),
        "cycles": cycles(graph, kinds),
        "longest": longest_chain(graph, lineage.root, kinds),
    }


def picture(
    lineage: Lineage,
    *,
    href: Callable[[str], str],
    name: Callable[[Node], str],
    relation_name: Callable[[str], str],
    status_name: Callable[[str], str] = str,
    date_name: Callable[[str | None], str] = lambda iso: iso or "",
    label: str = "",
    shortcuts: bool = False,
    of_group: Callable[[Group], Caption] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> str:
    """Return the lineage as one SVG element; its classes are styled by the site (`box is-STATUS`, `arrow r-TYPE s-STATUS`).

    `href` gives the address of a document, `name` the heading of its box, `date_name` a date as
    people write it, `relation_name` and `status_name` words for relations and for what is not yet there.
    Arrows that a longer way makes needless are drawn only with `shortcuts`. `of_group` words the box that
    stands for many documents, `remarks` are said in the small print of some boxes (id → words).
    """
    nodes = {node.id: node for node in lineage.nodes}

    def caption(one: str, _: Mapping[str, Any]) -> Caption:
        node = nodes[one]
        mark = status_name(node.status) if node.status in ("draft", "planned") else ""
        note = " · ".join(part for part in (date_name(node.issued_on), (remarks or {}).get(one)) if part)
        return Caption(heading=name(node), text=node.title or "", note=note, mark=mark, href=href(one))

    def caption_of_group(group: Group) -> Caption:
        return Caption(heading=f"+ {group.count}", text=relation_name(group.relation), href=href(group.hub))

    def name_of(kind: str, status: str) -> str:
        return relation_name(kind) if status == "asserted" else f"{relation_name(kind)} ({status_name(status)})"

    drawn = draw(
        lineage,
        name=label,
        caption=caption,
        caption_of_group=of_group or caption_of_group,
        relation_name=name_of,
        shortcuts=shortcuts,
    )
    return drawn.svg
