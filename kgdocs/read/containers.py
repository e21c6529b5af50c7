"""Files that hold files: ZIP archives and mails (EML). Each member is read as a file of its own; none is written to disk.

A member is named by its container and its own name, "goi.zip/ke-hoach.docx". What cannot be taken out (protected, too
large, a container inside a container) comes back with its reason, so that nothing is lost without a word.
"""

import email
import email.policy
import io
import zipfile
from collections.abc import Iterator
from email.message import MIMEPart
from pathlib import Path

from kgdocs.errors import SourceError
from kgdocs.read.files import MAX_BYTES

MAX_MEMBERS = 10_000
MAX_UNPACKED = 1024 * 1024 * 1024
"""Bytes that all members of one container may have together."""
_BLOCK = 1 << 20
_UTF8_NAME = 0x800
_PROTECTED = 0x1
ENDINGS = (".zip", ".eml")
Member = tuple[str, bytes | str]
"""Name of a member, and its bytes, or the reason why it could not be taken out."""


def is_container(path: Path) -> bool:
    """True for a file that holds files, by its name."""
    return path.suffix.lower() in ENDINGS


def members(name: str, content: bytes) -> Iterator[Member]:
    """Yield the members of a container in order; raises SourceError where it is damaged or has too many."""
    found = _of_mail(content) if name.lower().endswith(".eml") else _of_archive(content)
    left = MAX_UNPACKED
    for number, (member, words) in enumerate(found, 1):
        if number > MAX_MEMBERS:
            raise SourceError(f"Tệp chứa hơn {MAX_MEMBERS} tệp.")
        if isinstance(words, bytes):
            left -= len(words)
            if left < 0:
                raise SourceError("Các tệp bên trong quá lớn khi giải nén.")
        nested = member.lower().endswith(ENDINGS)
        yield member, "Tệp chứa tệp nằm trong một tệp chứa khác, không đọc tiếp." if nested else words


def _of_archive(content: bytes) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if not part.is_dir():
                    yield _name(part), _unpacked(archive, part)
    except zipfile.BadZipFile as error:
        raise SourceError("Không phải tệp ZIP, hoặc tệp hỏng.") from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | str:
    """The bytes of a member, counted while they come: what the directory says of its size may be wrong."""
    if part.flag_bits & _PROTECTED:
        return "Tệp trong ZIP có mật khẩu."
    blocks, size = [], 0
    try:
        with archive.open(part) as packed:
            while block := packed.read(_BLOCK):
                blocks.append(block)
                size += len(block)
                if size > MAX_BYTES:
                    return f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB."
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        return f"Không giải nén được: {error}."
    return b"".join(blocks)


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a member; one that is not marked as UTF-8 often is, for ZIP knows only the letters of IBM's PC."""
    name = part.filename
    if not part.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = part.filename
    return name.replace("\\", "/").lstrip("/")


def _of_mail(content: bytes) -> Iterator[Member]:
    """The words of a mail and what is attached to it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not message.is_multipart() and not message.keys():
        raise SourceError("Không phải thư (.eml), hoặc tệp hỏng.")
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        yield f"thu.{'html' if body.get_content_subtype() == 'html' else 'txt'}", _content(body)
    for number, part in enumerate(message.iter_attachments(), 1):
        yield part.get_filename() or f"dinh-kem-{number}", _content(part)


def _content(part: MIMEPart) -> bytes | str:
    """The bytes of a part of a mail, a text as UTF-8."""
    try:
        words = part.get_content()
    except (LookupError, ValueError, KeyError) as error:
        return f"Không đọc được phần này của thư: {error}."
    if isinstance(words, str):
        return words.encode("utf-8", "replace")
    return words if isinstance(words, bytes) else "Thư đính kèm một thư khác, không đọc tiếp."
