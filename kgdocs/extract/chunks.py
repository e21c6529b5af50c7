"""A text cut into the pieces that the token patterns of patterns/ speak of.

Only windows around anchors are looked at: codes, labels before numbers, names of laws,
nicknames and drafts. Inside a window every known word becomes a chunk with its tag, and
what stands between becomes punctuation or GAP, so that the chunks cover the window.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgdocs.extract.laws import law_end
from kgdocs.grammar import Rules
from kgdocs.grammar.codes import FoundCode
from kgdocs.grammar.lexicon import Hit

BEFORE, AFTER = 160, 360
"""Characters of a window before and after its anchor."""

_NUMBER = re.compile(
    r"[ \n]{0,4}(?P<number>[0-9]{1,5}[a-dđ]?)(?:/(?P<year>(?:19|20)[0-9]{2}))?(?![\w%.,/-]*[0-9]|[\w/%])"
)
_BLANK = re.compile(
    r"[\s.…_]{0,40}(?P<blank>[/-]\s?[A-ZĐ][A-Za-zĐđ]{0,6}\s?[-/]\s?[A-ZĐ][A-Za-zĐđ&]{1,12}(?:-[A-ZĐ][\w&]{0,11}){0,4})(?!\w)"
)
_NUMBER_FOLLOWS = re.compile(r"\s{1,3}(?:s[ốóô]\w?\s{0,3}:?[\s.…_]{0,40}[0-9/-]|[0-9]{1,5}\s?[/-])", re.IGNORECASE)
_COLON = re.compile(r"\s{0,3}:?")
_BETWEEN = re.compile(
    r"(?P<COLON>:(?=\s|$))|(?P<STOP>;|[.!?](?=\s|$)|[ \t]*\n[ \t]*\n\s*)|(?P<COMMA>,)|(?P<QUOTE>[“”\"«»‘’'()\[\]]+)|(?P<BLANK>\s+)|(?P<GAP>[^;,“”\"«»‘’'()\[\]\s]+)"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece [start, end) of the text with its tag and what it stands for."""

    start: int
    end: int
    tag: str
    value: object = None


def chunk_text(folded: str, rules: Rules, anchor_words: re.Pattern[str]) -> list[Chunk]:
    """Return the chunks of all windows of a scan-folded text, an EDGE between windows."""
    codes = list(rules.codes.find(folded))
    starts = [code.start for code in codes]
    chunks: list[Chunk] = []
    for start, end in _windows(folded, codes, anchor_words):
        if chunks:
            chunks.append(Chunk(start, start, "EDGE"))
        inside = codes[bisect_left(starts, start) : bisect_left(starts, end)]
        chunks.extend(_fill(folded, start, end, _known(folded, start, end, inside, rules)))
    return chunks


def _windows(folded: str, codes: Iterable[FoundCode], anchor_words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the windows around the anchors, merged where they touch, never cutting a word."""
    anchors = sorted([(c.start, c.end) for c in codes] + [m.span() for m in anchor_words.finditer(folded)])
    current: tuple[int, int] | None = None
    for start, end in anchors:
        begin, stop = _widen(folded, max(0, start - BEFORE), min(len(folded), end + AFTER))
        if current and begin <= current[1]:
            current = (current[0], max(current[1], stop))
        else:
            if current:
                yield current
            current = (begin, stop)
    if current:
        yield current


def _widen(folded: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a window to the nearest blank within 40 characters."""
    while start > 0 and not folded[start - 1].isspace() and start % 40:
        start -= 1
    while end < len(folded) and not folded[end].isspace() and end % 40:
        end += 1
    return start, end


def _known(folded: str, start: int, end: int, codes: list[FoundCode], rules: Rules) -> list[Chunk]:
    """The chunks of a window that stand for something, in order, not overlapping; codes come before words."""
    chunks: list[Chunk] = []
    code_starts = {code.start for code in codes}
    replaced: set[int] = set()
    position, upcoming = start, 0
    for hit in rules.lexicon.find(folded[start:end]):
        word = Hit(hit.start + start, hit.end + start, hit.entry)
        while upcoming < len(codes) and codes[upcoming].end <= word.start:
            upcoming += 1
        code = codes[upcoming] if upcoming < len(codes) and codes[upcoming].start < word.end else None
        if code and word.entry.tag == "NICKNAME" and word.start <= code.start and code.end <= word.end:
            replaced.add(code.start)  # "Đề án 06/CP" is the nickname, not a code
            code = None
        if code or word.start < position:
            continue
        found = _chunks_of(folded, word, rules, code_starts)
        chunks.extend(found)
        position = found[-1].end if found else position
    chunks.extend(Chunk(code.start, code.end, "CODE", code) for code in codes if code.start not in replaced)
    return sorted(chunks, key=lambda chunk: chunk.start)


def _chunks_of(folded: str, hit: Hit, rules: Rules, code_starts: set[int]) -> list[Chunk]:
    """What a hit of the lexicon becomes, with the number that follows a label or "số"."""
    tag, end = hit.entry.tag, hit.end
    if hit.entry.label and _NUMBER_FOLLOWS.match(folded, end):
        return _labelled(folded, Chunk(hit.start, end, "TYPE", hit.entry.label), code_starts)
    if tag in ("LAW", "LAW_HEAD"):
        law = law_end(folded, hit, rules)
        if law is None:
            return _labelled(folded, Chunk(hit.start, end, "TYPE", hit.entry.value), code_starts)
        return [Chunk(hit.start, law, "LAW", hit.entry.value)]
    if tag == "AGENCY":
        return [Chunk(hit.start, place_end(folded, end, rules), tag, hit.entry.value)]
    if tag == "SO":
        return _numbered(folded, Chunk(hit.start, end, tag), code_starts)
    if tag in ("TYPE", "SHORT"):
        return _labelled(folded, Chunk(hit.start, end, tag, hit.entry.value), code_starts)
    return [Chunk(hit.start, end, tag, hit.entry.value)]


def place_end(folded: str, position: int, rules: Rules) -> int:
    """End of the place named right behind `position` ("tỉnh Kiên Giang"), else `position`."""
    piece = folded[position : position + 48]
    place = next(rules.place_names.find(piece), None)
    return position + place.end if place and not piece[: place.start].strip() else position


def _labelled(folded: str, label: Chunk, code_starts: set[int]) -> list[Chunk]:
    """A label, and the bare number right behind it; a short label needs a number behind it."""
    number = _NUMBER.match(folded, label.end)
    if number and number.start("number") not in code_starts and folded[label.end : label.end + 1].isspace():
        return [label, Chunk(number.start("number"), number.end(), "NUMBER", number)]
    if label.tag == "SHORT" and not re.match(
        r"\s{0,3}(?:số)?\s{0,3}:?\s{0,3}[0-9]", folded[label.end : label.end + 16]
    ):
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
        yield from _between(folded, position, chunk.start)
        yield chunk
        position = chunk.end
    yield from _between(folded, position, end)


def _between(folded: str, start: int, end: int) -> Iterator[Chunk]:
    """Chunks of the text between two known ones; blanks vanish, words of one run are one GAP."""
    gap: Chunk | None = None
    for match in _BETWEEN.finditer(folded, start, end):
        kind = match.lastgroup or "GAP"
        if kind == "GAP":
            gap = Chunk(gap.start if gap else match.start(), match.end(), "GAP")
            continue
        if kind == "BLANK":
            continue
        if gap:
            yield gap
            gap = None
        yield Chunk(match.start(), match.end(), kind)
    if gap:
        yield gap
