"""Regular expressions made from the word lists of patterns/."""

import re
from collections.abc import Iterable, Iterator, Mapping

VOCABULARY_FRAGMENTS = ("type", "agency", "party_organ")
"""Fragments of the forms of codes that are made of the codes of types, of agencies and of the Party's organs."""


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of `words`, longest first, with up to three blanks between their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"


def expand(pattern: str, fragments: Mapping[str, str]) -> str:
    """Put the named fragments into a pattern; fragments may name fragments, four deep. Raises KeyError for an unknown one."""
    for _ in range(4):
        pattern = re.sub(r"\{([a-z_]+)\}", lambda match: fragments[match.group(1)], pattern)
    return pattern


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
