"""What makes two mentions mean one document: place, number with symbol, and year or Party term (reference §1.8).

A code alone is no key: `UBND` is in every province, and Party numbers run through a term.
"""

import re
from typing import NamedTuple

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key, name_key
from kgdocs.grammar.names import CENTRAL, KnownDocument, level_at
from kgdocs.grammar.recent import Recent
from kgdocs.link.offices import Office
from kgdocs.models import Code

NORMATIVE = ":qppl"
"""End of the name of a code of the normative series."""
SHARED_SERIES = ("luat", "nghi_quyet", "phap_lenh")
"""Types of the National Assembly whose codes look alike: 121/2020/QH14 may be a law or a resolution."""

_REMEMBERED = 50_000
"""Names that are remembered: most codes are cited many times."""


class Key(NamedTuple):
    """Identity of a document; `period` is the year of issue or the Party term, "" where it is not known."""

    place: str
    name: str
    period: str
    family: str = "code"


class Identifier:
    """Makes keys of codes; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Note which symbols are those of Party committees."""
        self._rules = rules
        committees = (rule for rule in rules.agencies.values() if rule.ladder == "party")
        self._committees = frozenset(token for rule in committees for token in rule.codes)
        self._names: Recent[str] = Recent(_REMEMBERED)

    def period(self, code: Code, place: str, day: str | None, year: str | None = None, term: str | None = None) -> str:
        """Year of issue, or the term of a Party committee; "" where it cannot be told.

        `day` is the date stated (ISO, whole or in part), `year` a year stated alone, `term` a
        congress named ("XII"). In the season of a committee's congress the year stands.
        """
        stated = (day or "") or (year or "")
        if code.family != "party" or not self._committees.intersection(code.agencies[:1]):
            return str(code.year or stated[:4])
        named = self._rules.terms.of_ordinal(place, term) if term else None
        known = named or (self._rules.terms.term(place, level_at(place), stated) if stated else None)
        return known or (stated[:4] if len(stated) == 10 else "")

    def two_terms(self, code: Code, place: str, day: str | None, term: str | None) -> tuple[str, ...]:
        """The term that is named beside a Party code and the one in which its date falls, where they are two; else none."""
        if not term or not day:
            return ()
        named, dated = self.period(code, place, None, term=term), self.period(code, place, day)
        return (named, dated) if named and "-" in dated and named != dated else ()

    def key(self, code: Code, place: str, period: str, type_id: str | None, office: Office | None = None) -> Key:
        """Identity of a document with a code."""
        return Key(place, self.name(code, type_id, office), period)

    def name(self, code: Code, type_id: str | None, office: Office | None = None) -> str:
        """What all spellings of one code have in common, without place and period.

        Laws and resolutions share symbols, so their type counts; of a joint document only the
        lead body, whose series it is, counts: the others are abbreviated at will (reference §1.5).
        """
        parts = (code.number, code.symbol, code.year is None, code.family, code.type_token, code.agencies)
        asked = (parts, type_id, office and (office.rule.id, office.stated))
        return self._names.of(asked, lambda: self._name(code, type_id, office))

    def _name(self, code: Code, type_id: str | None, office: Office | None) -> str:
        """As `name`, which remembers what was asked: most codes are cited many times."""
        kind = self._series(code, type_id)
        rule = self._rules.types.get(type_id or "")
        if code.family == "party" and rule and rule.party_series:
            kind = rule.id
        number = re.sub(r"^0+(?=\w)", "", code.number.lower())
        symbol = code_key("0" + self._symbol(code, office))
        return f"{number}|{symbol}" + (f":{kind}" if kind else NORMATIVE if is_normative(code, self._rules) else "")

    def _series(self, code: Code, type_id: str | None) -> str:
        """Which of the series of the National Assembly a code is of; "" where its symbol or nothing tells."""
        if code.family != "national_assembly":
            return ""
        kind = self._rules.type_of_token.get(code.type_token or "") or type_id
        return "luat" if kind == "bo_luat" else kind if kind in SHARED_SERIES else ""

    def _symbol(self, code: Code, office: Office | None) -> str:
        """The symbol with its issuer spelt one way: "SLĐTBXH" and "LĐTBXH" of one department are one."""
        lead = code.agencies[0] if code.agencies else ""
        one = lead
        if office and lead in office.rule.codes:
            one = office.rule.codes[0]
        elif office and office.stated and {lead, *office.rule.codes} <= self._rules.department_codes:
            one = next(iter(office.rule.codes), lead)  # "5/BC-SNV" of Sở Ngoại vụ is none of Sở Nội vụ
        elif len(bodies := self._rules.agencies_of_code.get(lead, ())) == 1:
            one = bodies[0].codes[0]  # "56-LCT/HĐNN8", whose header names Quốc hội
        if code.family == "joint":
            return f"{code.type_token}-{one}"
        if code.family == "national_assembly" and self._series(code, None):
            return code.symbol.removeprefix(f"{code.type_token}-")  # "04/2012/PL-UBTVQH13" is "04/2012/UBTVQH13"
        return code.symbol.replace(lead, one, 1) if lead else code.symbol

    def central(self, printed: str, type_id: str | None, day: str | None) -> tuple[Key, Code] | None:
        """Key of a document of the centre that patterns/ tells by its code; None where the code is none."""
        found = self._rules.codes.parse(printed)
        if found is None:
            return None
        return self.key(found.code, CENTRAL, self.period(found.code, CENTRAL, day), type_id), found.code


def is_of_two_series(code: Code, type_id: str | None) -> bool:
    """True for a code of the National Assembly without its type: a law may have it, and a resolution."""
    return code.family == "national_assembly" and code.type_token is None and type_id is None


def is_normative(code: Code, rules: Rules) -> bool:
    """True for a code with its year, of a type that the same office numbers in a second series without."""
    kind = rules.types.get(rules.type_of_token.get(code.type_token or "") or "")
    return code.year is not None and kind is not None and kind.two_series


def key_of_title(title: str, place: str, period: str, family: str) -> Key:
    """Identity of what has a title and no code."""
    return Key(place, name_key(title), period, family)


def key_of_known(document: KnownDocument) -> Key:
    """Identity of a well-known document that has no code."""
    return key_of_title(document.title, CENTRAL, str(document.date or "")[:4], "title")
