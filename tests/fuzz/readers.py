"""Any file of each format → its text and pages, or the one declared SourceError, within small limits.

An input is the name of a format, a line break, and the bytes of the file. What a build does in a child process is done in
this one, so that an exception is seen and not taken for a reason; programs of the system (OCR, antiword) are left out.
"""

import os
import random
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.pipeline.library import tools
from kgdocs.read import foreign, members, read_corrections, read_register, read_sheets, source_of
from kgdocs.read.pictures import picture, picture_count
from kgdocs.read.word import Comment, commented
from tests.fuzz.mutation import mutated_archive, mutated_bytes

WORDS = (
    b"/Prev", b"/Kids", b"/Count", b"/Length", b"/Filter", b"/FlateDecode", b"/ToUnicode", b"/Contents", b" 0 R", b"endobj", b"stream\n", b"xref",
    b"<w:p>", b"</w:p>", b"<w:t>", b"<w:tbl>", b"<w:txbxContent>", b"<w:del>", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"<![CDATA[", b"-->",
    b"<pre>", b"<table><tr><td>", b"<script>", b"<meta charset=utf-16>", b"&#xD800;", b"&#0;", b"<!--", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06",
    b'<c t="s"><v>9</v></c>', b'<c t="d"><v>2024-99-01</v></c>', b"<f>1/0</f>", b"Content-Type: ", b"multipart/mixed; boundary=a", b"--a\n",
    b"=?utf-8?B?", b"Content-Transfer-Encoding: base64\n", b"charset=khong-co", b'"', b";", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    "Số, ký hiệu".encode(), "Kế hoạch số 12/KH-UBND".encode(), "Kế hoạch".encode("utf-16-le"), b"\xb8\xb5\xca", b"- {same: [a, b]}", b"&a [*a]",
    b"!!python/object:os.system", b"IHDR", b"IDAT", b"II*\0", b"MM\0*", b"\xff\xd9",
)  # fmt: skip
_LONGEST = 24_000
_PACKED = ("docx", "xlsx", "zip", "comments")
_LIMITS = {
    "KGDOCS_UNPACKED_MB": "4", "KGDOCS_FILE_MB": "4", "KGDOCS_ARCHIVE_MB": "8", "KGDOCS_ROWS": "2000", "KGDOCS_CELLS": "20000",
    "KGDOCS_PAGES": "50", "KGDOCS_CHARACTERS": "200000", "KGDOCS_NODES": "50000", "KGDOCS_MEMBERS": "100", "KGDOCS_OCR_PIXELS": "1000000",
}  # fmt: skip


class _InThisProcess:
    """Stands for the child process."""

    def call(self, *values: Any) -> Any:
        """Do what the child does."""
        return foreign._work(*values)


def _rules() -> Rules:
    return tools()[0]


def samples() -> list[bytes]:
    """Return a small valid file of each format; more of them, harmful ones, are in seeds/readers."""
    from tests.fuzz.files import FILES

    return [f"{name}\n".encode() + content for name, content in FILES]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a changed file of the same format."""
    name, _, body = content.partition(b"\n")
    changes = mutated_archive if name.decode("ascii", "replace") in _PACKED and chance.random() < 0.8 else mutated_bytes
    return name + b"\n" + changes(body, WORDS, chance, _LONGEST)


def check(content: bytes) -> None:
    """Read a file; raises what is not SourceError, and where a text has no places that lead back."""
    name, _, body = content.partition(b"\n")
    read = _READERS.get(name.decode("ascii", "replace"))
    if read is None:
        return
    with patch.object(foreign, "_READER", _InThisProcess()), patch.dict(os.environ, _LIMITS):
        try:
            read(body)
        except SourceError as error:
            if not str(error).strip():
                raise ValueError("a reason without words") from error


def _text(format_name: str) -> Callable[[bytes], None]:
    """What reads the text of a format, and a register or corrections in it."""
    more = {"register": read_register, "xlsx": read_sheets, "corrections": lambda text, rules: read_corrections(text)}

    def read(body: bytes) -> None:
        source = source_of("x", body, format_name, _rules(), ocr=False)
        assert source.text.strip()
        source.text.encode("utf-8")  # a surrogate could not be stored
        assert source.raw_offsets is None or len(source.raw_offsets) == len(source.text) + 1
        if format_name in more:
            for row in more[format_name](source.text, _rules()):
                assert format_name == "corrections" or 0 <= row.start <= row.end <= len(source.text), row

    return read


def _container(ending: str) -> Callable[[bytes], None]:
    def read(body: bytes) -> None:
        for name, found in members(f"x.{ending}", body):
            assert isinstance(name, str)
            assert isinstance(found, bytes) or found.strip()

    return read


def _picture(body: bytes) -> None:
    for number in range(min(picture_count(body), 3)):
        assert picture(body, number).startswith(b"P5")


def _commented(body: bytes) -> None:
    commented(body, [Comment(start=0, end=4, text="Ghi chú")], "kgdocs")


_READERS: dict[str, Callable[[bytes], None]] = {
    **{name: _text(name) for name in ("text", "markdown", "register", "corrections", "docx", "xlsx", "html", "pdf")},
    "zip": _container("zip"),
    "eml": _container("eml"),
    "picture": _picture,
    "comments": _commented,
}
