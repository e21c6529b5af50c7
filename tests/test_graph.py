"""Questions about the graph: the same answers from SQL as from networkx, paths, chains, circles, reduction."""

import sqlite3
from contextlib import closing
from functools import cache
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgdocs.lineage.asof import as_of
from kgdocs.lineage.graph import Lineage, build_graph, tree
from kgdocs.lineage.paths import MAX_CYCLES, cycles, longest_chain, shortest_path
from kgdocs.lineage.picture import Caption, draw
from kgdocs.lineage.picture.sketch import MAX_FAN
from kgdocs.lineage.reduction import reduced
from kgdocs.lineage.walk import reach, steps
from kgdocs.models.lineage import LINEAGE_RELATIONS
from kgdocs.pipeline import questions
from kgdocs.pipeline.path import find_path
from kgdocs.store import edges
from kgdocs.store.database import create_schema

NAMES = tuple("abcdefg")
KINDS = ("implements", "details", "promulgates", "cites")
DAYS = (None, "2021", "2022-02", "2022-06-15", "2023-01-01")
STATUSES = ("asserted", "asserted", "planned", "negated")


@cache
def empty_database():
    with closing(sqlite3.connect(":memory:")) as connection:
        create_schema(connection)
        connection.commit()
        return connection.serialize()


def graph_of(documents, relations):
    with closing(database(documents, relations)) as connection:
        return questions.load_graph(connection)


def database(documents, relations):
    """A database of documents {id: date} and relations (from, to, type, status, authors)."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(empty_database())
    connection.execute("INSERT INTO sources (id, path, state) VALUES ('s', 'a.txt' || char(10) || 'b.txt', 'read')")
    connection.executemany(
        "INSERT INTO documents (id, issued_on, status) VALUES (?, ?, 'cited')", list(documents.items())
    )
    for number, (source, target, kind, status, authors) in enumerate(relations, start=1):
        row = (number, source, target, kind, status, len(authors))
        connection.execute("INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.executemany(
            "INSERT INTO evidence (relation_id, source_id, asserted_by, \"start\", \"end\", text, rule) VALUES (?, 's', ?, 0, 1, 'x', 'r')",
            [(number, author) for author in authors],
        )
    return connection


DATED = st.fixed_dictionaries({name: st.sampled_from(DAYS) for name in NAMES})
RELATIONS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(KINDS),
        st.sampled_from(STATUSES),
        st.lists(st.sampled_from((None, *NAMES)), min_size=1, max_size=2, unique=True),
    ),
    max_size=14,
    unique_by=lambda row: row[:4],
)
often = settings(deadline=None, max_examples=300, derandomize=True)
SNAPSHOTS = ("2020-01-01", "2022-01-01", "2022-02-28", "2022-12-31", "2024-01-01")
WALKS = (
    st.sampled_from(NAMES),
    st.sampled_from(("up", "down")),
    st.integers(0, 8),
    st.sets(st.sampled_from(KINDS)),
    st.sampled_from((None, *SNAPSHOTS)),
)


@often
@given(DATED, RELATIONS, *WALKS)
def test_sql_reaches_what_networkx_reaches(documents, relations, root, direction, depth, kinds, day):
    with closing(database(documents, relations)) as connection:
        graph = questions.load_graph(connection, day)
        found, cut = edges.reachable(connection, root, direction, depth=depth, relations=kinds, limit=100, day=day)
    near = reach(graph, root, direction, depth=depth, relations=kinds)
    assert not cut
    assert found[0] == root
    assert set(found) == {root, *near}
    assert [near.get(one, 0) for one in found] == sorted(near.get(one, 0) for one in found)


@often
@given(DATED, RELATIONS, *WALKS[:4])
def test_reach_is_what_lies_at_each_distance(documents, relations, root, direction, depth, kinds):
    graph = graph_of(documents, relations)
    arrows = steps(graph, kinds)
    walked = arrows if direction == "up" else arrows.reverse()
    layers = [nx.descendants_at_distance(walked, root, distance) for distance in range(depth + 1)]
    near = reach(graph, root, direction, depth=depth, relations=kinds)
    assert {one: distance for distance, layer in enumerate(layers) for one in layer} == near


@often
@given(DATED, RELATIONS, *WALKS)
def test_a_lineage_is_part_of_the_whole_graph_of_its_day(documents, relations, root, direction, depth, kinds, day):
    with closing(database(documents, relations)) as connection:
        whole = questions.load_graph(connection, day)
        part = questions.lineage(
            connection,
            root,
            up=direction == "up",
            down=direction == "down",
            depth=depth,
            relations=kinds,
            as_of_day=day,
        )
    near = reach(whole, root, direction, depth=depth, relations=kinds)
    expected = [
        (*edge, data) for *edge, data in whole.edges(keys=True, data=True)
        if {*edge[:2]} <= set(near) and data["type"] in kinds
    ]  # fmt: skip
    assert sorted(part.graph.edges(keys=True, data=True), key=str) == sorted(expected, key=str)
    assert set(part.graph) - {root} == set(near) - {root}
    if root in part.graph and questions.lineage_json(part):
        listed = _ids(tree(part, direction))
        assert listed == set(near)


def _ids(branch):
    return {branch.id}.union(*(_ids(child) for child in branch.children))


@often
@given(DATED, RELATIONS, st.sampled_from((None, *SNAPSHOTS)))
def test_bare_relations_of_a_day_are_those_of_the_graph(documents, relations, day):
    with closing(database(documents, relations)) as connection:
        graph = questions.load_graph(connection, day)
        rows = list(edges.bare_relations(connection, day=day))
    assert sorted(row["id"] for row in rows) == sorted(data["relation_id"] for _, _, data in graph.edges(data=True))


@often
@given(DATED, RELATIONS)
def test_later_days_only_add(documents, relations):
    whole = graph_of(documents, relations)
    stood = [as_of(whole, day) for day in SNAPSHOTS]
    for before, after in pairwise(stood):
        assert set(before) <= set(after)
        assert set(before.edges) <= set(after.edges)


@often
@given(DATED, RELATIONS, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_paths_are_the_shortest_and_hang_together(documents, relations, one, other):
    with closing(database(documents, relations)) as connection:
        graph = questions.load_graph(connection)
        told = find_path(connection, one, other)
    found = shortest_path(graph, one, other)
    assert told.path == found
    both_ways = nx.Graph((source, target) for source, target in graph.edges())
    both_ways.add_nodes_from(graph)
    if found is None:
        assert not nx.has_path(both_ways, one, other)
        return
    assert (found.ids[0], found.ids[-1]) == (one, other)
    assert [set(edge[:2]) for edge in found.edges] == [set(pair) for pair in pairwise(found.ids)]
    if not found.lineage_only:
        assert len(found.ids) - 1 == nx.shortest_path_length(both_ways, one, other)
    assert all(step["evidence"] for step in told.steps)


@often
@given(DATED, RELATIONS)
def test_circles_are_all_told_and_end_where_they_begin(documents, relations):
    graph = graph_of(documents, relations)
    arrows = steps(graph, LINEAGE_RELATIONS, ("asserted",))
    found = cycles(graph)
    assert all(arrows.has_edge(*pair) for cycle in found for pair in pairwise([*cycle, cycle[0]]))
    assert all(cycle[0] == min(cycle) and len(set(cycle)) == len(cycle) for cycle in found)
    knots = [knot for knot in nx.strongly_connected_components(arrows) if len(knot) > 1]
    assert all(any(set(cycle) <= knot for cycle in found) for knot in knots)
    assert bool(found) is not nx.is_directed_acyclic_graph(arrows)


@often
@given(DATED, RELATIONS, st.sampled_from(NAMES))
def test_the_longest_chain_is_one_and_none_is_longer(documents, relations, root):
    graph = graph_of(documents, relations)
    down = steps(graph, LINEAGE_RELATIONS, ("asserted",)).reverse()
    chain = longest_chain(graph, root)
    assert chain[0] == root
    assert all(down.has_edge(*pair) for pair in pairwise(chain))
    if nx.is_directed_acyclic_graph(down):
        below = down.subgraph({root, *nx.descendants(down, root)})
        assert len(chain) == len(nx.dag_longest_path(below))


@often
@given(DATED, RELATIONS)
def test_reduction_keeps_what_is_above_and_below(documents, relations):
    graph = graph_of(documents, relations)
    less = reduced(graph)
    gone = set(graph.edges) - set(less.edges)
    assert {key for _, _, key in gone} <= {"implements:asserted"}
    assert all(less.edges[edge] == graph.edges[edge] for edge in less.edges)
    before, after = (nx.transitive_closure(steps(one, ("implements",), ("asserted",))) for one in (graph, less))
    assert set(before.edges) == set(after.edges)


def small(*relations, kind="implements", status="asserted"):
    """A graph of relations "ab" (a acts on b)."""
    documents = [{"id": one, "status": "read"} for one in sorted(set("".join(relations)))]
    rows = [
        {"from_id": one[0], "to_id": one[1], "type": kind, "status": status, "evidence": [one]} for one in relations
    ]
    return build_graph(documents, rows)


def test_walks_are_bounded():
    star = {f"d{number:02}": None for number in range(30)}
    relations = [(one, "d00", "implements", "asserted", [None]) for one in star if one != "d00"]
    with closing(database(star, relations)) as connection:
        found, cut = edges.reachable(connection, "d00", "down", depth=3, relations=["implements"], limit=10)
        whole, whole_cut = edges.reachable(connection, "d00", "down", depth=3, relations=["implements"], limit=30)
    assert (found, cut) == (sorted(star)[:10], True)
    assert (whole, whole_cut) == (sorted(star), False)


def test_what_a_decision_issues_hangs_below_it():
    graph = build_graph(
        [{"id": one, "status": "read"} for one in ("directive", "decision", "rules")],
        [
            {"from_id": "decision", "to_id": "directive", "type": "implements", "status": "asserted", "evidence": [1]},
            {"from_id": "decision", "to_id": "rules", "type": "promulgates", "status": "asserted", "evidence": [1]},
        ],
    )
    assert reach(graph, "directive", "down") == {"directive": 0, "decision": 1, "rules": 2}
    assert reach(graph, "rules", "up") == {"rules": 0, "decision": 1, "directive": 2}
    assert longest_chain(graph, "directive") == ["directive", "decision", "rules"]
    (decision,) = tree(Lineage("directive", graph), "down").children
    assert [(one.id, one.relation) for one in decision.children] == [("rules", "promulgates")]
    boxes = {box.id: box.x for box in picture(graph, "directive").boxes}
    assert boxes["directive"] < boxes["decision"] < boxes["rules"]


def test_among_equal_paths_the_surer_then_the_first_is_taken():
    graph = small("ab", "bz", "ac", "cz")
    assert shortest_path(graph, "a", "z").ids == ("a", "b", "z")
    graph.remove_edge("a", "b")
    graph.add_edge("a", "b", "implements:planned", type="implements", status="planned", evidence=[1])
    assert shortest_path(graph, "a", "z").ids == ("a", "c", "z")


def test_lineage_is_followed_before_a_shorter_way():
    graph = small("ab", "bz")
    graph.add_edge("a", "z", "cites:asserted", type="cites", status="asserted", evidence=[1])
    found = shortest_path(graph, "a", "z")
    assert (found.ids, found.lineage_only) == (("a", "b", "z"), True)
    graph.remove_edge("b", "z")
    found = shortest_path(graph, "z", "a")
    assert (found.edges, found.lineage_only) == ((("a", "z", "cites:asserted"),), False)
    assert shortest_path(graph, "a", "nowhere") is None
    assert shortest_path(graph, "a", "a").edges == ()


def test_circles_are_bounded_and_told_the_shortest_first():
    dense = small(*(one + other for one in "abcdefgh" for other in "abcdefgh" if one != other))
    found = cycles(dense)
    assert len(found) == MAX_CYCLES
    assert cycles(small("ab", "bc", "ca", "cd", "dc")) == [["c", "d"], ["a", "b", "c"]]
    assert cycles(small("aa")) == [["a"]]
    assert cycles(small("ab", "ba", status="planned")) == []


def test_a_chain_goes_through_a_circle():
    graph = small("ba", "cb", "bc", "dc", "ed")
    assert longest_chain(graph, "a") == ["a", "b", "c", "d", "e"]
    assert longest_chain(graph, "nowhere") == []


def picture(graph, root, shortcuts=True):
    return draw(
        Lineage(root, graph),
        name="x",
        caption=lambda one, _: Caption(heading=one, href=f"/{one}"),
        caption_of_group=lambda group: Caption(heading=f"+ {group.count}", href=f"/{group.hub}"),
        relation_name=lambda kind, status: kind,
        shortcuts=shortcuts,
    )


def test_a_picture_leaves_out_shortcuts_and_still_groups_hubs():
    plans = [f"p{number:02}" for number in range(20)]
    pairs = [("middle", "top"), *((plan, "middle") for plan in plans), *((plan, "top") for plan in plans)]
    graph = build_graph(
        [{"id": one, "status": "read"} for one in ("top", "middle", *plans)],
        [{"from_id": a, "to_id": b, "type": "implements", "status": "asserted", "evidence": [1]} for a, b in pairs],
    )
    drawn = picture(graph, "top", shortcuts=False)
    assert drawn.svg.count('class="arrow') == 1 + MAX_FAN + 1  # middle, its plans, and one box for the others
    assert f"+ {len(plans) - MAX_FAN}" in drawn.svg
    assert picture(graph, "top").svg.count('class="arrow') > drawn.svg.count('class="arrow')
    assert len(graph.edges) == len(pairs)


@pytest.mark.parametrize("status", ["planned", "negated"])
def test_only_what_is_asserted_makes_an_edge_needless(status):
    graph = small("cb", "ba", "ca")
    assert ("c", "a", "implements:asserted") not in reduced(graph).edges
    graph.remove_edge("b", "a")
    graph.add_edge("b", "a", f"implements:{status}", type="implements", status=status, evidence=[1])
    assert set(reduced(graph).edges) == set(graph.edges)
    assert set(reduced(small("cb", "ba", "ca", kind="details")).edges) == set(
        small("cb", "ba", "ca", kind="details").edges
    )
