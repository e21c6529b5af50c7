"""Passages that a text quotes: the wording that an amending article sets, what a footnote gives of another document."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from kgdocs.models import Span

MAX_QUOTED = 6000
"""Characters of a passage at most; a mark that nothing closes before opens none."""
_OPENED = re.compile(r"""(?:^[ \t]{0,8}|:\s{1,4})(?P<mark>["“«])""", re.MULTILINE)
_CLOSED = {
    mark: re.compile(rf"{closing}[.;,]{{0,2}}[ \t]*$", re.MULTILINE) for mark, closing in zip('"“«', '"”»', strict=True)
}
"""How a passage ends: with the line."""


def quotations(text: str) -> Iterator[Span]:
    """Yield the passages that begin with a line or behind a colon, and end with a line, in a pair of quotation marks."""
    ends: dict[str, list[int]] = {}
    position = 0
    for opened in _OPENED.finditer(text):
        mark, start = opened["mark"], opened.start("mark")
        if start < position:
            continue
        if mark not in ends:
            ends[mark] = [closed.end() for closed in _CLOSED[mark].finditer(text)]
        following = bisect_right(ends[mark], start + 1)
        if following < len(ends[mark]) and ends[mark][following] <= start + MAX_QUOTED:
            position = ends[mark][following]
            yield Span(start=start, end=position)
