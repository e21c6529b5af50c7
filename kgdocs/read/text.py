"""Bytes → Unicode text in NFC, with the way back to the characters as found (reference §3.8, §3.9)."""

import unicodedata
from dataclasses import dataclass

from kgdocs.errors import SourceError, UsageError
from kgdocs.grammar.encodings import Encodings, as_windows
from kgdocs.models import Source
from kgdocs.read.encodings import recover, recover_legacy

PLAIN_FORMATS = frozenset({"text", "markdown", "register", "corrections"})
"""Formats whose text is the bytes of the file decoded."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe", "utf-16", "utf-16-le"),
    (b"\xfe\xff", "utf-16", "utf-16-be"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A text as its file has it: `codec` is None for single bytes, shown as Windows-1252."""

    text: str
    encoding: str
    codec: str | None
    bom: bytes = b""
    error: int = 0
    """Where the bytes of a text of single bytes are no UTF-8."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """A text in NFC; `offsets` lead from each character, and its end, to the text as found (None: nothing moved)."""

    text: str
    encoding: str
    offsets: tuple[int, ...] | None
    warning: str | None


def decode(content: bytes, encodings: Encodings) -> Decoded:
    """Return the text of `content`, the encoding it was read with and a warning.

    A byte-order mark decides, then strict UTF-8, then what is clearly a legacy encoding.
    Raises SourceError for anything else: to guess would show an official text with wrong letters.
    """
    return decoded(as_found(content), encodings)


def decoded(found: Found, encodings: Encodings) -> Decoded:
    """Return a text as found in NFC, converted from a legacy encoding where it clearly is in one.

    Raises SourceError for binary content, and for single bytes that are in no encoding that is known.
    """
    if "\0" in found.text:
        raise SourceError("Tệp nhị phân, không phải văn bản.")
    recovery = recover(found.text, encodings) if found.codec else recover_legacy(found.text, encodings, at_least=2)
    if not found.codec and not recovery.encoding:
        raise SourceError(f"Không phải văn bản Unicode (UTF-8), lỗi từ byte thứ {found.error}.")
    text, offsets = to_nfc(recovery.text)
    damaged = text.count("\ufffd")
    warnings = (recovery.warning, f"Có {damaged} ký tự hỏng trong tệp." if damaged else None)
    return Decoded(
        text=text,
        encoding=recovery.encoding or found.encoding,
        offsets=_composed(recovery.offsets, offsets),
        warning=" ".join(filter(None, warnings)) or None,
    )


def as_found(content: bytes) -> Found:
    """Decode without judging: by the byte-order mark, as UTF-8, else byte by byte.

    Raises SourceError where the bytes contradict their byte-order mark.
    """
    bom, encoding, codec = next((known for known in _BOMS if content.startswith(known[0])), (b"", "utf-8", "utf-8"))
    try:
        return Found(text=content[len(bom) :].decode(codec), encoding=encoding, codec=codec, bom=bom)
    except UnicodeDecodeError as error:
        at = len(bom) + error.start
        if bom:
            raise SourceError(f"Không phải văn bản Unicode ({encoding.upper()}), lỗi từ byte thứ {at}.") from error
    return Found(text=as_windows(content.decode("latin-1")), encoding="cp1252", codec=None, error=at)


def _composed(first: tuple[int, ...] | None, second: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """The way back through two steps, of which `second` was taken last."""
    if first is None or second is None:
        return first if second is None else second
    return tuple(first[offset] for offset in second)


def byte_offset(source: Source, content: bytes, position: int) -> int:
    """Return where in `content`, the bytes of the file, the character at `position` of the text begins.

    The end of the text is a position too. A byte-order mark counts. `content` must be what
    the source was read from; raises UsageError for a position outside the text, and for a format
    whose text is not its bytes decoded (Word, web page, PDF, Excel, scan): page and paragraph are the places there.
    """
    if source.format not in PLAIN_FORMATS:
        raise UsageError(f"A text in the format {source.format} has no place in bytes; look for its page or paragraph.")
    if not 0 <= position <= len(source.text):
        raise UsageError(f"Position {position} is outside the text, which has {len(source.text)} characters.")
    offset = source.raw_offsets[position] if source.raw_offsets else position
    found = as_found(content)
    return len(found.bom) + len(found.text[:offset].encode(found.codec)) if found.codec else offset


def to_nfc(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return `text` in NFC and, for each of its characters and its end, the offset in `text`.

    The offsets are None where nothing moved. NFC(text) equals the NFC of its clusters (a
    base and its marks) put together, except where a cluster could join the one before it,
    which Vietnamese has not; should it happen, the whole is kept and offsets are refused.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    start, length = 0, len(text)
    while start < length:
        end = start + 1
        while end < length and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        offsets.append(start)
        offsets.extend(end - shift for shift in range(len(piece) - 1, 0, -1))  # surplus marks stand at the end
        start = end
    composed = "".join(pieces)
    if composed != unicodedata.normalize("NFC", text):
        raise SourceError("Văn bản có ký tự ghép lạ, không giữ được vị trí khi chuẩn hóa Unicode.")
    return composed, (*offsets, length)
