"""Time of whole builds: a full one, one after 1 % of the files have changed, one with nothing changed; and of two workers.

Each build is a process of its own. The processor time of an empty build (its start) is taken off before the ratio.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgdocs.grammar import Rules
from tests.benchmarks.files import change_files, write_files

AIM = 0.15
"""The most that a build after a change of 1 % may take of a full one."""
SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Building:
    """Seconds of processor time of builds, and of the wall clock for one worker and for two."""

    files: int
    start: float
    full: float
    changed: float
    unchanged: float
    wall: float
    parallel: float
    parallel_wall: float

    @property
    def ratio(self) -> float:
        """A build after a change in times of a full one, both without the start of the process."""
        return (self.changed - self.start) / (self.full - self.start)

    @property
    def efficiency(self) -> float:
        """Processor time of one worker in times of that of two."""
        return self.full / self.parallel


def measure_building(rules: Rules, count: int) -> Building:
    """Build a folder of `count` texts several times."""
    with tempfile.TemporaryDirectory() as top:
        folder, db = Path(top, "texts"), Path(top, "kgdocs.db")
        one = Path(top, "one.txt")
        one.write_text("Thực hiện Chỉ thị số 28-CT/TW.\n", encoding="utf-8")
        start, _ = _build(one, Path(top, "empty.db"))
        paths = write_files(folder, rules, count)
        parallel, parallel_wall = _build(folder, db, "--workers", "2")
        full, wall = _build(folder, db, "--full", "--workers", "1")
        unchanged, _ = _build(folder, db, "--workers", "1")
        change_files(paths, SHARE)
        changed, _ = _build(folder, db, "--workers", "1")
    return Building(len(paths), start, full, changed, unchanged, wall, parallel, parallel_wall)


def _build(path: Path, db: Path, *options: str) -> tuple[float, float]:
    """Seconds of processor time, children included, and of the wall clock."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), os.times().elapsed
    command = [sys.executable, "-m", "kgdocs", "build", str(path), "--db", str(db), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, os.times().elapsed - begun


def building_lines(found: Building) -> Iterator[str]:
    """What was measured, for the terminal."""
    yield f"Builds of {found.files:,} files (processor seconds; start of the process {found.start:.1f} s):"
    yield f"  full {found.full:.1f}, nothing changed {found.unchanged:.1f}, 1 % changed {found.changed:.1f}"
    yield f"  1 % changed / full, without the start: {found.ratio:.2f} (aim: {AIM})"
    yield (
        f"  two workers {found.parallel:.1f}, efficiency {found.efficiency:.2f};"
        f" wall {found.wall:.1f} → {found.parallel_wall:.1f}"
    )
