"""Words and names of patterns/ found in a piece of text in one Aho-Corasick pass.

Matching ignores case, tone placement and the width of white space; it is whole-word and
leftmost-longest. Only pieces of a text are searched (a window, a line), never a whole one:
the automaton's library copies the string that it searches.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from kgdocs.grammar.folding import word_fold

_WIDE_SPACE = re.compile(r"\s\s+")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_GAPS = re.compile(r"(?<= ) +|(?<! ) +(?=[,;])")
"""Blanks that do not count: all but the first of a run, and a run before a comma ("Sửa_đổi , bổ_sung")."""
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found at [start, end) of the piece that was searched."""

    start: int
    end: int
    entry: Entry


def lexicon_key(words: str) -> str:
    """The form under which a word or name is stored and searched."""
    return _SPACED_COMMA.sub(r"\1", word_fold(" ".join(words.split())))


class Lexicon:
    """A set of words and names, compiled once."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        """Compile (words, entry) pairs; of equal words the first given wins."""
        self._automaton = ahocorasick.Automaton()
        for words, entry in entries:
            key = lexicon_key(words)
            if key and key not in self._automaton:
                self._automaton.add_word(key, (len(key), entry))
        self._automaton.make_automaton()

    def find(self, piece: str) -> Iterator[Hit]:
        """Yield the hits in `piece` (already scan-folded), left to right, not overlapping."""
        if not len(self._automaton):
            return
        flat, offsets = _flatten(piece)
        for last, (length, entry) in self._automaton.iter_long(flat):
            start, end = last - length + 1, last + 1
            if _inside_word(flat, start, end):
                continue
            at = offsets[start] if offsets else start
            stop = offsets[end - 1] + 1 if offsets else end
            if (entry.capital and not piece[at].isupper()) or _PARAGRAPH.search(piece, at, stop):
                continue
            yield Hit(at, stop, entry)


def _inside_word(flat: str, start: int, end: int) -> bool:
    """True when [start, end) cuts a word."""
    return (start > 0 and flat[start - 1].isalnum() and flat[start].isalnum()) or (
        end < len(flat) and flat[end].isalnum() and flat[end - 1].isalnum()
    )


def _flatten(piece: str) -> tuple[str, list[int] | None]:
    """Fold `piece` with single spaces; offsets lead back, None where nothing moved."""
    flat = word_fold(piece).replace("\n", " ").replace("\r", " ")
    if not _WIDE_SPACE.search(flat) and not _SPACED_COMMA.search(flat):
        return flat, None
    dropped = {i for gap in _GAPS.finditer(flat) for i in range(*gap.span())}
    kept = [i for i in range(len(flat)) if i not in dropped]
    return "".join(flat[i] for i in kept), kept
