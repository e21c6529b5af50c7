"""How alike titles are, and which known code a mistyped one may have meant; rapidfuzz's place."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kgdocs.grammar.folding import name_key
from kgdocs.grammar.schema import MatchingFile


def title_likeness(first: str, second: str) -> float:
    """Likeness of two titles from 0 to 100; case, marks and word order do not count."""
    return fuzz.token_sort_ratio(name_key(first), name_key(second))


def shared_words(first: str, second: str) -> float:
    """How many of the words of the shorter title the other has, from 0 to 100: titles are often shortened."""
    one, other = set(name_key(first).split()), set(name_key(second).split())
    return 100 * len(one & other) / max(1, min(len(one), len(other)))


def decide_by_title(title: str, rivals: Sequence[str | None], limits: MatchingFile) -> int | None:
    """Position of the one rival whose title is `title`, None where none or several come near."""
    scores = [title_likeness(title, rival) if rival else 0.0 for rival in rivals]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < limits.same_title.value:
        return None
    return best if all(score < limits.rival_title.value for i, score in enumerate(scores) if i != best) else None


def symbol_distance(first: str, second: str, limit: int) -> int:
    """Slips (insert, drop, change, swap) between two symbols; anything above `limit` counts as `limit` + 1."""
    return OSA.distance(first, second, score_cutoff=limit)


SLIPS = 2
"""How far a code that is offered may be from what was typed."""


def did_you_mean(key: str, codes: Mapping[str, str], limit: int = 5) -> list[str]:
    """Known codes (code → key) within two slips of a key, nearest first: offered, never linked."""
    found = process.extract(key, codes, scorer=OSA.distance, score_cutoff=SLIPS, limit=limit)
    return [code for _, _, code in found]
