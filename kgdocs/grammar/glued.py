"""Words that lost the blank between them ("Nghịquyết số 51", "Điều5"), as lines joined by a converter leave them.

Every Vietnamese word is one syllable, so that a run of letters that is none but falls into two that patterns/ know was two
words. Read is a text with the blanks put back; every place that is found leads back to the text as it stands.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kgdocs.grammar.lost import LostLetters
from kgdocs.grammar.syllables import Syllables

_LONG = re.compile("[a-zà-ỹđ]{7}")
_SIGNS = ("ưsố", "hsố", "tsố", "nsố")
"""Hardly any syllable has so many letters; a look for it and for "Thông tưsố" tells most texts, in which no blank is lost."""
_RUN = re.compile(r"[^\W_]{3,}")
_LONGEST = 21
"""Letters of three syllables."""
_PIECES = re.compile(r"[^\W\d_]+|[0-9]+")
_CODE = re.compile("[A-ZĐ]{2,}g?")
"""The end of a symbol ("TT-BCT", "QĐ-TTg"), an abbreviation."""
_AT_LEAST = 3
"""Places in a text that must have lost a blank: a single one may be a foreign word."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A text with its blanks put back, and where: before which characters of the text as it stands, in order."""

    text: str
    cuts: tuple[int, ...]
    blanks: tuple[int, ...]
    """The blanks that were put in, as places in `text`."""

    def back(self, position: int) -> int:
        """The place in the text as it stands of one in `text`."""
        return position - bisect_left(self.blanks, position)

    def forward(self, position: int) -> int:
        """The place in `text` of one in the text as it stands."""
        return position + bisect_right(self.cuts, position)


class GluedWords:
    """Parts words by the syllables that there are and the words of patterns/."""

    def __init__(self, syllables: Syllables, words: LostLetters) -> None:
        """Keep both."""
        self._syllables = syllables
        self._words = words
        self._last: tuple[str, Parted | None] = ("", None)

    def parted(self, text: str) -> Parted | None:
        """Return an NFC text with its blanks put back, None where none or next to none is missing."""
        if self._last[0] is not text:  # layout and references are read out of the same text
            self._last = text, self._parted(text)
        return self._last[1]

    def _parted(self, text: str) -> Parted | None:
        if _LONG.search(text) is None and not any(sign in text for sign in _SIGNS):
            return None
        cuts = tuple(at for run in _RUN.finditer(text) for at in self._cuts(run.group(), run.start()))
        return _with_blanks(text, cuts) if len(cuts) >= _AT_LEAST else None

    def _cuts(self, run: str, start: int) -> Iterator[int]:
        """Where a run of letters and digits has lost blanks: between words, and between a word and a number."""
        if run.isascii() or (run in self._syllables):
            return
        pieces = list(_PIECES.finditer(run))
        for piece in pieces:
            word = piece.group()
            parts = self._parts(word) if len(word) > 3 else ()
            is_word = bool(parts) or (len(word) > 1 and not word.isascii() and word in self._syllables)
            if piece.start() and is_word:
                yield start + piece.start()
            yield from (start + piece.start() + at for at in parts)
            if piece.end() < len(run) and is_word and not word.isupper() and run[piece.end()].isdigit():
                yield start + piece.end()

    def _parts(self, word: str) -> tuple[int, ...]:
        """Where a run of letters is cut into two or three syllables that patterns/ know; nowhere where there are two ways."""
        if word.isascii() or len(word) > _LONGEST or word in self._syllables:
            return ()
        for at in range(2, len(word) - 1):  # "TT-BCTngày", "NĐ-CPQuyết", "hóaASEAN"
            front, behind = word[:at], word[at:]
            pair = (front, behind) if behind[1:].islower() else (behind, front)
            if _CODE.fullmatch(pair[0]) and not pair[1].isascii() and self._are_known(pair[1]):
                return (at,)
        ways: list[tuple[int, ...]] = [(at,) for at in range(2, len(word) - 1) if self._are_known(word[:at], word[at:])]
        ways = ways or [
            (at, at + further)
            for at in range(2, len(word) - 3)
            for further in range(2, len(word) - at - 1)
            if self._are_known(word[:at], word[at : at + further], word[at + further :])
        ]
        return ways[0] if len(ways) == 1 else ()

    def _are_known(self, *parts: str) -> bool:
        """True for syllables that stand in patterns/; in capitals with marks, or they may be letters of an abbreviation."""
        return all(
            part in self._syllables and self._words.knows(part) and not (part.isupper() and part.isascii())
            for part in parts
        )


def _with_blanks(text: str, cuts: tuple[int, ...]) -> Parted:
    """The text with a blank before each of `cuts`."""
    ends = (*cuts, len(text))
    blanks = tuple(cut + index for index, cut in enumerate(cuts))
    return Parted(" ".join(text[start:end] for start, end in zip((0, *cuts), ends, strict=True)), cuts, blanks)
