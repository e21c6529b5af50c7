"""Other ids under which a document may be asked for: when a fact is not yet known, or spelt otherwise (design §4).

They follow from what is known now, not from earlier builds, so that the same corpus gives the same redirects.
"""

from collections.abc import Iterable, Iterator, Sequence

from kgdocs.grammar.folding import slug
from kgdocs.grammar.laws import LAW_TYPES
from kgdocs.link.catalogue import Entry


def redirects(entries: Sequence[Entry]) -> dict[str, str]:
    """Return other id → id; an id that two documents might have had redirects to neither."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for other in _others(entry):
            wanted.setdefault(other, set()).add(entry.id)
    ids = {entry.id for entry in entries}
    return {other: next(iter(found)) for other, found in sorted(wanted.items()) if len(found) == 1 and other not in ids}


def _others(entry: Entry) -> Iterator[str]:
    """The ids of a document before its year was known, by its term, by other spellings, by its title."""
    place, year = entry.place, entry.year()
    for name in _names(entry):
        yield from _joined(place, (year, entry.key.period, ""), name)


def _joined(place: str, periods: Iterable[str], name: str) -> Iterator[str]:
    """A name under each period of a place."""
    for period in dict.fromkeys(periods):
        yield "/".join(part for part in (place, period, name) if part)


def _names(entry: Entry) -> Iterator[str]:
    """Last parts of ids: every spelling of the code; the name of a law, under which it was cited."""
    codes = {*entry.values("code"), *filter(None, (entry.code,))}
    yield from sorted({slug(code) for code in codes})
    if entry.type in LAW_TYPES and (title := entry.first("title")):
        yield slug(title)
