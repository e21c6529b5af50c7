"""Sketch → places → SVG text; every box is a link, in reading order, and nothing needs a script."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from kgdocs.lineage.graph import Lineage
from kgdocs.lineage.picture.layers import Layers, arrange
from kgdocs.lineage.picture.places import middles
from kgdocs.lineage.picture.sketch import Arrow, Caption, CaptionOf, CaptionOfGroup, Sketch, sketch
from kgdocs.lineage.picture.wrapping import wrap
from kgdocs.lineage.reduction import reduced

WIDTH, BETWEEN, MARGIN = 244.0, 116.0, 12.0
_PAD, _HEAD, _TEXT, _NOTE = 12.0, 14.0, 12.5, 11.5
_LINE = {"heading": 18.0, "text": 16.5, "note": 16.0}

RelationName = Callable[[str, str], str]
"""(type, status) → what people call it: "thực hiện", "thực hiện (dự kiến)"."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box where it stands, with its lines as (kind, text)."""

    id: str
    caption: Caption
    css: str
    lines: tuple[tuple[str, str], ...]
    x: float
    y: float
    height: float
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Picture:
    """The SVG and what is on it; `relations` are the (type, status) drawn, for a legend."""

    svg: str
    boxes: tuple[Box, ...]
    relations: tuple[tuple[str, str], ...]


def draw(
    lineage: Lineage,
    *,
    name: str,
    caption: CaptionOf,
    caption_of_group: CaptionOfGroup,
    relation_name: RelationName,
    shortcuts: bool = True,
) -> Picture:
    """Draw a lineage. `name` is the accessible name of the picture; the next three give the words.

    Without `shortcuts`, an arrow that a longer way through other boxes makes needless is left out.
    Colours, dashes and fonts are the page's: classes `box is-STATUS`, `arrow r-TYPE s-STATUS`.
    """
    seen = lineage if shortcuts else replace(lineage, graph=reduced(lineage.graph))
    drawn = sketch(seen, caption, caption_of_group)
    lines = {one: _lines(text) for one, text in drawn.captions.items()}
    heights = {one: 2 * _PAD - 4 + sum(_LINE[kind] for kind, _ in found) for one, found in lines.items()}
    layers = arrange(list(drawn.captions), [arrow.ends for arrow in drawn.arrows])
    centre = middles(layers, heights)
    level = {one: number for number, row in enumerate(layers.rows) for one in row}
    boxes = tuple(
        Box(
            one, drawn.captions[one], _css(drawn, one), lines[one],
            _left(level[one]), MARGIN + centre[one] - heights[one] / 2, heights[one],
        )
        for row in layers.rows for one in row if one in lines
    )  # fmt: skip
    arrows = "".join(_arrow(arrow, layers, centre, level, relation_name) for arrow in drawn.arrows)
    svg = _frame(name, boxes, arrows)
    return Picture(svg, boxes, tuple(sorted({pair for arrow in drawn.arrows for pair in arrow.relations[:1]})))


def _css(drawn: Sketch, one: str) -> str:
    return f"box {drawn.classes[one]}" + (" is-root" if one == drawn.root else "")


def _lines(caption: Caption) -> tuple[tuple[str, str], ...]:
    room = WIDTH - 2 * _PAD
    heading = caption.heading + (f" ({caption.mark})" if caption.mark else "")
    return (
        *(("heading", line) for line in wrap(heading, room, _HEAD, 2)),
        *(("text", line) for line in wrap(caption.text, room, _TEXT, 3)),
        *(("note", line) for line in wrap(caption.note, room, _NOTE, 1)),
    )


def _left(level: int) -> float:
    return MARGIN + level * (WIDTH + BETWEEN)


def _frame(name: str, boxes: tuple[Box, ...], arrows: str) -> str:
    wide = max((box.x + box.width for box in boxes), default=0.0) + MARGIN
    high = max((box.y + box.height for box in boxes), default=0.0) + MARGIN
    return (
        f'<svg class="lineage" xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{_clean(name)}" '
        f'width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" class="tip"/></marker></defs>'
        f"{arrows}{''.join(_box(box) for box in boxes)}</svg>"
    )


def _box(box: Box) -> str:
    rows, y = [], box.y + _PAD - 4
    for kind, line in box.lines:
        y += _LINE[kind]
        rows.append(f'<text class="{kind}" x="{box.x + _PAD:.1f}" y="{y - 3:.1f}">{_clean(line)}</text>')
    said = " – ".join(
        part for part in (box.caption.heading, box.caption.mark, box.caption.text, box.caption.note) if part
    )
    return (
        f'<a class="{box.css}" href="{_clean(box.caption.href)}"><title>{_clean(said)}</title>'
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="4"/>'
        f"{''.join(rows)}</a>"
    )


def _arrow(
    arrow: Arrow, layers: Layers, centre: dict[str, float], level: dict[str, int], relation_name: RelationName
) -> str:
    """A smooth line through the layers, with its name beside it unless it is the usual one."""
    path = layers.paths[arrow.ends]
    points = []
    for place, one in enumerate(path):
        x, y = _left(level[one]), MARGIN + centre[one]
        points += [(x, y)] if place else []
        points += [(x + WIDTH, y)] if place < len(path) - 1 else []
    if path[0] == arrow.target:
        points.reverse()
    kind, status = arrow.relations[0]
    names = ", ".join(relation_name(*pair) for pair in arrow.relations)
    label = ""
    if (kind, status) != ("implements", "asserted"):
        (x1, y1), (x2, y2) = points[0], points[1]
        label = (
            f'<text class="relation" x="{(x1 + x2) / 2:.1f}" y="{(y1 + y2) / 2 - 4:.1f}" '
            f'text-anchor="middle">{_clean(relation_name(kind, status))}</text>'
        )
    return (
        f'<g class="arrow r-{_clean(kind)} s-{_clean(status)}"><title>{_clean(names)}</title>'
        f'<path d="{_curve(points)}" marker-end="url(#tip)"/>{label}</g>'
    )


def _curve(points: list[tuple[float, float]]) -> str:
    """Straight across boxes' columns, bent between them."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if y1 == y2:
            parts.append(f"L{x2:.1f} {y2:.1f}")
        else:
            half = (x1 + x2) / 2
            parts.append(f"C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}")
    return "".join(parts)


def _clean(text: str) -> str:
    """Escaped for SVG; control characters, which XML forbids, are left out."""
    return escape("".join(letter for letter in text if letter >= " "), quote=True)
