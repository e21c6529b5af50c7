"""A PDF → the words of its pages, a form feed between two pages so that every place has its page.

Only what the file holds as text is read; a scan holds pictures and needs OCR, and is told as such.
"""

import re
from itertools import islice
from typing import Any

from kgdocs.errors import SourceError

MAX_PAGES = 5000
MAX_CHARACTERS = 40_000_000
PAGE_BREAK = "\f"
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None, "\0": None})
"""A hyphen at the end of a line as pdfium gives it; it belongs to a code more often than to a broken word."""
_BROKEN_CODE = re.compile(r"(?<=[-/])\n(?=[A-ZĐ0-9])")
_FEWEST = 20
"""Letters on all pages together below which a file holds no text."""


def pdf_text(content: bytes) -> tuple[str, int]:
    """Return the text of all pages and their number; raises SourceError for what is none, protected, too large or a scan."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        raise SourceError("Tệp PDF có mật khẩu." if protected else "Không phải tệp PDF, hoặc tệp hỏng.") from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise SourceError(f"Tệp PDF có {count} trang, nhiều hơn {MAX_PAGES}.")
        pages = [_page(document, number) for number in range(count)]
    finally:
        document.close()
    text = PAGE_BREAK.join(pages)
    if sum(1 for _ in islice(filter(str.isalpha, text), _FEWEST)) < _FEWEST:
        raise SourceError("Tệp PDF không có lớp chữ (bản quét): cần nhận dạng chữ (OCR) trước khi đọc.")
    if len(text) > MAX_CHARACTERS:
        raise SourceError("Tệp PDF quá dài.")
    return text, count


def _page(document: Any, number: int) -> str:
    """The text of one page, its lines as they stand, codes that a line end has broken put together."""
    import pypdfium2

    try:
        page = document[number]
        words = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"Trang {number + 1} của tệp PDF bị hỏng.") from error
    return _BROKEN_CODE.sub("", words.translate(_HYPHENS)).replace(PAGE_BREAK, " ").rstrip("\n") + "\n"
