"""The place named behind an issuing body: "UBND huyện An Biên", "UBND xã Bình An, huyện Châu Thành, tỉnh Bến Tre"."""

import re
from itertools import islice

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of

_PROPER = re.compile(r"(?!\s*\n[^\S\n]*\n)\s{1,3}(\w+(?:['’‘]\w+)*)")
"""A word of a place's name: "Lắk", "M'Drắk"; none is parted by an empty line."""
_PLACE_LINE = re.compile(r"(?:[^\S\n]|,)*ngày\b", re.IGNORECASE)
"""What follows the place in a line of its own, that of the header: "Sông Mẫu, ngày 05 tháng 3 năm 2024"."""
_LETTER = re.compile(r"\s*")


class SeatReader:
    """Reads to where the place behind the name of a body ends; made once from the rules."""

    def __init__(self, rules: Rules, stop: re.Pattern[str]) -> None:
        """Compile the kinds of places; `stop` are the words that end names."""
        issuers = rules.issuers
        self._stop = stop
        self._place_names = rules.place_names
        self._place_heads = rules.place_heads
        kinds = any_of(issuers.place_kinds)
        local = any_of((*issuers.place_kinds, *issuers.committees))
        self._kind_before = re.compile(rf"(?<!\w){local}$", re.IGNORECASE)
        self._kind_whole = re.compile(rf"{local}(?!\w)", re.IGNORECASE)
        self._place_number = re.compile(issuers.place_numbers, re.IGNORECASE)
        self.kind_behind = re.compile(rf"\s{{1,3}}(?:tỉnh|{kinds})(?!\w)", re.IGNORECASE)
        self._province = re.compile(r"\s{0,2},?\s{1,3}(?=(?:tỉnh|thành phố|huyện|quận|thị xã)\s)", re.IGNORECASE)

    def end(self, scan: Scan, end: int) -> int:
        """End of the place behind a known name: one of places.yml, else the proper name behind its kind."""
        folded = scan.folded
        place = self.named_at(folded, end)
        if place > end:
            return place
        dotted = folded.startswith(".", end - 1)  # "UBND TP. Thủ Đức"
        if before := self._kind_before.search(folded, max(0, end - 12), end - dotted):
            if dotted and not self._is_place(scan, end):
                return end
            whole = None if dotted else self._kind_whole.match(folded, before.start())  # "UBND huyện đảo Lý Sơn"
            proper = self.proper(scan, whole.end() if whole else end)
            return proper if whole is None or proper > whole.end() else end
        if self._is_damaged_place(folded, end):
            return self.proper(scan, end)
        kind = self.kind_behind.match(folded, end)
        return self.proper(scan, kind.end()) if kind else end

    def _is_place(self, scan: Scan, end: int) -> bool:
        """True behind "TP." for words that are a place's and not the next sentence: known ones, two with capitals, or one alone."""
        if scan.hit_at.get(first_letter(scan.folded, end)):
            return False
        first = _PROPER.match(scan.folded, end)
        second = _PROPER.match(scan.folded, first.end()) if first else None
        if first is None or first.group(1).lower() in self._place_heads:
            return first is not None
        ends = second is None or second.group(1)[0].isupper() or self._stop.match(scan.folded, first.end())
        return first.group(1)[0].isupper() and bool(ends)

    def named_at(self, folded: str, end: int) -> int:
        """End of the place of places.yml named right behind `end`, else `end`."""
        word = _PROPER.match(folded, end)
        if word is None or word.group(1).lower() not in self._place_heads:
            return end
        place = next(self._place_names.find(folded[word.start(1) : word.start(1) + 48]), None)
        if place is None or place.start or self._is_place_line(folded, word, word.start(1) + place.end):
            return end
        return word.start(1) + place.end

    def _is_place_line(self, folded: str, word: re.Match[str] | None, end: int) -> bool:
        """True for a place, from its first `word` to `end`, that begins a line and stands before the day there."""
        return word is not None and "\n" in word.group() and _PLACE_LINE.match(folded, end) is not None

    def _is_damaged_place(self, folded: str, end: int) -> bool:
        """True for a name behind "tỉnh" that begins as that of a place does and is none: "UBND tỉnh Quảng Tri"."""
        word = _PROPER.match(folded, end) if folded.endswith("tỉnh", 0, end) else None
        return word is not None and "\n" not in word.group() and word.group(1).lower() in self._place_heads

    def whole_end(self, scan: Scan, end: int) -> int:
        """End of the district and province named behind a place: "UBND xã Bình An, huyện Châu Thành, tỉnh Bến Tre"."""
        for _ in ("district", "province"):
            join = self._province.match(scan.folded, end)
            place = self.end(scan, join.end() - 1) if join else end
            kind = self.kind_behind.match(scan.folded, join.end() - 1) if join else None
            if join is None or place <= (kind or join).end():  # "của Chính phủ, tỉnh đã chi trả": no place is named
                break
            end = place
        return end

    def proper(self, scan: Scan, start: int) -> int:
        """End of up to three capitalised words, or of a number, behind `start`; a type's label is no place."""
        folded = scan.folded
        if number := self._place_number.match(folded, start):
            return number.end()
        first = scan.hit_at.get(first_letter(folded, start))
        if self._stop.match(folded, start) or (first and first.entry.tag in ("TYPE", "LAW_HEAD")):
            return start
        end = start
        for match in islice(_PROPER.finditer(folded, start), 3):
            if match.start() != end or not match.group(1)[0].isupper() or self._stop.match(folded, end):
                break
            end = match.end()
        return start if end > start and self._is_place_line(folded, _PROPER.match(folded, start), end) else end


def first_letter(folded: str, position: int) -> int:
    """Position of the first character at or behind `position` that is no blank."""
    blank = _LETTER.match(folded, position)
    return blank.end() if blank else position
