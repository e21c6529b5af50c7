"""Where the name of a law ends: known names, amending laws, and names not in the list.

"Luật sửa đổi, bổ sung một số điều của Luật A và Luật B" is one name (reference §3.4).
"""

import re
from bisect import bisect_left
from itertools import islice

from kgdocs.extract.scan import Scan
from kgdocs.grammar.folding import plain_words
from kgdocs.grammar.found import FoundCode
from kgdocs.grammar.laws import LawNames
from kgdocs.grammar.lexicon import Hit

MAX_NAME_WORDS = 30
_YEAR_INSIDE = re.compile(r"\s{1,3}năm\s{1,3}[0-9]{4}(?=\s{1,3}(?:về|của)\s)")
"""In "Công ước Viên năm 1963 về quan hệ lãnh sự" the year is inside the name."""
_WORDS_BEFORE_COMMA = 2
"""A comma goes on with a name only near its beginning: "Phòng, chống …", "Quản lý, sử dụng …"."""
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BLANK = re.compile(r"\s{0,3}")
_ABBREVIATION = re.compile(r"\s{1,3}[A-ZĐ](?:[A-ZĐ&-]|,(?=[A-ZĐ])){1,10}(?!\w)")
_WORD = re.compile(r"\s{1,3}(?P<word>\w+(?:-\w+)?)(?P<comma>,(?=\s\w))?")
_TREATY_ABBREVIATION = re.compile(
    r"\s{1,3}(?P<name>(?=[A-ZĐ0-9 -]{3})[A-ZĐ][A-ZĐ0-9]{1,9}(?:[ -][A-Z][A-Z0-9]{1,9}){0,2})(?!\w)"
)
_SUBJECT_JOIN = re.compile(r"(?:,|\s{1,3}và)(?=\s{1,3}[^\W\d_A-ZĐ])")
_FACT = re.compile(r"\s{1,3}(?:(?:ngày|năm|số)\s{1,3}[0-9]|và\s)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"\s{1,3}số\s{0,3}:?\s{0,3}", re.IGNORECASE)
_DAY = re.compile(r"\s{1,3}ngày\s{1,3}[0-9]{1,2}(?:\s{0,2}[-/.]\s{0,2}[0-9]{1,2}\s{0,2}[-/.]|\s{1,3}tháng\s)")
_ORDINANCE = "Pháp lệnh "
_LAW_FAMILY, _LAW_FORMS = "national_assembly", "law_of_state_council"
"""The family, and the beginning of the ids, of the forms of codes that laws have."""


def law_end(scan: Scan, hit: Hit, names: LawNames) -> int | None:
    """End of the name of a law or treaty that begins at `hit`, None when no name follows the head word."""
    folded = scan.folded
    if names.treaty_head.match(folded, hit.start):
        return _treaty_end(folded, hit, names)
    head = names.head.match(folded, hit.start)
    head_end = head.end() if head else hit.end
    if head and (amending := names.amending.match(folded, head_end)):
        begin = amending.end()
        if whole := _amended(scan, begin, names) or _amended_part(scan, begin, names):
            return whole
        return begin if _FACT.match(folded, begin) else _unlisted(folded, begin, names.stop)
    if hit.entry.tag == "LAW":
        return hit.end
    if head and (short := _ABBREVIATION.match(folded, head_end)) and not folded[hit.start : head_end].isupper():
        return short.end()
    if head is None or not _capital_follows(folded, head_end):
        return _small_name(scan, hit.start, head_end, names) if head else None
    return damaged_name(folded, hit, names) or _unlisted(folded, head_end, names.stop)


def _small_name(scan: Scan, head: int, start: int, names: LawNames) -> int | None:
    """End of a name in small letters that tells itself by what follows: the number of a law, or the day of an ordinance.

    "Pháp lệnh hợp đồng lao động số 45-LCT/HĐNN8", "Pháp lệnh trừng trị tội hối lộ ngày 20-5-1981".
    """
    is_ordinance = scan.folded.startswith(_ORDINANCE, head)
    position = start
    for _ in range(MAX_NAME_WORDS):
        named = position > start and scan.folded[position - 1] != ","
        if is_ordinance and named and _DAY.match(scan.folded, position):
            return position
        if number := _NUMBER_WORD.match(scan.folded, position):
            return position if named and _is_law_code(scan, number.end()) else None
        word = _WORD.match(scan.folded, position)
        stops = names.stop.match(scan.folded, position) and not names.inner.match(scan.folded, position)
        if word is None or stops or "\n\n" in word.group():
            return None
        position = word.end()
    return None


def _is_law_code(scan: Scan, start: int) -> bool:
    """True where a code of the form that laws have begins at `start`."""
    at = bisect_left(scan.codes, start, key=lambda code: code.start)
    code = scan.codes[at] if at < len(scan.codes) else None
    if not isinstance(code, FoundCode) or code.start != start:
        return False
    return code.code.family == _LAW_FAMILY or code.form.startswith(_LAW_FORMS)


def damaged_name(folded: str, hit: Hit, names: LawNames) -> int | None:
    """End of a listed name that lost or changed marks ("Luật Quản lý thuê"), the longest one; None where none begins."""
    first = _WORD.match(folded, hit.end)
    if first is None or plain_words(folded[hit.start : first.end("word")]) not in names.plain_starts:
        return None
    ends = [word.end("word") for word in islice(_WORD.finditer(folded, hit.end), MAX_NAME_WORDS)]
    return next((end for end in reversed(ends) if plain_words(folded[hit.start : end]) in names.plain), None)


def _treaty_end(folded: str, hit: Hit, names: LawNames) -> int | None:
    """End of a treaty's name: listed, or opened by a proper name or by "về", "giữa"."""
    end: int | None = hit.end
    if hit.entry.tag != "LAW":
        if short := _treaty_abbreviation(folded, hit, names):
            return short
        end = _unlisted(folded, hit.end, names.treaty_stop) if names.treaty_opener.match(folded, hit.end) else None
    year = _YEAR_INSIDE.match(folded, end) if end else None
    return (_unlisted(folded, year.end(), names.treaty_stop) if year else None) or end


def _treaty_abbreviation(folded: str, hit: Hit, names: LawNames) -> int | None:
    """End of a treaty's short name ("Hiệp định ACFTA"); None where more of the name follows, or the letters name a kind."""
    short = _TREATY_ABBREVIATION.match(folded, hit.end)
    if short is None or short["name"] in names.treaty_kinds or folded[hit.start : hit.end].isupper():
        return None
    following = _WORD.match(folded, short.end())
    goes_on = following is not None and (following["word"][0].isupper() or names.treaty_more.match(following["word"]))
    return None if goes_on else short.end()


def _amended_part(scan: Scan, start: int, names: LawNames) -> int | None:
    """End of "… và Phụ lục 4 về danh mục ngành, nghề … của Luật Đầu tư", from the words "Luật sửa đổi, bổ sung" on."""
    part = names.amended_part.match(scan.folded, start)
    return _amended(scan, part.end(), names) if part else None


def _amended(scan: Scan, start: int, names: LawNames) -> int | None:
    """End of the last law named in a row from `start`, or of a group of laws by subject; None where neither is."""
    position, end = start, None
    while (at := _skip_blank(scan.folded, position)) in scan.laws:
        end = scan.laws[at]
        join = names.join.match(scan.folded, end)
        if join is None:
            break
        position = join.end()
    related = names.related.match(scan.folded, start) if end is None else None
    return _subject(scan.folded, related.end(), names.stop) if related else end


def _subject(folded: str, start: int, stop: re.Pattern[str]) -> int | None:
    """End of what a group of laws is about: "nông nghiệp và môi trường", "quân sự, quốc phòng"."""
    end = _unlisted(folded, start, stop)
    while end and (join := _SUBJECT_JOIN.match(folded, end)) and not stop.match(folded, join.end()):
        end = _unlisted(folded, join.end(), stop) or end
        if end <= join.end():
            break
    return end


def _skip_blank(folded: str, position: int) -> int:
    match = _BLANK.match(folded, position)
    return match.end() if match else position


def _capital_follows(folded: str, position: int) -> bool:
    """True when the next word begins with a capital letter and goes on in small ones."""
    word = _WORD.match(folded, position)
    return bool(word) and word.group("word")[0].isupper() and not word.group("word")[1:].isupper()  # type: ignore[union-attr]


def _unlisted(folded: str, start: int, stop: re.Pattern[str]) -> int | None:
    """End of a name that is in no list: words up to punctuation or a word that ends names."""
    position, end = start, None
    for words in range(1, MAX_NAME_WORDS + 1):
        word = _WORD.match(folded, position)
        if word is None or "\n\n" in word.group() or (end is None and word.group("word")[0].isdigit()):
            break
        if end is not None and (stop.match(folded, position) or _A_YEAR.fullmatch(word.group("word"))):
            break
        position = end = word.end("word")
        if word.group("comma"):
            if words > _WORDS_BEFORE_COMMA or not folded[word.end() : word.end() + 4].lstrip()[:1].islower():
                break
            position = word.end("comma")
    return end
