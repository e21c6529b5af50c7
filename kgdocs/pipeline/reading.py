"""Paths → files → readings: read, lay out and extract each file, and lose none."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kgdocs.errors import SourceError, UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.models import Reading, RegisterRow, Source
from kgdocs.pipeline.memory import Memory, kinds_of
from kgdocs.pipeline.shelf import Read
from kgdocs.read import (
    container_source,
    file_content,
    is_container,
    members,
    read_corrections,
    read_layout,
    read_register,
    read_sheets,
    read_source,
    rejected,
    source_of,
    source_of_upload,
)
from kgdocs.store.kept import Kept, Key, kind_of

File = tuple[Path, str]
"""A file, and how it is shown."""
_ROWS: Mapping[str, Callable[[str, Rules], tuple[RegisterRow, ...]]] = {"register": read_register, "xlsx": read_sheets}
"""Formats of registers, and what reads the rows out of their text."""


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return (file, name shown) for all files in `paths`, folders walked, hidden names and the scorer's answers left out.

    Names are relative to the folder given, so that the same corpus gives the same database
    wherever it lies. Raises UsageError naming every path that does not exist, and when a
    folder holds no file at all.
    """
    missing = [str(path) for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise UsageError(f"There is no such file or folder: {', '.join(missing)}.")
    files = [pair for path in paths for pair in _below(path)]
    if not files:
        raise UsageError(f"No files found in {', '.join(map(str, paths))}.")
    return sorted(set(files), key=lambda pair: pair[1])


def _below(path: Path) -> Iterator[tuple[Path, str]]:
    """The files at or below one path; what is no file and cannot be entered is given too, to be refused by name."""
    if not path.is_dir():
        yield path, _printable(path.name)
        return
    unlisted: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=unlisted.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        links = [name for name in names if Path(folder, name).is_symlink()]
        found = [name for name in files if not name.startswith(".")]
        for name in sorted([*_without_answers(found), *links]):
            yield Path(folder, name), _shown(path, Path(folder, name))
    for error in unlisted:
        yield Path(str(error.filename)), _shown(path, Path(str(error.filename)))


def _without_answers(names: Sequence[str]) -> Iterator[str]:
    """The names without those of the scorer's answers, each a JSON file beside the document of its name."""
    documents = {Path(name).stem for name in names if Path(name).suffix.lower() != ".json"}
    return (name for name in names if not (Path(name).suffix == ".json" and Path(name).stem in documents))


def _shown(top: Path, found: Path) -> str:
    """How a file below a folder is named: from that folder on."""
    return _printable(f"{top.name}/{found.relative_to(top).as_posix()}" if top.name else str(found.relative_to(top)))


def _printable(name: str) -> str:
    """A name as text on one line: bytes that are no UTF-8, and characters that print nothing, are written as \\xNN."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def read_file(path: Path, name: str, rules: Rules, extractor: Extractor) -> Reading:
    """Read one file into a Reading; a file that cannot be read gives one with its reason."""
    source = read_source(path, rules, name)
    if source.state == "rejected":
        return Reading(source=source)
    try:
        return reading_of(source, rules, extractor)
    except SourceError as error:
        return Reading(source=replace(source, state="rejected", reason=str(error), text=""))


class Reader:
    """Reads files one by one, or takes what is known of their content from the memory; the extractor is made when needed."""

    def __init__(self, rules: Rules, memory: Memory) -> None:
        """Read by these rules, and remember in `memory`."""
        self.rules, self.memory = rules, memory
        self._extractor: Extractor | None = None

    @property
    def extractor(self) -> Extractor:
        """The extractor of these rules."""
        if self._extractor is None:
            self._extractor = Extractor(self.rules)
        return self._extractor

    def prepare(self) -> None:
        """Make the extractor now, so that processes that are forked have it."""
        _ = self.extractor

    def find(self, path: Path, name: str) -> Key | None:
        """Return under what a file is known; None where it has to be read, as a file that holds files always is."""
        if not self.memory.known.keys or is_container(path):
            return None
        with contextlib.suppress(SourceError):  # told by who reads it
            return self.memory.find(name, file_content(path))
        return None

    def recall(self, path: Path, name: str, key: Key | None) -> list[Read]:
        """Return what is known of a file under a key; where it cannot be unpacked, or there is none, the file is read."""
        known = self.memory.known.get(key, name) if key else None
        return [known] if known else self.read(path, name)

    def read(self, path: Path, name: str) -> list[Read]:
        """Read one file anew, or one that holds files and its members, as far as they are not known.

        The reading of the container itself comes last.
        """
        if not is_container(path):
            return [_packed(name, read_file(path, name, self.rules, self.extractor))]
        try:
            content = file_content(path)
        except SourceError as error:
            return [Reading(source=rejected(name, b"", str(error)))]
        found: list[Read] = []
        fault = None
        try:
            for member, words in members(name, content):
                found.append(self._member(f"{name}/{member}", words))
        except SourceError as error:
            fault = str(error)
        return [*found, Reading(source=container_source(name, content, [one.source for one in found], fault))]

    def read_again(self, source: Source) -> Read:
        """Read a source that a database kept, without its file; one that cannot be read any more keeps its text."""
        if source.state == "rejected":
            return Reading(source=source)
        if known := self.memory.recall_stored(source):
            return known
        try:
            found = reading_of(source, self.rules, self.extractor)
        except SourceError as error:
            return Reading(source=replace(source, state="rejected", reason=str(error)))
        kinds = kinds_of(source)
        return Kept.of(found, kinds[0]) if len(kinds) == 1 else found

    def _member(self, name: str, content: bytes | str) -> Read:
        """A member of a container, given by its bytes or by the reason why there are none."""
        if isinstance(content, str):
            return Reading(source=rejected(name, b"", content))
        if known := self.memory.recall(name, content):
            return known
        try:
            found = reading_of(source_of_upload(name, content, self.rules, ocr=True), self.rules, self.extractor)
        except SourceError as error:
            return Reading(source=rejected(name, content, str(error)))
        return _packed(name, found)


def _packed(name: str, reading: Reading) -> Read:
    """A reading as it is kept; one that was rejected is tried again next time."""
    return reading if reading.source.state == "rejected" else Kept.of(reading, kind_of(name))


def read_text(content: bytes, rules: Rules, extractor: Extractor) -> Reading:
    """Read a text given as bytes (standard input, an upload); raises SourceError where it is none."""
    return reading_of(source_of("-", content, "text", rules), rules, extractor)


def reading_of(source: Source, rules: Rules, extractor: Extractor) -> Reading:
    """Lay out and extract a source that was read; raises SourceError where a register or corrections are faulty."""
    if source.format in _ROWS:
        return Reading(source=source, rows=_ROWS[source.format](source.text, rules))
    if source.format == "corrections":
        return Reading(source=source, corrections=read_corrections(source.text))
    layout = read_layout(source.text, rules)
    extraction = extractor.extract(source.text, layout)
    if source.pages is not None:
        found = tuple(replace(one, page=source.page_at(one.start)) for one in extraction.references)
        extraction = replace(extraction, references=found)
    return Reading(source=source, layout=layout, extraction=extraction)
