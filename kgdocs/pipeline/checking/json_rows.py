"""Verdicts → the JSON that design §7 fixes, with what else is known."""

from typing import cast

from kgdocs.models import Document
from kgdocs.models.json_rows import (
    CheckedFindingRow,
    CheckedReferenceRow,
    CheckRow,
    DocumentRow,
    PartStates,
    ReferenceRow,
)
from kgdocs.pipeline.checking.verdicts import Check, CheckedReference, Remark
from kgdocs.pipeline.extracting import reference_row


def check_json(found: Check) -> CheckRow:
    """Return {"source", "findings", "references"}; offsets count in the NFC text."""
    source = found.reading.source
    return {
        "source": source.path,
        "as_of": found.day,
        "database": found.with_database,
        "findings": [_finding(found, one) for one in found.remarks],
        "references": [_reference(found, one) for one in found.references],
    }


def _finding(found: Check, one: Remark) -> CheckedFindingRow:
    finding = one.finding
    line, column = position(found.text, finding.start)
    suggestion = one.suggestion
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "message_en": finding.message_en,
        "document_id": finding.document_id or None,
        "source": finding.source_id,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "line": line,
        "column": column,
        "suggestion": {"start": suggestion.start, "end": suggestion.end, "text": suggestion.text}
        if suggestion
        else None,
        "details": dict(finding.details),
    }


def _reference(found: Check, one: CheckedReference) -> CheckedReferenceRow:
    extraction = found.reading.extraction
    if extraction is None:  # a check is of a text
        raise ValueError(found.reading.source.path)
    row: ReferenceRow = reference_row(found.reading.source.path, one.reference, extraction)
    return {
        **row,
        "target": one.link.target_id,
        "resolution": one.link.resolution,
        "score": one.link.score,
        "reason": one.link.reason,
        "candidates": [candidate.document_id for candidate in one.link.candidates],
        "parts": cast(PartStates, {name: verdict.state for name, verdict in one.parts.items()}),
        "known": {
            name: [{"value": who.value, "origin": who.origin, "path": who.path, "document_id": who.document_id, "own": who.is_own} for who in verdict.known]
            for name, verdict in one.parts.items()
            if verdict.known
        },
        "document": _document(one.target) if one.target else None,
        "changes": [{"type": change.type, **_document(change.document)} for change in one.changes],
    }  # fmt: skip


def _document(document: Document) -> DocumentRow:
    return {
        "id": document.id,
        "code": document.code,
        "title": document.title,
        "issued_on": document.issued_on,
        "issuer": document.issuer,
        "status": document.status,
        "effective_on": document.effective_on,
        "expires_on": document.expires_on,
    }


def position(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a character, both counted from 1."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
