"""Readings and what was linked → rows of a new database file.

The file is written whole in one transaction by the caller's connection; nothing here knows
about replacing an older one. sqlite-utils makes the schema, plain `executemany` the rows.
"""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from kgdocs.grammar.folding import code_key
from kgdocs.models import ChainStep, Document, Finding, Link, Linked, Part, Reading
from kgdocs.store.audit import as_json, finding_rows, step_rows
from kgdocs.store.database import create_indexes, create_schema
from kgdocs.store.schema import SCHEMA_VERSION, TABLES
from kgdocs.store.search import fill_terms

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """The row of `builds`, and table → how many rows were meant for it."""

    summary: dict[str, Any]
    rows: dict[str, int]


def save(
    connection: sqlite3.Connection,
    readings: Sequence[Reading],
    linked: Linked,
    findings: Sequence[Finding],
    steps: Sequence[ChainStep],
    about: Mapping[str, str],
    kept: Iterable[Row] = (),
) -> Saved:
    """Fill an empty database; returns the row of `builds` and how many rows every table was given.

    `about` gives "at", "version" and "patterns_hash", `kept` the rows of `readings`.
    """
    db = create_schema(connection)
    saved = save_rows(connection, readings, linked, findings, steps, about, kept)
    fill_spellings(connection)
    create_indexes(db)
    fill_terms(db)
    return saved


def save_rows(
    connection: sqlite3.Connection,
    readings: Sequence[Reading],
    linked: Linked,
    findings: Sequence[Finding],
    steps: Sequence[ChainStep],
    about: Mapping[str, str],
    kept: Iterable[Row] = (),
) -> Saved:
    """Write the rows of all tables in one transaction, without indexes; arguments and result are those of `save`."""
    tables = _Tables(connection)
    with connection:
        tables.insert("agencies", _agencies(linked))
        tables.insert("documents", _documents(linked))
        tables.insert("document_facts", _facts(linked))
        tables.insert("sources", _sources(readings, linked))
        counts = _save_mentions(tables, readings, linked)
        _save_relations(tables, linked)
        tables.insert("deadlines", _deadlines(linked))
        _save_agency_relations(tables, linked)
        tables.insert("findings", finding_rows(findings))
        tables.insert("chain_steps", step_rows(steps))
        tables.insert("document_ids", sorted(linked.redirects.items()))
        tables.insert("id_collisions", linked.collisions)
        tables.insert("search", _search(readings, linked))
        tables.insert("readings", kept)
        summary = _summary(readings, linked, about, counts)
        tables.insert("builds", [[summary[column] for column in TABLES["builds"].columns]])
    return Saved(summary=summary, rows=tables.rows)


def fill_spellings(connection: sqlite3.Connection) -> None:
    """Count how each document is written where others cite it; called after the mentions are in."""
    with connection:
        connection.execute(
            """INSERT INTO spellings SELECT target_id, text, COUNT(*), COUNT(DISTINCT source_id) FROM mentions
               WHERE target_id IS NOT NULL AND document_id IS NOT target_id GROUP BY target_id, text ORDER BY 1, 3 DESC, 2"""
        )


class _Tables:
    """Inserts rows and counts how many each table was given."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows: dict[str, int] = {}

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows whose values stand in the order of the table's columns."""
        marks = ",".join("?" * len(TABLES[table].columns))
        numbers = itertools.count()  # no number is taken where there is no further row
        counted = map(itemgetter(0), zip(rows, numbers, strict=False))
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", counted)
        self.rows[table] = self.rows.get(table, 0) + next(numbers)


def _agencies(linked: Linked) -> Iterator[Row]:
    for agency in linked.agencies:
        yield (
            agency.id,
            agency.name,
            agency.level,
            agency.ladder,
            agency.place,
            _day(agency.valid_from),
            _day(agency.valid_to),
        )


def _day(value: object) -> str | None:
    return str(value) if value else None


def _documents(linked: Linked) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for links in linked.links.values():
        for link in links:
            if link.target_id:
                counts[link.target_id] = counts.get(link.target_id, 0) + 1
    for document in linked.documents:
        yield (
            *_DOCUMENT_VALUES(document),
            number_key(document),
            counts.get(document.id, 0),
        )


_DOCUMENT_VALUES = attrgetter(
    *(name for name in TABLES["documents"].columns if name not in ("number_key", "cited_count"))
)


def number_key(document: Document) -> str | None:
    """The code without marks and separators, leading zeros dropped, for quick look-up."""
    return code_key(document.code) if document.code else None


_FACT_VALUES = attrgetter("field", "value", "source_id", "start", "end", "text", "origin")


def _facts(linked: Linked) -> Iterator[Row]:
    """The facts of all documents, each once."""
    for document in linked.documents:
        for values in dict.fromkeys(map(_FACT_VALUES, document.facts)):
            yield (document.id, *values)


def _sources(readings: Sequence[Reading], linked: Linked) -> Iterator[Row]:
    for reading in readings:
        source = reading.source
        yield (
            source.id,
            source.path,
            source.format,
            source.state,
            source.reason,
            linked.own.get(source.id),
            source.text,
            source.pages,
            source.encoding,
            source.warning,
            int(source.imported),
        )


def _save_mentions(tables: _Tables, readings: Sequence[Reading], linked: Linked) -> dict[str, int]:
    """Insert mentions and candidates; returns how many mentions ended in which way."""
    counts = {"mentions": 0, "resolved": 0, "ambiguous": 0, "unresolved": 0}
    candidates: list[Row] = []
    tables.insert("mentions", _mentions(readings, linked, counts, candidates))
    tables.insert("candidates", candidates)
    return counts


def _mentions(
    readings: Sequence[Reading], linked: Linked, counts: dict[str, int], candidates: list[Row]
) -> Iterator[Row]:
    """Yield the mentions of all readings; adds to `counts`, and to `candidates` what was weighed for each."""
    parts = _PartsAsJson()
    for reading in readings:
        if reading.extraction is None:
            continue
        source, own = reading.source.id, linked.own.get(reading.source.id)
        for reference, link in zip(reading.extraction.references, linked.links[source], strict=True):
            counts["mentions"] += 1
            counts[link.resolution if link.resolution in counts else "resolved"] += 1
            number = counts["mentions"]
            if link.candidates:
                candidates.extend((number, c.document_id, c.score, c.reason) for c in link.candidates)
            yield (
                number, source, own, reference.start, reference.end, reference.text, reference.kind, reference.type,
                str(reference.code) if reference.code else None, reference.date, reference.issuer, reference.title, reference.provision,
                reference.page, reference.rule, as_json(reference.repairs) if reference.repairs else "[]",
                link.target_id, link.resolution, link.score, link.reason, parts.of(link),
            )  # fmt: skip


class _PartsAsJson:
    """The parts of citations as JSON; links that share their parts, as those of the same words do, share the text."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Part, ...], str]] = {}

    def of(self, link: Link) -> str:
        """Return {"date": {"state": "differs", "stated": …, "known": […]}, …}."""
        known = self._known.get(id(link.parts))
        if known is None or known[0] is not link.parts:
            parts = {one.name: {"state": one.state, "stated": one.stated, "known": one.known} for one in link.parts}
            known = self._known[id(link.parts)] = (link.parts, as_json(parts))
        return known[1]


def _save_relations(tables: _Tables, linked: Linked) -> None:
    tables.insert(
        "relations",
        (
            (number, one.from_id, one.to_id, one.type, one.status, len(one.evidence))
            for number, one in enumerate(linked.relations, 1)
        ),
    )
    tables.insert(
        "evidence",
        (
            (number, e.source_id, e.asserted_by, e.start, e.end, e.text, e.page, e.rule, e.precision, e.measured)
            for number, one in enumerate(linked.relations, 1)
            for e in one.evidence
        ),
    )


def _deadlines(linked: Linked) -> Iterator[Row]:
    for stated in linked.deadlines:
        one = stated.deadline
        given = (one.task, ",".join(one.audience) or None, one.due, int(one.recurring))
        yield (stated.document_id, *given, stated.source_id, one.start, one.end, one.text, one.rule)


def _save_agency_relations(tables: _Tables, linked: Linked) -> None:
    relations, evidence = [], []
    for number, relation in enumerate(linked.agency_relations, 1):
        name = (relation.agency, relation.agency_id)
        relations.append((number, relation.from_id, *name, relation.type, len(relation.evidence)))
        evidence += [(number, e.source_id, e.asserted_by, e.start, e.end, e.text, e.rule) for e in relation.evidence]
    tables.insert("agency_relations", relations)
    tables.insert("agency_evidence", evidence)


def _search(readings: Sequence[Reading], linked: Linked) -> Iterator[Row]:
    bodies: dict[str, list[str]] = {}
    for reading in readings:
        if own := linked.own.get(reading.source.id):
            bodies.setdefault(own, []).append(reading.source.text)
    for document in linked.documents:
        body = "\n\n".join(bodies.get(document.id, ()))
        yield (document.id, document.label, document.code, document.title, document.issuer, body)


def _summary(
    readings: Sequence[Reading], linked: Linked, about: Mapping[str, str], counts: Mapping[str, int]
) -> dict[str, Any]:
    states = [reading.source.state for reading in readings]
    references = sum(len(reading.extraction.references) for reading in readings if reading.extraction)
    dates = [document.issued_on for document in linked.documents if document.status == "read" and document.issued_on]
    return {
        **about,
        **counts,
        "references": references,
        "schema_version": SCHEMA_VERSION,
        "sources_read": states.count("read"),
        "sources_warning": states.count("warning"),
        "sources_rejected": states.count("rejected"),
        "documents": len(linked.documents),
        "relations": len(linked.relations),
        "newest": max(dates, default=None),
    }
