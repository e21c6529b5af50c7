"""What a mention states, compared part by part with what others state of the document that it is linked to.

A part is confirmed or differs only against a source other than the mention itself: the
document's own header, an annex, a register, patterns/, else other texts.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key, name_key
from kgdocs.grammar.recent import Recent
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import Entry
from kgdocs.link.offices import UNKNOWN_PLACE, Context, Office
from kgdocs.link.statements import Sources
from kgdocs.link.titles import TitleJudge
from kgdocs.models import Code, Fact, Part, PartState, Reference

_SURE = frozenset({"header", "annex", "register", "patterns"})
_SAID = frozenset({"mention", "text", "computed", "correction"})
_FIELDS = ("code", "date", "issuer", "title")
_OWN_TITLES = frozenset({"header", "register"})
_REMEMBERED = 20_000
"""Comparisons that are remembered: a document is mostly cited in the same words."""


class Verifier:
    """Compares mentions with what is known of their documents; made once per build, when all facts are kept."""

    def __init__(self, rules: Rules, agencies: AgencyFinder) -> None:
        """Keep the limits of likeness and the agencies."""
        self._rules = rules
        self._titles = TitleJudge(rules)
        self._general = frozenset(map(name_key, rules.finding_terms.any_organ))
        self._speaks = re.compile(rules.finding_terms.speaks_for.pattern, re.IGNORECASE)
        self._agencies = agencies
        self._parts: Recent[tuple[Part, ...]] = Recent(_REMEMBERED)

    def parts(self, reference: Reference, entry: Entry, *, is_sure: bool) -> tuple[Part, ...]:
        """Number, symbol, date, issuer and title of a mention; `is_sure` where it is itself an item of an annex."""
        one = reference
        asked = (id(entry), one.code, one.date, one.issuer, one.title, one.name, one.kind == "numbered", is_sure)
        return self._parts.of(asked, lambda: self._compared(one, entry, is_sure=is_sure))

    def _compared(self, reference: Reference, entry: Entry, *, is_sure: bool) -> tuple[Part, ...]:
        """As `parts`, which remembers: most documents are cited many times in the same words."""
        told = _told(entry)
        code = _known(told["code"], str(reference.code) if reference.code else None, is_sure=is_sure)
        sure_codes = code if told["code"][0] else []
        date, issuer, title = (
            _known(told[name], getattr(reference, name), is_sure=is_sure) for name in ("date", "issuer", "title")
        )
        return (
            *_code_parts(reference.code, sure_codes),
            _part("date", reference.date, date, _same_day),
            self._issuer(reference.issuer, issuer, entry),
            self._title_part(reference, title),
        )

    def _title_part(self, reference: Reference, known: Sequence[str]) -> Part:
        """The title, or the name by which a law with a number is called."""
        if reference.title or reference.code is None or reference.name is None:
            return self._title(reference.title, known, is_numbered=reference.kind == "numbered")
        return self._law_name(reference.name, str(reference.code), known)

    def _law_name(self, name: str, code: str, known: Sequence[str]) -> Part:
        """The name of a law: another law's name, or one unlike the known title, differs."""
        laws = self._rules.known
        others = [one for one in laws.called(name) if one.code]
        state: PartState = "unknown"
        if laws.key(name) in map(laws.key, known) or any(one.code == code for one in others):
            state = "confirmed"
        elif known and (others or not any(self._titles.are_alike(name, title) for title in known)):
            state = "differs"
        return Part(name="title", state=state, stated=name, known=tuple(known[:1]))

    def _issuer(self, stated: str | None, known: Sequence[str], entry: Entry) -> Part:
        """One body under two names is confirmed: "UBND tỉnh" and "Chủ tịch UBND tỉnh Kiên Giang".

        Who only speaks for a body ("Phó Thủ tướng", "Chủ tịch Quốc hội") neither is it nor contradicts it.
        """
        if stated is None or not known or (stated not in known and self._speaks.match(stated)):
            return Part(name="issuer", state="unknown", stated=stated, known=tuple(known[:3]))
        office = self._office(stated, entry)
        offices = [self._office(name, entry) for name in known]
        if stated in known or any(office and other and _one_body(office, other) for other in offices):
            return Part(name="issuer", state="confirmed", stated=stated, known=tuple(known[:3]))
        is_general = name_key(stated) in self._general or any(name_key(name) in self._general for name in known)
        state: PartState = "differs" if office and any(offices) and not is_general else "unknown"
        return Part(name="issuer", state=state, stated=stated, known=tuple(known[:3]))

    def _office(self, name: str, entry: Entry) -> Office | None:
        """The office that a name means for a document of that place."""
        place = entry.place if entry.place != UNKNOWN_PLACE else None
        return self._agencies.find(name, None, Context(place=place))

    def _title(self, stated: str | None, known: Sequence[str], *, is_numbered: bool) -> Part:
        """Titles are often shortened: between alike and different nothing is said."""
        if stated is None or not known:
            return Part(name="title", state="unknown", stated=stated, known=tuple(known[:1]))
        state = self._titles.state(stated, known, is_numbered=is_numbered)
        return Part(name="title", state=state, stated=stated, known=tuple(known[:1]))

    def twins(self, entry: Entry, sources: Sources) -> tuple[Fact, Fact] | None:
        """Two titles that sources which hold or list the document give it, and that cannot be of one; None where all agree."""
        if len(entry.told("title", _OWN_TITLES)) < 2:
            return None
        facts = [fact for fact in entry.all_facts(sources).of("title") if fact.origin in _OWN_TITLES]
        titles = sorted(facts, key=lambda fact: (fact.origin == "header", fact.source_id or "", fact.start))
        for index, first in enumerate(titles):
            for second in titles[index + 1 :]:
                if first.source_id != second.source_id and not self._titles.are_alike(first.value, second.value):
                    return first, second
        return None


def _told(entry: Entry) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Field → how often sure sources and how often other texts state each value."""
    found: dict[str, tuple[Counter[str], Counter[str]]] = {name: (Counter(), Counter()) for name in _FIELDS}
    for field, value, origin, count in entry.statements():
        if field in found and (origin in _SURE or origin in _SAID):
            found[field][origin in _SAID][value] += count
    return found


def _known(told: tuple[Counter[str], Counter[str]], own: str | None, *, is_sure: bool) -> list[str]:
    """Values of a field that others than a mention state, from sure sources where there are any, most stated first."""
    sure = _without(told[0], own if is_sure else None)
    found = sure or _without(told[1], own if not is_sure else None)
    return [value for value, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def _without(counts: Counter[str], own: str | None) -> Counter[str]:
    """The counts less the one that the mention itself adds."""
    return counts - Counter([own]) if own else counts


def _code_parts(code: Code | None, known: Sequence[str]) -> Iterator[Part]:
    """Number and symbol against the spelling that a sure source has."""
    if code is None or not known:
        yield from (
            Part(name=name, state="unknown", stated=None, known=tuple(known[:1])) for name in ("number", "symbol")
        )
        return
    same_number = any(one.lstrip("0").startswith(f"{code.number.lstrip('0')}{mark}") for one in known for mark in "/-")
    same = code_key(str(code)) in {code_key(one) for one in known}
    stated = str(code)
    yield Part(name="number", state="confirmed" if same_number else "differs", stated=stated, known=tuple(known[:1]))
    yield Part(name="symbol", state="confirmed" if same else "differs", stated=stated, known=tuple(known[:1]))


def _part(name: str, stated: str | None, known: Sequence[str], same: Callable[[str, str], bool]) -> Part:
    """One part compared by `same`."""
    if stated is None or not known:
        return Part(name=name, state="unknown", stated=stated, known=tuple(known[:3]))  # type: ignore[arg-type]
    state: PartState = "confirmed" if any(same(stated, one) for one in known) else "differs"
    return Part(name=name, state=state, stated=stated, known=tuple(known[:3]))  # type: ignore[arg-type]


def _same_day(stated: str, known: str) -> bool:
    """True for one day, as far as both are known: "2024" and "2024-02-20"."""
    return stated.startswith(known) or known.startswith(stated)


def _one_body(first: Office, second: Office) -> bool:
    """True for one agency of one place; the organs of a local Party committee are one body, those of the centre are not."""
    if first.id == second.id:
        return True
    party = first.rule.ladder == second.rule.ladder == "party" and first.rule.level != "central"
    return party and first.place == second.place and first.rule.level == second.rule.level
