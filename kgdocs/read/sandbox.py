"""Files of foreign formats are read in a child process that can be ended: a file may be made to take all time or memory.

One child reads many files, one after the other; it is begun when the first comes, and begun anew after one that
it did not survive. What it cannot read comes back as the reason, as from a call in this process.
"""

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.read import limits

_SECONDS_TO_BEGIN = 60
_STATM = "/proc/self/statm"


class Child:
    """Runs `work` in a process of its own, so often as `call` asks; to be closed."""

    def __init__(self, work: Callable[..., Any], seconds: float | None = None) -> None:
        """Keep what is to be run; `work` must be a function of a module, and its values such as can be sent.

        A call may take `seconds` (default: the limit of that name), the child has the memory of its limit beyond what it begins with.
        """
        self._work, self._seconds = work, seconds
        self._process: Any = None
        self._line: Connection | None = None
        self._owner = 0
        self._turn = threading.Lock()

    def call(self, *values: Any) -> Any:
        """Return what `work` returns; raises SourceError as it does, or where it took too long or too much."""
        with self._turn:
            seconds = self._seconds or limits.SECONDS.value
            try:
                line = self._begun()
                line.send(values)
                good, found = self._answer(line, seconds)
            except (EOFError, OSError) as error:
                self._end()
                raise SourceError("Đọc tệp làm hỏng tiến trình đọc (có thể do quá nhiều bộ nhớ), đã dừng.") from error
        if not good:
            raise SourceError(found)
        return found

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _answer(self, line: Connection, seconds: float) -> Any:
        """What the child sends; it is ended where that takes too long."""
        if not line.poll(seconds):
            self._end()
            raise SourceError(f"Đọc tệp mất quá {seconds:g} giây, đã dừng.")
        return line.recv()

    def _begun(self) -> Connection:
        """The line to the child, which is begun where there is none; a process that was forked begins its own."""
        if self._line is not None and self._owner != os.getpid():
            self._line.close()
            self._process = self._line = None
        if self._line is None or not self._process.is_alive():
            self._end()
            context = _context()
            self._line, theirs = context.Pipe()
            ours = self._line if context.get_start_method() == "fork" else None
            self._process = context.Process(
                target=_serve, args=(theirs, ours, self._work, limits.MEMORY_MB.bytes), daemon=True
            )
            self._process.start()
            self._owner = os.getpid()
            theirs.close()
            self._answer(self._line, _SECONDS_TO_BEGIN)
        return self._line

    def _end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
        if self._process is not None:
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None


def _context() -> Any:
    """A fork is begun in no time, but only safe where no other thread runs."""
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")


def _serve(line: Connection, other_end: Connection | None, work: Callable[..., Any], memory: int) -> None:
    """The child: one answer for each question, until the line is closed, as it is when the process at its other end dies."""
    if other_end is not None:  # a fork has it too
        other_end.close()
    line.send(None)  # ready: the time for a file does not count what it takes to begin
    _limit(memory)
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            values = line.recv()
            try:
                answer = (True, work(*values))
            except SourceError as error:
                answer = (False, str(error))
            except MemoryError:
                answer = (False, "Đọc tệp cần quá nhiều bộ nhớ.")
            line.send(answer)


def _limit(memory: int) -> None:
    """Let the process have so much memory more than it has now, where the system can be told so."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open(_STATM, encoding="ascii") as told:
            now = int(told.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + memory, now + memory))
