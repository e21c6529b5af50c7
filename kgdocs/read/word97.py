"""A Word file of the time before 2007 (.doc), read by a program of the system: antiword, LibreOffice or catdoc.

They are asked in this order, for antiword is the quickest that keeps every code, and catdoc loses some at the ends of lines.
"""

from dataclasses import dataclass

from kgdocs.errors import SourceError
from kgdocs.read import limits
from kgdocs.read.programs import is_installed, run

_NAME = "tep.doc"
_PROTECTED = "ncrypted documents"
"""How antiword complains of a password."""


@dataclass(frozen=True, slots=True)
class _Program:
    """A program with what it is told, and the Word file of today that it writes where it writes one; memory in GB."""

    command: tuple[str, ...]
    output: str | None = None
    gigabytes: int = 1


_PROGRAMS = (
    _Program(("antiword", "-m", "UTF-8.txt", "-w", "0", _NAME)),
    _Program(
        ("soffice", "--headless", "--norestore", "--convert-to", "docx", _NAME),
        output="tep.docx", gigabytes=8,
    ),
    _Program(("catdoc", "-d", "utf-8", "-w", _NAME)),
)  # fmt: skip


def legacy_word(content: bytes) -> tuple[str, bytes]:
    """Return ("text", words in UTF-8) or ("docx", the file as a Word file of today).

    Raises SourceError where no program is there, naming what would help, or where none could read the file.
    """
    refused: SourceError | None = None
    for program in _PROGRAMS:
        if is_installed(program.command[0]):
            try:
                return "docx" if program.output else "text", _asked(program, content)
            except SourceError as error:
                if _PROTECTED in str(error):
                    raise SourceError("Tệp Word có mật khẩu.") from error
                refused = refused or error
    raise refused or SourceError(
        "Tệp Word dạng cũ (.doc) cần một chương trình để đọc; hãy cài bằng lệnh: apt install antiword (hoặc lưu lại dạng .docx)."
    )


def _asked(program: _Program, content: bytes) -> bytes:
    seconds, memory = limits.SECONDS.value, program.gigabytes * 1024 * limits.MEGABYTE
    return run(program.command, _NAME, content, seconds=seconds, memory=memory, output=program.output)
