"""The graph as it stood on a day.

A dated document is there from the latest day that its date may mean. What has no date (a
draft, a plan to come, a document cited without its date) is there where a dated document
that is there says something about it. An asserted relation between two dated documents that are there stands,
whoever tells of it and whenever (what counts is when it was so, not when it became known); all else (planned
and negated relations, those at an undated end) stands as far as documents that are there by their date assert it:
what a document without a date says cannot be placed in time. A document issued later of which documents that were
there say that it was planned is there as planned, without its date and number. Registers, which assert in nobody's name, count
between dated documents only.
"""

from collections.abc import Mapping
from typing import Any

from kgdocs.errors import UsageError
from kgdocs.lineage.graph import Graph, empty
from kgdocs.models.days import is_day, is_there

EvidenceRows = list[Mapping[str, Any]]
_UNISSUED = {"status": "planned", "issued_on": None, "code": None}
"""What is not yet known of a document that is only planned."""


def as_of(graph: Graph, day: str) -> Graph:
    """Return the documents, relations and evidence that were there on `day` ("2024-07-05"), as a new graph.

    Raises UsageError where `day` is no day of the calendar.
    """
    check_day(day)
    dated = {one for one, known in graph.nodes(data=True) if known["issued_on"]}
    there = {one for one in dated if is_there(graph.nodes[one]["issued_on"], day)}
    told = {
        end
        for source, target, data in graph.edges(data=True)
        for end in {source, target} - dated
        if _told(graph, data["evidence"], day)
    }
    announced = {
        source
        for source, target, data in graph.edges(data=True)
        if source in dated - there and target in there | told and data["status"] == "planned"
        if _told(graph, data["evidence"], day)
    }
    found = empty()
    found.add_nodes_from((one, dict(known)) for one, known in graph.nodes(data=True) if one in there or one in told)
    found.add_nodes_from((one, {**graph.nodes[one], **_UNISSUED}) for one in sorted(announced))
    for source, target, key, data in graph.edges(keys=True, data=True):
        planned = source not in announced or data["status"] == "planned"
        if source in found and target in found and target not in announced and planned:
            sure = data["status"] == "asserted" and {source, target} <= dated
            evidence = data["evidence"] if sure else _told(graph, data["evidence"], day)
            if evidence:
                found.add_edge(source, target, key, **{**data, "evidence": list(evidence)})
    return found


def check_day(day: str) -> None:
    """Raise UsageError, in one sentence, unless `day` is a whole day of the calendar."""
    if not is_day(day):
        raise UsageError(f"{day!r} is no day of the calendar; write it like 2024-07-05.")


def _told(graph: Graph, evidence: EvidenceRows, day: str) -> EvidenceRows:
    """The evidence whose document was there by its date; part of a graph may not hold that document, so evidence has its date."""
    return [one for one in evidence if is_there(_asserted_on(graph, one), day)]


def _asserted_on(graph: Graph, evidence: Mapping[str, Any]) -> str | None:
    author: Any = evidence.get("asserted_by")
    known = graph.nodes[author]["issued_on"] if author in graph else None
    found: str | None = evidence.get("asserted_on", known)
    return found
