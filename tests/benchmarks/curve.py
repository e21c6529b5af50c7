"""Cost of a full build against the number of files, as figures and as a small drawing.

Every size is a folder of its own and a build of its own with one process, so that the peak memory is that of all it does.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kgdocs.grammar import Rules
from tests.benchmarks.aims import Aim
from tests.benchmarks.builds import anchor_seconds, counts_of, timed_build
from tests.benchmarks.files import write_files

STEEPER, FROM = 1.15, 10_000
"""The most that a document may cost at the largest size, in times of what it costs at the size from which that counts."""
PEAK, AT = 1_000_000_000, 200_000
"""Bytes that a build may take, and the number of files that this is said of."""


@dataclass(frozen=True, slots=True)
class Point:
    """A build: files and their characters, seconds, peak memory and size of the database in bytes, seconds of the anchor."""

    files: int
    seconds: float
    wall: float
    peak: int
    documents: int
    mentions: int
    bytes: int
    anchor: float

    @property
    def per_file(self) -> float:
        """Processor seconds of one file, start of the process included."""
        return self.seconds / self.files


def measure_curve(rules: Rules, sizes: Sequence[int], top: Path | None = None) -> Iterator[Point]:
    """Yield the cost of a build of each size, smallest first."""
    for size in sorted(sizes):
        with TemporaryDirectory(dir=top) as folder:
            paths = write_files(Path(folder, "texts"), rules, size)
            anchor = anchor_seconds(paths)
            db = Path(folder, "kgdocs.db")
            spent = timed_build(Path(folder, "texts"), db, "--full", "--workers", "1")
            yield Point(
                len(paths), **{name: getattr(spent, name) for name in ("seconds", "wall", "peak")}, **counts_of(db), anchor=anchor
            )  # fmt: skip


def curve_line(one: Point) -> str:
    """What was measured at one size, for the terminal."""
    return (
        f"  {one.files:8,} files: {one.seconds:8.1f} s, {1000 * one.per_file:6.2f} ms a file, {one.files / one.seconds:5.0f} a second,"
        f" {one.seconds / one.anchor:5.0f} x the anchor; peak {one.peak / 1e6:7,.0f} MB, {one.bytes / one.files / 1e3:5.1f} kB of database a file"
    )


def curve_aims(points: Sequence[Point]) -> Iterator[Aim]:
    """What the curve should keep, where sizes were measured that say it."""
    large = [one for one in points if one.files >= FROM]
    if len(large) > 1:
        what = f"a file among {large[-1].files:,} in times of one among {large[0].files:,}"
        yield Aim(what=what, value=large[-1].per_file / large[0].per_file, bound=STEEPER)
    last = points[-1]
    if last.files >= AT or last.peak > PEAK:
        yield Aim(what=f"peak memory at {last.files:,} files, GB", value=last.peak / 1e9, bound=PEAK / 1e9)


def curve_figures(points: Sequence[Point]) -> list[dict[str, object]]:
    """The same for JSON."""
    return [asdict(one) for one in points]


_WIDE, _HIGH, _LEFT, _TOP = 300, 220, 52, 34
_GAP = 90


def curve_svg(points: Sequence[Point]) -> str:
    """Return a drawing: processor seconds, peak memory and size of the database against files, both axes by powers of ten.

    A dashed line goes through the last point as cost grows that is in proportion to the size.
    """
    panels = (
        ("processor seconds", [one.seconds for one in points]),
        ("peak memory, MB", [one.peak / 1e6 for one in points]),
        ("database, MB", [one.bytes / 1e6 for one in points]),
    )
    sizes = [one.files for one in points]
    drawn = "".join(
        f'<g transform="translate({_LEFT + number * (_WIDE + _GAP)},{_TOP})">{_panel(title, sizes, values)}</g>'
        for number, (title, values) in enumerate(panels)
    )
    width, height = _LEFT + len(panels) * (_WIDE + _GAP), _TOP + _HIGH + 44
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(title: str, sizes: Sequence[int], values: Sequence[float]) -> str:
    """One drawing of values against sizes."""
    low, high = _powers(sizes)
    bottom, top = _powers(values)

    def at(size: float, value: float) -> tuple[float, float]:
        across = (math.log10(size) - low) / (high - low) * _WIDE
        return round(across, 1), round(_HIGH - (math.log10(value) - bottom) / (top - bottom) * _HIGH, 1)

    lines = [f'<text x="{_WIDE / 2}" y="-14" text-anchor="middle" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        x, _ = at(10**power, 10**bottom)
        lines.append(
            f'<path d="M{x} 0V{_HIGH}" stroke="#ddd"/><text x="{x}" y="{_HIGH + 16}" text-anchor="middle">{_power(power)}</text>'
        )
    for power in range(bottom, top + 1):
        _, y = at(10**low, 10**power)
        lines.append(
            f'<path d="M0 {y}H{_WIDE}" stroke="#ddd"/><text x="-6" y="{y + 4}" text-anchor="end">{_power(power)}</text>'
        )
    lines.append(f'<text x="{_WIDE / 2}" y="{_HIGH + 34}" text-anchor="middle">files</text>')
    least = max(min(sizes), sizes[-1] / values[-1] * 10**bottom)  # where the dashed line would leave the drawing
    start, end = at(least, values[-1] * least / sizes[-1]), at(sizes[-1], values[-1])
    lines.append(f'<path d="M{start[0]} {start[1]}L{end[0]} {end[1]}" stroke="#999" stroke-dasharray="4 4"/>')
    places = [at(size, value) for size, value in zip(sizes, values, strict=True)]
    lines.append(
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" fill="none" stroke="#06c" stroke-width="2"/>'
    )
    lines += [f'<circle cx="{x}" cy="{y}" r="3" fill="#06c"/>' for x, y in places]
    return "".join(lines)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten between which all values are."""
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


def _power(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
