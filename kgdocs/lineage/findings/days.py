"""Findings about dates: conflicts, order of numbers, days off, documents of the future."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from kgdocs.lineage.findings.view import Place, View, called, day, since
from kgdocs.models import Document, Fact, Finding
from kgdocs.models.days import first_day, latest_day


def date_conflict(view: View) -> Iterator[Finding]:
    """DATE_CONFLICT: a day that is not the one shown, once per day, where the best origin states it."""
    for document in view.linked.documents:
        stated: dict[str, list[Fact]] = {}
        for fact in document.facts:
            if fact.field == "date" and len(fact.value) == 10:
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
    sides = {name: Place.of(one).as_side(one.value, one.origin) | {"source_id": one.source_id}
             for name, one in (("stated", here), ("known", known))}  # fmt: skip
    return view.finding(
        "DATE_CONFLICT", Place.of(here if here.source_id else known), document, since=since(document), details=sides,
        document=called(document), stated=day(here.value), by=view.origin(here.origin),
        known=day(known.value), by_known=view.origin(known.origin),
    )  # fmt: skip


def _stated_days(view: View) -> Iterator[tuple[Document, Fact]]:
    """Each document whose whole date a text states, with the fact that does: its own header first."""
    for document in view.linked.documents:
        facts = [
            fact
            for fact in document.facts
            if fact.field == "date" and fact.value == document.issued_on and fact.source_id in view.sources
        ]
        if facts and len(document.issued_on or "") == 10:
            yield document, min(facts, key=lambda fact: (fact.origin != "header", fact.origin != "annex"))


def days_off(view: View) -> Iterator[Finding]:
    """WEEKEND_DATE and NON_WORK_PERIOD: issued on a Saturday, a Sunday or a public holiday."""
    for document, fact in _stated_days(view):
        issued = date.fromisoformat(fact.value)
        known: dict[str, Any] = {"name": called(document), "date": day(fact.value), "since": since(document)}
        details = {"date": fact.value}
        if holiday := _holidays(issued.year).get(issued):
            yield view.finding("NON_WORK_PERIOD", Place.of(fact), document, holiday=holiday, details=details, **known)
        elif issued.weekday() > 4:
            word = ("thứ Bảy", "a Saturday") if issued.weekday() == 5 else ("Chủ nhật", "a Sunday")
            yield view.finding("WEEKEND_DATE", Place.of(fact), document, weekday=word, details=details, **known)


@cache
def _holidays(year: int) -> dict[date, str]:
    """Public holidays of Viet Nam in a year, with their names."""
    from holidays.countries.vietnam import Vietnam  # the whole package takes a second

    return dict(Vietnam(years=year, language="vi"))  # type: ignore[no-untyped-call]


def future_reference(view: View) -> Iterator[Finding]:
    """FUTURE_REFERENCE: a cited document dated after the citing one; drafts and planned ones have no date yet."""
    seen = set()
    for mention in view.mentions:
        own, target, found = mention.own, mention.target, mention.reference
        if own is None or target is None or not own.issued_on or found.is_self or own.id == target.id:
            continue
        stated = found.date or (str(found.code.year) if found.code and found.code.year else None) or target.issued_on
        if target.status in ("draft", "planned") or not stated or first_day(stated) <= latest_day(own.issued_on):
            continue
        if (own.id, target.id) not in seen:
            seen.add((own.id, target.id))
            yield view.about("FUTURE_REFERENCE", mention, date=day(stated), own=called(own), own_date=day(own.issued_on),
                             since=since(own), details={"date": stated, "own_date": own.issued_on})  # fmt: skip


def number_order(view: View) -> Iterator[Finding]:
    """NUMBER_ORDER: within one series a higher number bears an earlier date.

    Of a series as few documents as possible are named: those outside its longest part in order.
    """
    series: dict[tuple[str, ...], list[tuple[int, str, Document, Fact]]] = {}
    for document, fact in _stated_days(view):
        if key := _series(view, document):
            series.setdefault(key, []).append((int(document.number or 0), fact.value, document, fact))
    for _, members in sorted(series.items()):
        ordered = sorted(members, key=lambda one: (one[0], one[1]))
        kept = _longest_in_order([one[1] for one in ordered])
        for index, one in enumerate(ordered):
            if index not in kept:
                other = _nearest(ordered, index, kept)
                if other and (one[3].source_id or other[3].source_id):
                    yield _disorder(view, *sorted((one, other), key=lambda pair: -pair[0]), about=one[2])


def _series(view: View, document: Document) -> tuple[str, ...] | None:
    """What documents numbered together have in common: agency, symbol, year or Party term; None where that is not known."""
    issued, code, number = document.issued_on or "", document.code or "", document.number or ""
    if not document.agency_id or not number.isdigit() or len(issued) != 10:
        return None
    party = "-" in code.split("/")[0]
    symbol = code[len(number) :].lstrip("/-")
    place = document.agency_id.rsplit("/", 1)[0]
    level = document.level or "central"
    period = view.rules.terms.term(place, level, issued) if party else issued[:4]
    return (document.agency_id, symbol, period) if period else None


def _longest_in_order(days: Sequence[str]) -> set[int]:
    """Positions of a longest part whose days never fall; between equals the one with lower numbers.

    Patience sorting from the end, where a later card takes the place of an earlier one.
    """
    keys = [-date.fromisoformat(one).toordinal() for one in days]
    tails: list[int] = []
    below: dict[int, int | None] = {}
    for index in reversed(range(len(keys))):
        at = bisect_right([keys[tail] for tail in tails], keys[index])
        below[index] = tails[at - 1] if at else None
        tails[at : at + 1] = [index]
    kept, last = set(), tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = below[last]
    return kept


_Member = tuple[int, str, Document, Fact]


def _nearest(ordered: Sequence[_Member], index: int, kept: set[int]) -> _Member | None:
    """The kept document nearest in number with which one is out of order."""
    number, issued = ordered[index][:2]
    wrong = [
        ordered[i] for i in sorted(kept)
        if (ordered[i][0] < number and ordered[i][1] > issued) or (ordered[i][0] > number and ordered[i][1] < issued)
    ]  # fmt: skip
    return min(wrong, key=lambda one: abs(one[0] - number), default=None)


def _disorder(view: View, higher: _Member, lower: _Member, *, about: Document) -> Finding:
    sides = {
        "higher": Place.of(higher[3]).as_side(higher[1], higher[3].origin),
        "lower": Place.of(lower[3]).as_side(lower[1], lower[3].origin),
    }
    place = next(Place.of(one[3]) for one in (higher, lower) if one[2] is about)
    return view.finding(
        "NUMBER_ORDER", place, about, since=since(higher[2], lower[2]), details=sides, higher=called(higher[2]),
        higher_date=day(higher[1]), lower=called(lower[2]), lower_date=day(lower[1]),
    )  # fmt: skip
