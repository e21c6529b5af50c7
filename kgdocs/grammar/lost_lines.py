"""Texts that lost their line breaks, as web pages and databases leave them: where a line must have begun (patterns/lost_lines.yml).

What is read is a text of the same length with breaks in the place of blanks, so that every place is that of the text as it stands.
"""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from kgdocs.grammar.schema import LineBegin, LostLinesFile

_BLANKS = re.compile(r"[ \t]+")
_SHORTEST = 400
"""Characters of a text that may have had several lines."""


class LostLines:
    """Puts line breaks in; made once from patterns/lost_lines.yml."""

    def __init__(self, patterns: LostLinesFile) -> None:
        """Compile the ways in which lines begin."""
        self._longest = patterns.longest
        self._begins = [(rule, re.compile(rule.pattern)) for rule in patterns.begins]
        self._ends_head = [(rule, form) for rule, form in self._begins if rule.id in ("basis", "article", "heading")]
        self._last = ("", "")

    def restored(self, text: str) -> str:
        """Return `text`, of the same length, with the breaks that it lost; as it is where its lines are no longer than lines are."""
        if len(text) < _SHORTEST or len(text) < self._longest * (text.count("\n") + 1):
            return text
        if self._last[0] is not text:  # layout and references are read out of the same text
            self._last = text, _broken(text, self.begins(text))
        return self._last[1]

    def begins(self, text: str) -> list[int]:
        """Return where in `text` lines begin, in order."""
        head = min((at for _, form in self._ends_head if (at := _first(form, text)) is not None), default=len(text))
        return sorted(
            {at for rule, form in self._begins for at in _of(rule, form, text, head if rule.head else len(text))}
        )


def _first(form: re.Pattern[str], text: str) -> int | None:
    match = form.search(text)
    return match.start() if match else None


def _of(rule: LineBegin, form: re.Pattern[str], text: str, limit: int) -> Iterator[int]:
    """Where lines begin by one rule, behind a blank."""
    found = takewhile(lambda match: match.start() < limit, form.finditer(text))
    for match in islice(found, 1) if rule.alone else found:  # "NGHỊ ĐỊNH QUY ĐỊNH CHI TIẾT" has one type line
        if match.start() and text[match.start() - 1] in " \t":
            yield match.start()
        if rule.alone and (blank := _BLANKS.match(text, match.end())):
            yield blank.end()


def _broken(text: str, begins: list[int]) -> str:
    """The text with a break, or with the empty line that several blanks were, before the places where lines begin."""
    parts: list[str] = []
    position = 0
    for begin in begins:
        front = text[position:begin].rstrip(" \t")
        parts += (front, "\n\n"[: begin - position - len(front)].rjust(begin - position - len(front)))
        position = begin
    return "".join((*parts, text[position:]))
