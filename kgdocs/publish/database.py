"""A database file that a build may replace while it is served."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database

from kgdocs.errors import DatabaseError
from kgdocs.pipeline import questions

T = TypeVar("T")
_TRACKED = ("_all_file_connections", "_all_connections")
"""Where Datasette 0.65, and 1.0, keep the connections that they close at the end."""


class ServedDatabase(Database):  # type: ignore[misc]
    """Datasette's Database, read-only, opened anew when a build has put another file in its place.

    Datasette keeps one connection per thread for ever; after a build it would go on
    answering from the old file.
    """

    def __init__(self, datasette: Any, path: Path) -> None:
        """Serve the database at `path`; raises DatabaseError unless kgdocs made it."""
        questions.check_ours(path)
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._own = threading.local()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Run `fn` on the file as it is now; raises what `fn` raises, DatabaseError too."""
        if self.ds.executor is None:
            return fn(self._current())
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, lambda: fn(self._current()))

    _execute_fn = execute_fn
    """What Datasette 1.0 calls for its own reads."""

    def _current(self) -> sqlite3.Connection:
        """Return this thread's connection, a new one when the file is another."""
        path = Path(self.path)
        identity = _identity(path)
        if identity is None or getattr(self._own, "identity", None) != identity:
            questions.check_ours(path)
            self._close_own()
            self._own.connection = self.connect()
            self.ds._prepare_connection(self._own.connection, self.name)
            self._own.identity = identity
        connection: sqlite3.Connection = self._own.connection
        return connection

    def _close_own(self) -> None:
        """Close this thread's connection: the disk keeps a file that was replaced as long as somebody has it open."""
        old = getattr(self._own, "connection", None)
        if old is not None:
            self._own.identity = self._own.connection = None
            for tracked in (getattr(self, name, []) for name in _TRACKED):
                if old in tracked:
                    tracked.remove(old)
            old.close()


def serve_reopened(datasette: Any) -> None:
    """Serve every database of ours in `datasette` so that a new build is seen, whoever started it, and also with `-i`."""
    for name, database in list(datasette.databases.items()):
        path = Path(database.path or "")
        if not isinstance(database, ServedDatabase) and _is_ours(path):
            served = ServedDatabase(datasette, path)
            served.name, served.route = name, database.route
            databases = datasette.databases.copy()
            databases[name] = served
            datasette.databases = databases
            database.close()


def _is_ours(path: Path) -> bool:
    try:
        questions.check_ours(path)
    except DatabaseError:
        return False
    return True


def _identity(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is replaced, None where there is none."""
    if not path.exists():
        return None
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns
