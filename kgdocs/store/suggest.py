"""What a person may be about to type: documents whose number begins so, then those with such words in their title.

Titles are not ranked by words: of the first that fit, the most cited come first, which stays quick on
hundreds of thousands of documents.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from kgdocs.grammar.folding import strip_marks
from kgdocs.store.query import Phrase, is_accented, match_expression, number_readings, read_query

_LOOKED_AT = 400
"""Documents that fit, of which the most cited are offered."""
_ENDINGS = 24
"""Spellings that an unaccented beginning of a word may go on to."""
_FIELDS = "d.id, d.code, d.type, d.label, d.title"
_BY_NUMBER = f"""
    SELECT {_FIELDS} FROM (
        SELECT id FROM documents WHERE number_key >= ? AND number_key < ? ORDER BY number_key LIMIT {_LOOKED_AT}
    ) f JOIN documents d ON d.id = f.id ORDER BY length(d.number_key), d.cited_count DESC, d.id LIMIT ?
"""
_BY_TITLE = f"""
    SELECT {_FIELDS} FROM (SELECT rowid FROM search_fts WHERE search_fts MATCH ? LIMIT {_LOOKED_AT}) f
    JOIN documents d ON d.rowid = f.rowid ORDER BY d.cited_count DESC, d.id LIMIT ?
"""
_COMPLETIONS = "SELECT term FROM terms WHERE folded >= ? AND folded < ? ORDER BY documents DESC, term LIMIT ?"
_MOST_CITED = f"SELECT {_FIELDS} FROM documents d WHERE d.code IS NOT NULL ORDER BY d.cited_count DESC, d.id LIMIT ?"
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Completion:
    """A document that is offered while someone types."""

    document_id: str
    code: str | None
    type: str | None
    label: str | None
    title: str | None


def suggest(connection: sqlite3.Connection, words: str, limit: int = 8) -> list[Completion]:
    """Return up to `limit` documents that `words` may be the beginning of; without words the most cited."""
    if not words.strip():
        return [Completion(*row) for row in connection.execute(_MOST_CITED, (limit,))]
    phrases = read_query(connection, words)
    found: dict[str, Completion] = {}
    for reading in number_readings(phrases)[:1]:
        if not reading.rest:
            rows = connection.execute(_BY_NUMBER, (reading.key, reading.key + _LAST, limit))
            found.update((row[0], Completion(*row)) for row in rows)
    if phrases and len(found) < limit:
        rows = connection.execute(_BY_TITLE, (f"{{type title}} : ({_beginning(connection, phrases)})", limit))
        for row in rows:
            found.setdefault(row[0], Completion(*row))
    return list(found.values())[:limit]


def _beginning(connection: sqlite3.Connection, phrases: Sequence[Phrase]) -> str:
    """The expression for all words, the last of which may be only begun."""
    *before, last = [word for phrase in phrases for word in phrase.words]
    whole = match_expression([Phrase((word,)) for word in before])
    begun = [f'"{last.typed}" *']
    if not is_accented(last.typed):
        folded = strip_marks(last.typed)
        endings = connection.execute(_COMPLETIONS, (folded, folded + _LAST, _ENDINGS))
        begun += [f'"{term}"' for (term,) in endings]
    return " AND ".join(filter(None, (whole, f"({' OR '.join(begun)})")))
