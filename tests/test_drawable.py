"""A picture holds what can be read: of a large lineage as many steps from its root as fit."""

from itertools import pairwise

import networkx as nx
import pytest

from kgdocs.lineage.graph import Lineage
from kgdocs.lineage.picture import drawable
from kgdocs.lineage.picture.sketch import MAX_BOXES


def lineage_of(fan: int, steps: int) -> Lineage:
    """A directive that `fan` documents carry out, each of which as many do, so many steps deep."""
    graph = nx.MultiDiGraph()
    known = {"status": "read", "issued_on": None}
    graph.add_node("root", **known)
    level = ["root"]
    for _ in range(steps):
        below = [f"{one}/{number}" for one in level for number in range(fan)]
        for one in below:
            graph.add_node(one, **known)
            graph.add_edge(one, one.rpartition("/")[0], "implements:asserted", type="implements", status="asserted")
        level = below
    return Lineage("root", graph)


@pytest.mark.parametrize(("fan", "steps"), [(3, 3), (MAX_BOXES - 1, 1)])
def test_what_fits_is_drawn_whole(fan, steps):
    whole = lineage_of(fan, steps)
    assert drawable(whole) == (whole, None)


@pytest.mark.parametrize(("fan", "steps", "drawn"), [(7, 4, 2), (4, 5, 3), (12, 3, 1)])
def test_of_more_the_nearest_steps_are_drawn(fan, steps, drawn):
    part, limit = drawable(lineage_of(fan, steps))
    assert limit == drawn
    assert len(part.graph) == sum(fan**step for step in range(drawn + 1)) <= MAX_BOXES


def test_a_fan_of_any_width_is_a_box():
    """Hundreds that carry one directive out are a few boxes and one that counts the rest: all of it is drawn."""
    whole = lineage_of(4 * MAX_BOXES, 1)
    assert drawable(whole) == (whole, None)


def test_neighbours_that_hang_together_are_drawn_by_their_relation_to_the_root():
    whole = lineage_of(4 * MAX_BOXES, 1)
    ends = [one for one in whole.graph if one != "root"]
    for one, other in pairwise(ends):
        whole.graph.add_edge(one, other, "implements:asserted", type="implements", status="asserted")
    part, limit = drawable(whole)
    assert limit == 1
    assert {target for _, target in part.graph.edges()} == {"root"}
