"""The JSON of graphs, chains and findings that commands print and the site answers with; see `kgdocs.models.json_rows`."""

from typing import Any, TypedDict

from kgdocs.models.documents import DocumentStatus, Severity
from kgdocs.models.lineage import StepState
from kgdocs.models.texts import Status


class EvidenceRow(TypedDict):
    """A sentence that states a relation, and who says so."""

    source: str
    """SHA-256 of the file."""
    path: str | None
    asserted_by: str | None
    """Id of the document that says so; null for a register."""
    asserted_on: str | None
    start: int
    end: int
    text: str
    page: int | None
    rule: str
    precision: float | None
    """Share of right readings of the rule on the hand-made answers, 0–1; null where none was measured."""
    measured: int
    """How many readings of the rule were compared with hand-made answers."""


class StepRow(TypedDict):
    """One step of a chain: what an agency should have issued, and what is known of it."""

    chain: str
    step: str
    """Ids of patterns/chains.yml."""
    place: str
    agency: str | None
    agency_name: str
    document_id: str | None
    code: str | None
    """Number and symbol of the step's document."""
    state: StepState
    days: int | None
    """From the directive's date to that of the step's document."""
    deadline: str | None
    """The day that a text states."""
    basis: str
    """Why the state is what it is, and what was looked through."""
    basis_en: str
    required: bool
    direct: bool
    carries_out: str | None
    """Id of the document that the step's document carries out, or should."""
    evidence: list[EvidenceRow]


class ChainRow(TypedDict):
    """A directive and the steps that should follow it."""

    directive_id: str
    code: str | None
    steps: list[StepRow]


class FindingRow(TypedDict):
    """A difference that a person should look at."""

    code: str
    severity: Severity
    message: str
    message_en: str
    document_id: str
    source: str
    """SHA-256 of the file."""
    path: str | None
    start: int
    end: int
    text: str
    details: dict[str, Any]
    since: str | None
    """The day from which both facts that differ were there; null where a date is not known."""


class DelayRow(TypedDict):
    """Days from documents to those that carry them out, of one directive, province or level."""

    by: str
    key: str
    count: int
    shortest: int
    middle: float
    longest: int


class CoverageRow(TypedDict):
    """How many units should take a step of a directive in a place, and how many are in each state."""

    directive_id: str
    place: str
    step: str
    expected: int
    states: dict[str, int]


class StatisticsRow(TypedDict):
    """Counts over all chains."""

    delays: list[DelayRow]
    coverage: list[CoverageRow]


class AuditRow(TypedDict):
    """What `kgdocs audit --format json` prints."""

    as_of: str | None
    chains: list[ChainRow]
    findings: list[FindingRow]
    statistics: StatisticsRow


class NodeRow(TypedDict):
    """A document of a graph."""

    id: str
    code: str | None
    type: str | None
    label: str | None
    title: str | None
    issued_on: str | None
    issuer: str | None
    agency_id: str | None
    place: str | None
    level: str | None
    status: DocumentStatus


_Ends = TypedDict("_Ends", {"from": str, "to": str})


class EdgeRow(_Ends):
    """A relation from the acting document to the one it acts on, with its evidence."""

    type: str
    status: Status
    relation_id: int
    evidence: list[EvidenceRow]


class GraphRow(TypedDict):
    """The graph around a document."""

    root: str
    nodes: list[NodeRow]
    edges: list[EdgeRow]
    truncated: bool
    """Whether documents were left out at the limit."""


class LineageRow(GraphRow):
    """What `kgdocs lineage --format json` prints."""

    cycles: list[list[str]]
    """Ids of documents that lead back to where they began."""
    longest: list[str]
    """Ids of the longest chain below the root."""


class PathRow(TypedDict):
    """What `kgdocs path --format json` prints: a lineage with documents and edges in order."""

    root: str
    target: str
    connected: bool
    lineage_only: bool
    """Whether all steps are relations of lineage."""
    limited: bool
    """Whether a search ended at its limit of documents."""
    nodes: list[NodeRow]
    edges: list[EdgeRow]
