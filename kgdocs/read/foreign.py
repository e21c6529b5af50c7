"""The text inside files that are not text themselves: Word, web pages, PDF, Excel, scans.

What parses them runs in a child process that can be ended, programs of the system in processes of their own. A page of a PDF
that is a picture, and a picture alone, go through OCR where the system has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.read import limits
from kgdocs.read.furniture import PageLine, PageMarks
from kgdocs.read.html import page_texts
from kgdocs.read.ocr import NO_OCR, Recognised, has_ocr, recognised
from kgdocs.read.pdf import page_picture, pages_text, pdf_pages
from kgdocs.read.pictures import picture, picture_count
from kgdocs.read.sandbox import Child
from kgdocs.read.text import Found
from kgdocs.read.word import word_parts
from kgdocs.read.word97 import legacy_word
from kgdocs.read.workbook import workbook_text

_NAMED = 10
"""Pages that a reason names."""
_WORK: dict[str, Callable[..., Any]] = {
    "docx": word_parts, "xlsx": workbook_text, "html": page_texts, "pdf": pdf_pages, "page": page_picture,
    "pictures": picture_count, "picture": picture,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inside:
    """The texts that a file may hold, the likeliest first, its pages where it has such, and what to warn of."""

    texts: Sequence[Found]
    pages: int | None = None
    warning: str | None = None


def inside(content: bytes, format_name: str, rules: Rules, ocr: bool = True) -> Inside:
    """Return what a file of a foreign format holds; raises SourceError where that cannot be read.

    Without `ocr` a scan is refused even where the system could recognise it: that takes seconds for each page.
    """
    limits.check_limits()
    marks = PageMarks(rules.layout["page_furniture"], rules.layout["page_counter"])
    if format_name == "pdf":
        return _pdf(content, marks, ocr)
    if format_name == "picture":
        return _pictures(content, marks, ocr)
    if format_name == "doc":
        return _legacy_word(content)
    if format_name == "docx":
        return _word(content)
    found = _READER.call(content, format_name)
    return Inside(found if format_name == "html" else (_unicode(found),))


def _work(content: bytes, what: str, *values: Any) -> Any:
    """What the child process does with one file."""
    return _WORK[what](content, *values)


_READER = Child(_work)
"""Begun with the first file of a foreign format."""


def _unicode(words: str) -> Found:
    """A text that its format gives as Unicode."""
    return Found(text=words.encode("utf-8", "replace").decode(), encoding="utf-8", codec="utf-8")


def _word(content: bytes) -> Inside:
    words, warning = _READER.call(content, "docx")
    return Inside((_unicode(words),), warning=warning)


def _legacy_word(content: bytes) -> Inside:
    """A ".doc"; many are another format by that name."""
    if content.startswith(b"PK"):
        return _word(content)
    if content.lstrip()[:1] == b"<":
        return Inside(_READER.call(content, "html"))
    kind, found = legacy_word(content)
    return _word(found) if kind == "docx" else Inside((_unicode(found.decode("utf-8", "replace")),))


def _pdf(content: bytes, marks: PageMarks, ocr: bool) -> Inside:
    pages, scanned = _READER.call(content, "pdf")
    if not scanned:
        return Inside((_unicode(pages_text(pages, marks)),), len(pages))
    if refused := _no_ocr(ocr):
        if len(scanned) == len(pages):
            raise SourceError(f"Tệp PDF không có lớp chữ (bản quét): {refused}")
        warning = f"{_named(scanned)} là ảnh quét, không đọc được chữ: {refused}"
        return Inside((_unicode(pages_text(pages, marks)),), len(pages), warning)
    found = recognised(lambda at: _READER.call(content, "page", at), scanned)
    return _with_recognised(pages, found, marks)


def _pictures(content: bytes, marks: PageMarks, ocr: bool) -> Inside:
    if refused := _no_ocr(ocr):
        raise SourceError(f"Tệp ảnh: {refused}")
    count = _READER.call(content, "pictures")
    found = recognised(lambda at: _READER.call(content, "picture", at), range(count))
    return _with_recognised([[] for _ in range(count)], found, marks)


def _no_ocr(wanted: bool) -> str | None:
    """Why a scan is not recognised; None where it is."""
    if not wanted:
        return "hãy dùng bản có lớp chữ."
    return None if has_ocr() else NO_OCR


def _with_recognised(pages: Sequence[Sequence[PageLine]], found: Recognised, marks: PageMarks) -> Inside:
    """Pages with the lines that OCR found on some of them; raises SourceError where there are no words at all."""
    lines = [found.pages.get(at, page) for at, page in enumerate(pages)]
    if not any(map(str.isalpha, "".join(line.text for page in lines for line in page))):
        raise SourceError(found.failed or "Tệp là bản quét mà nhận dạng chữ (OCR) không thấy chữ nào.")
    missing = f"{_named(found.missing)} không nhận dạng được. {found.failed or ''}".rstrip() if found.missing else None
    told = f"{_named(sorted(found.pages))} là chữ nhận dạng từ ảnh quét (OCR), có thể sai, nhất là số và ngày; hãy đối chiếu bản gốc."
    warning = " ".join(filter(None, (told, missing)))
    return Inside((_unicode(pages_text(lines, marks)),), len(pages), warning)


def _named(pages: Sequence[int]) -> str:
    """Pages by their numbers, which begin with 1."""
    numbers = ", ".join(str(page + 1) for page in pages[:_NAMED])
    return f"Trang {numbers}" + (f" và {len(pages) - _NAMED} trang khác" if len(pages) > _NAMED else "")
