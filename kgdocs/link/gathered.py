"""What was linked, with all that single texts say at hand: for a few texts, as a draft that is checked."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from kgdocs.link.stated import evidence_order
from kgdocs.models import AgencyRelation, Evidence, Joined, Linked, Readings, Relation


def gathered(joined: Joined, readings: Readings) -> Linked:
    """What was linked, with all that its texts say at hand."""
    texts = {reading.source.id: joined.texts.of(reading) for reading in readings.texts()}
    evidence = _by_number(joined.evidence, *(text.evidence for text in texts.values()))
    of_agencies = _by_number(*(text.agency_evidence for text in texts.values()))
    return Linked(
        documents=tuple(replace(document, facts=tuple(document.facts)) for document in joined.documents),
        agencies=joined.agencies,
        links={source: text.links for source, text in texts.items()},
        own=joined.own,
        relations=tuple(
            Relation(from_id=source, to_id=target, type=kind, status=status, evidence=evidence[number])
            for number, (source, target, kind, status) in enumerate(joined.edges, 1)
        ),
        agency_relations=tuple(
            AgencyRelation(from_id=key[0], agency=name, agency_id=agency, type=key[1], evidence=of_agencies[number])
            for (key, number), (name, agency, _) in zip(
                joined.agency_edges.items(), joined.agencies_stated, strict=True
            )
        ),
        redirects=joined.redirects,
        collisions=joined.collisions,
        twins=joined.twins,
        skipped=joined.skipped,
        deadlines=joined.deadlines,
    )


def _by_number(*found: Iterable[tuple[int, Evidence]]) -> dict[int, tuple[Evidence, ...]]:
    """Number of a relation → its evidence, in order."""
    told: dict[int, list[Evidence]] = {}
    for number, evidence in chain.from_iterable(found):
        told.setdefault(number, []).append(evidence)
    return {number: tuple(sorted(one, key=evidence_order)) for number, one in told.items()}
