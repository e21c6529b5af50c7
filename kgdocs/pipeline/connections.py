"""How two documents of a database are connected: the shortest path with the evidence of each step."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kgdocs.lineage.asof import as_of, check_day
from kgdocs.lineage.graph import Graph, build_graph
from kgdocs.lineage.paths import Path, shortest_path
from kgdocs.models.lineage import LINEAGE_RELATIONS
from kgdocs.store import edges


@dataclass(frozen=True, slots=True)
class Connection:
    """What connects two documents: `path` in `graph`, or None and a graph of the two alone."""

    source: str
    target: str
    graph: Graph
    path: Path | None

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The documents in order, or the two that nothing connects."""
        ids = self.path.ids if self.path else (self.source, self.target)
        return [{"id": one, **self.graph.nodes[one]} for one in ids if one in self.graph]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The edges in order with their true direction: "from", "to", "type", "status", "evidence"."""
        found = self.path.edges if self.path else ()
        return [{"from": edge[0], "to": edge[1], **self.graph.edges[edge]} for edge in found]


def connect(connection: sqlite3.Connection, source: str, target: str, as_of_day: str | None = None) -> Connection:
    """Return the shortest path between two documents: along relations of lineage, else along all.

    With `as_of_day` ("2024-07-05") along what stood on that day; raises UsageError where it is no
    day. Evidence is read for the path alone.
    """
    if as_of_day:
        check_day(as_of_day)
    path = _path(connection, source, target, LINEAGE_RELATIONS, as_of_day)
    path = path or _path(connection, source, target, None, as_of_day)
    ids = path.ids if path else (source, target)
    graph = build_graph(edges.document_rows(connection, ids), edges.relation_rows(connection, ids))
    return Connection(source, target, as_of(graph, as_of_day) if as_of_day else graph, path)


def _path(
    connection: sqlite3.Connection, source: str, target: str, relations: Collection[str] | None, day: str | None
) -> Path | None:
    rows = edges.bare_relations(connection, relations=relations, day=day)
    ends: list[Mapping[str, Any]] = [{"id": source}, {"id": target}]
    return shortest_path(build_graph(ends, ({**row, "evidence": ()} for row in rows)), source, target)


def connection_json(found: Connection) -> dict[str, Any]:
    """Return a path in the form of a lineage (design §7), documents and edges in order.

    "connected" tells whether there is one, "lineage_only" whether all its steps are relations of lineage.
    """
    return {
        "root": found.source,
        "target": found.target,
        "connected": found.path is not None,
        "lineage_only": found.path is not None and found.path.lineage_only,
        "nodes": found.documents,
        "edges": found.steps,
    }
