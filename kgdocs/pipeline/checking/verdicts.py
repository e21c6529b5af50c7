"""What a check says: each reference part by part with who says so, each finding with what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgdocs.models import SEVERITIES, Document, Finding, Link, PartState, Reading, Reference, Severity

PARTS = ("number", "symbol", "date", "issuer", "title")


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """Who states a value: the origin of the fact, the file, and the document whose text that is.

    `is_own` is true where it is another place of the text that is checked.
    """

    value: str
    origin: str
    path: str | None = None
    document_id: str | None = None
    is_own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PartVerdict:
    """One part of a citation: what it states, and what others state, with who they are."""

    state: PartState
    stated: str | None = None
    known: tuple[Witness, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What has happened to a cited document: another one amends, corrects, replaces or repeals it."""

    type: str
    document: Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """The words to stand at [start, end) of the text; nothing is replaced where the two are one place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedReference:
    """A reference with its link, the document meant and the verdict on each part."""

    reference: Reference
    link: Link
    target: Document | None
    parts: Mapping[str, PartVerdict]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A finding with the reference that it is about and what may be pasted instead, where that is certain."""

    finding: Finding
    reference: CheckedReference | None = None
    suggestion: Suggestion | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The outcome of checking one text; `day` is the day on which it is taken to be signed (ISO, whole or in part)."""

    reading: Reading
    references: tuple[CheckedReference, ...]
    remarks: tuple[Remark, ...]
    day: str
    with_database: bool
    others: Mapping[str, Document] = field(default_factory=dict)
    """The documents that findings and candidates name, by id."""

    @property
    def text(self) -> str:
        """The text that was checked; all places count in it."""
        return self.reading.source.text

    def reaches(self, severity: Severity) -> bool:
        """True where a finding is of this severity or above."""
        limit = SEVERITIES.index(severity)
        return any(SEVERITIES.index(one.finding.severity) <= limit for one in self.remarks)
