"""Chunks as a spaCy Doc whose tokens are the chunks, and the token patterns that run on it.

spaCy's own tokens split document numbers; here a token is what patterns/ gives a tag, and
the Matcher sees tags only. The vocabulary's memory zone frees the strings of each text.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import spacy.vocab
from spacy.matcher import Matcher
from spacy.tokens import Doc


class Tagged(Protocol):
    """Anything with a place in a text and a tag."""

    @property
    def start(self) -> int:
        """First character."""
        ...

    @property
    def end(self) -> int:
        """Character behind the last."""
        ...

    @property
    def tag(self) -> str:
        """Tag that patterns speak of."""
        ...


class PatternRule(Protocol):
    """A rule of patterns/ with an id and a pattern in spaCy's form."""

    @property
    def id(self) -> str:
        """Id of the rule."""
        ...

    @property
    def pattern(self) -> tuple[dict[str, Any], ...]:
        """Token pattern."""
        ...


class TagMatcher:
    """Token patterns over tags, compiled once; `find` yields (rule id, first token, last token + 1)."""

    def __init__(self, rules: Sequence[PatternRule]) -> None:
        """Compile the patterns of `rules`."""
        self._vocab = spacy.vocab.Vocab()
        self._matcher = Matcher(self._vocab)
        for rule in rules:
            self._matcher.add(rule.id, [list(rule.pattern)], greedy="LONGEST")

    def find(self, text: str, tokens: Sequence[Tagged]) -> list[tuple[str, int, int]]:
        """Return the matches over `tokens` (pieces of `text`), sorted by place."""
        if not tokens:
            return []
        with self._vocab.memory_zone():
            words = [text[token.start : token.end] or " " for token in tokens]
            doc = Doc(self._vocab, words=words, spaces=[False] * len(words), tags=[token.tag for token in tokens])
            strings = self._vocab.strings
            found = [(strings[key], start, end) for key, start, end in self._matcher(doc)]
        return sorted(found, key=lambda match: (match[1], -match[2], match[0]))


def not_overlapping(matches: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield the longest matches that share no token, in the order of the text."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (m[1] - m[2], m[1])):
        tokens = range(match[1], match[2])
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(match)
    yield from sorted(kept, key=lambda m: m[1])
