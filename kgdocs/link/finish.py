"""What linking found → finished documents, links verified part by part, relations, redirects."""

from collections.abc import Iterable, Mapping, Sequence

from kgdocs.grammar import Rules
from kgdocs.link.agencies import UNKNOWN_PLACE, Office
from kgdocs.link.agency_links import AgencyLinker
from kgdocs.link.agency_rows import agency_row, place_name
from kgdocs.link.catalogue import Catalogue, documents
from kgdocs.link.decisions import Decisions
from kgdocs.link.facts import known_facts, state
from kgdocs.link.merge import Edge, issued
from kgdocs.link.outcome import Outcome
from kgdocs.link.redirects import redirects
from kgdocs.link.registers import register_relations
from kgdocs.link.resolve import Resolver
from kgdocs.link.stated import Edges, Resolved, Stated, evidence_order, stated_by_texts
from kgdocs.link.validity import validity
from kgdocs.link.verify import Verifier
from kgdocs.models import Agency, Candidate, Evidence, Link, Linked, Reading, Reference, Relation, StatedDeadline


def listed_starts(reading: Reading) -> set[int]:
    """Where the first reference of each item of an annexed list begins."""
    items = reading.layout.annex_items if reading.layout else ()
    references = reading.extraction.references if reading.extraction else ()
    firsts = (next((r.start for r in references if item.start <= r.start < item.end), None) for item in items)
    return {start for start in firsts if start is not None}


def finish(resolved: Resolved, catalogue: Catalogue, resolver: Resolver, decisions: Decisions) -> Linked:
    """Give ids and turn outcomes into links, agencies and relations."""
    rules = resolver.rules
    known_facts(catalogue, rules, resolver.identify)
    _keep_decided(decisions, catalogue)
    for entry in catalogue.entries():
        entry.code = entry.first("code") or entry.code  # as its own header or a register spells it
    collisions = catalogue.assign_ids()
    stated = [*stated_by_texts(resolved, rules), *register_relations(resolved.stated, resolver, catalogue)]
    edges = _edges(stated)
    validity(resolved, stated)
    became = issued(catalogue.entries(), edges, decisions)
    edges = _merged(edges, became)
    _drop_mere_citations(edges)
    linker = AgencyLinker(rules, resolver.agencies)
    for reading in resolved.texts:
        linker.add(reading, resolved.citing[reading.source.id], resolved.outcomes[reading.source.id], became)
    agencies = _agencies(catalogue, linker.offices, rules)
    names = _names(catalogue, agencies, rules)
    kept = [document for document in documents(catalogue, names) if document.id not in became]
    verifier = Verifier(rules, resolver.agencies)
    return Linked(
        documents=tuple(kept),
        agencies=agencies,
        links={
            reading.source.id: _links(reading, resolved.outcomes[reading.source.id], verifier, became)
            for reading in resolved.texts
        },
        own={source: cited.own.id for source, cited in resolved.citing.items() if cited.own},
        relations=tuple(_relation(key, evidence) for key, evidence in sorted(edges.items())),
        agency_relations=tuple(linker.relations()),
        redirects=_redirects(catalogue, became, decisions),
        collisions=collisions,
        twins=tuple((became.get(e.id, e.id), *found) for e in catalogue.entries() if (found := verifier.twins(e))),
        deadlines=_deadlines(resolved, became),
    )


def _deadlines(resolved: Resolved, became: Mapping[str, str]) -> tuple[StatedDeadline, ...]:
    """The deadlines that the texts state, each with the document of its text."""
    return tuple(
        StatedDeadline(document_id=became.get(own.id, own.id), source_id=reading.source.id, deadline=deadline)
        for reading in resolved.texts
        if (own := resolved.citing[reading.source.id].own) and reading.extraction
        for deadline in reading.extraction.deadlines
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


def _edges(stated: Iterable[Stated]) -> Edges:
    """All relations that texts and registers state, with their evidence."""
    edges: Edges = {}
    for one in stated:
        edges.setdefault((one.source.id, one.target.id, one.type, one.status), []).append(one.evidence)
    return edges


def _merged(edges: Edges, became: Mapping[str, str]) -> Edges:
    """The edges of provisional documents as those of what they have become."""
    merged: Edges = {}
    for (source, target, kind, status), evidence in edges.items():
        key = (became.get(source, source), became.get(target, target), kind, status)
        if key[0] != key[1]:
            merged.setdefault(key, []).extend(evidence)
    return merged


def _links(
    reading: Reading, outcomes: Sequence[Outcome], verifier: Verifier, became: Mapping[str, str]
) -> tuple[Link, ...]:
    """One link per reference of a text, verified part by part."""
    listed = listed_starts(reading)
    references = reading.extraction.references if reading.extraction else ()
    return tuple(
        _link(outcome, reference, verifier, became, is_sure=reference.start in listed)
        for reference, outcome in zip(references, outcomes, strict=True)
    )


def _link(
    outcome: Outcome, reference: Reference, verifier: Verifier, became: Mapping[str, str], *, is_sure: bool
) -> Link:
    entry = outcome.entry
    target = became.get(entry.id, entry.id) if entry else None
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


def _drop_mere_citations(relations: Edges) -> None:
    """A document that carries another out also cites it: the stronger relation says it all."""
    stronger = {key[:2] for key in relations if key[2] != "cites" and key[3] == "asserted"}
    for key in [key for key in relations if key[2] == "cites" and key[:2] in stronger]:
        del relations[key]


def _relation(key: Edge, evidence: Sequence[Evidence]) -> Relation:
    ordered = tuple(sorted(evidence, key=evidence_order))
    return Relation(from_id=key[0], to_id=key[1], type=key[2], status=key[3], evidence=ordered)


def _agencies(catalogue: Catalogue, named: Mapping[str, Office], rules: Rules) -> tuple[Agency, ...]:
    """The known agencies that issued a document, or that one acts on."""
    issuers = {entry.office.id: entry.office for entry in catalogue.entries() if entry.office and entry.office.is_known}
    return tuple(agency_row(office, rules) for _, office in sorted({**named, **issuers}.items()))
