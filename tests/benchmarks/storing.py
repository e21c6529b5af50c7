"""Writing a database beside plain SQLite: the rows against `executemany` of the same rows, the words against FTS5 itself.

Rows that lie ready are written in both ways, into the same tables, in one transaction, with the same settings: ours in batches, findings
sorted. Beside that it is told what it takes to make them too, of what was read and linked, which a build does while it writes. Texts, facts and findings were unpacked and found before.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlite_utils import Database

import kgdocs
from kgdocs.grammar import Rules
from kgdocs.models import Joined
from kgdocs.store.counting import COUNTED
from kgdocs.store.database import create_schema, index_words, new_database
from kgdocs.store.inserting import SortedTable, Tables
from kgdocs.store.save import FINDINGS_ORDER, Saver
from kgdocs.store.schema import FULL_TEXT_COLUMNS, FULL_TEXT_TABLE, FULL_TEXT_TOKENIZER, TABLES
from tests.benchmarks.aims import Aim
from tests.benchmarks.files import write_files

ROWS_AIM, WORDS_AIM = 1.15, 0.9
"""The most that rows may take in times of plain ones, and the least rate of the index of words in rates of a plain one."""


@dataclass(frozen=True, slots=True)
class Storing:
    """Ratios, medians over the rounds, of what was written of so many files."""

    files: int
    rows: int
    row_time: float
    made_time: float
    word_rate: float

    def aims(self) -> Iterator[Aim]:
        """What is wanted of the ratios."""
        yield Aim(what="rows in times of raw executemany", value=self.row_time, bound=ROWS_AIM)
        yield Aim(what="full-text index in rates of raw FTS5", value=self.word_rate, bound=WORDS_AIM, at_least=True)


def measure_storing(rules: Rules, count: int, rounds: int) -> Storing:
    """Build `count` files, then write what came of them again in both ways."""
    with TemporaryDirectory() as folder:
        top = Path(folder)
        write_files(top / "texts", rules, count)
        noted = _noted(top / "texts", top / "built.db")
        with closing(sqlite3.connect(top / "built.db")) as connection:
            rows = {
                name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES if name not in COUNTED
            }
            paths = dict(connection.execute("SELECT id, path FROM sources"))

        def plain(connection: sqlite3.Connection) -> None:
            with connection:
                for name, found in rows.items():
                    marks = ",".join("?" * len(TABLES[name].columns))
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", found)

        def ours(connection: sqlite3.Connection) -> None:
            tables, found = Tables(connection), SortedTable(connection, "findings", FINDINGS_ORDER)
            with connection:
                for name in rows:
                    if name == "findings":
                        found.add((*row[1:], paths.get(row[4], "")) for row in rows[name])
                    else:
                        tables.add(name, rows[name])
                tables.flush()
                found.close()

        pairs = [_round(top / f"{number}.db", noted, ours, plain) for number in range(rounds)]
    return Storing(
        files=count,
        rows=sum(map(len, rows.values())),
        row_time=median(one.ours / one.plain for one in pairs),
        made_time=median(one.made / one.plain for one in pairs),
        word_rate=median(one.plain_words / one.words for one in pairs),
    )


class _Noted:
    """A `Saver` that notes what it is told, to tell it to another."""

    def __init__(self, connection: sqlite3.Connection, joined: Joined, path_of: Callable[[str], str]) -> None:
        self._saver = Saver(connection, joined, path_of)
        found = [replace(one, facts=tuple(one.facts)) for one in joined.documents]  # while the texts can be read
        self._meant = replace(joined, documents=found), path_of
        self._told: list[tuple[str, tuple[Any, ...]]] = []
        self._texts: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A method of `Saver`, whose arguments are noted, those that are gone through once as lists."""

        def called(*given: Any) -> Any:
            lasting = tuple(list(one) if isinstance(one, Iterator) else one for one in given)
            if name == "add":
                self._texts[given[0].source.id] = given[0].source.text
            if name == "finish":
                lasting = (self._texts.__getitem__, *lasting[1:])
            if name != "evidence_of":
                self._told.append((name, lasting))
            return getattr(self._saver, name)(*lasting)

        return called

    def again(self, connection: sqlite3.Connection) -> Callable[[], None]:
        """What writes the same rows into another database."""
        saver = Saver(connection, *self._meant)

        def write() -> None:
            for name, given in self._told:
                getattr(saver, "finish_rows" if name == "finish" else name)(*given)

        return write


def _noted(texts: Path, db: Path) -> _Noted:
    """Build, and return what the database was filled with."""
    noted: list[_Noted] = []

    def note(*given: Any) -> _Noted:
        noted.append(_Noted(*given))
        return noted[0]

    with patch("kgdocs.pipeline.saving.Saver", note):
        kgdocs.build([texts], db, workers=1)
    return noted[0]


class _Round(NamedTuple):
    """Seconds of our rows ready and of those that are made, of plain ones, of our index of words and of a plain one."""

    ours: float
    made: float
    plain: float
    words: float
    plain_words: float


_Write = Callable[[sqlite3.Connection], None]


def _round(path: Path, noted: _Noted, ours: _Write, plain: _Write) -> _Round:
    """Write in each way, to a file of its own."""
    files = [path.with_suffix(f".{name}") for name in ("ours", "made", "plain")]
    with new_database(files[0]) as first, new_database(files[1]) as second, new_database(files[2]) as third:
        create_schema(first)
        write = noted.again(second)
        create_schema(third)
        found = _Round(
            ours=_seconds(lambda: ours(first)),
            made=_seconds(write),
            plain=_seconds(lambda: plain(third)),
            words=_seconds(lambda: index_words(Database(second))),
            plain_words=_seconds(lambda: _plain_words(third)),
        )
    for file in files:
        file.unlink()
    return found


def _plain_words(connection: sqlite3.Connection) -> None:
    """Index the same texts by the statements of FTS5 itself."""
    columns = ", ".join(FULL_TEXT_COLUMNS)
    with connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE plain USING fts5({columns}, tokenize='{FULL_TEXT_TOKENIZER}', content='{FULL_TEXT_TABLE}')"
        )
        connection.execute(f"INSERT INTO plain(rowid, {columns}) SELECT rowid, {columns} FROM {FULL_TEXT_TABLE}")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def storing_lines(found: Storing) -> Iterator[str]:
    """What `make bench` prints of it."""
    yield f"{found.rows:,} rows of {found.files:,} files:"
    yield f"  made of what was read and linked, and written, in times of raw executemany: {found.made_time:.2f}"
    yield from (f"  {aim.line}" for aim in found.aims())
