"""Codes that may be another spelling of a known one: a symbol of no known agency, a letter without its unit.

99 % of codes have a neighbour one number away: a number is never repaired, and several fitting documents are
ambiguous (measured: symbols only, number and year exact, never crosses a number).
"""

from collections.abc import Iterable

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import NORMATIVE, is_normative
from kgdocs.link.likeness import symbol_distance
from kgdocs.models import Code


def lacks_unit(code: Code) -> bool:
    """True for a letter's code without the unit that drafted it: "400/UBND"."""
    return code.type_token is None and code.family in ("letter", "legacy") and len(code.agencies) == 1


class Spellings:
    """Known documents by number, period and symbol; made when all that is certain is known."""

    def __init__(self, rules: Rules, entries: Iterable[Entry]) -> None:
        """Index the entries that have a code."""
        self._rules = rules
        self._tokens = rules.codes.agencies
        self._slips = int(rules.matching.symbol_edits.value)
        self._entries: dict[tuple[str, str], dict[str, list[Entry]]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            if entry.number and entry.key.family == "code":
                number, symbol = entry.key.name.split("|", 1)
                same = self._entries.setdefault((number, entry.key.period), {})
                same.setdefault(symbol.split(":")[0], []).append(entry)
        self._symbols = sorted({symbol for same in self._entries.values() for symbol in same})

    def is_weak(self, code: Code) -> bool:
        """True for a code that makes no document before all others are known: it may be one of theirs."""
        unknown = bool(code.agencies) and code.agencies[0] not in self._tokens
        return unknown or lacks_unit(code)

    def of(self, code: Code, period: str) -> list[Entry]:
        """The known documents of this very number and period whose symbol this may be another spelling of."""
        same = self._entries.get((code.number.lstrip("0").lower() or "0", period), {})
        symbol = code_key("0" + code.symbol)
        if lacks_unit(code):
            found = [one for known, entries in same.items() if known.startswith(symbol) for one in entries]
        else:
            found = [one for near in self._nearest(symbol) for one in same.get(near, ())]
        normative = is_normative(code, self._rules)
        series = [one for one in found if one.key.name.endswith(NORMATIVE) is normative]
        return sorted(series, key=lambda entry: entry.key)

    def _nearest(self, symbol: str) -> tuple[str, ...]:
        """The known symbols within the limit of slips; remembered, for symbols are few."""
        near = self._near.get(symbol)
        if near is None:
            close = (s for s in self._symbols if abs(len(s) - len(symbol)) <= self._slips and s != symbol)
            near = tuple(s for s in close if symbol_distance(symbol, s, self._slips) <= self._slips)
            self._near[symbol] = near
        return near
