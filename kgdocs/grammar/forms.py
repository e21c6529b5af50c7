"""The shape of patterns/codes.yml: the written forms of codes."""

import re
from typing import Literal

from pydantic import model_validator

from kgdocs.grammar.expressions import VOCABULARY_FRAGMENTS, expand
from kgdocs.grammar.shapes import Rule, Shape, Texts


class CodeForm(Rule):
    """One written form of a code, matched against the compact string."""

    pattern: str
    family: str
    separator: Literal["/", "-"]
    symbol: str | None = None
    repair: str | None = None
    needs_label: bool = False
    printed: bool = False
    """True where number and separator stay as printed: no rule of the time says otherwise."""
    needs_word: bool = False
    """True where it is read only behind "số", and if nothing of the code is left over behind it."""


class CodesFile(Shape):
    """patterns/codes.yml."""

    kept: Texts
    undated: Texts
    fragments: dict[str, str]
    forms: tuple[CodeForm, ...]

    @model_validator(mode="after")
    def _forms_are_expressions(self) -> "CodesFile":
        """Every fragment that a form names is there, and what they make is a regular expression."""
        known = {**self.fragments, **dict.fromkeys(VOCABULARY_FRAGMENTS, "X")}
        for form in self.forms:
            try:
                re.compile(expand(form.pattern, known))
            except KeyError as missing:
                raise ValueError(f"form {form.id!r}: there is no fragment {missing}") from missing
            except re.error as error:
                raise ValueError(f"form {form.id!r}: not a regular expression: {error}") from error
        return self
