"""A web page (HTML) → its words: a line for each block, cells of a table apart, inline tags without a trace.

"28-CT/<b>TW</b>" is one code, and `<td>211-KH/TU</td><td>25/4/2024</td>` are two cells. What a browser does not show
as text (scripts, styles, templates, comments) is left out, and so is the navigation around a text.
"""

import contextlib
import re

from kgdocs.errors import SourceError
from kgdocs.grammar.encodings import Encodings
from kgdocs.read.text import decode

MAX_NODES = 2_000_000
"""Elements and pieces of text; a page of more is refused."""
_LEFT_OUT = frozenset(
    {"script", "style", "head", "template", "noscript", "nav", "svg", "math", "iframe", "object", "button", "select", "textarea"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
     "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "br"}
)  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote"})
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4096
"""Bytes in which a page may name its encoding."""


def html_text(page: str) -> str:
    """Return the words of a page; raises SourceError where it is too large."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    pieces: list[str] = []
    node, nodes = root, 0
    while node is not None:  # without recursion: a page may nest as deep as it likes
        nodes += 1
        if nodes > MAX_NODES:
            raise SourceError("Trang HTML quá lớn.")
        tag = node.tag
        if tag == "-text":
            pieces.append(_BLANKS.sub(" ", node.text_content or ""))
        entered = node.child is not None and tag not in _LEFT_OUT
        if entered or tag in _BLOCKS:
            pieces.append(_mark(tag))
        if entered:
            node = node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None:
                pieces.append(_mark(node.tag))
        node = node.next if node is not None else None
    return _lines("".join(pieces))


def decoded_page(content: bytes, encodings: Encodings) -> str:
    """Return a page as Unicode: by the encoding that it names where that fits, else as any text is decoded.

    Raises SourceError as `decode` does.
    """
    named = _CHARSET.search(content[:_LOOKED_AT])
    charset = named[1].decode("ascii", "replace").lower() if named else "utf-8"
    if charset not in ("utf-8", "utf8"):
        with contextlib.suppress(LookupError, UnicodeError):  # it names one that there is not, or another than it has
            return content.decode(charset)
    return decode(content, encodings).text


def _mark(tag: str | None) -> str:
    """What stands for the beginning or the end of an element."""
    if tag in _CELLS:
        return " | "
    return "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS else ""


def _lines(text: str) -> str:
    """Lines without blanks around them and without bars at their ends, at most one empty line between two."""
    rows = (re.sub(r"^(?:\s*\|)+\s*|\s*(?:\|\s*)+$", "", line).strip() for line in text.split("\n"))
    cleaned = "\n".join(re.sub(r"\s*\|(?:\s*\|)*\s*", " | ", re.sub(r" {2,}", " ", row)) for row in rows)
    return re.sub(r"\n{3,}", "\n\n", cleaned).strip("\n") + "\n"
