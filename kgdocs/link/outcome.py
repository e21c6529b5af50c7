"""What linking one reference comes to, and the text that it is linked for."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import Key
from kgdocs.link.offices import Context
from kgdocs.models import Reference, Resolution

MOST_CANDIDATES = 20
"""Documents that are kept of those that fit: "1/KH-UBND" stands in every place every year, and is cited as often."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a reference was resolved to, before documents have ids."""

    resolution: Resolution
    entry: Entry | None
    score: float
    reason: str
    candidates: tuple[Entry, ...] = ()


Outcomes = Sequence[Outcome]
"""What the references of a text were resolved to, in order."""
Way = tuple[Resolution, float, str]
"""How a reference was resolved: resolution, score and reason."""


class AllOutcomes:
    """What the references of all texts were resolved to, as numbers: there are millions."""

    def __init__(self, entry_of: Callable[[int], Entry]) -> None:
        """Begin without any; `entry_of` gives a document by its serial number."""
        self._entry_of = entry_of
        self._ways: list[Way] = []
        self._numbers: dict[Way, int] = {}
        self._packed: dict[str, bytes] = {}
        """By source, for each reference: the number of its way, its document or 0, how many others were weighed, and these."""

    def keep(self, source_id: str, outcomes: Outcomes) -> None:
        """Keep the outcomes of a text."""
        numbers = array("I")
        for one in outcomes:
            way = self._number((one.resolution, one.score, one.reason))
            numbers.extend((way, one.entry.serial if one.entry else 0, len(one.candidates)))
            numbers.extend(candidate.serial for candidate in one.candidates)
        self._packed[source_id] = numbers.tobytes()

    def of(self, source_id: str) -> Outcomes:
        """Return the outcomes of a text."""
        return tuple(self._unpacked(iter(memoryview(self._packed[source_id]).cast("I"))))

    def documents(self) -> Iterator[Entry]:
        """Yield all documents that are meant or weighed."""
        for source_id in self._packed:
            for one in self.of(source_id):
                yield from filter(None, (one.entry, *one.candidates))

    def _unpacked(self, numbers: Iterator[int]) -> Iterator[Outcome]:
        for way in numbers:
            resolution, score, reason = self._ways[way]
            serial = next(numbers)
            yield Outcome(
                resolution=resolution,
                entry=self._entry_of(serial) if serial else None,
                score=score,
                reason=reason,
                candidates=tuple(self._entry_of(next(numbers)) for _ in range(next(numbers))),
            )

    def _number(self, way: Way) -> int:
        number = self._numbers.setdefault(way, len(self._ways))
        if number == len(self._ways):
            self._ways.append(way)
        return number


class Introduced:
    """What a text states with a year: code name or title key → keys; a text has few, and there are many texts."""

    __slots__ = ("_keys", "_names")

    def __init__(self, keys: Mapping[str, Iterable[Key]]) -> None:
        """Keep the keys by name."""
        pairs = [(name, key) for name, found in keys.items() for key in found]
        self._keys = tuple(key for _, key in pairs)
        own = all(name == key.name for name, key in pairs)
        self._names = None if own else tuple(intern(name) for name, _ in pairs)

    def get(self, name: str) -> frozenset[Key]:
        """Return the keys of a name."""
        names = self._names or [key.name for key in self._keys]
        return frozenset(key for called, key in zip(names, self._keys, strict=True) if called == name)

    def __contains__(self, key: Key) -> bool:
        """True for a document that the text states with a year."""
        return key in self._keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Citing:
    """The text that cites: its context, its own document and what it introduced."""

    context: Context
    own: Entry | None
    own_code: str | None
    own_symbol: str | None
    introduced: Introduced

    def names_itself(self, reference: Reference) -> bool:
        """True where a text says its own number again: in its header, or with its own day and no other issuer."""
        if reference.is_self or self.own_code is None or reference.issuer is not None or reference.date is None:
            return reference.is_self
        return reference.date == self.context.date and str(reference.code) == self.own_code


def ambiguous(found: Sequence[Entry], reason: str) -> Outcome:
    """Several documents fit: the first of them are candidates, none is linked; where others are left out the reason says so."""
    kept = tuple(found[:MOST_CANDIDATES])
    left = f" Có {len(found)} văn bản như vậy; nêu {len(kept)}." if len(kept) < len(found) else ""
    return Outcome(resolution="ambiguous", entry=None, score=0.0, reason=reason + left, candidates=kept)


def unresolved(reason: str) -> Outcome:
    """No document can be named."""
    return Outcome(resolution="unresolved", entry=None, score=0.0, reason=reason)


def corrected(entry: Entry | None, reason: str) -> Outcome:
    """What a person decided; without an entry, that it is none of those known."""
    resolution: Resolution = "corrected" if entry else "unresolved"
    return Outcome(resolution=resolution, entry=entry, score=1.0 if entry else 0.0, reason=reason)
