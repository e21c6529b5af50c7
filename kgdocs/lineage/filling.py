"""What fills the steps of a chain while it is walked, directive by directive and place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kgdocs.grammar.chains import ChainRule
from kgdocs.lineage.graph import AnyGraph

ACTS = ("implements", "details", "guides", "reports_on", "reviews", "inspects")
"""Relations by which a place shows that a directive concerns it."""
_NAMES = ("cites", "based_on", "disseminates")
"""Relations by which a document of a place at least names a directive."""


@dataclass(frozen=True, slots=True)
class Filler:
    """A document that fills a step, with the edge by which it does."""

    document_id: str
    target_id: str
    status: str
    evidence: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Walk:
    """What the steps of one directive in one place have brought so far: step → documents that fill it."""

    directive: str
    chain: ChainRule
    place: str
    acts: bool = True
    """False where the place only names the directive."""
    filled: dict[str, list[Filler]] = field(default_factory=dict)


def acting(graph: AnyGraph, target: str) -> frozenset[str]:
    """Return the documents that act on a document."""
    return frozenset(source for source, _, data in graph.in_edges(target, data=True) if data["type"] in ACTS)


def naming(graph: AnyGraph, target: str) -> frozenset[str]:
    """Return the documents that at least name a document."""
    return frozenset(source for source, _, data in graph.in_edges(target, data=True) if data["type"] in _NAMES)


def heads(chain: ChainRule) -> frozenset[str]:
    """Return the bodies that the provincial steps of a chain are for, which are no departments."""
    return frozenset(name for step in chain.steps if step.each == "province" for name in step.agencies) | {"hdnd"}
