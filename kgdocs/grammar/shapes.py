"""What all shapes of patterns/ have in common: frozen, no unknown keys, examples both ways."""

from typing import Annotated

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
