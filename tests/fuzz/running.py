"""Runs of a target: in a child process that may crash or hang, with what it was given kept; or under atheris.

The child writes each input into memory that it shares with its parent before it is tried, so that the input is known
even where the process ends or never answers. It is begun again after that.
"""

import gc
import hashlib
import importlib
import mmap
import os
import random
import struct
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

SEEDS = Path(__file__).parent / "seeds"
TARGETS = ("extraction", "grammar", "readers", "routes")
WORST_SECONDS = 2.0
"""What one input may take, in processor time: machines are busy. One that waits for ever is seen by the clock."""
_HANG_SECONDS = 20.0
_SECONDS_TO_BEGIN = 120.0
_BEGINS = -1
"""Stands for the runs that are done while the child makes what it needs."""
_MOST_FAULTS = 20
"""Faults after which a run is given up."""
_POOL = 400
_SHARED = 1 << 20
_HEAD = struct.Struct("<qdq")
"""Runs that are done, the slowest so far in seconds of processor time, length of the input being tried."""


class Target(Protocol):
    """What a module of a target has."""

    __name__: str
    WORDS: tuple[bytes, ...]

    def samples(self) -> list[bytes]:
        """Return inputs to begin with."""

    def mutated(self, content: bytes, chance: random.Random) -> bytes:
        """Return a changed input."""

    def check(self, content: bytes) -> None:
        """Try an input; raises where the target does what it must not."""


@dataclass(kw_only=True)
class Report:
    """What a run came to: how many inputs, seconds in all and for the slowest, and what went wrong."""

    runs: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)


def target_named(name: str) -> Target:
    """Return the module of a target."""
    return importlib.import_module(f"tests.fuzz.{name}")  # type: ignore[return-value]


def kept(name: str, folder: Path = SEEDS) -> list[Path]:
    """Return the files of the inputs that are kept for a target."""
    return sorted(path for path in (folder / name).glob("*") if path.is_file())


def begin_with(target: Target, name: str, folder: Path = SEEDS) -> list[bytes]:
    """Return all inputs that a run of a target begins with."""
    return [*target.samples(), *(path.read_bytes() for path in kept(name, folder))]


def try_kept(target: Target, content: bytes) -> float:
    """Try one input and return its seconds of processor time; raises as the target does, and AssertionError where it is too slow."""
    began = time.process_time()
    target.check(content)
    took = time.process_time() - began
    assert took < WORST_SECONDS, f"took {took:.1f} s"
    return took


def run(name: str, target: Target, *, runs: int, seconds: float, seed: int, folder: Path = SEEDS) -> Report:
    """Try changed samples until `runs` or `seconds` are reached; faulty inputs are kept in `folder`/NAME."""
    report, began = Report(), time.monotonic()
    shared = mmap.mmap(-1, _SHARED)
    pool = begin_with(target, name, folder)
    if getattr(target, "FORKS", True):
        target.check(pool[0])  # what is made once is made before the time counts, and before the fork
    gc.collect()
    gc.freeze()
    while (
        report.runs < runs and (left := seconds - (time.monotonic() - began)) > 0 and len(report.faults) < _MOST_FAULTS
    ):
        _HEAD.pack_into(shared, 0, _BEGINS, 0.0, 0)
        chance = random.Random(f"{name} {seed} {report.runs}")
        fault = _in_child(partial(_loop, target, pool, chance, runs - report.runs, left, shared), shared)
        done, worst, length = _HEAD.unpack_from(shared)
        report.runs, report.worst = report.runs + max(done, 0), max(report.worst, worst)
        if fault:
            content = shared[_HEAD.size : _HEAD.size + length]
            report.runs += 1
            if not any(known.startswith(fault) for known in report.faults):  # one input of a kind is enough
                report.faults.append(f"{fault} {_keep(name, content, folder)}")
    report.seconds = time.monotonic() - began
    return report


def _loop(
    target: Target, pool: list[bytes], chance: random.Random, runs: int, seconds: float, shared: mmap.mmap
) -> None:
    """The child: change, note, try; what was tried may be changed further."""
    target.check(pool[0])  # what does not outlive a fork is made anew
    until, worst, pool = time.monotonic() + seconds, 0.0, list(pool)
    for done in range(runs):
        content = target.mutated(chance.choice(pool), chance)[: _SHARED - _HEAD.size]
        shared[_HEAD.size : _HEAD.size + len(content)] = content
        _HEAD.pack_into(shared, 0, done, worst, len(content))
        worst = max(worst, try_kept(target, content))
        _HEAD.pack_into(shared, 0, done + 1, worst, len(content))
        if time.monotonic() > until:
            return
        if len(pool) < _POOL:
            pool.append(content)
        elif chance.random() < 0.2:
            pool[chance.randrange(_POOL // 4, _POOL)] = content


def _in_child(work: Callable[[], None], shared: mmap.mmap) -> str:
    """Do `work` in a child process; what went wrong in one line, "" where nothing did."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        os.write(sending, _tried(work).encode("utf-8", "replace")[:4000])
        os._exit(0)
    os.close(sending)
    status = _waited(child, shared)
    with os.fdopen(receiving, "rb") as line:
        told = line.read().decode("utf-8", "replace")
    if status is None:
        return f"no answer in {_HANG_SECONDS:g} s:"
    return told if status == 0 else f"the process ended with {status}:"


def _tried(work: Callable[[], None]) -> str:
    try:
        work()
    except BaseException as error:  # everything that comes out is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:300]} ({Path(where.filename).name}:{where.lineno}):".replace(
            "\n", " "
        )
    return ""


def _waited(child: int, shared: mmap.mmap) -> int | None:
    """The exit status of a child; None where it stood still on one input and was killed."""
    seen, since = -1, time.monotonic()
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        done = _HEAD.unpack_from(shared)[0]
        if done != seen:
            seen, since = done, time.monotonic()
        elif time.monotonic() - since > (_SECONDS_TO_BEGIN if done == _BEGINS else _HANG_SECONDS):
            os.kill(child, 9)
            os.waitpid(child, 0)
            return None
        time.sleep(0.05)


def _keep(name: str, content: bytes, folder: Path) -> Path:
    """Write a faulty input beside the seeds, so that the tests try it from now on."""
    path = folder / name / f"fault-{hashlib.sha256(content).hexdigest()[:16]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
