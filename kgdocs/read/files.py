"""One file → one Source, read or rejected with its reason; a bad file never raises.

Reasons are in Vietnamese: the site shows them beside the file.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.models import Source
from kgdocs.read.apart import Child
from kgdocs.read.furniture import PageMarks
from kgdocs.read.html import page_texts
from kgdocs.read.pdf import pdf_text
from kgdocs.read.text import PLAIN_FORMATS, Decoded, Found, as_found, decoded
from kgdocs.read.word import word_text
from kgdocs.read.workbook import workbook_text

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused; the longest official texts seen are below 5 MB."""

_TEXT_FORMATS = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf",
}  # fmt: skip
REGISTER_FORMATS = {".csv": "register", ".xlsx": "xlsx"}
CORRECTIONS_NAME = "corrections.yml"
"""The one name that makes a file a person's decisions; other YAML is not read."""


def read_source(path: Path, rules: Rules, name: str | None = None) -> Source:
    """Read `path` and return its Source; `name` is how the path is shown (default: as given).

    The state is "read", "warning" (read, with a reason to look) or "rejected".
    """
    shown = name or str(path)
    try:
        content = file_content(path)
    except SourceError as error:
        where = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()
        return _rejected(shown, where, path.suffix, str(error))
    digest = hashlib.sha256(content).hexdigest()
    try:
        return source_of(shown, content, _format(path), rules)
    except SourceError as error:
        return _rejected(shown, digest, path.suffix, str(error))


def file_content(path: Path) -> bytes:
    """Return the bytes of a regular file within the size limit; raises SourceError where there is none."""
    try:
        if not path.is_file():
            raise SourceError("Không phải tệp thường." if path.exists() else "Không có tệp này.")
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB.")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"Không mở được tệp: {error.strerror}.") from error


def _format(path: Path) -> str:
    """Name of the format by the file's name; raises SourceError for one that is not read."""
    if path.name.lower() == CORRECTIONS_NAME:
        return "corrections"
    formats = _TEXT_FORMATS | REGISTER_FORMATS
    ending = path.suffix.lower()
    if ending not in formats:
        raise SourceError(f"Chưa đọc được định dạng {ending or 'không có phần mở rộng'}.")
    return formats[ending]


def source_of(shown: str, content: bytes, format_name: str, rules: Rules) -> Source:
    """Decode and normalise the text of a file of a format; raises SourceError where it has none."""
    found, pages = _texts(content, format_name, rules)
    text = _decoded(found, rules)
    if not text.text.strip():
        raise SourceError("Tệp không có nội dung.")
    return Source(
        id=hashlib.sha256(content).hexdigest(),
        path=shown,
        format=format_name,
        state="warning" if text.warning else "read",
        reason=text.warning,
        text=text.text,
        pages=pages,
        encoding=text.encoding,
        raw_offsets=text.offsets,
        warning=text.warning,
    )


def _texts(content: bytes, format_name: str, rules: Rules) -> tuple[tuple[Found, ...], int | None]:
    """The texts that a file may hold, the likeliest first, and its pages where it has such."""
    if format_name in PLAIN_FORMATS:
        return (as_found(content),), None
    if format_name != "pdf":
        found: tuple[Found, ...] = _READER.call(content, format_name)
        return found, None
    words, pages = _READER.call(
        content, format_name, PageMarks(rules.layout["page_furniture"], rules.layout["page_counter"])
    )
    if not words:
        raise SourceError("Tệp PDF không có lớp chữ (bản quét): cần nhận dạng chữ (OCR) trước khi đọc.")
    return (_unicode(words),), pages


def _unicode(words: str) -> Found:
    """A text that its format gives as Unicode."""
    return Found(text=words.encode("utf-8", "replace").decode(), encoding="utf-8", codec="utf-8")


def _decoded(candidates: Sequence[Found], rules: Rules) -> Decoded:
    """The first of the texts that a file may hold which is one; raises the SourceError of the first where none is."""
    refused: list[SourceError] = []
    for found in candidates:
        try:
            return decoded(found, rules.encodings)
        except SourceError as error:
            refused.append(error)
    raise refused[0]


def _contained(content: bytes, format_name: str, *values: Any) -> Any:
    """What the child process does with one file of a format that is not bytes decoded."""
    if format_name == "pdf":
        return pdf_text(content, *values)
    if format_name == "html":
        return page_texts(content)
    return (_unicode(_WORDS[format_name](content)),)


_WORDS = {"docx": word_text, "xlsx": workbook_text}
_READER = Child(_contained)
"""Begun with the first file of a foreign format."""


def source_of_upload(name: str, content: bytes, rules: Rules) -> Source:
    """Return the Source of a file given by its name and bytes; raises SourceError where it cannot be read."""
    if len(content) > MAX_BYTES:
        raise SourceError(f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB.")
    return source_of(name, content, _format(Path(name)), rules)


def rejected(name: str, content: bytes, reason: str) -> Source:
    """Return the Source of a file that could not be read."""
    return _rejected(name, hashlib.sha256(content or name.encode()).hexdigest(), Path(name).suffix, reason)


def _rejected(shown: str, digest: str, ending: str, reason: str) -> Source:
    return Source(id=digest, path=shown, format=ending.lstrip(".").lower(), state="rejected", reason=reason)
