"""One file → one Source, read or rejected with its reason; a bad file never raises.

Reasons are in Vietnamese: the site shows them beside the file.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.models import Source
from kgdocs.read import limits
from kgdocs.read.foreign import Inside, inside
from kgdocs.read.text import PLAIN_FORMATS, Decoded, Found, as_found, decoded

_TEXT_FORMATS = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf",
    ".doc": "doc", ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".tif": "picture", ".tiff": "picture",
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
        if path.stat().st_size > limits.FILE_MB.bytes:
            raise SourceError(too_large())
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"Không mở được tệp: {error.strerror}.") from error


def too_large() -> str:
    """Return the reason for a file above the limit."""
    return f"Tệp lớn hơn {limits.FILE_MB.value} MB."


def _format(path: Path) -> str:
    """Name of the format by the file's name; raises SourceError for one that is not read."""
    if path.name.lower() == CORRECTIONS_NAME:
        return "corrections"
    formats = _TEXT_FORMATS | REGISTER_FORMATS
    ending = path.suffix.lower()
    if ending not in formats:
        raise SourceError(f"Chưa đọc được định dạng {ending or 'không có phần mở rộng'}.")
    return formats[ending]


def source_of(shown: str, content: bytes, format_name: str, rules: Rules, ocr: bool = True) -> Source:
    """Decode and normalise the text of a file of a format; raises SourceError where it has none.

    Without `ocr` scans are refused, however well the system could recognise them.
    """
    is_plain = format_name in PLAIN_FORMATS
    found = Inside((as_found(content),)) if is_plain else inside(content, format_name, rules, ocr)
    text = _decoded(found.texts, rules)
    if not text.text.strip():
        raise SourceError("Tệp không có nội dung.")
    warning = " ".join(filter(None, (text.warning, found.warning))) or None
    return Source(
        id=hashlib.sha256(content).hexdigest(),
        path=shown,
        format=format_name,
        state="warning" if warning else "read",
        reason=warning,
        text=text.text,
        pages=found.pages,
        encoding=text.encoding,
        raw_offsets=text.offsets,
        warning=warning,
    )


def _decoded(candidates: Sequence[Found], rules: Rules) -> Decoded:
    """The first of the texts that a file may hold which is one; raises the SourceError of the first where none is."""
    refused: list[SourceError] = []
    for found in candidates:
        try:
            return decoded(found, rules.encodings)
        except SourceError as error:
            refused.append(error)
    raise refused[0]


def source_of_upload(name: str, content: bytes, rules: Rules, ocr: bool = False) -> Source:
    """Return the Source of a file given by its name and bytes; raises SourceError where it cannot be read."""
    if len(content) > limits.FILE_MB.bytes:
        raise SourceError(too_large())
    return source_of(name, content, _format(Path(name)), rules, ocr)


def rejected(name: str, content: bytes, reason: str) -> Source:
    """Return the Source of a file that could not be read."""
    return _rejected(name, hashlib.sha256(content or name.encode()).hexdigest(), Path(name).suffix, reason)


def _rejected(shown: str, digest: str, ending: str, reason: str) -> Source:
    return Source(id=digest, path=shown, format=ending.lstrip(".").lower(), state="rejected", reason=reason)
