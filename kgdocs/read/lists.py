"""Lists that a heading opens: of documents, as "1. Căn cứ pháp lý", "Điều 1. Bãi bỏ các văn bản sau đây:", or of tasks, "Giao Sở Nội vụ:".

A list goes from its heading to the next heading of the same or a higher level, and to where its
numbers begin anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgdocs.grammar import Rules
from kgdocs.models import Block
from kgdocs.read.lines import Line

TASKS = "task_list"
"""Kind of a list of what others are to do."""
KINDS = {
    "basis_heading": "basis_list",
    "part_repeal_heading": "part_repeal_list",
    "repeal_heading": "repeal_list",
    "replace_heading": "replace_list",
    "task_heading": TASKS,
}
"""Part of layout.yml that opens a list → kind of the list; the first that fits counts."""
_CAPITALS = "AÀÁÂÃĂBCDĐEÈÉÊGHIÌÍKLMNOÒÓÔÕƠPQRSTUÙÚƯVXYÝĨŨẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LEVELS = (
    re.compile(r"(?:P(?i:hần)|C(?i:hương))\s{1,3}[0-9IVX]"),
    re.compile(rf"(?:M(?i:ục)\s{{1,3}}[0-9IVX]|[IVX]{{1,5}}(?:[.)-]\s|\s{{1,3}}[{_CAPITALS}]{{2}})|[A-H][.)]\s)"),
    re.compile(r"Đ(?i:iều)\s{1,3}[0-9]"),
    re.compile(r"(?P<ordinal>[0-9]{1,3})[.)-]\s"),
    re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[.)]?\s"),
    re.compile(r"[a-zđ]\)\s"),
    re.compile(r"[-+•]\s"),
    re.compile(r"\|?\s{0,3}[0-9]{1,3}\s{0,3}\|\s"),
)
"""How headings, items and numbered rows of tables begin, from the highest level down (reference §7.4)."""
_MOST_LINES = 6
"""Lines of a heading."""
_NUMBERED = 3
"""Level of the items that are counted."""


@dataclass(slots=True)
class _Open:
    """A list whose end is not yet reached; `own` is the level of its heading, `item` that of its items."""

    kind: str
    start: int
    own: int | None
    item: int | None = None
    limit: int = 0
    last: int = 0

    def goes_on(self, words: str, *, new_paragraph: bool) -> bool:
        """True where a line belongs to the list; takes note of its item."""
        level = _level(words)
        if level is None:  # under a heading without a number, a paragraph is no longer the list
            return self.own is not None or (self.item is None and self.kind != TASKS) or not new_paragraph
        if self.item is None:
            self.item = level
            self.limit = level - 1 if self.own is None else self.own
        ordinal = _ordinal(words) if level == self.item == _NUMBERED else None
        if level <= self.limit or (ordinal is not None and ordinal <= self.last):
            return False
        self.last = ordinal or self.last
        return True


def read_lists(lines: Sequence[Line], rules: Rules) -> Iterator[Block]:
    """Yield the lists of documents that a heading opens."""
    found: _Open | None = None
    blank = True
    for index, line in enumerate(lines):
        words = line.plain.strip("*")
        is_open = _is_open(words)
        part = None if is_open and _goes_on_below(lines, index) else _heading(words, rules)
        if is_open and part is None and (whole := _whole(lines, index)) and (part := _heading(whole, rules)):
            words = whole
        if found and part and found.kind == TASKS and (_level(words) or 0) > (found.own or 0):
            part = None  # "Giao Sở Nội vụ: a) Bãi bỏ các văn bản sau:" is a task
        if found and words and (part or not found.goes_on(words, new_paragraph=blank)):
            yield from _closed(found, line.start)
            found = None
        if part and KINDS[part] == TASKS and not words.endswith(":"):
            yield Block(kind=TASKS, start=line.start, end=line.end)
        elif part:
            found = _Open(KINDS[part], line.start, _level(words))
        blank = not words
    if found:
        yield from _closed(found, lines[-1].end)


def _heading(words: str, rules: Rules) -> str | None:
    """The part of layout.yml that opens a list with these words."""
    return next((part for part in KINDS if words and rules.layout[part].match(words)), None)


def _is_open(words: str) -> bool:
    """True for a line that may go on in the next one."""
    return words[-1:].isalnum() or words.endswith((",", ")"))


def _goes_on_below(lines: Sequence[Line], index: int) -> bool:
    """True for a line without number or capitals whose words go on in the next: "Căn cứ⏎Luật Trẻ em"."""
    words, behind = lines[index].plain, lines[index + 1].plain if index + 1 < len(lines) else ""
    return bool(behind) and not words.isupper() and _level(words) is None and _level(behind) is None


def _whole(lines: Sequence[Line], index: int) -> str | None:
    """A heading with the lines that it goes on in, where a line is cut at its width; None for what begins in no such way."""
    words = lines[index].plain
    if _level(words) is None and index and lines[index - 1].plain:
        return None
    for line in lines[index + 1 : index + _MOST_LINES]:
        if not line.plain or _level(line.plain) is not None:
            break
        words = f"{words} {line.plain}"
        if not _is_open(line.plain):
            break
    return " ".join(words.split()) if words != lines[index].plain else None


def _closed(found: _Open, end: int) -> Iterator[Block]:
    """The list, where it has an item."""
    if found.item is not None:
        yield Block(kind=found.kind, start=found.start, end=end)


def _level(words: str) -> int | None:
    """Level of the heading or item that a line begins with."""
    return next((level for level, form in enumerate(_LEVELS) if form.match(words)), None)


def _ordinal(words: str) -> int | None:
    """The number of a counted item."""
    match = _LEVELS[_NUMBERED].match(words)
    return int(match["ordinal"]) if match else None
