"""The documents on the shortest ways between two, found in the database from both ends at once.

A database of 200,000 documents is not loaded for one question: the smaller frontier is asked for
its neighbours, step by step, until the two meet, one end has no more, or `MAX_VISITED` documents were seen.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from kgdocs.store import edges

MAX_VISITED = 20_000
"""Documents that one search may visit; where it ends there, no path found does not mean that there is none."""

Parents = dict[str, dict[str, None]]
"""Document → the documents one step nearer to the end that the search set out from."""


@dataclass(frozen=True, slots=True)
class Between:
    """The documents on all shortest ways, none where none was found; `limited` where the search was cut short."""

    ids: frozenset[str]
    limited: bool


def between(
    connection: sqlite3.Connection,
    source: str,
    target: str,
    relations: Collection[str] | None,
    day: str | None,
    limit: int = MAX_VISITED,
) -> Between:
    """Return the documents between `source` and `target` along these relations (None: all), on `day` (ISO) if given."""
    sides: tuple[Parents, Parents] = ({source: {}}, {target: {}})
    frontiers = [[source], [target]]
    met = {source} & {target}
    limited = False
    while not met and all(frontiers) and not limited:
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        room = limit - len(sides[0]) - len(sides[1])
        frontiers[side], limited = _step(connection, sides[side], frontiers[side], relations, day, room)
        met = {one for one in frontiers[side] if one in sides[1 - side]}
    return Between(frozenset(_ways(sides, met)), limited and not met)


def _step(
    connection: sqlite3.Connection,
    seen: Parents,
    frontier: list[str],
    relations: Collection[str] | None,
    day: str | None,
    room: int,
) -> tuple[list[str], bool]:
    """Take one step from `frontier`: the documents that are new, and whether some were left out."""
    fresh: Parents = {}
    for near, far in edges.neighbours(connection, frontier, relations, day):
        if far in seen:
            continue
        if far not in fresh and len(fresh) >= room:
            seen.update(fresh)
            return list(fresh), True
        fresh.setdefault(far, {})[near] = None
    seen.update(fresh)
    return list(fresh), False


def _ways(sides: tuple[Parents, Parents], met: set[str]) -> set[str]:
    """All documents from where the searches met back to either end."""
    found = set(met)
    for parents in sides:
        waiting = list(met)
        reached = set(met)
        while waiting:
            fresh = set(parents[waiting.pop()]) - reached
            reached |= fresh
            waiting += fresh
        found |= reached
    return found
