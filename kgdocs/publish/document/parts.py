"""A long text in parts that a page can hold; a part begins at a paragraph, and no mention is cut."""

from bisect import bisect_right
from collections.abc import Sequence

PART = 60_000
"""Characters of a text on one page, at most, unless one mention is longer."""
SURE = 30_000
"""Every part but the last has at least this many: what begins earlier in a text is surely on its first page."""

Stretch = tuple[int, int]


def parts(text: str, mentions: Sequence[Stretch] = ()) -> list[Stretch]:
    """Return where each part of `text` begins and ends, one after the other; one part where the text is short.

    `mentions` are [start, end) in any order; a part ends before or after each of them.
    """
    spans = _merged(mentions)
    found, start = [], 0
    while len(text) - start > PART:
        end = _end(text, start, spans)
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def part_at(found: Sequence[Stretch], position: int) -> int:
    """Return the number, from 1, of the part that holds `position`; the first or last where none does."""
    return max(1, bisect_right([start for start, _ in found], position))


def _end(text: str, start: int, spans: Sequence[Stretch]) -> int:
    """The best place to end a part that begins at `start`: an empty line, a line, a space, anywhere."""
    low, high = start + SURE, start + PART
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, low, high)
        while place >= 0:
            cut = place + len(mark)
            span = _around(spans, cut)
            if span is None:
                return cut
            place = text.rfind(mark, low, max(low, span[0]))
    span = _around(spans, high)
    return span[1] if span else high


def _around(spans: Sequence[Stretch], cut: int) -> Stretch | None:
    """The span that would be cut in two."""
    index = bisect_right(spans, (cut, 0)) - 1
    return spans[index] if index >= 0 and spans[index][0] < cut < spans[index][1] else None


def _merged(spans: Sequence[Stretch]) -> list[Stretch]:
    """The spans in order, those that overlap as one."""
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
