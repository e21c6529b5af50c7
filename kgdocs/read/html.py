"""A web page (HTML) → its words: a line for each block, cells of a table apart, inline tags without a trace.

"28-CT/<b>TW</b>" is one code, and `<td>211-KH/TU</td><td>25/4/2024</td>` are two cells. What a browser does not show
as text (scripts, styles, templates, comments) is left out, and so is the navigation around a text.
"""

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace

from kgdocs.errors import SourceError
from kgdocs.grammar.encodings import as_windows
from kgdocs.read import limits
from kgdocs.read.text import Found, as_found

_LEFT_OUT = frozenset(
    {"script", "style", "head", "template", "noscript", "nav", "svg", "math", "iframe", "object", "button", "select", "textarea"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
     "listing", "xmp", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "br"}
)  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote"})
_PREFORMATTED = frozenset({"pre", "listing", "xmp"})
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CODECS = re.compile(r"(?:cp(?:8|9|12)\d+|iso8859-|mac|koi8|gb|big5|shift_jis|euc_)")
"""Encodings that pages are written in; Python knows others, such as escapes and UTF-7, that would change their text."""
_EMPTY_LINES = re.compile(r"\n{3,}")
_LOOKED_AT = 4096
"""Bytes in which a page may name its encoding."""


def page_texts(content: bytes) -> tuple[Found, ...]:
    """Return the words of a page, once for each encoding that it may be in, the likeliest first.

    What the bytes say outweighs the encoding that the page names: a byte-order mark, then strict UTF-8, decide alone. Other
    pages may be in an encoding from before Unicode, which their words tell, or in the one named. Raises SourceError
    where a page is too large, is binary, or contradicts its byte-order mark.
    """
    found = as_found(content)
    if "\0" in found.text:
        raise SourceError("Tệp nhị phân, không phải văn bản.")
    likeliest = replace(found, text=html_text(found.text), bom=b"")
    return (likeliest,) if found.codec else (likeliest, *_as_named(content))


def html_text(page: str) -> str:
    """Return the words of a page; raises SourceError where it is too large."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    words = _Words()
    node, nodes, most = root, 0, limits.NODES.value
    while node is not None:  # without recursion: a page may nest as deep as it likes
        nodes += 1
        if nodes > most:
            raise SourceError("Trang HTML quá lớn.")
        tag = node.tag
        if tag == "-text":
            words.add(node.text_content or "")
        entered = node.child is not None and tag not in _LEFT_OUT
        if not entered:
            words.mark(tag)
        else:
            words.begin(tag)
            node = node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None:
                words.end(node.tag)
        node = node.next if node is not None else None
    return words.text()


def _as_named(content: bytes) -> Iterator[Found]:
    """The words of a page in the encoding that it names, where there is such a one and it fits."""
    named = _CHARSET.search(content[:_LOOKED_AT])
    with contextlib.suppress(LookupError, UnicodeError):
        codec = codecs.lookup(named[1].decode("ascii")).name if named else ""
        if _CODECS.match(codec):
            yield Found(text=html_text(as_windows(content.decode(codec))), encoding=codec, codec=codec)


class _Words:
    """The words of a page while it is walked; blanks count as one, but in <pre>, where they are as they stand."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._preformatted = 0

    def add(self, text: str) -> None:
        """Append a piece of text."""
        if self._preformatted:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            text = _BLANKS.sub(" ", text)
            if self._pieces and self._pieces[-1].endswith(" "):
                text = text.lstrip(" ")
        if text:
            self._pieces.append(text)

    def begin(self, tag: str | None) -> None:
        """Put what stands for the beginning of an element."""
        self._preformatted += tag in _PREFORMATTED
        self.mark(tag)

    def end(self, tag: str | None) -> None:
        """Put what stands for the end of an element that was entered."""
        self._preformatted -= tag in _PREFORMATTED
        self.mark(tag)

    def mark(self, tag: str | None) -> None:
        """Put what stands for the border of an element."""
        mark = " | " if tag in _CELLS else "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS else ""
        if mark:
            self._pieces.append(mark)

    def text(self) -> str:
        """Lines without blanks around them and without bars at their ends, at most one empty line between two."""
        lines = ("".join(self._pieces)).split("\n")
        cleaned = "\n".join(" | ".join(filter(None, map(str.strip, line.split("|")))) for line in lines)
        return _EMPTY_LINES.sub("\n\n", cleaned).strip("\n") + "\n"
