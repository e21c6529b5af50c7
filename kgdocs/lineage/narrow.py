"""Part of a lineage: the documents of a place or a level, and what leads to them.

A plan of a district that is shown without the provincial plan between it and the directive
cannot be understood; so what lies on the way to a document that is wanted stays, and is told apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kgdocs.lineage.graph import Direction, Graph
from kgdocs.lineage.walk import steps


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The part of a graph that is left; `between` are the documents that are there only because they lead on."""

    graph: Graph
    between: frozenset[str]


def narrowed(graph: Graph, root: str, wanted: Callable[[Mapping[str, Any]], bool]) -> Narrowed:
    """Return the documents of a lineage that are `wanted` by their attributes, `root`, and one shortest way to each.

    Ways lead up or down from `root`, never both; the first by ids is taken. What is wanted and cannot be
    reached so is left out, as it is in the lineage of `root` itself.
    """
    if root not in graph:
        return Narrowed(graph, frozenset())
    kept = {root}
    directions: tuple[Direction, ...] = ("up", "down")
    for direction in directions:
        before = _before(graph, root, direction)
        for one in before:
            if wanted(graph.nodes[one]):
                kept.update(_way(before, one))
    part: Graph = graph.subgraph(kept).copy()
    between = frozenset(one for one in kept if one != root and not wanted(graph.nodes[one]))
    return Narrowed(part, between)


def _before(graph: Graph, root: str, direction: Direction) -> dict[str, str]:
    """Document → the one before it on the way from `root`, nearest first; `root` itself is not in it."""
    arrows = steps(graph, {data["type"] for _, _, data in graph.edges(data=True)})
    walked = arrows if direction == "up" else arrows.reverse(copy=False)
    found: dict[str, str] = {}
    frontier = [root]
    for one in frontier:
        for other in sorted(walked[one]):
            if other != root and other not in found:
                found[other] = one
                frontier.append(other)
    return found


def _way(before: Mapping[str, str], one: str) -> list[str]:
    """The document and all those between it and the root."""
    found = [one]
    while (nearer := before.get(found[-1])) is not None:
        found.append(nearer)
    return found
