"""What all shapes of patterns/ have in common: frozen, no unknown keys, examples both ways."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kgdocs.grammar.alternatives import expanded

Texts = tuple[str, ...]
Phrases = Annotated[Texts, AfterValidator(expanded)]
"""Phrases that may have alternatives in brackets."""
Examples = Annotated[tuple[str, ...], Field(min_length=1)]


def _compiles(pattern: str) -> str:
    """A regular expression as it is; raises ValueError where it is none."""
    try:
        re.compile(pattern, re.IGNORECASE)  # as most are compiled later, which Python then remembers
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Expression = Annotated[str, AfterValidator(_compiles), Field(json_schema_extra={"format": "python-regex"})]
"""A regular expression in Python's form."""

_REPEATED = re.compile(r"[?*+!]|\{[0-9]{0,3}(?:,[0-9]{0,3})?\}")


def _is_token(token: dict[str, Any]) -> dict[str, Any]:
    """A token of a pattern as it is; raises ValueError where spaCy's Matcher would not take it, or never match it."""
    tag, times = token.get("TAG"), token.get("OP", "+")
    if strange := sorted(set(token) - {"TAG", "OP"}):
        raise ValueError(f"a token has TAG and OP, not {', '.join(strange)}")
    if not isinstance(tag, str) and not (isinstance(tag, dict) and set(tag) <= {"IN", "NOT_IN"} and tag):
        raise ValueError("TAG is a tag, or {IN: [tags]}")
    if not _REPEATED.fullmatch(str(times)):
        raise ValueError(f"OP is ?, *, +, ! or {{1,3}}, not {times}")
    return token


Level = Literal["central", "province", "district", "commune"]
"""Level of an agency."""
Ladder = Literal["state", "party", "mass"]
"""The State, the Party, or a mass organisation."""
Token = Annotated[dict[str, Any], AfterValidator(_is_token)]
TokenPattern = Annotated[tuple[Token, ...], Field(min_length=1)]
"""Tokens in the form of spaCy's Matcher: a tag, and how often it stands there."""


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

    pattern: Expression


class Sentence(Shape):
    """One sentence in Vietnamese and English, with the same gaps."""

    vi: str
    en: str

    def fill(self, **words: Any) -> tuple[str, str]:
        """Return the sentence in both languages; a word that is a pair has its own form in each."""
        gaps = [{name: word[at] if isinstance(word, tuple) else word for name, word in words.items()} for at in (0, 1)]
        return self.vi.format(**gaps[0]), self.en.format(**gaps[1])
