"""The facts stated beside a mention: date, year and issuer behind or before it, title behind it, provision before it.

Everything is read from the scan-folded text, whose offsets are those of the text itself.
"""

import re
from dataclasses import dataclass, replace

from kgdocs.extract.issuers import IssuerReader
from kgdocs.extract.occasions import OccasionReader
from kgdocs.extract.scan import Scan
from kgdocs.extract.stacked import StackReader
from kgdocs.extract.tables import TableReader
from kgdocs.extract.titles import TitleReader
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.models import Span

_CELL_DAY = r";\s{1,3}(?=[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\s{0,3}(?:[|\n]|\Z))"
"""What a cell of the column "Số, ký hiệu; ngày, tháng, năm ban hành" has before its day (Decree 34/2016/NĐ-CP, forms of lists)."""
_LOOSE = re.compile(rf"(?:{_CELL_DAY})?[ \n,(-]{{0,6}}(?:\x1f{{1,400}}[ \n,(]{{0,4}})?")
_WIDE = " " * 4
_LINK_TAIL = re.compile(r"\s{0,6}\]\([^()\n]{0,300}\)")
_YEAR = re.compile(r"(?:năm\s{1,3})?(?P<year>(?:19|20)[0-9]{2})(?![\w/-]|\.[0-9])")
_DAY = re.compile(r"ngày", re.IGNORECASE)
_MOST_FACTS = 5
MAX_PROVISION, MAX_BEFORE, NEAR = 160, 48, 48


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated with a mention, and where date and issuer behind it end."""

    end: int
    date: str | None = None
    year: str | None = None
    issuer: Span | None = None
    term: str | None = None


class FieldReader:
    """Reads facts around mentions; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what issuers.yml, provisions.yml and title openers say."""
        self._dates = rules.dates
        self._revised = rules.law_names.revised
        self.issuers = IssuerReader(rules)
        self.tables = TableReader(rules)
        self.stacks = StackReader(rules)
        self.titles = TitleReader(rules)
        self._occasions = OccasionReader(rules)
        acts = any_of(rules.issuers.acts)
        self._act_before = re.compile(rf"(?<!\w){acts}\s{{1,3}}(?:(?:các|những)\s{{1,3}})?\Z", re.IGNORECASE)
        ends = (act.split()[-2:] if len(act.split()) > 2 else act.split()[-1:] for act in rules.issuers.acts)
        self._act_ends = tuple({" ".join(end) for end in ends} | {"các", "những"})
        self._provision, self._bracketed = _provision_patterns(rules)
        self._provision_end = re.compile(
            rf"(?:{rules.provisions.item}|phụ lục)(?:\s{{1,3}}{any_of(rules.provisions.between)})?\s{{0,3}},?\s{{0,12}}\Z",
            re.IGNORECASE,
        )
        self._units = tuple(unit[1:] for unit in rules.provisions.units)

    def facts(self, scan: Scan, end: int, limit: int, *, joint: bool = False, start: int | None = None) -> Facts:
        """Read date, year and issuer in whatever order they follow `end`, not beyond `limit`; no date of another act.

        A `joint` document has several issuers, joined by commas. The address of a Markdown
        link around the mention, which begins at `start`, is passed over.
        """
        tail = _LINK_TAIL.match(scan.folded, end)
        revised = self._revised.match(scan.folded, tail.end() if tail else end)
        facts = Facts(end=revised.end() if revised else tail.end() if tail else end)
        for _ in range(_MOST_FACTS):
            loose = _LOOSE.match(scan.folded, facts.end)
            at = loose.end() if loose else facts.end
            step = self._step(scan, at, limit, facts, joint)
            if step is None or step.end > limit or self._is_of_other(scan, facts, step, at, start, limit):
                break
            facts = step
        return facts if facts.date or facts.year or facts.issuer or facts.term else Facts(end=end)

    def link_tail(self, folded: str, end: int) -> int:
        """End of the address of a Markdown link around a mention that ends at `end`, else `end`."""
        tail = _LINK_TAIL.match(folded, end)
        return tail.end() if tail else end

    def _step(self, scan: Scan, at: int, limit: int, facts: Facts, joint: bool) -> Facts | None:
        """The next fact at `at`, added to those known; None where none follows."""
        folded = scan.folded
        if facts.date is None:
            lead = self._dates.lead.match(folded, at)
            if date := self._dates.match(folded, lead.end() if lead else at):
                return replace(facts, end=date.end, date=date.iso)
            if facts.year is None and (none := self._dates.no_day(folded, lead.end() if lead else at)):
                return replace(facts, end=none.end, year=none.year)
            if facts.year is None and (year := _YEAR.match(folded, at)):
                return replace(facts, end=year.end(), year=year["year"])
        if facts.issuer is None and (found := self.issuers.behind(scan, at, limit, joint=joint)):
            return replace(facts, end=found[1], issuer=found[0])
        if facts.issuer is None and facts.date is None and (acting := self.issuers.acting(scan, at)):
            issuer, stated = acting
            date = self._dates.match(folded, stated)
            return replace(facts, end=date.end, issuer=issuer, date=date.iso) if date else None
        if facts.term is None and (term := self.issuers.term(folded, at)):
            return replace(facts, end=term.end(), term=term["term"])
        return None

    def _is_of_other(self, scan: Scan, known: Facts, step: Facts, at: int, start: int | None, limit: int) -> bool:
        """True where the date or year that a step at `at` has read is that of another act."""
        if (known.date, known.year) == (step.date, step.year):
            return False
        joint = scan.folded[known.end : at]
        if _WIDE in joint and scan.folded[at].isdigit():  # another cell: the head of its column tells
            return True
        if "," in joint and "(" not in joint and self._occasions.is_clause(scan, start, step.end, limit):
            return True
        return known.date != step.date and self._occasions.is_event(scan, start, step.end)

    def before(self, scan: Scan, start: int, floor: int) -> tuple[str | None, Span | None]:
        """Date and issuer stated before a mention: "Ngày 16/7/2012, Bộ Y tế đã ban hành …"; not before `floor`."""
        base = max(floor, start - MAX_BEFORE)
        if not scan.folded[base:start].rstrip().lower().endswith(self._act_ends):
            return None, None
        act = self._act_before.search(scan.folded, base, start)
        if act is None:
            return None, None
        issuer = self.issuers.before(scan, act.start())
        if issuer and issuer.start < floor:
            return None, None
        return self._date_ending(scan.folded, issuer.start if issuer else act.start(), floor), issuer

    def _date_ending(self, folded: str, end: int, floor: int) -> str | None:
        """The date that ends right before `end`, a comma apart, or before the session that follows it."""
        base = max(floor, end - MAX_BEFORE)
        at = max((match.start() for match in _DAY.finditer(folded, base, end)), default=None)
        date = self._dates.match(folded, at) if at is not None else None
        if date is None:
            return None
        session = self.issuers.session.match(folded, date.end)
        return None if folded[session.end() if session else date.end : end].strip(" ,\n") else date.iso

    def tail(self, scan: Scan, start: int, end: int, *, mention: int) -> Facts | None:
        """Date and issuer at the very end of a title [start, end): "… quy định xử phạt ngày 30/12/2019 của Chính phủ".

        `mention` is where what has the title begins.
        """
        for day in reversed([match.start() for match in _DAY.finditer(scan.folded, start, end)][-3:]):
            facts = self.facts(scan, day, end, start=mention)
            if facts.date and not scan.folded[facts.end : end].strip(" ,.\n"):
                return Facts(day, facts.date, None, facts.issuer)
        return None

    def provision_behind(self, folded: str, end: int) -> Span | None:
        """The điều, khoản that stand in brackets right behind a mention: "Bộ luật Hình sự (Điều 272, 273)"."""
        match = self._bracketed.match(folded, end)
        return Span(start=match.start("text"), end=match.end("text")) if match else None

    def provision(self, folded: str, start: int) -> Span | None:
        """The điều, khoản, điểm that stand right before a mention, None where none do."""
        base = max(0, start - MAX_PROVISION)
        piece = folded[base:start]
        near = piece[-NEAR:]
        if not any(unit in near for unit in self._units) or not self._provision_end.search(near):
            return None
        match = self._provision.search(piece)
        return Span(start=base + match.start("text"), end=base + match.end("text")) if match else None


def _provision_patterns(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What provisions.yml says, before a mention and in brackets behind it; group "text" is the provision itself."""
    provisions = rules.provisions
    units = any_of(provisions.units)
    unit = rf"(?:các\s{{1,3}})?{units}\s{{1,3}}{provisions.item}"
    more = rf"(?:\s{{0,3}}(?:,|và|hoặc|đến)\s{{0,3}}(?:(?:{units}\s{{1,3}})?{provisions.item}|phụ\s{{1,3}}lục(?=\s)))"
    between = rf"(?:\s{{1,3}}{any_of(provisions.between)})?"
    whole = rf"{unit}{more}{{0,12}}(?:\s{{0,3}},?\s{{0,3}}{unit}{more}{{0,12}}){{0,11}}"
    before = rf"(?<!\w)(?P<text>{whole}){between}\s{{0,3}},?\s{{0,12}}$"
    return re.compile(before, re.IGNORECASE), re.compile(rf"\s{{0,2}}\((?P<text>{whole})\)", re.IGNORECASE)
