"""A text as lines, each with its span and its plain form (no Markdown, look-alikes unified)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgdocs.grammar.folding import scan_fold

_TAB = "\x1e"
"""What stands for a tab while white space is made plain."""
_RULE = frozenset("-_*=. ")
_COLUMN_GAP = re.compile(r"\||\t|\s{4,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: [start, end) in the text without its line break; `folded` has the same length.

    `plain` is the line without Markdown marks and outer blanks; every part of a layout is told by it.
    """

    start: int
    end: int
    folded: str
    plain: str

    @property
    def is_rule(self) -> bool:
        """True for a line that is drawn, not written: "-----", "***"."""
        return bool(self.plain) and set(self.plain) <= _RULE

    def columns(self) -> Iterator[tuple[int, str]]:
        """Yield (start, text) of each column; of a line that has only one, all of it."""
        cells = list(self.cells())
        return iter(cells[1:] or cells)

    def cells(self) -> Iterator[tuple[int, str]]:
        """Yield (start, text) of the whole line, then of each column that a flattened table left."""
        margin = len(self.folded) - len(self.folded.lstrip(" \t#>"))
        yield self.start + margin, self.folded[margin:].rstrip()
        begin = 0
        for gap in _COLUMN_GAP.finditer(self.folded):
            if gap.start() > begin:
                yield self.start + begin, self.folded[begin : gap.start()]
            begin = gap.end()
        if begin and begin < len(self.folded):
            yield self.start + begin, self.folded[begin:]


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text`."""
    lines, start = [], 0
    for raw in fold_columns(text).split("\n"):
        lines.append(Line(start, start + len(raw), raw, raw.strip(" \t#>\r")))
        start += len(raw) + 1
    return lines


def fold_columns(text: str) -> str:
    """Return `text` as `scan_fold` does, with the tabs that set columns apart."""
    return scan_fold(text.replace("\t", _TAB)).replace(_TAB, "\t") if "\t" in text else scan_fold(text)
