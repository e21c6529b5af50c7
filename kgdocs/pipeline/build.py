"""Files and folders → one database, written beside the old one and put in its place in one step."""

import contextlib
import gc
from collections.abc import Callable, Container, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import kgdocs
from kgdocs.errors import DamagedDatabase, OtherVersion, UsageError
from kgdocs.grammar import Rules, load_rules
from kgdocs.link import join
from kgdocs.models import Joined, RowFault, Source
from kgdocs.pipeline.distributed import read_on
from kgdocs.pipeline.fingerprint import made_by
from kgdocs.pipeline.garbage import uncollected
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import File, Reader, find_files
from kgdocs.pipeline.replacing import locked, replacing, set_aside_damaged, writing
from kgdocs.pipeline.saving import save
from kgdocs.pipeline.shelf import Read, Shelf, Shelved, ShelvedReadings
from kgdocs.pipeline.unchanged import is_unchanged
from kgdocs.pipeline.workers import read_with, workers_for
from kgdocs.store.database import check_ours
from kgdocs.store.kept import Key, KnownReadings
from kgdocs.store.rows import imported_sources, last_build, sources_in_state
from kgdocs.store.verify import states_of, verify

Progress = Callable[[int, int], None]
ReadAll = Generator[list[Read], None, None]
"""What files come to, in order; closed, it lets go of the processes that read."""
_COLLECTED_AFTER = 200
"""Files after which garbage is looked for among what was made for them."""
_SHOWN = 5
"""Rows that a register's reason names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What a build did: the row of `builds`, and path and reason of the files not read, or with a warning.

    `counts` has two sums beside: `files` = `files_read` + `files_warning` + `files_rejected`, copies and members
    of archives counted one by one, and `references` = `resolved` + `ambiguous` + `unresolved`. `damaged` is
    where a damaged database was put that stood in the place of the new one.
    """

    counts: dict[str, Any]
    damaged: Path | None = None
    rejected: tuple[tuple[str, str], ...]
    warned: tuple[tuple[str, str], ...] = ()


def build(
    paths: Sequence[str | Path],
    db: str | Path,
    *,
    progress: Progress | None = None,
    full: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Summary:
    """Read `paths` (files and folders) and write the database `db`; returns what was done.

    What an existing `db` knows of files with the same content is not read again, except with `full`; the result is
    the same. Where no file, name or pattern has changed `db` is left as it is. Registers that were imported into it are
    carried over. `progress(done, all)` is called after each file. `workers` processes read (None: up to four where there are
    many files), or the workers of the Dask cluster at `scheduler`; the result does not depend on it.
    Raises UsageError when a path does not exist or nothing could be read, DatabaseError when
    `db` is somebody else's file or cannot be written, BuildInProgress when another build is writing it,
    PatternsError when patterns/ is faulty, KgdocsError when a process that reads dies. In all these cases an existing `db` is untouched.
    """
    target = Path(db)
    may_stay = False  # a database in another form is made anew, whatever it knows
    with contextlib.suppress(OtherVersion, DamagedDatabase):
        check_target(target)
        may_stay = True
    files = find_files([Path(path) for path in paths])
    with locked(target), uncollected(), Shelf(target) as shelf:
        damaged = set_aside_damaged(target)
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules, full=full))
        read_all = partial(_reading, workers=workers, scheduler=scheduler)
        with closing(reader.memory.known):
            gathered = _gathered(files, target, may_stay, reader, shelf, progress, read_all)
        del files  # a path for each takes as much as all that is kept of it from here on
        if gathered.is_known:
            return _as_it_is(target, gathered.ids)
        readings = ShelvedReadings(shelf, gathered.shelved)
        summary = write(target, readings, joined_of(readings, rules), reader, gathered.ids)
    return replace(summary, damaged=damaged)


def remembered(target: Path, rules: Rules, *, full: bool = False) -> Memory:
    """Return what the database at `target`, where there is one, kept of what the same kgdocs read."""
    maker = made_by(rules)
    return Memory(maker, KnownReadings(None if full else target, maker))


def joined_of(readings: ShelvedReadings, rules: Rules) -> Joined:
    """Link all readings; registers and corrections with lines that could not be used then say so."""
    joined = join(readings, rules)
    for source_id in joined.skipped:
        readings.warn(_warned(readings.source(source_id), row_faults(joined, source_id)))
    return joined


def row_faults(joined: Joined, source_id: str) -> tuple[RowFault, ...]:
    """Return what could not be used of the lines of a register or a corrections file."""
    return joined.skipped.get(source_id, ())


def write(
    target: Path, readings: ShelvedReadings, joined: Joined, reader: Reader, files: Sequence[str] | None = None
) -> Summary:
    """Put a database of what was linked in the place of `target`, whose lock the caller holds.

    What was read is kept for later builds. `files` are the ids of the sources that the files came to, one for each file (None: one for each path of a source).
    Raises DatabaseError when it cannot be written, or when what was written is not whole.
    """
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": kgdocs.__version__,
        "patterns_hash": reader.rules.hash,
    }
    if files is None:
        files = [source.id for source in readings.sources() for _ in source.path.split("\n")]
    with writing(target), replacing(target) as new:
        saved = save(new, readings, joined, reader.rules, about, reader.memory.made_by)
        verify(new, saved)
        counts = {**saved.summary, **_file_counts(new, files)}
    return Summary(counts=counts, rejected=_in_state("rejected", readings), warned=_in_state("warning", readings))


def check_target(target: Path) -> None:
    """Refuse a folder that is not there, and a file that is not a database of ours.

    Raises UsageError or DatabaseError; OtherVersion for one of ours in another form.
    """
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent} to write the database in.")
    if target.exists():
        check_ours(target)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the files came to: the ids of their sources, one for each file, and where these are kept."""

    ids: list[str]
    shelved: list[Shelved]
    is_known: bool = False
    """True where all is as in the database that is there; nothing was then put on the shelf of what that knows."""


def _gathered(
    files: Sequence[File],
    target: Path,
    may_stay: bool,
    reader: Reader,
    shelf: Shelf,
    progress: Progress | None,
    read_all: Callable[[Sequence[File], Reader], ReadAll],
) -> _Gathered:
    """Read all files and the registers imported into `target`, which may stay as it is or not."""
    known = {file: one for file in files if (one := reader.find(*file))}
    read = _read(files, known, reader, shelf, progress, read_all)
    imported = imported_sources(target)
    if may_stay and is_unchanged(target, known, read, imported, reader.memory):
        kept = [source_id for source_id, _ in known.values()]
        return _Gathered([*kept, *_ids(read), *(one.id for one in imported)], [], is_known=True)
    found = [one for file in files for one in read.get(file) or _recalled(file, known[file], reader, shelf)]
    if all(one.source.state == "rejected" for one in found):
        rejected = _in_state("rejected", ShelvedReadings(shelf, found))
        raise UsageError("Nothing could be read: " + "; ".join(": ".join(pair) for pair in rejected[:5]))
    found += [shelf.put(reader.read_again(source)) for source in imported]
    return _Gathered([one.source.id for one in found], found)


def _reading(files: Sequence[File], reader: Reader, *, workers: int | None, scheduler: str | None) -> ReadAll:
    """Yield what files come to, in order, read here, by processes, or by a cluster."""
    if scheduler and files:
        return read_on(scheduler, files, reader)
    several = workers_for(len(files), workers)
    return read_with(several, files, reader) if several > 1 else (reader.read(*file) for file in files)


def _read(
    files: Sequence[File],
    known: Container[File],
    reader: Reader,
    shelf: Shelf,
    progress: Progress | None,
    read_all: Callable[[Sequence[File], Reader], ReadAll],
) -> dict[File, list[Shelved]]:
    """The files that are not known: file → its reading, or those of its members and its own; rejected ones included."""
    found: dict[File, list[Shelved]] = {}
    unknown = [file for file in files if file not in known]
    with closing(read_all(unknown, reader)) as read:  # whatever happens here, its processes end
        for done, file in enumerate(unknown, 1):
            found[file] = [shelf.put(one) for one in next(read)]
            if done % _COLLECTED_AFTER == 0:
                gc.collect(1)
            if progress:
                progress(len(files) - len(unknown) + done, len(files))
    return found


def _recalled(file: File, key: Key, reader: Reader, shelf: Shelf) -> list[Shelved]:
    """The reading of a file that is known; where it cannot be unpacked the file is read."""
    return [shelf.put(one) for one in reader.recall(*file, key)]


def _ids(read: Mapping[File, Sequence[Shelved]]) -> list[str]:
    return [one.source.id for found in read.values() for one in found]


def _as_it_is(target: Path, files: Sequence[str]) -> Summary:
    """What a build tells that leaves the database as it is."""
    told = {state: tuple(sources_in_state(target, state)) for state in ("rejected", "warning")}
    counts = {**last_build(target), **_file_counts(target, files)}
    return Summary(counts=counts, rejected=told["rejected"], warned=told["warning"])


def _file_counts(path: Path, files: Sequence[str]) -> dict[str, int]:
    """How many files (given by the ids of their sources) there are, and how many ended in which way."""
    ended = states_of(path, files)
    return {"files": len(files), **{f"files_{state}": count for state, count in ended.items()}}


def _warned(source: Source, faults: Sequence[RowFault]) -> Source:
    """A register or corrections file with lines that could not be used says how many, and the first of them."""
    rows = len({(fault.sheet, fault.line) for fault in faults})
    told = "; ".join(f"{place_of(fault)}: {fault.reason}" for fault in faults[:_SHOWN])
    what = "quyết định chưa áp dụng được" if source.format == "corrections" else "dòng của sổ chưa hiểu hết"
    sentence = f"{rows} {what}: {told}{'; …' if len(faults) > _SHOWN else '.'}"
    return replace(source, state="warning", reason=" ".join(filter(None, (source.warning, sentence))))


def place_of(fault: RowFault) -> str:
    """Return where a row stands, and its code: "dòng 5 (47/KH-UBND)"."""
    sheet = f"trang {fault.sheet}, " if fault.sheet is not None else ""
    return f"{sheet}dòng {fault.line}" + (f" ({fault.code})" if fault.code else "")


def _in_state(state: str, readings: ShelvedReadings) -> tuple[tuple[str, str], ...]:
    """Path and reason of the sources in a state."""
    return tuple((one.path, one.reason or "") for one in readings.sources() if one.state == state)
