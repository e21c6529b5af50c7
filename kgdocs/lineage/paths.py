"""How two documents are connected, the longest chain below one, and chains that lead back to where they began."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kgdocs.lineage.graph import Graph
from kgdocs.lineage.walk import Steps, steps
from kgdocs.models.lineage import LINEAGE_RELATIONS

if TYPE_CHECKING:
    import networkx as nx

Pairs: TypeAlias = "nx.Graph[str]"
EdgeKey = tuple[str, str, str]
"""Acting document, document acted on, key: an edge of the graph in its true direction."""

MAX_CYCLES = 20
"""Cycles told of each knot of documents that lead to each other."""


@dataclass(frozen=True, slots=True)
class ShortestPath:
    """Documents from one to the other, and the edge at each step, which may point either way."""

    ids: tuple[str, ...]
    edges: tuple[EdgeKey, ...]
    lineage_only: bool
    """True where every step is a relation of lineage."""


def shortest_path(
    graph: Graph, source: str, target: str, relations: Collection[str] = LINEAGE_RELATIONS
) -> ShortestPath | None:
    """Return the shortest path between two documents, None where nothing connects them.

    Edges are followed both ways: along `relations` if that leads there, else along all. Among
    equally short paths that with fewer edges that are not asserted, or are no lineage, is taken
    (the former count double), then the first by ids. A document not in the graph is connected with nothing.
    """
    if source not in graph or target not in graph:
        return None
    for chosen in (relations, None):
        pairs = _pairs(graph, chosen)
        if ids := _first_shortest(pairs, source, target):
            edges = tuple(pairs.edges[pair]["edge"] for pair in itertools.pairwise(ids))
            return ShortestPath(
                tuple(ids), edges, all(graph.edges[edge]["type"] in LINEAGE_RELATIONS for edge in edges)
            )
    return None


def _pairs(graph: Graph, relations: Collection[str] | None) -> Pairs:
    """Pairs of documents with the best edge between them; its weight is above all one step."""
    import networkx as nx

    step = 3 * len(graph) + 1
    found: Pairs = nx.Graph()
    found.add_nodes_from(graph)
    ranked = sorted(
        (_penalty(data), edge)
        for *edge, data in graph.edges(keys=True, data=True)
        if relations is None or data["type"] in relations
    )
    for penalty, (source, target, key) in reversed(ranked):
        found.add_edge(source, target, weight=step + penalty, edge=(source, target, key))
    return found


def _penalty(edge: Mapping[str, Any]) -> int:
    return (2 if edge["status"] != "asserted" else 0) + (1 if edge["type"] not in LINEAGE_RELATIONS else 0)


def _first_shortest(pairs: Pairs, source: str, target: str) -> list[str]:
    """Ids of the lightest path, the first by ids where several are; empty where there is none."""
    import networkx as nx

    left = nx.single_source_dijkstra_path_length(pairs, target)
    if source not in left:
        return []
    ids = [source]
    while (one := ids[-1]) != target:
        ids.append(min(other for other in pairs[one] if left[other] + pairs.edges[one, other]["weight"] == left[one]))
    return ids


def cycles(graph: Graph, relations: Collection[str] = LINEAGE_RELATIONS) -> list[list[str]]:
    """Return chains of asserted relations that lead back to where they began, each from its smallest id on.

    At most `MAX_CYCLES` of each knot of documents; every knot gives at least one.
    """
    import networkx as nx

    arrows = steps(graph, relations, ("asserted",))
    found = []
    for knot in nx.strongly_connected_components(arrows):
        inside = _part(arrows, knot)
        found += [_turned(cycle) for cycle in itertools.islice(nx.simple_cycles(inside), MAX_CYCLES)]
    return sorted(found, key=lambda cycle: (len(cycle), cycle))


def longest_chain(graph: Graph, root: str, relations: Collection[str] = LINEAGE_RELATIONS) -> list[str]:
    """Return the longest chain of asserted relations down from `root`, which is its first; [] where it is not there.

    Documents that lead to each other in a circle count as one step; the way through them is the shortest.
    """
    import networkx as nx

    if root not in graph:
        return []
    down = steps(graph, relations, ("asserted",)).reverse()
    below = _part(down, {root, *nx.descendants(down, root)})
    knots = nx.condensation(below)
    members = [knots.nodes[one]["members"] for one in nx.dag_longest_path(knots)]
    return list(_through(below, root, members))


def _through(arrows: Steps, root: str, knots: list[set[str]]) -> Iterator[str]:
    """The documents of a way from `root` through these knots."""
    import networkx as nx

    here = root
    for knot, following in itertools.pairwise(knots):
        ways = nx.single_source_shortest_path(_part(arrows, knot), here)
        exits = [(len(ways[one]), one, other) for one in knot for other in arrows[one] if other in following]
        _, leave, enter = min(exits)
        yield from ways[leave]
        here = enter
    yield here


def _part(arrows: Steps, ids: Collection[str]) -> Steps:
    """The arrows between some documents, in the order of ids."""
    import networkx as nx

    found: Steps = nx.DiGraph()
    found.add_nodes_from(sorted(ids))
    found.add_edges_from((one, other) for one in sorted(ids) for other in sorted(arrows[one]) if other in ids)
    return found


def _turned(cycle: list[str]) -> list[str]:
    """The same cycle from its smallest id on."""
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]
