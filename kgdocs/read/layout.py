"""The parts of a document (thể thức): header, title, căn cứ, opening, body, nơi nhận, annex, footnotes.

Blocks do not overlap, footnotes apart, and come in the order of the text. A part that
cannot be told is body.
"""

import re

from kgdocs.grammar import Rules
from kgdocs.models import AnnexItem, Block, Header, Layout, Span
from kgdocs.models.moved import moved_layout
from kgdocs.read.header import read_header
from kgdocs.read.lines import Line, split_lines
from kgdocs.read.lists import read_lists

_MARKS = 8
"""Lines between the subject of a letter and those to whom it goes, empty ones too."""
_LONG_LINE = 1000
"""Characters of a line that is no longer one: the text lost its lines."""
_SENTENCE_END = re.compile(r"[.;:!?”\"»/]\W{0,4}$")


def read_layout(text: str, rules: Rules) -> Layout:
    """Return the layout of an NFC text; one that lost blanks is read with them."""
    text = rules.lost_lines.restored(text)
    parted = rules.glued.parted(text)
    return _layout(text, rules) if parted is None else moved_layout(_layout(parted.text, rules), parted.back)


def _layout(text: str, rules: Rules) -> Layout:
    """The layout of a text that has its blanks."""
    text = rules.lost.restored(text)
    lines = split_lines(text)
    header = read_header(text, lines, rules)
    blocks = _blocks(lines, header, rules, len(text))
    annex = next((block for block in blocks if block.kind == "annex"), None)
    return Layout(
        header=header,
        blocks=tuple(blocks),
        annex_items=_annex_items(lines, annex, rules) if annex else (),
        lists=tuple(read_lists(lines, rules)),
        interruptions=_interruptions(lines, rules.layout["footnote"]),
        furniture=_interruptions(lines, rules.layout["page_furniture"]),
    )


def _blocks(lines: list[Line], header: Header, rules: Rules, length: int) -> list[Block]:
    """Cut the text where one part ends and the next begins."""
    title = header.spans.get("title") or header.spans.get("label") or header.spans.get("code")
    # of a letter the subject stands beside or above place and day
    dated = (
        ("place", "date") if "place" in header.spans else ()
    )  # without place the day may be that at the end of a law
    top_end = max((header.spans[name].end for name in ("title", *dated) if name in header.spans), default=0)
    top_end = max(top_end, title.end) if title else 0
    body = [line for line in lines if line.start >= top_end]
    cuts: list[tuple[int, str]] = [(0, "header")] if title else []
    if title and "title" in header.spans:
        cuts.append((header.spans["title"].start, "title"))
    front = _front_cuts(body, rules, top_end)
    cuts += front
    cuts += [] if any(kind == "basis" for _, kind in front) else _late_basis(body, rules)
    cuts += _back_cuts(body, rules)
    cuts += _inner_cut(body, cuts, rules)
    cuts.sort(key=lambda cut: cut[0])
    ends = [start for start, _ in cuts[1:]] + [length]
    return [
        Block(kind=kind, start=start, end=end) for (start, kind), end in zip(cuts, ends, strict=True) if end > start
    ]


def _front_cuts(body: list[Line], rules: Rules, top_end: int) -> list[tuple[int, str]]:
    """Where căn cứ, opening and body begin."""
    heading = next((i for i, line in enumerate(body) if rules.layout["section_heading"].match(line.plain)), len(body))
    basis = next((i for i, line in enumerate(body[:heading]) if rules.layout["basis_line"].match(line.plain)), None)
    first = next((i for i, line in enumerate(body) if line.plain and not line.is_rule and line.start >= top_end), None)
    if first is None:
        return [(top_end, "body")]
    first = _addressees(body, first, rules)
    cuts = []
    begin = first
    if basis is not None:
        cuts.append((body[basis].start, "basis"))
        begin = _basis_end(body, basis, rules)
    opening = _opening(body, begin, rules)
    cuts += opening or [(line.start, "body") for line in body[begin : begin + 1]]
    if basis is not None and first < basis:
        cuts.insert(0, (body[first].start, "preface"))
    return cuts


def _addressees(body: list[Line], first: int, rules: Rules) -> int:
    """Index of "Kính gửi: …", where only marks of a letter ("HỎA TỐC", motto, day) stand between it and the subject; else `first`."""
    for index in range(first, min(first + _MARKS, len(body))):
        if rules.layout["addressee_line"].match(body[index].plain):
            return index
        if any(
            rules.layout[part].match(body[index].plain) for part in ("opening_line", "basis_line", "section_heading")
        ):
            break
    return first


def _inner_cut(body: list[Line], cuts: list[tuple[int, str]], rules: Rules) -> list[tuple[int, str]]:
    """Where the first article begins inside a line: a text that lost its lines is all căn cứ and opening else."""
    begin = max((start for start, kind in cuts if kind in ("basis", "opening")), default=None)
    if begin is None:
        return []
    article = rules.layout["first_article"]
    for line in (line for line in body if line.end - line.start > _LONG_LINE):
        if match := article.search(line.folded, max(0, begin - line.start)):
            return [(line.start + match.start(), "body")]
    return []


def _late_basis(body: list[Line], rules: Rules) -> list[tuple[int, str]]:
    """Where căn cứ begin that stand behind the findings, right before "KIẾN NGHỊ:", and where they end."""
    is_operative = rules.layout["operative_word"].match
    operative = next((i for i, line in enumerate(body) if line.plain.isupper() and is_operative(line.plain)), 0)
    first = operative
    while (start := _paragraph_before(body, first)) is not None and rules.layout["basis_line"].match(body[start].plain):
        first = start
    return [(body[first].start, "basis"), (body[operative].start, "body")] if first != operative else []


def _paragraph_before(body: list[Line], index: int) -> int | None:
    """Index of the first line of the paragraph that ends before `index`; None where there is none."""
    end = next((i for i in range(index - 1, -1, -1) if body[i].plain), None)
    if end is None:
        return None
    return next((i + 1 for i in range(end, -1, -1) if not body[i].plain), 0)


def _basis_end(body: list[Line], basis: int, rules: Rules) -> int:
    """Index of the first line after the căn cứ block: lines go on until a sentence is closed."""
    last = basis
    for index in range(basis, len(body)):
        line = body[index]
        if rules.layout["operative_word"].match(line.plain) or rules.layout["section_heading"].match(line.plain):
            return index
        if not line.plain:
            continue
        if index > basis and body[index - 1].plain and line.plain[0].islower() and line.plain[1:2] != ")":
            last = index  # the line before was cut at its width, perhaps behind a comma; "a)" is an item
            continue
        starts = rules.layout["basis_line"].match(line.plain)
        closed = _SENTENCE_END.search(body[last].plain) or body[last].plain.endswith(",")
        if (
            index > basis
            and not starts
            and closed
            and (body[last].plain.endswith((".", ",")) or not body[index - 1].plain)
            and not _goes_on(body, index, rules)
        ):
            return index
        last = index
    return len(body)


def _goes_on(body: list[Line], index: int, rules: Rules) -> bool:
    """True when one paragraph ended by ";" ("Thực hiện Nghị quyết số …;") stands between two căn cứ."""
    end = next((i for i in range(index, len(body)) if not body[i].plain or body[i].plain.endswith(";")), len(body))
    if end >= len(body) or not body[end].plain:
        return False
    following = next((line for line in body[end + 1 :] if line.plain), None)
    return following is not None and rules.layout["basis_line"].match(following.plain) is not None


def _opening(body: list[Line], begin: int, rules: Rules) -> list[tuple[int, str]]:
    """What stands before the first section heading; without one the first paragraph, behind those to whom a letter goes."""
    start = next((i for i in range(begin, len(body)) if body[i].plain and not body[i].is_rule), None)
    if start is None or rules.layout["section_heading"].match(body[start].plain):
        return []
    if rules.layout["operative_word"].match(body[start].plain):
        return []
    heading = next((i for i in range(start, len(body)) if rules.layout["section_heading"].match(body[i].plain)), None)
    behind = _behind_addressees(body, start, rules)
    if heading is None:
        heading = _paragraph_end(body, behind)
    if behind > start and body[behind - 1].plain and rules.layout["opening_line"].match(body[behind].plain):
        start = behind  # right below "Kính gửi: …", without a blank line
    end = body[heading].start if heading < len(body) else body[-1].end
    return [(body[start].start, "opening"), (end, "body")]


def _behind_addressees(body: list[Line], start: int, rules: Rules) -> int:
    """Index of the first line of a letter behind "Kính gửi: …"; `start` where it is none."""
    if not rules.layout["addressee_line"].match(body[start].plain):
        return start
    end = _paragraph_end(body, start)
    opens = (i for i in range(start + 1, end) if rules.layout["opening_line"].match(body[i].plain))
    return next(opens, next((i for i in range(end, len(body)) if body[i].plain), start))


def _paragraph_end(body: list[Line], start: int) -> int:
    """Index of the first empty line from `start` on."""
    return next((i for i in range(start, len(body)) if not body[i].plain), len(body))


def _back_cuts(body: list[Line], rules: Rules) -> list[tuple[int, str]]:
    """Where nơi nhận and the annex behind it begin."""
    recipients = next((i for i, line in enumerate(body) if rules.layout["recipients_line"].match(line.plain)), None)
    if recipients is None:
        return []
    cuts = [(body[recipients].start, "recipients")]
    for line in body[recipients + 1 :]:
        if rules.layout["annex_heading"].match(line.plain) and line.plain.split()[0].isupper():
            cuts.append((line.start, "annex"))
            break
    return cuts


def _annex_items(lines: list[Line], annex: Block, rules: Rules) -> tuple[AnnexItem, ...]:
    """The numbered items of an annexed list; an item goes on to the next one or to a blank line."""
    items: list[AnnexItem] = []
    starts: list[tuple[int, int]] = []
    inside = [line for line in lines if annex.start <= line.start < annex.end]
    for line in inside:
        if match := rules.layout["annex_item"].match(line.plain):
            starts.append((int(match.group("ordinal")), line.start))
    for position, (ordinal, start) in enumerate(starts):
        end = starts[position + 1][1] if position + 1 < len(starts) else annex.end
        items.append(AnnexItem(ordinal=ordinal, start=start, end=end))
    return tuple(items)


def _interruptions(lines: list[Line], part: re.Pattern[str]) -> tuple[Span, ...]:
    """Footnotes, or page furniture, that a page break put into a sentence, with the blank lines around them."""
    spans = []
    index = 0
    while index < len(lines):
        if not part.match(lines[index].plain):
            index += 1
            continue
        after = index
        while after < len(lines) and (not lines[after].plain or part.match(lines[after].plain)):
            after += 1
        before = index - 1
        while before >= 0 and not lines[before].plain:
            before -= 1
        if before >= 0 and after < len(lines) and _continues(lines[before], lines[after]):
            spans.append(Span(start=lines[before].end, end=lines[after].start))
        index = after
    return tuple(spans)


def _continues(before: Line, after: Line) -> bool:
    """True when `after` goes on with the sentence of `before`."""
    return bool(after.plain[:1].islower()) and not before.plain.rstrip('*”" ').endswith((".", ";", ":"))
