"""Drafts and planned documents that have since been issued: the provisional document gives way to the real one.

Nothing is lost: what was said while it was planned stays as evidence with the status "planned", and the
provisional id redirects.
"""

from collections.abc import Collection, Iterable, Mapping

from kgdocs.link.catalogue import Entry
from kgdocs.link.decisions import Decisions
from kgdocs.link.edges import SerialEdge
from kgdocs.models import Status

PROVISIONAL = ("planned", "draft")
"""Statuses of documents that give way to what they become."""


def issued(
    entries: Iterable[Entry],
    edges: Iterable[SerialEdge],
    tellers: Mapping[int, Collection[Entry]],
    decisions: Decisions,
) -> dict[str, str]:
    """Return id of a draft or planned document → id of the one document that it has become.

    It must carry out the same documents, be of the same type and office, and not be older
    than the texts that still call it planned (`tellers`, by serial number of the provisional document). With two such
    documents nothing is decided, nor against what a person decided.
    """
    by_serial = {entry.serial: entry for entry in entries}
    done, planned = _targets(edges)
    found = {}
    for provisional, targets in planned.items():
        entry = by_serial[provisional]
        if entry.status not in PROVISIONAL or entry.office is None:
            continue
        since = max(filter(None, (one.first("date") for one in tellers.get(provisional, ()))), default="")
        fitting = [
            by_serial[one].id
            for one, carried in done.items()
            if targets <= carried and _fits(by_serial[one], entry, since)
        ]
        fitting = [one for one in fitting if not decisions.are_apart(entry.id, one)]
        if len(fitting) == 1:
            found[entry.id] = fitting[0]
    return found


def _targets(edges: Iterable[SerialEdge]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Document → what it carries out, as asserted and as planned."""
    found: dict[Status, dict[int, set[int]]] = {"asserted": {}, "planned": {}}
    for source, target, kind, status in edges:
        if kind == "implements" and status in found:
            found[status].setdefault(source, set()).add(target)
    return found["asserted"], found["planned"]


def _fits(entry: Entry, planned: Entry, since: str) -> bool:
    """True where an issued document may be the planned one."""
    date = entry.first("date") or ""
    same_office = entry.office is not None and planned.office is not None and entry.office.id == planned.office.id
    known = entry.status in ("read", "listed", "cited")
    return (
        known and same_office and entry.type == planned.type and bool(date) and date[: len(since)] >= since[: len(date)]
    )
