"""Text cut into lines that fit a width, by the usual widths of letters in a plain sans-serif font."""

import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,;:!'|()[]-/ ")
_WIDE = frozenset("mwMWQGO@%")
_SAFETY = 1.1
"""Fonts differ; a line estimated this much too long still fits in the widest of the usual ones."""


def width(text: str, size: float) -> float:
    """Return about how wide `text` is, in the unit of `size`; Vietnamese marks take no room."""
    return size * _SAFETY * sum(map(_share, text))


def wrap(text: str, limit: float, size: float, lines: int) -> list[str]:
    """Cut `text` into at most `lines` lines no wider than `limit`; what is left out is marked by "…"."""
    found: list[str] = []
    words = [part for word in text.split() for part in _parts(word, limit, size)]
    for word in words:
        joined = f"{found[-1]} {word}" if found else word
        if found and width(joined, size) <= limit:
            found[-1] = joined
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] = _shortened(found[-1], limit, size)
            break
    return found


def _parts(word: str, limit: float, size: float) -> list[str]:
    """A word too long for a line, in parts that fit."""
    if width(word, size) <= limit:
        return [word]
    parts, part = [], ""
    for letter in word:
        if part and width(part + letter, size) > limit:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


def _shortened(line: str, limit: float, size: float) -> str:
    while line and width(line + "…", size) > limit:
        line = line[:-1]
    return line.rstrip() + "…"


@lru_cache(maxsize=4096)
def _share(letter: str) -> float:
    """The width of a letter, with its marks or of a mark alone, in the unit of its size."""
    base = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.combining(base):
        return 0.0
    if base in _NARROW:
        return 0.33
    if base in _WIDE:
        return 0.84
    return 0.69 if base.isupper() else 0.55
