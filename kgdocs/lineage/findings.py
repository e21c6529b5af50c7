"""Differences that a person should look at, stated neutrally, with the evidence of both sides (reference §6.5)."""

from collections.abc import Iterator, Sequence
from datetime import date

from kgdocs.grammar import Rules
from kgdocs.models import Document, Fact, Finding, Linked, Reading


def findings(linked: Linked, readings: Sequence[Reading], rules: Rules) -> tuple[Finding, ...]:
    """Return all findings about what was linked, by document and place."""
    paths = {reading.source.id: reading.source.path for reading in readings}
    found = [one for document in linked.documents for one in _date_conflicts(document, rules)]
    return tuple(sorted(found, key=lambda one: (one.document_id, one.code, paths.get(one.source_id, ""), one.start)))


def _date_conflicts(document: Document, rules: Rules) -> Iterator[Finding]:
    """DATE_CONFLICT: a day that is not the one shown, once per day, where the best origin states it."""
    stated: dict[str, list[Fact]] = {}
    for fact in document.facts:
        if fact.field == "date" and len(fact.value) == 10:
            stated.setdefault(fact.value, []).append(fact)
    shown = stated.pop(document.issued_on or "", None)
    if not shown:
        return
    known = _placed(shown)
    for facts in (stated[day] for day in sorted(stated)):
        here = _placed(facts)
        if here.source_id or known.source_id:  # what only patterns/ state twice is a matter for their tests
            yield _conflict(document, here, known, rules)


def _placed(facts: Sequence[Fact]) -> Fact:
    """The first fact that stands in a source; else the first."""
    return next((fact for fact in facts if fact.source_id), facts[0])


def _conflict(document: Document, here: Fact, known: Fact, rules: Rules) -> Finding:
    """The finding at the place that states another day, or at the place of the day shown where that has none."""
    rule = rules.findings["DATE_CONFLICT"]
    place = here if here.source_id else known
    return Finding(
        code=rule.id,
        severity=rule.severity,
        document_id=document.id,
        source_id=place.source_id or "",
        start=place.start,
        end=place.end,
        text=place.text,
        message=rule.message.format(
            document=document.code or document.title or document.id,
            stated=_day(here.value),
            by=rules.finding_origins[here.origin],
            known=_day(known.value),
            by_known=rules.finding_origins[known.origin],
        ),
        details={"stated": _side(here), "known": _side(known)},
    )


def _side(fact: Fact) -> dict[str, str | int | None]:
    """One side of a difference with its evidence."""
    return {
        "value": fact.value,
        "origin": fact.origin,
        "source_id": fact.source_id,
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
    }


def _day(iso: str) -> str:
    """A day as offices write it: 25/12/2023."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
