"""A register of documents (sổ văn bản) in CSV → its rows, each with its place in the text.

Columns are recognised by name without accents, case and punctuation; only the code is
required (design §7).
"""

import csv

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


def read_register(text: str, rules: Rules) -> tuple[RegisterRow, ...]:
    """Return the rows of a register.

    Raises SourceError when there is no column of codes or the text is no table.
    """
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    reader = csv.reader(lines, strict=True)
    try:
        columns = _columns(next(reader, []))
        rows, begin = [], reader.line_num
        for cells in reader:
            row = _row(cells, columns, rules, starts[begin], starts[reader.line_num])
            begin = reader.line_num
            if row:
                rows.append(row)
    except csv.Error as error:
        raise SourceError(f"Bảng CSV hỏng ở dòng {reader.line_num}: {error}.") from error
    return tuple(rows)


def _columns(header: list[str]) -> dict[str, int]:
    """Field → position, by the names in the header row."""
    keys = [name_key(cell.lstrip("\ufeff").replace("_", " ")) for cell in header]
    found = {field: keys.index(name) for field, names in _COLUMNS.items() for name in names if name in keys}
    if "code" not in found:
        raise SourceError('Bảng không có cột "Số, ký hiệu" (code).')
    return found


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
