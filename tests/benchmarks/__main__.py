"""What kgdocs costs, as ratios with their aims: `make bench`.

Extraction against plain re, spaCy's tokeniser and eyecite, its growth on inputs made to be slow, spaCy's vocabulary, linking, checks,
pages, writing, whole builds, and their cost by size.

Reference points are measured in the same rounds on the same text; ratios are medians over
the rounds, because machines are noisy. Times are processor times.
"""

import argparse
import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kgdocs.grammar import Rules, load_rules
from tests.benchmarks.aims import Aim, summary
from tests.benchmarks.building import building_lines, measure_building
from tests.benchmarks.checking import checking_lines, measure_checking
from tests.benchmarks.country import make_country
from tests.benchmarks.curve import curve_aims, curve_figures, curve_line, curve_svg, measure_curve
from tests.benchmarks.growth import growth_aim, growth_figures, growth_line, measure_growth
from tests.benchmarks.linking import linking_lines, measure_linking
from tests.benchmarks.pages import measure_pages, page_lines, pages_aim
from tests.benchmarks.peers import measure_peers, peer_lines
from tests.benchmarks.speed import measure_speed, speed_aims, speed_figures, speed_lines
from tests.benchmarks.storing import measure_storing, storing_lines
from tests.benchmarks.vocabulary import measure_vocabulary, vocabulary_lines

SIZES, ROUNDS = (25_000, 100_000, 400_000), 5
QUICK_SIZES, QUICK_ROUNDS = (25_000, 100_000), 3
REGISTER, QUICK_REGISTER = (200_000, 100_000), (20_000, 10_000)
"""Rows of the register, and damaged codes that are linked against it."""
COUNTRY, QUICK_COUNTRY = (200_000, 7), (10_000, 3)
"""Documents of the country whose pages are measured and against which a draft is checked, and rounds."""
STORED, QUICK_STORED = 2_000, 300
"""Files whose rows are written again and again."""
UNSEEN, QUICK_UNSEEN = 500, 50
"""Texts that spaCy's stores of strings are watched over."""
FILES, QUICK_FILES = 20_000, 1_000
"""Files of the folder that is built."""
CURVE, QUICK_CURVE = (100, 1_000, 10_000), (100, 1_000)
"""Files of the folders whose builds make the curve; --sizes gives others."""
GROWTH = (250_000, 1_000_000)
QUICK_GROWTH = (25_000, 100_000)


@dataclass(slots=True)
class Run:
    """What is measured with, what was asked for, and what has come of it."""

    rules: Rules
    options: argparse.Namespace
    figures: dict[str, Any] = field(default_factory=dict)
    aims: list[Aim] = field(default_factory=list)

    def of(self, usual: Any, quick: Any) -> Any:
        """The one or the other."""
        return quick if self.options.quick else usual

    def note(self, name: str, figures: object, aims: Iterator[Aim] | list[Aim]) -> None:
        """Keep what a part has come to."""
        self.figures[name] = figures
        self.aims.extend(aims)


def _speed(run: Run) -> None:
    sizes, rounds = run.of((SIZES, ROUNDS), (QUICK_SIZES, QUICK_ROUNDS))
    measured = list(measure_speed(run.rules, sizes, rounds))
    aims = list(speed_aims(measured))
    _tell(*speed_lines(measured), *(aim.line for aim in aims))
    run.note("speed", speed_figures(measured), aims)


def _peers(run: Run) -> None:
    found = measure_peers(run.rules, run.of(ROUNDS, QUICK_ROUNDS))
    _tell(*peer_lines(found))
    if found:
        run.note("peers", {**asdict(found), "ratio": found.ratio}, found.aims())


def _growth(run: Run) -> None:
    short, long = run.of(GROWTH, QUICK_GROWTH)
    growths = []
    for growth in measure_growth(run.rules, short, long):
        growths.append(growth)
        _tell(growth_line(growth, short, long))
    _tell(growth_aim(growths).line)
    run.note("growth", growth_figures(growths, short, long), [growth_aim(growths)])


def _vocabulary(run: Run) -> None:
    found = measure_vocabulary(run.rules, run.of(UNSEEN, QUICK_UNSEEN))
    _tell(*vocabulary_lines(found))
    run.note("vocabulary", asdict(found), found.aims())


def _linking(run: Run) -> None:
    found = measure_linking(run.rules, *run.of(REGISTER, QUICK_REGISTER))
    _tell(*linking_lines(found))
    run.note("linking", asdict(found), found.aims())


def _checking(run: Run) -> None:
    documents, rounds = run.of(COUNTRY, QUICK_COUNTRY)
    with TemporaryDirectory() as folder:
        country = make_country(Path(folder) / "country.db", run.rules, documents)
        found = measure_checking(country, Path(folder), rounds)
    _tell(*checking_lines(found))
    run.note("checking", asdict(found), found.aims())


def _pages(run: Run) -> None:
    documents, rounds = run.of(COUNTRY, QUICK_COUNTRY)
    with TemporaryDirectory() as folder:
        costs = list(measure_pages(make_country(Path(folder) / "country.db", run.rules, documents), rounds))
    _tell(*page_lines(costs, documents), pages_aim(costs).line)
    run.note("pages", [asdict(one) for one in costs], [pages_aim(costs)])


def _storing(run: Run) -> None:
    found = measure_storing(run.rules, run.of(STORED, QUICK_STORED), run.of(ROUNDS, QUICK_ROUNDS))
    _tell(*storing_lines(found))
    run.note("storing", asdict(found), found.aims())


def _building(run: Run) -> None:
    found = measure_building(run.rules, run.of(FILES, QUICK_FILES))
    _tell(*building_lines(found))
    run.note("building", {**asdict(found), "ratio": found.ratio, "efficiency": found.efficiency}, found.aims())


def _curve(run: Run) -> None:
    points = []
    _tell("full builds by size, one process, start included:")
    for point in measure_curve(run.rules, run.options.sizes or run.of(CURVE, QUICK_CURVE)):
        points.append(point)
        _tell(curve_line(point))
    aims = list(curve_aims(points))
    _tell(*(f"  {aim.line}" for aim in aims))
    if run.options.svg:
        run.options.svg.write_text(curve_svg(points), encoding="utf-8")
    run.note("curve", curve_figures(points), aims)


PARTS: dict[str, Callable[[Run], None]] = {
    "speed": _speed, "peers": _peers, "growth": _growth, "vocabulary": _vocabulary, "linking": _linking, "checking": _checking,
    "pages": _pages, "storing": _storing, "building": _building, "curve": _curve,
}  # fmt: skip
"""Name → what measures it, tells it, and notes it."""


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


def main() -> None:
    """Measure, print, and write the files that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter texts, fewer rounds")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be given more than once")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="files of the builds of the curve")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the curve into FILE")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    run = Run(load_rules(), options, {"quick": options.quick})
    gc.collect()
    gc.freeze()
    _tell("The garbage collector leaves the rules alone (gc.freeze): they are large and never change.")
    for name in options.part or PARTS:
        PARTS[name](run)
    _tell(summary(run.aims), *(f"  not met: {aim.line}" for aim in run.aims if not aim.is_met))
    run.figures["aims"] = [aim.figures for aim in run.aims]
    if options.json:
        options.json.write_text(json.dumps(run.figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
