"""What texts and registers state about pairs of documents, once it is known which documents they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kgdocs.grammar import Rules
from kgdocs.link.catalogue import Entry
from kgdocs.link.outcome import AllOutcomes, Citing, Outcomes
from kgdocs.models import Assertion, Evidence, Reading, RegisterRow, Status


@dataclass(frozen=True, slots=True)
class RegisterRelation:
    """A relation that a row states: its own document, type, target and evidence."""

    row: RegisterRow
    source: Entry
    type: str
    code: str
    date: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Resolved:
    """From what each text cites and what its references came to, by source id; relations of registers."""

    citing: Mapping[str, Citing]
    outcomes: AllOutcomes
    stated: Sequence[RegisterRelation]


@dataclass(frozen=True, slots=True)
class Stated:
    """One relation between two known documents, that a row of a register states."""

    source: Entry
    target: Entry
    type: str
    status: Status
    evidence: Evidence


class Asserted(NamedTuple):
    """One relation between two known documents, that a text asserts; `partial` where it is to a part of the target only."""

    source: Entry
    target: Entry
    assertion: Assertion
    partial: bool


def asserted_by(reading: Reading, citing: Citing, outcomes: Outcomes, rules: Rules) -> Iterator[Asserted]:
    """Yield what a text asserts, where both documents are known and two."""
    extraction = reading.extraction
    for one in extraction.relations if extraction else ():
        source = outcomes[one.source].entry if one.source is not None else citing.own
        target = outcomes[one.target].entry
        if extraction is None or source is None or target is None or source is target:
            continue
        partial = one.rule in rules.partial_relations or extraction.references[one.target].provision is not None
        yield Asserted(source, target, one, partial)


def evidence_of(reading: Reading, citing: Citing, assertion: Assertion, rules: Rules) -> Evidence:
    """Return where a text asserts a relation, and how often its rule was right."""
    precision, measured = rules.precision_of(assertion.rule)
    return Evidence(
        source_id=reading.source.id,
        asserted_by=citing.own.id if citing.own else None,
        start=assertion.start,
        end=assertion.end,
        text=assertion.text,
        page=reading.source.page_at(assertion.start),
        rule=assertion.rule,
        precision=precision,
        measured=measured,
    )


def evidence_order(evidence: Evidence) -> tuple[str, int, int, str]:
    """In which order pieces of evidence come: by source, place and rule."""
    return evidence.source_id, evidence.start, evidence.end, evidence.rule
