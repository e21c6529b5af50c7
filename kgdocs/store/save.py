"""Readings and what was linked → rows of a new database file, text by text, then what all of them say together.

The file is written whole by the caller's connection; nothing here knows about replacing an older one. sqlite-utils makes
the schema, plain `executemany` the rows.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kgdocs.models import ChainStep, Evidence, Finding, Joined, LinkedText, Reading, SourceState
from kgdocs.models.json_graph_rows import EvidenceRow
from kgdocs.store import values
from kgdocs.store.audit import finding_row, step_rows
from kgdocs.store.counting import fill_counts
from kgdocs.store.database import create_indexes, create_schema
from kgdocs.store.edges import evidence_of
from kgdocs.store.inserting import Row, SortedTable, Tables
from kgdocs.store.schema import SCHEMA_VERSION, TABLES
from kgdocs.store.search import fill_terms

_OF_TEXTS = ("sources", "mentions", "candidates", "evidence", "agency_evidence", "chain_steps")
"""Tables that are filled bit by bit, and may stay empty."""
FINDINGS_ORDER = "document_id, code, path, start"


@dataclass(frozen=True, slots=True)
class Saved:
    """The row of `builds`, and table → how many rows were meant for it."""

    summary: dict[str, Any]
    rows: dict[str, int]


class Saver:
    """Fills an empty database: `add` for each reading in order, `close_texts`, then steps, findings and `finish`."""

    def __init__(self, connection: sqlite3.Connection, joined: Joined, path_of: Callable[[str], str]) -> None:
        """Make the tables; `path_of` gives the path of a source by its id."""
        self._connection = connection
        self._db = create_schema(connection)
        self._joined = joined
        self._path_of = path_of
        self._tables = Tables(connection)
        for table in _OF_TEXTS:
            self._tables.add(table, ())
        self._cited: Counter[str] = Counter()
        self._references = 0
        """How many were read, whatever came of them: `kgdocs.store.verify` compares the two."""
        self._counts = {"mentions": 0, "resolved": 0, "ambiguous": 0, "unresolved": 0}
        self._states: Counter[SourceState] = Counter()
        self._parts = values.PartsAsJson()
        self._findings = SortedTable(connection, "findings", FINDINGS_ORDER)
        self._evidence: dict[str, list[tuple[int, Evidence]]] = {}
        for number, evidence in joined.evidence:
            self._evidence.setdefault(evidence.source_id, []).append((number, evidence))

    def add(self, reading: Reading, text: LinkedText | None) -> None:
        """Write one source, and what linking found for it where it is a text."""
        source, own = reading.source, self._joined.own.get(reading.source.id)
        self._states[source.state] += 1
        self._tables.add("sources", (values.source_row(source, own),))
        self._tables.add("evidence", map(values.evidence_row, self._evidence.pop(source.id, ())))
        self._references += len(reading.extraction.references) if reading.extraction else 0
        if text and reading.extraction:
            self._mentions(reading, text, own)
            self._tables.add("evidence", map(values.evidence_row, sorted(text.evidence, key=values.place_in_text)))
            self._tables.add("agency_evidence", map(values.agency_evidence_row, text.agency_evidence))

    def close_texts(self) -> None:
        """Write the documents and relations, when all readings were added."""
        joined, tables = self._joined, self._tables
        tables.add("agencies", values.agencies(joined))
        tables.add("documents", (values.document_row(one, self._cited[one.id]) for one in joined.documents))
        tables.add("document_facts", values.facts(joined))
        tables.add("relations", values.relations(joined))
        tables.add("agency_relations", values.agency_relations(joined))
        tables.add("deadlines", values.deadlines(joined))
        tables.flush()
        self._db.table("evidence").create_index(["relation_id"])

    def evidence_of(self, relation: int) -> list[EvidenceRow]:
        """Return the evidence of a relation by its number, as the graph keeps it; when the texts are closed."""
        return [cast(EvidenceRow, row) for row in evidence_of(self._connection, relation)]

    def steps(self, steps: Iterable[ChainStep]) -> None:
        """Write steps of chains, in their order."""
        self._tables.add("chain_steps", step_rows(steps))

    def findings(self, findings: Iterable[Finding]) -> None:
        """Write findings, in whatever order they are found; they are sorted by the paths of their sources too."""
        self._findings.add((*finding_row(one), self._path_of(one.source_id)) for one in findings)

    def finish(self, body_of: Callable[[str], str], about: Mapping[str, str], kept: Iterable[Row] = ()) -> Saved:
        """Write the rest, indexes and the full-text index.

        `body_of` gives the text of a source by its id, `about` "at", "version" and "patterns_hash", `kept` the rows of
        `readings`.
        """
        saved = self.finish_rows(body_of, about, kept)
        fill_counts(self._connection)
        create_indexes(self._db)
        fill_terms(self._db)
        return saved

    def finish_rows(self, body_of: Callable[[str], str], about: Mapping[str, str], kept: Iterable[Row] = ()) -> Saved:
        """Write the rest without what is made of other rows; arguments and result are those of `finish`."""
        joined, tables = self._joined, self._tables
        tables.add("document_ids", sorted(joined.redirects.items()))
        tables.add("id_collisions", joined.collisions)
        tables.add("search", values.searched(joined, body_of))
        tables.add("readings", kept)
        summary = self._summary(about)
        tables.add("builds", [[summary[column] for column in TABLES["builds"].columns]])
        tables.flush()
        rows = {**tables.rows, "findings": self._findings.close()}
        self._connection.commit()
        return Saved(summary=summary, rows=rows)

    def _mentions(self, reading: Reading, text: LinkedText, own: str | None) -> None:
        """Write the mentions of a text, and what was weighed for each."""
        source, counts = reading.source.id, self._counts
        rows, candidates = [], []
        for reference, link in zip(
            reading.extraction.references if reading.extraction else (), text.links, strict=True
        ):
            counts["mentions"] += 1
            counts[link.resolution if link.resolution in counts else "resolved"] += 1
            number = counts["mentions"]
            if link.target_id:
                self._cited[link.target_id] += 1
            if link.candidates:
                candidates += [(number, c.document_id, c.score, c.reason) for c in link.candidates]
            rows.append(values.mention_row(number, own, source, reference, link, self._parts))
        self._tables.add("mentions", rows)
        self._tables.add("candidates", candidates)

    def _summary(self, about: Mapping[str, str]) -> dict[str, Any]:
        documents = self._joined.documents
        dates = [document.issued_on for document in documents if document.status == "read" and document.issued_on]
        return {
            **about,
            **self._counts,
            "references": self._references,
            "schema_version": SCHEMA_VERSION,
            "sources_read": self._states["read"],
            "sources_warning": self._states["warning"],
            "sources_rejected": self._states["rejected"],
            "documents": len(documents),
            "relations": len(self._joined.edges),
            "newest": max(dates, default=None),
        }
