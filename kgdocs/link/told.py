"""What all texts and registers state together, gathered text by text before the documents have ids."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgdocs.grammar import Rules
from kgdocs.link.agency_links import AgencyLinker
from kgdocs.link.catalogue import Entry
from kgdocs.link.edges import StatedEdges
from kgdocs.link.merge import PROVISIONAL
from kgdocs.link.outcome import Citing, Outcomes
from kgdocs.link.stated import Stated, asserted_by
from kgdocs.link.validity import Ending, StatedDay, days_stated, may_end
from kgdocs.models import Deadline, Reading


@dataclass(slots=True)
class Told:
    """How often each relation is stated, and what else must be known of all texts before anything is finished."""

    rules: Rules
    linker: AgencyLinker
    edges: StatedEdges = field(default_factory=StatedEdges)
    tellers: dict[int, list[Entry]] = field(default_factory=dict)
    """Draft or planned document → the documents that speak of what it does."""
    days: list[StatedDay] = field(default_factory=list)
    ending: list[Ending] = field(default_factory=list)
    deadlines: list[tuple[Entry, str, Deadline]] = field(default_factory=list)
    """Document, source and deadline."""

    def add(self, reading: Reading, citing: Citing, outcomes: Outcomes) -> None:
        """Note what a text states."""
        for source, target, one, partial in asserted_by(reading, citing, outcomes, self.rules):
            self.edges.add(source.serial, target.serial, one.type, one.status)
            if source.status in PROVISIONAL and citing.own:
                self.tellers.setdefault(source.serial, []).append(citing.own)
            if may_end(one.type, one.status, partial=partial):
                self.ending.append(Ending(source, target, reading.source.id, one.start, one.end, one.text))
        self.days += days_stated(reading, citing, outcomes)
        self.linker.add(reading, citing, outcomes)
        if citing.own and reading.extraction:
            self.deadlines += [(citing.own, reading.source.id, one) for one in reading.extraction.deadlines]

    def add_stated(self, stated: Iterable[Stated]) -> None:
        """Note what the rows of registers state."""
        for one in stated:
            self.edges.add(one.source.serial, one.target.serial, one.type, one.status)
            proof = one.evidence
            if may_end(one.type, one.status):
                place = (proof.source_id, proof.start, proof.end, proof.text)
                self.ending.append(Ending(one.source, one.target, *place, by_register=True))
