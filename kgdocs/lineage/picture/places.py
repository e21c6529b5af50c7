"""Where each box stands: layers are columns, and in a column no box overlaps another.

Each box wants to stand in the middle of its neighbours; isotonic regression finds the
nearest places that keep the order and the distances.
"""

import itertools
from collections.abc import Mapping, Sequence

from kgdocs.lineage.picture.layers import Layers

SWEEPS = 12
GAP = 18.0
THREAD = 14.0
"""Height that an arrow needs where it passes through a layer."""


def middles(layers: Layers, heights: Mapping[str, float]) -> dict[str, float]:
    """Return the vertical middle of every box and of every point that an arrow passes; the highest top is 0."""
    high = {one: heights.get(one, THREAD) for row in layers.rows for one in row}
    beside: dict[str, list[str]] = {one: [] for one in high}
    for path in layers.paths.values():
        for left, right in itertools.pairwise(path):
            beside[left].append(right)
            beside[right].append(left)
    found = {one: y for row in layers.rows for one, y in zip(row, _stacked(row, high), strict=True)}
    for sweep in range(SWEEPS):
        for row in layers.rows if sweep % 2 == 0 else reversed(layers.rows):
            wanted = [_mean([found[other] for other in beside[one]], found[one]) for one in row]
            found.update(zip(row, _keep_apart(row, wanted, high), strict=True))
    top = min((found[one] - high[one] / 2 for one in found), default=0.0)
    return {one: y - top for one, y in found.items()}


def _stacked(row: Sequence[str], high: Mapping[str, float]) -> list[float]:
    """The boxes of a layer one below the other."""
    return _keep_apart(row, [0.0] * len(row), high)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _keep_apart(row: Sequence[str], wanted: Sequence[float], high: Mapping[str, float]) -> list[float]:
    """The middles nearest to those wanted that keep order and gaps (pool adjacent violators)."""
    offsets, bottom = [], 0.0
    for one in row:
        offsets.append(bottom + high[one] / 2)
        bottom += high[one] + GAP
    blocks: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, weight = blocks.pop()
            before, count = blocks[-1]
            blocks[-1] = [(before * count + value * weight) / (count + weight), count + weight]
    level = [value for value, weight in blocks for _ in range(int(weight))]
    return [value + offset for value, offset in zip(level, offsets, strict=True)]
