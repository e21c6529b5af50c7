"""One build in a process of its own: what it took, what it came to, and the bounded anchor over the same texts."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.speed import ANCHOR

_SPENT = Path(__file__).with_name("spent.py")
_WITH_TWO = """
import pathlib, resource, sys, kgdocs
kgdocs.build(sys.argv[1:2], sys.argv[2], full=True, workers=2)
own = resource.getrusage(resource.RUSAGE_SELF)
pathlib.Path(sys.argv[3]).write_text(str(own.ru_utime + own.ru_stime))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time (processes that it began included) and of the clock; peak memory of one process in bytes."""

    seconds: float
    wall: float
    peak: int


def timed_build(path: Path, db: Path, *options: str) -> Spent:
    """Build `path` into `db`; raises CalledProcessError where the build fails."""
    return _timed([sys.executable, "-m", "kgdocs", "build", str(path), "--db", str(db), *options])


def shared_build(path: Path, db: Path) -> tuple[Spent, float]:
    """Build with two workers; returns what it took, and the seconds of the one process that links and writes."""
    with TemporaryDirectory() as folder:
        told = Path(folder, "own")
        spent = _timed([sys.executable, "-c", _WITH_TWO, str(path), str(db), str(told)])
        return spent, float(told.read_text(encoding="utf-8"))


def _timed(command: Sequence[str]) -> Spent:
    with TemporaryDirectory() as folder:
        told = Path(folder, "spent.json")
        subprocess.run([sys.executable, "-S", str(_SPENT), str(told), *command], check=True)
        return Spent(**json.loads(told.read_text(encoding="utf-8")))


def counts_of(db: Path) -> dict[str, int]:
    """How many documents and mentions a database has, and its size in bytes."""
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        documents, mentions = connection.execute("SELECT documents, mentions FROM builds").fetchone()
    return {"documents": documents, "mentions": mentions, "bytes": db.stat().st_size}


def anchor_seconds(paths: Sequence[Path]) -> float:
    """Processor seconds of the bounded anchor alone over the texts of these files, the reading of files left out."""
    spent = 0.0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        begun = time.process_time()
        ANCHOR.findall(text)
        spent += time.process_time() - begun
    return spent
