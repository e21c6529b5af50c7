"""The words of a stretch of text, as facts about a document keep them."""

import re
from collections.abc import Sequence

from kgdocs.models import Span

_EMPHASIS = re.compile(r"[*_]")
_BRACKET = re.compile(r"\(|(?<!\s[0-9a-zđ])(?<!\s[0-9][0-9])\)")


def plain(text: str, span: tuple[int, int], interruptions: Sequence[Span] = ()) -> str:
    """The words of a span on one line, footnotes and Markdown left out."""
    pieces, position = [], span[0]
    for cut in interruptions:
        if span[0] <= cut.start < span[1]:
            pieces.append(text[position : cut.start])
            position = cut.end
    pieces.append(text[position : span[1]])
    words = " ".join(_EMPHASIS.sub(" ", " ".join(pieces)).split()).strip(" ,;")
    bare = words.strip(' ,;”“"')
    whole = bare.count("“") > bare.count("”") and words.endswith(
        "”"
    )  # "Đề án “…”": the last mark is that of the name in it
    return f"{bare}”" if whole else bare


def closed_before(text: str, begin: int, end: int) -> int | None:
    """Where in [begin, end) a bracket closes that was open at `begin`, None where none does; "a)" and "12)" are items."""
    depth = 0
    for mark in _BRACKET.finditer(text, begin, end):
        depth += 1 if mark.group() == "(" else -1
        if depth < 0:
            return mark.start()
    return None
