"""Findings about dates: conflicts, order of numbers, days off, documents of the future."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kgdocs.lineage.findings.view import Mention, Place, View, called, day, since
from kgdocs.models import Document, Fact, Finding
from kgdocs.models.days import first_day, latest_day

_BEFORE = 80
"""Characters in front of a citation that tell whether it is only announced."""


def date_conflict(view: View) -> Iterator[Finding]:
    """DATE_CONFLICT: a day that is not the one shown, once per day, where the best origin states it."""
    twins: dict[str, set[str | None]] = {}
    for document_id, *sides in view.twins:  # told as DUPLICATE_CODE
        twins.setdefault(document_id, set()).update(side.source_id for side in sides)
    for document in view.documents.values():
        stated: dict[str, list[Fact]] = {}
        told = twins.get(document.id, set())
        for fact in document.facts_of("date"):
            of_draft = fact.origin == "header" and fact.source_id in view.drafts
            of_twin = fact.origin == "header" and fact.source_id in told and fact.value != document.issued_on
            if len(fact.value) == 10 and not (of_draft or of_twin):
                stated.setdefault(fact.value, []).append(fact)
        shown = stated.pop(document.issued_on or "", None)
        if not shown:
            continue
        known = _placed(shown)
        for facts in (stated[one] for one in sorted(stated)):
            here = _placed(facts)
            if here.source_id or known.source_id:  # what only patterns/ state twice is a matter for their tests
                yield _conflict(view, document, here, known)


def _placed(facts: Sequence[Fact]) -> Fact:
    """The first fact that stands in a source; else the first."""
    return next((fact for fact in facts if fact.source_id), facts[0])


def _conflict(view: View, document: Document, here: Fact, known: Fact) -> Finding:
    """The finding at the place that states another day, or at the place of the day shown where that has none."""
    sides = {name: Place.of(one).as_side(one.value, one.origin) for name, one in (("stated", here), ("known", known))}
    return view.finding(
        "DATE_CONFLICT", Place.of(here if here.source_id else known), document, since=since(document), details=sides,
        document=called(document), stated=day(here.value), by=view.origin(here.origin),
        known=day(known.value), by_known=view.origin(known.origin),
    )  # fmt: skip


def days_off(view: View) -> Iterator[Finding]:
    """WEEKEND_DATE and NON_WORK_PERIOD: issued on a Saturday, a Sunday or a public holiday."""
    for document, fact in view.stated_days:
        issued = date.fromisoformat(fact.value)
        known: dict[str, Any] = {"name": called(document), "date": day(fact.value), "since": since(document)}
        details = {"date": fact.value}
        if holiday := _holidays(issued.year).get(issued):
            yield view.finding("NON_WORK_PERIOD", Place.of(fact), document, holiday=holiday, details=details, **known)
        elif issued.weekday() > 4:
            word = view.word("saturday" if issued.weekday() == 5 else "sunday")
            yield view.finding("WEEKEND_DATE", Place.of(fact), document, weekday=word, details=details, **known)


@cache
def _holidays(year: int) -> dict[date, str]:
    """Public holidays of Viet Nam in a year, with their names."""
    from holidays.countries.vietnam import Vietnam  # the whole package takes a second

    return dict(Vietnam(years=year, language="vi"))  # type: ignore[no-untyped-call]


def future_reference(view: View) -> Iterator[Finding]:
    """FUTURE_REFERENCE: a cited document dated after the citing one; drafts and planned ones have no date yet."""
    for mention in view.mentions:
        own, target, found = mention.own, mention.target, mention.reference
        if own is None or target is None or not own.issued_on or found.is_self or own.id == target.id:
            continue
        if found.kind in ("draft", "planned"):
            continue
        stated = found.date or (str(found.code.year) if found.code and found.code.year else None) or target.issued_on
        if target.status in ("draft", "planned") or not stated or first_day(stated) <= latest_day(own.issued_on):
            continue
        if not _is_announced(view, mention) and view.is_first("FUTURE_REFERENCE", target.id, own.id):
            yield view.about("FUTURE_REFERENCE", mention, date=day(stated), own=called(own), own_date=day(own.issued_on),
                             since=since(own, target) or since(own), details={"date": stated, "own_date": own.issued_on})  # fmt: skip


def _is_announced(view: View, mention: Mention) -> bool:
    """True where the words before a citation say that the document is still to be issued ("dự kiến ban hành")."""
    start = mention.reference.start
    before = mention.reading.source.text[max(0, start - _BEFORE) : start]
    return re.search(view.rules.finding_terms.announced.pattern, before, re.IGNORECASE) is not None


class Numbered(NamedTuple):
    """A document of a series with its number and its day."""

    number: int
    issued: str
    document: Document


def number_order(view: View) -> Iterator[Finding]:
    """NUMBER_ORDER: within one series a higher number bears an earlier date.

    Of a series as few documents as possible are named: those outside its longest part in order.
    """
    series: dict[tuple[str, ...], list[Numbered]] = {}
    for document, fact in view.stated_days:
        if key := _series(view, document):
            series.setdefault(key, []).append(Numbered(int(document.number or 0), fact.value, document))
    for _, members in sorted(series.items()):
        ordered = sorted(members, key=lambda one: (one.number, one.issued))
        kept = _longest_in_order([one.issued for one in ordered])
        for index, one in enumerate(ordered):
            if index not in kept and (other := _nearest(one, [ordered[at] for at in sorted(kept)])):
                yield _disorder(view, *sorted((one, other), key=lambda pair: -pair.number), about=one)


def _series(view: View, document: Document) -> tuple[str, ...] | None:
    """What documents numbered together have in common: agency, symbol, year or Party term; None where that is not known."""
    issued, code, number = document.issued_on or "", document.code or "", document.number or ""
    if not document.agency_id or not number.isdigit() or len(issued) != 10:
        return None
    agency = view.agencies.get(document.agency_id)
    party = agency is not None and agency.ladder == "party"  # "25-HĐBT" of 1989 is numbered by the year
    symbol = code[len(number) :].lstrip("/-")
    place = document.agency_id.rsplit("/", 1)[0]
    level = document.level or "central"
    period = view.rules.terms.term(place, level, issued) if party else issued[:4]
    shared = (
        document.type or "" if re.match(r"QH\d", symbol.rpartition("/")[2]) else ""
    )  # its laws and resolutions count apart
    return (document.agency_id, shared, symbol, period) if period else None


def _longest_in_order(days: Sequence[str]) -> set[int]:
    """Positions of a longest part whose days never fall; between equals the one with lower numbers.

    Patience sorting from the end, where a later card takes the place of an earlier one.
    """
    keys = [-date.fromisoformat(one).toordinal() for one in days]
    tails: list[int] = []
    below: dict[int, int | None] = {}
    for index in reversed(range(len(keys))):
        at = bisect_right(tails, keys[index], key=keys.__getitem__)
        below[index] = tails[at - 1] if at else None
        tails[at : at + 1] = [index]
    kept, last = set(), tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = below[last]
    return kept


def _nearest(one: Numbered, kept: Sequence[Numbered]) -> Numbered | None:
    """The document nearest in number with which one is out of order."""
    wrong = [
        other
        for other in kept
        if (other.number < one.number and other.issued > one.issued)
        or (other.number > one.number and other.issued < one.issued)
    ]
    return min(wrong, key=lambda other: abs(other.number - one.number), default=None)


def _disorder(view: View, higher: Numbered, lower: Numbered, *, about: Numbered) -> Finding:
    facts = {one: fact for one in (higher, lower) if (fact := view.stated_day(one.document))}
    sides = {
        name: Place.of(facts[one]).as_side(one.issued, facts[one].origin)
        for name, one in (("higher", higher), ("lower", lower))
    }
    return view.finding(
        "NUMBER_ORDER", Place.of(facts[about]), about.document, since=since(higher.document, lower.document), details=sides,
        higher=called(higher.document), higher_date=day(higher.issued),
        lower=called(lower.document), lower_date=day(lower.issued),
    )  # fmt: skip
