"""Counts → SVG text: bars, columns over time, a distribution; values in, one picture out, nothing needs a script.

Each is one image for a reader (`role="img"` with its title); the numbers belong in a table beside
it. Colours and fonts are the page's, by class. A picture is `WIDTH` units wide and its letters
12 units high, so that on a narrow telephone, at about that many points, they can still be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 360.0
_BAR, _ROW, _VALUE = 11.0, 34.0, 46.0
_HIGH, _TOP, _FOOT, _LEFT = 130.0, 22.0, 36.0, 34.0
_LETTERS = 50
"""Letters of a label that surely fit above a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A count, what it counts, and a class of its own for the stylesheet ("" for none)."""

    label: str
    count: int
    css: str = ""


def bar_chart(bars: Sequence[Bar], *, title: str) -> str:
    """Return horizontal bars, each with its label above and its count behind; for names, in the order given."""
    most = max((bar.count for bar in bars), default=0) or 1
    rows = "".join(_row(bar, at * _ROW, (WIDTH - _VALUE) * bar.count / most) for at, bar in enumerate(bars))
    return _frame(title, max(len(bars), 1) * _ROW + 4, rows)


def _row(bar: Bar, top: float, width: float) -> str:
    """Return one bar with its label and count."""
    return (
        f'<text class="label" x="0" y="{top + 13:.1f}">{_text(_short(bar.label))}</text>'
        f'<rect class="bar {_text(bar.css)}" x="0" y="{top + 18:.1f}" width="{max(width, 1.5):.1f}" height="{_BAR}"/>'
        f'<text class="value" x="{max(width, 1.5) + 5:.1f}" y="{top + 28:.1f}">{_grouped(bar.count)}</text>'
    )


def column_chart(bars: Sequence[Bar], *, title: str, ticks: Mapping[int, str]) -> str:
    """Return upright columns, for counts over time; `ticks` are labels under some of them, by position."""
    return _columns(bars, title, {at + 0.5: label for at, label in ticks.items()}, "", "")


def histogram(
    bars: Sequence[Bar],
    *,
    title: str,
    ticks: Mapping[int, str],
    mark: float | None = None,
    mark_name: str = "",
    axis: str = "",
) -> str:
    """Return columns of a distribution; `ticks` stand at the left edge of columns.

    `mark` is a place along the axis, in columns, at which a line with `mark_name` stands; `axis`
    says what is counted along it.
    """
    line = "" if mark is None else _mark(_x(mark, len(bars)), mark_name)
    return _columns(bars, title, {float(at): label for at, label in ticks.items()}, line, axis)


def _columns(bars: Sequence[Bar], title: str, ticks: Mapping[float, str], mark: str, axis: str) -> str:
    """Return columns over a line, with a scale at the left and labels under the line."""
    most = max((bar.count for bar in bars), default=0) or 1
    step = (WIDTH - _LEFT) / max(len(bars), 1)
    base = _TOP + _HIGH
    columns = "".join(
        f'<rect class="bar {_text(bar.css)}" x="{_LEFT + at * step + step * 0.1:.1f}" '
        f'y="{base - _HIGH * bar.count / most:.1f}" width="{step * 0.8:.1f}" height="{_HIGH * bar.count / most:.1f}"/>'
        for at, bar in enumerate(bars)
        if bar.count
    )
    labels = "".join(_tick(_x(at, len(bars)), base, label, len(bars) - at < 1) for at, label in ticks.items())
    scale = "".join(
        f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH}"/><text class="tick end" x="{_LEFT - 4}" y="{y + 4:.1f}">{name}</text>'
        for y, name in ((_TOP, _grouped(most)), (base, "0"))
    )
    below = f'<text class="tick end" x="{WIDTH}" y="{base + 31:.1f}">{_text(axis)}</text>' if axis else ""
    return _frame(title, base + (_FOOT if axis else 20), scale + columns + labels + mark + below)


def _x(at: float, columns: int) -> float:
    """Return where a place along the axis, in columns, is in the picture."""
    return _LEFT + (WIDTH - _LEFT) * at / max(columns, 1)


def _tick(x: float, base: float, label: str, last: bool) -> str:
    """Return a label under the line; the last one ends at the edge."""
    css = "tick end" if last else "tick middle"
    return f'<text class="{css}" x="{WIDTH if last else x:.1f}" y="{base + 15:.1f}">{_text(label)}</text>'


def _mark(x: float, name: str) -> str:
    """Return an upright line with its name on the side where there is room."""
    css, shift = ("label end", -4) if x > WIDTH / 2 else ("label", 4)
    return (
        f'<path class="mark" d="M{x:.1f} {_TOP - 16}V{_TOP + _HIGH}"/>'
        f'<text class="{css} mark-name" x="{x + shift:.1f}" y="{_TOP - 6}">{_text(name)}</text>'
    )


def _frame(title: str, height: float, inside: str) -> str:
    """Return the picture around what is drawn."""
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_text(title)}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}" viewBox="0 0 {WIDTH:.0f} {height:.0f}">'
        f"<title>{_text(title)}</title>{inside}</svg>"
    )


def _short(label: str) -> str:
    """Return a label on one line, cut where it would leave the picture."""
    line = " ".join(label.split())
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1].rstrip()}…"


def _grouped(count: int) -> str:
    """Return a count with its thousands parted by a narrow space, as both languages read it."""
    return f"{count:,}".replace(",", "\u202f")


def _text(text: str) -> str:
    """Return text that is no markup, and no character that XML forbids."""
    return escape("".join(letter for letter in text if letter >= " "), quote=True)
