"""The header (phần đầu) of a document: number, place and date, issuer, type line and title.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW. Columns that an export has
flattened, table bars and missing headers are all met; what is not there stays None.
"""

import re
from collections.abc import Iterator, Sequence

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import scan_fold
from kgdocs.grammar.lexicon import Hit
from kgdocs.grammar.names import AgencyRule
from kgdocs.models import Header, Span
from kgdocs.read.lines import Line

HEADER_LINES = 60
"""Lines in which the number, the place line and the type line are looked for."""
HEADER_LENGTH = 4000
"""Characters above the number in which the issuer is looked for; a "line" may be a whole file."""
_WEB_TITLE = re.compile(r"\s{0,3}#")
_GAP = re.compile(r"(?<=\S)[ \t]{4}")
"""The width that sets the columns of a header apart."""
_LONGEST_NAME = 5
"""Words of the name of a place with its kind: "THÀNH PHỐ CAO LÃNH"."""
_SUBJECT, _LEFT = 4, 35
"""Lines in which the subject of a letter may go on, and the width of the column in which it stands."""
_CELL = re.compile(r"[^\n|]+")
"""A line, or a cell of it between table bars."""


def read_header(text: str, lines: list[Line], rules: Rules) -> Header:
    """Read what the document says about itself in its first lines; never raises."""
    top = _top(lines, rules)
    spans: dict[str, Span] = {}
    number = _first(_above_label(top, rules), rules, "number_line", "text", spans, "code")
    place = _first(top, rules, "place_line", "place", spans, "place")
    date_text = _first(top, rules, "place_line", "date", spans, "date")
    label, title = _label_and_title(text, top, rules, spans)
    issuers = _issuers(text, top, rules, spans)
    found = rules.dates.search(date_text) if date_text else None
    return Header(
        code_text=number.strip() if number else None,
        date=found.iso if found else None,
        place=(rules.spaced_names.read(place) or place.strip()) if place else None,
        issuer=issuers.get("issuer"),
        parent=issuers.get("parent"),
        label=label,
        title=title,
        signer=_signer(lines, rules),
        is_draft=any(rules.layout["draft_mark"].match(line.plain) for line in top[:15]),
        spans=spans,
    )


def _top(lines: list[Line], rules: Rules) -> list[Line]:
    """The first lines, up to the căn cứ block."""
    top = lines[:HEADER_LINES]
    basis = next((i for i, line in enumerate(top) if rules.layout["basis_line"].match(line.plain)), len(top))
    return top[:basis]


def _above_label(top: list[Line], rules: Rules) -> list[Line]:
    """The lines above the type line that can hold the number: not one that goes on with a citation."""
    labels = tuple(rules.labels)
    end = next((i for i, line in enumerate(top) if _is_label(line, rules)), len(top))
    return [line for i, line in enumerate(top[:end]) if not (i and top[i - 1].plain.lower().endswith(labels))]


def _is_label(line: Line, rules: Rules) -> bool:
    """True for a type line: a type's label in capitals and nothing else."""
    words = line.plain.strip(" :")
    return words.isupper() and words.lower() in rules.labels


def _first(top: list[Line], rules: Rules, part: str, group: str, spans: dict[str, Span], name: str) -> str | None:
    """The first line, or cell of a line, that is such a part; records the span of `group`."""
    for line in top:
        for begin, cell in line.cells():
            start = begin + len(cell) - len(cell.lstrip())
            if match := rules.layout[part].match(cell.strip()):
                spans[name] = Span(start=start + match.start(group), end=start + match.end(group))
                return match.group(group)
    return None


def _label_and_title(text: str, top: list[Line], rules: Rules, spans: dict[str, Span]) -> tuple[str | None, str | None]:
    """The type line (tên loại) and the title under it; a letter has its "V/v" instead."""
    for index, line in enumerate(top):
        if _is_label(line, rules):
            spans["label"] = Span(start=line.start, end=line.end)
            return line.plain.strip(" :"), _title_under(text, top[index + 1 :], rules, spans)
    for index, line in enumerate(top):
        for start, cell in line.columns():
            if match := re.search(r"V/v:?\s{1,3}(.{3,400})", cell):
                pieces = [(start + match.start(1), match.group(1).rstrip()), *_subject_goes_on(top[index + 1 :])]
                begin, words = pieces[-1]
                spans["title"] = Span(start=pieces[0][0], end=begin + len(words))
                return None, " ".join(" ".join(words.split()) for _, words in pieces)
    return None, None


def _subject_goes_on(rest: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Where the subject of a letter goes on in the lines below, beside place and day or not: (start, words)."""
    for line in rest[:_SUBJECT]:
        start, cell = next(line.columns(), (0, ""))
        words = cell.strip()
        begin = start + len(cell) - len(cell.lstrip())
        if not words[:1].islower() or begin - line.start > _LEFT or words.startswith("ngày "):
            break
        yield begin, words


def _title_under(text: str, rest: list[Line], rules: Rules, spans: dict[str, Span]) -> str | None:
    """The paragraph under the type line."""
    filled = [i for i, line in enumerate(rest) if line.plain]
    if not filled:
        return None
    paragraph: list[Line] = []
    for index, line in enumerate(rest[filled[0] :], filled[0]):
        if not line.plain or line.is_rule or (paragraph and _ends_title(line, paragraph[0])):
            break
        if paragraph and _opens(rest[index:], rules):
            break
        paragraph.append(line)
    if not paragraph or len(paragraph) > 8:
        return None
    spans["title"] = Span(start=paragraph[0].start, end=paragraph[-1].end)
    return " ".join(" ".join(line.plain for line in paragraph).split())


def _opens(lines: Sequence[Line], rules: Rules) -> bool:
    """True for a line that opens the sentence under a title: up to the next blank line or heading it ends as sentences do."""
    if not rules.layout["opening_line"].match(lines[0].plain):
        return False
    heading = rules.layout["section_heading"].match
    ended = (i for i, line in enumerate(lines) if not line.plain or line.plain.isupper() or heading(line.plain))
    last = lines[next(ended, len(lines)) - 1]
    return last.plain.endswith((".", ":", ";", ","))


def _ends_title(line: Line, first: Line) -> bool:
    """True for what stands under a title and is no part of it: "(Kèm theo …)", a table, who decides, in capitals."""
    note = line.plain.startswith("(") and line.plain.endswith(")")
    decides = line.plain.isupper() and not first.plain.isupper()
    return note or decides or line.plain.startswith("|")


def _issuers(text: str, top: list[Line], rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The issuing body, the last agency named above the number, and its parent, the one before.

    Its words may go on in the line below, behind those of the right column.
    """
    first = top[0].start if top else 0
    limit = spans["code"].start if "code" in spans else min(top[0].end, first + HEADER_LENGTH) if top else 0
    start = max(first, limit - HEADER_LENGTH)
    piece = scan_fold(text[start:limit].replace("\\", " "))  # Markdown's sign of a line break
    left = "\n".join(map(_left_cell, piece.split("\n")))
    for column in (left, piece):
        places = list(rules.place_names.find(column))
        if hits := _heading_names(column, rules, places):
            return _named_issuers(column, start, hits, places, rules, spans)
    return _spaced_issuer(piece, start, rules, spans)


def _left_cell(line: str) -> str:
    """A line, of the same length, with blanks for what stands right of its first cell."""
    begin = len(line) - len(line.lstrip(" \t|"))
    end = line.find("|", begin)
    if end < 0:
        gap = _GAP.search(line, begin)
        end = gap.start() if gap else len(line)
    return line[:end].ljust(len(line))


def _named_issuers(
    piece: str, start: int, hits: list[Hit], places: list[Hit], rules: Rules, spans: dict[str, Span]
) -> dict[str, str]:
    """The last two agencies of a header, each with its place; those joined by a dash issue together."""
    issuers = {}
    bound = len(piece)
    for name, joint in zip(("issuer", "parent"), reversed(_joint(piece, hits)), strict=False):
        first, last = joint[0], joint[-1]
        inside = next((p for p in places if last.start <= p.start < last.end), None)
        place = inside or next((p for p in places if last.end <= p.start < bound), None)
        words = piece[first.start : max(last.end, inside.end if inside else 0)]
        agency = rules.agencies[last.entry.value]
        if not inside and agency.place_bound:
            own = _proper_name(piece[last.end : place.start if place else bound], agency, rules)
            words += " " + ", ".join(filter(None, (own, piece[place.start : place.end] if place else "")))
        if name == "issuer" and (organ := _organ_below(piece[last.end : bound], piece[last.start : last.end], rules)):
            words = f"{organ} {words}"
        issuers[name] = " ".join(words.split())
        spans[name] = Span(start=start + first.start, end=start + last.end)
        bound = first.start
    return issuers


def _organ_below(behind: str, committee: str, rules: Rules) -> str | None:
    """The organ of a committee that the line below it names: "TỈNH ỦY SÔNG MẪU" over "BAN TUYÊN GIÁO"."""
    for line in re.split(r"[\n|]", behind)[1:]:
        words = " ".join(line.split())
        if any(map(str.isalpha, words)):
            whole = f"{words} {committee}"
            hit = next(rules.agency_names.find(whole), None)
            return words if hit and (hit.start, hit.end) == (0, len(whole)) else None
    return None


def _proper_name(behind: str, agency: AgencyRule, rules: Rules) -> str:
    """The name of a place that no table knows, behind an agency or below it: "HUYỆN ỦY ĐÔNG ANH"; "" where none is."""
    words = next((line for line in re.split(r"[\n|]", behind) if line.strip()), "").split()
    motto = next((i for i in range(len(words)) if rules.layout["motto"].match(" ".join(words[i:]))), len(words))
    name = " ".join(words[:motto])
    local = agency.level in ("district", "commune") or name.lower().startswith(tuple(rules.issuers.place_kinds))
    named = 0 < motto <= _LONGEST_NAME and all(word.isalpha() and word[0].isupper() for word in words[:motto])
    return name if local and named else ""


def _joint(piece: str, hits: list[Hit]) -> list[list[Hit]]:
    """Agencies in groups of those joined by a dash ("BỘ TÀI CHÍNH - BỘ Y TẾ")."""
    groups: list[list[Hit]] = []
    for hit in hits:
        if groups and piece[groups[-1][-1].end : hit.start].strip() == "-":
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _heading_names(piece: str, rules: Rules, places: list[Hit]) -> list[Hit]:
    """Agencies that a header names: at the start of a line or cell, or after nothing but names and capitals.

    One in a sentence ("Hướng dẫn Quyết định … của Thủ tướng Chính phủ") is not the issuer.
    """
    found: list[Hit] = []
    known = 0
    for hit in rules.agency_names.find(piece):
        line = piece.rfind("\n", 0, hit.start) + 1
        before = piece[max(line, piece.rfind("|", 0, hit.start) + 1, known) : hit.start]
        told_in_capitals = piece[hit.start : hit.end].isupper() or not _WEB_TITLE.match(piece[line : hit.start])
        if any(map(str.islower, before)) or not told_in_capitals:
            continue
        found.append(hit)
        known = next((place.end for place in places if place.start == hit.end + 1), hit.end)
    return found


def _spaced_issuer(piece: str, start: int, rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The last letter-spaced cell that names an agency."""
    for match in reversed(list(_CELL.finditer(piece))):
        words = rules.spaced_names.read(match.group())
        if words and next(rules.agency_names.find(words), None):
            spans["issuer"] = Span(start=start + match.start(), end=start + match.end())
            return {"issuer": words}
    return {}


def _signer(lines: list[Line], rules: Rules) -> str | None:
    """Who the signature speaks for ("GIÁM ĐỐC", "BAN THƯỜNG VỤ"), from the last such line."""
    for line in reversed(lines):
        for _, cell in line.cells():
            if match := rules.layout["signature_line"].match(cell):
                return match.group("signer").strip(" *")
    return None
