"""A database is written by one process at a time, beside the old one, and put in its place in one step."""

import contextlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kgdocs.errors import BuildInProgress, DamagedDatabase, DatabaseError
from kgdocs.store.database import check_sound


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """What the disk refuses, or has no room for, is told as DatabaseError."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):  # a fault of ours
            raise
        raise DatabaseError(f"Cannot write {target}: {error}.") from error


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give the path of a new, empty file beside `target`; put it in place when all went well, else remove it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        _sync(temporary)
        os.replace(temporary, target)
        _sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold a lock on `target` that the system releases when the process ends, however it ends.

    What killed builds have left beside it is removed. Raises BuildInProgress when another process
    holds the lock, DatabaseError where there can be none.
    """
    lock = target.with_name(f".{target.name}.lock")
    with contextlib.ExitStack() as stack:
        with writing(target):
            descriptor = _lock(lock, target)
        _held.add(descriptor)
        stack.callback(_release, descriptor)
        stack.callback(lock.unlink, missing_ok=True)  # before it is released: who waits for it sees that it is gone
        with writing(target):
            _remove_leftovers(target)
        yield


_held: set[int] = set()
"""Descriptors of locks; a process that is forked closes them, for a lock lasts as long as anybody has it open."""


def _release(descriptor: int) -> None:
    _held.discard(descriptor)
    os.close(descriptor)


def _let_go() -> None:
    """Called in a process that was forked."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)


def set_aside_damaged(target: Path) -> Path | None:
    """Rename a database of ours that is damaged, so that another can take its place; returns its new path.

    None where there is no such file or it is sound. The caller holds the lock.
    """
    try:
        if target.exists():
            check_sound(target)
    except DamagedDatabase:
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = target.with_name(f"{target.name}.damaged-{now}")
        with writing(target):
            target.rename(aside)
        return aside
    return None


def _lock(lock: Path, target: Path) -> int:
    """Open the file and lock it; one that its last holder has removed meanwhile locks nothing and is left."""
    import fcntl

    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise BuildInProgress(f"Another build is writing {target}; try again when it is done.") from error
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                return descriptor
        os.close(descriptor)


def _remove_leftovers(target: Path) -> None:
    """Remove what `replacing` made for this target in a process that was killed."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]{{8}}\.tmp")
    for path in target.parent.iterdir():
        if ours.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
