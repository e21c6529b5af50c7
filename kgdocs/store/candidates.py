"""The few documents that a draft may mean, read out of a large database by keys, with all that is stated of them.

No table is read whole: codes and beginnings of codes go through the index of `number_key`, documents without a code
through it too, facts and relations through those of the document.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kgdocs.models import Document, Evidence, Fact, Relation
from kgdocs.models.lineage import CHANGING_RELATIONS
from kgdocs.models.wanted import Wanted

_COLUMNS = (
    "id", "status", "type", "label", "code", "number", "year", "issued_on", "issuer", "agency_id", "place", "level", "title",
    "effective_on", "expires_on",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)}, cited_count FROM documents"
_OF_PAIRS = f"""SELECT {", ".join(f"d.{name}" for name in _COLUMNS)}, cited_count
    FROM json_each(?) AS pair CROSS JOIN documents AS d ON number_key = pair.value ->> 0"""
_FEW = 6
"""Documents of one number, of whatever day and place, that are looked at."""
_OF_A_DAY = 100
"""Documents of one type and day, or of one number, that are compared with one that nobody knows."""
_FACTS_PER_FIELD = 200
"""Facts are stored with the best origins first, so that what is left out are mentions of a document cited very often."""
_FACT = ("field", "value", "source_id", "start", "end", "text", "origin", "count")
_FACTS = 'SELECT document_id, field, value, source_id, "start", "end", text, origin, "count" FROM document_facts WHERE document_id'
_STATED = {"code": "code", "date": "date", "issuer": "issuer", "title": "title"}
"""Field of a fact → the column of `mentions` that has it."""
_FIELDS = ("code", "label", "date", "issuer", "title", "effective_on", "expires_on")


def candidates(connection: sqlite3.Connection, wanted: Wanted, without: str = "") -> list[Document]:
    """Return the documents that `wanted` asks for and those that changed them, with their facts, sorted by id.

    Facts that the source `without` states are left out: a text is no witness for itself. A document that only that
    source knows is none.
    """
    rows = {row[0]: row for row in _wanted_rows(connection, wanted)}
    changing = [one for one in _changing(connection, list(rows)) if one not in rows]
    rows |= {row[0]: row for row in _by_ids(connection, changing)}
    stated = _facts_of(connection, rows)
    found = (_document(connection, row, stated.get(one, ()), without) for one, row in sorted(rows.items()))
    return [document for document in found if document is not None]


def neighbours(
    connection: sqlite3.Connection,
    days: Collection[tuple[str, str]],
    keys: Collection[str],
    placed: Collection[tuple[str, str]],
    without: str = "",
) -> list[Document]:
    """Return the documents that are near to one that nobody knows.

    Those of a type that were issued on a day, for each (type, day); those of the number keys; and those of a number key
    in a place, of whatever year, for each (key, path of the place). Facts are as `candidates` gives them.
    """
    rows: dict[str, Sequence[Any]] = {}
    for kind, day in sorted(days):
        found = connection.execute(f"{_SELECT} WHERE type = ? AND issued_on = ? LIMIT {_OF_A_DAY}", (kind, day))
        rows |= {row[0]: row for row in found}
    for key in sorted(keys):
        found = connection.execute(f"{_SELECT} WHERE number_key = ? LIMIT {_OF_A_DAY}", (key,))
        rows |= {row[0]: row for row in found}
    rows |= {row[0]: row for row in _in_places(connection, sorted(placed))}
    stated = _facts_of(connection, rows)
    known = (_document(connection, row, stated.get(one, ()), without) for one, row in sorted(rows.items()))
    return [document for document in known if document is not None]


def changes(connection: sqlite3.Connection, ids: Collection[str]) -> list[Relation]:
    """Return the relations by which documents amend, replace or repeal the documents of `ids`, each with one evidence."""
    sql = f"""SELECT r.id, r.from_id, r.to_id, r.type FROM relations r
        WHERE r.to_id IN (SELECT value FROM json_each(?)) AND r.type IN {CHANGING_RELATIONS} AND r.status = 'asserted' ORDER BY r.id"""
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
    stated = _facts_of(connection, rows)
    found = {
        old: _document(connection, rows[new], stated.get(new, ()), "") for old, new in became.items() if new in rows
    }
    return {old: document for old, document in found.items() if document is not None}


def source_paths(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return source id → its first path."""
    sql = "SELECT id, path FROM sources WHERE id IN (SELECT value FROM json_each(?))"
    return {one: path.split("\n")[0] for one, path in connection.execute(sql, (json.dumps(sorted(ids)),))}


def _wanted_rows(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Sequence[Any]]:
    yield from _of_codes(connection, wanted)
    for start, kind in sorted(wanted.begun, key=str):
        yield from _begun(connection, start, kind)
    if wanted.uncoded:
        sql = f"{_SELECT} WHERE number_key IS NULL AND title IS NOT NULL AND +type IN (SELECT value FROM json_each(?))"
        yield from connection.execute(sql, (json.dumps(sorted(wanted.uncoded)),))


def _of_codes(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Sequence[Any]]:
    """Documents of the number keys: those of their days and places, those without a date, and some of any day and place.

    "1/KH-UBND" stands in every place every year; of what is neither of a day nor of a place that is named, a few show
    that there are several.
    """
    codes = sorted(wanted.codes.items())
    days = [(key, day) for key, one in codes for day in sorted(one.days)]
    yield from connection.execute(f"{_OF_PAIRS} AND issued_on = pair.value ->> 1", (json.dumps(days),))
    keys = json.dumps([key for key, _ in codes])
    yield from connection.execute(
        f"{_SELECT} WHERE number_key IN (SELECT value FROM json_each(?)) AND issued_on IS NULL", (keys,)
    )
    yield from _in_places(connection, [(key, place) for key, one in codes for place in sorted(one.places)])
    for key in (key for key, one in codes if one.anywhere):
        yield from connection.execute(f"{_SELECT} WHERE number_key = ? LIMIT {_FEW}", (key,))


def _in_places(connection: sqlite3.Connection, keys: Iterable[tuple[str, str]]) -> Iterator[Sequence[Any]]:
    """Documents of a number key in a place, for each (key, path): what lies below the place has a name, no year or number."""
    ends = [(key, f"{place}/0", f"{place}/:") for key, place in keys]
    between = "d.id >= pair.value ->> 1 AND d.id < pair.value ->> 2"
    yield from connection.execute(f"{_OF_PAIRS} AND {between}", (json.dumps(ends),))


def _begun(connection: sqlite3.Connection, start: str, kind: str | None) -> Iterator[Sequence[Any]]:
    """Documents whose number key begins so; behind a number alone a symbol or a year must follow, no other digit."""
    first = f"{start}a" if start.isdigit() else start
    sql = f"{_SELECT} WHERE number_key >= :first AND number_key < :last AND (:type IS NULL OR +type = :type)"
    yield from connection.execute(sql, {"first": first, "last": f"{start}{{", "type": kind})
    if start.isdigit():
        sql += " AND ltrim(number, '0') = :number"
        yield from connection.execute(sql, {"first": f"{start}19", "last": f"{start}21", "type": kind, "number": start})


def _by_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Sequence[Any]]:
    return connection.execute(f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)).fetchall()


def _changing(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """The documents that changed some documents."""
    sql = f"""SELECT DISTINCT from_id FROM relations
        WHERE to_id IN (SELECT value FROM json_each(?)) AND type IN {CHANGING_RELATIONS} AND status = 'asserted'"""
    return [row[0] for row in connection.execute(sql, (json.dumps(ids),))]


def _facts_of(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Any]]) -> dict[str, list[Fact]]:
    """Document id → what is stated of it: all in one query, field by field where a document is cited very often."""
    often = [one for one, row in rows.items() if (row[-1] or 0) > _FACTS_PER_FIELD]
    seldom = json.dumps(sorted(set(rows) - set(often)))
    found: dict[str, list[Fact]] = {}
    for document, *values in connection.execute(
        f"{_FACTS} IN (SELECT value FROM json_each(?)) ORDER BY rowid", (seldom,)
    ):
        found.setdefault(document, []).append(Fact(**dict(zip(_FACT, values, strict=True))))
    for one in often:
        for field in _FIELDS:
            few = connection.execute(
                f"{_FACTS} = ? AND field = ? ORDER BY rowid LIMIT {_FACTS_PER_FIELD}", (one, field)
            )
            found.setdefault(one, []).extend(Fact(**dict(zip(_FACT, row[1:], strict=True))) for row in few)
    return found


def _document(
    connection: sqlite3.Connection, row: Sequence[Any], facts: Sequence[Fact], without: str
) -> Document | None:
    """A row with its facts; None where only the source left out tells of it."""
    kept = tuple(fact for fact in facts if fact.field in _FIELDS)
    if without:
        kept = tuple(_without(connection, row[0], kept, without))
    if without and all(fact.origin == "inferred" for fact in kept):
        return None
    return Document(**dict(zip(_COLUMNS, row[:-1], strict=True)), facts=kept)


def _without(connection: sqlite3.Connection, document_id: str, facts: Sequence[Fact], source_id: str) -> Iterator[Fact]:
    """The facts that other sources state, each kind counted as often as they do."""
    kinds: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        kinds.setdefault((fact.field, fact.value, fact.origin), []).append(fact)
    for (field, value, _), told in kinds.items():
        others = [fact for fact in told if fact.source_id != source_id]
        count = sum(fact.count for fact in told)
        if others and count > len(told):
            own = _stated_in(connection, source_id, document_id, field, value)
            others[0] = replace(others[0], count=max(1, count - own - len(others[1:])))
        yield from others


def _stated_in(connection: sqlite3.Connection, source_id: str, document_id: str, field: str, value: str) -> int:
    """How often the mentions of a source state a fact; labels and names have no column, and count as the mentions do."""
    column = _STATED.get(field)
    same = f"AND coalesce({column}, :value) = :value" if column else ""
    sql = f"SELECT count(*) FROM mentions WHERE source_id = :source AND target_id = :document {same}"
    found = connection.execute(sql, {"source": source_id, "document": document_id, "value": value}).fetchone()
    return int(found[0])


def _evidence(connection: sqlite3.Connection, number: int) -> tuple[Evidence, ...]:
    """The first evidence of a relation."""
    sql = """SELECT source_id, asserted_by, "start", "end", text, rule FROM evidence
        WHERE relation_id = ? ORDER BY rowid LIMIT 1"""
    return tuple(
        Evidence(source_id=source, asserted_by=by, start=start, end=end, text=text, rule=rule)
        for source, by, start, end, text, rule in connection.execute(sql, (number,))
    )
