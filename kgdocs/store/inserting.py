"""Rows → tables: in batches, or sorted by SQLite where they come in any order and are to lie together in the file."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from kgdocs.store.schema import TABLES

Row = Sequence[Any]
_BATCH = 1000
"""Rows that are inserted together."""
_WITH_TEXTS = ("sources", "search", "readings")
"""Tables that hold whole texts, which may have 64 MB: their rows wait for no others."""


class Tables:
    """Inserts rows in batches and counts how many each table was given."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write with a connection."""
        self._connection = connection
        self._waiting: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.rows: dict[str, int] = {}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows, now or later, whose values stand in the order of the table's columns."""
        self.rows.setdefault(table, 0)
        waiting, left = self._waiting[table], iter(rows)
        batch = 1 if table in _WITH_TEXTS else _BATCH
        waiting.extend(islice(left, batch))
        while len(waiting) >= batch:
            self._insert(table, waiting)
            waiting.extend(islice(left, batch))

    def flush(self) -> None:
        """Insert what waits."""
        for table in self.rows:
            self._insert(table, self._waiting[table])

    def _insert(self, table: str, waiting: list[Row]) -> None:
        marks = ",".join("?" * len(TABLES[table].columns))
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", waiting)
        self.rows[table] += len(waiting)
        waiting.clear()


class SortedTable:
    """A table of the schema that is filled when all its rows are known; a column `id` of the table numbers them from 1."""

    def __init__(self, connection: sqlite3.Connection, table: str, order: str) -> None:
        """`order` names columns of the table, and at most one more that rows have behind those."""
        self._connection = connection
        self._table = table
        self._columns = [name for name in TABLES[table].columns if name != "id"]
        given = [name.strip() for name in order.split(",")]
        self._more = [name for name in given if name not in self._columns]
        self._order = ", ".join(f'"{name}"' for name in given)
        self._waiting: list[Row] = []
        names = ", ".join(f'"{name}"' for name in (*self._columns, *self._more))
        connection.execute(f"CREATE TEMP TABLE unsorted_{table} ({names})")

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows: the values of the table's columns, and what else they are sorted by."""
        left = iter(rows)
        while batch := list(islice(left, _BATCH)):
            self._waiting += batch
            if len(self._waiting) >= _BATCH:
                self._insert()

    def close(self) -> int:
        """Write the rows in order, those that are equal in it as they came; returns how many there are."""
        self._insert()
        names = ", ".join(f'"{name}"' for name in self._columns)
        rows = self._connection.execute(
            f"INSERT INTO {self._table} ({names}) SELECT {names} FROM temp.unsorted_{self._table} ORDER BY {self._order}, rowid"
        ).rowcount
        self._connection.execute(f"DROP TABLE temp.unsorted_{self._table}")
        return rows

    def _insert(self) -> None:
        marks = ",".join("?" * (len(self._columns) + len(self._more)))
        self._connection.executemany(f"INSERT INTO temp.unsorted_{self._table} VALUES ({marks})", self._waiting)
        self._waiting.clear()
