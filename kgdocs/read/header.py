"""The header (phần đầu) of a document: number, place and date, issuer, type line and title.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW. Columns that an export has
flattened, table bars and missing headers are all met; what is not there stays None.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import scan_fold
from kgdocs.models import Header, Span
from kgdocs.read.header_issuers import is_body, read_issuers
from kgdocs.read.header_title import label_of, read_title
from kgdocs.read.lines import Line

HEADER_LINES = 60
"""Lines in which the number, the place line and the type line are looked for."""
_MOST_WORDS = 3
"""Words of a place's name that may stand in the line above."""
_CLOSING = 8000
"""Characters at the end of a text in which it says when it was passed: signature and annexes follow."""


def read_header(text: str, lines: list[Line], rules: Rules) -> Header:
    """Read what the document says about itself in its first lines; never raises."""
    top, deciders = _top(lines, rules)
    spans: dict[str, Span] = {}
    number = _number(_above_label(top, rules), rules, spans)
    place, date_text = _place_and_day(top, rules, spans)
    told = read_title(text, top, deciders, rules, spans)
    in_capitals = next((line.plain.isupper() for line in top if line.plain), False)
    is_told = bool(spans or deciders or in_capitals)  # else an article, or a part of a document
    issuers = read_issuers(text, top, deciders, rules, spans) if is_told else {}
    if told.issuer:
        issuers = {"issuer": told.issuer, "parent": issuers.get("issuer", "")}
    if not date_text and (told.label or number):
        date_text = _passed(text, rules, spans)
    number, date_text = number or told.number, date_text or told.day
    found = rules.dates.search(date_text) if date_text else None
    return Header(
        code_text=number.strip() if number else None,
        date=found.iso if found else None,
        place=(rules.spaced_names.read(place) or place) if place else None,
        issuer=issuers.get("issuer"),
        parent=issuers.get("parent") or None,
        label=told.label,
        title=told.title,
        signer=_signer(lines, rules),
        is_draft=any(rules.layout["draft_mark"].match(line.plain) for line in top[:15]),
        spans=spans,
    )


def _top(lines: list[Line], rules: Rules) -> tuple[list[Line], list[Line]]:
    """The first lines, up to the căn cứ block, and those right above it that name in capitals who decides, if any do."""
    top = lines[:HEADER_LINES]
    basis = next((i for i, line in enumerate(top) if rules.layout["basis_line"].match(line.plain)), None)
    if basis is None:
        return top, []
    filled = [i for i, line in enumerate(top[:basis]) if line.plain]
    for count in range(min(2, len(filled)), 0, -1):
        words = " ".join(top[i].plain for i in filled[-count:])
        above = top[filled[-count - 1]].plain if len(filled) > count else ""
        decides = (words.isupper() or is_body(words, rules)) and rules.layout["decider_line"].match(words)
        if decides and not rules.layout["goes_on_line"].match(above):
            return top[: filled[-count]], top[filled[-count] : basis]
    return top[:basis], []


def _above_label(top: list[Line], rules: Rules) -> list[Line]:
    """The lines above the type line that can hold the number: not one that goes on with a citation."""
    labels = tuple(rules.labels)
    end = next((i for i, line in enumerate(top) if label_of(line, rules)), len(top))
    return [line for i, line in enumerate(top[:end]) if not (i and top[i - 1].plain.lower().endswith(labels))]


def _number(lines: list[Line], rules: Rules, spans: dict[str, Span]) -> str | None:
    """The number with its "số": of the first line, or cell of one, that is nothing else; the day may stand behind it."""
    for line, below in _with_next(lines):
        for start, piece in _pieces(line, below, rules.layout["torn_number"]):
            for part in ("number_line", "number_and_day_line"):
                if match := rules.layout[part].match(piece):
                    spans["code"] = _span(start, match, "text")
                    if part == "number_and_day_line":
                        spans["date"] = _span(start, match, "date")
                    return match["text"]
    return None


def _place_and_day(top: list[Line], rules: Rules, spans: dict[str, Span]) -> tuple[str | None, str | None]:
    """Place and day of the first line, or cell of one, that has both; the day that stands with the number, where none has."""
    for index, (line, below) in enumerate(_with_next(top)):
        found = [
            (start, match)
            for start, piece in _pieces(line, below, rules.layout["torn_day"])
            if (match := rules.layout["place_line"].match(piece))
        ]
        if found:
            start, match = next((one for one in found if rules.dates.search(one[1]["date"])), found[0])
            spans["place"], spans["date"] = _span(start, match, "place"), _span(start, match, "date")
            place = match["place"].strip()
            return _torn_place(top[index - 1].plain, place, rules) if index else place, match["date"]
    day = spans.get("date")
    return None, next((line.folded[day.start - line.start :] for line in top if day and line.end >= day.end), None)


def _passed(text: str, rules: Rules, spans: dict[str, Span]) -> str | None:
    """The day on which a law or resolution says at its end that it was passed."""
    begin = max(0, len(text) - _CLOSING)
    match = rules.layout["passed_line"].search(scan_fold(text[begin:]))
    if match is None:
        return None
    spans["date"] = _span(begin, match, "date")
    return match["date"]


def _torn_place(above: str, place: str, rules: Rules) -> str:
    """The place whose name begins in the line above: "Hà⏎Nội, ngày …"; `place` where it is known, or no such name is."""
    words = above.split()[-_MOST_WORDS:]
    tried = [place, *(" ".join([*words[-count:], place]) for count in range(len(words), 0, -1))]
    return next((name for name in tried if _is_place(name, rules)), place)


def _is_place(name: str, rules: Rules) -> bool:
    """True for a name of a place that patterns/ have, and nothing else."""
    hit = next(rules.place_names.find(name), None)
    return hit is not None and (hit.start, hit.end) == (0, len(name))


def _with_next(lines: list[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Each line, with the one right below it."""
    for line, below in zip_longest(lines, lines[1:]):
        yield line, below if below and below.start == line.end + 1 else None


def _pieces(line: Line, below: Line | None, torn: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Where it begins, and the words, of each cell of a line; of the last one with the line below, where it is `torn`."""
    last = None
    for begin, cell in line.cells():
        last = begin + len(cell) - len(cell.lstrip()), cell.strip()
        yield last
    if last and below and torn.match(last[1]):
        yield last[0], f"{line.folded[last[0] - line.start :]} {below.folded.rstrip()}"


def _span(start: int, match: re.Match[str], group: str) -> Span:
    """Where in the text a group stands, of a match in the piece that begins at `start`."""
    return Span(start=start + match.start(group), end=start + match.end(group))


def _signer(lines: list[Line], rules: Rules) -> str | None:
    """Who the signature speaks for ("GIÁM ĐỐC", "BAN THƯỜNG VỤ"), from the last such line."""
    for line in reversed(lines):
        for _, cell in line.cells():
            if match := rules.layout["signature_line"].match(cell):
                return match.group("signer").strip(" *")
    return None
