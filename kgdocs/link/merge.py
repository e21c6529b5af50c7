"""Drafts and planned documents that have since been issued: the provisional document gives way to the real one.

Nothing is lost: what was said while it was planned stays as evidence with the status "planned", and the
provisional id redirects.
"""

from collections.abc import Mapping, Sequence

from kgdocs.link.catalogue import Entry
from kgdocs.link.decisions import Decisions
from kgdocs.models import Evidence, Status

Edge = tuple[str, str, str, Status]


def issued(entries: Sequence[Entry], edges: Mapping[Edge, Sequence[Evidence]], decisions: Decisions) -> dict[str, str]:
    """Return id of a draft or planned document → id of the one document that it has become.

    It must carry out the same documents, be of the same type and office, and not be older
    than the text that still calls it planned. With two such documents nothing is decided, nor
    against what a person decided.
    """
    by_id = {entry.id: entry for entry in entries}
    done = _targets(edges, "asserted")
    found = {}
    for provisional, targets in _targets(edges, "planned").items():
        entry = by_id[provisional]
        if entry.status not in ("planned", "draft") or entry.office is None:
            continue
        since = max(_told_on(edges, provisional, by_id), default="")
        fitting = [
            one
            for one, carried in done.items()
            if targets <= carried and _fits(by_id[one], entry, since) and not decisions.are_apart(provisional, one)
        ]
        if len(fitting) == 1:
            found[provisional] = fitting[0]
    return found


def _targets(edges: Mapping[Edge, Sequence[Evidence]], status: Status) -> dict[str, set[str]]:
    """Document → what it carries out."""
    found: dict[str, set[str]] = {}
    for source, target, kind, how in edges:
        if kind == "implements" and how == status:
            found.setdefault(source, set()).add(target)
    return found


def _told_on(edges: Mapping[Edge, Sequence[Evidence]], provisional: str, by_id: Mapping[str, Entry]) -> list[str]:
    """Dates of the texts that speak of a document as planned."""
    tellers = {one.asserted_by for edge, evidence in edges.items() if edge[0] == provisional for one in evidence}
    return [date for teller in tellers if teller and (date := by_id[teller].first("date"))]


def _fits(entry: Entry, planned: Entry, since: str) -> bool:
    """True where an issued document may be the planned one."""
    date = entry.first("date") or ""
    same_office = entry.office is not None and planned.office is not None and entry.office.id == planned.office.id
    known = entry.status in ("read", "listed", "cited")
    return (
        known and same_office and entry.type == planned.type and bool(date) and date[: len(since)] >= since[: len(date)]
    )
