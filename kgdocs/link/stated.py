"""What texts and registers state about pairs of documents, once it is known which documents they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgdocs.grammar import Rules
from kgdocs.link.catalogue import Entry
from kgdocs.link.merge import Edge
from kgdocs.link.outcome import Citing, Outcome
from kgdocs.models import Assertion, Evidence, Reading, RegisterRow, Status

Edges = dict[Edge, list[Evidence]]


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
    """Texts with what each cites from and what its references came to, by source id; relations of registers."""

    texts: Sequence[Reading]
    citing: Mapping[str, Citing]
    outcomes: Mapping[str, Sequence[Outcome]]
    stated: Sequence[RegisterRelation]


@dataclass(frozen=True, slots=True)
class Stated:
    """One relation between two known documents; `partial` where it is to a part of the target only."""

    source: Entry
    target: Entry
    type: str
    status: Status
    evidence: Evidence
    partial: bool = False


def stated_by_texts(resolved: Resolved, rules: Rules) -> Iterator[Stated]:
    """Yield what the texts assert, where both documents are known and two."""
    partial = frozenset(rule.id for rule in rules.relations if rule.partial)
    for reading in resolved.texts:
        extraction, citing = reading.extraction, resolved.citing[reading.source.id]
        outcomes = resolved.outcomes[reading.source.id]
        for one in extraction.relations if extraction else ():
            source = outcomes[one.source].entry if one.source is not None else citing.own
            target = outcomes[one.target].entry
            if extraction is None or source is None or target is None or source.id == target.id:
                continue
            provision = extraction.references[one.target].provision
            of_part = provision is not None or one.rule in partial
            proof = _evidence(reading, citing, one, rules)
            yield Stated(source, target, one.type, one.status, proof, of_part)


def _evidence(reading: Reading, citing: Citing, assertion: Assertion, rules: Rules) -> Evidence:
    """Where a text asserts a relation, and how often its rule was right."""
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
