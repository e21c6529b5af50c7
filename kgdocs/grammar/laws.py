"""The words that shape names of laws (patterns/law_names.yml), compiled."""

import re
from dataclasses import dataclass

from kgdocs.grammar.schema import LawNamesFile


@dataclass(frozen=True, slots=True)
class LawNames:
    """Patterns that match from a position: head word, amending phrase, join, blank, stop word."""

    head: re.Pattern[str]
    amending: re.Pattern[str]
    join: re.Pattern[str]
    stop: re.Pattern[str]


def law_names(patterns: LawNamesFile) -> LawNames:
    """Compile patterns/law_names.yml."""
    stops = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in patterns.stops)
    return LawNames(
        head=re.compile(patterns.heads, re.IGNORECASE),
        amending=re.compile(patterns.amending, re.IGNORECASE),
        join=re.compile(patterns.joins, re.IGNORECASE),
        stop=re.compile(rf"\s{{1,3}}(?:{stops})(?!\w)", re.IGNORECASE),
    )
