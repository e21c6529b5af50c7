"""Which agency is meant: by the name stated, else by the symbol, in the citing document's place.

`UBND`, `LĐTBXH` and `TU` are no issuers before a place and a level are known (reference §0).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.folding import name_key, scan_fold, slug
from kgdocs.grammar.lexicon import Hit
from kgdocs.grammar.names import CENTRAL, AgencyRule, PlaceRule, level_at
from kgdocs.link.offices import Context, Office
from kgdocs.models import Code

_REMEMBERED = 100_000
"""Names in their place and time whose office is remembered: most documents are cited many times."""
_LENGTH_OF_A_DAY = 10


class _Symbol(NamedTuple):
    """What of a code tells its office: number and year do not."""

    symbol: str
    family: str
    type_token: str | None
    agencies: tuple[str, ...]


class AgencyFinder:
    """Finds agencies by name and by symbol; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Index agencies by the codes they have in symbols."""
        self._rules = rules
        kinds = "|".join(re.escape(kind) for kind in rules.issuers.place_kinds)
        self._kind = re.compile(rf"(?<!\w)({kinds}|tp\.)\s{{1,3}}$", re.IGNORECASE)
        committees = "|".join(re.escape(word) for word in rules.issuers.committees)
        self._local = re.compile(
            rf"(?<!\w)(?P<kind>(?i:{committees}|(?:{kinds})(?!\s{{1,3}}[ủu][ỷy]\b)))\s{{1,3}}(?P<name>\w+(?:[ '’‘]\w+){{0,3}})"
        )
        self._committee_of = re.compile(rf"{any_of(rules.issuers.committees_of)}\Z", re.IGNORECASE)
        self._bare = {name_key(word): level for word, level in rules.issuers.bare.levels.items()}
        self._kinds = {kind.lower(): level for kind, level in rules.issuers.place_kinds.items()}
        self.commune_kinds = tuple(kind for kind, level in self._kinds.items() if level == "commune")
        smaller = "|".join(kind for kind, level in self._kinds.items() if level != "city")
        self._smaller_unit = re.compile(rf"\s{{1,3}}({smaller})(?!\w)", re.IGNORECASE)
        self._called: dict[tuple[str | None, str | None], list[PlaceRule]] = {}
        for place in rules.places.values():
            self._called.setdefault((place.name, place.province), []).append(place)
        days = [(one.valid_from, one.valid_to) for one in rules.places.values()]
        days += [(one.valid_from, one.valid_to) for one in rules.agencies.values()]
        limits = {*rules.units.began()} | {str(day) for interval in days for day in interval if day}
        self._limits = sorted({"0000-00-00", *limits})
        self._named = lru_cache(_REMEMBERED)(self._by_name)
        self._known = lru_cache(_REMEMBERED)(self._find)

    def find(self, issuer: str | None, code: Code | None, context: Context, day: str | None = None) -> Office | None:
        """Return the issuing office, None where neither name nor symbol tell one agency.

        `day` is when the document was issued, as far as known: agencies have their time.
        """
        when = day or (str(code.year) if code and code.year else None) or context.date
        symbol = _Symbol(code.symbol, code.family, code.type_token, code.agencies[:1]) if code else None
        return self._known(issuer, symbol, context.place, context.level, self._era(when))

    def _find(
        self, issuer: str | None, symbol: _Symbol | None, around: str | None, level: str | None, when: str | None
    ) -> Office | None:
        """The office of a name and a symbol, read in a place and a time."""
        place = self._then(around, when)
        named = self._named(issuer, place, when) if issuer else None
        if named:
            return named
        then = Context(place=place, level=level, date=when)
        return self._by_symbol(symbol, then, self.level_of(issuer))

    def _era(self, day: str | None) -> str | None:
        """The first day of the time in which places and agencies are those of `day`: what is not known in full stays as it is."""
        return self._limits[bisect_right(self._limits, day) - 1] if day and len(day) == _LENGTH_OF_A_DAY else day

    def level_of(self, issuer: str | None) -> str | None:
        """The level that a bare word tells ("Bộ", "Sở"); None for all other names."""
        return self._bare.get(name_key(issuer or ""))

    def _then(self, place: str | None, day: str | None) -> str | None:
        """A place, None where it was not there yet: An Giang of today issued nothing before 1/7/2025."""
        province = self._rules.places.get((place or "").split("/")[0])
        began = str(province.valid_from) if province and province.valid_from else ""
        return None if day and day < began[: len(day)] else place

    def is_code_of_agency(self, code: Code) -> bool:
        """True for a code whose first body a table knows: nobody else has it, but it may sit in many places."""
        return any(token in self._rules.codes.agencies for token in code.agencies[:1])

    def place_of(self, text: str, context: Context | None = None) -> str | None:
        """Return the path of the deepest place that `text` names, None where it names none.

        A district is looked for in the context's province, or the one named beside it: its
        name stands in many provinces, and many are named like a province ("xã Hòa Bình").
        """
        folded = scan_fold(text)
        day = context.date if context else None
        hits = [hit for hit in self._rules.place_names.find(folded) if not self._is_local(folded, hit)]
        known = [self._at_time(hit.entry.value, day) for hit in hits]
        province = next((path for path in known if "/" not in path), None)
        home = province or ((context.place or "").split("/")[0] if context else "")
        home = "" if home == CENTRAL else home
        units = [(kind, name) for kind, name, at in self._units(folded) if not any(h.start <= at < h.end for h in hits)]
        commune = next((unit for unit in units if unit[0] in self.commune_kinds), None)
        above = next((unit for unit in units if unit[0] not in self.commune_kinds), None)
        district = max((path for path in known if "/" in path), key=lambda path: path.count("/"), default=None)
        named = district is not None or above is not None
        path = (
            self._in_province(district, home, day) if district else self._unit_in(*above, home, day) if above else None
        )
        if commune is None or (path and path.count("/") > 1):
            return path if named else province
        if named:
            return f"{path}/{slug(commune[1])}" if path else None
        home = self._rules.units.province(*commune, day, home) or ""
        return f"{home}/{slug(' '.join(commune))}" if home else None

    def is_smaller_unit(self, issuer: str | None, name: str) -> bool:
        """True where an issuer names a unit of this name that is no city: it may lie in a province of another name."""
        units = self._units(scan_fold(issuer or ""))
        return any(slug(own) == slug(name) and self._kinds.get(kind) not in ("city", "town") for kind, own, _ in units)

    def _units(self, folded: str) -> Iterator[tuple[str, str, int]]:
        """Kind, proper name and place of the name of each smaller unit that a text names."""
        agencies = list(self._rules.agency_names.find(folded))
        for match in self._local.finditer(folded):
            at = match.start("name")
            inside = any(hit.start <= at < hit.end for hit in agencies)  # "Lao động - Thương binh và XÃ HỘI"
            if not inside and (name := _proper_name(match.group("name"))):
                yield match.group("kind").lower(), name, at

    def _unit_in(self, kind: str, name: str, home: str, day: str | None) -> str | None:
        """The path of a district that no table knows; a city that is named like a province lies in it."""
        if self._kinds.get(kind) in ("city", "town"):
            provinces = (place for place in self._rules.places.values() if not place.province and not place.district)
            own = next((place.id for place in provinces if place.name == name), None)
            if own:
                return f"{own}/{slug(name)}"
        home = self._rules.units.province(kind, name, day, home) or ""
        if name.isdigit():
            name = f"{kind} {name}"
        return f"{home}/{slug(name)}" if home else self._only_district(name)

    def _in_province(self, district: str, home: str, day: str | None) -> str | None:
        """A district by its name in the province that is known; without one, where no other has the name."""
        rule = self._rules.places[district]
        known = self._rules.units.province(rule.kind, rule.name, day, home)
        if known or home:
            return f"{known}/{district.split('/', 1)[1]}" if known else None
        return None if rule.shared else district

    def _only_district(self, name: str) -> str | None:
        """The one known district of a name ("Huyện ủy An Biên"), None where several provinces have it."""
        ids = [place.id for place in self._rules.places.values() if place.province and slug(place.name) == slug(name)]
        return ids[0] if len(ids) == 1 and not self._rules.places[ids[0]].shared else None

    def _is_local(self, folded: str, hit: Hit) -> bool:
        """True for a province's bare name behind the kind of a smaller unit: "xã Hòa Bình"."""
        rule = self._rules.places[hit.entry.value]
        kind = self._kind.search(folded[max(0, hit.start - 12) : hit.start])
        if kind is None or rule.province or rule.district:
            return False
        return not (kind.group(1).lower() in ("thành phố", "tp", "tp.") and rule.kind == "thành phố")

    def _at_time(self, path: str, day: str | None) -> str:
        """The place that bore this name on a day: An Giang before 1/7/2025 is not An Giang after."""
        known = self._rules.places.get(path)
        if known is None or not day:
            return path
        same = self._called[known.name, known.province]
        fitting = [
            p
            for p in same
            if str(p.valid_from or "")[: len(day)] <= day and (p.valid_to is None or day < str(p.valid_to)[: len(day)])
        ]
        return fitting[0].id if len(fitting) == 1 else path

    def _by_name(self, issuer: str, around: str | None, day: str | None) -> Office | None:
        """The agency of a name, read in a place and a time."""
        folded = scan_fold(issuer)
        hit = next(self._rules.agency_names.find(folded), None)
        if hit is None:
            return None
        rule = self._rules.agencies[hit.entry.value]
        if not rule.place_bound:
            return Office(rule=rule, place=CENTRAL, stated=True)
        if organ := self._organ(folded, hit):
            return Office(rule=rule, place=None, stated=True, unplaced=organ)
        place = self.place_of(folded, Context(place=around, date=day))
        if place is None and (unit := next(self._units(folded), None)):
            return Office(rule=rule, place=None, stated=True, unplaced=unit[1])
        smaller = self._smaller_unit.match(folded, hit.end) if rule.level == "province" else None
        level = rule.level
        if smaller:  # "Liên đoàn Lao động huyện"
            level = "commune" if smaller.group(1).lower() in self.commune_kinds else "district"
        return Office(rule=rule, place=place or _at_level(around, level), stated=True)

    def _organ(self, folded: str, hit: Hit) -> str | None:
        """The organ whose Party committee is named ("Đảng ủy Sở Y tế"): each has its own, none is the commune's."""
        if not self._committee_of.match(folded, hit.start, hit.end):
            return None
        organ = next(self._rules.agency_names.find(folded[hit.end :].strip()), None)
        return folded[hit.end :].strip() if organ and not organ.start else None

    def _by_symbol(self, code: _Symbol | None, context: Context, level: str | None) -> Office | None:
        """The agency that the symbol names: a central one, else one at the place and level of the context.

        A `level` that a bare word tells ("của Bộ") leaves only the agencies of that level.
        """
        named = [rule for rule in self._symbol_rules(code) if level in (None, rule.level)]
        kind = self._rules.types.get(self._rules.type_of_token.get(code.type_token or "", "")) if code else None
        if kind and kind.central_only and code and code.family != "party":
            named = [rule for rule in named if not rule.place_bound]
        rules = [
            rule for rule in named if _existed(rule, context.date)
        ] or named  # what a dissolved body issued is told
        free = [rule for rule in rules if not rule.place_bound]
        bound = [rule for rule in rules if rule.place_bound]
        if bound and (context.place is not None or not free):
            rule = next((rule for rule in bound if rule.level == context.level), bound[0])
            peers = {peer.id for peer in bound if peer.level == rule.level}
            place = (
                context.place
                if rule.id in self._rules.agencies_of_every_level
                else _at_level(context.place, rule.level)
            )
            return Office(rule=rule, place=place, stated=False, certain=len(peers) == 1)
        if bound and len(free) == 1 and context.level == "central":  # what is local is named with its place there
            return Office(rule=free[0], place=CENTRAL, stated=False, by_level=True)
        one_seat = len(free) == 1 or (code is not None and code.family == "party")
        if free and not bound and one_seat:
            return Office(rule=free[0], place=CENTRAL, stated=False, certain=len(free) == 1)
        return None

    def _symbol_rules(self, code: _Symbol | None) -> list[AgencyRule]:
        """Agencies whose code is the first that the symbol names."""
        if code is None:
            return []
        if code.family == "national_assembly":
            tokens = [match.group()] if (match := re.search(r"UBTVQH|ĐĐQH|QH", code.symbol)) else []
        else:
            tokens = list(code.agencies[:1])
        return [rule for token in tokens for rule in self._rules.agencies_of_code.get(token, ())]


def _proper_name(words: str) -> str:
    """The leading capitalised words, or a number: "Đông Anh về việc" → "Đông Anh", "5, quận Gò Vấp" → "5"."""
    if (first := words.split()[0]).isdigit():
        return first
    return " ".join(takewhile(lambda word: word[0].isupper(), words.split()))


def _existed(rule: AgencyRule, day: str | None) -> bool:
    """True where an agency existed on a day, or in the year or month that is all that is known of it."""
    if day is None:
        return rule.valid_to is None
    began = str(rule.valid_from)[: len(day)] if rule.valid_from else ""
    ended = str(rule.valid_to)[: len(day)] if rule.valid_to else "9999"
    return began <= day and (day < ended or (day == ended and len(day) < 10))


def _at_level(place: str | None, level: str) -> str | None:
    """The part of a place path that a body of `level` belongs to; None where the path is too short."""
    if place is None or level == "central":
        return place
    parts = place.split("/")
    paths = ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return next((path for path in paths if level_at(path) == level), None)
