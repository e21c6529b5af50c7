"""How registers name their columns: the shape of patterns/registers.yml, and header rows read by it."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import model_validator

from kgdocs.grammar.folding import name_key
from kgdocs.grammar.shapes import Answered, Examples, Pattern, Rule, Texts

_ASIDE = re.compile(r"\([^()]*\)")
"""What a header says beside its name: "(1)", "(dd/mm/yyyy)"."""


class ColumnRule(Rule):
    """One column: its field, the names its header may have, headers that are it and that are not."""

    id: Literal["code", "type", "date", "issuer", "title", "effective_on", "relations"]
    names: Examples


class RegistersFile(Answered):
    """patterns/registers.yml; `examples` lead from header rows to the field of each cell."""

    columns: tuple[ColumnRule, ...]
    loose: Texts
    """Names that are sure in registers only."""
    other_days: Pattern
    """Headers of columns that hold days, of whatever; those of documents are named in `columns`."""

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
        self._loose = frozenset(map(name_key, patterns.loose))
        self._days = re.compile(patterns.other_days.pattern, re.IGNORECASE)

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

    def column(self, cells: Sequence[str], field: str) -> int | None:
        """Return the position of the one cell of a header row that surely names a field, None where none does, or several."""
        sure = {index: cell for index, cell in enumerate(cells) if _key(cell) not in self._loose}
        found = [index for index, cell in sure.items() if self.field_of(cell) == field]
        return found[0] if len(found) == 1 else None

    def day_rank(self, header: str) -> int | None:
        """Return how early in patterns/ a header cell is listed as that of the days of documents, None where it is not."""
        key, names = _key(header), self._keys["date"]
        return names.index(key) if key in names else None

    def holds_days(self, header: str) -> bool:
        """True for a header cell of a column of days, of documents or of other things."""
        return self.day_rank(header) is not None or self._days.search(header) is not None

    def day_columns(self, cells: Sequence[str], size: int) -> list[int]:
        """Return the positions at which a row of `size` cells has days of documents under the header row `cells`, best first.

        A row may lack empty cells of its table: then a position counts only where no other column of days may stand there.
        """
        lacking = len(cells) - size
        if lacking < 0:
            return []
        known = {index: self.day_rank(cell) for index, cell in enumerate(cells)}
        ranks = {index: rank for index, rank in known.items() if rank is not None}
        others = {index for index, cell in enumerate(cells) if index not in ranks and self.holds_days(cell)}
        found = {}
        for position in range(size):
            under = range(position, position + lacking + 1)
            if not others.intersection(under) and (here := [ranks[index] for index in under if index in ranks]):
                found[position] = min(here)
        return sorted(found, key=found.__getitem__)


def _key(header: str) -> str:
    return name_key(_ASIDE.sub(" ", header))
