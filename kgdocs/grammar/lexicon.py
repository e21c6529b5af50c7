"""Words and names of patterns/ found in a text in one Aho-Corasick pass.

Matching ignores case, tone placement and the width of white space; it is whole-word and
leftmost-longest. A name is stored in every spelling it may have (names are few, texts are long). A text is searched whole, or a short piece of it: the automaton's library
copies the string that it searches, so that many searches of one long text would be quadratic.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from kgdocs.grammar.folding import low, syllable_spellings, word_fold

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_WIDE = re.compile(r" +(?=[,;])|  +")
"""Blanks that do not count: all before a comma ("Sửa_đổi , bổ_sung"), all but the first of a run."""
_RUN = re.compile("  +")
"""The same in a text without blanks before commas, which is the usual case and much faster to look through."""
_SPACED_COMMA = re.compile(r" ([,;])")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word or name stands for: `tag` is its role in patterns, `value` its id."""

    tag: str
    value: str
    capital: bool = False
    """True: the text must begin with a capital letter ("Luật", not "luật")."""
    label: str = ""
    """For a cue that is a type's label too ("báo cáo"): the type id."""


class Hit(NamedTuple):
    """One entry found at [start, end) of the piece that was searched."""

    start: int
    end: int
    entry: Entry


def lexicon_key(words: str) -> str:
    """The form under which spellings of a word or name are one."""
    return _SPACED_COMMA.sub(r"\1", word_fold(" ".join(words.split())))


class Lexicon:
    """A set of words and names, compiled once."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        """Compile (words, entry) pairs; of equal words the first given wins."""
        self._automaton = ahocorasick.Automaton()
        for words, entry in entries:
            for key in syllable_spellings(lexicon_key(words)):
                if key and key not in self._automaton:
                    self._automaton.add_word(key, (len(key), entry, " " in key))
        self._automaton.make_automaton()

    def find(self, piece: str) -> Iterator[Hit]:
        """Yield the hits in `piece` (already scan-folded), left to right, not overlapping."""
        if not len(self._automaton):
            return
        flat, cuts = _flatten(piece)
        bounded = f" {flat} "
        for end, (length, entry, spaced) in self._automaton.iter_long(flat):
            start = end - length + 1
            at, stop = (cuts.back(start), cuts.back(end) + 1) if cuts else (start, end + 1)
            if (bounded[end + 2].isalnum() and bounded[end + 1].isalnum() and not _glued(piece, stop)) or (
                bounded[start].isalnum() and bounded[start + 1].isalnum() and not _glued(piece, at)
            ):
                continue  # cuts a word
            if entry.capital and not piece[at].isupper():
                continue
            if spaced and (gap := _paragraph_gap(piece, at, stop)):
                yield from self._within(piece, at, gap.start())
                yield from self._within(piece, gap.end(), stop)
            else:
                yield Hit(at, stop, entry)

    def _within(self, piece: str, start: int, end: int) -> Iterator[Hit]:
        """The hits in [start, end) alone: "HƯỚNG DẪN" and "Thực hiện" are two, where a blank line parts them."""
        yield from (Hit(start + one.start, start + one.end, one.entry) for one in self.find(piece[start:end]))


def _glued(piece: str, at: int) -> bool:
    """True where a blank was lost between two words: "Thực hiệnQuyết định", "năm 2015Luật"."""
    before, capital = piece[at - 1], piece[at]
    return capital.isupper() and piece[at + 1 : at + 2].islower() and (before.islower() or before.isdigit())


def _paragraph_gap(piece: str, start: int, end: int) -> re.Match[str] | None:
    """The blank line in [start, end), None where there is none."""
    return _PARAGRAPH.search(piece, start, end) if piece.find("\n", start, end) >= 0 else None


class _Cuts:
    """Where blanks were left out of a text, and the way back to its offsets."""

    def __init__(self) -> None:
        self._at: list[int] = []
        self._shift: list[int] = [0]

    def add(self, at: int, count: int) -> None:
        """Note that `count` characters are missing before position `at` of the shortened text."""
        self._at.append(at)
        self._shift.append(self._shift[-1] + count)

    def back(self, position: int) -> int:
        """Offset in the text as it was."""
        return position + self._shift[bisect_right(self._at, position)]


def _flatten(piece: str) -> tuple[str, _Cuts | None]:
    """Fold `piece` to words with single blanks; the cuts lead back, None where nothing moved."""
    flat = low(piece).replace("\n", " ").replace("\x1f", " ")
    spaced_comma = " ," in flat or " ;" in flat
    if not spaced_comma and "  " not in flat:
        return flat, None
    cuts, kept, position, length = _Cuts(), [], 0, 0
    for gap in (_WIDE if spaced_comma else _RUN).finditer(flat):
        start = gap.start() if flat.startswith((",", ";"), gap.end()) else gap.start() + 1
        kept.append(flat[position:start])
        length += start - position
        cuts.add(length, gap.end() - start)
        position = gap.end()
    kept.append(flat[position:])
    return "".join(kept), cuts
