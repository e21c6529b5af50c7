"""Whether a known document may be meant at all: by its time, its series and its place."""

from kgdocs.link.catalogue import Entry
from kgdocs.link.outcome import Citing
from kgdocs.models import Reference


def is_possible(entry: Entry, reference: Reference, citing_day: str | None) -> bool:
    """True where an entry may be what a reference without term means: not later than the citing text, of the year stated."""
    dates = entry.dates()
    stated = reference.date or reference.year
    if stated:
        return any(day.startswith(stated) for day in dates) or (not dates and entry.year() == stated[:4])
    if citing_day is None or not dates:
        return True
    return min(dates)[: len(citing_day)] <= citing_day


def is_fresh(entry: Entry, reference: Reference, citing_day: str | None) -> bool:
    """True where a reference without a year may mean the only document known of a series that begins anew each year.

    It is one of the citing year or the year before; a series by term or with the year in the code is not in doubt.
    """
    code = reference.code
    if code is None or code.year or code.family in ("party", "national_assembly") or reference.year or reference.date:
        return True
    year = entry.year()
    return not year or (citing_day is not None and int(citing_day[:4]) - int(year) <= 1)


def is_near(entry: Entry, citing: Citing) -> bool:
    """True for a document that the citing text names elsewhere, or one of its own place or a place above it."""
    if entry.key in citing.introduced:
        return True
    place = citing.context.place
    return place is not None and f"{place}/".startswith(f"{entry.key.place}/")
