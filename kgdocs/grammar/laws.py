"""The words that shape names of laws (patterns/law_names.yml), compiled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.folding import plain_words
from kgdocs.grammar.wording import LawNamesFile

LAW_TYPES = frozenset(("luat", "bo_luat", "phap_lenh", "hien_phap"))
"""Types whose documents are cited by name; the name is the title."""


@dataclass(frozen=True, slots=True)
class LawNames:
    """Patterns that match from a position: head word, amending phrase, join, blank, stop word."""

    head: re.Pattern[str]
    amending: re.Pattern[str]
    amended_part: re.Pattern[str]
    """What of a law is amended, up to its name: "và Phụ lục 4 về … của "."""
    related: re.Pattern[str]
    join: re.Pattern[str]
    stop: re.Pattern[str]
    inner: re.Pattern[str]
    """Stop words that are inside a name which the number of a law ends."""
    budget: re.Pattern[str]
    """Before a name: the year behind it is one of spending."""
    enacted: re.Pattern[str]
    """Before the name of the law that the text itself is."""
    plain: frozenset[str]
    """Listed names with their heads, as words without marks."""
    plain_starts: frozenset[str]
    """Head and first word of each."""
    treaty_head: re.Pattern[str]
    treaty_opener: re.Pattern[str]
    treaty_stop: re.Pattern[str]
    treaty_kinds: frozenset[str]
    """Abbreviations that name a kind of treaties, none in particular."""
    treaty_more: re.Pattern[str]
    """Words behind an abbreviation with which the name goes on."""
    revised: re.Pattern[str]
    """"(sửa đổi)" between a name and its date."""


def law_names(patterns: LawNamesFile, listed: Iterable[str]) -> LawNames:
    """Compile patterns/law_names.yml; `listed` are the names of titles.yml, with their heads."""
    plain = frozenset(map(plain_words, listed))
    return LawNames(
        head=re.compile(patterns.heads, re.IGNORECASE),
        amending=re.compile(patterns.amending, re.IGNORECASE),
        amended_part=re.compile(rf"{patterns.amended_part}(?={patterns.heads}\s)", re.IGNORECASE),
        related=re.compile(patterns.related, re.IGNORECASE),
        join=re.compile(patterns.joins, re.IGNORECASE),
        stop=_word(patterns.stops),
        inner=_word(patterns.inner),
        budget=re.compile(rf"(?<!\w){patterns.budget.pattern}", re.IGNORECASE),
        enacted=re.compile(rf"(?<!\w){patterns.enacted.pattern}", re.IGNORECASE),
        plain=plain,
        plain_starts=frozenset(_start(name) for name in plain),
        treaty_head=re.compile(patterns.treaty_heads, re.IGNORECASE),
        treaty_opener=re.compile(patterns.treaty_openers),
        treaty_stop=_word(patterns.treaty_stops),
        treaty_kinds=frozenset(patterns.treaty_kinds),
        treaty_more=re.compile(rf"{any_of(patterns.treaty_more)}(?!\w)", re.IGNORECASE),
        revised=re.compile(rf"\s{{0,3}}\({any_of(patterns.revised)}\)", re.IGNORECASE),
    )


def _start(name: str) -> str:
    """The head of a plain name and the word behind it: "luat quan", "bo luat hinh", "phap lenh uu"."""
    words = name.split()
    return " ".join(words[: 3 if words[0] in ("bo", "phap") else 2])


def _word(words: Iterable[str]) -> re.Pattern[str]:
    """One of `words` behind a blank."""
    stops = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in words)
    return re.compile(rf"\s{{1,3}}(?:{stops})(?!\w)", re.IGNORECASE)
