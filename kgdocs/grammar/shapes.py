"""What all shapes of patterns/ have in common: frozen, no unknown keys, examples both ways."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Texts = tuple[str, ...]
Examples = Annotated[tuple[str, ...], Field(min_length=1)]


class Shape(BaseModel):
    """Base of all shapes: frozen, no unknown keys, `not` readable as `counter_examples`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Rule(Shape):
    """A rule with its id, strings that it must match and strings that it must not."""

    id: str
    examples: Examples
    counter_examples: Examples = Field(alias="not")
