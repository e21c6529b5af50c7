"""What is stated of a document, as numbers: a build holds millions of statements, most of them alike.

Of each kind it is known how often it is stated, and where the first sources state it. The words are those of the source
at that place, and are read there when they are asked for.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from kgdocs.models import ORIGINS, Fact, FactsByField

Kind = tuple[str, str, str]
"""Field, value and origin of a statement."""
_WITNESSES = 3
"""Sources whose words are kept of what many state alike; all mentions stand in the database."""
_ALIKE = frozenset({"mention", "annex"})
"""Origins of what many texts state alike; headers are those of a document's own copies, and all are kept."""
_SOUGHT = 30
"""Kinds from which on they are found by an index."""
_Part = tuple[str, str]
"""Field and origin."""
_PARTS: list[_Part] = []
_NUMBERS: dict[_Part, int] = {}
"""Numbers of fields with origins: there are a few dozen."""


class Sources:
    """The sources of texts by numbers, from 1."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        """Take what gives the text of a source by its id."""
        self._ids: list[str] = []
        self._text_of = text_of
        self._last = (0, "")

    def number(self, source_id: str) -> int:
        """Return a number for a source: as long as no other is asked for, the same."""
        if not self._ids or self._ids[-1] != source_id:
            self._ids.append(source_id)
        return len(self._ids)

    def id(self, number: int) -> str:
        """Return the id of a source."""
        return self._ids[number - 1]

    def words(self, number: int, start: int, end: int) -> str:
        """Return what stands in a source at [start, end)."""
        if self._last[0] != number:
            self._last = number, self._text_of(self.id(number))
        return self._last[1][start:end]


class _Place(NamedTuple):
    """Where a kind is stated, and for how many statements this stands."""

    source: int
    start: int
    end: int
    kind: Kind
    stands_for: int


class Statements:
    """How often each kind is stated, and where first; kinds and places are in the order in which they were stated."""

    __slots__ = ("_index", "_kinds", "_places", "_values")

    def __init__(self) -> None:
        """Begin without any."""
        self._values: list[str] = []
        self._kinds = array("I")
        """Of each value: the number of its field and origin, how often it is stated, how many places are kept, the last source."""
        self._places = array("I")
        """Number of the kind, source, start and end of each place."""
        self._index: dict[Kind, int] | None = None

    def __len__(self) -> int:
        """How many kinds there are."""
        return len(self._values)

    def all(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield (field, value, origin, how often it is stated)."""
        for value, part, count in zip(self._values, self._kinds[::4], self._kinds[1::4], strict=True):
            field, origin = _PARTS[part]
            yield field, value, origin, count

    def of(self, field: str) -> Iterator[tuple[str, str, int]]:
        """Yield (value, origin, how often it is stated) of a field."""
        return ((value, origin, count) for name, value, origin, count in self.all() if name == field)

    def count(self, kind: Kind, count: int = 1) -> int:
        """Count statements of a kind; returns its number."""
        number = self._number(kind)
        if number is None:
            number = len(self._values)
            self._values.append(kind[1])
            self._kinds.extend((_number_of(kind[0], kind[2]), 0, 0, 0))
            if self._index is not None:
                self._index[kind] = number
        self._kinds[4 * number + 1] += count
        return number

    def add(self, kind: Kind, source: int, start: int, end: int) -> None:
        """Count a statement, and keep its place where few sources before this one state the same."""
        number = self.count(kind)
        kept, last = self._kinds[4 * number + 2 : 4 * number + 4]
        if last != source and (
            kept < _WITNESSES or kind[2] not in _ALIKE
        ):  # those of one source come one after the other
            self._kinds[4 * number + 2] = kept + 1
            self._kinds[4 * number + 3] = source
            self._places.extend((number, source, start, end))

    def places(self, field: str | None, told: Mapping[Kind, int]) -> Iterator[_Place]:
        """Yield the places that are kept, of one field or of all; the first of a kind stands for those that are not.

        `told` are counts of what is kept elsewhere.
        """
        met: set[int] = set()
        numbers = iter(self._places)
        for number, source, start, end in zip(numbers, numbers, numbers, numbers, strict=True):
            kind = self._kind(number)
            if field is None or field == kind[0]:
                _, count, kept, _ = self._kinds[4 * number : 4 * number + 4]
                more = 0 if number in met else count - told.get(kind, 0) - kept
                met.add(number)
                yield _Place(source, start, end, kind, 1 + more)

    def _kind(self, number: int) -> Kind:
        """The kind of a number."""
        field, origin = _PARTS[self._kinds[4 * number]]
        return field, self._values[number], origin

    def _number(self, kind: Kind) -> int | None:
        """The number of a kind, None for one that was not stated yet."""
        if self._index is None and len(self._values) > _SOUGHT:
            self._index = {self._kind(number): number for number in range(len(self._values))}
        if self._index is not None:
            return self._index.get(kind)
        part = _number_of(kind[0], kind[2])
        at = -1
        with suppress(ValueError):
            while True:
                at = self._values.index(kind[1], at + 1)
                if self._kinds[4 * at] == part:
                    return at
        return None


def _number_of(field: str, origin: str) -> int:
    """The number of a field with an origin."""
    number = _NUMBERS.setdefault((field, origin), len(_PARTS))
    if number == len(_PARTS):
        _PARTS.append((field, origin))
    return number


@dataclass(frozen=True, slots=True)
class StatedFacts(FactsByField):
    """What is stated of a document: each statement that is kept once, the best origin of each field first."""

    whole: Sequence[Fact]
    """What is kept with its words, as what no text states."""
    statements: Statements
    sources: Sources

    def of(self, field: str) -> list[Fact]:
        """Return what is stated of one field."""
        return self._facts(field)

    def __iter__(self) -> Iterator[Fact]:
        """Yield all that is stated."""
        return iter(self._facts())

    def _facts(self, field: str | None = None) -> list[Fact]:
        """What is stated of one field or of all, with its words."""
        told: Counter[Kind] = Counter()
        for fact in self.whole:
            told[fact.field, fact.value, fact.origin] += fact.count
        whole = [fact for fact in dict.fromkeys(self.whole) if field is None or field == fact.field]
        places = sorted(self.statements.places(field, told))
        return sorted([*whole, *map(self._fact, places)], key=_order)

    def _fact(self, one: _Place) -> Fact:
        """One statement with its words."""
        field, value, origin = one.kind
        return Fact(
            field=field,
            value=value,
            source_id=self.sources.id(one.source),
            start=one.start,
            end=one.end,
            text=self.sources.words(one.source, one.start, one.end),
            origin=origin,
            count=one.stands_for,
        )


def _order(fact: Fact) -> tuple[str, int, str, str, int]:
    return fact.field, ORIGINS.index(fact.origin), fact.value, fact.source_id or "", fact.start
