"""Graph → the boxes and arrows to be drawn; what would be a fan of hundreds becomes one box."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kgdocs.lineage.graph import Direction, Graph, Lineage
from kgdocs.lineage.walk import reach
from kgdocs.models.lineage import DOWNWARD_RELATIONS

MAX_FAN = 12
"""Documents drawn per neighbour and relation; the others are one box that leads to the list."""

MAX_BOXES = 120
"""Boxes of a picture: more are no longer read, and to lay them out takes longer than a page may."""

_ORDER = ("implements", "details", "guides", "promulgates", "reports_on", "comments_on")


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """What a box says: heading, text, a line of small print, a mark ("Dự thảo"), and where it leads."""

    heading: str
    text: str = ""
    note: str = ""
    mark: str = ""
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that stand in one box: `count` that act on the hub (or that it acts on) in one way."""

    hub: str
    relation: str
    incoming: bool
    count: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the acting box to the one it acts on; `relations` are (type, status), the weightiest first."""

    source: str
    target: str
    relations: tuple[tuple[str, str], ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The lower and the upper box; what a decision issues is below it."""
        downward = self.relations[0][0] in DOWNWARD_RELATIONS
        return (self.target, self.source) if downward else (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn: boxes by id with caption and CSS class, and the arrows between them."""

    root: str
    captions: Mapping[str, Caption]
    classes: Mapping[str, str]
    arrows: tuple[Arrow, ...]


CaptionOf = Callable[[str, Mapping[str, Any]], Caption]
CaptionOfGroup = Callable[[Group], Caption]


def sketch(lineage: Lineage, caption: CaptionOf, caption_of_group: CaptionOfGroup) -> Sketch:
    """Turn a lineage into boxes and arrows, fans cut to `MAX_FAN`."""
    graph = lineage.graph
    hidden, groups = _groups(graph, lineage.root)
    edges = [edge for edge in graph.edges(keys=True) if edge not in hidden]
    kept = _connected(lineage.root, [(source, target) for source, target, _ in edges])
    between: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for source, target, key in edges:
        if source in kept and target in kept:
            data = graph.edges[source, target, key]
            between.setdefault((source, target), []).append((data["type"], data["status"]))
    captions = {one: caption(one, graph.nodes[one]) for one in sorted(kept)}
    classes = {one: f"is-{graph.nodes[one]['status']}" for one in kept}
    for group in groups:
        if group.hub in kept:
            name = f"{group.hub}#{group.relation}#{group.incoming}"
            captions[name], classes[name] = caption_of_group(group), "is-group"
            ends = (name, group.hub) if group.incoming else (group.hub, name)
            between[ends] = [(group.relation, "asserted")]
    arrows = tuple(Arrow(*ends, tuple(sorted(found, key=_weight))) for ends, found in sorted(between.items()))
    return Sketch(lineage.root, captions, classes, arrows)


def drawable(lineage: Lineage) -> tuple[Lineage, int | None]:
    """Return the documents within as many steps of the root as fit into `MAX_BOXES`, and that number; None where all do.

    Where one step is too much, what is around the root is drawn without the relations that it has among itself.
    """
    graph = lineage.graph
    if len(graph) <= MAX_BOXES:
        return lineage, None
    kinds = {data["type"] for _, _, data in graph.edges(data=True)}
    directions: tuple[Direction, ...] = ("up", "down")
    ways = [reach(graph, lineage.root, direction, relations=kinds) for direction in directions]
    steps = {one: min(way[one] for way in ways if one in way) for way in ways for one in way}
    fitting, most = _at_root(lineage), max(steps.values())
    for limit in range(1, most + 1):
        part = replace(lineage, graph=graph.subgraph(one for one in steps if steps[one] <= limit).copy())
        if len(sketch(part, _blank, _blank).captions) > MAX_BOXES:
            return fitting, max(1, limit - 1)
        fitting = part
    return lineage, None


def _at_root(lineage: Lineage) -> Lineage:
    """The root, and what has a relation to the root itself, without what that has among itself."""
    graph, root = lineage.graph, lineage.root
    kept = [*graph.in_edges(root, keys=True), *graph.out_edges(root, keys=True)]
    part = graph.edge_subgraph(kept).copy() if kept else graph.subgraph([root]).copy()
    return replace(lineage, graph=part)


def _blank(*_: object) -> Caption:
    """A box that is only counted."""
    return Caption(heading="", href="")


def _groups(graph: Graph, root: str) -> tuple[set[tuple[str, str, str]], list[Group]]:
    """The edges that are not drawn one by one, and the groups that stand for them."""
    fans: dict[tuple[str, str, bool], list[tuple[str, str, str]]] = {}
    for source, target, key in graph.edges(keys=True):
        relation = graph.edges[source, target, key]["type"]
        fans.setdefault((target, relation, True), []).append((source, target, key))
        fans.setdefault((source, relation, False), []).append((source, target, key))
    hidden: set[tuple[str, str, str]] = set()
    groups = []
    for (hub, relation, incoming), fan in sorted(fans.items()):
        left = [edge for edge in fan if edge not in hidden]
        if len(left) > MAX_FAN + 1:
            rest = sorted(left, key=lambda edge: _rank(graph, root, edge[0 if edge[1] == hub else 1]))[MAX_FAN:]
            hidden.update(rest)
            groups.append(Group(hub, relation, incoming, len(rest)))
    return hidden, groups


def _rank(graph: Graph, root: str, one: str) -> tuple[bool, int, str, str]:
    """The root first, then documents that others carry out, then by date."""
    return one != root, -graph.in_degree(one), graph.nodes[one]["issued_on"] or "9", one


def _weight(relation: tuple[str, str]) -> tuple[bool, int, str]:
    kind, status = relation
    return status == "negated", _ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind


def _connected(root: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The ids that hang together with `root`."""
    beside: dict[str, set[str]] = {}
    for source, target in pairs:
        beside.setdefault(source, set()).add(target)
        beside.setdefault(target, set()).add(source)
    found, frontier = {root}, [root]
    while frontier:
        fresh = beside.get(frontier.pop(), set()) - found
        found |= fresh
        frontier += sorted(fresh)
    return found
