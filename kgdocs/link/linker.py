"""All readings → documents, links and relations; the result does not depend on their order.

First everything that a text states with certainty becomes a document: the texts themselves,
rows of registers, items of annexed lists, references with code, place and year. Then every
reference climbs the ladder, and the relations follow the links.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.link.agencies import Office, agency_row, place_name
from kgdocs.link.catalogue import UNNUMBERED, Catalogue, Entry, Key, documents
from kgdocs.link.facts import known_facts, mention_facts
from kgdocs.link.outcome import UNKNOWN_PLACE, Citing, Outcome
from kgdocs.link.own import citing_of
from kgdocs.link.registers import RegisterRelation, add_rows, register_relations
from kgdocs.link.resolve import Resolver
from kgdocs.models import (
    Agency,
    Candidate,
    Evidence,
    Link,
    Linked,
    Reading,
    Reference,
    Relation,
    Status,
)


def link(readings: Iterable[Reading], rules: Rules) -> Linked:
    """Link all references of `readings`; the same readings in any order give the same result."""
    ordered = sorted(readings, key=lambda reading: reading.source.id)
    catalogue = Catalogue()
    resolver = Resolver(rules, catalogue)
    stated: list[RegisterRelation] = []
    skipped: dict[str, tuple[str, ...]] = {}
    for reading in ordered:
        found, left = add_rows(reading, resolver, catalogue, rules)
        stated += found
        skipped |= {reading.source.id: tuple(left)} if left else {}
    texts = [reading for reading in ordered if reading.extraction is not None]
    citing = {reading.source.id: citing_of(reading, resolver, catalogue, rules) for reading in texts}
    for stated_only in (True, False):
        for reading in texts:
            cited = citing[reading.source.id]
            introduced = _introduce(reading, cited, resolver, catalogue, stated=stated_only)
            citing[reading.source.id] = replace(cited, introduced=introduced)
    resolver.freeze()
    outcomes = {reading.source.id: _resolve_all(reading, citing[reading.source.id], resolver) for reading in texts}
    for reading in texts:
        _keep_facts(reading, outcomes[reading.source.id])
    named = (one for found in outcomes.values() for outcome in found for one in (outcome.entry, *outcome.candidates))
    catalogue.drop_unused(named)
    return replace(_finish(texts, citing, outcomes, stated, catalogue, resolver, rules), skipped=skipped)


def _introduce(
    reading: Reading, citing: Citing, resolver: Resolver, catalogue: Catalogue, *, stated: bool
) -> dict[str, frozenset[Key]]:
    """Make documents of the references that state code, place and year; return them by name for the text.

    With `stated`, only where the text itself names the office; those that take the place
    from the citing text come in a second pass, when all others are known.
    """
    introduced: dict[str, set[Key]] = {}
    listed = _listed_starts(reading)
    for reference in reading.extraction.references if reading.extraction else ():
        key, office = resolver.key(reference, citing.context) if not reference.is_self else (None, None)
        if stated and office and office.rule.place_bound and not office.stated:
            continue
        named = None if key or reference.is_self else resolver.names.named_key(reference)
        future = resolver.names.future_key(reference, citing.context)
        for name in (
            reference.name and name_key(reference.name),
            key and key.name,
            future and f"{reference.kind} {reference.type}",
        ):
            if name and (found := key or named or future):
                introduced.setdefault(name, set()).add(found)
        if key is not None:
            _coded_entry(reference, key, office, catalogue.add(key, "listed" if reference.start in listed else "cited"))
        elif named or future:
            status = "cited" if named else UNNUMBERED[reference.kind]
            catalogue.add(named or future, status).type = reference.type  # type: ignore[arg-type]
    return {name: frozenset(keys) for name, keys in introduced.items()}


def _coded_entry(reference: Reference, key: Key, office: Office | None, entry: Entry) -> None:
    """Note on an entry what a reference with a code tells of it."""
    entry.office = _better_office(entry.office, office)
    entry.type = reference.type if reference.label or not entry.type else entry.type
    if reference.code:
        entry.code, entry.number = str(reference.code), reference.code.number
    if reference.date and len(reference.date) == 10 and office and office.stated:
        entry.stated_dates.add(reference.date)


def _listed_starts(reading: Reading) -> set[int]:
    """Where the first reference of each item of an annexed list begins."""
    items = reading.layout.annex_items if reading.layout else ()
    references = reading.extraction.references if reading.extraction else ()
    firsts = (next((r.start for r in references if item.start <= r.start < item.end), None) for item in items)
    return {start for start in firsts if start is not None}


def _better_office(known: Office | None, found: Office | None) -> Office | None:
    """An office that a text names beats one read off the symbol; between equals the lower id stands."""
    if known is None or found is None:
        return known or found
    return min((known, found), key=lambda office: (not office.stated, not office.certain, office.id))


def _resolve_all(reading: Reading, citing: Citing, resolver: Resolver) -> list[Outcome]:
    """Resolve every reference of a text."""
    return [resolver.resolve(one, citing) for one in reading.extraction.references] if reading.extraction else []


def _keep_facts(reading: Reading, outcomes: Sequence[Outcome]) -> None:
    """Keep what each reference states about its document; only now, so that no text decides for another."""
    listed = _listed_starts(reading)
    for reference, outcome in zip(reading.extraction.references if reading.extraction else (), outcomes, strict=True):
        if outcome.entry is not None:
            mention_facts(reading, reference, outcome.entry, "annex" if reference.start in listed else "mention")


def _finish(
    texts: Sequence[Reading],
    citing: dict[str, Citing],
    outcomes: dict[str, list[Outcome]],
    stated: Sequence[RegisterRelation],
    catalogue: Catalogue,
    resolver: Resolver,
    rules: Rules,
) -> Linked:
    """Give ids and turn outcomes into links, agencies and relations."""
    known_facts(catalogue, rules)
    catalogue.assign_ids()
    names = {entry.key.place: place_name(entry.key.place, rules) for entry in catalogue.entries()}
    names[UNKNOWN_PLACE] = None
    agencies = _agencies(catalogue, rules)
    names |= {agency.id: agency.name for agency in agencies}
    found = tuple(documents(catalogue, names))
    relations: dict[tuple[str, str, str, Status], list[Evidence]] = {}
    for reading in texts:
        _relate(reading, citing[reading.source.id], outcomes[reading.source.id], relations)
    for relation in register_relations(stated, resolver, catalogue):
        relations.setdefault(relation[0], []).append(relation[1])
    _drop_mere_citations(relations)
    return Linked(
        documents=found,
        agencies=agencies,
        links={source: tuple(_link(outcome) for outcome in found_all) for source, found_all in outcomes.items()},
        own={source: cited.own.id for source, cited in citing.items() if cited.own},
        relations=tuple(_relation(key, evidence) for key, evidence in sorted(relations.items())),
    )


def _link(outcome: Outcome) -> Link:
    return Link(
        resolution=outcome.resolution,
        target_id=outcome.entry.id if outcome.entry else None,
        score=outcome.score,
        reason=outcome.reason,
        candidates=tuple(
            Candidate(document_id=entry.id, score=0.5, reason="Cùng số, ký hiệu hoặc tên.")
            for entry in outcome.candidates
        ),
    )


def _relate(
    reading: Reading,
    citing: Citing,
    outcomes: Sequence[Outcome],
    relations: dict[tuple[str, str, str, Status], list[Evidence]],
) -> None:
    """Turn the assertions of a text into edges between documents."""
    own = citing.own.id if citing.own else None
    for assertion in reading.extraction.relations if reading.extraction else ():
        source = outcomes[assertion.source].entry if assertion.source is not None else citing.own
        target = outcomes[assertion.target].entry
        if source is None or target is None or source.id == target.id:
            continue
        evidence = Evidence(
            source_id=reading.source.id,
            asserted_by=own,
            start=assertion.start,
            end=assertion.end,
            text=assertion.text,
            rule=assertion.rule,
        )
        relations.setdefault((source.id, target.id, assertion.type, assertion.status), []).append(evidence)


def _drop_mere_citations(relations: dict[tuple[str, str, str, Status], list[Evidence]]) -> None:
    """A document that carries another out also cites it: the stronger relation says it all."""
    stronger = {key[:2] for key in relations if key[2] != "cites" and key[3] == "asserted"}
    for key in [key for key in relations if key[2] == "cites" and key[:2] in stronger]:
        del relations[key]


def _relation(key: tuple[str, str, str, Status], evidence: Sequence[Evidence]) -> Relation:
    ordered = tuple(sorted(evidence, key=_evidence_order))
    return Relation(from_id=key[0], to_id=key[1], type=key[2], status=key[3], evidence=ordered)


def _evidence_order(evidence: Evidence) -> tuple[str, int, int, str]:
    return evidence.source_id, evidence.start, evidence.end, evidence.rule


def _agencies(catalogue: Catalogue, rules: Rules) -> tuple[Agency, ...]:
    found = {entry.office.id: entry.office for entry in catalogue.entries() if entry.office and entry.office.certain}
    return tuple(agency_row(office, rules) for _, office in sorted(found.items()))
