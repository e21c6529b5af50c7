"""Steps of chains and findings ↔ rows of the database, and what an audit of another day needs to read."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from kgdocs.models import ChainStep, Deadline, Finding, StatedDeadline
from kgdocs.store.audit_tables import CHAIN_STEPS

_SIMPLE = [name for name in CHAIN_STEPS.columns if name != "evidence"]
_VALUES = attrgetter(*_SIMPLE)
as_json = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON; one encoder, for `json.dumps` makes a new one each time."""


def step_rows(steps: Iterable[ChainStep]) -> Iterator[Sequence[Any]]:
    """Yield rows of `chain_steps`."""
    for step in steps:
        yield (*_VALUES(step), as_json([dict(one) for one in step.evidence]) if step.evidence else "[]")


def finding_row(one: Finding) -> Sequence[Any]:
    """Return a row of `findings`, but for its number."""
    details = as_json(one.details)
    place = (one.document_id or None, one.source_id, one.start, one.end, one.text)
    return (one.code, one.severity, *place, one.message, one.message_en, details, one.since)


def load_steps(connection: sqlite3.Connection) -> list[ChainStep]:
    """Return the steps as the build computed them, in their order."""
    columns = ", ".join((*_SIMPLE, "evidence"))
    found = []
    for row in connection.execute(f"SELECT {columns} FROM chain_steps ORDER BY rowid"):
        values = dict(zip(_SIMPLE, row[:-1], strict=True))
        flags = {name: bool(values[name]) for name in ("required", "direct")}
        found.append(ChainStep(**{**values, **flags, "evidence": tuple(json.loads(row[-1]))}))
    return found


def load_findings(connection: sqlite3.Connection, day: str | None = None) -> list[Finding]:
    """Return the findings in their order; with `day` (ISO) those whose two sides were there by then."""
    names = ("code", "severity", "document_id", "source_id", "start", "end", "text", "message", "message_en", "since")
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f"SELECT {columns}, details FROM findings WHERE ? IS NULL OR since <= ? ORDER BY id"
    found = []
    for *values, details in connection.execute(sql, (day, day)):
        known: dict[str, Any] = dict(zip(names, values, strict=True))
        found.append(Finding(**{**known, "document_id": known["document_id"] or ""}, details=json.loads(details)))
    return found


def load_deadlines(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> list[StatedDeadline]:
    """Return the deadlines that texts state, those of the documents `ids` alone where given."""
    sql = 'SELECT document_id, source_id, due, task, audience, "start", "end", text, rule FROM deadlines'
    sql += "" if ids is None else " WHERE document_id IN (SELECT value FROM json_each(?))"
    values = () if ids is None else (json.dumps(list(ids)),)
    found = []
    for document_id, source_id, due, task, audience, start, end, text, rule in connection.execute(
        f"{sql} ORDER BY rowid", values
    ):
        words = tuple(filter(None, (audience or "").split(",")))
        limit = Deadline(due=due, task=task, audience=words, start=start, end=end, text=text, rule=rule)
        found.append(StatedDeadline(document_id=document_id, source_id=source_id, deadline=limit))
    return found


def first_mentions(connection: sqlite3.Connection) -> Mapping[str, tuple[str, int, int, str]]:
    """Return for each document that is cited where it is first: source, start, end, words."""
    sql = """SELECT m.target_id, m.source_id, m."start", m."end", m.text FROM mentions m
        WHERE m.target_id IS NOT NULL AND m.target_id IS NOT m.document_id ORDER BY m.id DESC"""
    return {target: (source, start, end, text) for target, source, start, end, text in connection.execute(sql)}


def paths(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the first path of each source."""
    return {one: path.split("\n")[0] for one, path in connection.execute("SELECT id, path FROM sources")}


def cited_documents(connection: sqlite3.Connection, document_id: str) -> dict[str, bool]:
    """Return the documents that a document cites, in order, each True where it only plans or drafts them."""
    sql = """SELECT target_id, min(kind IN ('planned', 'draft')) FROM mentions
        WHERE document_id = ? AND target_id IS NOT NULL AND target_id IS NOT document_id
        GROUP BY target_id ORDER BY min(id)"""
    return {target: bool(planned) for target, planned in connection.execute(sql, (document_id,))}
