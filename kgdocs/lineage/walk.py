"""Up and down in a graph with networkx: what hangs below what, and how far it reaches."""

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias

from kgdocs.lineage.graph import Direction, Graph
from kgdocs.models.lineage import DOWNWARD_RELATIONS, LINEAGE_RELATIONS

if TYPE_CHECKING:
    import networkx as nx

Steps: TypeAlias = "nx.DiGraph[str]"
"""Documents with one arrow from the lower to the upper, however many relations say so."""


def steps(
    graph: Graph, relations: Collection[str] = LINEAGE_RELATIONS, statuses: Collection[str] | None = None
) -> Steps:
    """Return the arrows from lower to upper documents along these relations, and these statuses (None: all).

    Everything is added in the order of ids, so that what is computed from it does not depend on
    the order of rows.
    """
    import networkx as nx

    arrows = (
        (target, source) if data["type"] in DOWNWARD_RELATIONS else (source, target)
        for source, target, data in graph.edges(data=True)
        if data["type"] in relations and (statuses is None or data["status"] in statuses)
    )
    found: Steps = nx.DiGraph()
    found.add_nodes_from(sorted(graph))
    found.add_edges_from(sorted(set(arrows)))
    return found


def reach(
    graph: Graph,
    root: str,
    direction: Direction,
    *,
    depth: int | None = None,
    relations: Collection[str] = LINEAGE_RELATIONS,
) -> dict[str, int]:
    """Return the documents within `depth` steps (None: however far) up or down from `root`, with their distance.

    `root` itself has distance 0; nothing is reached from a document that is not in the graph.
    """
    import networkx as nx

    if root not in graph:
        return {}
    found = steps(graph, relations)
    walked = found if direction == "up" else found.reverse(copy=False)
    return dict(nx.single_source_shortest_path_length(walked, root, cutoff=depth))
