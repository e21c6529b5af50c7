"""The issuing body stated with a mention: "của Bộ Y tế" behind it, "Bộ Y tế đã ban hành" before it.

Everything is read from the scan-folded text, whose offsets are those of the text itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from kgdocs.extract.scan import Scan
from kgdocs.extract.seats import SeatReader, first_letter
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.models import Span

_WORD = re.compile(r"\s{0,3}(?:[-–&]\s{0,3})?(?P<word>\w+(?:[.'’‘]\w+)*(?:(?<=TP)\.)?)")
_CODE = re.compile(r"(?P<word>[A-ZĐ][A-Za-zĐđƯƠ]{1,11})(?!\w)")
_COMMA_WORD = re.compile(r",\s{1,3}(?P<word>[^\W\d_A-ZĐ]+)")
"""In a name such as "Ban Chỉ đạo phòng, chống buôn lậu" a comma may stand before a small letter."""
_LAST_JOINT = re.compile(r"[\s,.]{1,4}(?:và|,)?\s{0,3}\Z|[.]\Z")
_HARD_END = re.compile(r"\s*(?:[;:()“”\"|\[\]]|\n\s*\n|[.](?=\s|$)|$)")
_STATEMENT_END = r"(?=\s{0,3}(?:[.;()“”\"|]|\Z|\n\s*\n|(?:về|khóa|khoá|nhiệm kỳ)\s|và\s{1,3}(?:\Z|(?-i:[A-ZĐ]))))"
_COMMA_DATE = re.compile(r",?\s{1,3}(?=(?:ngày\s)?[0-9]{1,2}[/.-])")
_APPENDED = re.compile(r"[/-]\s?(?P<code>[^\W\d_]{2,10})[0-9]{0,2}\s{1,3}\Z")
"""The last part of a symbol before a name that only blanks part from it."""
_TO_DATE = re.compile(r"\s{1,3}(?=(?:ngày\s)?[0-9]{1,2}[/.\s-])")
MAX_ISSUER, MAX_HEAD = 200, 120
_CANDIDATES = 3
"""How many agencies named before a mention are tried as the one that issued it."""


class IssuerReader:
    """Reads issuers around mentions; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what issuers.yml says."""
        issuers = rules.issuers
        self._tokens = rules.codes.agencies
        self._codes = {
            rule.id: rule.codes or (rules.agencies[rule.form_of].codes if rule.form_of else ())
            for rule in rules.agencies.values()
        }
        self._ministry_names = rules.ministry_names
        acts = any_of(issuers.acts)
        self._firsts = frozenset(word[0] for word in (*issuers.openers, *issuers.agents, *issuers.passives))
        self._opener = re.compile(rf"(?P<opener>{any_of(issuers.openers)})\s{{1,3}}", re.IGNORECASE)
        self._agent = re.compile(rf"{any_of(issuers.agents)}\s{{1,3}}", re.IGNORECASE)
        self._passive = re.compile(
            rf"{any_of(issuers.passives)}\s{{1,3}}(?={any_of(issuers.passive_bodies)}(?!\w))", re.IGNORECASE
        )
        country, session = issuers.countries, issuers.sessions
        self._country = re.compile(country, re.IGNORECASE)
        self.session = re.compile(session, re.IGNORECASE)
        self._passive_act = re.compile(
            rf"(?:{country})?(?:{session})?\s{{1,3}}{any_of(issuers.passive_acts)}(?!\w)(?:{session}(?=,?\s))?",
            re.IGNORECASE,
        )
        self._agent_act = re.compile(rf"\s{{1,3}}{acts}(?!\w)", re.IGNORECASE)
        self._between = re.compile(rf"[\s,]*(?:\({any_of(issuers.notes)}\s[^()\n]{{1,80}}\)[\s,]*)?", re.IGNORECASE)
        self._pair = re.compile(rf"{any_of(issuers.pairs)}{_STATEMENT_END}", re.IGNORECASE)
        self._pair_before = re.compile(rf"{any_of(issuers.pairs)}(?=\s{{1,3}}\Z)", re.IGNORECASE)
        self._prefix = re.compile(issuers.prefixes, re.IGNORECASE)
        heads = rf"(?:{any_of(issuers.heads)}|(?-i:{any_of(issuers.names)}))"
        self._head = re.compile(rf"{heads}(?!\w)", re.IGNORECASE)
        self._region = re.compile(issuers.regions, re.IGNORECASE)
        self._clause_head = re.compile(
            rf"(?:\A|[\n,;:.(–-]\s{{0,3}}|(?<=[0-9])\s{{1,3}}|khi\s{{1,3}})(?P<head>{heads})(?!\w)",
            re.IGNORECASE,
        )
        self._term = re.compile(issuers.terms, re.IGNORECASE)
        self._open_name = re.compile(rf"{any_of(issuers.open_names)}(?!\w)")
        self._list = re.compile(rf"{any_of(issuers.lists)}(?!\w)", re.IGNORECASE)
        self._joint_head = re.compile(rf"{any_of(issuers.joint_heads)}\s{{0,3}}[:-]?\s{{1,3}}", re.IGNORECASE)
        self._stop = re.compile(
            rf"(?<!chương)(?<!chương )(?<!quá)(?<!quá )\s*{any_of(issuers.stops)}(?!\w)", re.IGNORECASE
        )
        self._seats = SeatReader(rules, self._stop)
        self._committee_of = re.compile(rf"{any_of(issuers.committees_of)}\Z", re.IGNORECASE)
        self._ministry = re.compile(r"bộ\s{1,3}", re.IGNORECASE)
        self._and = re.compile(r"\s{1,3}và\s{1,3}", re.IGNORECASE)
        self._comma = re.compile(r"\s{0,2}[,;-]\s{1,3}")
        self._member = re.compile(r"\s{0,3}(?:,|;|-|&|và)\s{0,3}", re.IGNORECASE)

    def is_name(self, scan: Scan, start: int, end: int) -> bool:
        """True where [start, end) begins as the name of an issuing body does and is no longer than one."""
        return 0 < end - start <= MAX_ISSUER and self._head.match(scan.folded, start, end) is not None

    def behind(self, scan: Scan, at: int, limit: int, *, joint: bool = False) -> tuple[Span, int] | None:
        """The issuing body named behind "của", "giữa" or "do … ban hành" at `at`, and where that statement ends.

        A `joint` document has several issuers, joined by commas. None where none is named there.
        """
        if scan.folded[at : at + 1].lower() not in self._firsts:
            return None
        opener = self._opener.match(scan.folded, at)
        agent = None if opener else self._agent.match(scan.folded, at)
        passive = None if opener or agent else self._adopted(scan, at)
        opening = opener or agent or passive
        if opening is None:
            return None
        start = opening.end()
        if start not in scan.agencies and not self._head.match(scan.folded, start):
            token = self._token(scan.folded, start) if opener else None
            return (Span(start=start, end=token), token) if token else None
        is_list = joint or bool(self._list.match(scan.folded, at) or self._list.match(scan.folded, start))
        pair = None if is_list else self._pair.match(scan.folded, start, min(limit, start + MAX_ISSUER))
        end = pair.end() if pair else self._end(scan, start, min(limit, start + MAX_ISSUER), is_list)
        if end <= start:
            return None
        if opener:
            return Span(start=start, end=end), end
        country = self._country.match(scan.folded, end)
        stated = country.end() if country else end
        term = self._term.match(scan.folded, stated)
        verb = self._agent_act if agent else self._passive_act
        act = verb.match(scan.folded, term.end() if term else stated)
        return (Span(start=start, end=end), act.end()) if act else None

    def _adopted(self, scan: Scan, at: int) -> re.Match[str] | None:
        """ "được" before the body that adopted what stands before it; not of another body's number, nor of a clause apart."""
        passive = self._passive.match(scan.folded, at)
        if passive is None or scan.folded[max(0, at - 4) : at].rstrip().endswith(","):
            return None
        symbol = _APPENDED.search(scan.folded, max(0, at - 16), at)
        return passive if symbol is None or self._is_code_of(scan, symbol["code"], passive.end()) else None

    def _is_code_of(self, scan: Scan, code: str, at: int) -> bool:
        """True where `code` is one of the body named at `at`."""
        hit = scan.hit_at.get(at)
        return hit is not None and code in self._codes.get(hit.entry.value, ())

    def _token(self, folded: str, at: int) -> int | None:
        """End of an agency's code that stands for its name ("của BTC"), with its place; None where none is there."""
        code = _CODE.match(folded, at)
        if code is None or code["word"] not in self._tokens or not (code["word"].isupper() or code["word"] == "TTg"):
            return None
        return self._seats.named_at(folded, code.end())

    def acting(self, scan: Scan, at: int) -> tuple[Span, int] | None:
        """The body that is named at `at` as the one that acted, and where its date begins.

        "(Quốc hội thông qua ngày 20/11/2019)", "(UBTVQH, 08/7/2020)", "Chỉ thị số 40-CT/TW Ban Bí thư ngày 22/11/2014".
        """
        end = scan.agencies.get(at) or self._token(scan.folded, at)
        if end is None:
            return None
        if scan.folded[at:end].isupper() and (dated := _COMMA_DATE.match(scan.folded, end)):
            return Span(start=at, end=end), dated.end()
        end = self._seats.whole_end(scan, self._seats.end(scan, end))
        if self._is_appended(scan, at) and (dated := _TO_DATE.match(scan.folded, end)):
            return Span(start=at, end=end), dated.end()
        act = self._agent_act.match(scan.folded, end)
        dated = _TO_DATE.match(scan.folded, act.end()) if act else None
        return (Span(start=at, end=end), dated.end()) if dated else None

    def _is_appended(self, scan: Scan, at: int) -> bool:
        """True where only blanks part the body named at `at` from a symbol that ends with its code."""
        symbol = _APPENDED.search(scan.folded, max(0, at - 16), at)
        return symbol is not None and self._is_code_of(scan, symbol["code"], at)

    def term(self, folded: str, at: int) -> re.Match[str] | None:
        """The term ("khóa XII") named at `at`, as a match with group `term`."""
        return self._term.match(folded, at)

    def before(self, scan: Scan, act: int) -> Span | None:
        """The issuing body named right before the verb ("ban hành") that begins at `act`."""
        if pair := self._pair_before.search(scan.folded, max(0, act - MAX_HEAD), act):
            return Span(start=pair.start(), end=pair.end())
        found = None
        last = bisect_left(scan.agency_starts, act)
        starts = [*scan.agency_starts[max(0, last - _CANDIDATES) : last], *self._heads_before(scan.folded, act)]
        for start in sorted(starts, reverse=True):
            end = self._end(scan, start, act, is_list=False) if act - start < MAX_ISSUER else start
            term = self._term.match(scan.folded, end)
            between = scan.folded[term.end() if term else end : act]
            if end > start and self._between.fullmatch(between):
                found = Span(start=start, end=end)
        return found

    def names(self, scan: Scan, start: int, stop: int, heads: re.Pattern[str] | None) -> Iterator[Span]:
        """Each name of a list from `start` on: known agencies and, with `heads`, names that begin so."""
        while start < stop and (start in scan.agencies or (heads and heads.match(scan.folded, start))):
            end = self._one(scan, start, min(stop, start + MAX_ISSUER))
            if end <= start:
                return
            yield Span(start=start, end=end)
            join = self._and.match(scan.folded, end) or self._comma.match(scan.folded, end)
            start = join.end() if join else stop

    def _heads_before(self, folded: str, act: int) -> list[int]:
        """Where a name that is in no list may begin before a verb: a head word in capitals that opens a clause."""
        heads = self._clause_head.finditer(folded, max(0, act - MAX_HEAD), act)
        return [match.start("head") for match in heads if match["head"][0].isupper()]

    def _end(self, scan: Scan, start: int, stop: int, is_list: bool) -> int:
        """Read names joined by "và" (and by commas in a list) from `start` on."""
        folded, agencies = scan.folded, scan.agencies
        if (head := self._joint_head.match(folded, start)) and (end := self._ministries(scan, head.end(), stop)):
            return end
        end, closed = self._one(scan, start, stop), False
        while end > start:
            last = self._and.match(folded, end)
            join = last or (self._comma.match(folded, end) if is_list and not closed else None)
            closed = last is not None  # "A, B và C" is whole; what comes behind another comma is not of it
            if join is None or (join.end() not in agencies and not self._head.match(folded, join.end())):
                return end
            following = self._one(scan, join.end(), stop)
            if following <= join.end():
                return end
            end = following
        return end

    def _ministries(self, scan: Scan, start: int, stop: int) -> int:
        """End of a row of ministries named without "Bộ": "Liên Bộ: Tài chính - Y tế"; 0 where none is.

        Behind the first there may be other known bodies: "… - Tổng cục Địa chính".
        """
        folded, end, position, join = scan.folded, 0, start, None
        while True:
            head = self._ministry.match(folded, position)
            name = head.end() if head else position
            hit = next(self._ministry_names.find(folded[name : min(stop, name + 80)]), None)
            if hit and not hit.start:
                end = name + hit.end
            elif join and "-" in join.group() and (position in scan.agencies or self._head.match(folded, position)):
                end = self._one(scan, position, stop)
            else:
                return end
            join = self._member.match(folded, end)
            if join is None:
                return end
            position = join.end()

    def _one(self, scan: Scan, start: int, stop: int) -> int:
        """End of one name: a known one with its place, else words up to a word that ends names."""
        folded, agencies = scan.folded, scan.agencies
        if prefix := self._prefix.match(folded, start):
            return self._one(scan, prefix.end(), stop)
        opening = self._open_name.match(folded, start)
        if start in agencies and (opening is None or agencies[start] > opening.end()):
            known = self._organ_end(scan, start)
            region = self._region.match(folded, known)
            return min(stop, self._seats.whole_end(scan, region.end() if region else self._seats.end(scan, known)))
        position = opening.end() if opening else start
        while position < stop and not _HARD_END.match(folded, position) and not self._stop.match(folded, position):
            word = _WORD.match(folded, position) or (_COMMA_WORD.match(folded, position) if opening else None)
            if word is None or word.end() > stop or self._stop.match(folded, word.start("word")):
                break
            position = agencies.get(first_letter(folded, position), word.end())
            if opening and (place := self._seats.kind_behind.match(folded, position)):
                proper = self._seats.proper(scan, place.end())
                if proper > place.end():
                    return min(stop, self._seats.whole_end(scan, proper))
        return start + len(_LAST_JOINT.sub("", folded[start:position]))

    def _organ_end(self, scan: Scan, start: int) -> int:
        """End of the known name at `start`; a committee is that of the organ named right behind it ("Đảng ủy Sở Y tế")."""
        end = scan.agencies[start]
        if self._committee_of.match(scan.folded, start, end):
            return scan.agencies.get(first_letter(scan.folded, end), end)
        return end
