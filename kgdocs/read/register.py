"""A register of documents (sổ văn bản) in CSV → its rows, each with its place in the text.

Columns are recognised by name without accents, case and punctuation; only the code is
required (design §7). The header may stand below the register's own title.
"""

import contextlib
import csv
import itertools
from collections.abc import Sequence

from kgdocs.errors import SourceError
from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.models import RegisterRow

_COLUMNS = {
    "code": ("code", "so ky hieu", "so hieu", "so van ban"),
    "type": ("type", "loai van ban", "loai", "ten loai"),
    "date": ("date", "ngay ban hanh", "ngay", "ngay van ban"),
    "issuer": ("issuer", "co quan ban hanh", "noi ban hanh", "co quan"),
    "title": ("title", "trich yeu", "ten van ban", "noi dung"),
    "effective_on": ("effective on", "ngay hieu luc", "ngay co hieu luc"),
    "relations": ("relations", "quan he"),
}

_DELIMITERS = ",;\t"
"""Spreadsheets write ";" where the comma is the decimal mark, as in Vietnamese."""

_HEADER_WITHIN = 10
"""Lines in which the names of the columns are looked for; above them a register has its own title."""


def read_register(text: str, rules: Rules) -> tuple[RegisterRow, ...]:
    """Return the rows of a register.

    Raises SourceError when there is no column of codes or the text is no table.
    """
    lines = [line + "\n" for line in text.split("\n")]
    starts = [0, *itertools.accumulate(len(line) for line in lines)]
    delimiter, columns, header = _header(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows, begin = [], 0
    try:
        for cells in reader:
            if reader.line_num > header:
                rows.append(_row(cells, columns, rules, starts[begin], min(starts[reader.line_num], len(text))))
            begin = reader.line_num
    except csv.Error as error:
        raise SourceError(f"Bảng CSV hỏng ở dòng {reader.line_num}: {error}.") from error
    return tuple(row for row in rows if row)


def _header(lines: Sequence[str]) -> tuple[str, dict[str, int], int]:
    """Delimiter, field → position, and the lines up to the header: the reading that names the most columns."""
    found = []
    for delimiter in _DELIMITERS:
        reader = csv.reader(lines[:_HEADER_WITHIN], delimiter=delimiter)
        with contextlib.suppress(csv.Error):  # the wrong delimiter; if all are wrong there is no header
            found += [(delimiter, columns, reader.line_num) for cells in reader if (columns := _columns(cells))]
    if not found:
        raise SourceError('Bảng không có cột "Số, ký hiệu" (code).')
    return max(found, key=lambda header: len(header[1]))


def _columns(cells: list[str]) -> dict[str, int]:
    """Field → position, by the names in a header row; empty where none is the code."""
    keys = [name_key(cell.lstrip("\ufeff").replace("_", " ")) for cell in cells]
    found = {field: keys.index(name) for field, names in _COLUMNS.items() for name in names if name in keys}
    return found if "code" in found else {}


def _row(cells: list[str], columns: dict[str, int], rules: Rules, start: int, end: int) -> RegisterRow | None:
    """One row; None where it has no code."""
    values = {field: cells[at].strip() for field, at in columns.items() if at < len(cells) and cells[at].strip()}
    if "code" not in values:
        return None
    for field in ("date", "effective_on"):
        if field in values:
            values[field] = _iso(values[field], rules)
    return RegisterRow(start=start, end=end, **values)


def _iso(value: str, rules: Rules) -> str:
    """A date in Vietnamese or ISO form as ISO; anything else stays as it is written."""
    found = rules.dates.search(value)
    return found.iso if found else value
