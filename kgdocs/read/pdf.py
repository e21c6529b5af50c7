"""A PDF → the words of its pages, a form feed between two pages so that every place has its page.

Only what the file holds as text is read; pages that are pictures are told, and drawn for OCR. Lines come as the file has them, but column after
column where a page is set in two, and without running headers and page numbers.
"""

import contextlib
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.read import limits
from kgdocs.read.columns import Piece, gutter, in_columns, joined
from kgdocs.read.furniture import PageLine, PageMarks, without_furniture
from kgdocs.read.ocr import DOTS_PER_INCH

PAGE_BREAK = "\f"
_HYPHENS = "\ufffe\x02\u00ad"
"""A hyphen at the end of a line as pdfium gives it, the line break taken away."""
_NO_CHARACTERS = str.maketrans({"\r": None, "\0": None, "\f": " ", **dict.fromkeys(_HYPHENS, "-")})
_BROKEN_CODE = re.compile(r"(?<=[-/])\n(?=[A-ZĐ0-9])")
_BROKEN_WORD = re.compile(rf"(?<![\w-])([A-Za-z]?[a-z]+)[{_HYPHENS}]\n?([a-z]+)(?![\w-])")
"""A foreign word; a hyphen that joins Vietnamese syllables belongs to the word, and one in a code to the code."""
_MOST_PLACED = 50_000
"""Letters of a page whose places are looked at."""
_FEWEST = 20
"""Letters on all pages together below which a file holds no text."""
_FEW_ON_PAGE = 200
"""Letters of a page below which a picture that fills it is the page: a stamp or a signature may be text over a scan."""
_FILLED = 0.5
"""Share of a page that a picture of it fills."""
_POINTS_PER_INCH = 72


def pdf_pages(content: bytes) -> tuple[list[list[PageLine]], list[int]]:
    """Return the lines of all pages, and the numbers from 0 of those that are pictures without text.

    Raises SourceError for what is no PDF, is protected or too large.
    """
    with _opened(content) as document:
        count = len(document)
        if count > limits.PAGES.value:
            raise SourceError(f"Tệp PDF có {count} trang, nhiều hơn {limits.PAGES.value}.")
        pages = [_page(document, number) for number in range(count)]
        letters = [sum(map(str.isalpha, "".join(line.text for line in page))) for page in pages]
        if sum(letters) < _FEWEST:
            return pages, list(range(count))
        if sum(len(line.text) for page in pages for line in page) > limits.CHARACTERS.value:
            raise SourceError("Tệp PDF quá dài.")
        scanned = [at for at in range(count) if letters[at] < _FEW_ON_PAGE and _is_picture(document[at])]
    return pages, scanned


def pages_text(pages: Sequence[Sequence[PageLine]], marks: PageMarks) -> str:
    """Return the text of pages, a form feed between two, without running headers and page numbers."""
    return PAGE_BREAK.join(map(_page_text, without_furniture(pages, marks)))


def page_picture(content: bytes, number: int) -> bytes:
    """Return a page, from 0, as a picture in grey (PGM) with 300 dots an inch, fewer where it would be too large."""
    import pypdfium2

    with _opened(content) as document:
        try:
            page = document[number]
            width, height = page.get_size()
            most = math.sqrt(limits.OCR_PIXELS.value / max(width * height, 1.0))
            bitmap = page.render(scale=min(DOTS_PER_INCH / _POINTS_PER_INCH, most), grayscale=True)
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"Trang {number + 1} của tệp PDF bị hỏng.") from error
        drawn = memoryview(bitmap.buffer).cast("B")
        rows = (drawn[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
        return f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + b"".join(rows)


@contextlib.contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        raise SourceError("Tệp PDF có mật khẩu." if protected else "Không phải tệp PDF, hoặc tệp hỏng.") from error
    try:
        yield document
    finally:
        document.close()


def _is_picture(page: Any) -> bool:
    """True for a page that a picture fills."""
    import pypdfium2

    width, height = page.get_size()
    with contextlib.suppress(pypdfium2.PdfiumError):
        for found in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            left, bottom, right, top = found.get_bounds()
            if (right - left) * (top - bottom) >= _FILLED * width * height:
                return True
    return False


def _page_text(lines: list[str]) -> str:
    """The lines of a page, codes and words that a line end has broken put together."""
    words = _BROKEN_WORD.sub(r"\1\2", "\n".join(lines)).translate(_NO_CHARACTERS)
    return _BROKEN_CODE.sub("", words).rstrip("\n") + "\n"


def _page(document: Any, number: int) -> list[PageLine]:
    """The lines of one page, in the order in which they are read."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        words = text.get_text_range()
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"Trang {number + 1} của tệp PDF bị hỏng.") from error
    with contextlib.suppress(pypdfium2.PdfiumError):  # a page whose letters have no places is read as it comes
        if not page.get_rotation() and len(words) <= _MOST_PLACED:
            return _placed(text, words)
    return [PageLine(line, -at) for at, line in enumerate(words.split("\n"))]


def _placed(text: Any, words: str) -> list[PageLine]:
    """The lines of a page, column after column where it is set in two."""
    place = gutter(joined(Piece(left, right, bottom, top) for left, bottom, right, top in _rectangles(text)))
    if place is None:
        return list(_lines(text, words))
    return [PageLine(piece.text.strip(), piece.top) for piece in in_columns(joined(_letters(text, words)), place)]


def _rectangles(text: Any) -> Iterator[tuple[float, float, float, float]]:
    """The places of what is drawn in one piece: left, bottom, right, top in points."""
    return (text.get_rect(at) for at in range(text.count_rects()))


def _lines(text: Any, words: str) -> Iterator[PageLine]:
    """The lines as the file has them, each with the height of its first letter."""
    start = 0
    for line in words.split("\n"):
        first = start + len(line) - len(line.lstrip())
        yield PageLine(line, _box(text, first)[3] if line.strip() else 0.0)
        start += len(line) + 1


def _letters(text: Any, words: str) -> Iterator[Piece]:
    """The letters of a page with their places; a blank has that of the letter before it, a line break ends a piece."""
    before = Piece(0, 0, 0, 0)
    for at, letter in enumerate(words):
        if letter in "\r\n":
            continue
        if letter.isspace() or letter in _HYPHENS:
            yield Piece(before.right, before.right, before.bottom, before.top, letter)
            continue
        left, bottom, right, top = _box(text, at)
        before = Piece(left, right, bottom, top, letter)
        yield before


def _box(text: Any, at: int) -> tuple[float, float, float, float]:
    """The place of a character of the text of a page."""
    from pypdfium2 import raw

    index = raw.FPDFText_GetCharIndexFromTextIndex(text, at)
    box: tuple[float, float, float, float] = text.get_charbox(index, loose=True)
    return box
