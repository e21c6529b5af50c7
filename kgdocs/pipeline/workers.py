"""Reading with several processes: batches of files go out, what was read of them comes back in order.

A worker is a fork of the build, so that the rules are there without being sent. What comes back is packed.
Only a few batches are on their way, so that memory does not grow with the number of files.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from kgdocs.errors import KgdocsError
from kgdocs.pipeline.reading import File, Reader
from kgdocs.pipeline.shelf import Read

_BATCH = 50
"""Files that go out together."""
_AHEAD = 3
"""Batches for each worker that may be out, or back and waiting for one before them."""
_MOST, _MANY = 4, 200
"""Workers by default, and files from which on there are several."""
_LOOKS_EVERY = 2.0
"""Seconds after which a worker looks whether the build is still there."""
_ENDS_WITHIN = 5.0
"""Seconds that a worker has to end."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def workers_for(files: int, asked: int | None = None) -> int:
    """Return how many processes read: as many as are asked for, else one for each core where there are many files.

    One where other threads run, for then no process may be forked.
    """
    if threading.active_count() > 1:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return asked or (min(cores, _MOST) if files >= _MANY else 1)


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and the number of the batch that it reads."""

    process: Any
    line: Connection
    batch: int = -1


def read_with(workers: int, files: Sequence[File], reader: Reader) -> Generator[list[Read], None, None]:
    """Yield what each file came to, in order, read by so many processes.

    Raises KgdocsError when a process dies.
    """
    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    reader.prepare()
    gc.freeze()  # what all workers share is never looked through, and so not copied
    every: list[_Worker] = []
    back: dict[int, list[list[Read]]] = {}
    sent = 0
    try:
        for _ in range(min(workers, len(batches))):
            _begin(every, reader)
        for number in range(len(batches)):
            while number not in back:
                for one in every:
                    if one.batch < 0 and sent < min(len(batches), number + len(every) * _AHEAD):
                        with _alive():
                            one.line.send(batches[sent])
                        one.batch, sent = sent, sent + 1
                back |= _received(every)
            yield from back.pop(number)
    finally:
        _end(every)
        gc.unfreeze()


def _begin(every: list[_Worker], reader: Reader) -> None:
    """Begin a worker and note it; no signal comes between, nor before the worker has said what signals mean to it."""
    context = multiprocessing.get_context("fork")
    line, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, reader, os.getpid()))
    open_to = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        process.start()
        every.append(_Worker(process, line))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, open_to)
    theirs.close()


def _received(workers: Sequence[_Worker]) -> dict[int, list[list[Read]]]:
    """Wait until a batch is back and return those that are, by number."""
    busy = {one.line: one for one in workers if one.batch >= 0}
    found = {}
    for line in wait(list(busy)):
        one = busy[line]  # type: ignore[index]
        with _alive():
            found[one.batch] = one.line.recv()
        one.batch = -1
    return found


@contextmanager
def _alive() -> Iterator[None]:
    """A line that has no other end is told as the death of a worker."""
    try:
        yield
    except (EOFError, OSError) as error:
        raise KgdocsError("A process that reads files was ended from outside; nothing was replaced.") from error


def _end(workers: Sequence[_Worker]) -> None:
    """End the workers, whether they are done or not."""
    for one in workers:
        one.process.terminate()
    for one in workers:
        one.process.join(_ENDS_WITHIN)
        one.process.kill()
        one.process.join()
        one.line.close()


def _serve(line: Connection, reader: Reader, build: int) -> None:
    """The worker: an interrupt is for the build, which ends its workers; without it they end themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def look(*_: Any) -> None:
        if os.getppid() != build:
            _leave()

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOKS_EVERY, _LOOKS_EVERY)
    with suppress(EOFError, OSError):
        while True:
            files = line.recv()
            line.send([reader.read(*file) for file in files])
    _leave()


def _leave(*_: Any) -> None:
    """End the worker, and with it the process in which it reads foreign formats."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(0)
