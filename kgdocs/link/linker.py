"""All readings → documents, links and relations; the result does not depend on their order.

First everything that a text states with certainty becomes a document: the texts themselves,
rows of registers, items of annexed lists, references with code, place and year. Then every
reference climbs the ladder, and the relations follow the links.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kgdocs.grammar import Rules
from kgdocs.link.agency_links import AgencyLinker
from kgdocs.link.catalogue import UNNUMBERED, Catalogue, Entry
from kgdocs.link.decisions import Decisions, decide
from kgdocs.link.facts import mention_facts
from kgdocs.link.finish import finish, listed_starts, origin_of
from kgdocs.link.gathered import gathered
from kgdocs.link.identity import Key, is_of_two_series
from kgdocs.link.known import add_known
from kgdocs.link.offices import Office
from kgdocs.link.outcome import AllOutcomes, Citing, Introduced, Outcomes, corrected
from kgdocs.link.own import citing_of
from kgdocs.link.registers import add_rows, add_targets, untold_targets
from kgdocs.link.resolve import Resolver
from kgdocs.link.stated import RegisterRelation, Resolved
from kgdocs.link.told import Told
from kgdocs.models import Code, Document, Joined, Linked, Reading, Readings, Reference, RowFault


def link(readings: Iterable[Reading], rules: Rules, known: Sequence[Document] = ()) -> Linked:
    """Link all references of `readings`, as `join` does; what each of them says is at hand too."""
    found = Readings(readings)
    return gathered(join(found, rules, known), found)


def join(readings: Readings, rules: Rules, known: Sequence[Document] = ()) -> Joined:
    """Link all references of `readings`; the same readings in any order give the same result.

    `known` are documents that a database has: they may be meant, and keep their ids. Those that are not meant
    are not among the documents that come back.

    Decisions of persons name documents by ids, which are known when all is linked: with
    decisions all is linked once without and once with them.
    """
    corrections = [reading for reading in readings.lists() if reading.corrections]
    catalogue, joined = _join(readings, rules, Decisions(), known)
    if corrections:
        decisions = decide(corrections, catalogue.entries(), joined.redirects)
        del catalogue, joined  # each takes as much as what comes now
        _, joined = _join(readings, rules, decisions, known)
        joined = replace(joined, skipped={**joined.skipped, **decisions.faults()})
    return joined


def _join(
    readings: Readings, rules: Rules, decisions: Decisions, known: Sequence[Document]
) -> tuple[Catalogue, Joined]:
    """Link all references of readings, as far as it is not decided already; each text is gone through several times."""
    catalogue = Catalogue(decisions.same, readings.text_of)
    resolver = Resolver(rules, catalogue)
    add_known(known, resolver, catalogue)
    stated, skipped = _rows(readings, resolver, catalogue, rules)
    citing = {reading.source.id: citing_of(reading, resolver, catalogue, rules) for reading in readings.texts()}
    for stated_only in (True, False):
        for reading in readings.texts():
            cited = citing[reading.source.id]
            introduced = _introduce(reading, cited, resolver, catalogue, stated=stated_only)
            citing[reading.source.id] = replace(cited, introduced=introduced)
    resolver.freeze()
    outcomes = AllOutcomes(catalogue.entry)
    for reading in readings.texts():
        source = reading.source.id
        outcomes.keep(source, _resolve_all(reading, citing[source], resolver, catalogue, decisions))
    told = Told(rules, AgencyLinker(rules, resolver.agencies))
    for reading in readings.texts():
        source, found = reading.source.id, outcomes.of(reading.source.id)
        _keep_facts(reading, found, catalogue.sources.number(source))
        told.add(reading, citing[source], found)
    catalogue.drop_unused(chain(outcomes.documents(), (cited.own for cited in citing.values())))
    joined = finish(Resolved(citing, outcomes, stated), told, catalogue, resolver, decisions)
    for source, fault in untold_targets(stated, resolver, catalogue):
        skipped[source] = (*skipped.get(source, ()), fault)
    return catalogue, replace(joined, skipped=skipped)


def _rows(
    readings: Readings, resolver: Resolver, catalogue: Catalogue, rules: Rules
) -> tuple[list[RegisterRelation], dict[str, tuple[RowFault, ...]]]:
    """Make documents of the rows of all registers; returns the relations that they state, and by source what was not understood."""
    stated: list[RegisterRelation] = []
    skipped: dict[str, tuple[RowFault, ...]] = {}
    for reading in readings.lists():
        found, left = add_rows(reading, resolver, catalogue, rules)
        stated += found
        skipped |= {reading.source.id: tuple(left)} if left else {}
    add_targets(stated, resolver, catalogue)
    return stated, skipped


def _introduce(
    reading: Reading, citing: Citing, resolver: Resolver, catalogue: Catalogue, *, stated: bool
) -> Introduced:
    """Make documents of the references that state code, place and year; return them by name for the text.

    With `stated`, only where the text itself names the office; those that take the place
    from the citing text come in a second pass, when all others are known.
    """
    introduced: dict[str, set[Key]] = {}
    listed = listed_starts(reading)
    for reference in reading.extraction.references if reading.extraction else ():
        key, office = resolver.key(reference, citing.context) if not citing.names_itself(reference) else (None, None)
        if (reference.code and _may_be_another(reference.code, reference.type, resolver)) or (
            stated and office and office.rule.place_bound and not office.stated
        ):
            continue
        named = (
            None if key or citing.names_itself(reference) else resolver.names.named_key(reference, citing.context.date)
        )
        future = resolver.names.future_key(reference, citing)
        printed = resolver.identify.name(reference.code, reference.type) if reference.code else None
        found = key or named or future
        if found is None:
            continue
        if key is not None:
            entry = catalogue.add(key, "listed" if reference.start in listed else "cited", printed)
            _coded_entry(reference, key, office, entry)
        else:
            entry = catalogue.add(found, "cited" if named else UNNUMBERED[reference.kind])
            entry.type = reference.type
        names = (
            reference.name and resolver.rules.known.key(reference.name),
            key and key.name,
            printed,
            future and f"{reference.kind} {reference.type}",
        )
        for name in filter(None, names):
            introduced.setdefault(name, set()).add(entry.key if entry.key == found else found)
    return Introduced(introduced)


def _may_be_another(code: Code, type_id: str | None, resolver: Resolver) -> bool:
    """True for a code that makes no document before all others are known: it may be one of theirs."""
    return resolver.spellings.is_weak(code) or is_of_two_series(code, type_id)


def _coded_entry(reference: Reference, key: Key, office: Office | None, entry: Entry) -> None:
    """Note on an entry what a reference with a code tells of it."""
    entry.office = _better_office(entry.office, office)
    entry.type = reference.type if reference.label or not entry.type else entry.type
    if reference.code:
        entry.code, entry.number = str(reference.code), reference.code.number
    if reference.date and len(reference.date) == 10 and office and office.stated:
        entry.date_of_office(reference.date)


def _better_office(known: Office | None, found: Office | None) -> Office | None:
    """An office that a text names beats one read off the symbol; between equals the lower id stands."""
    if known is None or found is None or known is found:
        return known or found
    return min((known, found), key=lambda office: (not office.stated, not office.certain, office.id))


def _resolve_all(
    reading: Reading, citing: Citing, resolver: Resolver, catalogue: Catalogue, decisions: Decisions
) -> Outcomes:
    """Resolve every reference of a text; what a person decided goes before what follows from the texts."""
    references = reading.extraction.references if reading.extraction else ()
    outcomes = []
    for reference, titled in zip(references, _titled(references), strict=True):
        outcome = resolver.resolve(reference, citing, titled)
        if meant := decisions.meant(reading, reference):
            decision, key = meant
            outcome = corrected(catalogue.add(key, "cited"), decision.reason)
        elif outcome.entry and (parting := decisions.parted(reference, outcome.entry)):
            own, _ = resolver.key(reference, citing.context)
            printed = resolver.identify.name(reference.code, reference.type) if reference.code else None
            outcome = corrected(catalogue.add(own, "cited", printed) if own else None, parting.reason)
        outcomes.append(outcome)
    return outcomes


def _titled(references: Sequence[Reference]) -> Iterator[str | None]:
    """For each reference the day of the document in whose title it stands, of several the one named last; None elsewhere."""
    around: list[tuple[int, str]] = []
    for reference in references:
        around = [one for one in around if reference.start < one[0]]
        yield around[-1][1] if around else None
        if reference.date and len(reference.date) == 10 and reference.extent > reference.facts_end:
            around.append((reference.extent, reference.date))


def _keep_facts(reading: Reading, outcomes: Outcomes, source: int) -> None:
    """Keep what each reference of a source states about its document; only now, so that no text decides for another."""
    listed = listed_starts(reading)
    for reference, outcome in zip(reading.extraction.references if reading.extraction else (), outcomes, strict=True):
        entry = outcome.entry
        if entry is None or reference.is_self:
            continue
        entry.type = entry.type or reference.type
        if reference.code and not entry.code:
            entry.code, entry.number = str(reference.code), reference.code.number
        mention_facts(reference, entry, origin_of(reference, listed), source)
