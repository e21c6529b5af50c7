"""Files and folders → one database, written beside the old one and put in its place in one step."""

import contextlib
import gc
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import kgdocs
from kgdocs.errors import DamagedDatabase, OtherVersion, UsageError
from kgdocs.grammar import Rules, load_rules
from kgdocs.lineage.chains import Chains
from kgdocs.lineage.findings import findings
from kgdocs.lineage.linked import graph_of
from kgdocs.link import link
from kgdocs.models import Linked, Reading, RowFault
from kgdocs.pipeline.distributed import read_on
from kgdocs.pipeline.fingerprint import made_by
from kgdocs.pipeline.garbage import uncollected
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import File, Reader, find_files, merge_copies, read_again
from kgdocs.pipeline.replacing import locked, replacing, set_aside_damaged, writing
from kgdocs.pipeline.unchanged import is_unchanged
from kgdocs.pipeline.workers import read_with, workers_for
from kgdocs.store.database import check_ours, new_database
from kgdocs.store.kept import Kept, kept_readings, kept_rows
from kgdocs.store.rows import imported_sources, last_build, sources_in_state
from kgdocs.store.save import save
from kgdocs.store.verify import states_of, verify

Progress = Callable[[int, int], None]
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
    with locked(target), uncollected():
        damaged = set_aside_damaged(target)
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules, full=full))
        known = {file: one for file in files if (one := reader.find(*file))}
        read = _read(files, known, reader, progress, partial(_reading, workers=workers, scheduler=scheduler))
        imported = imported_sources(target)
        if may_stay and is_unchanged(target, known, read, imported, reader.memory):
            return _as_it_is(
                target, [*(one.source_id for one in known.values()), *_ids(read), *(one.id for one in imported)]
            )
        found = [one for file in files for one in read.get(file) or _unpacked(file, known[file], reader)]
        rejected = _in_state("rejected", merge_copies(found))
        if all(one.source.state == "rejected" for one in found):
            raise UsageError("Nothing could be read: " + "; ".join(": ".join(pair) for pair in rejected[:5]))
        found += [read_again(source, reader) for source in imported]
        readings, linked = join(merge_copies(found), rules)
        summary = write(target, readings, linked, reader, [reading.source.id for reading in found])
    return replace(summary, damaged=damaged)


def remembered(target: Path, rules: Rules, *, full: bool = False) -> Memory:
    """Return what the database at `target`, where there is one, kept of what the same kgdocs read."""
    maker = made_by(rules)
    return Memory(maker, {} if full else kept_readings(target, maker))


def join(readings: Sequence[Reading], rules: Rules) -> tuple[list[Reading], Linked]:
    """Link all readings; registers and corrections with lines that could not be used then say so."""
    linked = link(readings, rules)
    return [_warned(reading, row_faults(linked, reading.source.id)) for reading in readings], linked


def row_faults(linked: Linked, source_id: str) -> tuple[RowFault, ...]:
    """Return what could not be used of the lines of a register or a corrections file."""
    return linked.skipped.get(source_id, ())


def write(
    target: Path, readings: Sequence[Reading], linked: Linked, reader: Reader, files: Sequence[str] | None = None
) -> Summary:
    """Put a database of what was linked in the place of `target`, whose lock the caller holds.

    What `reader` remembers is kept for later builds. `files` are the ids of the sources that the files came to, one for each file (None: one for each path of a source).
    Raises DatabaseError when it cannot be written, or when what was written is not whole.
    """
    rules = reader.rules
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": kgdocs.__version__,
        "patterns_hash": rules.hash,
    }
    graph = graph_of(linked, {reading.source.id: reading.source.path for reading in readings})
    steps = Chains(graph, rules, linked.deadlines).all()
    found = findings(linked, readings, graph, steps, rules)
    if files is None:
        files = [reading.source.id for reading in readings for _ in reading.source.path.split("\n")]
    states = {reading.source.id: reading.source.state for reading in readings}
    kept = kept_rows(reader.memory.kept.values(), reader.memory.made_by, states)
    with writing(target), replacing(target) as new:
        with new_database(new) as connection:
            saved = save(connection, readings, linked, found, steps, about, kept)
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


def _reading(
    files: Sequence[File], reader: Reader, *, workers: int | None, scheduler: str | None
) -> Iterator[list[Reading]]:
    """Yield the readings of files in order, read here, by processes, or by a cluster."""
    if scheduler and files:
        return read_on(scheduler, files, reader)
    several = workers_for(len(files), workers)
    return read_with(several, files, reader) if several > 1 else (reader.read(*file) for file in files)


def _read(
    files: Sequence[File],
    known: Container[File],
    reader: Reader,
    progress: Progress | None,
    read_all: Callable[[Sequence[File], Reader], Iterator[list[Reading]]],
) -> dict[File, list[Reading]]:
    """The files that are not known: file → its reading, or those of its members and its own; rejected ones included."""
    found: dict[File, list[Reading]] = {}
    unknown = [file for file in files if file not in known]
    read = read_all(unknown, reader)
    for done, file in enumerate(unknown, 1):
        found[file] = next(read)
        if done % _COLLECTED_AFTER == 0:
            gc.collect(1)
        if progress:
            progress(len(files) - len(unknown) + done, len(files))
    return found


def _unpacked(file: File, kept: Kept, reader: Reader) -> list[Reading]:
    """The reading of a file that is known; where it cannot be unpacked the file is read."""
    known = reader.memory.unpack(kept, file[1])
    return [known] if known else reader.read(*file)


def _ids(read: Mapping[File, Sequence[Reading]]) -> list[str]:
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


def _warned(reading: Reading, faults: Sequence[RowFault]) -> Reading:
    """A register or corrections file with lines that could not be used says how many, and the first of them."""
    if not faults:
        return reading
    rows = len({(fault.sheet, fault.line) for fault in faults})
    told = "; ".join(f"{place_of(fault)}: {fault.reason}" for fault in faults[:_SHOWN])
    what = "quyết định chưa áp dụng được" if reading.corrections else "dòng của sổ chưa hiểu hết"
    sentence = f"{rows} {what}: {told}{'; …' if len(faults) > _SHOWN else '.'}"
    reason = " ".join(filter(None, (reading.source.warning, sentence)))
    return replace(reading, source=replace(reading.source, state="warning", reason=reason))


def place_of(fault: RowFault) -> str:
    """Return where a row stands, and its code: "dòng 5 (47/KH-UBND)"."""
    sheet = f"trang {fault.sheet}, " if fault.sheet is not None else ""
    return f"{sheet}dòng {fault.line}" + (f" ({fault.code})" if fault.code else "")


def _in_state(state: str, readings: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    """Path and reason of the sources in a state."""
    return tuple((one.source.path, one.source.reason or "") for one in readings if one.source.state == state)
