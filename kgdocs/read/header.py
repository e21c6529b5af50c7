"""The header (phần đầu) of a document: number, place and date, issuer, type line and title.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW. Columns that an export has
flattened, table bars and missing headers are all met; what is not there stays None.
"""

import re

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import scan_fold
from kgdocs.models import Header, Span
from kgdocs.read.lines import Line

HEADER_LINES = 60
"""Lines in which the number, the place line and the type line are looked for."""
_WEB_TITLE = re.compile(r"\s{0,3}#")


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
        place=place.strip() if place else None,
        issuer=issuers.get("issuer"),
        parent=issuers.get("parent"),
        label=label,
        title=title,
        signer=_signer(lines, rules),
        is_draft=any(re.match(r"\(?dự thảo", line.plain, re.IGNORECASE) for line in top[:15]),
        spans=spans,
    )


def _top(lines: list[Line], rules: Rules) -> list[Line]:
    """The first lines, up to the căn cứ block."""
    top = lines[:HEADER_LINES]
    basis = next((i for i, line in enumerate(top) if rules.layout["basis_line"].match(line.plain)), len(top))
    return top[:basis]


def _above_label(top: list[Line], rules: Rules) -> list[Line]:
    """The lines above the type line that can hold the number: not one that goes on with a citation."""
    labels = tuple(label.lower() for rule in rules.types.values() for label in rule.labels)
    end = next((i for i, line in enumerate(top) if _is_label(line, rules)), len(top))
    return [line for i, line in enumerate(top[:end]) if not (i and top[i - 1].plain.lower().endswith(labels))]


def _is_label(line: Line, rules: Rules) -> bool:
    """True for a type line: a type's label in capitals and nothing else."""
    words = line.plain.strip(" :")
    return words.isupper() and any(
        words.lower() == label.lower() for rule in rules.types.values() for label in rule.labels
    )


def _first(top: list[Line], rules: Rules, part: str, group: str, spans: dict[str, Span], name: str) -> str | None:
    """The first line, or cell of a line, that is such a part; records the span of `group`."""
    for line in top:
        for start, cell in line.cells():
            if match := rules.layout[part].match(cell):
                spans[name] = Span(start=start + match.start(group), end=start + match.end(group))
                return match.group(group)
    return None


def _label_and_title(text: str, top: list[Line], rules: Rules, spans: dict[str, Span]) -> tuple[str | None, str | None]:
    """The type line (tên loại) and the title under it; a letter has its "V/v" instead."""
    for index, line in enumerate(top):
        if _is_label(line, rules):
            spans["label"] = Span(start=line.start, end=line.end)
            return line.plain.strip(" :"), _title_under(text, top[index + 1 :], spans)
    for line in top:
        for start, cell in line.cells():
            if match := re.search(r"V/v:?\s{1,3}(.{3,400})", cell):
                spans["title"] = Span(start=start + match.start(1), end=start + match.end(1))
                return None, " ".join(match.group(1).split())
    return None, None


def _title_under(text: str, rest: list[Line], spans: dict[str, Span]) -> str | None:
    """The paragraph under the type line."""
    filled = [i for i, line in enumerate(rest) if line.plain]
    if not filled:
        return None
    paragraph = []
    for line in rest[filled[0] :]:
        if not line.plain or set(line.plain) <= set("-_*=. "):
            break
        paragraph.append(line)
    if not paragraph or len(paragraph) > 8:
        return None
    spans["title"] = Span(start=paragraph[0].start, end=paragraph[-1].end)
    return " ".join(" ".join(line.plain for line in paragraph).split())


def _issuers(text: str, top: list[Line], rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The issuing body, the last agency named above the number, and its parent, the one before.

    A place may stand on the line below the agency, behind the other column of the header.
    """
    limit = spans["code"].start if "code" in spans else (top[0].end if top else 0)
    start = top[0].start if top else 0
    piece = scan_fold(text[start:limit])
    hits = list(rules.agency_names.find(piece))
    places = list(rules.place_names.find(piece))
    issuers = {}
    bounds = [hit.start for hit in hits[1:]] + [len(piece)]
    for name, (hit, bound) in zip(("issuer", "parent"), reversed(list(zip(hits, bounds, strict=False))), strict=False):
        inside = next((p for p in places if hit.start <= p.start < hit.end), None)
        place = inside or next((p for p in places if hit.end <= p.start < bound), None)
        words = piece[hit.start : max(hit.end, inside.end if inside else 0)]
        if place and not inside:
            words += " " + piece[place.start : place.end]
        issuers[name] = " ".join(words.split())
        spans[name] = Span(start=start + hit.start, end=start + hit.end)
    return issuers


def _signer(lines: list[Line], rules: Rules) -> str | None:
    """Who the signature speaks for ("GIÁM ĐỐC", "BAN THƯỜNG VỤ"), from the last such line."""
    for line in reversed(lines):
        for _, cell in line.cells():
            if match := rules.layout["signature_line"].match(cell):
                return match.group("signer").strip(" *")
    return None
