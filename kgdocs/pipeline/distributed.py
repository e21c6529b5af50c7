"""Reading on the workers of a Dask cluster: batches of files go out by their paths, what was read of them comes back in order.

Scheduler and workers are started beside kgdocs (`dask scheduler`, `dask worker`); all of them see the files under the
same paths and have the same kgdocs. A batch whose worker dies is given to another one; each comes back once.
"""

import multiprocessing
import os
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from kgdocs.errors import KgdocsError, UsageError
from kgdocs.grammar import load_rules
from kgdocs.pipeline.fingerprint import made_by
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import File, Reader
from kgdocs.pipeline.shelf import Read

BATCH = 100
"""Files that go out together; fewer, and the way there and back would cost more than reading them."""
_AHEAD = 3
"""Batches for each thread of the cluster that may be out, or back and waiting for one before them."""
_SECONDS_TO_CONNECT = 10
_TURN = threading.Lock()
"""An extractor is for one thread at a time (workers are to have one: `--nthreads 1`)."""


def read_on(scheduler: str, files: Sequence[File], reader: Reader) -> Generator[list[Read], None, None]:
    """Yield what each file came to, in order, read by the workers of a cluster.

    `scheduler` is its address, like "tcp://10.0.0.5:8786". Raises UsageError where Dask is not installed, no cluster answers
    or it has no workers; KgdocsError where a worker reads by other patterns or does not see a file, or a batch ends several.
    """
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with _connected(scheduler) as client:
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        futures: list[Any] = []
        try:
            for number in range(len(batches)):
                for batch in batches[len(futures) : number + ahead]:
                    names = [(os.fspath(path.absolute()), name) for path, name in batch]
                    futures.append(client.submit(read_batch, names, reader.memory.made_by, pure=False))
                yield from _result(futures[number])
                futures[number] = None  # else the worker would keep what it has sent
        finally:
            client.cancel([future for future in futures if future is not None])


def read_batch(files: Sequence[tuple[str, str]], maker: str) -> list[list[Read]]:
    """Read files on a worker: (path, name shown) → what each came to, packed.

    Raises KgdocsError where the worker would read otherwise than `maker` (see `kgdocs.pipeline.fingerprint`), cannot
    begin the process in which foreign formats are read, or does not see a file.
    """
    with _TURN:
        reader = _reader()
        if reader.memory.made_by != maker:
            raise KgdocsError("has another kgdocs, other patterns, limits or programs than the build")
        if _is_daemon():
            raise KgdocsError("may begin no process (set DASK_DISTRIBUTED__WORKER__DAEMON=false)")
        if unseen := next((path for path, _ in files if not os.path.lexists(path)), None):
            raise KgdocsError(f"does not see {unseen}: the files must have the same paths everywhere")
        return [reader.read(Path(path), name) for path, name in files]


@cache
def _reader() -> Reader:
    """The reader of a worker, made when its first batch comes."""
    rules = load_rules()
    return Reader(rules, Memory(made_by(rules)))


def _is_daemon() -> bool:
    """True in a process that may begin none itself."""
    return multiprocessing.current_process().daemon


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    """A client of the cluster at an address."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("Dask is not installed: python -m pip install 'kgdocs[distributed]'.") from None
    try:
        client = Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {scheduler}.") from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise UsageError(f"The Dask scheduler at {scheduler} has no workers.")
        yield client


def _result(future: Any) -> list[list[Read]]:
    """What a batch came to; raises KgdocsError where a worker refused it, or several died of it."""
    from distributed import KilledWorker

    try:
        found: list[list[Read]] = future.result()
    except KilledWorker as error:
        raise KgdocsError("Several workers of the cluster died of one batch of files; nothing was replaced.") from error
    except KgdocsError as error:
        raise KgdocsError(f"A worker of the cluster {error}; nothing was replaced.") from error
    return found
