"""Passages that a text quotes: the wording that an amending article sets, what a footnote gives of another document."""

import re
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
    position = 0
    while opened := _OPENED.search(text, position):
        start = opened.start("mark")
        closed = _CLOSED[opened["mark"]].search(text, start + 1, min(len(text), start + MAX_QUOTED))
        position = closed.end() if closed else start + 1
        if closed:
            yield Span(start=start, end=closed.end())
