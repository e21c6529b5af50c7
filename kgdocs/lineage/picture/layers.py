"""A layer for each box, the upper document before the lower, and the order inside a layer.

The classic way: break cycles, longest paths, invisible boxes on long arrows, then sweeps
that move each box to the middle of its neighbours, keeping the order with the fewest crossings.
"""

import itertools
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 8

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layers:
    """Ids per layer in order from top to bottom; `paths` lists, per arrow, what it passes from left to right."""

    rows: tuple[tuple[str, ...], ...]
    paths: Mapping[Pair, tuple[str, ...]]

    def passed(self) -> set[str]:
        """The invisible boxes: points that arrows pass on their way through a layer."""
        return {point for path in self.paths.values() for point in path[1:-1]}


def arrange(ids: Sequence[str], arrows: Iterable[Pair]) -> Layers:
    """Arrange boxes in layers; an arrow (source, target) puts its target further left."""
    pairs = sorted(set(arrows))
    turned = _cycle_arrows(ids, pairs)
    left_to_right = [(source, target) if (source, target) in turned else (target, source) for source, target in pairs]
    depth = _depths(ids, left_to_right)
    rows: list[list[str]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for one in ids:
        rows[depth[one]].append(one)
    paths = {}
    for pair, (left, right) in zip(pairs, left_to_right, strict=True):
        points = [f"{left}>{right}@{level}" for level in range(depth[left] + 1, depth[right])]
        for level, point in enumerate(points, depth[left] + 1):
            rows[level].append(point)
        paths[pair] = (left, *points, right)
    return Layers(_ordered(rows, paths.values()), paths)


def _cycle_arrows(ids: Sequence[str], pairs: Sequence[Pair]) -> set[Pair]:
    """The arrows that close a cycle; laid out the other way round, they leave none."""
    targets: dict[str, list[str]] = {one: [] for one in ids}
    for source, target in pairs:
        targets[source].append(target)
    closing: set[Pair] = set()
    state: dict[str, bool] = {}
    for start in ids:
        stack = [] if start in state else [(start, iter(targets[start]))]
        state.setdefault(start, False)
        while stack:
            one, rest = stack[-1]
            for target in rest:
                if target not in state:
                    state[target] = False
                    stack.append((target, iter(targets[target])))
                    break
                if not state[target]:
                    closing.add((one, target))
            else:
                state[one] = True
                stack.pop()
    return closing


def _depths(ids: Sequence[str], pairs: Sequence[Pair]) -> dict[str, int]:
    """Layer numbers: one more than the deepest box to the left; leftmost boxes stand close to their neighbours."""
    lefts: dict[str, list[str]] = {one: [] for one in ids}
    rights: dict[str, list[str]] = {one: [] for one in ids}
    for left, right in pairs:
        lefts[right].append(left)
        rights[left].append(right)
    waiting = {one: len(lefts[one]) for one in ids}
    ready = [one for one in ids if not waiting[one]]
    depth = dict.fromkeys(ready, 0)
    for one in ready:
        for right in rights[one]:
            depth[right] = max(depth.get(right, 0), depth[one] + 1)
            waiting[right] -= 1
            if not waiting[right]:
                ready.append(right)
    for one in ids:
        if not lefts[one] and rights[one]:
            depth[one] = min(depth[right] for right in rights[one]) - 1
    return depth


def _ordered(rows: Sequence[Sequence[str]], paths: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Order each layer by sweeps to and fro; the arrangement with the fewest crossings wins."""
    segments = [pair for path in paths for pair in itertools.pairwise(path)]
    lefts: dict[str, list[str]] = {}
    rights: dict[str, list[str]] = {}
    for left, right in segments:
        lefts.setdefault(right, []).append(left)
        rights.setdefault(left, []).append(right)
    current = [list(row) for row in rows]
    best, fewest = [list(row) for row in current], _crossings(current, rights)
    for sweep in range(SWEEPS):
        beside = lefts if sweep % 2 == 0 else rights
        order = range(1, len(current)) if sweep % 2 == 0 else range(len(current) - 2, -1, -1)
        for level in order:
            fixed = current[level - 1 if sweep % 2 == 0 else level + 1]
            current[level] = _by_neighbours(current[level], fixed, beside)
        crossings = _crossings(current, rights)
        if crossings < fewest:
            best, fewest = [list(row) for row in current], crossings
    return tuple(tuple(row) for row in best)


def _by_neighbours(row: Sequence[str], fixed: Sequence[str], beside: Mapping[str, Sequence[str]]) -> list[str]:
    """Sort a layer by the mean position of each box's neighbours; a box without any stays about where it is."""
    position = {one: place for place, one in enumerate(fixed)}

    def mean(item: tuple[int, str]) -> float:
        place, one = item
        near = [position[other] for other in beside.get(one, ())]
        return sum(near) / len(near) if near else float(place)

    return [one for _, one in sorted(enumerate(row), key=mean)]


def _crossings(rows: Sequence[Sequence[str]], rights: Mapping[str, Sequence[str]]) -> int:
    """How many arrows cross between neighbouring layers."""
    count = 0
    for row, following in itertools.pairwise(rows):
        position = {one: place for place, one in enumerate(following)}
        seen: list[int] = []
        for one in row:
            ends = sorted(position[other] for other in rights.get(one, ()))
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count
