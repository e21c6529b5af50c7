"""A register of documents (sổ văn bản) → its rows, each with its line and its place in the text.

Columns are recognised by name without accents, case and punctuation (patterns/registers.yml);
only the code is required (design §7). The header may stand below the register's own title.
"""

import contextlib
import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.models import RegisterRow
from kgdocs.read.workbook import SHEET_MARK

_DELIMITERS = ",;\t"
"""Spreadsheets write ";" where the comma is the decimal mark, as in Vietnamese."""

_HEADER_WITHIN = 10
"""Lines in which the names of the columns are looked for; above them a register has its own title."""

_NO_CODES = 'Bảng không có cột "Số, ký hiệu" (code).'
_ISO = re.compile(r"(?P<day>[0-9]{4}(?:-[0-9]{2}){0,2})(?:[ T][0-9:.]+)?")
_DATE_WORDS = ("", "ngày ", "tháng ")
"""What the name of its column says of a date: "5/3/24" is "ngày 5/3/24", "7/2024" is "tháng 7/2024"."""


def read_register(text: str, rules: Rules) -> tuple[RegisterRow, ...]:
    """Return the rows of a register in CSV.

    Raises SourceError when there is no column of codes or the text is no table.
    """
    lines = [line + "\n" for line in text.split("\n")]
    starts = [0, *itertools.accumulate(len(line) for line in lines)]
    delimiter, columns, header = _header(lines, rules)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows, begin = [], 0
    try:
        for cells in reader:
            if reader.line_num > header:
                place = (starts[begin], min(starts[reader.line_num], len(text)), begin + 1)
                rows.append(_row(cells, columns, rules, place))
            begin = reader.line_num
    except csv.Error as error:
        raise SourceError(f"Bảng CSV hỏng ở dòng {reader.line_num}: {error}.") from error
    return tuple(row for row in rows if row)


def read_sheets(text: str, rules: Rules) -> tuple[RegisterRow, ...]:
    """Return the rows of all sheets that have a column of codes, from the text of a workbook.

    Raises SourceError when no sheet has one.
    """
    sheets = [(name, lines, _sheet_header(lines, rules)) for name, lines in _sheets(text)]
    if not any(columns for *_, (_, columns) in sheets):
        raise SourceError(_NO_CODES)
    rows = (
        _row(line.split("\t"), columns, rules, (start, min(start + len(line) + 1, len(text)), number), name)
        for name, lines, (header, columns) in sheets
        if columns
        for number, (start, line) in enumerate(lines[header:], header + 1)
    )
    return tuple(row for row in rows if row)


def _sheet_header(lines: Sequence[tuple[int, str]], rules: Rules) -> tuple[int, dict[str, int]]:
    """The lines up to the header of a sheet, and field → position; no field where the sheet is no register."""
    found = [
        (number, rules.registers.positions(line.split("\t")))
        for number, (_, line) in enumerate(lines[:_HEADER_WITHIN], 1)
    ]
    return max(found, key=lambda header: len(header[1]), default=(0, {}))


def _sheets(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """The sheets of a workbook's text: name, and its lines with where each begins."""
    sheets: list[tuple[str, list[tuple[int, str]]]] = []
    start = 0
    for line in text.split("\n"):
        if line.startswith(SHEET_MARK):
            sheets.append((line.removeprefix(SHEET_MARK), []))
        elif sheets:
            sheets[-1][1].append((start, line))
        start += len(line) + 1
    yield from sheets


def _header(lines: Sequence[str], rules: Rules) -> tuple[str, dict[str, int], int]:
    """Delimiter, field → position, and the lines up to the header: the reading that names the most columns."""
    found = []
    for delimiter in _DELIMITERS:
        reader = csv.reader(lines[:_HEADER_WITHIN], delimiter=delimiter)
        with contextlib.suppress(csv.Error):  # the wrong delimiter; if all are wrong there is no header
            found += [
                (delimiter, columns, reader.line_num)
                for cells in reader
                if (columns := rules.registers.positions(cells))
            ]
    if not found:
        raise SourceError(_NO_CODES)
    return max(found, key=lambda header: len(header[1]))


def _row(
    cells: Sequence[str],
    columns: Mapping[str, int],
    rules: Rules,
    place: tuple[int, int, int],
    sheet: str | None = None,
) -> RegisterRow | None:
    """One row at `place` (start, end, line); None where no column that is known says anything."""
    values = {field: cells[at].strip() for field, at in columns.items() if at < len(cells) and cells[at].strip()}
    if not values:
        return None
    for field in ("date", "effective_on"):
        if field in values:
            values[field] = _iso(values[field], rules)
    start, end, line = place
    return RegisterRow(start=start, end=end, line=line, sheet=sheet, **{"code": "", **values})


def _iso(value: str, rules: Rules) -> str:
    """A date in Vietnamese or ISO form as ISO; anything else stays as it is written."""
    if match := _ISO.fullmatch(value):
        return match["day"]
    found = next((found for words in _DATE_WORDS if (found := rules.dates.search(words + value))), None)
    return found.iso if found else value
