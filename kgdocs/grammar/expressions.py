"""Regular expressions made from the word lists of patterns/."""

import re
from collections.abc import Iterable, Iterator


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of `words`, longest first, with up to three blanks between their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"


def word_starts(pattern: re.Pattern[str], lowered: str) -> Iterator[int]:
    """Yield where matches of `pattern` begin that do not begin inside a word.

    Looking behind, or for letters of either case, makes `re` try every place of a text; in lower case it leaps
    from one possible first letter to the next.
    """
    for match in pattern.finditer(lowered):
        start = match.start()
        before = lowered[start - 1 : start]
        if not (before.isalnum() or before == "_"):
            yield start
