"""Codes whose symbol no table knows: known documents whose symbol is a slip away, with the very number and year.

99 % of codes have a neighbour one number away: a number is never repaired, and several fitting documents are
ambiguous (measured: symbols only, number and year exact, never crosses a number).
"""

from collections.abc import Iterable

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.link.catalogue import Entry
from kgdocs.link.likeness import symbol_distance
from kgdocs.models import Code


class SymbolRepair:
    """Known documents by number, period and symbol; made when all that is certain is known."""

    def __init__(self, rules: Rules, entries: Iterable[Entry]) -> None:
        """Index the entries that have a code."""
        self._known_tokens = rules.codes.agencies
        self._slips = int(rules.matching.symbol_edits.value)
        self._entries: dict[tuple[str, str, str], list[Entry]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            if entry.number:
                number, symbol = entry.key.name.split("|", 1)
                self._entries.setdefault((number, entry.key.period, symbol.split(":")[0]), []).append(entry)
        self._symbols = sorted({symbol for _, _, symbol in self._entries})

    def is_unknown(self, code: Code) -> bool:
        """True where the issuer in the symbol is in no table: only then may letters be wrong."""
        return bool(code.agencies) and code.agencies[0] not in self._known_tokens

    def candidates(self, code: Code, period: str) -> list[Entry]:
        """The known documents with this number and period whose symbol is at most a slip away."""
        number = code.number.lstrip("0").lower() or "0"
        symbol = code_key("0" + code.symbol)
        found: list[Entry] = []
        for near in self._nearest(symbol):
            found += self._entries.get((number, period, near), ())
        return sorted(found, key=lambda entry: entry.key)

    def _nearest(self, symbol: str) -> tuple[str, ...]:
        """The known symbols within the limit of slips; remembered, for symbols are few."""
        near = self._near.get(symbol)
        if near is None:
            close = (s for s in self._symbols if abs(len(s) - len(symbol)) <= self._slips and s != symbol)
            near = tuple(s for s in close if symbol_distance(symbol, s, self._slips) <= self._slips)
            self._near[symbol] = near
        return near
