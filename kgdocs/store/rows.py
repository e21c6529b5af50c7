"""Rows read back from a database, as plain values for the other stages."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from kgdocs.models import Source, SourceState
from kgdocs.store.database import connect

_REGISTER = """
    SELECT d.code, d.label AS type, d.issued_on AS date, coalesce(a.name, d.issuer) AS issuer, d.title
    FROM documents d LEFT JOIN agencies a ON a.id = d.agency_id
    WHERE d.code IS NOT NULL ORDER BY d.id
"""


def register_rows(connection: sqlite3.Connection) -> Iterator[dict[str, str | None]]:
    """Yield every coded document as a register has it: code, type, date, issuer with its place, title."""
    for row in connection.execute(_REGISTER):
        yield dict(zip(("code", "type", "date", "issuer", "title"), row, strict=True))


def documents_by_code(connection: sqlite3.Connection, key: str) -> list[dict[str, str | None]]:
    """Return id, code and title of the documents with this number key, sorted by id."""
    sql = "SELECT id, code, title FROM documents WHERE number_key = ? ORDER BY id"
    return [dict(zip(("id", "code", "title"), row, strict=True)) for row in connection.execute(sql, (key,))]


def document_by_id(connection: sqlite3.Connection, document_id: str) -> dict[str, str | None] | None:
    """Return id, code and title of a document, by its id or by one that it had before; None if there is none."""
    sql = """
        SELECT id, code, title FROM documents
        WHERE id = coalesce((SELECT document_id FROM document_ids WHERE old_id = :id), :id)
    """
    row = connection.execute(sql, {"id": document_id}).fetchone()
    return dict(zip(("id", "code", "title"), row, strict=True)) if row else None


def codes_of_length(connection: sqlite3.Connection, low: int, high: int) -> dict[str, str]:
    """Return code → key of the codes whose keys have from `low` to `high` letters and digits."""
    sql = "SELECT code, number_key FROM documents WHERE length(number_key) BETWEEN ? AND ? ORDER BY code"
    return dict(connection.execute(sql, (low, high)).fetchall())


_SOURCES = "SELECT id, path, format, reason, text, pages, encoding, warning, imported FROM sources"


def stored_sources(connection: sqlite3.Connection) -> list[Source]:
    """Return all sources as they were before the rows of registers were judged, sorted by id.

    A register that could not be read when it was stored has its text and may be read now.
    """
    return [_source(*row) for row in connection.execute(f"{_SOURCES} ORDER BY id")]


SOURCE_FACTS = ("id", "path", "format", "state", "reason", "pages", "encoding", "warning")
"""All that a database keeps of the file of a source, apart from its text and whether it was imported."""


def last_build(path: Path) -> dict[str, Any]:
    """Return what the build that made a database said of it: its row of `builds`, and the number of references."""
    with closing(connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        found = dict(connection.execute("SELECT * FROM builds ORDER BY rowid DESC LIMIT 1").fetchone())
    return {**found, "references": found["mentions"]}


def sources_in_state(path: Path, state: SourceState) -> list[tuple[str, str]]:
    """Return path and reason of the sources of a database that ended in a state, by their ids."""
    with closing(connect(path)) as connection:
        return connection.execute(
            "SELECT path, coalesce(reason, '') FROM sources WHERE state = ? ORDER BY id", (state,)
        ).fetchall()


def source_facts(path: Path) -> dict[str, dict[str, Any]]:
    """Return for each source of a database, by id, all that is known of the file but for its text."""
    with closing(connect(path)) as connection:
        found = connection.execute(f"SELECT {', '.join(SOURCE_FACTS)} FROM sources").fetchall()
    return {row[0]: dict(zip(SOURCE_FACTS, row, strict=True)) for row in found}


def imported_sources(path: Path) -> list[Source]:
    """Return the imported registers of a database of ours, whatever its version; none where there is no such file.

    Their paths are the names under which they were imported, without those of copies that a
    build found in folders.
    """
    if not path.is_file():
        return []
    with closing(connect(path)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(sources)")}
        if not {"encoding", "warning", "imported"} <= columns:  # made before registers could be imported
            return []
        found = [_source(*row) for row in connection.execute(f"{_SOURCES} WHERE imported ORDER BY id")]
    return [replace(source, path="\n".join(imported_names(source))) for source in found]


def imported_rows(connection: sqlite3.Connection) -> list[dict[str, str | None]]:
    """Return name, id, state and reason of the imported registers, by name."""
    sql = "SELECT path, id, state, reason FROM sources WHERE imported"
    found = [(name, *facts) for path, *facts in connection.execute(sql) for name in _names(path)]
    return [dict(zip(("name", "id", "state", "reason"), row, strict=True)) for row in sorted(found)]


def imported_names(source: Source) -> list[str]:
    """Return the names under which a source was imported: those of its paths that lie in no folder."""
    return _names(source.path) if source.imported else []


def _names(paths: str) -> list[str]:
    return [path for path in paths.split("\n") if "/" not in path]


def _source(
    digest: str,
    path: str,
    format_name: str,
    reason: str | None,
    text: str,
    pages: int | None,
    encoding: str,
    warning: str | None,
    imported: int,
) -> Source:
    """One row of `sources`; what has no text was refused."""
    state: SourceState = "rejected" if not text else "warning" if warning else "read"
    return Source(
        id=digest,
        path=path,
        format=format_name,
        state=state,
        reason=warning if text else reason,
        text=text,
        pages=pages,
        encoding=encoding,
        warning=warning,
        imported=bool(imported),
    )
