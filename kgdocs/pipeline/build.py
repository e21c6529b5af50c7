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
from kgdocs.errors import BuildInProgress, DatabaseError, OtherVersion, UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import Rules, load_rules
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
    exist or nothing could be read, DatabaseError when `db` is somebody else's file or cannot
    be written, BuildInProgress when another build is writing it, PatternsError when patterns/ is faulty. In all these cases an existing `db` is untouched.
    """
    target = Path(db)
    _check_target(target)
    files = find_files([Path(path) for path in paths])
    with _locked(target):
        rules = load_rules()
        readings = merge_copies(_read(files, rules, progress))
        rejected = _rejected(readings)
        if len(rejected) == len(readings):
            raise UsageError("Nothing could be read: " + "; ".join(": ".join(pair) for pair in rejected[:5]))
        about = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": kgdocs.__version__,
            "patterns_hash": rules.hash,
        }
        linked = link(readings, rules)
        readings = [_warned(reading, linked.skipped.get(reading.source.id, ())) for reading in readings]
        with _writing(target), _replacing(target) as connection:
            counts = save(connection, readings, linked, about)
    return Summary(counts=counts, rejected=rejected)


def _read(files: Sequence[tuple[Path, str]], rules: Rules, progress: Progress | None) -> list[Reading]:
    """One reading per file, rejected ones included."""
    extractor = Extractor(rules)
    found = []
    for done, (path, name) in enumerate(files, 1):
        found.append(read_file(path, name, rules, extractor))
        if progress:
            progress(done, len(files))
    return found


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
def _writing(target: Path) -> Iterator[None]:
    """What the disk refuses, or has no room for, is told as DatabaseError."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise DatabaseError(f"Cannot write {target}: {error}.") from error


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a new file beside `target`; put it in place when all went well."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(temporary, isolation_level="DEFERRED")) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            yield connection
            connection.commit()
        temporary.chmod(0o644)
        _sync(temporary)
        os.replace(temporary, target)
        _sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold a lock on `target` that the system releases when the process ends, however it ends.

    Raises BuildInProgress when another process holds it.
    """
    import fcntl

    lock = target.with_name(f".{target.name}.lock")
    with contextlib.ExitStack() as stack:
        with _writing(target):
            handle = stack.enter_context(lock.open("w"))
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildInProgress(f"Another build is writing {target}; try again when it is done.") from error
        stack.callback(lock.unlink, missing_ok=True)
        yield


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
