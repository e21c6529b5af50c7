"""What was read out of files, kept in the database, so that a later build need not read what is unchanged.

A reading is found again by the hash of the file's content, by what of its name decides how it is read, and by
what read it (`made_by`): another version or other patterns read anew. JSON, for a database may come from elsewhere.
"""

import json
import marshal
import os
import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgdocs.models import Reading, Source
from kgdocs.store.database import connect
from kgdocs.store.plain import from_plain, to_plain

Key = tuple[str, str]
"""Id of a source, and what of the file's name decided how it was read."""
_NAMED = (".yml", ".yaml")
"""Endings of files that are known by their whole name."""
_LEVEL = 3
"""Of compression: higher ones take much longer for little."""
_KEYS = """SELECT r.source_id, r.kind FROM readings r JOIN sources s ON s.id = r.source_id
    WHERE r.made_by = ? AND s.text <> ''"""
_KEPT = """SELECT r.content, s.format, s.text FROM readings r JOIN sources s ON s.id = r.source_id
    WHERE r.source_id = ? AND r.kind = ? AND r.made_by = ?"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it is stored: its source without text and offsets, what of the name decided how it was read, text and the rest."""

    source: Source
    kind: str
    content: bytes
    plain: bytes = field(compare=False)
    """The same as `content`, larger and quicker to unpack: for the processes of one build, which have the same Python, never stored."""
    text: str
    again: bool = field(default=False, compare=False)
    """True for one that an earlier build has read."""

    @property
    def key(self) -> Key:
        """How it is found again."""
        return self.source.id, self.kind

    @classmethod
    def of(cls, reading: Reading, kind: str) -> "Kept":
        """Pack a reading of a file; its path is not packed, nor that it was imported: that may be otherwise next time."""
        source = replace(reading.source, path="", text="", imported=False)
        plain = to_plain(replace(reading, source=source))
        words = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        content = zlib.compress(words.encode("utf-8", "surrogatepass"), _LEVEL)
        return cls(light(reading.source), kind, content, marshal.dumps(plain), reading.source.text)


def light(source: Source) -> Source:
    """Return a source without its text and what goes with that."""
    return replace(source, text="", raw_offsets=None)


def unpacked(plain: bytes, text: str, source: Source) -> Reading:
    """Return the reading that was packed as `plain`, with its source as it is shown now and its text."""
    found = from_plain(Reading, marshal.loads(plain))
    return replace(found, source=replace(source, text=text, raw_offsets=found.source.raw_offsets))


def kind_of(name: str) -> str:
    """What of a file's name decides how it is read: its ending, or all of it where only one name is known."""
    path = Path(name.lower())
    return path.name if path.suffix in _NAMED else path.suffix


class KnownReadings:
    """What the database at `path` kept that `made_by` would read the same; it stays there until it is asked for."""

    def __init__(self, path: Path | None = None, made_by: str = "") -> None:
        """Look what is known; nothing without a database."""
        self._path, self._made_by = path, made_by
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self.keys: frozenset[Key] = frozenset()
        if path is not None and path.is_file():
            with (
                closing(connect(path)) as connection,
                suppress(sqlite3.OperationalError),
            ):  # from before readings were kept
                self.keys = frozenset(connection.execute(_KEYS, (made_by,)).fetchall())

    def get(self, key: Key, name: str) -> Kept | None:
        """Return what is known under a key for a file that is shown as `name`; None where it cannot be unpacked.

        Nor where the text is that of a copy in another format: one content has one text in the database.
        """
        if key not in self.keys or self._path is None:
            return None
        content, format_name, text = self._open(self._path).execute(_KEPT, (*key, self._made_by)).fetchone()
        try:
            plain = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
            packed = marshal.dumps(plain)
            source = from_plain(Reading, plain).source
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error):
            return None
        if source.format != format_name:
            return None
        return Kept(replace(light(source), path=name), key[1], content, packed, text, again=True)

    def _open(self, path: Path) -> sqlite3.Connection:
        """The connection of this process: none may be used in one that was forked."""
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = connect(path), os.getpid()
        return self._connection

    def close(self) -> None:
        """Let the database go."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None
