"""The few documents that a draft may mean, read out of a large database by keys, with all that is stated of them.

No table is read whole: codes and beginnings of codes go through the index of `number_key`, documents without a code
through that of `type`, facts and relations through those of the document.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from kgdocs.models import Document, Evidence, Fact, Relation
from kgdocs.models.wanted import Wanted

_COLUMNS = (
    "id", "status", "type", "label", "code", "number", "year", "issued_on", "issuer", "agency_id", "place", "level", "title",
    "effective_on", "expires_on",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM documents"
_FACTS_PER_FIELD = 200
"""Facts are stored with the best origins first, so that what is left out are mentions of a document cited very often."""
_CHANGES = ("amends", "replaces", "repeals", "corrects")
_FACTS = """SELECT field, value, source_id, "start", "end", text, origin FROM document_facts
    WHERE document_id = ? AND field = ? ORDER BY rowid LIMIT ?"""
_FIELDS = ("code", "label", "date", "issuer", "title", "effective_on", "expires_on")


def candidates(connection: sqlite3.Connection, wanted: Wanted, without: str = "") -> list[Document]:
    """Return the documents that `wanted` asks for and those that changed them, with their facts, sorted by id.

    Facts that the source `without` states are left out: a text is no witness for itself. A document that only that
    source knows is none.
    """
    rows = {row[0]: row for row in _wanted_rows(connection, wanted)}
    changing = [one for one in _changing(connection, list(rows)) if one not in rows]
    rows |= {row[0]: row for row in _by_ids(connection, changing)}
    found = (_document(connection, row, without) for _, row in sorted(rows.items()))
    return [document for document in found if document is not None]


def changes(connection: sqlite3.Connection, ids: Collection[str]) -> list[Relation]:
    """Return the relations by which documents amend, replace or repeal the documents of `ids`, each with one evidence."""
    sql = f"""SELECT r.id, r.from_id, r.to_id, r.type FROM relations r
        WHERE r.to_id IN (SELECT value FROM json_each(?)) AND r.type IN {_CHANGES} AND r.status = 'asserted' ORDER BY r.id"""
    found = connection.execute(sql, (json.dumps(sorted(ids)),)).fetchall()
    return [
        Relation(from_id=source, to_id=target, type=kind, status="asserted", evidence=_evidence(connection, number))
        for number, source, target, kind in found
    ]


def moved(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Document]:
    """Return id → the document that it has become: a planned one was issued, a person found two to be one."""
    sql = "SELECT old_id, document_id FROM document_ids WHERE old_id IN (SELECT value FROM json_each(?))"
    became = dict(connection.execute(sql, (json.dumps(sorted(ids)),)).fetchall())
    rows = {row[0]: row for row in _by_ids(connection, sorted(set(became.values())))}
    found = {old: _document(connection, rows[new], "") for old, new in became.items() if new in rows}
    return {old: document for old, document in found.items() if document is not None}


def source_paths(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return source id → its first path."""
    sql = "SELECT id, path FROM sources WHERE id IN (SELECT value FROM json_each(?))"
    return {one: path.split("\n")[0] for one, path in connection.execute(sql, (json.dumps(sorted(ids)),))}


def _wanted_rows(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Sequence[Any]]:
    sql = f"{_SELECT} WHERE number_key IN (SELECT value FROM json_each(?))"
    yield from connection.execute(sql, (json.dumps(sorted(wanted.codes)),))
    for start, kind in sorted(wanted.begun, key=str):
        yield from _begun(connection, start, kind)
    for kind in sorted(wanted.uncoded):
        yield from connection.execute(f"{_SELECT} WHERE type = ? AND code IS NULL AND title IS NOT NULL", (kind,))


def _begun(connection: sqlite3.Connection, start: str, kind: str | None) -> Iterator[Sequence[Any]]:
    """Documents whose number key begins so; behind a number alone a symbol or a year must follow, no other digit."""
    first = f"{start}a" if start.isdigit() else start
    sql = f"{_SELECT} WHERE number_key >= ? AND number_key < ? AND (?3 IS NULL OR type = ?3)"
    yield from connection.execute(sql, (first, f"{start}{{", kind))
    if start.isdigit():
        sql += " AND ltrim(number, '0') = ?4"
        yield from connection.execute(sql, (f"{start}19", f"{start}21", kind, start))


def _by_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Sequence[Any]]:
    return connection.execute(f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)).fetchall()


def _changing(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """The documents that changed some documents."""
    sql = f"""SELECT DISTINCT from_id FROM relations
        WHERE to_id IN (SELECT value FROM json_each(?)) AND type IN {_CHANGES} AND status = 'asserted'"""
    return [row[0] for row in connection.execute(sql, (json.dumps(ids),))]


def _document(connection: sqlite3.Connection, row: Sequence[Any], without: str) -> Document | None:
    """A row with its facts; None where only the source left out tells of it."""
    values = dict(zip(_COLUMNS, row, strict=True))
    facts = tuple(
        Fact(field=name, value=value, source_id=source, start=start, end=end, text=text, origin=origin)
        for field in _FIELDS
        for name, value, source, start, end, text, origin in connection.execute(
            _FACTS, (values["id"], field, _FACTS_PER_FIELD)
        )
        if not without or source != without
    )
    told = [fact for fact in facts if fact.origin != "inferred"]
    if without and not told:
        return None
    return Document(**values, facts=facts)


def _evidence(connection: sqlite3.Connection, number: int) -> tuple[Evidence, ...]:
    """The first evidence of a relation."""
    sql = """SELECT source_id, asserted_by, "start", "end", text, rule FROM evidence
        WHERE relation_id = ? ORDER BY rowid LIMIT 1"""
    return tuple(
        Evidence(source_id=source, asserted_by=by, start=start, end=end, text=text, rule=rule)
        for source, by, start, end, text, rule in connection.execute(sql, (number,))
    )
