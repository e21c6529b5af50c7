"""Time of whole builds: a full one, one after 1 % of the files have changed, one with nothing changed; and of two workers.

Each build is a process of its own. The processor time of an empty build (its start) is taken off before the ratio of what has changed;
all other figures include it.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgdocs.grammar import Rules
from tests.benchmarks.aims import Aim
from tests.benchmarks.builds import Spent, anchor_seconds, counts_of, shared_build, timed_build
from tests.benchmarks.files import change_files, write_files

CHANGED_AIM, WORKERS_AIM, ANCHOR_AIM, RATE_AIM = 0.15, 0.95, 20.0, 600.0
"""The most that a build after a change of 1 % may take of a full one; the least efficiency of two workers; the most that a
full build may take in times of the bounded anchor; the least files of 5 kB for each second of processor time."""
SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Building:
    """What the builds of one folder took; `bytes` is the size of its texts, `anchor` the seconds of the anchor over them.

    `own` are the seconds, of those with two workers, of the process that links and writes.
    """

    files: int
    bytes: int
    anchor: float
    start: Spent
    full: Spent
    changed: Spent
    unchanged: Spent
    parallel: Spent
    own: float
    database: dict[str, int]

    @property
    def ratio(self) -> float:
        """A build after a change in times of a full one, both without the start of the process."""
        return (self.changed.seconds - self.start.seconds) / (self.full.seconds - self.start.seconds)

    @property
    def efficiency(self) -> float:
        """Processor time of one worker in times of that of two."""
        return self.full.seconds / self.parallel.seconds

    def aims(self) -> Iterator[Aim]:
        """What is wanted of the builds."""
        of_5_kb = self.bytes / 5000
        yield Aim(
            what="files of 5 kB for each processor second",
            value=of_5_kb / self.full.seconds,
            bound=RATE_AIM,
            at_least=True,
        )
        yield Aim(
            what="full build in times of the bounded anchor over its texts",
            value=self.full.seconds / self.anchor,
            bound=ANCHOR_AIM,
        )
        yield Aim(what="1 % changed in times of a full build, without the start", value=self.ratio, bound=CHANGED_AIM)
        yield Aim(what="processor efficiency of two workers", value=self.efficiency, bound=WORKERS_AIM, at_least=True)


def measure_building(rules: Rules, count: int) -> Building:
    """Build a folder of `count` texts several times."""
    with tempfile.TemporaryDirectory() as top:
        folder, db = Path(top, "texts"), Path(top, "kgdocs.db")
        one = Path(top, "one.txt")
        one.write_text("Thực hiện Chỉ thị số 28-CT/TW.\n", encoding="utf-8")
        start = timed_build(one, Path(top, "empty.db"))
        paths = write_files(folder, rules, count)
        size = sum(path.stat().st_size for path in paths)
        anchor = anchor_seconds(paths)
        parallel, own = shared_build(folder, db)
        full = timed_build(folder, db, "--full", "--workers", "1")
        database = counts_of(db)
        unchanged = timed_build(folder, db, "--workers", "1")
        change_files(paths, SHARE)
        changed = timed_build(folder, db, "--workers", "1")
    return Building(len(paths), size, anchor, start, full, changed, unchanged, parallel, own, database)


def building_lines(found: Building) -> Iterator[str]:
    """What was measured, for the terminal."""
    full = found.full
    yield f"builds of {found.files:,} files, {found.bytes / found.files / 1000:.1f} kB each:"
    yield (
        f"  processor seconds: full {full.seconds:.1f}, 1 % changed {found.changed.seconds:.1f}, nothing changed"
        f" {found.unchanged.seconds:.1f}, one small text (the start) {found.start.seconds:.1f}"
    )
    yield (
        f"  peak memory {full.peak / 1e6:,.0f} MB, {full.peak / found.files / 1000:.0f} kB a file; database"
        f" {found.database['bytes'] / found.files / 1000:.1f} kB a file, {found.database['bytes'] / found.bytes:.1f} x its texts"
    )
    read = found.parallel.seconds - found.own
    yield (
        f"  two workers: {1000 * read / found.files:.2f} ms a file are read by them, {1000 * found.own / found.files:.2f} ms linked and"
        f" written by one process; on the clock {full.wall / found.parallel.wall:.2f} x the speed of one"
    )
    yield from (f"  {aim.line}" for aim in found.aims())
