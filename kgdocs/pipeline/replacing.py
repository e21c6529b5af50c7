"""A database is written by one process at a time, beside the old one, and put in its place in one step."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kgdocs.errors import BuildInProgress, DatabaseError


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """What the disk refuses, or has no room for, is told as DatabaseError."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise DatabaseError(f"Cannot write {target}: {error}.") from error


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[sqlite3.Connection]:
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
def locked(target: Path) -> Iterator[None]:
    """Hold a lock on `target` that the system releases when the process ends, however it ends.

    Raises BuildInProgress when another process holds it.
    """
    import fcntl

    lock = target.with_name(f".{target.name}.lock")
    with contextlib.ExitStack() as stack:
        with writing(target):
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
