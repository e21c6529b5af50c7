"""The parts of a text worth a closer look: around codes, names of laws, and labels before a number.

A window does not reach back beyond the sentence; windows that touch are one.
"""

import re
from collections.abc import Iterator

from kgdocs.extract.scan import Scan

BEFORE, AFTER = 200, 60
"""Characters of a window before and after its anchor."""
_NAMED = frozenset({"LAW", "LAW_HEAD", "NICKNAME", "TITLE", "DRAFT"})
_LABELS = frozenset({"TYPE", "SHORT", "SO"})
_NUMBER_NEXT = re.compile(r"\s{0,3}:?[\s.…_]{0,40}[0-9/-]")
STOP = r";|\.(?<!\bTP\.)(?=\s|$)|!(?=\s|$)|\?(?=\s|$)|\n[ \t]*\n\s*"
"""The end of a sentence. Each way begins with a letter of its own: only then is a text searched at full speed."""
ITEM = r"\n\s{0,8}(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}[.)]|[a-zđ]\)|[-+•])(?=\s)"
"""The ordinal or dash of the next item of a list."""
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
    """What opens a window: codes, names, and labels or "số" before a number or a blank, in order."""
    folded = scan.folded
    anchors = [(code.start, code.end) for code in scan.codes]
    for hit in scan.hits:
        tag = hit.entry.tag
        labelled = tag in _LABELS or hit.entry.label
        if tag in _NAMED or (labelled and _NUMBER_NEXT.match(folded, hit.end)):
            anchors.append((hit.start, hit.end))
    anchors.extend(scan.titled.items())
    return sorted(anchors)


def _sentence_start(folded: str, floor: int, position: int) -> int:
    """Where the sentence of `position` begins, not before `floor`; a word is not cut."""
    start = floor
    for match in SENTENCE_END.finditer(folded, floor, position):
        start = match.start()
    while start == floor and 0 < start < position and folded[start - 1].isalnum():
        start = floor = start + 1
    return start
