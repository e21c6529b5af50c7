"""What is known when all texts are joined: documents, agencies, links and relations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, get_args

from kgdocs.models.clauses import Deadline
from kgdocs.models.texts import Reading, RowFault, Status

DocumentStatus = Literal["read", "listed", "cited", "draft", "planned"]
Resolution = Literal[
    "exact", "context", "nickname", "title", "repaired", "short", "corrected", "ambiguous", "unresolved"
]
Severity = Literal["high", "medium", "low", "info"]
PartState = Literal["confirmed", "differs", "unknown"]
DOCUMENT_STATUSES: tuple[DocumentStatus, ...] = get_args(DocumentStatus)
ORIGINS = ("header", "text", "computed", "annex", "register", "patterns", "mention", "inferred", "correction")
"""What states a fact, the one that knows it best first."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """Cơ quan: an issuing body with its place, level, ladder and the interval in which it existed."""

    id: str
    name: str
    level: str
    ladder: str
    place: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One stated fact about a document, with where it is stated; `count` is how many statements it stands for."""

    field: str
    value: str
    source_id: str | None
    start: int
    end: int
    text: str
    origin: str
    count: int = 1


class FactsByField(Protocol):
    """What is stated of a document, read where it stands when it is asked for."""

    def of(self, field: str) -> Sequence[Fact]:
        """Return what is stated of one field."""

    def __iter__(self) -> Iterator[Fact]:
        """Yield all that is stated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Văn bản: read, listed, only cited, drafted or planned.

    `facts` hold every stated value; of what texts state alike, those of the first few sources.
    """

    id: str
    status: DocumentStatus
    type: str | None = None
    label: str | None = None
    code: str | None = None
    number: str | None = None
    year: int | None = None
    issued_on: str | None = None
    issuer: str | None = None
    agency_id: str | None = None
    place: str | None = None
    level: str | None = None
    title: str | None = None
    effective_on: str | None = None
    expires_on: str | None = None
    facts: "tuple[Fact, ...] | FactsByField" = field(default=(), compare=False)

    def facts_of(self, field: str) -> Sequence[Fact]:
        """Return what is stated of one field."""
        if isinstance(self.facts, tuple):
            return [fact for fact in self.facts if fact.field == field]
        return self.facts.of(field)

    def witness(self, fact_field: str, value: str, source_id: str) -> Fact | None:
        """Return the fact that tells a value, of another source than `source_id` where there is one."""
        told = [fact for fact in self.facts_of(fact_field) if fact.value == value]
        return min(told, key=lambda fact: fact.source_id == source_id, default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A document that was considered for a reference and not linked."""

    document_id: str
    score: float
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a citation against what others state: "confirmed", "differs", or "unknown" where nobody says."""

    name: Literal["number", "symbol", "label", "date", "issuer", "title"]
    state: PartState
    stated: str | None
    known: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Liên kết: reference → document, or the named reason why there is none; `parts` verify it one by one."""

    resolution: Resolution
    target_id: str | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where a relation is asserted: source, span, exact text, rule and the asserting document.

    `precision` is how often what the rule read was right where `measured` of it were checked
    against hand-made answers; None where nothing was.
    """

    source_id: str
    asserted_by: str | None
    start: int
    end: int
    text: str
    rule: str
    page: int | None = None
    precision: float | None = None
    measured: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """Quan hệ: one edge per (source, target, type, status), with all its evidence."""

    from_id: str
    to_id: str
    type: str
    status: Status
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyRelation:
    """What a document does to an agency, as printed; `agency_id` None where the agency is not known."""

    from_id: str
    agency: str
    agency_id: str | None
    type: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Phát hiện: one difference that a person should look at, at [start, end) of a source.

    `details` holds what differs, as JSON can keep it, with the evidence of each side.
    """

    code: str
    severity: Severity
    document_id: str
    source_id: str
    start: int
    end: int
    text: str
    message: str
    details: Mapping[str, object]
    message_en: str = ""
    since: str | None = None
    """The day from which both facts that differ were there (ISO); None where a date is not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDeadline:
    """A deadline with the document that states it and the source in which it stands."""

    document_id: str
    source_id: str
    deadline: Deadline


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """The outcome of linking all readings: documents, agencies, links per source, relations."""

    documents: tuple[Document, ...]
    agencies: tuple[Agency, ...]
    links: Mapping[str, tuple[Link, ...]]
    """Source id → one link per reference of its extraction, in order."""
    own: Mapping[str, str]
    """Source id → id of the document that it holds."""
    relations: tuple[Relation, ...]
    agency_relations: tuple[AgencyRelation, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Other ids under which a document may be asked for → its id."""
    collisions: tuple[tuple[str, str], ...] = ()
    """(readable name, id) of documents that would have one id and got a number."""
    twins: tuple[tuple[str, Fact, Fact], ...] = ()
    """Documents that two sources describe by themselves with unlike titles: id, the first title, the other."""
    skipped: Mapping[str, tuple[RowFault, ...]] = field(default_factory=dict)
    """Source id → what could not be used of the lines of a register or a corrections file."""
    deadlines: tuple[StatedDeadline, ...] = ()
    """What the documents that were read want done, and until when; by source and place."""


EdgeKey = tuple[str, str, str, Status]
"""From id, to id, type and status of a relation."""
AgencyKey = tuple[str, str, str]
"""From id, type, and the id of the agency or else what its name is known by, of a relation to an agency."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedText:
    """What linking found for one text: a link per reference, and what it asserts.

    `evidence` and `agency_evidence` are (number of the relation, evidence).
    """

    links: tuple[Link, ...]
    evidence: tuple[tuple[int, Evidence], ...]
    agency_evidence: tuple[tuple[int, Evidence], ...]


class LinkedTexts(Protocol):
    """What linking found for single texts, worked out when it is asked for."""

    def of(self, reading: Reading) -> LinkedText:
        """Return what one text says."""

    def close(self) -> None:
        """Let go what only this needs; to be called when all texts were asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """The outcome of linking many readings: what all of them say together is at hand, what one text says is asked for.

    `edges` and `agency_edges` give each relation its number, from 1, in order. `evidence` is that of registers, as in
    `LinkedText`.
    """

    documents: Sequence[Document]
    agencies: tuple[Agency, ...]
    own: Mapping[str, str]
    """Source id → id of the document that it holds."""
    edges: Mapping[EdgeKey, int]
    evidence_counts: Sequence[int]
    """How many pieces of evidence each relation has."""
    agency_edges: Mapping[AgencyKey, int]
    agencies_stated: Sequence[tuple[str, str | None, int]]
    """For each relation to an agency: the agency as printed, its id, and how many pieces of evidence there are."""
    evidence: Sequence[tuple[int, Evidence]]
    redirects: Mapping[str, str]
    collisions: tuple[tuple[str, str], ...]
    twins: tuple[tuple[str, Fact, Fact], ...]
    skipped: Mapping[str, tuple[RowFault, ...]]
    deadlines: tuple[StatedDeadline, ...]
    texts: "LinkedTexts"
