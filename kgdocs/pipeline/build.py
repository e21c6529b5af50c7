"""Files and folders → one database, written beside the old one and put in its place in one step."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import kgdocs
from kgdocs.errors import BuildInProgress, OtherVersion, UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import load_rules
from kgdocs.link import link
from kgdocs.models import Reading
from kgdocs.pipeline.reading import find_files, merge_copies, read_file
from kgdocs.store.database import check_ours
from kgdocs.store.save import save

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What a build did: the row of `builds`, and the files that could not be read."""

    counts: dict[str, Any]
    rejected: tuple[tuple[str, str], ...]


def build(paths: Sequence[str | Path], db: str | Path, *, progress: Progress | None = None) -> Summary:
    """Read `paths` (files and folders) and write the database `db`; returns what was done.

    `progress(done, all)` is called after each file. Raises UsageError when a path does not
    exist or nothing could be read, DatabaseError when `db` is somebody else's file,
    PatternsError when patterns/ is faulty. In all these cases an existing `db` is untouched.
    """
    target = Path(db)
    _check_target(target)
    files = find_files([Path(path) for path in paths])
    rules = load_rules()
    extractor = Extractor(rules)
    found = []
    for done, (path, name) in enumerate(files, 1):
        found.append(read_file(path, name, rules, extractor))
        if progress:
            progress(done, len(files))
    readings = merge_copies(found)
    rejected = _rejected(readings)
    if len(rejected) == len(readings):
        raise UsageError("Nothing could be read: " + "; ".join(f"{path}: {reason}" for path, reason in rejected[:5]))
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": kgdocs.__version__,
        "patterns_hash": rules.hash,
    }
    linked = link(readings, rules)
    readings = [_warned(reading, linked.skipped.get(reading.source.id, ())) for reading in readings]
    with _replacing(target) as connection:
        counts = save(connection, readings, linked, about)
    return Summary(counts=counts, rejected=rejected)


def _check_target(target: Path) -> None:
    """Refuse a folder that is not there, and a file that is not a database of ours."""
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent} to write the database in.")
    if target.exists():
        with contextlib.suppress(OtherVersion):
            check_ours(target)


def _warned(reading: Reading, skipped: Sequence[str]) -> Reading:
    """A register with rows that could not be placed says so."""
    if not skipped:
        return reading
    shown = ", ".join(skipped[:5]) + ("…" if len(skipped) > 5 else "")
    reason = f"{len(skipped)} dòng không rõ số, ký hiệu hoặc cơ quan ban hành: {shown}."
    return replace(reading, source=replace(reading.source, state="warning", reason=reason))


def _rejected(readings: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (reading.source.path, reading.source.reason or "") for reading in readings if reading.source.state == "rejected"
    )


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a new file beside `target`; put it in place when all went well.

    Raises BuildInProgress when another build of the same target is running.
    """
    lock = target.with_name(f".{target.name}.lock")
    with _locked(lock):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            connection = sqlite3.connect(temporary, isolation_level="DEFERRED")
            try:
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                yield connection
                connection.commit()
            finally:
                connection.close()
            temporary.chmod(0o644)
            _sync(temporary)
            os.replace(temporary, target)
            _sync(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Hold a lock that the system releases when the process ends, however it ends."""
    import fcntl

    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildInProgress(f"Another build is writing {lock.name[1:-5]}; try again when it is done.") from error
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
