"""From when until when documents are in force: stated by themselves or others, and ended by what replaces or repeals them.

The intervals are half-open, [effective_on, expires_on). What nobody states is not computed from rules of law: plans and
Party directives have no such day (reference §5.4).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kgdocs.link.catalogue import Entry
from kgdocs.link.facts import state
from kgdocs.link.stated import Resolved, Stated
from kgdocs.models import Reading, Validity
from kgdocs.models.days import LATEST_DAY

_ENDING = ("replaces", "repeals")
_ISSUED = ("read", "listed", "cited")


def validity(resolved: Resolved, stated: Iterable[Stated]) -> None:
    """Add to the entries the days that texts state, then those that follow from replacing and repealing documents."""
    for reading in resolved.texts:
        _stated_days(reading, resolved)
    ended = [(one, found) for one in stated if (found := _end(one)) is not None]
    for one, (day, origin) in ended:  # only now: no day follows from one that was added here
        proof = one.evidence
        state(one.target, {"expires_on": day}, origin, proof.source_id, (proof.start, proof.end), proof.text)


def _stated_days(reading: Reading, resolved: Resolved) -> None:
    """What one text states of itself and of the documents that it cites."""
    own = resolved.citing[reading.source.id].own
    outcomes = resolved.outcomes[reading.source.id]
    for one in reading.extraction.validity if reading.extraction else ():
        entry = own if one.reference is None else outcomes[one.reference].entry
        day = _day(one, entry)
        if entry is not None and day is not None:
            origin = "mention" if entry is not own else "computed" if one.day is None and one.after else "text"
            state(entry, {one.field: day}, origin, reading.source.id, (one.start, one.end), one.text)


def _day(one: Validity, entry: Entry | None) -> str | None:
    """The day stated, or counted from the day on which the document was signed where that is known."""
    if one.day is not None or entry is None:
        return one.day
    signed = entry.first("date") or ""
    if len(signed) != 10 or signed > LATEST_DAY:
        return None
    return (date.fromisoformat(signed) + timedelta(days=one.after)).isoformat()


def _end(one: Stated) -> tuple[str, str] | None:
    """The day on which a relation ends its target and the origin of that day; None where it ends nothing for certain.

    A part that goes leaves the document in force, a draft ends nothing, and nothing ends before it was issued. Without
    the day on which the newer document enters into force its day of issue stands in, as inferred.
    """
    if one.type not in _ENDING or one.status != "asserted" or one.partial or one.source.status not in _ISSUED:
        return None
    effective, issued = one.source.first("effective_on") or "", one.source.first("date") or ""
    day = effective if len(effective) == 10 else issued
    if len(day) != 10 or day <= (one.target.first("date") or ""):
        return None
    stated_by = "register" if one.evidence.asserted_by is None else "mention"
    return day, stated_by if day == effective else "inferred"
