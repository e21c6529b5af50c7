"""The page that checks a draft: a form, and the draft with its citations verified part by part; nothing is kept."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from kgdocs.models import SEVERITIES
from kgdocs.models.json_rows import CheckRow
from kgdocs.pipeline.checking.check import check_upload
from kgdocs.pipeline.checking.json_rows import check_json, position
from kgdocs.pipeline.checking.marking import gravest, stretches
from kgdocs.pipeline.checking.verdicts import PARTS, Check, CheckedReference, Remark, Suggestion
from kgdocs.publish.posted import MAX_BYTES, Posted, Refused
from kgdocs.publish.site import Query

PATH = "/kiem-tra"
MAX_CHARACTERS = 300_000
"""About 150 pages; longer texts are for the command line."""
_CONTEXT = 40
_GATHERED = ("UNRESOLVED",)
"""Kinds of findings told in one line: the table of citations says the rest."""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the page takes, as JSON, and an empty form."""
    value = {
        "method": "POST", "fields": ["van_ban", "tep", "ngay"], "max_bytes": MAX_BYTES, "max_characters": MAX_CHARACTERS,
    }  # fmt: skip
    return value, form("", "")


def form(text: str, day: str, error: str = "") -> dict[str, Any]:
    """Return what the template needs for the form alone."""
    return {
        "draft": text,
        "day": day,
        "error": error,
        "found": None,
        "mega": MAX_BYTES // 1024 // 1024,
        "most": MAX_CHARACTERS,
    }


def checked(connection: sqlite3.Connection, sent: Posted) -> Check:
    """Check what was sent: a file where there is one, else the text.

    Raises Refused where there is neither, SourceError where it is no text, UsageError where the day is none.
    """
    text = sent.fields.get("van_ban", "")
    name, content = sent.files.get("tep") or ("du-thao.txt", text.replace("\r\n", "\n").encode())
    if not content.strip():
        raise Refused("check.nothing")
    if len(content) > 4 * MAX_CHARACTERS:
        raise Refused("check.too_long")
    found = check_upload(
        name.replace("\\", "/").rsplit("/", 1)[-1], content, connection, sent.fields.get("ngay") or None
    )
    if len(found.text) > MAX_CHARACTERS:
        raise Refused("check.too_long")
    return found


def as_json(found: Check) -> CheckRow:
    """Return the outcome in the form that design §7 fixes."""
    return check_json(found)


def view(found: Check, query: Query) -> dict[str, Any]:
    """Return what the template shows of an outcome."""
    counts = {name: sum(one.finding.severity == name for one in found.remarks) for name in SEVERITIES}
    shown = [(at, one) for at, one in enumerate(found.remarks) if one.finding.code not in _GATHERED]
    return {
        **form("", ""),
        "found": found,
        "counts": {name: count for name, count in counts.items() if count},
        "marked": marked(found),
        "remarks": [_remark(found, at, one, query) for at, one in shown],
        "gathered": _gathered(found),
        "references": list(_references(found, query)),
    }


def _gathered(found: Check) -> list[dict[str, Any]]:
    """The citations of documents that were not found, each once."""
    places: dict[str, int] = {}
    for at, one in enumerate(found.remarks):
        if one.finding.code in _GATHERED:
            places.setdefault(" ".join(one.finding.text.split()), at)
    return [{"text": text, "at": at} for text, at in places.items()]


def _remark(found: Check, at: int, one: Remark, query: Query) -> dict[str, Any]:
    finding = one.finding
    line, column = position(found.text, finding.start)
    return {
        "at": at,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message if query.words.language == "vi" else finding.message_en,
        "line": line,
        "column": column,
        "text": " ".join(finding.text.split()),
        "known": _known(one.reference, query) if one.reference else [],
        "suggestion": _suggestion(found.text, one.suggestion) if one.suggestion else None,
    }


def _suggestion(text: str, change: Suggestion) -> dict[str, str]:
    """The words to paste with a few words around them."""
    before = text[max(0, change.start - _CONTEXT) : change.start].rsplit("\n", 1)[-1]
    after = text[change.end : change.end + _CONTEXT].split("\n", 1)[0]
    old = " ".join(text[change.start : change.end].split())
    return {"before": before, "old": old, "new": change.text, "after": after}


def _known(one: CheckedReference, query: Query) -> list[dict[str, Any]]:
    """What others say of a document, value by value with who they are."""
    rows = []
    for name in PARTS:
        for who in one.parts[name].known[:1]:
            if not who.is_own and name != "symbol":
                value = query.words.date(who.value) if name == "date" else who.value
                origin = query.words.term("origin", who.origin)
                path = (who.path or "").rsplit("/", 1)[-1]
                rows.append({"part": name, "value": value, "origin": origin, "path": path, "document": who.document_id})
    return rows


def _references(found: Check, query: Query) -> Iterator[dict[str, Any]]:
    """Each document that is cited, once per spelling and verdict, with the first place."""
    seen = set()
    for at, one in enumerate(found.references):
        states = {name: one.parts[name].state for name in PARTS}
        text = " ".join(one.reference.text.split())
        key = (text, one.link.target_id, one.link.resolution, *states.values())
        if one.reference.is_self or key in seen:
            continue
        seen.add(key)
        yield {
            "at": at, "text": text, "target": one.target, "resolution": one.link.resolution, "reason": one.link.reason,
            "parts": states, "unsaid": _unsaid(one), "known": _known(one, query), "changes": one.changes,
            "is_known": bool(one.target and any(fact.source_id != found.reading.source.id for fact in one.target.facts)),
            "candidates": [found.others[c.document_id] for c in one.link.candidates[:5] if c.document_id in found.others],
        }  # fmt: skip


def _unsaid(one: CheckedReference) -> list[str]:
    """The parts that a citation does not state."""
    found = one.reference
    stated = {
        "date": found.date,
        "issuer": found.issuer,
        "title": found.title,
        "number": found.code,
        "symbol": found.code,
    }
    return [name for name in PARTS if not stated[name]]


def marked(found: Check) -> Markup:
    """Return the text as HTML, findings and citations marked; stripping the tags gives back the text exactly."""
    begun: set[str] = set()
    pieces = []
    for one in stretches(found):
        words = Markup(str(escape(found.text[one.start : one.end])).replace("\r", "&#13;"))
        anchors = _anchors(one.remarks, one.reference, begun)
        shown = [at for at in one.remarks if found.remarks[at].finding.code not in _GATHERED]
        if shown:
            worst = gravest([found.remarks[at] for at in shown])
            words = Markup('<a class="flag flag-{}" href="#r{}">{}</a>').format(worst, shown[0], words)
        elif one.reference is not None:
            words = Markup('<span class="cited cited-{}">{}</span>').format(
                found.references[one.reference].link.resolution, words
            )
        pieces.append(anchors + words)
    return Markup("").join(pieces)


def _anchors(remarks: tuple[int, ...], reference: int | None, begun: set[str]) -> Markup:
    """Places to jump to, each before the first stretch of what it stands for."""
    names = [f"p{at}" for at in remarks] + ([f"c{reference}"] if reference is not None else [])
    new = [name for name in names if name not in begun]
    begun.update(new)
    return Markup("").join(Markup('<span id="{}"></span>').format(name) for name in new)
