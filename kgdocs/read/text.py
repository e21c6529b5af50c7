"""Bytes → Unicode text in NFC, with the way back to the characters as found (reference §3.8)."""

import unicodedata

from kgdocs.errors import SourceError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(content: bytes) -> tuple[str, str | None]:
    """Return the text of `content` and a warning, None where there is nothing to say.

    A byte-order mark decides, then strict UTF-8. Raises SourceError for anything else: to
    guess an encoding would show an official text with wrong letters.
    """
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"Không phải văn bản Unicode (UTF-8), lỗi từ byte thứ {error.start}.") from error
    if "\0" in text:
        raise SourceError("Tệp nhị phân, không phải văn bản.")
    damaged = text.count("\ufffd")
    return text, f"Có {damaged} ký tự hỏng trong tệp." if damaged else None


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
        offsets.extend(min(start + shift, end - 1) for shift in range(len(piece)))
        start = end
    composed = "".join(pieces)
    if composed != unicodedata.normalize("NFC", text):
        raise SourceError("Văn bản có ký tự ghép lạ, không giữ được vị trí khi chuẩn hóa Unicode.")
    return composed, (*offsets, length)
