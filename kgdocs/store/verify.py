"""A new database is checked before it takes the place of the old one: as SQLite checks files, and row by row counted."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from kgdocs.errors import DatabaseError
from kgdocs.models import SourceState
from kgdocs.store.counting import COUNTED
from kgdocs.store.save import Saved
from kgdocs.store.schema import FULL_TEXT_TABLE, TABLES

_SHIFTED = "SELECT count(*) FROM documents d LEFT JOIN search s ON s.rowid = d.rowid WHERE s.document_id IS NOT d.id"
"""Documents that are looked up by the number of a row of the full-text index and are not there."""
_ENDS = """SELECT count(*), sum(resolution = 'ambiguous'), sum(resolution = 'unresolved'),
    sum(resolution NOT IN ('ambiguous', 'unresolved')) FROM mentions"""
_WORDS = f"INSERT INTO {FULL_TEXT_TABLE}_fts({FULL_TEXT_TABLE}_fts, rank) VALUES ('integrity-check', 1)"


def verify(path: Path, saved: Saved) -> None:
    """Raise DatabaseError in one sentence unless the new database is sound and has all that was meant for it."""
    with closing(sqlite3.connect(path)) as connection:
        fault = _fault(connection, saved)
    if fault:
        raise DatabaseError(f"The new database {fault}; nothing was replaced.")


def states_of(path: Path, ids: Iterable[str]) -> dict[SourceState, int]:
    """Return how many of these files (the ids of their sources, one for each file) ended in which state.

    Raises DatabaseError for one that has no line.
    """
    with closing(sqlite3.connect(path)) as connection:
        known = dict(connection.execute("SELECT id, state FROM sources"))
    counts: dict[SourceState, int] = {"read": 0, "warning": 0, "rejected": 0}
    for one in ids:
        if known.get(one) not in counts:
            raise DatabaseError(f"The new database has no line for the file with the hash {one}; nothing was replaced.")
        counts[known[one]] += 1
    return counts


def _fault(connection: sqlite3.Connection, saved: Saved) -> str | None:
    """What is wrong with the database, None where nothing is."""
    sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if sound != "ok":
        return f"is damaged ({sound})"
    if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        return f"has {len(broken)} broken link(s), first in table {broken[0][0]}"
    if connection.execute(_SHIFTED).fetchone()[0]:
        return "has an index of words that does not fit its documents"
    try:
        connection.execute(_WORDS)
    except sqlite3.DatabaseError as error:
        return f"has a damaged index of words ({error})"
    return _lost_rows(connection, saved.rows) or _lost_references(connection, saved.summary)


def _lost_rows(connection: sqlite3.Connection, meant: Mapping[str, int]) -> str | None:
    for table, rows in meant.items():
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if found != rows:
            return f"has {found} rows in table {table}, {rows} were written"
    if unwritten := TABLES.keys() - meant.keys() - COUNTED:
        return f"was given no rows for {', '.join(sorted(unwritten))}"
    counted = connection.execute("SELECT coalesce(sum(count), 0) FROM finding_counts").fetchone()[0]
    if counted != meant["findings"]:
        return f"counts {counted} findings, {meant['findings']} were written"
    return None


def _lost_references(connection: sqlite3.Connection, summary: Mapping[str, int]) -> str | None:
    """References as they were read = resolved + ambiguous + unresolved, in the build's own words and in the rows."""
    found = tuple(number or 0 for number in connection.execute(_ENDS).fetchone())
    told = tuple(summary[name] for name in ("references", "ambiguous", "unresolved", "resolved"))
    if found != told or found[0] != sum(found[1:]):
        return f"has {found[0]} references, {told[0]} were read"
    return None
