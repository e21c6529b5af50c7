"""Who should take a step: the units of a province at a time, from the dated tables of patterns/ (reference §6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kgdocs.grammar import Rules
from kgdocs.grammar.chains import StepRule
from kgdocs.grammar.names import CENTRAL, AgencyRule, PlaceRule, with_place


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that takes a step: the id that tells it from others, its agency's id where that is known, its name."""

    key: str
    agency: str | None
    name: str
    until: str | None = None
    """The first day (ISO) on which it was there no more, None where it goes on."""


class Units:
    """The units of each province; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Keep the tables of agencies and places."""
        self._rules = rules
        self._names: dict[tuple[str, str], str] = {}
        self._below: dict[tuple[str, int], list[PlaceRule]] = {}
        for place in rules.places.values():
            path = place.id.split("/")
            self._below.setdefault((path[0], len(path)), []).append(place)

    def of(self, step: StepRule, province: str, day: str) -> list[Unit]:
        """Return the units that should take a step in a province on a day (ISO); none where no table lists them."""
        if step.each == "centre":
            return [Unit(CENTRAL, None, step.name)]
        if step.each == "province":
            return [self._provincial(step, province)]
        if step.each == "department":
            rules = [rule for rule in self._rules.departments if _valid(rule, day)]
            return [
                Unit(f"{province}/{rule.id}", f"{province}/{rule.id}", self.name_of(rule, province)) for rule in rules
            ]
        return list(self._local(step, province, day))

    def name_of(self, rule: AgencyRule, place_id: str) -> str:
        """An agency named with its place: "Ủy ban nhân dân huyện An Biên"; remembered, for chains ask it of each directive."""
        known = self._names.get((rule.id, place_id))
        if known is None:
            known = self._names[rule.id, place_id] = self._name_of(rule, place_id)
        return known

    def _name_of(self, rule: AgencyRule, place_id: str) -> str:
        place = self._rules.places.get(place_id)
        if place is None:
            return rule.name
        if rule.ladder == "party" and place.province:
            return f"{' '.join(rule.name.split()[:2])} {place.name}"
        return with_place(rule.name, place)

    def place_name(self, place_id: str) -> str:
        """A province with its kind: "tỉnh Kiên Giang"."""
        if place_id == CENTRAL:
            return "Trung ương"
        place = self._rules.places.get(place_id)
        return f"{place.kind} {place.name}" if place else place_id

    def _provincial(self, step: StepRule, province: str) -> Unit:
        """The body of a province that should act; none is named where any may."""
        rule = self._rules.agencies.get(step.agencies[0]) if step.agencies else None
        if rule is None:
            return Unit(province, None, self.place_name(province))
        place = self._rules.places.get(province)
        ends = [str(one.valid_to) for one in (place, rule) if one and one.valid_to]
        return Unit(province, f"{province}/{rule.id}", self.name_of(rule, province), min(ends, default=None))

    def _local(self, step: StepRule, province: str, day: str) -> Iterator[Unit]:
        """Districts, or communes, of a province."""
        depth = 2 if step.each == "district" else 3
        rule = self._rules.agencies[step.agencies[0]]
        for place in self._below.get((province, depth), ()):
            if _valid(place, day):
                own = self._committee(place) if "party" in step.ladders and step.each == "district" else rule
                ends = [str(day) for day in (place.valid_to, own.valid_to, step.until) if day]
                yield Unit(place.id, f"{place.id}/{own.id}", self.name_of(own, place.id), min(ends, default=None))

    def _committee(self, place: PlaceRule) -> AgencyRule:
        """The Party committee of a district, by the kind of the district."""
        ids = {"quận": "quan-uy", "thị xã": "thi-uy", "thành phố": "thanh-uy-thuoc-tinh"}
        return self._rules.agencies[ids.get(place.kind, "huyen-uy")]


def _valid(rule: AgencyRule | PlaceRule, day: str) -> bool:
    """True where an agency or place was there on a day."""
    return (not rule.valid_from or str(rule.valid_from) <= day) and (not rule.valid_to or day < str(rule.valid_to))
