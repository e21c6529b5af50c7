"""What all shapes of patterns/ have in common: frozen, no unknown keys, examples both ways."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Texts = tuple[str, ...]
Examples = Annotated[tuple[str, ...], Field(min_length=1)]


class Shape(BaseModel):
    """Base of all shapes: frozen, no unknown keys, `not` readable as `counter_examples`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Tested(Shape):
    """Words that must be seen in some strings and not in others."""

    examples: Examples
    counter_examples: Examples = Field(alias="not")


class Answered(Shape):
    """Words with strings and what must be read from each, and strings from which nothing may be read."""

    examples: Annotated[dict[str, str], Field(min_length=1)]
    counter_examples: Examples = Field(alias="not")


class Rule(Tested):
    """A rule with its id, strings that it must match and strings that it must not."""

    id: str


class Pattern(Tested):
    """A regular expression with strings in which it must be found and strings in which it must not."""

    pattern: str


class Sentence(Shape):
    """One sentence in Vietnamese and English, with the same gaps."""

    vi: str
    en: str

    def fill(self, **words: Any) -> tuple[str, str]:
        """Return the sentence in both languages; a word that is a pair has its own form in each."""
        gaps = [{name: word[at] if isinstance(word, tuple) else word for name, word in words.items()} for at in (0, 1)]
        return self.vi.format(**gaps[0]), self.en.format(**gaps[1])
