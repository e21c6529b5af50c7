"""The type line (tên loại) of a document and the title (trích yếu) under it, as its header has them.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW. A letter has its "V/v" instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.models import Span
from kgdocs.read.header_issuers import is_body
from kgdocs.read.lines import Line, fold_columns

_SUBJECT, _LEFT = 4, 35
"""Lines in which the subject of a letter may go on, and the width of the column in which it stands."""
_MOST_LINES = 8
"""Lines of a title."""
_LABEL_WORDS = 4
"""Words of the longest label of a type."""
_LETTER_SUBJECT = re.compile(r"V/v:?\s{1,3}(?P<subject>.{3,400})")
_BARE_SUBJECT = re.compile(r"\s{0,40}(?P<subject>về\s.{3,400})", re.IGNORECASE)
_OF = " CỦA "
_QUOTES = ('"', "“", "”")


@dataclass(frozen=True, slots=True)
class Told:
    """What type line and title tell: also the issuer beside the label, and the number and day that a title begins with."""

    label: str | None = None
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    day: str | None = None


def read_title(text: str, top: list[Line], deciders: list[Line], rules: Rules, spans: dict[str, Span]) -> Told:
    """Return what the type line and the title under it tell; what stands in `spans` by then is the number."""
    for index, line in enumerate(top):
        if label := label_of(line, rules):
            start = line.start + line.folded.index(label)
            spans["label"] = Span(start=start, end=start + len(label))
            return _titled(text, label, line, top[index + 1 :], rules, spans)
    if subject := _subject(top, spans):
        begin, words = subject[-1]
        spans["title"] = Span(start=subject[0][0], end=begin + len(words))
        return Told(title=" ".join(" ".join(words.split()) for _, words in subject))
    return _in_one_line(top, rules, spans) if deciders else Told()


def _subject(top: list[Line], spans: dict[str, Span]) -> list[tuple[int, str]]:
    """Where the subject of a letter stands, line by line: behind "V/v", or below its number, where Party letters have "về"."""
    for index, line in enumerate(top):
        for start, cell in line.columns():
            if match := _LETTER_SUBJECT.search(cell) or _below_number(cell, top[:index], spans):
                first = start + match.start("subject"), match["subject"].rstrip()
                return [first, *_subject_goes_on(top[index + 1 :])]
    return []


def _below_number(cell: str, above: list[Line], spans: dict[str, Span]) -> re.Match[str] | None:
    """The subject that begins with "về", in the first line that stands below the number."""
    filled = next((line for line in reversed(above) if line.plain), None)
    code = spans.get("code")
    return _BARE_SUBJECT.match(cell) if filled and code and filled.start <= code.start < filled.end else None


def label_of(line: Line, rules: Rules) -> str | None:
    """Return the label of a type line, in capitals with nothing else but its issuer: "KẾT LUẬN CỦA BỘ CHÍNH TRỊ"; else None."""
    words = line.plain.strip(" :")
    if not words.isupper():
        return None
    label, of, body = words.partition(_OF)
    return label if label.lower() in rules.labels and (not of or is_body(body, rules)) else None


def _titled(text: str, label: str, line: Line, rest: list[Line], rules: Rules, spans: dict[str, Span]) -> Told:
    """The title under a type line, without who issues it and under which number, which are told apart."""
    body = line.plain.strip(" :").partition(_OF)[2]
    lines = _paragraph(rest, rules)
    first = lines[0].plain if lines else ""
    if not body and len(lines) > 1 and f" {first}".startswith(_OF) and is_body(first[len(_OF) - 1 :], rules):
        body, lines = first[len(_OF) - 1 :], lines[1:]
    issuer = body if body and not _is_local(body, rules) else None
    if not lines:
        return Told(label=label, issuer=issuer)
    start, end = lines[0].start, lines[-1].end
    piece = fold_columns(text[start:end])
    number = day = None
    own = rules.layout["own_number"]
    if (
        (match := own.match(piece))
        and ("code" in spans or is_body(match["body"], rules))
        and _is_own(match, text, spans)
    ):
        if "code" not in spans:
            number = match["text"]
            spans["code"] = Span(start=start + match.start("text"), end=start + match.end("text"))
        if match["date"] and "date" not in spans:
            day = match["date"]
            spans["date"] = Span(start=start + match.start("date"), end=start + match.end("date"))
        start += match.end()
    elif "code" in spans:
        last = next((one for one in own.finditer(piece) if one.end() == len(piece)), None)
        end = start + last.start() if last and _is_own(last, text, spans) and is_body(last["body"], rules) else end
    title = " ".join(fold_columns(text[start:end]).split()).strip(" #>")
    title = title[1:-1].strip() if title[:1] in _QUOTES and title[-1:] in _QUOTES else title
    if not title:
        return Told(label=label, issuer=issuer, number=number, day=day)
    spans["title"] = Span(start=start, end=end)
    return Told(label=label, title=title, issuer=issuer, number=number, day=day)


def _is_own(match: re.Match[str], text: str, spans: dict[str, Span]) -> bool:
    """True for the number that the document has, as far as that is known."""
    known = spans.get("code")
    digits = re.search(r"[0-9].*", text[known.start : known.end], re.DOTALL) if known else None
    return known is None or (digits is not None and code_key(digits.group()) == code_key(match["code"]))


def _is_local(body: str, rules: Rules) -> bool:
    """True for an organ that there is in many places: its place is that of the header."""
    hit = next(rules.agency_names.find(body), None)
    return hit is None or rules.agencies[hit.entry.value].place_bound


def _in_one_line(top: list[Line], rules: Rules, spans: dict[str, Span]) -> Told:
    """Label and title of what begins with them in one line: "Quyết định về phí chợ"."""
    first = next((line for line in top if line.plain and not rules.layout["sample"].match(line.plain)), None)
    words = first.plain.split(" ") if first else []
    for count in range(min(_LABEL_WORDS, len(words) - 1), 0, -1):
        label = " ".join(words[:count])
        if first and label.lower() in rules.labels:
            start = first.start + first.folded.index(label)
            spans["label"] = Span(start=start, end=start + len(label))
            more = list(takewhile(lambda line: line.plain, top[top.index(first) + 1 :]))[: _MOST_LINES - 1]
            if words[count][:1].isdigit() or words[count].lower().startswith("số"):
                return Told(label=label)  # the number of this document, or of another
            spans["title"] = Span(start=start + len(label) + 1, end=more[-1].end if more else first.end)
            return Told(label=label, title=" ".join([*words[count:], *(line.plain for line in more)]))
    return Told()


def _subject_goes_on(rest: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Where the subject of a letter goes on in the lines below, beside place and day or not: (start, words)."""
    for line in rest[:_SUBJECT]:
        start, cell = next(line.columns(), (0, ""))
        words = cell.strip()
        begin = start + len(cell) - len(cell.lstrip())
        if not words[:1].islower() or begin - line.start > _LEFT or words.startswith("ngày "):
            break
        yield begin, words


def _paragraph(rest: list[Line], rules: Rules) -> list[Line]:
    """The paragraph under the type line; none where it is too long for a title."""
    filled = [i for i, line in enumerate(rest) if line.plain]
    paragraph: list[Line] = []
    for index, line in enumerate(rest[filled[0] :] if filled else [], filled[0] if filled else 0):
        if not line.plain or line.is_rule or (paragraph and _ends_title(line, paragraph[0], rules)):
            break
        if paragraph and _opens(rest[index:], rules):
            break
        paragraph.append(line)
    return paragraph if len(paragraph) <= _MOST_LINES else []


def _opens(lines: Sequence[Line], rules: Rules) -> bool:
    """True for a line that opens the sentence under a title: up to the next blank line or heading it ends as sentences do."""
    if not rules.layout["opening_line"].match(lines[0].plain):
        return False
    heading = rules.layout["section_heading"].match
    ended = (i for i, line in enumerate(lines) if not line.plain or line.plain.isupper() or heading(line.plain))
    last = lines[next(ended, len(lines)) - 1]
    return last.plain.endswith((".", ":", ";", ","))


def _ends_title(line: Line, first: Line, rules: Rules) -> bool:
    """True for what stands under a title and is no part of it: "(Kèm theo …)", a table, who decides, in capitals, who is addressed."""
    note = line.plain.startswith("(") and line.plain.endswith(")")
    decides = line.plain.isupper() and not first.plain.isupper()
    addressed = any(rules.layout[part].match(line.plain) for part in ("addressee_line", "wires_line"))
    return note or decides or addressed or line.plain.startswith("|")
