"""Rows → a networkx graph of documents, and questions about the surroundings of one document.

Node: document id, with the attributes of `DOCUMENT_ATTRIBUTES`. Edge: from the acting
document to the one it acts on, key "type:status" ("implements:planned"), with `type`,
`status`, `relation_id` and `evidence`, a list of {"source", "asserted_by", "start", "end", "text", "page",
"rule"}. Down leads to those that carry a document out, up to what it carries out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Direction = Literal["up", "down"]
Edge: TypeAlias = tuple[str | None, str, str | None, str | None]
"""Where from, where to, relation, status; the root of a tree comes from nowhere."""
Step = Callable[[Collection[str], Direction], Iterable[str]]

DOCUMENT_ATTRIBUTES = ("code", "type", "label", "title", "issued_on", "issuer", "place", "level", "status")

LINEAGE_RELATIONS = ("implements", "details", "guides", "comments_on", "reports_on", "promulgates")
"""What counts as lineage unless asked otherwise; "cites" would make a fan of everything."""

MAX_DOCUMENTS = 3000


@dataclass(frozen=True, slots=True)
class Lineage:
    """The graph around `root`; `truncated` where it was cut at `MAX_DOCUMENTS`."""

    root: str
    graph: Graph
    truncated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A document in a tree, with the relation that leads to it (none at the root).

    `repeated`: it was expanded elsewhere in the tree, so its children are left out here.
    """

    id: str
    document: Mapping[str, Any]
    relation: str | None = None
    status: str | None = None
    children: tuple["Branch", ...] = ()
    repeated: bool = False


def build_graph(documents: Iterable[Mapping[str, Any]], relations: Iterable[Mapping[str, Any]]) -> Graph:
    """Build the graph from rows: documents with "id" and attributes, relations with "from_id", "to_id", …

    The "id" of a relation, where it has one, becomes `relation_id` of its edge.
    """
    graph = _empty()
    for row in documents:
        graph.add_node(row["id"], **{name: row.get(name) for name in DOCUMENT_ATTRIBUTES})
    for row in relations:
        kind, status = row["type"], row["status"]
        evidence = list(row["evidence"])
        known = {"relation_id": row["id"]} if "id" in row else {}
        graph.add_edge(
            row["from_id"], row["to_id"], f"{kind}:{status}", type=kind, status=status, evidence=evidence, **known
        )
    return graph


def reach(root: str, step: Step, *, up: bool, down: bool, depth: int) -> tuple[list[str], bool]:
    """Return the ids within `depth` steps of `root` in the given directions, and whether some were left out.

    `step` gives the neighbours of a set of ids, from a graph or from a database. Going up
    and going down are never mixed: what else a common directive asks for is not lineage.
    """
    found, truncated = {root: None}, False
    for direction in _directions(up, down):
        frontier, seen = [root], {root}
        for _ in range(depth):
            frontier = [one for one in step(frontier, direction) if one not in seen]
            seen.update(frontier)
            room = MAX_DOCUMENTS - len(found)
            fresh = [one for one in frontier if one not in found]
            truncated = truncated or len(fresh) > room
            found.update(dict.fromkeys(fresh[:room]))
            if not frontier or truncated:
                break
    return list(found), truncated


def tree(lineage: Lineage, direction: Direction) -> Branch:
    """Unfold the lineage into a tree: "down" those that carry the root out, "up" what it carries out."""
    graph, root = lineage.graph, lineage.root
    homes: dict[str, Edge | None] = {root: None}
    frontier = [root]
    while frontier:
        edges = [(parent, *edge) for parent in frontier for edge in _edges(graph, parent, direction)]
        frontier = []
        for parent, child, relation, status in edges:
            if child not in homes:
                homes[child] = (parent, child, relation, status)
                frontier.append(child)
    return _branch(graph, (None, root, None, None), direction, homes)


def as_json(lineage: Lineage) -> dict[str, Any]:
    """The form that design §7 fixes: {"root", "nodes": […], "edges": [… with "evidence"]}."""
    graph = lineage.graph
    ids = sorted(graph, key=lambda one: (one != lineage.root, graph.nodes[one]["issued_on"] or "", one))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    return {
        "root": lineage.root,
        "nodes": [{"id": one, **graph.nodes[one]} for one in ids],
        "edges": [{"from": source, "to": target, **data} for source, target, _, data in edges],
        "truncated": lineage.truncated,
    }


def _directions(up: bool, down: bool) -> tuple[Direction, ...]:
    return (*(("up",) if up else ()), *(("down",) if down else ()))


def _edges(graph: Graph, one: str, direction: Direction) -> list[tuple[str, str, str]]:
    """Edges at one document in a direction as (other document, type, status), in a fixed order."""
    if direction == "down":
        found = [(source, data["type"], data["status"]) for source, _, data in graph.in_edges(one, data=True)]
    else:
        found = [(target, data["type"], data["status"]) for _, target, data in graph.out_edges(one, data=True)]
    return sorted(found)


def _branch(graph: Graph, edge: Edge, direction: Direction, homes: Mapping[str, Edge | None]) -> Branch:
    """The document an edge leads to; it is unfolded only where it is nearest to the root, so cycles end."""
    _, one, relation, status = edge
    below = _edges(graph, one, direction)
    at_home = edge[0] is None or homes[one] == edge
    children = tuple(_branch(graph, (one, *other), direction, homes) for other in below) if at_home else ()
    return Branch(
        id=one,
        document=graph.nodes[one],
        relation=relation,
        status=status,
        children=children,
        repeated=bool(below) and not at_home,
    )


def _empty() -> Graph:
    import networkx as nx  # a fifth of a second, needed only here

    return nx.MultiDiGraph()
