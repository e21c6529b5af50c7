"""What linking one reference comes to, and the text that it is linked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import Key
from kgdocs.link.offices import Context
from kgdocs.models import Code, Reference, Resolution


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a reference was resolved to, before documents have ids."""

    resolution: Resolution
    entry: Entry | None
    score: float
    reason: str
    candidates: tuple[Entry, ...] = ()


Way = tuple[Resolution, float, str]
"""How a reference was resolved: resolution, score and reason."""


class Outcomes:
    """What the references of a text were resolved to; a text has few, and there are many texts."""

    __slots__ = ("_candidates", "_entries", "_ways")

    def __init__(self, outcomes: Sequence[Outcome], ways: dict[Way, Way]) -> None:
        """Keep outcomes; `ways` holds each way once for all texts."""
        self._entries = tuple(one.entry for one in outcomes)
        found = ((one.resolution, one.score, one.reason) for one in outcomes)
        self._ways = tuple(ways.setdefault(way, way) for way in found)
        self._candidates = {at: one.candidates for at, one in enumerate(outcomes) if one.candidates} or None

    def __iter__(self) -> Iterator[Outcome]:
        """Yield the outcomes, in order."""
        weighed = self._candidates or {}
        for at, (entry, (resolution, score, reason)) in enumerate(zip(self._entries, self._ways, strict=True)):
            yield Outcome(
                resolution=resolution, entry=entry, score=score, reason=reason, candidates=weighed.get(at, ())
            )

    def entry(self, at: int) -> Entry | None:
        """Return the document that one reference means."""
        return self._entries[at]

    def documents(self) -> Iterator[Entry | None]:
        """Yield all documents that are meant or weighed."""
        yield from self._entries
        for candidates in (self._candidates or {}).values():
            yield from candidates


class Introduced:
    """What a text states with a year: code name or title key → keys; a text has few, and there are many texts."""

    __slots__ = ("_keys", "_names")

    def __init__(self, keys: Mapping[str, Iterable[Key]]) -> None:
        """Keep the keys by name."""
        pairs = [(name, key) for name, found in keys.items() for key in found]
        self._names, self._keys = tuple(name for name, _ in pairs), tuple(key for _, key in pairs)

    def get(self, name: str) -> frozenset[Key]:
        """Return the keys of a name."""
        return frozenset(key for called, key in zip(self._names, self._keys, strict=True) if called == name)

    def __contains__(self, key: Key) -> bool:
        """True for a document that the text states with a year."""
        return key in self._keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Citing:
    """The text that cites: its context, its own document and what it introduced."""

    context: Context
    own: Entry | None
    own_code: Code | None
    own_symbol: str | None
    introduced: Introduced

    def names_itself(self, reference: Reference) -> bool:
        """True where a text says its own number again: in its header, or with its own day and no other issuer."""
        again = self.own_code is not None and reference.code == self.own_code and reference.issuer is None
        return reference.is_self or (again and reference.date is not None and reference.date == self.context.date)


def ambiguous(found: list[Entry], reason: str) -> Outcome:
    """Several documents fit: all are candidates, none is linked."""
    return Outcome(resolution="ambiguous", entry=None, score=0.0, reason=reason, candidates=tuple(found))


def unresolved(reason: str) -> Outcome:
    """No document can be named."""
    return Outcome(resolution="unresolved", entry=None, score=0.0, reason=reason)


def corrected(entry: Entry | None, reason: str) -> Outcome:
    """What a person decided; without an entry, that it is none of those known."""
    resolution: Resolution = "corrected" if entry else "unresolved"
    return Outcome(resolution=resolution, entry=entry, score=1.0 if entry else 0.0, reason=reason)
