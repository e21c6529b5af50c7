"""The facts stated beside a mention: date, year, issuer, title behind it, provision before it.

Everything is read from the scan-folded text, whose offsets are those of the text itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.models import Span

_LOOSE = re.compile(r"[\s,(–-]{0,6}")
_PROPER = re.compile(r"\s{1,3}(\w+)")
_YEAR = re.compile(r"(?:năm\s{1,3})?(?P<year>(?:19|20)[0-9]{2})(?![\w/-]|\.[0-9])")
_WORD = re.compile(r"\s{0,3}(?:[-–&]\s{0,3})?[\w.]+")
_HARD_END = re.compile(r"\s*(?:[;:()“”\"|\[\]]|\n\s*\n|[.](?=\s|$)|$)")
_QUOTE_OPEN = re.compile(r"(?:(?!\n[ \t]*\n)[\s*,]){0,4}[“\"«][\s*]{0,3}")
_QUOTE_CLOSE = re.compile(r"[”\"»]")
_UNQUOTED_END = r";|[.](?=\s|$)|\n[ \t]*\n|\|"
MAX_ISSUER, MAX_TITLE, MAX_PROVISION = 200, 700, 160


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated behind a mention, and where date and issuer end."""

    end: int
    date: str | None = None
    year: str | None = None
    issuer: Span | None = None


class FieldReader:
    """Reads facts around mentions; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what issuers.yml, provisions.yml and title openers say."""
        issuers, provisions = rules.issuers, rules.provisions
        self._rules = rules
        self._opener = re.compile(rf"(?P<opener>{_words(issuers.openers)})\s{{1,3}}", re.IGNORECASE)
        self._head = re.compile(rf"(?:{_words(issuers.heads)})(?!\w)", re.IGNORECASE)
        self._term = re.compile(issuers.terms, re.IGNORECASE)
        self._open_name = re.compile(rf"(?:{_words(issuers.open_names)})(?!\w)")
        self._list = re.compile(rf"(?:{_words(issuers.lists)})(?!\w)", re.IGNORECASE)
        self._stop = re.compile(rf"\s*(?:{_words(issuers.stops)})(?!\w)", re.IGNORECASE)
        kinds = _words(issuers.place_kinds)
        self._kind_before = re.compile(rf"(?<!\w)(?:{kinds})$", re.IGNORECASE)
        self._kind_behind = re.compile(rf"\s{{1,3}}(?:tỉnh|{kinds})(?!\w)", re.IGNORECASE)
        self._province = re.compile(r"\s{0,2},?\s{1,3}(?=(?:tỉnh|thành phố)\s)", re.IGNORECASE)
        self._and = re.compile(r"\s{1,3}và\s{1,3}", re.IGNORECASE)
        self._comma = re.compile(r"\s{0,2},\s{1,3}")
        self._title_opener = re.compile(
            rf"(?:(?!\n[ \t]*\n)[\s,*]){{0,5}}(?:{_words(rules.title_openers)})(?!\w)", re.IGNORECASE
        )
        closers = rf"[\s(,]{{1,4}}(?:{_words(rules.title_closers)})(?!\w)"
        self._title_end = re.compile(f"{_UNQUOTED_END}|{closers}", re.IGNORECASE)
        unit = rf"(?:các\s{{1,3}})?(?:{_words(provisions.units)})\s{{1,3}}{provisions.item}"
        more = rf"(?:\s{{0,3}}(?:,|và|hoặc|đến)\s{{0,3}}(?:(?:{_words(provisions.units)})\s{{1,3}})?{provisions.item})"
        between = rf"(?:\s{{1,3}}(?:{_words(provisions.between)}))?"
        self._provision = re.compile(
            rf"(?<!\w)(?P<text>{unit}{more}{{0,12}}(?:\s{{0,3}},?\s{{0,3}}{unit}{more}{{0,12}}){{0,4}}){between}\s{{0,12}}$",
            re.IGNORECASE,
        )

    def facts(self, scan: Scan, end: int, limit: int, *, joint: bool = False) -> Facts:
        """Read date, year and issuer in whatever order they follow `end`, not beyond `limit`.

        A `joint` document has several issuers, joined by commas.
        """
        facts = Facts(end=end)
        for _ in range(4):
            loose = _LOOSE.match(scan.folded, facts.end)
            at = loose.end() if loose else facts.end
            step = self._step(scan, at, limit, facts, joint)
            if step is None or step.end > limit:
                break
            facts = step
        return facts

    def _step(self, scan: Scan, at: int, limit: int, facts: Facts, joint: bool) -> Facts | None:
        """The next fact at `at`, added to those known; None where none follows."""
        folded = scan.folded
        if facts.date is None and (date := self._rules.dates.match(folded, at)):
            return Facts(date.end, date.iso, facts.year, facts.issuer)
        if facts.year is None and facts.date is None and (year := _YEAR.match(folded, at)):
            return Facts(year.end(), facts.date, year.group("year"), facts.issuer)
        if facts.issuer is None and (issuer := self.issuer(scan, at, limit, joint=joint)):
            term = self._term.match(folded, issuer.end)
            return Facts(term.end() if term else issuer.end, facts.date, facts.year, issuer)
        return None

    def issuer(self, scan: Scan, at: int, limit: int, *, joint: bool = False) -> Span | None:
        """The issuing body named behind "của" or "giữa" at `at`, None where none is named there."""
        folded = scan.folded
        opener = self._opener.match(folded, at)
        if opener is None:
            return None
        start = opener.end()
        stop = min(limit, start + MAX_ISSUER)
        if start not in scan.agencies and not self._head.match(folded, start):
            return None
        is_list = joint or bool(self._list.match(folded, opener.start("opener")) or self._list.match(folded, start))
        end = self._issuer_end(scan, start, stop, is_list)
        return Span(start=start, end=end) if end > start else None

    def _issuer_end(self, scan: Scan, start: int, stop: int, is_list: bool) -> int:
        """Read names joined by "và" (and by commas in a list) from `start` on."""
        folded, agencies = scan.folded, scan.agencies
        end = self._one_issuer(scan, start, stop)
        while end > start:
            join = self._and.match(folded, end) or (self._comma.match(folded, end) if is_list else None)
            if join is None or (join.end() not in agencies and not self._head.match(folded, join.end())):
                return end
            following = self._one_issuer(scan, join.end(), stop)
            if following <= join.end():
                return end
            end = following
        return end

    def _one_issuer(self, scan: Scan, start: int, stop: int) -> int:
        """End of one name: a known one with its place, else words up to a word that ends names."""
        folded, agencies = scan.folded, scan.agencies
        if start in agencies and not self._open_name.match(folded, start):
            return min(stop, self._province_end(folded, self._place_end(scan, agencies[start])))
        opening = self._open_name.match(folded, start)
        position = opening.end() if opening else start
        while position < stop and not _HARD_END.match(folded, position) and not self._stop.match(folded, position):
            word = _WORD.match(folded, position)
            if word is None or word.end() > stop:
                break
            position = agencies.get(_first_letter(folded, position), word.end())
        return position

    def _place_end(self, scan: Scan, end: int) -> int:
        """End of the place behind a known name: one of places.yml, else the proper name behind its kind."""
        folded = scan.folded
        piece = folded[end : end + 48]
        if not piece.lstrip()[:1].isalpha():
            return end
        place = next(self._rules.place_names.find(piece), None)
        if place and not piece[: place.start].strip():
            return end + place.end
        if self._kind_before.search(folded[max(0, end - 12) : end]):
            return self._proper(scan, end)
        kind = self._kind_behind.match(piece)
        return self._proper(scan, end + kind.end()) if kind else end

    def _province_end(self, folded: str, end: int) -> int:
        """End of the province named behind a district: "UBND huyện Quảng Ninh, tỉnh Quảng Bình"."""
        join = self._province.match(folded, end)
        place = next(self._rules.place_names.find(folded[join.end() : join.end() + 40]), None) if join else None
        return join.end() + place.end if join and place and place.start == 0 else end

    def _proper(self, scan: Scan, start: int) -> int:
        """End of up to three capitalised words behind `start`; a type's label is no place."""
        folded = scan.folded
        first = scan.hit_at.get(_first_letter(folded, start))
        if self._stop.match(folded, start) or (first and first.entry.tag in ("TYPE", "LAW_HEAD")):
            return start
        end = start
        for match in islice(_PROPER.finditer(folded, start), 3):
            if match.start() != end or not match.group(1)[0].isupper() or self._stop.match(folded, end):
                break
            end = match.end()
        return end

    def title(self, folded: str, end: int, limit: int, interruptions: Sequence[Span]) -> tuple[int, int] | None:
        """Span of the title stated behind `end`: quoted, or opened by a word such as "về"; None if none."""
        limit = min(limit, end + MAX_TITLE)
        start = self._title_opener.match(folded, end)
        quote = _QUOTE_OPEN.match(folded, start.end() if start else end) or _QUOTE_OPEN.match(folded, end)
        if quote:
            close = _QUOTE_CLOSE.search(folded, quote.end(), limit)
            while close and any(span.start <= close.start() < span.end for span in interruptions):
                close = _QUOTE_CLOSE.search(folded, close.end(), limit)
            return (quote.end(), close.start()) if close else None
        if start is None:
            return None
        begin = start.start() + len(start.group()) - len(start.group().lstrip(" ,*\n"))
        stop = self._title_end.search(folded, begin, limit)
        return begin, stop.start() if stop else limit

    def provision(self, folded: str, start: int) -> Span | None:
        """The điều, khoản, điểm that stand right before a mention, None where none do."""
        base = max(0, start - MAX_PROVISION)
        match = self._provision.search(folded[base:start])
        return Span(start=base + match.start("text"), end=base + match.end("text")) if match else None


def _words(words: Sequence[str]) -> str:
    """Alternation of words, longest first, any blank between their parts."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=len, reverse=True))


def _first_letter(folded: str, position: int) -> int:
    """Position of the first character at or behind `position` that is no blank."""
    while position < len(folded) and folded[position].isspace():
        position += 1
    return position
