"""Whose document a node of the graph is: province, level, ladder, agency, and which unit of a step that makes."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from kgdocs.grammar import Rules
from kgdocs.grammar.chains import StepRule
from kgdocs.grammar.names import CENTRAL, level_at
from kgdocs.lineage.graph import AnyGraph
from kgdocs.models.days import first_day


@dataclass(frozen=True, slots=True)
class Seat:
    """The place path, level, ladder and rule of a document's agency; "" and None where they are not known."""

    place: str
    level: str | None
    ladder: str | None
    rule_id: str | None

    @property
    def province(self) -> str:
        """First part of the place path."""
        return self.place.split("/")[0]


class Offices:
    """Looks up the seats of the documents of one graph."""

    def __init__(self, graph: AnyGraph, rules: Rules) -> None:
        """Index what was read of each unit when first asked."""
        self._graph = graph
        self._rules = rules
        self.of = cache(self._of)
        self._read: dict[StepRule, dict[str, list[str]]] = {}

    def _of(self, one: str) -> Seat:
        node = self._graph.nodes[one]
        agency = node["agency_id"] or ""
        place, _, name = agency.rpartition("/")
        rule = self._rules.agencies.get(name)
        if rule is None:
            place, party = one.split("/")[0], "-" in (node["code"] or "").split("/")[0]
            ladder = "party" if party else "state" if node["code"] else None
            return Seat(place, node["level"], ladder, None)
        return Seat(place, node["level"] or rule.level, rule.ladder, rule.id)

    def unit(self, one: str, each: str) -> str:
        """Key of the unit that a document counts for in a step for each centre, province, department, district or commune."""
        seat = self.of(one)
        if each == "centre":
            return CENTRAL
        if each == "province":
            return seat.province
        if each == "department":
            return self._graph.nodes[one]["agency_id"] or one
        if seat.rule_id:
            return seat.place
        parts = one.split("/")
        return "/".join(parts[: 2 if level_at("/".join(parts[:2])) == "commune" or each == "district" else 3])

    def issued(self, key: str, step: StepRule, first: str, until: str) -> int:
        """Return how many documents read or listed of a unit are of the kind a step expects, letters apart, from one day until another."""
        if step not in self._read:
            self._read[step] = self._index(step)
        days = self._read[step].get(key, [])
        return max(0, bisect_right(days, until) - bisect_left(days, first))

    def may_fill(self, one: str, step: StepRule) -> bool:
        """True for a document of an agency and of a type that a step expects, or of a type that is not known."""
        kind = self._graph.nodes[one]["type"]
        return self._is_of(one, step) and (kind is None or kind in step.types)

    def _is_of(self, one: str, step: StepRule) -> bool:
        """True where a document's agency is one of those that a step is for."""
        seat = self.of(one)
        ours = not step.agencies or seat.rule_id in step.agencies or seat.rule_id is None or step.each == "district"
        return ours and seat.level == step.level and seat.ladder in step.ladders

    def _index(self, step: StepRule) -> dict[str, list[str]]:
        """Unit → days of its documents of a step's kind, the first that each may be of, in order."""
        found: dict[str, list[str]] = {}
        kinds = set(step.types) - {"cong_van"}
        for one, node in self._graph.nodes(data=True):
            fits = node["type"] in kinds and node["status"] in ("read", "listed") and node["issued_on"]
            if fits and self._is_of(one, step):
                found.setdefault(self.unit(one, step.each), []).append(first_day(node["issued_on"]))
        return {key: sorted(days) for key, days in found.items()}
