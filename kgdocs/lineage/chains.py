"""The graph → for each directive the steps that should follow it, and what fills each (reference §6.1–6.3).

A step is done, late, planned or missing only on evidence; all else is unknown, with the
reason. "Missing" needs documents of that agency, of the kind expected, read from the time after
the document that it should carry out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kgdocs.grammar import Rules
from kgdocs.grammar.chains import ChainRule, StepRule
from kgdocs.grammar.names import CENTRAL
from kgdocs.lineage.filling import ACTS, Filler, Walk, heads, naming
from kgdocs.lineage.gaps import REMEMBERED, Gap, Gaps
from kgdocs.lineage.graph import AnyGraph
from kgdocs.lineage.offices import Offices
from kgdocs.lineage.practice import Practice, delay_days
from kgdocs.lineage.reach import Reach
from kgdocs.lineage.reasons import Reasons, Told
from kgdocs.lineage.units import Unit, Units
from kgdocs.models import ChainStep, StatedDeadline, StepState
from kgdocs.models.days import days_between, first_day

_READ = ("read", "listed")
MAX_EVIDENCE = 3


class Chains:
    """Computes chains over one graph; `deadlines` are what the texts themselves state.

    Where the graph is that of a day, `whole` is that of all days: it tells which places a directive
    comes to concern, so that a chain shows what was not yet there. `observed` are the delays of all documents
    where the graph is but a part of them.
    """

    def __init__(
        self, graph: AnyGraph, rules: Rules, deadlines: Iterable[StatedDeadline] = (), whole: "AnyGraph | None" = None,
        observed: Iterable[int] | None = None,
    ) -> None:  # fmt: skip
        """Index the graph by place and unit, and measure the delays that it shows."""
        self._graph = graph
        self._whole = graph if whole is None else whole
        self._rules = rules
        self._heads = {chain.id: heads(chain) for chain in rules.chains.chains}
        self._units = Units(rules)
        self._offices = Offices(graph, rules)
        self._owners = self._offices if whole is None else Offices(whole, rules)
        self._acting = lru_cache(REMEMBERED)(self._acts_on)
        self._reach = Reach(self._whole, lambda one: self._owners.of(one).province)
        self._deadlines: dict[str, list[StatedDeadline]] = {}
        for one in deadlines:
            self._deadlines.setdefault(one.document_id, []).append(one)
        practice = Practice(delay_days(graph) if observed is None else observed, rules.chains)
        self._reasons = Reasons(graph, self._units, practice, rules.chains)
        self._gaps = Gaps(graph, self._offices, practice, self._reasons, rules.chains)
        read = (node["issued_on"] for _, node in graph.nodes(data=True) if node["status"] in _READ)
        self._newest = max((first_day(day) for day in read if day), default="")

    def all(self, horizon: str | None = None) -> tuple[ChainStep, ...]:
        """Return the steps of all directives; `horizon` is the day on which they are judged, by default the newest read."""
        return tuple(step for steps in self.by_directive(horizon) for step in steps)

    def by_directive(self, horizon: str | None = None) -> Iterator[tuple[ChainStep, ...]]:
        """Yield the steps of each directive, in the order of their ids; `horizon` as in `all`."""
        day = horizon or self._newest
        for one in sorted(self._graph):
            if steps := tuple(self.of(one, day)):
                yield steps
                self._acting.cache_clear()  # of the most cited documents it holds tens of thousands of relations
                self._gaps.forget()

    def of(self, directive: str, horizon: str) -> Iterator[ChainStep]:
        """Yield the steps of one document; nothing where it is no directive that concerns a known place."""
        chain = self._chain_of(directive)
        places = self._places(directive, chain) if chain else []
        if chain is None or not places:
            return
        centre = Walk(directive, chain, CENTRAL)
        for step in chain.steps:
            if step.each == "centre":
                yield from self._step(step, centre, horizon)
        for place, acts in places:
            walk = Walk(directive, chain, place, acts, dict(centre.filled))
            for step in chain.steps:
                if step.each != "centre":
                    yield from self._step(step, walk, horizon)

    def _chain_of(self, one: str) -> ChainRule | None:
        """The chain that a document starts, None where it starts none: what carries out another directive is a step."""
        node = self._whole.nodes[one]
        if node["status"] in ("draft", "planned"):
            return None
        found = self.kind_of(one)
        if found and found.local:
            acts = (data for _, _, data in self._whole.out_edges(one, data=True))
            if any(data["type"] == "implements" and data["status"] == "asserted" for data in acts):
                return None
        return found

    def kind_of(self, one: str) -> ChainRule | None:
        """Return the first chain that begins with documents of this kind, whatever this one carries out."""
        return next((rule for rule in self._rules.chains.chains if self._starts(one, rule)), None)

    def _starts(self, one: str, chain: ChainRule) -> bool:
        """True where a document is of the kind that a chain begins with."""
        node, office = self._whole.nodes[one], self._owners.of(one)
        if node["type"] not in chain.types or office.level != chain.level or office.ladder != chain.ladder:
            return False
        if chain.issuers and office.rule_id not in chain.issuers:
            return False
        named = any(word in (node["title"] or "").lower() for word in chain.titles)
        return not chain.titles or node["type"] == "chi_thi" or named or self._is_acted_on(one)

    def _is_acted_on(self, one: str) -> bool:
        """True where another document carries it out, reports on it or reviews it."""
        return any(data["type"] in ACTS for _, _, data in self._whole.in_edges(one, data=True))

    def _places(self, directive: str, chain: ChainRule) -> list[tuple[str, bool]]:
        """The provinces that a directive concerns, and whether their documents act on it or only name it."""
        if chain.local:
            return [(self._owners.of(directive).province, True)] if self._is_acted_on(directive) else []
        act = set(self._reach.of(directive))
        name = {self._owners.of(source).province for source in naming(self._whole, directive)}
        return sorted((place, place in act) for place in act | name if place in self._rules.places)

    def _step(self, step: StepRule, walk: Walk, horizon: str) -> Iterator[ChainStep]:
        """The rows of one step in one place."""
        begun = self._graph.nodes[walk.directive]["issued_on"]
        if step.until and begun and first_day(begun) >= str(step.until):
            return
        fillers = sorted(self._fillers(step, walk), key=self._order)
        walk.filled[step.id] = [one for one in fillers if one.status == "asserted"]
        by_unit: dict[str, list[Filler]] = {}
        for one in fillers:
            by_unit.setdefault(self._offices.unit(one.document_id, step.each), []).append(one)
        units = (
            {} if step.found_only else {u.key: u for u in self._units.of(step, walk.place, first_day(begun or horizon))}
        )
        for key, found in by_unit.items():
            unit = units.pop(key, None)
            for one in found if step.every else found[:1]:
                yield self._filled(step, walk, unit if unit and unit.agency else self._unit_of(one, key), one)
        for unit in units.values():
            if not (step.every and fillers):
                yield self._open(step, walk, unit, horizon)
        if not by_unit and not units and not step.found_only:
            yield self._unlisted(step, walk)

    def _fillers(self, step: StepRule, walk: Walk) -> Iterator[Filler]:
        """Documents of the step's agencies in the place that act on the directive or on what fills an earlier step."""
        targets = {walk.directive} if "directive" in step.carries_out else set()
        for name in step.carries_out:
            targets |= {one.document_id for one in walk.filled.get(name, ())}
        seen: dict[str, Filler] = {}
        for target in targets if len(targets) == 1 else self._by_role(targets, step, walk):
            for source, data in self._acting(target).get(walk.place, ()):
                if data["type"] in step.relations and self._fits(step, source, walk):
                    filler = Filler(source, target, data["status"], data["evidence"])
                    if source not in seen or seen[source].status != "asserted" == data["status"]:
                        seen[source] = filler
        yield from seen.values()

    def _acts_on(self, target: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
        """Province → its documents with a relation to a document, and the relation: a directive has those of all provinces."""
        found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for source, _, data in self._graph.in_edges(target, data=True):
            found.setdefault(self._offices.of(source).province, []).append((source, data))
        return found

    def _by_role(self, targets: Iterable[str], step: StepRule, walk: Walk) -> list[str]:
        """What a step may carry out, the nearest step first, those of one step by their ids."""
        return sorted(targets, key=lambda one: (step.carries_out.index(self._role(one, walk)), one))

    def _role(self, one: str, walk: Walk) -> str:
        """The step that a document fills, or "directive"."""
        return next(
            (name for name, found in walk.filled.items() if any(f.document_id == one for f in found)), "directive"
        )

    def _fits(self, step: StepRule, one: str, walk: Walk) -> bool:
        """True where a document of the place is of the agency and type that a step asks for."""
        node, office = self._graph.nodes[one], self._offices.of(one)
        if step.types and node["type"] not in step.types:
            return False
        if step.level and office.level != step.level:
            return False
        if (step.ladders and office.ladder not in step.ladders) or office.rule_id in step.not_agencies:
            return False
        if step.each == "department":
            return office.rule_id not in self._heads[walk.chain.id]
        return (
            not step.agencies
            or office.rule_id in step.agencies
            or office.rule_id is None
            or step.level in ("district", "commune")
        )

    def _order(self, one: Filler) -> tuple[bool, bool, str, str]:
        """Asserted before planned, dated before undated, earlier before later."""
        day = self._graph.nodes[one.document_id]["issued_on"] or ""
        return one.status != "asserted", not day, day, one.document_id

    def _unit_of(self, one: Filler, key: str) -> Unit:
        """The unit of a document that no table expected."""
        node = self._graph.nodes[one.document_id]
        return Unit(key, node["agency_id"], node["issuer"] or self._units.place_name(key))

    def _filled(self, step: StepRule, walk: Walk, unit: Unit, one: Filler) -> ChainStep:
        """A step that a document fills, or is to fill, or that a text says nobody has taken."""
        node, begun = self._graph.nodes[one.document_id], self._graph.nodes[walk.directive]["issued_on"]
        due = self._deadline(step, walk)
        days = days_between(begun, node["issued_on"])
        state: StepState
        if one.status == "negated":
            told, state = self._reasons.denied(one.evidence), "missing"
        elif one.status == "planned" or node["status"] in ("draft", "planned"):
            told, state = self._reasons.planned(node["status"], one.evidence), "planned"
        elif (days_between(self._graph.nodes[one.target_id]["issued_on"], node["issued_on"]) or 0) < 0:
            told, state = self._reasons.earlier(one), "unknown"
        else:
            late = due is not None and node["issued_on"] and first_day(node["issued_on"]) > due.deadline.due
            told, state = self._reasons.done(due, days, step, node["issued_on"]), "late" if late else "done"
        return replace(
            self._row(step, walk, unit, state, told),
            agency=node["agency_id"] or unit.agency,
            document_id=None if state == "missing" else one.document_id,
            days=days if state in ("done", "late") else None,
            carries_out=one.target_id,
            evidence=tuple(one.evidence[:MAX_EVIDENCE]),
        )

    def _open(self, step: StepRule, walk: Walk, unit: Unit, horizon: str) -> ChainStep:
        """A step that nothing fills: missing where documents of that unit were looked through, else unknown."""
        if not step.required:
            return self._row(step, walk, unit, "unknown", self._reasons.optional(step))
        if self._waits(step, walk):
            return self._row(step, walk, unit, "unknown", self._reasons.waiting(walk.place))
        gap = Gap(step, unit, walk.directive, self._nearest(step, walk), walk.acts)
        state, told, evidence = self._gaps.judge(gap, self._deadline(step, walk), horizon)
        return replace(self._row(step, walk, unit, state, told), evidence=tuple(evidence[:MAX_EVIDENCE]))

    def _waits(self, step: StepRule, walk: Walk) -> bool:
        """True for a lower level where nothing of the province that is to carry a central directive out was seen."""
        lower = step.each in ("district", "commune") and not walk.chain.local
        return lower and self._nearest(step, walk) == walk.directive

    def _row(self, step: StepRule, walk: Walk, unit: Unit, state: StepState, told: Told) -> ChainStep:
        """A step with nothing in it."""
        due = self._deadline(step, walk)
        return ChainStep(
            directive_id=walk.directive,
            chain=walk.chain.id,
            step=step.id,
            place=walk.place,
            agency=unit.agency,
            agency_name=unit.name,
            document_id=None,
            state=state,
            days=None,
            deadline=due.deadline.due if due else None,
            basis=told[0],
            basis_en=told[1],
            required=step.required,
            direct=step.direct,
            carries_out=self._nearest(step, walk),
        )

    def _unlisted(self, step: StepRule, walk: Walk) -> ChainStep:
        """A step of units that no table lists for the place."""
        unit = Unit(walk.place, None, f"{step.name}, {self._units.place_name(walk.place)}")
        return self._row(step, walk, unit, "unknown", self._reasons.unlisted(walk.place))

    def _nearest(self, step: StepRule, walk: Walk) -> str:
        """The document that a step should carry out: that of the nearest step before it, else the directive."""
        for name in step.carries_out:
            if found := walk.filled.get(name):
                return found[0].document_id
        return walk.directive

    def _deadline(self, step: StepRule, walk: Walk) -> StatedDeadline | None:
        """The deadline that the nearest document above states for such a step, None where none does."""
        if not self._deadlines:
            return None
        above = [one.document_id for name in step.carries_out for one in walk.filled.get(name, ())]
        for one in (*above, walk.directive):
            for stated in self._deadlines.get(one, ()):
                limit = stated.deadline
                to = set(limit.audience) & set(step.audience) or not limit.audience or not step.audience
                if limit.task == step.task and not limit.recurring and to:
                    return stated
        return None
