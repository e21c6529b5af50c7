"""Files that hold files: ZIP archives and mails (EML). Each member is read as a file of its own; none is written to disk.

A member is named by its container and its own name, "goi.zip/ke-hoach.docx". What cannot be taken out (protected, too
large, a container inside a container) comes back with its reason, so that nothing is lost without a word. The container
is a source of its own, without a text: every file of a folder has its line, whatever became of what is inside.
"""

import email
import email.policy
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from kgdocs.errors import SourceError
from kgdocs.models import Source
from kgdocs.read import limits
from kgdocs.read.archive import DAMAGED, blocks, is_protected
from kgdocs.read.files import rejected, too_large

_UTF8_NAME = 0x800
ENDINGS = (".zip", ".eml")
Member = tuple[str, bytes | str]
"""Name of a member, and its bytes, or the reason why it could not be taken out."""


def is_container(path: Path) -> bool:
    """True for a file that holds files, by its name."""
    return path.suffix.lower() in ENDINGS


def members(name: str, content: bytes) -> Iterator[Member]:
    """Yield the members of a container in order; raises SourceError where it is damaged or has too many."""
    found = _of_mail(content) if name.lower().endswith(".eml") else _of_archive(content)
    left, most = limits.ARCHIVE_MB.bytes, limits.MEMBERS.value
    for number, (member, words) in enumerate(found, 1):
        if number > most:
            raise SourceError(f"Tệp chứa hơn {most} tệp.")
        if isinstance(words, bytes):
            left -= len(words)
            if left < 0:
                raise SourceError("Các tệp bên trong quá lớn khi giải nén.")
        nested = member.lower().endswith(ENDINGS)
        yield member, "Tệp chứa tệp nằm trong một tệp chứa khác, không đọc tiếp." if nested else words


def container_source(name: str, content: bytes, inside: Sequence[Source], fault: str | None = None) -> Source:
    """Return the source of a container itself, by what became of its members; `fault` is why no more of them came out.

    It is "read" where all of them were, "rejected" where none was, and has a "warning" between the two.
    """
    refused = sum(source.state == "rejected" for source in inside)
    told = [fault] if fault else []
    if not inside and not fault:
        told = ["Không có tệp nào bên trong."]
    elif refused:
        told.append(f"{refused} trong {len(inside)} tệp bên trong không đọc được.")
    reason = " ".join(told) or None
    if len(inside) == refused:
        return rejected(name, content, reason or "")
    return Source(
        id=hashlib.sha256(content).hexdigest(),
        path=name,
        format=Path(name).suffix.lstrip(".").lower(),
        state="warning" if reason else "read",
        reason=reason,
        warning=reason,
    )


def _of_archive(content: bytes) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if not part.is_dir():
                    yield _name(part), _unpacked(archive, part)
    except DAMAGED as error:
        raise SourceError("Không phải tệp ZIP, hoặc tệp hỏng.") from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | str:
    """The bytes of a member, or why there are none."""
    if is_protected(part):
        return "Tệp trong ZIP có mật khẩu."
    content = bytearray()
    try:
        for block in blocks(archive, part):
            content += block
            if len(content) > limits.FILE_MB.bytes:
                return too_large()
    except DAMAGED as error:
        return f"Không giải nén được: {error}."
    return bytes(content)


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
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        parts = list(_parts(message)) if message.is_multipart() or message.keys() else None
    except Exception as error:  # the library raises whatever a damaged header leads it to
        raise SourceError("Không phải thư (.eml), hoặc tệp hỏng.") from error
    if parts is None:
        raise SourceError("Không phải thư (.eml), hoặc tệp hỏng.")
    yield from ((name, _content(part)) for name, part in parts)


def _parts(message: EmailMessage) -> Iterator[tuple[str, MIMEPart]]:
    """The words of a mail and its attachments, with their names."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        yield f"thu.{'html' if body.get_content_subtype() == 'html' else 'txt'}", body
    for number, part in enumerate(message.iter_attachments(), 1):
        yield part.get_filename() or f"dinh-kem-{number}", part


def _content(part: MIMEPart) -> bytes | str:
    """The bytes of a part of a mail, a text as UTF-8."""
    try:
        words = part.get_content()
    except (LookupError, ValueError, KeyError) as error:
        return f"Không đọc được phần này của thư: {error}."
    if isinstance(words, str):
        return words.encode("utf-8", "replace")
    return words if isinstance(words, bytes) else "Thư đính kèm một thư khác, không đọc tiếp."
