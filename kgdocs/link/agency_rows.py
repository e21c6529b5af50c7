"""Offices as the database keeps agencies: named with their place, with the interval in which both existed."""

from datetime import date

from kgdocs.grammar import Rules
from kgdocs.grammar.names import CENTRAL, with_place
from kgdocs.link.offices import Office
from kgdocs.models import Agency


def agency_row(office: Office, rules: Rules) -> Agency:
    """The agency as the database keeps it, named with its place."""
    place = rules.places.get(office.place or "")
    base = rules.agencies[office.rule.form_of].name if office.rule.form_of else office.rule.name
    name = with_place(base, place) if place and office.rule.place_bound else base
    return Agency(
        id=office.id,
        name=name,
        level=office.level,
        ladder=office.rule.ladder,
        place=place_name(office.place, rules),
        valid_from=_latest(office.rule.valid_from, place.valid_from if place else None),
        valid_to=_earliest(office.rule.valid_to, place.valid_to if place else None),
    )


def place_name(path: str | None, rules: Rules) -> str | None:
    """What people call a place path: "Kiên Giang", "An Mẫu, Sông Mẫu", "Trung ương"."""
    if path is None:
        return None
    if path == CENTRAL:
        return "Trung ương"
    parts = path.split("/")
    paths = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    names = (
        rules.places[p].name if p in rules.places else rules.units.name(p) or p.split("/")[-1] for p in reversed(paths)
    )
    return ", ".join(names)


def _latest(first: date | None, second: date | None) -> date | None:
    return max(filter(None, (first, second)), default=None)


def _earliest(first: date | None, second: date | None) -> date | None:
    return min(filter(None, (first, second)), default=None)
