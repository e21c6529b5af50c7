"""The JSON that commands print and the site answers with: the names and types of its values (design §7).

The schemas in docs/reference/schemas/ are made of these. Further names may be added; none is taken away.
Offsets are characters of the NFC text, end exclusive; dates are ISO and may be partial ("2024-07", "2016").
"""

from typing import Any, NotRequired, TypedDict

from kgdocs.models.documents import DocumentStatus, PartState, Resolution, Severity
from kgdocs.models.texts import Kind, Status


class SpanRow(TypedDict):
    """A place in a text and its words."""

    start: int
    end: int
    text: str


class ReferenceRow(TypedDict):
    """One mention of a document in a text, with what is stated beside it."""

    doc: str
    """Name of the file without its ending; in a check its path."""
    start: int
    end: int
    text: str
    kind: Kind
    type: str | None
    """Id of the type in patterns/types.yml."""
    code: str | None
    """Number and symbol as officially written; only what the text gives."""
    date: str | None
    issuer: str | None
    title: str | None
    provision: str | None
    rule: str
    """Id of the rule of patterns/ that read it."""
    repairs: list[str]
    antecedent: NotRequired[SpanRow]
    """The reference that an anaphor stands for."""


class RelationRow(TypedDict):
    """A relation that a text states, with all its evidence."""

    doc: str
    relation: str
    """Name of the relation, one of `kinds` in patterns/relations.yml."""
    target: str
    """The document that is acted on: its code, else its name or words."""
    source: NotRequired[str]
    """The acting document, where it is not the text's own."""
    status: Status
    rule: str
    evidence: list[SpanRow]


class AgencyRow(TypedDict):
    """What a document does to an agency, with all its evidence."""

    doc: str
    relation: str
    agency: str
    source: str | None
    rule: str
    evidence: list[SpanRow]


class DocumentRow(TypedDict):
    """What is known of a document."""

    id: str
    code: str | None
    title: str | None
    issued_on: str | None
    issuer: str | None
    status: DocumentStatus
    effective_on: str | None
    expires_on: str | None


class ChangeRow(DocumentRow):
    """A document that amends, corrects, replaces or repeals the cited one."""

    type: str


class WitnessRow(TypedDict):
    """A value that is known of a document, and who states it."""

    value: str
    origin: str
    """Where it is stated, one of `origins` in patterns/findings.yml."""
    path: str | None
    document_id: str | None
    own: bool
    """True where it is another place of the text that is checked."""


class PartStates(TypedDict):
    """How each part of a citation compares with what is known."""

    number: PartState
    symbol: PartState
    date: PartState
    issuer: PartState
    title: PartState


class CheckedReferenceRow(ReferenceRow):
    """A mention in a draft, with the document that it means and the verdict on each part."""

    target: str | None
    resolution: Resolution
    score: float
    reason: str
    candidates: list[str]
    """Ids of the documents that may be meant where it is not clear which."""
    parts: PartStates
    known: dict[str, list[WitnessRow]]
    """Part → the values that are known of it."""
    document: DocumentRow | None
    changes: list[ChangeRow]


class CheckedFindingRow(TypedDict):
    """A finding about a draft, with its place and what may be pasted there."""

    code: str
    severity: Severity
    message: str
    message_en: str
    document_id: str | None
    source: str
    """SHA-256 of the text."""
    start: int
    end: int
    text: str
    line: int
    """Line and column of the place, from 1."""
    column: int
    suggestion: SpanRow | None
    details: dict[str, Any]


class CheckRow(TypedDict):
    """What `kgdocs check --format json` prints for one text; a list of these for several."""

    source: str
    """Path of the file."""
    as_of: str
    """The day on which it is taken to be signed."""
    database: bool
    """Whether it was compared with a database."""
    findings: list[CheckedFindingRow]
    references: list[CheckedReferenceRow]
