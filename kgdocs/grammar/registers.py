"""How registers name their columns: the shape of patterns/registers.yml, and header rows read by it."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import model_validator

from kgdocs.grammar.folding import name_key
from kgdocs.grammar.shapes import Answered, Examples, Rule

_ASIDE = re.compile(r"\([^()]*\)")
"""What a header says beside its name: "(1)", "(dd/mm/yyyy)"."""


class ColumnRule(Rule):
    """One column: its field, the names its header may have, headers that are it and that are not."""

    id: Literal["code", "type", "date", "issuer", "title", "effective_on", "relations"]
    names: Examples


class RegistersFile(Answered):
    """patterns/registers.yml; `examples` lead from header rows to the field of each cell."""

    columns: tuple[ColumnRule, ...]

    @model_validator(mode="after")
    def _names_are_clear(self) -> "RegistersFile":
        """Every name belongs to one column, and there is a column of codes."""
        keys = [name_key(name) for rule in self.columns for name in rule.names]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"names that stand twice: {', '.join(twice)}")
        if "code" not in {rule.id for rule in self.columns}:
            raise ValueError("there is no column 'code'")
        return self


class RegisterColumns:
    """The names of columns as keys; made once from the rules."""

    def __init__(self, patterns: RegistersFile) -> None:
        self._keys: Mapping[str, tuple[str, ...]] = {
            rule.id: tuple(name_key(name) for name in rule.names) for rule in patterns.columns
        }

    def field_of(self, header: str) -> str | None:
        """Return the field that a header cell names, None where it names none."""
        key = _key(header)
        return next((field for field, names in self._keys.items() if key in names), None)

    def positions(self, cells: Sequence[str]) -> dict[str, int]:
        """Return field → position for a header row; empty where no cell is the code.

        Of two cells for one field the one whose name is listed first in patterns/ counts.
        """
        keys = [_key(cell) for cell in cells]
        found = {
            field: keys.index(name) for field, names in self._keys.items() for name in reversed(names) if name in keys
        }
        return found if "code" in found else {}


def _key(header: str) -> str:
    return name_key(_ASIDE.sub(" ", header))
