"""What was read, on the disk: a build keeps the facts of each source at hand and takes the rest when it is gone through.

The file has no name and goes with the process. Each reading is packed as the database keeps it.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from kgdocs.models import Reading, Readings, Source
from kgdocs.pipeline.replacing import writing
from kgdocs.read import REGISTER_FORMATS
from kgdocs.store.kept import Kept, Key, light, unpacked

Read = Kept | Reading
"""What a file came to: packed, or a reading that is not kept for later, as of a file that was rejected."""
_AT_HAND = 40_000_000
"""Bytes of the file whose readings stay in memory once they were unpacked, in about twice the room: a small office waits for none."""
_ALL = 10 * _AT_HAND
"""Bytes of all readings from which on none stays in memory: it would be too few of them to matter."""
_LIST_FORMATS = frozenset({*REGISTER_FORMATS.values(), "corrections"})
"""Formats of sources that are no texts."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A source without its text, and its reading, or under which key that lies; `again` where an earlier build has read it."""

    source: Source
    key: Key
    reading: Reading | None = None
    again: bool = False


class Shelf(AbstractContextManager["Shelf"]):
    """Readings in a file without a name beside the database that is built; DatabaseError where it cannot be written."""

    def __init__(self, target: Path) -> None:
        """Make the file beside `target`."""
        self._target = target
        with writing(target):
            self._file = TemporaryFile(dir=target.parent)  # noqa: SIM115  (closed at the end of the block)
        self._numbers: dict[Key, int] = {}
        self._at_hand: dict[int, Reading] = {}
        self._ends = array("Q", [0])
        """Where contents, plain forms and texts end, one after the other."""

    def __exit__(self, *_: object) -> None:
        """Remove the file, whether all of it could be written or not."""
        with suppress(OSError):
            self._file.close()

    def put(self, one: Read) -> Shelved:
        """Keep what was read of a source; of one content under one kind of name it is the same."""
        if isinstance(one, Reading):
            return Shelved(light(one.source), (one.source.id, ""), one)
        key = one.key
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            parts = (one.content, one.plain, one.text.encode("utf-8", "surrogatepass"))
            self._ends.extend(accumulate(map(len, parts), initial=self._ends.pop()))
            with writing(self._target):
                self._file.write(b"".join(parts))
        return Shelved(one.source, key, again=one.again)

    def reading(self, one: Shelved) -> Reading:
        """Return the reading of a source."""
        if one.reading is not None:
            return replace(one.reading, source=replace(one.reading.source, **_shown(one.source)))
        number = self._numbers[one.key]
        known = self._at_hand.get(number)
        if known is None or one.source.format in _LIST_FORMATS:
            plain, text = self._parts(one.key, 1, 2)
            known = unpacked(plain, text.decode("utf-8", "surrogatepass"), one.source)
            if self._ends[3 * number + 3] <= _AT_HAND and self._ends[-1] <= _ALL:
                self._at_hand[number] = known
        return known

    def text(self, one: Shelved) -> str:
        """Return the text of a source."""
        if one.reading is not None:
            return one.reading.source.text
        (text,) = self._parts(one.key, 2)
        return text.decode("utf-8", "surrogatepass")

    def rows(self, made_by: str, states: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
        """Yield rows of `readings` for the sources of `states` that were read."""
        for source, kind in sorted(self._numbers):
            if states.get(source, "rejected") != "rejected":
                yield source, kind, made_by, *self._parts((source, kind), 0)

    def _parts(self, key: Key, *parts: int) -> Iterator[bytes]:
        """Neighbouring parts of what was kept, read in one piece."""
        at = 3 * self._numbers[key]
        ends = self._ends[at + parts[0] : at + parts[-1] + 2]
        with writing(self._target):
            self._file.flush()
            found = os.pread(self._file.fileno(), ends[-1] - ends[0], ends[0])
        for start, end in pairwise(ends):
            yield found[start - ends[0] : end - ends[0]]


class ShelvedReadings(Readings):
    """The readings of a shelf, one for each content: copies of a file are one source with several paths, one per line."""

    def __init__(self, shelf: Shelf, shelved: Iterable[Shelved]) -> None:
        """What was imported as a register is read as one, whatever the name of its copies."""
        self._shelf = shelf
        self._by_id = dict(sorted(merged(shelved).items()))

    def __iter__(self) -> Iterator[Reading]:
        """Yield all of them, each read from the disk."""
        return map(self._shelf.reading, list(self._by_id.values()))

    def texts(self) -> Iterator[Reading]:
        """Yield those that were read as texts."""
        found = (self._shelf.reading(one) for one in self._by_id.values() if one.source.format not in _LIST_FORMATS)
        return (one for one in found if one.extraction is not None)

    def lists(self) -> Iterator[Reading]:
        """Yield registers and files of corrections."""
        found = (self._shelf.reading(one) for one in self._by_id.values() if one.source.format in _LIST_FORMATS)
        return (one for one in found if one.rows or one.corrections)

    def sources(self) -> Iterator[Source]:
        """Yield all sources, without their texts."""
        return (one.source for one in self._by_id.values())

    def source(self, source_id: str) -> Source:
        """Return a source by its id, without its text."""
        return self._by_id[source_id].source

    def path_of(self, source_id: str) -> str:
        """Return the path of a source by its id, "" for one that there is not."""
        one = self._by_id.get(source_id)
        return one.source.path if one else ""

    def text_of(self, source_id: str) -> str:
        """Return the text of a source by its id, "" for one that there is not."""
        one = self._by_id.get(source_id)
        return self._shelf.text(one) if one else ""

    def rows(self, made_by: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows of `readings`, what `made_by` has read."""
        return self._shelf.rows(made_by, {one.id: one.state for one in self.sources()})

    def warn(self, source: Source) -> None:
        """Take a source that is shown otherwise from now on."""
        self._by_id[source.id] = replace(self._by_id[source.id], source=source)


def merged(shelved: Iterable[Shelved]) -> dict[str, Shelved]:
    """Return one for each content, by the id of its source."""
    found: dict[str, Shelved] = {}
    for one in shelved:
        known = found.get(one.source.id)
        if known is None:
            found[one.source.id] = one
            continue
        paths = "\n".join(sorted({*known.source.path.split("\n"), *one.source.path.split("\n")}))
        imported = known.source.imported or one.source.imported
        best = min((known, one), key=lambda each: (each.source.state == "rejected", not each.source.imported))
        found[one.source.id] = replace(best, source=replace(best.source, path=paths, imported=imported))
    return found


def _shown(source: Source) -> dict[str, Any]:
    """What of a source may change after it was read."""
    return {name: getattr(source, name) for name in ("path", "state", "reason", "imported")}
