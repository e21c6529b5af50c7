"""Rows → a networkx graph of documents, and questions about the surroundings of one document.

Node: document id, with the attributes of `DOCUMENT_ATTRIBUTES`. Edge: from the acting
document to the one it acts on, key "type:status" ("implements:planned"), with `type`,
`status`, `relation_id` and `evidence`, a sequence of {"source", "path", "asserted_by", "asserted_on", "start", "end",
"text", "page", "rule", "precision", "measured"}. Down leads to those that carry a document out, up to what it carries out; what
a decision issues (`DOWNWARD_RELATIONS`) hangs below the decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from kgdocs.models.json_graph_rows import EdgeRow, EvidenceRow, GraphRow, NodeRow
from kgdocs.models.lineage import DOWNWARD_RELATIONS

if TYPE_CHECKING:
    import networkx as nx

    from kgdocs.lineage.linked import LinkedGraph

Graph: TypeAlias = "nx.MultiDiGraph[str]"
AnyGraph: TypeAlias = "Graph | LinkedGraph"
"""What chains and findings are computed on: a graph read from a database, or what a build has linked."""
Direction = Literal["up", "down"]
_Step: TypeAlias = tuple[str | None, str, str | None, str | None]
"""Where from, where to, relation, status; the root of a tree comes from nowhere."""

DOCUMENT_ATTRIBUTES = ("code", "type", "label", "title", "issued_on", "issuer", "agency_id", "place", "level", "status")

_NODE_FIELDS = ("code", "type", "label", "title", "issued_on", "status")
MAX_DOCUMENTS = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A document in a lineage."""

    id: str
    code: str | None
    type: str | None
    label: str | None
    title: str | None
    issued_on: str | None
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A relation in a lineage with its evidence."""

    from_id: str
    to_id: str
    type: str
    status: str
    evidence: Sequence[EvidenceRow] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The graph around `root`; `truncated` where it was cut at `MAX_DOCUMENTS`."""

    root: str
    graph: Graph
    truncated: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The documents, the oldest first."""
        known = self.graph.nodes
        names = sorted(known, key=lambda one: (known[one]["issued_on"] or "9999", one))
        return tuple(Node(id=one, **{field: known[one][field] for field in _NODE_FIELDS}) for one in names)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The relations, by the document acted upon."""
        found = sorted(self.graph.edges(data=True), key=lambda e: (e[1], e[0], e[2]["type"], e[2]["status"]))
        return tuple(
            Edge(from_id=source, to_id=target, type=data["type"], status=data["status"], evidence=data["evidence"])
            for source, target, data in found
        )


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
    graph = empty()
    for row in documents:
        graph.add_node(row["id"], **{name: row.get(name) for name in DOCUMENT_ATTRIBUTES})
    for row in relations:
        kind, status = row["type"], row["status"]
        known = {"relation_id": row["id"]} if "id" in row else {}
        graph.add_edge(
            row["from_id"],
            row["to_id"],
            f"{kind}:{status}",
            type=kind,
            status=status,
            evidence=row["evidence"],
            **known,
        )
    return graph


def tree(lineage: Lineage, direction: Direction) -> Branch:
    """Unfold the lineage into a tree: "down" those that carry the root out, "up" what it carries out."""
    graph, root = lineage.graph, lineage.root
    homes: dict[str, _Step | None] = {root: None}
    frontier = [root]
    while frontier:
        edges = [(parent, *edge) for parent in frontier for edge in _edges(graph, parent, direction)]
        frontier = []
        for parent, child, relation, status in edges:
            if child not in homes:
                homes[child] = (parent, child, relation, status)
                frontier.append(child)
    return _branch(graph, (None, root, None, None), direction, homes)


def as_json(lineage: Lineage) -> GraphRow:
    """The form that design §7 fixes: {"root", "nodes": […], "edges": [… with "evidence"]}."""
    graph = lineage.graph
    ids = sorted(graph, key=lambda one: (one != lineage.root, graph.nodes[one]["issued_on"] or "", one))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    return {
        "root": lineage.root,
        "nodes": [cast(NodeRow, {"id": one, **graph.nodes[one]}) for one in ids],
        "edges": [cast(EdgeRow, {"from": source, "to": target, **data}) for source, target, _, data in edges],
        "truncated": lineage.truncated,
    }


def _edges(graph: Graph, one: str, direction: Direction) -> list[tuple[str, str, str]]:
    """Edges at one document in a direction as (other document, type, status), in a fixed order."""
    acting = [(source, data["type"], data["status"]) for source, _, data in graph.in_edges(one, data=True)]
    acted_on = [(target, data["type"], data["status"]) for _, target, data in graph.out_edges(one, data=True)]
    along, against = (acting, acted_on) if direction == "down" else (acted_on, acting)
    return sorted(
        [edge for edge in along if edge[1] not in DOWNWARD_RELATIONS]
        + [edge for edge in against if edge[1] in DOWNWARD_RELATIONS]
    )


def _branch(graph: Graph, edge: _Step, direction: Direction, homes: Mapping[str, _Step | None]) -> Branch:
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


def empty() -> Graph:
    """Return a graph without documents."""
    import networkx as nx  # a fifth of a second, needed only here

    return nx.MultiDiGraph()
