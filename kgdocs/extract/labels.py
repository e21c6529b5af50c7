"""Labels and list members that the words alone do not give: glued, without marks, with an epithet, numbers only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from kgdocs.extract.chunk import Chunk
from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.folding import strip_marks
from kgdocs.grammar.found import FoundCode

_LIST_JOINT = r"\s{0,3}(?:,|;|/|và|hoặc)\s{0,3}"
LISTED = re.compile(rf"{_LIST_JOINT}(?:số\s{{1,3}})?(?P<number>[0-9]{{1,5}}[a-dđ]?)(?![\w%])")
"""A further bare number of a list."""
_LISTED_ALONE = re.compile(
    r"[^\S\n]{0,3}(?:,|;|và|hoặc)(?:[^\S\n]{0,3}|[^\S\n]?\n(?=[0-9]{1,5}[a-dđ]?[^\S\n]?(?:,| và | của )))"
    r"(?!(?:19|20)[0-9]{2}(?!\w))(?P<number>[0-9]{1,5}[a-dđ]?)(?![\w%]|[.,/-][0-9]|\s?/)"
)
"""The same where no symbol ends the list: a year, a part of another number or the mark of an item is none."""
_LIST_END = re.compile(rf"{_LIST_JOINT}(?:số\s{{1,3}})?\Z")
_GLUED = re.compile(r"(?<!\w)[^\W\d_]{2,5}\Z")
_EPITHET = re.compile(r"(?:\s{1,2}[^\W\d_A-ZĐ]{1,7}){1,5}\s{1,2}")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]{1,8}\s{1,3}){1,5}\Z")


def complete_labels(scan: Scan, known: list[Chunk], rules: Rules) -> list[Chunk]:
    """Return the known chunks of a window with the labels and numbers that their neighbours make plain."""
    glued = list(_with_glued(scan.folded, known, rules))
    return _with_listed(
        scan.folded, list(_with_short_lists(scan.folded, list(_with_labels(scan, glued, rules)), rules))
    )


def _with_glued(folded: str, known: list[Chunk], rules: Rules) -> Iterator[Chunk]:
    """Put in the words written without a blank before a number: "số37-QĐ/TW", "NĐ60/2021/NĐ-CP"."""
    floor = 0
    for chunk in known:
        glued = _GLUED.search(folded, max(floor, chunk.start - 6), chunk.start) if chunk.tag == "CODE" else None
        if glued:
            word = next(rules.lexicon.find(glued.group()), None)
            if word and word.entry.tag in ("SO", "SHORT"):
                yield Chunk(glued.start(), glued.end(), word.entry.tag, word.entry.value)
        yield chunk
        floor = chunk.end


def _with_labels(scan: Scan, known: list[Chunk], rules: Rules) -> Iterator[Chunk]:
    """Put in the labels that lost their marks ("thong tu số 10/2014/TT-BTC"), and stretch those that have an epithet.

    "Kết luận thanh tra số 1204/KL-TTCP": in both cases the code must be of the label's type.
    """
    folded = scan.folded
    for index, chunk in enumerate(known):
        if chunk.tag in ("TYPE", "REPORT") and index + 2 < len(known):
            label = chunk if chunk.tag == "TYPE" else Chunk(*chunk[:2], "TYPE", scan.hit_at[chunk.start].entry.label)
            if _has_epithet(folded, [label, *known[index + 1 : index + 3]], rules):
                yield label._replace(end=len(folded[: known[index + 1].start].rstrip()))
                continue
        if chunk.tag == "REPORT" and index and known[index - 1].tag == "DRAFT":
            yield _drafted(folded, known[index - 1], chunk, scan.hit_at[chunk.start].entry.label, rules)
            continue
        if chunk.tag != "SO" and (chunk.tag not in ("CODE", "DAMAGED") or (index and known[index - 1].tag == "SO")):
            yield chunk
            continue
        code = chunk if chunk.tag != "SO" else known[index + 1] if index + 1 < len(known) else None
        floor = known[index - 1].end if index else 0
        numbered = code is not None and code.tag in ("CODE", "NUMBER", "DAMAGED")
        plain = _plain_label(folded, floor, chunk.start, code, rules) if code and numbered else None
        if plain:
            yield plain
        yield chunk


def _drafted(folded: str, draft: Chunk, report: Chunk, kind: str, rules: Rules) -> Chunk:
    """The label with which a cue begins that stands right behind "dự thảo": "dự thảo Báo cáo sơ kết"."""
    words = folded[report.start : report.end].lower()
    ends = [len(label) for label, labelled in rules.labels.items() if labelled == kind and words.startswith(label)]
    if not kind or not ends or folded[draft.end : report.start].strip():
        return report
    return Chunk(report.start, report.start + max(ends), "TYPE", kind)


def _has_epithet(folded: str, chunks: Sequence[Chunk], rules: Rules) -> bool:
    """True for a label, a few small words, "số" and a code of the label's type."""
    label, so, code = chunks
    found = code.value.code if isinstance(code.value, FoundCode) else None
    if so.tag != "SO" or found is None or rules.type_of_token.get(found.type_token or "") != label.value:
        return False
    between = folded[label.end : so.start]
    return bool(_EPITHET.fullmatch(between)) and not rules.law_names.stop.match(between)


def _plain_label(folded: str, floor: int, end: int, code: Chunk, rules: Rules) -> Chunk | None:
    """The label without its marks right before `end`, where it is that of the code's type."""
    found = code.value.code if isinstance(code.value, FoundCode) else None
    words = _WORDS_BEFORE.search(folded, max(floor, end - 40), end)
    if words is None or (found is None and code.tag == "CODE"):
        return None
    token = found.type_token if found else None
    own = rules.type_of_token.get(token or "")
    starts = [match.start() for match in re.finditer(r"\S+", folded[words.start() : end])]
    for start in starts:
        begin = words.start() + start
        key = strip_marks(" ".join(folded[begin:end].lower().split()))
        coded = rules.coded_labels.get(key)
        if coded and token in rules.types[coded].codes:
            return Chunk(begin, begin + len(folded[begin:end].rstrip()), "TYPE", coded)
        kind = rules.plain_labels.get(key)
        if kind and (kind == own or code.tag != "CODE"):  # a bare number stands only where the text gives its code
            return Chunk(begin, begin + len(folded[begin:end].rstrip()), "TYPE", kind)
    return None


def _with_short_lists(folded: str, known: Sequence[Chunk], rules: Rules) -> Iterator[Chunk]:
    """Put in the further numbers of a list without a symbol: "các Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị"."""
    taken = 0
    for index, chunk in enumerate(known):
        if chunk.start < taken:  # "và" inside the list
            continue
        yield chunk
        label = known[index - (2 if index > 1 and known[index - 1].tag == "SO" else 1)] if index else chunk
        if chunk.tag != "NUMBER" or label.tag not in ("TYPE", "SHORT"):
            continue
        limit = next((later.start for later in known[index + 1 : index + 9] if later.tag != "AND"), None)
        numbers = list(_alone(folded, chunk.end, limit))
        if numbers and rules.short_end.match(folded, numbers[-1].end):
            yield from numbers
            taken = numbers[-1].end


def _alone(folded: str, position: int, limit: int | None) -> Iterator[Chunk]:
    """The bare numbers joined to what ends at `position`, not beyond `limit`."""
    while match := _LISTED_ALONE.match(folded, position, len(folded) if limit is None else limit):
        yield Chunk(match.start("number"), match.end(), "LISTED", match)
        position = match.end()


def _with_listed(folded: str, known: Iterable[Chunk]) -> list[Chunk]:
    """Put in the numbers of a list whose last member has the symbol: "các Quyết định số 10, 11 và 12/QĐ-TTg"."""
    filled: list[Chunk] = []
    for chunk in known:
        if chunk.tag == "CODE":
            before = next((earlier for earlier in reversed(filled) if earlier.tag != "AND"), None)
            if before and before.tag == "NUMBER" and chunk.start - before.end < 80:
                filled.extend(_listed(folded, before.end, chunk.start))
                filled.sort(key=attrgetter("start"))
        filled.append(chunk)
    return filled


def _listed(folded: str, start: int, end: int) -> Iterator[Chunk]:
    """The bare numbers between two members of a list; none where anything else stands there."""
    numbers, position = [], start
    while match := LISTED.match(folded, position, end):
        numbers.append(Chunk(match.start("number"), match.end(), "LISTED", match))
        position = match.end()
    if _LIST_END.match(folded, position, end):
        yield from numbers
