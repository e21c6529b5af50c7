"""Documents and relations as CSV and as JSON Lines, row by row, so that a large database needs little memory."""

import csv
import io
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from kgdocs.pipeline.cells import plain_cell
from kgdocs.store import edges

_OF_A_DOCUMENT = ("id", "code", "title", "issued_on", "issuer")
RELATION_FIELDS = (
    *(f"from_{name}" for name in _OF_A_DOCUMENT),
    "type",
    "status",
    *(f"to_{name}" for name in _OF_A_DOCUMENT),
    "evidence_count",
    "evidence",
    "source",
    "rule",
    "precision",
    "measured",
)


def csv_lines(connection: sqlite3.Connection, what: str) -> Iterator[str]:
    """Yield the lines of a CSV with a header: "documents", or "relations" with both their documents and the first evidence.

    Cells that a spreadsheet would calculate are made plain text.
    """
    if what == "documents":
        rows: Iterable[Iterable[Any]] = (row.values() for row in edges.document_rows(connection))
        return _csv(edges.DOCUMENT_COLUMNS, rows)
    return _csv(RELATION_FIELDS, _relations(connection))


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in itertools.chain([header], rows):
        writer.writerow([plain_cell(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _relations(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    """A row for each relation."""
    known = {row["id"]: [row[name] for name in _OF_A_DOCUMENT] for row in edges.document_rows(connection)}
    for row in edges.relation_rows(connection):
        evidence = row["evidence"]
        first = evidence[0] if evidence else {}
        yield [
            *known[row["from_id"]], row["type"], row["status"], *known[row["to_id"]],
            len(evidence), first.get("text"), first.get("path"), first.get("rule"), first.get("precision"), first.get("measured"),
        ]  # fmt: skip


def jsonl_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield one JSON object a line: all documents, then all relations with their evidence; "kind" tells which."""
    for row in edges.document_rows(connection):
        yield _json({"kind": "document", **row})
    for row in edges.relation_rows(connection):
        ends = {"from": row.pop("from_id"), "to": row.pop("to_id")}
        yield _json({"kind": "relation", "relation_id": row.pop("id"), **ends, **row})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
