"""How two documents of a database are connected: the shortest path with the evidence of each step."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kgdocs.lineage.asof import as_of, check_day
from kgdocs.lineage.graph import Graph, build_graph
from kgdocs.lineage.paths import ShortestPath, shortest_path
from kgdocs.models.json_graph_rows import EdgeRow, NodeRow, PathRow
from kgdocs.models.lineage import LINEAGE_RELATIONS
from kgdocs.pipeline.frontiers import MAX_VISITED, between
from kgdocs.store import edges


@dataclass(frozen=True, slots=True)
class DocumentPath:
    """What connects two documents: `path` in `graph`, or None and a graph of the two alone.

    `limited`: a search ended at its limit of documents, so there may be a path, or one of lineage, beyond it.
    """

    source: str
    target: str
    graph: Graph
    path: ShortestPath | None
    limited: bool = False

    @property
    def documents(self) -> list[NodeRow]:
        """The documents in order, or the two that nothing connects."""
        ids = self.path.ids if self.path else (self.source, self.target)
        return [cast(NodeRow, {"id": one, **self.graph.nodes[one]}) for one in ids if one in self.graph]

    @property
    def steps(self) -> list[EdgeRow]:
        """The edges in order with their true direction: "from", "to", "type", "status", "evidence"."""
        found = self.path.edges if self.path else ()
        return [cast(EdgeRow, {"from": edge[0], "to": edge[1], **self.graph.edges[edge]}) for edge in found]

    @property
    def drawn(self) -> Graph:
        """The path alone: its documents and the edge of each step, for a picture."""
        keys: Any = self.path.edges if self.path else ()
        found: Graph = self.graph.edge_subgraph(keys).copy()
        return found


def find_path(
    connection: sqlite3.Connection,
    source: str,
    target: str,
    as_of_day: str | None = None,
    max_visited: int = MAX_VISITED,
) -> DocumentPath:
    """Return the shortest path between two documents: along relations of lineage, else along all.

    With `as_of_day` ("2024-07-05") along what stood on that day; raises UsageError where it is no
    day. Each of the two searches visits at most `max_visited` documents. Evidence is read for the path alone.
    """
    if as_of_day:
        check_day(as_of_day)
    path, limited = _path(connection, source, target, LINEAGE_RELATIONS, as_of_day, max_visited)
    if path is None:
        path, cut = _path(connection, source, target, None, as_of_day, max_visited)
        limited = limited or cut
    ids = path.ids if path else (source, target)
    graph = build_graph(edges.document_rows(connection, ids), edges.relation_rows(connection, ids))
    return DocumentPath(source, target, as_of(graph, as_of_day) if as_of_day else graph, path, limited)


def _path(
    connection: sqlite3.Connection,
    source: str,
    target: str,
    relations: Collection[str] | None,
    day: str | None,
    limit: int,
) -> tuple[ShortestPath | None, bool]:
    """The best of the shortest ways along these relations, and whether the search was cut short without one."""
    found = between(connection, source, target, relations, day, limit)
    if not found.ids:
        return None, found.limited
    rows = edges.bare_relations(connection, found.ids, relations, day)
    ends: list[Mapping[str, Any]] = [{"id": source}, {"id": target}]
    return shortest_path(build_graph(ends, ({**row, "evidence": ()} for row in rows)), source, target), False


def path_json(found: DocumentPath) -> PathRow:
    """Return a path in the form of a lineage (design §7), documents and edges in order.

    "connected" tells whether there is one, "lineage_only" whether all its steps are relations of lineage,
    "limited" whether a search ended at its limit of documents.
    """
    return {
        "root": found.source,
        "target": found.target,
        "connected": found.path is not None,
        "lineage_only": found.path is not None and found.path.lineage_only,
        "limited": found.limited,
        "nodes": found.documents,
        "edges": found.steps,
    }
