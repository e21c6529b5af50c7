"""Two reports of different times side by side: what appeared, what is no longer named, what was planned and is now issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgdocs.lineage.graph import Graph


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A document that the earlier report plans, and what has come of it by the later one (None: still planned)."""

    planned_id: str
    document_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The documents that only one of two reports names, and the plans of the earlier one."""

    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    kept: tuple[str, ...]
    plans: tuple[Issued, ...]


def compare(graph: Graph, earlier: Mapping[str, bool], later: Mapping[str, bool]) -> Difference:
    """Compare the documents that two reports cite, in order, each True where the report only plans it."""
    before = [one for one, planned in earlier.items() if not planned]
    after = [one for one, planned in later.items() if not planned]
    plans = tuple(
        Issued(planned_id=one, document_id=one if _is_issued(graph, one) else _issued(graph, one, after))
        for one, planned in earlier.items()
        if planned
    )
    known = {*before, *(plan.document_id for plan in plans)}
    return Difference(
        appeared=tuple(one for one in after if one not in known),
        vanished=tuple(one for one in before if one not in later),
        kept=tuple(one for one in before if one in later),
        plans=plans,
    )


def _is_issued(graph: Graph, one: str) -> bool:
    """True for a document that was planned and is there by now."""
    return graph.nodes[one]["status"] not in ("planned", "draft")


def _issued(graph: Graph, planned: str, after: Sequence[str]) -> str | None:
    """The one document of the later report that the same agency issued to carry out what was planned to be."""
    node = graph.nodes[planned]
    targets = {target for _, target, data in graph.out_edges(planned, data=True) if data["type"] == "implements"}
    found = [
        one
        for one in after
        if one != planned and graph.nodes[one]["agency_id"] == node["agency_id"] is not None
        and _is_issued(graph, one)
        and targets & {t for _, t, data in graph.out_edges(one, data=True) if data["type"] == "implements" and data["status"] == "asserted"}
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None
