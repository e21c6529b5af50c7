"""Token patterns of patterns/ run by spaCy's Matcher over the tags of chunks.

spaCy's own tokens split document numbers; here a token is what patterns/ gives a tag, and the
word of a token is its tag, so that no text is hashed and the vocabulary never grows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_MENTIONS = frozenset({"REF", "TYPE"})
"""Tags too common to tell whether a rule can match."""
_COMMON = frozenset(
    {"STOP", "SEMICOLON", "COMMA", "COLON", "QUOTE", "ITEM", "AND", "AGENCY", "ABOUT", "AT", "ACCORDING"}
)
"""Tags that tell it too often: a rule goes by another one where it has any."""
_REMEMBERED = 1 << 14
"""Runs of tags whose matches each group of patterns remembers, the latest ones."""


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


Match = tuple[str, int, int]
"""Id of the rule, first token, last token + 1."""


class Matching(Protocol):
    """Finds token patterns over the tags of tokens."""

    def find(self, tokens: Sequence[Tagged]) -> list[Match]:
        """Return the matches over `tokens`, sorted by place."""
        ...


Compile = Callable[[Sequence[PatternRule]], Matching]
"""What makes a `Matching` of patterns: `TagMatcher`, or `MatcherProcess.compiled` for one in another process."""


class _Group:
    """The patterns that cannot match without one of `keys`; `tags` are all that they speak of."""

    def __init__(self, keys: frozenset[str], vocab: "Vocab") -> None:
        """Begin without patterns."""
        from spacy.matcher import Matcher
        from spacy.tokens import Doc

        self.keys = keys
        self.tags: set[str] = set()
        self._vocab, self._doc = vocab, Doc
        self._matcher = Matcher(vocab)
        self.matches = lru_cache(_REMEMBERED)(self._matches)
        """Run of tags → its matches; offices build their sentences alike, and tags are all that a pattern sees."""

    def add(self, rule: PatternRule) -> None:
        """Add the pattern of a rule, before the first run is looked at."""
        self._matcher.add(rule.id, [[_on_words(token) for token in rule.pattern]], greedy="LONGEST")
        self.tags.update(*map(tags_of, rule.pattern))

    def runs(self, tags: Sequence[str], at: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Yield [first, last) of the runs of tokens that can hold a match, around each key."""
        last = -1
        for place in sorted(place for key in self.keys for place in at.get(key, ())):
            if place < last:
                continue
            first = place
            while first > 0 and tags[first - 1] in self.tags:
                first -= 1
            last = place + 1
            while last < len(tags) and tags[last] in self.tags:
                last += 1
            yield first, last

    def _matches(self, run: tuple[str, ...]) -> tuple[Match, ...]:
        """The matches over one run, counted from its first token."""
        doc = self._doc(self._vocab, words=run, spaces=[False] * len(run))
        return tuple((self._vocab.strings[key], start, end) for key, start, end in self._matcher(doc))


class TagMatcher:
    """Token patterns over tags, compiled once.

    spaCy, half a second of a short command, is imported with the first: a process that asks another one never needs it.
    """

    def __init__(self, rules: Sequence[PatternRule]) -> None:
        """Compile the patterns of `rules`, those with the same telling tags together."""
        from spacy.vocab import Vocab

        self._vocab = Vocab()
        self._groups: dict[frozenset[str], _Group] = {}
        for rule in rules:
            keys = _key(rule.pattern)
            if keys not in self._groups:
                self._groups[keys] = _Group(keys, self._vocab)
            self._groups[keys].add(rule)
        self._telling = frozenset().union(*self._groups)
        for tag in set().union(*(group.tags for group in self._groups.values())):
            self._vocab.strings.add(tag)  # from now on nothing is added, whatever the texts

    @property
    def strings(self) -> int:
        """How many strings spaCy keeps for the patterns: tags and ids of rules, and never a word of a text."""
        return len(self._vocab.strings)

    def find(self, tokens: Sequence[Tagged]) -> list[Match]:
        """Return the matches over `tokens`, sorted by place."""
        return self.find_tags([token.tag for token in tokens])

    def find_tags(self, tags: Sequence[str]) -> list[Match]:
        """Return the matches over tokens with `tags`, sorted by place.

        The Matcher's cost is tokens times patterns: each group of patterns sees only the runs of
        tokens that it speaks of and that hold one of its telling tags.
        """
        at: dict[str, list[int]] = {}
        for place, tag in enumerate(tags):
            if tag in self._telling:
                at.setdefault(tag, []).append(place)
        able = [group for keys, group in self._groups.items() if not keys.isdisjoint(at)]
        found = [
            (rule, first + start, first + end)
            for group in able
            for first, last in group.runs(tags, at)
            for rule, start, end in group.matches(tuple(tags[first:last]))
        ]
        return sorted(found, key=lambda match: (match[1], -match[2], match[0]))


def _on_words(token: Mapping[str, Any]) -> dict[str, Any]:
    """A pattern's token with its tag as the word that the Doc has in its place."""
    return {("ORTH" if name == "TAG" else name): value for name, value in token.items()}


def tags_of(token: Mapping[str, Any]) -> frozenset[str]:
    """Return the tags that a pattern's token accepts."""
    tag = token["TAG"]
    return frozenset((tag,) if isinstance(tag, str) else tag["IN"])


def _key(pattern: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The tags without one of which a pattern cannot match: those of its rarest token that must be there."""
    needed = [tags_of(token) for token in pattern if token.get("OP", "1") in ("1", "+")]
    return min(needed, key=lambda tags: (not tags.isdisjoint(_MENTIONS), not tags.isdisjoint(_COMMON), len(tags)))


def not_overlapping(matches: Sequence[Match]) -> Iterator[Match]:
    """Yield the longest matches that share no token, in the order of the text."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (m[1] - m[2], m[1])):
        tokens = range(match[1], match[2])
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(match)
    yield from sorted(kept, key=lambda m: m[1])
