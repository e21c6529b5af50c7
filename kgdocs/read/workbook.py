"""An Excel workbook (XLSX) → its cells as lines of text, by values only; nothing in it is evaluated.

What could exhaust memory or time is refused before the workbook is opened (sizes in the zip
directory) or while its rows are counted. The text has a line for each row, so that a line
below the sheet's name has the number that Excel shows.
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.read import limits
from kgdocs.read.archive import DAMAGED, office_archive

SHEET_MARK = "# "
"""Begins the line that names a sheet; no row does, for a row that would gets a space in front."""

_RATIO_FROM = 4 * limits.MEGABYTE
"""Bytes from which the ratio of unpacked to packed size is looked at; that of texts in spreadsheets reaches 30."""
_EXCEL_ROWS = 1_048_576
"""Rows that a sheet can have in Excel; a file may claim any number, and be filled up with empty ones."""
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_MIDNIGHT = time()


def workbook_text(content: bytes) -> str:
    """Return all sheets as text: "# " and the sheet's name, then its rows, cells separated by tabs.

    A line break or tab inside a cell becomes a space, dates are ISO, whole numbers have no
    decimals; a formula counts with the value saved beside it. Raises SourceError for what is
    no workbook, is protected by a password, or is too large.
    """
    _check_archive(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of drawings and styles that do not matter here
        try:
            return "\n".join(_lines(content)) + "\n"
        except SourceError:
            raise
        except Exception as error:  # openpyxl raises whatever the damaged XML leads it to
            raise SourceError("Tệp Excel hỏng, không đọc được các trang tính.") from error


def _check_archive(content: bytes) -> None:
    """Refuse what is no archive, is encrypted, or would be too large once unpacked."""
    try:
        parts = office_archive(content, "Excel", ".xlsx").infolist()
    except DAMAGED as error:
        raise SourceError("Không phải tệp Excel (.xlsx).") from error
    unpacked = sum(part.file_size for part in parts)
    bomb = unpacked > _RATIO_FROM and unpacked > limits.RATIO.value * len(content)
    if unpacked > limits.UNPACKED_MB.bytes or len(parts) > limits.PARTS.value or bomb:
        raise SourceError(f"Tệp Excel quá lớn khi giải nén ({unpacked // 1024 // 1024} MB, {len(parts)} phần).")


def _lines(content: bytes) -> Iterator[str]:
    """The lines of all sheets."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    budget = _Budget()
    try:
        for sheet in book.worksheets:
            yield SHEET_MARK + _plain(sheet.title)
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            yield from _rows(sheet.iter_rows(values_only=True), budget)
    finally:
        book.close()


@dataclass(slots=True)
class _Budget:
    """What a workbook has used of the rows and cells that are allowed."""

    rows: int = 0
    cells: int = 0
    most_rows: int = field(default_factory=lambda: limits.ROWS.value)
    most_cells: int = field(default_factory=lambda: limits.CELLS.value)

    def spend(self, *, rows: int = 0, cells: int = 0) -> None:
        """Count; raises SourceError when it is too much."""
        self.rows += rows
        self.cells += cells
        if self.rows > self.most_rows or self.cells > self.most_cells:
            raise _too_large()


def _too_large() -> SourceError:
    return SourceError(f"Bảng quá lớn: hơn {limits.ROWS.value} dòng hoặc {limits.CELLS.value} ô.")


def _rows(rows: Iterable[Sequence[Any]], budget: _Budget) -> Iterator[str]:
    """The lines of a sheet; empty rows count once a row with words follows, for sheets may end in a million."""
    empty = 0
    for number, values in enumerate(rows, 1):
        if number > _EXCEL_ROWS:
            raise _too_large()
        budget.spend(cells=max(1, len(values)))
        line = _line(values)
        if not line:
            empty += 1
            continue
        budget.spend(rows=empty + 1)
        yield from [""] * empty
        yield line
        empty = 0


def _line(values: Sequence[Any]) -> str:
    """One row; "" where all of its cells are empty."""
    line = "\t".join(_cell(value) for value in values).rstrip("\t")
    return f" {line}" if line.startswith("#") else line


def _cell(value: Any) -> str:
    """The value of a cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == _MIDNIGHT else value)
    return str(value) if isinstance(value, date) else _plain(str(value))


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text)
