"""Size of spaCy's store of strings before and after many texts that were never seen: words of texts must not get into it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kgdocs.extract import Extractor
from kgdocs.extract.matching import TagMatcher
from kgdocs.grammar import Rules
from kgdocs.read import read_layout
from tests.benchmarks.aims import Aim
from tests.benchmarks.texts import CITING_SENTENCES, PLAIN_SENTENCES, SEED, varied


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Strings in the stores of all matchers, before and after so many characters."""

    characters: int
    before: int
    after: int

    def aims(self) -> Iterator[Aim]:
        """No string may be added."""
        yield Aim(what="strings that spaCy's stores have grown by", value=self.after - self.before, bound=0)


def measure_vocabulary(rules: Rules, texts: int) -> Vocabulary:
    """Extract from so many different texts, each with words of its own."""
    matchers: list[TagMatcher] = []

    def noted(patterns: object) -> TagMatcher:
        matchers.append(TagMatcher(patterns))  # type: ignore[arg-type]
        return matchers[-1]

    extractor = Extractor(rules, noted)
    before, characters = sum(one.strings for one in matchers), 0
    for number in range(texts):
        text = _text(random.Random(SEED + number))
        extractor.extract(text, read_layout(text, rules))
        characters += len(text)
    return Vocabulary(characters, before, sum(one.strings for one in matchers))


def _text(dice: random.Random) -> str:
    """A text of a few thousand characters: sentences that cite, others, and words that nobody has written."""
    letters = "abcdeghiklmnopqrstuvxy"
    sentences = [varied(dice.choice((*CITING_SENTENCES, *PLAIN_SENTENCES)), dice) for _ in range(30)]
    words = ["".join(dice.choices(letters, k=8)) for _ in range(60)]
    dice.shuffle(sentences)
    return "\n\n".join(f"{sentence} {' '.join(dice.sample(words, 4))}." for sentence in sentences)


def vocabulary_lines(found: Vocabulary) -> Iterator[str]:
    """What `make bench` prints of it."""
    yield f"spaCy's stores of strings, {found.characters:,} characters of texts never seen: {found.before:,} before, {found.after:,} after"
    yield from (f"  {aim.line}" for aim in found.aims())
