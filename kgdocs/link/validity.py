"""From when until when documents are in force: stated by themselves or others, and ended by what replaces or repeals them.

The intervals are half-open, [effective_on, expires_on). What nobody states is not computed from rules of law: plans and
Party directives have no such day (reference §5.4).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kgdocs.link.catalogue import Entry
from kgdocs.link.facts import state
from kgdocs.link.outcome import Citing, Outcomes
from kgdocs.models import Reading, Status, Validity
from kgdocs.models.days import LATEST_DAY

_ENDING = ("replaces", "repeals")
_ISSUED = ("read", "listed", "cited")


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day of validity that a text states of a document, its own or one that it cites."""

    source_id: str
    entry: Entry
    is_own: bool
    stated: Validity


@dataclass(frozen=True, slots=True)
class Ending:
    """A document that replaces or repeals another, with the words that say so."""

    source: Entry
    target: Entry
    source_id: str
    start: int
    end: int
    text: str
    by_register: bool = False


def days_stated(reading: Reading, citing: Citing, outcomes: Outcomes) -> Iterator[StatedDay]:
    """Yield what a text states of itself and of the documents that it cites."""
    for one in reading.extraction.validity if reading.extraction else ():
        entry = citing.own if one.reference is None else outcomes[one.reference].entry
        if entry is not None:
            yield StatedDay(reading.source.id, entry, entry is citing.own, one)


def may_end(kind: str, status: Status, *, partial: bool = False) -> bool:
    """True for a relation that ends its target where the day is known: a part that goes leaves the document in force."""
    return kind in _ENDING and status == "asserted" and not partial


def state_days(stated: Iterable[StatedDay], ending: Iterable[Ending]) -> None:
    """Add to the entries the days that texts state, then those on which replacing and repealing documents end others."""
    for one in stated:
        if (day := _day(one.stated, one.entry)) is not None:
            said = one.stated
            origin = "mention" if not one.is_own else "computed" if said.day is None and said.after else "text"
            state(one.entry, {said.field: day}, origin, one.source_id, (said.start, said.end), said.text)
    ended = [(one, found) for one in ending if (found := _end(one)) is not None]
    for last, (day, origin) in ended:  # only now: no day follows from one that was added here
        state(last.target, {"expires_on": day}, origin, last.source_id, (last.start, last.end), last.text)


def _day(one: Validity, entry: Entry) -> str | None:
    """The day stated, or counted from the day on which the document was signed where that is known."""
    if one.day is not None:
        return one.day
    signed = entry.first("date") or ""
    if len(signed) != 10 or signed > LATEST_DAY:
        return None
    return (date.fromisoformat(signed) + timedelta(days=one.after)).isoformat()


def _end(one: Ending) -> tuple[str, str] | None:
    """The day on which a document ends another and the origin of that day; None where it is not known for certain.

    A draft ends nothing, and nothing ends before it was issued. Without the day on which the newer document enters into force
    its day of issue stands in, as inferred.
    """
    if one.source.status not in _ISSUED:
        return None
    effective, issued = one.source.first("effective_on") or "", one.source.first("date") or ""
    day = effective if len(effective) == 10 else issued
    if len(day) != 10 or day <= (one.target.first("date") or ""):
        return None
    stated_by = "register" if one.by_register else "mention"
    return day, stated_by if day == effective else "inferred"
