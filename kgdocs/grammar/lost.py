"""Letters that a conversion lost for good, each shown as "�": the words that they must have stood in, to find what is cited.

A conversion that reads UTF-8 as bytes loses the letters of Latin-1 and keeps the others ("ng�y 14 th�ng 11 của Bộ Ch�nh trị").
The words of patterns/, and which of them stand beside each other there, tell which letter it was. What is
cited is quoted as it stands in the text; where no word of patterns/ fits, or two do equally well, nothing is put in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from kgdocs.grammar.folding import low
from kgdocs.grammar.shapes import Shape

LOST = "\ufffd"
_SHAPE = str.maketrans(dict.fromkeys("àáâãèéêìíòóôõùúý", LOST))
"""Vietnamese letters in Latin-1, in lower case: a word without them is the same in all its readings."""
_DAMAGED = re.compile(rf"(?:(?!_)\w|{LOST})*{LOST}(?:(?!_)\w|{LOST})*")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_BEFORE, _NEAR = re.compile(r"([^\W\d_]+|[0-9]+)\s{1,4}\Z"), re.compile(r"\s{1,4}([^\W\d_]+|[0-9]+)(?!\w*\ufffd)")
_LOOK = 16
"""Characters before and behind a word in which its neighbours are looked for."""
_FAR_MORE = 10
"""Times that a word has to be more frequent than another where its neighbours say nothing."""


class LostLetters:
    """Puts letters in, by the words of the files of patterns/, which are looked through when the first damaged text comes."""

    def __init__(self, files: Mapping[str, object]) -> None:
        """Keep the files, by name."""
        self._files = files

    @cached_property
    def _words(self) -> dict[str, dict[str, int]]:
        """Word without its Latin-1 letters → the words that are so, each with how often it stands in the files."""
        found: dict[str, dict[str, int]] = {}
        for word, count in Counter(word for text in _strings(self._files) for word in _alike(text)).items():
            found.setdefault(word.translate(_SHAPE), {})[word] = count
        return found

    @cached_property
    def _pairs(self) -> Counter[tuple[str, str]]:
        """How often two words stand one behind the other."""
        return Counter(pair for text in _strings(self._files) for pair in pairwise(_alike(text)))

    def knows(self, word: str) -> bool:
        """True for a word of the files, whatever its capitals."""
        return low(word) in self._words.get(low(word).translate(_SHAPE), ())

    def restored(self, text: str) -> str:
        """Return `text`, of the same length, with the letters that are certain; what was no letter is a blank."""
        if LOST not in text:
            return text
        done, position = "", 0
        for match in _DAMAGED.finditer(text):
            done += text[position : match.start()]
            before = _BEFORE.search(done[-_LOOK:])
            behind = _NEAR.match(text, match.end(), match.end() + _LOOK)
            done += self._word(match.group(), before[1] if before else "", behind[1] if behind else "")
            position = match.end()
        return done + text[position:]

    def _word(self, damaged: str, before: str, behind: str) -> str:
        """A damaged word with its letters, else with blanks for what stands before and behind it, else as it is."""
        core = damaged.strip(LOST)
        if not core:
            return " " * len(damaged)
        if any(map(str.isdigit, damaged)):  # "2�/2021": what was lost of a number is never guessed
            return damaged
        found = self._fitting(damaged, before, behind)
        if found is None and core != damaged:
            middle = self._fitting(core, before, behind) if LOST in core else core
            if middle and self.knows(middle):
                return f"{' ' * damaged.index(core)}{middle}".ljust(len(damaged))
        return found or damaged

    def _fitting(self, damaged: str, before: str, behind: str) -> str | None:
        """The word that fits best between its neighbours, None where none is the best."""
        shape, left, right = low(damaged), _alike(before)[-1:], _alike(behind)[:1]
        fitting = {
            word: (sum(self._pairs[one, word] for one in left) + sum(self._pairs[word, one] for one in right), count)
            for word, count in self._words.get(shape.translate(_SHAPE), {}).items()
            if all(old in (LOST, new) for old, new in zip(shape, word, strict=True))
        }
        best = sorted(fitting, key=fitting.__getitem__, reverse=True)[:2]
        if not best or (len(best) == 2 and not _is_better(*map(fitting.__getitem__, best))):
            return None
        kept = damaged.replace(LOST, "")
        is_capital = kept.isupper() and (len(kept) > 1 or before.isupper())
        return "".join(
            (new.upper() if is_capital else new) if old == LOST else old
            for old, new in zip(damaged, best[0], strict=True)
        )


def _alike(text: str) -> list[str]:
    """The words of a text in lower case; all numbers are alike."""
    return ["0" if word.isdigit() else low(word) for word in _WORD.findall(text)]


def _is_better(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """True where the neighbours of the first were met and those of the second not, or no neighbours and the word far more often."""
    return first[0] > 2 * second[0] if first[0] else first[1] > _FAR_MORE * second[1]


def _strings(value: object) -> Iterator[str]:
    """Every text in the files of patterns/."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.items() for text in _strings(one))
    elif isinstance(value, (tuple, Shape)):
        yield from (text for one in value for text in _strings(one))
