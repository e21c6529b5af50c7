"""The parts of a text worth a closer look: around codes, names of laws, and labels before a number.

A window does not reach back beyond the sentence; windows that touch are one.
"""

import re
from collections.abc import Iterator

from kgdocs.extract.scan import Scan

BEFORE, AFTER = 200, 60
"""Characters of a window before and after its anchor."""
_NAMED = frozenset({"LAW", "LAW_HEAD", "LAW_LIKE", "NICKNAME", "TITLE", "DRAFT"})
_LABELS = frozenset({"TYPE", "SHORT", "SO"})
_PAIRS = {"ATTACHED": {"THIS": 4}, "EXPIRED": {"THIS": 32}, "THIS": {"REPLACE": 200, "GUIDE": 4, "DETAIL": 4}}
"""Words that tell together of an act, and the characters at most between them: "kèm theo Quyết định này"."""
_AHEAD = 5
"""Words looked at for the second of a pair."""
_NUMBER_NEXT = re.compile(r"\s{0,3}:?[\s.…_]{0,40}[0-9/-]")
_SMALL = "a-zđăâêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự"
PARAGRAPH_END = rf"\n(?<=[^\n]{{140}}[^\s,;:(]\n)(?!\s{{0,8}}(?-i:[{_SMALL}]))"
"""The end of a line too long to be cut at its width, where no small letter follows: paragraphs may end without a mark."""
STOP = rf";|\.(?<!\bTP\.)(?=\s|$)|!(?=\s|$)|\?(?=\s|$)|\n[ \t]*\n\s*|{PARAGRAPH_END}"
"""The end of a sentence. Each way begins with a letter of its own: only then is a text searched at full speed."""
ITEM = r"\n\s{0,8}(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}[.)-]|[a-zđ]\)|[-+•]|\|\s{0,3}[0-9]{1,3}\s{0,3}\|)(?=\s)"
"""The ordinal or dash of the next item of a list; the first cell of a numbered row of a table."""
SENTENCE_END = re.compile(f"{ITEM}|{STOP}")


def windows(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the windows around the anchors, merged where they touch."""
    begin = stop = -1
    for start, end in _anchors(scan):
        if start <= stop:
            stop = max(stop, min(len(scan.folded), end + AFTER))
            continue
        reach = _sentence_start(scan.folded, max(0, start - BEFORE), start)
        if stop >= 0 and reach > stop:
            yield begin, stop
            begin = reach
        elif stop < 0:
            begin = reach
        stop = min(len(scan.folded), end + AFTER)
    if stop >= 0:
        yield begin, stop


def _anchors(scan: Scan) -> list[tuple[int, int]]:
    """What opens a window, in order: codes, names, labels or "số" before a number or a blank, "kèm theo Quyết định này"."""
    folded = scan.folded
    anchors = [(code.start, code.end) for code in scan.codes]
    for index, hit in enumerate(scan.hits):
        tag = hit.entry.tag
        labelled = tag in _LABELS or hit.entry.label
        if tag in _NAMED or (labelled and _NUMBER_NEXT.match(folded, hit.end)):
            anchors.append((hit.start, hit.end))
        elif tag in _PAIRS and (end := _paired(scan, index)):
            anchors.append((hit.start, end))
    anchors.extend(scan.titled.items())
    return sorted(anchors)


def _paired(scan: Scan, index: int) -> int | None:
    """End of the second word of a pair whose first is the hit at `index`; None where it is alone."""
    hit = scan.hits[index]
    seconds = _PAIRS[hit.entry.tag]
    following = scan.hits[index + 1 : index + _AHEAD]
    return next((one.end for one in following if one.start - hit.end < seconds.get(one.entry.tag, 0)), None)


def _sentence_start(folded: str, floor: int, position: int) -> int:
    """Where the sentence of `position` begins, not before `floor`; a word is not cut."""
    start = floor
    for match in SENTENCE_END.finditer(folded, floor, position):
        start = match.start()
    while start == floor and 0 < start < position and folded[start - 1].isalnum():
        start = floor = start + 1
    return start
