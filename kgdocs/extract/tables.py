"""Tables as lines of cells, and the day of a document in another cell of its row (patterns/registers.yml)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.dates import FoundDate
from kgdocs.models import Reference

_BAR = re.compile(r"\|")
_BLANKS = re.compile(r"[ \t]{4,}|\t")
_CELLED = ("|", "\t", "    ")
"""What a text with cells has: a bar or blanks of that width."""
_RULED = re.compile(r"[\s|:-]*")
_ORDINAL = re.compile(r"[\W\d_]*")
_FURNITURE = "\x1f"
"""What stands for a running header: it cuts no table."""
_MARKS = " \t*_"
_BORDER = " \t*_|)"
_WHOLE_ROW, _NEXT_CELL = 2000, 120
"""Characters of a row at most before and behind a mention, where all its cells count, and where only the next does."""
_MOST_HEADS = 3
"""Rows that the head of a table has at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the start and end of each cell, blanks and bold marks apart."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]

    def cell_at(self, position: int) -> int | None:
        """Index of the cell in or right behind which `position` lies."""
        return next((index for index, (start, end) in enumerate(self.cells) if start <= position <= end), None)

    def starts_cell(self, folded: str, position: int) -> bool:
        """True where nothing but marks and the ordinal of an item stand before `position` in its cell."""
        cell = self.cell_at(position)
        return cell is not None and _ORDINAL.fullmatch(folded, self.cells[cell][0], position) is not None


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of cells that follow one another; `heads` are the cells of those above the first with a code or a date."""

    start: int
    heads: tuple[tuple[str, ...], ...]


class TableReader:
    """Reads the day of a document out of the columns of its row; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self._dates = rules.dates
        self._columns = rules.registers

    def tables(self, scan: Scan) -> list[Table]:
        """Return all tables of a text, in order."""
        if not any(mark in scan.folded for mark in _CELLED):
            return []
        codes = sorted(code.start for code in scan.codes)
        return [Table(rows[0].start, self._heads(scan.folded, rows, codes)) for rows in _blocks(scan.folded)]

    def _heads(self, folded: str, rows: Sequence[Row], codes: Sequence[int]) -> tuple[tuple[str, ...], ...]:
        heads: list[tuple[str, ...]] = []
        for row in rows:
            if _RULED.fullmatch(folded, row.start, row.end):
                continue
            has_code = bisect_right(codes, row.end) > bisect_right(codes, row.start - 1)
            if has_code or len(heads) == _MOST_HEADS or any(self._date_in(folded, cell) for cell in row.cells):
                break
            heads.append(tuple(folded[start:end] for start, end in row.cells))
        return tuple(heads)

    def date(
        self, scan: Scan, tables: Sequence[Table], references: Sequence[Reference], index: int
    ) -> FoundDate | None:
        """The day in another cell, behind it, of the row of the mention at `index` of `references`; None where none is its own.

        The head of the column must say that it is the day of the document; where no table has a head,
        the day stands alone in the next cell. A mention inside the words of a cell has none: "kế hoạch
        thực hiện Chỉ thị A | 14/3/2024".
        """
        at = bisect_right(tables, references[index].start, key=lambda table: table.start) - 1
        heads = tables[at].heads if at >= 0 else ()
        row = _row_around(scan.folded, references[index].end, _WHOLE_ROW if heads else _NEXT_CELL)
        if row is None or not self._is_own_row(scan.folded, row, references, index):
            return None
        return self._headed(scan, heads, row, references, index) if heads else self._next(scan, row, references[index])

    def cell(
        self, scan: Scan, tables: Sequence[Table], references: Sequence[Reference], index: int, field: str
    ) -> tuple[int, int] | None:
        """Start and end of the cell of the row of a mention whose column the head names as that of a field.

        Only of a row that has all cells of its head: in another one it is not known which are missing.
        """
        at = bisect_right(tables, references[index].start, key=lambda table: table.start) - 1
        heads = tables[at].heads if at >= 0 else ()
        row = _row_around(scan.folded, references[index].end, _WHOLE_ROW) if heads else None
        if row is None or _is_cut(scan.folded, row) or not self._is_own_row(scan.folded, row, references, index):
            return None
        whole = (head for head in reversed(heads) if len(head) == len(row.cells))
        columns = [column for head in whole if (column := self._columns.column(head, field)) is not None]
        if not columns or columns[0] == row.cell_at(references[index].end):
            return None
        return row.cells[columns[0]]

    def _next(self, scan: Scan, row: Row, reference: Reference) -> FoundDate | None:
        """The day in the cell right behind a mention."""
        own = row.cell_at(reference.end)
        if own is None or own + 1 == len(row.cells):
            return None
        date = self._date_in(scan.folded, row.cells[own + 1])
        return date if date and not scan.folded[reference.facts_end : date.start].strip(_BORDER) else None

    def _headed(
        self, scan: Scan, heads: Sequence[Sequence[str]], row: Row, references: Sequence[Reference], index: int
    ) -> FoundDate | None:
        """The day in a column whose head says that it is that of documents; those before the next mention go first."""
        own = row.cell_at(references[index].end)
        if _is_cut(scan.folded, row) or own is None:
            return None
        cells = {place: self._date_in(scan.folded, row.cells[place]) for place in range(own + 1, len(row.cells))}
        dates = {place: date for place, date in cells.items() if date}
        following = references[index + 1].start if index + 1 < len(references) else len(scan.folded)
        near = {place: date for place, date in dates.items() if date.end <= following}
        if not near and row.starts_cell(scan.folded, following):
            return None
        return self._under(heads, near, row) or self._under(heads, dates, row)

    def _under(self, heads: Sequence[Sequence[str]], dates: Mapping[int, FoundDate], row: Row) -> FoundDate | None:
        """The one of `dates` whose column has the best name for days of documents; the lowest row of the head counts."""
        found = (self._columns.day_columns(head, len(row.cells)) for head in reversed(heads))
        columns = next((columns for columns in found if columns), [])
        return next((dates[column] for column in columns if column in dates), None)

    def _is_own_row(self, folded: str, row: Row, references: Sequence[Reference], index: int) -> bool:
        """True for the first mention of its row, or of what stands behind the day of another."""
        reference = references[index]
        if not row.starts_cell(folded, reference.start):
            return False
        before = references[index - 1] if index else None
        if before is None or before.end <= row.start:
            return True
        cells = (cell for cell in row.cells if before.end <= cell[0] and cell[1] <= reference.start)
        return any(self._date_in(folded, cell) for cell in cells)

    def _date_in(self, folded: str, cell: tuple[int, int]) -> FoundDate | None:
        """The day that stands alone in a cell."""
        date = self._dates.match(folded, cell[0])
        return date if date and date.end == cell[1] and len(date.iso) == 10 else None


def _blocks(folded: str) -> Iterator[list[Row]]:
    """The rows of each table: lines of two cells or more that follow one another."""
    rows: list[Row] = []
    position = 0
    for line in folded.split("\n"):
        row = _row(folded, position, position + len(line))
        position += len(line) + 1
        if row:
            rows.append(row)
        elif rows and not (line.startswith(_FURNITURE) and not line.strip(_FURNITURE + " \t")):
            yield rows
            rows = []
    if rows:
        yield rows


def _is_cut(folded: str, row: Row) -> bool:
    """True where a row is only a part of its line: then its columns are not known."""
    return folded[row.start - 1 : row.start] not in ("", "\n") or folded[row.end : row.end + 1] not in ("", "\n")


def _row_around(folded: str, position: int, near: int) -> Row | None:
    """The row in which `position` lies, what is far from it cut off; None outside of tables."""
    floor, limit = max(0, position - near), min(len(folded), position + near)
    start = folded.rfind("\n", floor, position) + 1 or floor
    end = folded.find("\n", position, limit)
    return _row(folded, start, end if end >= 0 else limit)


def _row(folded: str, start: int, end: int) -> Row | None:
    """The line at [start, end) as a row; cells are parted by bars, else by wide blanks, None where it has one only."""
    begin, stop = _stripped(folded, start, end, " \t")
    bars = "|" in folded[begin:stop]
    if bars:  # those around the line part nothing
        begin += folded[begin] == "|"
        stop -= stop > begin and folded[stop - 1] == "|"
    cells = []
    for parting in (_BAR if bars else _BLANKS).finditer(folded, begin, stop):
        cells.append(_stripped(folded, begin, parting.start(), _MARKS))
        begin = parting.end()
    cells.append(_stripped(folded, begin, stop, _MARKS))
    return Row(start, end, tuple(cells)) if len(cells) > 1 else None


def _stripped(folded: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """Start and end of what stands between `marks` in [start, end)."""
    end = start + len(folded[start:end].rstrip(marks))
    return end - len(folded[start:end].lstrip(marks)), end
