"""Counts over chains: how long documents take to be carried out, and which steps are covered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from kgdocs.lineage.graph import Graph
from kgdocs.lineage.practice import delays
from kgdocs.models import ChainStep


@dataclass(frozen=True, kw_only=True, slots=True)
class DelayCount:
    """Days from a document to those that carry it out, for one directive, province or level (`by`)."""

    by: str
    key: str
    count: int
    shortest: int
    middle: float
    longest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How many units should take a step of a directive in a place, and how many are in each state."""

    directive_id: str
    place: str
    step: str
    expected: int
    states: dict[str, int]


def delay_counts(graph: Graph) -> tuple[DelayCount, ...]:
    """Return the delays of all asserted `implements` between whole dates, by directive, by province and by level."""
    groups: dict[tuple[str, str], list[int]] = {}
    for source, target, days in delays(graph):
        keys = (("directive", target), ("place", source.split("/")[0]), ("level", graph.nodes[source]["level"] or "?"))
        for key in keys:
            groups.setdefault(key, []).append(days)
    return tuple(
        DelayCount(by=by, key=key, count=len(days), shortest=min(days), middle=median(days), longest=max(days))
        for (by, key), days in sorted(groups.items())
    )


def coverage(steps: Iterable[ChainStep]) -> tuple[Coverage, ...]:
    """Return for each directive, place and step how many units were expected and what is known of them."""
    groups: dict[tuple[str, str, str], Counter[str]] = {}
    for step in steps:
        groups.setdefault((step.directive_id, step.place, step.step), Counter())[step.state] += 1
    return tuple(
        Coverage(directive_id=directive, place=place, step=name, expected=sum(states.values()), states=dict(states))
        for (directive, place, name), states in groups.items()
    )
