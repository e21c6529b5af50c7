"""A text cut into the pieces that the token patterns of patterns/ speak of.

Inside a window every known word becomes a chunk with its tag, and what stands between becomes
punctuation or GAP.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from kgdocs.extract.chunk import Chunk
from kgdocs.extract.labels import LISTED, complete_labels
from kgdocs.extract.laws import damaged_name, law_end
from kgdocs.extract.scan import Scan
from kgdocs.extract.windows import ITEM, SENTENCE_END, STOP, windows
from kgdocs.grammar import Rules
from kgdocs.grammar.found import DamagedCode, FoundCode
from kgdocs.grammar.lexicon import Hit

_NUMBER = re.compile(
    r"(?![ ]{0,3}\n[ ]{0,3}[0-9]{1,5}[ ]{0,3}\n)[ \n]{0,4}(?P<number>[0-9]{1,5}[a-dđ]?)(?:/(?P<year>(?:19|20)[0-9]{2}))?(?![\w%.,/-]*[0-9]|[\w/%]|-[A-ZĐ]{2})"
)
"""A bare number behind a label; one that has a line of its own is a cell of a table."""
_BLANK = re.compile(
    r"[\s.…_]{0,40}(?P<blank>(?:/(?:19|20)[0-9]{2}(?=/))?[/-]\s?[A-ZĐ][A-Za-zĐđ]{0,6}\s?[-/]\s?[A-ZĐ][A-Za-zĐđ&]{1,12}(?:-[A-ZĐ][\w&]{0,11}){0,4})(?!\w)"
)
_NUMBER_FOLLOWS = re.compile(r"\s{1,3}(?:s[ốóô]\w?\s{0,3}:?[\s.…_]{0,40}[0-9/-]|[0-9]{1,5}\s?[/-])", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s{1,3}(?!(?:19|20)[0-9]{2}(?!\w))[0-9]{2,5}(?![\w%]|[.,/-][0-9])")
_SHORT_FOLLOWS = re.compile(r"\s{0,3}(?:số)?\s{0,3}:?\s{0,3}[0-9]")
_NEXT_WORD = re.compile(r"\s{1,3}(?P<word>\w+)")
_COLON = re.compile(r"\s{0,3}:?")
_INLINE_ITEM = r"[;:]\s{0,2}[a-zđ]\)(?=\s)"
"""The end of a clause and the letter of the next item of a list that goes on in the line: "Bãi bỏ: a) …; b) …"."""
_QUOTES = "“”\"«»‘’'()[]"
_MARK = re.compile("|".join((_INLINE_ITEM, ITEM, STOP, r":(?=\s|$)", ",", r"\|", *map(re.escape, _QUOTES))))
_TAGS = dict.fromkeys(_QUOTES, "QUOTE") | dict.fromkeys(";.!?", "STOP") | {":": "COLON", ",": "COMMA", "|": "CELL"}


def chunk_text(scan: Scan, rules: Rules) -> list[Chunk]:
    """Return the chunks of all windows, in order; what lies between two windows is a GAP, with its STOP."""
    starts = [hit.start for hit in scan.hits]
    code_starts = {code.start for code in scan.codes}
    chunks: list[Chunk] = []
    upcoming = position = 0
    for start, end in windows(scan):
        if chunks:
            chunks.extend(_bridge(scan.folded, position, start))
        inside = []
        while upcoming < len(scan.codes) and scan.codes[upcoming].start < end:
            inside.append(scan.codes[upcoming])
            upcoming += 1
        words = scan.hits[bisect_left(starts, start) : bisect_left(starts, end)]
        known = complete_labels(scan, _known(scan, words, inside, code_starts, rules), rules)
        chunks.extend(_fill(scan.folded, start, end, known))
        position = max(end, chunks[-1].end if chunks else 0)
    return chunks


def _bridge(folded: str, start: int, end: int) -> Iterator[Chunk]:
    """What stands for the text between two windows: words, the first end of a sentence, words."""
    stop = SENTENCE_END.search(folded, start, end)
    yield from _gap(folded, start, stop.start() if stop else end)
    if stop:
        yield Chunk(stop.start(), stop.end(), "STOP")
        yield from _gap(folded, stop.end(), end)


def _known(
    scan: Scan, words: list[Hit], codes: list[FoundCode | DamagedCode], code_starts: set[int], rules: Rules
) -> list[Chunk]:
    """The chunks of a window that stand for something, in order, not overlapping; codes come before words."""
    chunks: list[Chunk] = []
    replaced: set[int] = set()
    position = upcoming = 0
    for word in words:
        if word.start < position:
            continue
        while upcoming < len(codes) and codes[upcoming].end <= word.start:
            upcoming += 1
        if upcoming < len(codes) and codes[upcoming].start < word.end:
            code = codes[upcoming]
            if word.entry.tag != "NICKNAME" or word.start > code.start or code.end > word.end:
                chunks.extend(_before_code(scan, word.start, code.start, rules))
                position = code.end
                continue
            replaced.add(code.start)  # "Đề án 06/CP" is the nickname, not a code
        found = _chunks_of(scan, word, rules, code_starts)
        chunks.extend(found)
        position = found[-1].end if found else position
    chunks.extend(
        Chunk(code.start, code.end, "CODE" if isinstance(code, FoundCode) else "DAMAGED", code)
        for code in codes
        if code.start not in replaced
    )
    chunks.sort(key=attrgetter("start"))
    return chunks


def _before_code(scan: Scan, start: int, end: int, rules: Rules) -> Iterator[Chunk]:
    """The words in front of a code that a longer name ran into: "Nghị quyết số 30a" of "Nghị quyết số 30a/2008/NQ-CP"."""
    for hit in rules.lexicon.find(scan.folded[start:end]):
        if hit.entry.tag in ("TYPE", "SHORT", "SO"):
            yield Chunk(start + hit.start, start + hit.end, hit.entry.tag, hit.entry.value)


def _chunks_of(scan: Scan, hit: Hit, rules: Rules, code_starts: set[int]) -> list[Chunk]:
    """What a hit of the lexicon becomes, with the number that follows a label or "số"."""
    folded, entry, end = scan.folded, hit.entry, hit.end
    tag = entry.tag
    if entry.label and (_NUMBER_FOLLOWS.match(folded, end) or _is_short_form(folded, hit, rules)):
        return _labelled(folded, Chunk(hit.start, end, "TYPE", entry.label), code_starts)
    if tag in ("LAW", "LAW_HEAD"):
        law = law_end(scan, hit, rules.law_names)
        if law is None:
            return _labelled(folded, Chunk(hit.start, end, "TYPE", entry.value), code_starts)
        return [Chunk(hit.start, law, "LAW", entry.value)]
    if tag == "LAW_LIKE":
        law = damaged_name(folded, hit, rules.law_names)
        return [Chunk(hit.start, law, "LAW", entry.value)] if law else []
    if tag == "AGENCY":
        return [Chunk(hit.start, place_end(folded, end, rules), tag, entry.value)]
    if tag == "SO":
        return _numbered(folded, Chunk(hit.start, end, tag), code_starts)
    if tag == "NICKNAME":
        return _nicknames(folded, hit, rules)
    if hit.start in scan.titled:
        return [Chunk(hit.start, scan.titled[hit.start], "LAW", entry.value)]
    if tag in ("TYPE", "SHORT"):
        return _labelled(folded, Chunk(hit.start, end, tag, entry.value), code_starts)
    return [Chunk(hit.start, end, tag, entry.value)]


def _is_short_form(folded: str, hit: Hit, rules: Rules) -> bool:
    """True for a label that is a cue too, with its capital, before a bare number that counts nothing: "Hướng dẫn 05 của"."""
    number = _BARE_NUMBER.match(folded, hit.end) if folded[hit.start].isupper() else None
    return number is not None and rules.short_end.match(folded, number.end()) is not None


def _nicknames(folded: str, hit: Hit, rules: Rules) -> list[Chunk]:
    """A nickname, and those that share its head: "Đề án 938, 939"."""
    found = [Chunk(hit.start, hit.end, "NICKNAME", hit.entry.value)]
    head = folded[hit.start : hit.end].rstrip("0123456789")
    while match := LISTED.match(folded, found[-1].end):
        other = rules.nickname_of(head + match["number"])
        if other is None:
            break
        found.append(Chunk(match.start("number"), match.end(), "NICKNAME", other))
    return found


def place_end(folded: str, position: int, rules: Rules) -> int:
    """End of the place named right behind `position` ("tỉnh Kiên Giang"), else `position`."""
    word = _NEXT_WORD.match(folded, position)
    if word is None or word["word"].lower() not in rules.place_heads:
        return position
    place = next(rules.place_names.find(folded[word.start("word") : position + 48]), None)
    return word.start("word") + place.end if place and place.start == 0 else position


def _labelled(folded: str, label: Chunk, code_starts: set[int]) -> list[Chunk]:
    """A label, and the bare number right behind it; a short label needs a number behind it."""
    behind = folded[label.end : label.end + 1]
    number = _NUMBER.match(folded, label.end) if behind.isspace() or behind.isdigit() else None
    if number and number.start("number") not in code_starts:
        return [label, Chunk(number.start("number"), number.end(), "NUMBER", number)]
    if label.tag == "SHORT" and not _SHORT_FOLLOWS.match(folded, label.end):
        return []
    return [label]


def _numbered(folded: str, word: Chunk, code_starts: set[int]) -> list[Chunk]:
    """ "số" with its colon, and what stands in the place of a number: a number or nothing at all."""
    colon = _COLON.match(folded, word.end)
    end = colon.end() if colon and ":" in colon.group() else word.end
    so = Chunk(word.start, end, "SO")
    if blank := _BLANK.match(folded, end):
        return [so, Chunk(end, blank.end(), "BLANK", blank.group("blank"))]
    number = _NUMBER.match(folded, end)
    if number is None or number.start("number") in code_starts:
        return [so]
    return [so, Chunk(number.start("number"), number.end(), "NUMBER", number)]


def _fill(folded: str, start: int, end: int, known: list[Chunk]) -> Iterator[Chunk]:
    """Put punctuation and GAP chunks between the known ones."""
    position = start
    for chunk in known:
        if folded[position : chunk.start] != " ":
            yield from _between(folded, position, chunk.start)
        yield chunk
        position = chunk.end
    yield from _between(folded, position, end)


def _between(folded: str, start: int, end: int) -> Iterator[Chunk]:
    """Chunks of the text between two known ones; blanks vanish, words of one run are one GAP."""
    position = start
    for mark in _MARK.finditer(folded, start, end):
        begin, stop = mark.span()
        if begin > position:
            yield from _gap(folded, position, begin)
        tag = _TAGS.get(folded[begin]) or ("STOP" if mark.group().isspace() else "ITEM")
        if tag != "ITEM" and stop - begin > 2 and folded[stop - 1] == ")":
            yield Chunk(begin, begin + 1, tag)
            begin, tag = begin + 1, "ITEM"
        yield Chunk(begin, stop, tag)
        position = stop
    if position < end:
        yield from _gap(folded, position, end)


def _gap(folded: str, start: int, end: int) -> Iterator[Chunk]:
    """The words of [start, end) as one GAP, None where there are only blanks."""
    words = folded[start:end].lstrip()
    if words:
        yield Chunk(end - len(words), end, "GAP")
