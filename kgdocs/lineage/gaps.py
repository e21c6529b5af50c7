"""What may be said of a step that nothing fills: missing, or unknown and why (reference §6.2, design §5).

All is counted from the document that the step should carry out, not from the directive at the
head of the chain: before a Party committee has issued its plan nobody can carry that plan out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kgdocs.grammar.chains import ChainsFile, StepRule
from kgdocs.lineage.graph import AnyGraph
from kgdocs.lineage.offices import Offices
from kgdocs.lineage.practice import Practice
from kgdocs.lineage.reasons import Reasons, Told
from kgdocs.lineage.units import Unit
from kgdocs.models import StatedDeadline, StepState
from kgdocs.models.days import first_day

REMEMBERED = 256
"""Documents whose relations are remembered while the places and units below them are gone through."""
EvidenceRows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A required step of one unit that no document is known to fill."""

    step: StepRule
    unit: Unit
    directive: str
    target: str
    """Id of the document that the step should carry out."""
    acts: bool
    """False where the place only names the directive."""


class Gaps:
    """Judges the gaps of one graph."""

    def __init__(
        self, graph: AnyGraph, offices: Offices, practice: Practice, reasons: Reasons, limits: ChainsFile
    ) -> None:
        """Keep what was read, how long it usually takes, and the limits of patterns/chains.yml."""
        self._graph = graph
        self._offices = offices
        self._practice = practice
        self._reasons = reasons
        self._limits = limits
        self._naming = lru_cache(REMEMBERED)(self._by_unit)

    def judge(self, gap: Gap, due: StatedDeadline | None, horizon: str) -> tuple[StepState, Told, EvidenceRows]:
        """Return the state on the day `horizon` (ISO), the reason, and the evidence where a text at least names the target."""
        begun = self._graph.nodes[gap.target]["issued_on"]
        if not begun:
            return "unknown", self._reasons.undated(gap.target), ()
        first, until = first_day(begun), self._until(begun, gap.unit)
        seen = self._offices.issued(gap.unit.key, gap.step, first, until)
        if seen < (1 if gap.acts else self._limits.named_at_least):
            return "unknown", self._reasons.unread(gap.unit, begun, until, seen), ()
        expected = due.deadline.due if due else self._practice.expected_by(begun)
        if gap.unit.until and expected and expected >= gap.unit.until:
            return "unknown", self._reasons.ended(gap.unit, due, expected), ()
        if expected is None or horizon <= expected:
            return "unknown", self._reasons.not_due(due, expected), ()
        if named := self._named(gap):
            return "unknown", self._reasons.named(*named), named[2]
        return "missing", self._reasons.missing(seen, gap.unit, begun, until, due), ()

    def forget(self) -> None:
        """Let go the relations that were asked for, when another directive follows."""
        self._naming.cache_clear()

    def _until(self, begun: str, unit: Unit) -> str:
        """Until when a document of the unit counts as a sign that its documents were read."""
        until = (date.fromisoformat(first_day(begun)) + timedelta(days=self._limits.within)).isoformat()
        return min(until, unit.until or until)

    def _by_unit(self, target: str, step: StepRule) -> dict[str, tuple[str, EvidenceRows]]:
        """Unit → the first document of it, fit for a step, that has a relation to a document, and its evidence.

        Asked for each unit: a directive is named by the documents of all.
        """
        edges = [(source, data) for source, _, data in self._graph.in_edges(target, data=True)]
        found: dict[str, tuple[str, EvidenceRows]] = {}
        for source, data in sorted(edges, key=lambda edge: (edge[0], f"{edge[1]['type']}:{edge[1]['status']}")):
            if data["status"] == "asserted" and self._offices.may_fill(source, step):
                found.setdefault(self._offices.unit(source, step.each), (source, data["evidence"]))
        return found

    def _named(self, gap: Gap) -> tuple[str, str, EvidenceRows] | None:
        """A document of the unit, fit for the step, that names what is to be carried out without a word of carrying it out."""
        for target in dict.fromkeys((gap.target, gap.directive)):
            if named := self._naming(target, gap.step).get(gap.unit.key):
                return named[0], target, named[1]
        return None
