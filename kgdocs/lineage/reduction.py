"""Edges that a picture can do without, because a longer way says the same (transitive reduction)."""

from kgdocs.lineage.graph import Graph
from kgdocs.lineage.walk import steps

_RELATION, _STATUS = "implements", "asserted"


def reduced(graph: Graph) -> Graph:
    """Return a copy without the edges A implements C where A implements B … implements C, all of them asserted.

    Everything else stays as it is, with its evidence; inside a circle nothing is left out.
    Meant for the surroundings of one document, not for a whole database.
    """
    import networkx as nx

    arrows = steps(graph, (_RELATION,), (_STATUS,))
    knots = nx.condensation(arrows)
    knot_of = knots.graph["mapping"]
    needed = nx.transitive_reduction(knots).edges
    found = graph.copy()
    for source, target in arrows.edges:
        knot, other = knot_of[source], knot_of[target]
        if knot != other and (knot, other) not in needed:
            found.remove_edge(source, target, f"{_RELATION}:{_STATUS}")
    return found
