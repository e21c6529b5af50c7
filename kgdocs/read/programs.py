"""Programs of the system that read what no library does: run without a shell, in a folder of their own that is emptied.

Time, memory and the size of what they write are limited, and a program that does not end is killed with all that it
began. They see neither the environment nor the folder of the file.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kgdocs.errors import SourceError
from kgdocs.read import limits

PROGRAMS = ("antiword", "soffice", "catdoc", "tesseract")
"""All that may be run; which of them are there decides what is read."""
_COMPLAINT = 300
"""Characters of a complaint that are looked at."""


def is_installed(program: str) -> bool:
    """True where the system has the program."""
    return shutil.which(program) is not None


def run(
    command: Sequence[str], name: str, content: bytes, *, seconds: float, memory: int, output: str | None = None
) -> bytes:
    """Return what a program says of `content`, which it finds in its folder under `name`.

    That is its standard output, or the file `output` where it writes one. `seconds` are for the whole run, `memory` is in bytes of address space.
    Raises SourceError where the program fails, takes too long, or writes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="kgdocs-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / name).write_bytes(content)
        told = folder / ".told"
        try:
            code, complaint = _run(command, folder, told, seconds, memory)
        except OSError as error:
            raise SourceError(f"Không chạy được chương trình {command[0]}: {error.strerror}.") from error
        written = told if output is None else folder / output
        if code or not written.is_file():
            detail = " ".join(complaint.split())[:_COMPLAINT].rstrip(". ")
            raise SourceError(f"Chương trình {command[0]} không đọc được tệp" + (f": {detail}." if detail else "."))
        with written.open("rb") as found:
            return found.read(limits.UNPACKED_MB.bytes)


def _run(command: Sequence[str], folder: Path, told: Path, seconds: float, memory: int) -> tuple[int, str]:
    """Run a program to its end; return its code and what it complains of."""
    complained = folder / ".complained"
    with told.open("wb") as out, complained.open("wb") as complaints:
        process = subprocess.Popen(
            [shutil.which(command[0]) or command[0], *command[1:]],
            cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=out, stderr=complaints, start_new_session=True,
        )  # fmt: skip
        try:
            _limit(process.pid, seconds, memory)
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise SourceError(f"Chương trình {command[0]} mất quá {seconds:g} giây, đã dừng.") from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left of the group
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    with complained.open("rb") as found:
        return code, found.read(4 * _COMPLAINT).decode("utf-8", "replace")


def _environment(folder: Path) -> dict[str, str]:
    """What a program is told of the system; one thread, for builds read several files side by side."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "OMP_THREAD_LIMIT": "1"}  # fmt: skip


def _limit(process: int, seconds: float, memory: int) -> None:
    """Limit what a process that was just begun may take, where the system can be told so."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))
        resource.prlimit(process, resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (limits.UNPACKED_MB.bytes, limits.UNPACKED_MB.bytes))
