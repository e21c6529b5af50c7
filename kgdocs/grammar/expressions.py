"""Regular expressions made from the word lists of patterns/."""

import re
from collections.abc import Iterable, Mapping

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
