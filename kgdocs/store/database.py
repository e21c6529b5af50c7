"""Create the empty database and open an existing one; refuses files that kgdocs did not make."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kgdocs.errors import DamagedDatabase, DatabaseError, OtherVersion
from kgdocs.store.schema import FULL_TEXT_COLUMNS, FULL_TEXT_TABLE, FULL_TEXT_TOKENIZER, SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x6B67646F
"""SQLite's application_id of our files: the bytes "kgdo"."""
_FOR_WRITING = ("page_size = 8192", "cache_size = -32768", "journal_mode = OFF", "synchronous = OFF")
"""Most texts are longer than a page of the usual 4096 bytes, and most tables than its 2 MB of memory (here 32 MB)."""
_HEADER = (b"SQLite format 3\x00", slice(68, 72))
"""How a file of SQLite begins, and where its application_id stands."""


def create_schema(connection: sqlite3.Connection) -> "Database":
    """Make all tables of `TABLES` in an empty database and mark it as ours."""
    from sqlite_utils import Database  # only a build needs it, and it takes a tenth of a second

    db = Database(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    for name, table in TABLES.items():
        columns = {column: kind for column, (kind, _) in table.columns.items()}
        db.table(name).create(columns, pk=table.pk, foreign_keys=[])
    for name, table in TABLES.items():
        if table.foreign_keys:
            db.add_foreign_keys([(name, *key) for key in table.foreign_keys])
    return db


def create_indexes(db: "Database") -> None:
    """Make indexes and the full-text index; called once, after the rows are in."""
    for name, table in TABLES.items():
        for columns in table.indexes:
            db.table(name).create_index(list(columns), if_not_exists=True)
    index_words(db)


def index_words(db: "Database") -> None:
    """Make the full-text index of the texts that are in."""
    db.table(FULL_TEXT_TABLE).enable_fts(list(FULL_TEXT_COLUMNS), tokenize=FULL_TEXT_TOKENIZER)


def check_ours(path: Path) -> None:
    """Raise DatabaseError in one sentence unless `path` is a database made by this version of kgdocs."""
    if not path.is_file():
        raise DatabaseError(f"There is no database at {path}; make one with: kgdocs build PATH --db {path}")
    try:
        with closing(connect(path)) as connection:
            marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    except sqlite3.DatabaseError as error:
        if _is_marked(path):
            raise DamagedDatabase(f"{path} is damaged: {error}; build it again.") from error
        raise DatabaseError(f"{path} is not a readable SQLite database: {error}.") from error
    if marks[0] != APPLICATION_ID:
        raise DatabaseError(f"{path} was not made by kgdocs; it is left as it is.")
    if marks[1] != SCHEMA_VERSION:
        raise OtherVersion(f"{path} has schema {marks[1]}, this kgdocs needs {SCHEMA_VERSION}; build it again.")


def check_sound(path: Path) -> None:
    """Raise DamagedDatabase where a file of ours, of whatever version, is damaged; other files are not looked at."""
    if not _is_marked(path):
        return
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DamagedDatabase(f"{path} is damaged: {error}.") from error
    if found != "ok":
        raise DamagedDatabase(f"{path} is damaged: {found}.")


def _is_marked(path: Path) -> bool:
    """True for a file whose first bytes say that kgdocs made it, whatever became of the others."""
    with path.open("rb") as file:
        start = file.read(72)
    return start.startswith(_HEADER[0]) and start[_HEADER[1]] == APPLICATION_ID.to_bytes(4, "big")


@contextmanager
def new_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an empty file to write it once: nothing is kept for the case that this fails, the file is then thrown away."""
    with closing(sqlite3.connect(path, isolation_level="DEFERRED")) as connection:
        for pragma in _FOR_WRITING:
            connection.execute(f"PRAGMA {pragma}")
        yield connection
        connection.commit()


def open_readonly(path: Path) -> sqlite3.Connection:
    """Open our database for reading only; raises DatabaseError as `check_ours` does."""
    check_ours(path)
    connection = connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Connect for reading only, whatever the file is; the address is quoted, so that "#" and "?" may stand in a path."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
