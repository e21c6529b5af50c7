"""Letter-spaced words of headers ("B Ộ LAO Đ ỘNG"): the blanks tell nothing, the names of agencies and places do.

Source: exports of law portals, whose headers were set with wide letters (reference §3.8).
"""

from collections.abc import Iterable
from functools import cached_property

from kgdocs.grammar.folding import word_fold

_MOST = 4
"""Names that one cell can hold: an agency, its parent, and the place of each."""


class SpacedNames:
    """Names found in letter-spaced words, compiled when the first such words are met: few texts have any."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names; of names with equal letters the first given wins."""
        self._given = tuple(names)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Letters of a name → the name."""
        found: dict[str, str] = {}
        for name in self._given:
            found.setdefault(_letters(name), name)
        return found

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    def read(self, words: str) -> str | None:
        """Return letter-spaced `words` as the names that they are made of; None for all other words."""
        if not any(word.isalpha() and len(word) == 1 for word in words.split()):
            return None
        return self._divide(_letters(words), _MOST)

    def _divide(self, letters: str, most: int) -> str | None:
        """Letters as at most so many names, the longest first; None where they cannot be."""
        for size in range(min(len(letters), self._longest), 1, -1):
            if not most or letters[:size] not in self._names:
                continue
            first = self._names[letters[:size]]
            if size == len(letters):
                return first
            if rest := self._divide(letters[size:], most - 1):
                return f"{first} {rest}"
        return None


def _letters(words: str) -> str:
    """The letters and digits of words, folded."""
    return "".join(char for char in word_fold(words) if char.isalnum())
