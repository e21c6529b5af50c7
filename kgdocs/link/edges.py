"""Relations as numbers: a build states millions, and names for each would take twenty times as much memory.

A relation is packed into 64 bits: the numbers of its two documents, and of its type and status.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kgdocs.models import EdgeKey, Status

SerialEdge = tuple[int, int, str, Status]
"""The serial numbers of two documents, type and status of a relation between them."""
_Kind = tuple[str, Status]
_DOCUMENT, _KIND = 28, 8
"""Bits for the number of a document, and of a type with its status."""


class StatedEdges:
    """Each relation as often as it is stated, by the serial numbers of its documents."""

    def __init__(self) -> None:
        """Begin without any."""
        self._packed = array("Q")
        self._kinds: dict[_Kind, int] = {}

    def add(self, source: int, target: int, kind: str, status: Status) -> None:
        """Note that a relation is stated."""
        self._packed.append(_pack(source, target, self._kinds.setdefault((kind, status), len(self._kinds))))

    def __iter__(self) -> Iterator[SerialEdge]:
        """Yield what was stated, in that order."""
        kinds = list(self._kinds)
        for one in self._packed:
            source, target, kind = _unpack(one)
            yield source, target, *kinds[kind]

    def joined(self, now: Mapping[int, str]) -> tuple["Edges", Sequence[int]]:
        """Return the relations between the documents with the ids `now` (by serial number), and how often each is stated.

        Those of a document with itself are left out, and citations by what also does something else to a document: the
        stronger relation says it all.
        """
        ids, kinds = sorted(set(now.values())), sorted(self._kinds)
        rank = {one: at for at, one in enumerate(ids)}
        places = {serial: rank[one] for serial, one in now.items()}
        order = {number: kinds.index(kind) for kind, number in self._kinds.items()}
        stated = (_unpack(one) for one in self._packed)
        found = sorted(_pack(places[source], places[target], order[kind]) for source, target, kind in stated)
        packed, counts = array("Q"), array("L")
        for pair, same in groupby(found, key=lambda one: one >> _KIND):
            if pair >> _DOCUMENT != pair & (1 << _DOCUMENT) - 1:
                for kind, count in _without_citations(Counter(one & (1 << _KIND) - 1 for one in same), kinds):
                    packed.append(pair << _KIND | kind)
                    counts.append(count)
        return Edges(ids, kinds, packed), counts


class Edges(Mapping[EdgeKey, int]):
    """The relations between documents, in the order of their ends, type and status → their numbers, from 1."""

    def __init__(self, ids: Sequence[str], kinds: Sequence[_Kind], packed: Sequence[int]) -> None:
        """Keep relations, in order, that are packed with places among `ids` and `kinds`, both sorted."""
        self._ids, self._kinds, self._packed = ids, kinds, packed
        self._rank = {one: at for at, one in enumerate(ids)}
        self._order = {kind: at for at, kind in enumerate(kinds)}

    def __len__(self) -> int:
        """How many relations there are."""
        return len(self._packed)

    def __iter__(self) -> Iterator[EdgeKey]:
        """Yield the relations, in order."""
        for one in self._packed:
            source, target, kind = _unpack(one)
            yield self._ids[source], self._ids[target], *self._kinds[kind]

    def __getitem__(self, edge: EdgeKey) -> int:
        """Return the number of a relation; raises KeyError where there is none."""
        source, target, kind, status = edge
        wanted = _pack(self._rank[source], self._rank[target], self._order[kind, status])
        at = bisect_left(self._packed, wanted)
        if at == len(self._packed) or self._packed[at] != wanted:
            raise KeyError(edge)
        return at + 1


def _pack(source: int, target: int, kind: int) -> int:
    return (source << _DOCUMENT | target) << _KIND | kind


def _unpack(one: int) -> tuple[int, int, int]:
    return one >> _DOCUMENT + _KIND, one >> _KIND & (1 << _DOCUMENT) - 1, one & (1 << _KIND) - 1


def _without_citations(found: Mapping[int, int], kinds: Sequence[_Kind]) -> Iterator[tuple[int, int]]:
    """The relations of one pair of documents and their counts, in order."""
    stronger = any(kinds[kind][0] != "cites" and kinds[kind][1] == "asserted" for kind in found)
    return ((kind, found[kind]) for kind in sorted(found) if not (stronger and kinds[kind][0] == "cites"))
