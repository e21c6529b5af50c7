"""Cells of a table that stand below one another, as Word files give them: which day below a mention is the document's."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.dates import FoundDate
from kgdocs.models import Reference

_BACK = 20_000
"""Characters above a mention at most in which the head of its table is looked for."""
_HEAD_CELLS, _MAX_HEAD = 10, 40
_HEAD = re.compile(r"[^\W\d_](?:(?![.;](?:\s|$))[^\d\n])*")
"""A cell of a head: words without figures, no sentence."""


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of a head, at the beginning of a line, whose column holds days; `rank` as days of documents, None as others.

    `group` counts the lines with figures above it: a head has none between its cells.
    """

    start: int
    group: int
    rank: int | None


class StackReader:
    """Reads days below mentions; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self._dates = rules.dates
        self._columns = rules.registers

    def is_stacked(self, scan: Scan, reference: Reference) -> bool:
        """True where the date of a mention stands alone on a line below it, without "ngày": it is a cell of its own."""
        above, _, last = scan.folded[reference.end : reference.facts_end].rpartition("\n")
        start = scan.folded.rfind("\n", 0, reference.start) + 1
        own_line = "\n" not in above.strip() and not any(map(str.isalpha, scan.folded[start : reference.start]))
        at = reference.facts_end - len(last)
        return at > reference.end + len(above) and own_line and self._alone(scan.folded, at) is not None

    def heads(self, scan: Scan) -> list[Head]:
        """Return the cells of heads of a text, one a line, whose columns hold days, in order."""
        heads, position, group = [], 0, 0
        for line in scan.folded.split("\n"):
            if self._holds_days(line):
                heads.append(Head(position, group, self._columns.day_rank(line)))
            group += any(map(str.isdigit, line))
            position += len(line) + 1
        return heads

    def date(self, scan: Scan, heads: Sequence[Head], reference: Reference) -> FoundDate | None:
        """The day of the document among those on the lines below a mention, as the head of the table says.

        Without a head it is the first; None where the head does not tell which it is.
        """
        at = scan.folded.find("\n", reference.end) + 1
        dates = list(self._below(scan.folded, at))
        ranks = [head.rank for head in _above(heads, reference.start)]
        if None not in ranks:
            return dates[0] if dates else None
        if len(ranks) != len(dates):
            return None
        known = [(rank, date.start, date) for rank, date in zip(ranks, dates, strict=True) if rank is not None]
        return min(known)[2] if known else None

    def _below(self, folded: str, at: int) -> Iterator[FoundDate]:
        """The days that stand alone on the lines from `at` on."""
        while date := self._alone(folded, at):
            yield date
            at = folded.find("\n", date.end) + 1 or len(folded)

    def _alone(self, folded: str, at: int) -> FoundDate | None:
        """The day that is all of the line at `at`; "ngày 25/12/2023" is the second line of a citation, no cell."""
        end = folded.find("\n", at)
        line = folded[at : end if end >= 0 else len(folded)]
        if line[:4].lower() == "ngày":
            return None
        date = self._dates.match(folded, at)
        return date if date and date.end == at + len(line.rstrip()) else None

    def _holds_days(self, line: str) -> bool:
        cell = line.strip()
        return len(cell) <= _MAX_HEAD and bool(_HEAD.fullmatch(cell)) and self._columns.holds_days(cell)


def _above(heads: Sequence[Head], position: int) -> list[Head]:
    """Those of the head of the table in which `position` lies, the nearest above it."""
    last = bisect_left(heads, position, key=lambda head: head.start) - 1
    if last < 0 or heads[last].start < position - _BACK:
        return []
    return [head for head in heads[max(0, last - _HEAD_CELLS) : last + 1] if head.group == heads[last].group]
