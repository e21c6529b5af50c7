"""Finding documents: by number, by words with or without accents, by facets.

Hits on a number come first (`number_key`, an indexed column), then those with the words as a
phrase in their title, then those of the type that the query names, then by bm25. Snippets are
cut from the original text.
"""

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgdocs.errors import UsageError
from kgdocs.grammar.folding import code_key, strip_marks
from kgdocs.store.facets import FACETS, FacetValue, choose, facets
from kgdocs.store.query import (
    NumberReading,
    Phrase,
    is_accented,
    match_expression,
    number_readings,
    phrase_expression,
    read_query,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

_OPEN, _CLOSE = "\ue000", "\ue001"
_WEIGHTS = "3.0, 10.0, 5.0, 2.0, 1.0"
"""bm25 weights of type, code, title, issuer, body."""
_SNIPPET_WORDS = 28
_TYPE_WORDS = 4
"""Types have up to four words ("văn bản hợp nhất")."""
_HITS = """
    SELECT d.id, d.code, d.type, d.label, d.title, coalesce(a.name, d.issuer), d.issued_on, d.place, d.status, d.cited_count, c.step
    FROM (SELECT {fields} FROM {table} ORDER BY {order} LIMIT ? OFFSET ?) c
    JOIN documents d ON d.rowid = c.row LEFT JOIN agencies a ON a.id = d.agency_id ORDER BY {order}
"""
_RANKED, _NEWEST = "step, score, c.cited_count DESC, c.issued_on DESC, c.id", "c.issued_on DESC, c.id"
_FIELDS = "row, step, score, cited_count, issued_on, id"
_ALL_FIELDS = "c.rowid AS row, 9 AS step, 0 AS score, cited_count, issued_on, id"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of original text; `hit` where it is what was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found document, with its title and a passage of its text cut into pieces."""

    document_id: str
    code: str | None
    type: str | None
    label: str | None
    title: str | None
    issuer: str | None
    issued_on: str | None
    place: str | None
    status: str
    cited_count: int
    by_number: bool = False
    title_pieces: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """Hits in rank order, how many there are in all, facets over all of them, and what was tried.

    `loosened`: nothing fitted the accents as typed, so these are hits without regard to them.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    tried: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    loosened: bool = False


def number_key(text: str) -> str:
    """Key of a number for look-up: lower case, no marks, only a–z and 0–9 ("211-KH/TU" → "211khtu")."""
    return code_key(text)


def fill_terms(db: "Database") -> None:
    """Write the accented spellings of the full-text index into `terms`; called after indexing."""
    connection = db.conn
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'search_fts', 'row')")
    vocabulary = connection.execute("SELECT term, doc FROM temp.vocabulary ORDER BY term").fetchall()
    rows = [(strip_marks(term), term, documents) for term, documents in vocabulary if is_accented(term)]
    with connection:
        connection.execute("DELETE FROM terms")
        connection.executemany("INSERT INTO terms VALUES (?, ?, ?)", rows)
    connection.execute("DROP TABLE temp.vocabulary")


def search(
    connection: sqlite3.Connection,
    words: str,
    *,
    filters: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Return the documents that fit `words`, best first; without words all of them, newest first.

    `filters` maps facet names (`FACETS`) to values. Raises UsageError on an unknown facet.
    """
    chosen = dict(filters or {})
    if unknown := sorted(chosen.keys() - FACETS.keys()):
        raise UsageError(f"There is no facet {unknown[0]!r}; there are {', '.join(FACETS)}.")
    if not words.strip():
        with _scratch(connection):
            return _page(connection, chosen, limit, offset, match=None)
    results = _ranked(connection, read_query(connection, words), chosen, limit, offset)
    if results.total or chosen or not is_accented(words):
        return results
    return _ranked(connection, read_query(connection, words, loose=True), chosen, limit, offset, loosened=True)


def _ranked(
    connection: sqlite3.Connection,
    phrases: Sequence[Phrase],
    chosen: Mapping[str, str],
    limit: int,
    offset: int,
    *,
    loosened: bool = False,
) -> Results:
    with _scratch(connection):
        _find(connection, phrases)
        return _page(connection, chosen, limit, offset, match=phrases, loosened=loosened)


@contextlib.contextmanager
def _scratch(connection: sqlite3.Connection) -> Iterator[None]:
    """A temporary table of found rows of `documents`, gone afterwards; the file itself is never written."""
    connection.execute("SAVEPOINT kgdocs_search")
    try:
        connection.execute("CREATE TEMP TABLE found (row INTEGER PRIMARY KEY, step INTEGER, score REAL)")
        yield
    finally:
        if connection.in_transaction:  # a statement that was interrupted has ended it
            connection.execute("ROLLBACK TO kgdocs_search")
            connection.execute("RELEASE kgdocs_search")


def _find(connection: sqlite3.Connection, phrases: Sequence[Phrase]) -> None:
    """Fill `found`: numbers (steps 0 and 1), the phrase in the title (2), the named type (3), then the rest (4)."""
    if not phrases:
        return
    for reading in number_readings(phrases):
        _find_number(connection, reading)
    matching = f"""
        INSERT OR IGNORE INTO found SELECT rowid, ?, bm25(search_fts, {_WEIGHTS}) FROM search_fts WHERE search_fts MATCH ?
    """
    if phrase := phrase_expression(phrases):
        connection.execute(matching, (2, f"title : {phrase}"))
    if typed := _typed(connection, phrases):
        connection.execute(matching, (3, typed))
    connection.execute(matching, (4, match_expression(phrases)))


def _typed(connection: sqlite3.Connection, phrases: Sequence[Phrase]) -> str | None:
    """The expression for documents of the type that the query begins with: "chỉ thị" bảo vệ trẻ em."""
    for length in range(min(_TYPE_WORDS, len(phrases) - 1), 0, -1):
        label = phrase_expression(phrases[:length])
        if label is None:
            continue
        expression = f"(type : {label})"
        if connection.execute("SELECT 1 FROM search_fts WHERE search_fts MATCH ? LIMIT 1", (expression,)).fetchone():
            return f"{expression} AND {match_expression(phrases[length:])}"
    return None


def _find_number(connection: sqlite3.Connection, reading: NumberReading) -> None:
    """Add documents with this number, then those whose number begins with it."""
    also, parameters = "", []
    if reading.rest:
        also = " AND d.rowid IN (SELECT rowid FROM search_fts WHERE search_fts MATCH ?)"
        parameters = [match_expression(reading.rest)]
    insert = "INSERT OR IGNORE INTO found SELECT d.rowid, ?, 0 FROM documents d WHERE"
    connection.execute(f"{insert} d.number_key = ?{also}", [0, reading.key, *parameters])
    if reading.exact_only:
        return
    closed = "" if reading.open_ended else " AND substr(d.number_key, ?, 1) NOT GLOB '[0-9]'"
    following = [] if reading.open_ended else [len(reading.key) + 1]
    connection.execute(
        f"{insert} d.number_key > ? AND d.number_key < ?{closed}{also}",
        [1, reading.key, reading.key + "~", *following, *parameters],
    )


def _page(
    connection: sqlite3.Connection,
    chosen: Mapping[str, str],
    limit: int,
    offset: int,
    *,
    match: Sequence[Phrase] | None,
    loosened: bool = False,
) -> Results:
    """One page of hits with total and facets; `match` None lists every document."""
    narrowed = match is not None or bool(chosen)
    if narrowed:
        choose(connection, chosen, found=match is not None)
    table, fields = ("chosen c", _FIELDS) if narrowed else ("documents c", _ALL_FIELDS)
    order = _NEWEST if match is None else _RANKED
    rows = connection.execute(_HITS.format(table=table, fields=fields, order=order), [limit, offset]).fetchall()
    expression = match_expression(match) if match else None
    return Results(
        hits=tuple(_hit(connection, tuple(row), expression) for row in rows),
        total=connection.execute(f"SELECT count(*) FROM {'chosen' if narrowed else 'documents'}").fetchone()[0],
        facets=facets(connection, chosen=narrowed),
        tried=tuple(word.typed for phrase in match or () for word in phrase.words),
        numbers=tuple(dict.fromkeys(reading.key for reading in number_readings(match or ()))),
        loosened=loosened,
    )


_HIT_FIELDS = ("document_id", "code", "type", "label", "title", "issuer", "issued_on", "place", "status", "cited_count")


def _hit(connection: sqlite3.Connection, row: tuple[object, ...], expression: str | None) -> Hit:
    fields = dict(zip(_HIT_FIELDS, row, strict=False))
    title, snippet = _passages(connection, str(fields["document_id"]), expression)
    if not title and fields["title"]:
        title = (Piece(str(fields["title"])),)
    number = isinstance(row[-1], int) and row[-1] < 2
    return Hit(**fields, by_number=number, title_pieces=title, snippet=snippet)  # type: ignore[arg-type]


def _passages(
    connection: sqlite3.Connection, document_id: str, expression: str | None
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Title with what was found in it, and the best passage of the text, if it was found there."""
    if expression is None:
        return (), ()
    row = connection.execute(
        f"SELECT highlight(search_fts, 2, '{_OPEN}', '{_CLOSE}'), "
        f"snippet(search_fts, 4, '{_OPEN}', '{_CLOSE}', '…', {_SNIPPET_WORDS}) FROM search_fts "
        "WHERE search_fts MATCH ? AND rowid = (SELECT rowid FROM documents WHERE id = ?)",
        (expression, document_id),
    ).fetchone()
    if row is None:
        return (), ()
    title, snippet = (pieces(text or "") for text in row)
    return title, snippet if any(piece.hit for piece in snippet) else ()


def pieces(marked: str) -> tuple[Piece, ...]:
    """Cut a text that SQLite marked into pieces, white space made single spaces, neighbouring hits one."""
    joined = re.sub(r"\s+", " ", marked).replace(f"{_CLOSE} {_OPEN}", " ")
    found = []
    for part in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", joined):
        text = part.strip(_OPEN + _CLOSE)
        if text:
            found.append(Piece(text, hit=part.startswith(_OPEN)))
    return tuple(found)
