"""Token patterns of patterns/ run by spaCy's Matcher over the tags of chunks.

spaCy's own tokens split document numbers; here a token is what patterns/ gives a tag, and the
word of a token is its tag, so that no text is hashed and the vocabulary never grows.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import spacy.vocab
from spacy.matcher import Matcher
from spacy.tokens import Doc

_MENTIONS = frozenset({"REF", "TYPE"})
"""Tags too common to tell whether a rule can match."""


class Tagged(Protocol):
    """Anything with a tag that patterns speak of."""

    @property
    def tag(self) -> str:
        """The tag."""
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
    """Token patterns over tags, compiled once; `find` returns (rule id, first token, last token + 1)."""

    def __init__(self, rules: Sequence[PatternRule]) -> None:
        """Compile the patterns of `rules`."""
        self._vocab = spacy.vocab.Vocab()
        self._matcher = Matcher(self._vocab)
        self._tags: set[str] = set()
        self._keys: set[str] = set()
        for rule in rules:
            self._matcher.add(rule.id, [[_on_words(token) for token in rule.pattern]], greedy="LONGEST")
            self._tags.update(*map(_tags_of, rule.pattern))
            self._keys |= _key(rule.pattern)

    def find(self, tokens: Sequence[Tagged]) -> list[tuple[str, int, int]]:
        """Return the matches over `tokens`, sorted by place.

        Only runs of tokens that some pattern speaks of are shown to the Matcher, and of these
        only runs that hold the telling tag of some pattern: its cost is tokens times patterns.
        """
        places: list[int] = []
        words: list[str] = []
        for first, last in self._runs(tokens):
            places.extend(range(first, last + 1))
            words.extend(token.tag for token in tokens[first:last])
            words.append("|")  # no tag: nothing matches across
        if not words:
            return []
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words))
        strings = self._vocab.strings
        found = [(strings[key], places[start], places[end - 1] + 1) for key, start, end in self._matcher(doc)]
        return sorted(found, key=lambda match: (match[1], -match[2], match[0]))

    def _runs(self, tokens: Sequence[Tagged]) -> Iterator[tuple[int, int]]:
        """Yield [first, last) of the runs that can hold a match."""
        first, telling = 0, False
        for index, token in enumerate(tokens):
            if token.tag not in self._tags:
                if telling:
                    yield first, index
                first, telling = index + 1, False
            elif token.tag in self._keys:
                telling = True
        if telling:
            yield first, len(tokens)


def _on_words(token: Mapping[str, Any]) -> dict[str, Any]:
    """A pattern's token with its tag as the word that the Doc has in its place."""
    return {("ORTH" if name == "TAG" else name): value for name, value in token.items()}


def _tags_of(token: Mapping[str, Any]) -> frozenset[str]:
    """The tags that a pattern's token accepts."""
    tag = token["TAG"]
    return frozenset((tag,) if isinstance(tag, str) else tag["IN"])


def _key(pattern: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The tags without one of which a pattern cannot match: those of its rarest token that must be there."""
    needed = [_tags_of(token) for token in pattern if token.get("OP", "1") in ("1", "+")]
    return min(needed, key=lambda tags: (not tags.isdisjoint(_MENTIONS), len(tags)))


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
