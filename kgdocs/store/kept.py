"""What was read out of files, kept in the database, so that a later build need not read what is unchanged.

A reading is found again by the hash of the file's content, by what of its name decides how it is read, and by
what read it (`made_by`): another version or other patterns read anew. JSON, for a database may come from elsewhere.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kgdocs.models import Reading
from kgdocs.store.database import connect
from kgdocs.store.plain import from_plain, to_plain

_NAMED = (".yml", ".yaml")
"""Endings of files that are known by their whole name."""
_LEVEL = 3
"""Of compression: higher ones take much longer for little."""
_KEPT = """SELECT r.source_id, r.kind, r.content, s.format, s.text FROM readings r JOIN sources s ON s.id = r.source_id
    WHERE r.made_by = ? AND s.text <> ''"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it is stored: the hash of its content, what of the name decided how it was read, text and the rest."""

    source_id: str
    kind: str
    content: bytes
    format: str
    text: str

    @classmethod
    def of(cls, reading: Reading, kind: str) -> "Kept":
        """Pack a reading of a file; its path is not kept, for the file may be elsewhere next time."""
        source = replace(reading.source, path="", text="")
        plain = json.dumps(to_plain(replace(reading, source=source)), ensure_ascii=False, separators=(",", ":"))
        content = zlib.compress(plain.encode("utf-8", "surrogatepass"), _LEVEL)
        return cls(source.id, kind, content, source.format, reading.source.text)

    def reading(self, path: str) -> Reading | None:
        """Unpack the reading for a file that is shown as `path`; None where it cannot be unpacked.

        Nor where the text is that of a copy in another format: one content has one text in the database.
        """
        try:
            plain = json.loads(zlib.decompress(self.content).decode("utf-8", "surrogatepass"))
            found = from_plain(Reading, plain)
            if found.source.format != self.format:
                return None
            return replace(found, source=replace(found.source, path=path, text=self.text))
        except (ValueError, TypeError, LookupError, zlib.error):
            return None


def kind_of(name: str) -> str:
    """What of a file's name decides how it is read: its ending, or all of it where only one name is known."""
    path = Path(name.lower())
    return path.name if path.suffix in _NAMED else path.suffix


def kept_readings(path: Path, made_by: str) -> dict[tuple[str, str], Kept]:
    """Return (source id, kind) → what the database at `path` kept and `made_by` would read the same; none without one."""
    if not path.is_file():
        return {}
    with closing(connect(path)) as connection:
        try:
            rows = connection.execute(_KEPT, (made_by,)).fetchall()
        except sqlite3.OperationalError:  # a database from before readings were kept
            return {}
    return {(row[0], row[1]): Kept(*row) for row in rows}


def kept_rows(kept: Iterable[Kept], made_by: str, states: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Yield rows of `readings` for the sources of `states` that were read."""
    for one in sorted(kept, key=lambda one: (one.source_id, one.kind)):
        if states.get(one.source_id, "rejected") != "rejected":
            yield one.source_id, one.kind, made_by, one.content
