"""Running headers, footers and page numbers: lines at the edges of pages that would stand inside sentences.

A line is one where the same words stand at the same edge of many pages (a number in it may count the pages), or where it
is a bare page number that is right. Words are not lost: the first page keeps its header and the last one its footer, and a header
that begins later stands once at the end of the last page. Lines that the text repeats between the edges of pages are none.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DEPTH = 4
"""Lines at an edge of a page that may be furniture."""
_SHARE = 0.3
"""Share of the pages that a running line stands on (left and right pages may have different ones), but one that counts them."""
_FEWEST = 3
_Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page and how high it stands (larger is higher); lines of the same height are in their order."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class PageMarks:
    """How page numbers look: lines that are nothing else, such as "- 3 -", and lines in which one counts the pages."""

    number: re.Pattern[str]
    counter: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line at the edge of a page: its index, words without the number, that number, and whether it is nothing else."""

    at: int
    words: str
    counted: int | None
    is_number: bool

    def key(self, page: int) -> _Key:
        """What is the same on every page that the line runs through."""
        return self.words, None if self.counted is None else self.counted - page


def without_furniture(pages: Sequence[Sequence[PageLine]], marks: PageMarks) -> list[list[str]]:
    """Return the lines of each page without the running ones."""
    last = len(pages) - 1
    gone: list[dict[int, _EdgeLine]] = [{} for _ in pages]
    both = [[_edge(lines, direction, marks) for lines in pages] for direction in (1, -1)]
    repeated = _repeated(pages, both)
    for edges, end in zip(both, (0, last), strict=True):
        running = {key for key in _running(edges) if key[1] is not None or key[0] not in repeated}
        for page, edge in enumerate(edges):
            gone[page].update((line.at, line) for line in _furniture(edge, page, running, page == end))
    kept = [[line.text for at, line in enumerate(lines) if at not in gone[page]] for page, lines in enumerate(pages)]
    if kept:
        kept[last].extend(_lost(pages[last], gone[last], kept, marks))
    return kept


def _edge(lines: Sequence[PageLine], direction: int, marks: PageMarks) -> list[_EdgeLine]:
    """The lines with words at the top (1) or the bottom (-1) of a page, the outermost first."""
    ordered = sorted((at for at, line in enumerate(lines) if line.text.strip()), key=lambda at: -lines[at].height)
    return [_edge_line(at, lines[at].text, marks) for at in ordered[::direction][:_DEPTH]]


def _edge_line(at: int, text: str, marks: PageMarks) -> _EdgeLine:
    words = _plain(text)
    is_number = marks.number.match(words) is not None
    if found := marks.counter.match(words):
        name = "page" if found["page"] else "last"
        return _EdgeLine(at, words[: found.start(name)] + words[found.end(name) :], int(found[name]), is_number)
    return _EdgeLine(at, words, None, is_number)


def _running(edges: Sequence[Sequence[_EdgeLine]]) -> set[_Key]:
    """What stands at one edge of so many pages that it runs through them."""
    counts = Counter(key for page, edge in enumerate(edges) for key in {line.key(page) for line in edge})
    fewest = max(2, min(_FEWEST, len(edges) - 1))
    share = math.ceil(_SHARE * len(edges))
    return {key for key, count in counts.items() if count >= (fewest if key[1] is not None else max(fewest, share))}


def _repeated(pages: Sequence[Sequence[PageLine]], both: Sequence[Sequence[Sequence[_EdgeLine]]]) -> set[str]:
    """Words of lines that stand between the edges of pages more than once: the text repeats itself there."""
    at_edges = [{line.at for edges in both for line in edges[page]} for page in range(len(pages))]
    counts = Counter(
        _plain(line.text)
        for page, lines in enumerate(pages)
        for at, line in enumerate(lines)
        if at not in at_edges[page]
    )
    return {words for words, count in counts.items() if count > 1}


def _furniture(edge: Sequence[_EdgeLine], page: int, running: set[_Key], is_end: bool) -> Iterator[_EdgeLine]:
    """The lines to be dropped at one edge of a page, from the outermost to the first that belongs to the text.

    At the beginning of the first page and the end of the last one (`is_end`) only page numbers are.
    """
    for line in edge:
        is_right = line.is_number and line.counted == page + 1
        if not is_right and line.key(page) not in running:
            return
        if line.is_number or not is_end:
            yield line


def _lost(
    lines: Sequence[PageLine], gone: dict[int, _EdgeLine], kept: Sequence[Sequence[str]], marks: PageMarks
) -> list[str]:
    """Running lines of the last page that no page has kept."""
    wanted = {line.words: lines[at].text for at, line in sorted(gone.items()) if not line.is_number}
    if wanted:
        for text in (text for page in kept for text in page):
            wanted.pop(_edge_line(0, text, marks).words, None)
    return list(wanted.values())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
