"""What linking found → finished documents, links verified part by part, relations, redirects."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgdocs.grammar import Rules
from kgdocs.link.agency_links import AgencyLinker
from kgdocs.link.agency_rows import agency_row, place_name
from kgdocs.link.catalogue import Catalogue, documents
from kgdocs.link.decisions import Decisions
from kgdocs.link.facts import known_facts, state
from kgdocs.link.merge import issued
from kgdocs.link.offices import UNKNOWN_PLACE, Office
from kgdocs.link.outcome import Citing, Outcome, Outcomes
from kgdocs.link.redirects import redirects
from kgdocs.link.registers import register_relations
from kgdocs.link.resolve import Resolver
from kgdocs.link.stated import Resolved, asserted_by, evidence_of
from kgdocs.link.told import Told
from kgdocs.link.validity import state_days
from kgdocs.link.verify import Verifier
from kgdocs.models import (
    Agency,
    AgencyKey,
    Candidate,
    EdgeKey,
    Evidence,
    Joined,
    Link,
    LinkedText,
    Reading,
    Reference,
    StatedDeadline,
)


def listed_starts(reading: Reading) -> set[int]:
    """Where the first reference of each item of an annexed list begins."""
    items = reading.layout.annex_items if reading.layout else ()
    references = reading.extraction.references if reading.extraction else ()
    firsts = (next((r.start for r in references if item.start <= r.start < item.end), None) for item in items)
    return {start for start in firsts if start is not None}


def origin_of(reference: Reference, listed: Container[int]) -> str:
    """What states the facts of a mention: the first of an item of an annexed list knows its document."""
    return "annex" if reference.start in listed else "mention"


def finish(resolved: Resolved, told: Told, catalogue: Catalogue, resolver: Resolver, decisions: Decisions) -> Joined:
    """Give ids and turn outcomes into links, agencies and relations."""
    rules = resolver.rules
    known_facts(catalogue, rules, resolver.identify)
    _keep_decided(decisions, catalogue)
    for entry in catalogue.entries():
        entry.code = entry.first("code") or entry.code  # as its own header or a register spells it
    collisions = catalogue.assign_ids()
    of_lists = list(register_relations(resolved.stated, resolver, catalogue))
    told.add_stated(of_lists)
    state_days(told.days, told.ending)
    became = issued(catalogue.entries(), told.edges, told.tellers, decisions)
    now = {entry.serial: became.get(entry.id, entry.id) for entry in catalogue.entries()}
    edges, counts = told.edges.joined(now)
    to_agencies = told.linker.edges(now)
    agency_edges = {key: number for number, key in enumerate(to_agencies, 1)}
    agencies = _agencies(catalogue, told.linker.offices, rules)
    verifier = Verifier(rules, resolver.agencies)
    kept = [entry for entry in catalogue.entries() if entry.id not in became]
    return Joined(
        documents=tuple(documents(kept, _names(catalogue, agencies, rules), catalogue.sources)),
        agencies=agencies,
        own={source: cited.own.id for source, cited in resolved.citing.items() if cited.own},
        edges=edges,
        evidence_counts=counts,
        agency_edges=agency_edges,
        agencies_stated=tuple(to_agencies.values()),
        evidence=[
            (number, one.evidence)
            for one in of_lists
            if (number := edges.get((now[one.source.serial], now[one.target.serial], one.type, one.status)))
        ],
        redirects=_redirects(catalogue, became, decisions),
        collisions=collisions,
        twins=tuple(
            (now[e.serial], *found) for e in catalogue.entries() if (found := verifier.twins(e, catalogue.sources))
        ),
        skipped={},
        deadlines=tuple(
            StatedDeadline(document_id=now[own.serial], source_id=source, deadline=deadline)
            for own, source, deadline in told.deadlines
        ),
        texts=_Texts(resolved, rules, told.linker, verifier, now, edges, agency_edges),
    )


def _keep_decided(decisions: Decisions, catalogue: Catalogue) -> None:
    """Note with each document that a person made of two which one it was too, and who said so."""
    for decision, other, key in decisions.joined:
        if entry := catalogue.get(key):
            one = decision.correction
            source = decision.held_by.source.id
            state(entry, {"same_as": other}, "correction", source, (one.start, one.end), decision.text)


def _redirects(catalogue: Catalogue, became: Mapping[str, str], decisions: Decisions) -> dict[str, str]:
    """Other id → id: as the facts tell, as planned documents were issued, as persons decided."""
    ids = {entry.id for entry in catalogue.entries()}
    joined = {
        other: entry.id for _, other, key in decisions.joined if (entry := catalogue.get(key)) and other not in ids
    }
    found = {**redirects(catalogue.entries()), **became, **joined}
    return {old: became.get(new, new) for old, new in sorted(found.items()) if not decisions.are_apart(old, new)}


def _names(catalogue: Catalogue, agencies: Sequence[Agency], rules: Rules) -> dict[str, str | None]:
    """What people call each place and each agency."""
    names = {entry.place: place_name(entry.place, rules) for entry in catalogue.entries()}
    return {**names, UNKNOWN_PLACE: None, **{agency.id: agency.name for agency in agencies}}


@dataclass(slots=True)
class _Texts:
    """Says what one text says, when all are linked."""

    resolved: Resolved
    rules: Rules
    linker: AgencyLinker
    verifier: Verifier
    now: Mapping[int, str]
    """Id of each document, or of what it has become, by serial number."""
    numbers: Mapping[EdgeKey, int]
    agency_numbers: Mapping[AgencyKey, int]

    def close(self) -> None:
        """Let go the documents in the making, and what each text came to."""
        del self.resolved
        self.now = {}

    def of(self, reading: Reading) -> LinkedText:
        """The links of a text, and the evidence that it is for relations."""
        source = reading.source.id
        outcomes, citing = self.resolved.outcomes.of(source), self.resolved.citing[source]
        references = reading.extraction.references if reading.extraction else ()
        listed = listed_starts(reading)
        return LinkedText(
            links=tuple(
                _link(outcome, reference, self.verifier, self.now, is_sure=reference.start in listed)
                for reference, outcome in zip(references, outcomes, strict=True)
            ),
            evidence=tuple(self._evidence(reading, citing, outcomes)),
            agency_evidence=tuple(self._agency_evidence(reading, citing, outcomes)),
        )

    def _evidence(self, reading: Reading, citing: Citing, outcomes: Outcomes) -> Iterator[tuple[int, Evidence]]:
        for source, target, one, _ in asserted_by(reading, citing, outcomes, self.rules):
            number = self.numbers.get((self.now[source.serial], self.now[target.serial], one.type, one.status))
            if number is not None:
                yield number, evidence_of(reading, citing, one, self.rules)

    def _agency_evidence(self, reading: Reading, citing: Citing, outcomes: Outcomes) -> Iterator[tuple[int, Evidence]]:
        own = citing.own.id if citing.own else None
        for source, kind, agency, one in self.linker.stated_by(reading, citing, outcomes):
            place = {name: getattr(one, name) for name in ("start", "end", "text", "rule")}
            evidence = Evidence(source_id=reading.source.id, asserted_by=own, **place)
            yield self.agency_numbers[self.now[source.serial], kind, agency], evidence


def _link(outcome: Outcome, reference: Reference, verifier: Verifier, now: Mapping[int, str], *, is_sure: bool) -> Link:
    entry = outcome.entry
    target = now[entry.serial] if entry else None
    since = " Nay đã được ban hành." if entry and target != entry.id else ""
    return Link(
        resolution=outcome.resolution,
        target_id=target,
        score=outcome.score,
        reason=outcome.reason + since,
        candidates=tuple(
            Candidate(document_id=one.id, score=0.5, reason="Cùng số, ký hiệu hoặc tên.") for one in outcome.candidates
        ),
        parts=verifier.parts(reference, entry, is_sure=is_sure) if entry and not reference.is_self else (),
    )


def _agencies(catalogue: Catalogue, named: Mapping[str, Office], rules: Rules) -> tuple[Agency, ...]:
    """The known agencies that issued a document, or that one acts on."""
    issuers = {entry.office.id: entry.office for entry in catalogue.entries() if entry.office and entry.office.is_known}
    return tuple(agency_row(office, rules) for _, office in sorted({**named, **issuers}.items()))
