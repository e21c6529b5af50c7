"""What every reader of ZIP archives needs: Office files that are none or protected, and members counted while they come."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from kgdocs.errors import SourceError

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, NotImplementedError, ValueError, IndexError,
)  # fmt: skip
"""What `zipfile` raises for archives that are none, are damaged, or are packed in a way that it does not know."""
_BLOCK = 1 << 20
_PROTECTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins files of Office before 2007, and new ones that a password protects."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def office_archive(content: bytes, program: str, ending: str) -> zipfile.ZipFile:
    """Return the archive that an Office file (".docx", ".xlsx") is.

    Raises SourceError, which names the program, for one of the time before 2007 or with a password, and one of `DAMAGED`
    for what is no archive.
    """
    if content.startswith(_OLE) and _ENCRYPTED not in content:
        raise SourceError(f"Tệp {program} dạng cũ ({ending[:-1]}); hãy lưu lại dạng {ending}.")
    if not content.startswith(_OLE):
        archive = zipfile.ZipFile(io.BytesIO(content))
        if not any(map(is_protected, archive.infolist())):
            return archive
    raise SourceError(f"Tệp {program} có mật khẩu.")


def is_protected(part: zipfile.ZipInfo) -> bool:
    """True for a member that needs a password."""
    return part.flag_bits & _PROTECTED != 0


def blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member piece by piece, to be counted: what the directory says of its size may be wrong. Raises `DAMAGED`."""
    with archive.open(part) as packed:
        while block := packed.read(_BLOCK):
            yield block
