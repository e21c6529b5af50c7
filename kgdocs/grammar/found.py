"""Codes as they stand in a text: what `kgdocs.grammar.codes` finds."""

from dataclasses import dataclass

from kgdocs.models import Code


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code at [start, end) of a text, with the form that read it and what was repaired."""

    start: int
    end: int
    code: Code
    form: str
    repairs: tuple[str, ...]
    needs_label: bool
    needs_word: bool = False
    """True where the word "số" must stand before it, too."""


@dataclass(frozen=True, slots=True)
class DamagedCode:
    """What is a code but for its number or year, which cannot be read: it is shown, never guessed."""

    start: int
    end: int
    form: str = "damaged_number"
    needs_label: bool = True
