"""What the references of one text take from one another and from the words around them.

Members of a list have the label, the issuer or the symbol that is written once; a short form
has the code that the text introduced; a fact before a mention or at the end of its title is its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgdocs.extract.fields import FieldReader
from kgdocs.extract.phrases import plain
from kgdocs.extract.scan import Scan
from kgdocs.extract.shorts import joined, supported
from kgdocs.extract.tables import Table
from kgdocs.grammar import Rules
from kgdocs.models import Code, Reference, Span

_SENTENCE_END = re.compile(r"[;]|[.](?=\s|$)|\n\s*\n")
_MAX_PLANNED_TITLE = 300
_LEAST_BLANKS = 2
"""A title in a cell of its own has three words at least."""


def inherited_from(folded: str, start: int, before: Sequence[Reference], *, listed: bool) -> Reference | None:
    """The member of a list before one without a label ("các Nghị định số A, B và C"): it has the label for both.

    A number `listed` without a symbol follows another short form.
    """
    kind = "short" if listed else "numbered"
    return before[-1] if before and before[-1].kind == kind and joined(folded, before[-1].facts_end, start) else None


def complete(
    scan: Scan, references: list[Reference], heads: Mapping[int, Span], fields: FieldReader, rules: Rules
) -> tuple[list[Reference], list[Reference]]:
    """Return the references with what their neighbours and surroundings add, and apart those that nothing supports.

    `heads` are the agencies that head a list, by the position of its first member.
    """
    found: list[Reference] = []
    head: int | None = None
    references = [_without_note_date(scan, references, index, fields) for index in range(len(references))]
    references = _with_stacked_dates(scan, references, fields)
    tables = fields.tables.tables(scan)
    references = [_with_cell_date(scan, tables, references, index, fields) for index in range(len(references))]
    references = [_with_cells(scan, tables, references, index, fields) for index in range(len(references))]
    for index, reference in enumerate(references):
        completed = _with_tail(scan, references, index, fields)
        completed = _with_facts_before(scan, completed, found[-1].facts_end if found else 0, fields)
        head = index if index in heads else head
        if completed.issuer is None and head is not None:
            completed = _with_list_issuer(scan, completed, heads[head], index == head, found)
        unnumbered = reference.kind in ("planned", "attached")
        found.append(_planned_title(scan.text, references, index) if unnumbered else completed)
    found = [_with_apposition(scan.folded, found, index) for index in range(len(found))]
    distributed = _distributed(scan.folded, found)
    kept = list(supported(scan.folded, distributed, rules))
    places = {reference.start for reference in kept}
    return kept, [reference for reference in distributed if reference.start not in places]


def _without_note_date(scan: Scan, references: Sequence[Reference], index: int, fields: FieldReader) -> Reference:
    """A law named at the end of a title in a codification note has not the date behind it: that is the note's document's."""
    reference = references[index]
    if (
        reference.kind != "named"
        or reference.date is None
        or not fields.titles.is_noted(scan.folded, reference.facts_end)
    ):
        return reference
    outer = any(
        r.kind == "numbered" and r.date is None and r.extent > reference.start
        for r in references[max(0, index - 3) : index]
    )
    return replace(reference, date=None, issuer=None, facts_end=reference.end) if outer else reference


def _with_stacked_dates(scan: Scan, references: list[Reference], fields: FieldReader) -> list[Reference]:
    """Keep the date on a line below a mention, which is a cell, only where the head of the table does not say otherwise."""
    stacked = [reference.date is not None and fields.stacks.is_stacked(scan, reference) for reference in references]
    heads = fields.stacks.heads(scan) if any(stacked) else []
    if not heads:
        return references
    found = []
    for reference, is_stacked in zip(references, stacked, strict=True):
        date = fields.stacks.date(scan, heads, reference) if is_stacked else None
        if is_stacked and (date is None or date.iso != reference.date):
            reference = replace(reference, date=date.iso if date else None, facts_end=reference.end)
        found.append(reference)
    return found


def _with_cell_date(
    scan: Scan, tables: Sequence[Table], references: Sequence[Reference], index: int, fields: FieldReader
) -> Reference:
    """Add the date in the column of dates; the facts of the mention reach to it where it is in the next cell."""
    reference = references[index]
    if not tables or reference.date or reference.kind not in ("numbered", "named", "short"):
        return reference
    date = fields.tables.date(scan, tables, references, index)
    if date is None:
        return reference
    between = scan.folded[reference.facts_end : date.start]
    beside = reference.facts_end <= date.start and between.count("|") <= 1 and not between.strip(" \t*_|")
    end = date.end if beside else reference.facts_end
    return replace(reference, date=date.iso, facts_end=end, extent=max(reference.extent, end))


def _with_cells(
    scan: Scan, tables: Sequence[Table], references: Sequence[Reference], index: int, fields: FieldReader
) -> Reference:
    """Add the issuer and the title in the columns of the row that are named so."""
    reference = references[index]
    if not tables or reference.kind != "numbered" or (reference.issuer and reference.title):
        return reference
    cells = {field: fields.tables.cell(scan, tables, references, index, field) for field in ("issuer", "title")}
    issuer, title = cells["issuer"], cells["title"]
    is_agency = issuer is not None and fields.issuers.is_name(scan, *issuer)
    is_title = title is not None and scan.text[slice(*title)].count(" ") >= _LEAST_BLANKS
    return replace(
        reference,
        issuer=reference.issuer or (plain(scan.text, issuer) if issuer and is_agency else None),
        title=reference.title or (plain(scan.text, title) if title and is_title else None),
    )


def _with_facts_before(scan: Scan, reference: Reference, floor: int, fields: FieldReader) -> Reference:
    """Add the date and issuer of "Ngày 16/7/2012, Bộ Y tế đã ban hành …"."""
    if reference.kind not in ("numbered", "named") or (reference.date and reference.issuer):
        return reference
    date, issuer = fields.before(scan, reference.start, floor)
    if date is None and issuer is None:
        return reference
    return replace(
        reference,
        date=reference.date or date,
        issuer=reference.issuer or (plain(scan.text, (issuer.start, issuer.end)) if issuer else None),
    )


def _with_tail(scan: Scan, references: Sequence[Reference], index: int, fields: FieldReader) -> Reference:
    """Add the date and issuer at the end of the title, where no mention inside the title has them."""
    reference = references[index]
    if reference.title is None or reference.date or reference.kind != "numbered":
        return reference
    tail = fields.tail(scan, reference.facts_end, reference.extent, mention=reference.start)
    nested = [r for r in references[index + 1 : index + 6] if r.start < reference.extent]
    if tail is None:
        return reference
    if any(mention.facts_end > tail.end for mention in nested):
        return reference
    issuer = plain(scan.text, (tail.issuer.start, tail.issuer.end)) if tail.issuer else None
    title = plain(scan.text, (reference.facts_end, tail.end)) or None
    return replace(reference, date=tail.date, issuer=reference.issuer or issuer, title=title)


def _with_list_issuer(
    scan: Scan, reference: Reference, head: Span, is_first: bool, found: Sequence[Reference]
) -> Reference:
    """Add the issuer that heads the list: to its first member, from there to the next without a label."""
    issuer = plain(scan.text, (head.start, head.end))
    if is_first:
        return replace(reference, issuer=issuer)
    if reference.kind != "numbered" or reference.text[:1].isupper() or found[-1].issuer != issuer:
        return reference
    ended = scan.folded[max(0, reference.start - 4) : reference.start].rstrip().endswith(";")
    goes_on = ended or joined(scan.folded, found[-1].extent, reference.start)
    return replace(reference, issuer=issuer) if goes_on else reference


def _with_apposition(folded: str, references: Sequence[Reference], index: int) -> Reference:
    """ "Luật 49/2019/QH14 Luật Xuất cảnh … ngày 22/11/2019": the number and the name are one document's."""
    reference = references[index]
    following = references[index + 1] if index + 1 < len(references) else None
    if following is None or reference.kind != "numbered" or following.kind != "named" or reference.date:
        return reference
    if reference.type != following.type or folded[reference.end : following.start].strip():
        return reference
    return replace(reference, date=following.date, issuer=reference.issuer or following.issuer)


def _planned_title(text: str, references: Sequence[Reference], index: int) -> Reference:
    """A planned or attached document is named by its words up to the document that it carries out."""
    reference = references[index]
    stop = _SENTENCE_END.search(text, reference.start, reference.start + _MAX_PLANNED_TITLE)
    end = stop.start() if stop else min(len(text), reference.start + _MAX_PLANNED_TITLE)
    if index + 1 < len(references) and references[index + 1].start < end:
        end = references[index + 1].end
    return replace(reference, title=plain(text, (reference.start, end)))


def _distributed(folded: str, references: Sequence[Reference]) -> list[Reference]:
    """Give the symbol at the end of a list to its earlier members: "các Quyết định 938, 939/QĐ-TTg"."""
    found = list(references)
    stated: dict[tuple[str | None, str], set[Code]] = {}
    for one in references:
        if one.code:
            stated.setdefault((one.type, one.code.number.lstrip("0")), set()).add(one.code)
    for index in range(len(found) - 2, -1, -1):
        member, following = found[index], found[index + 1]
        short = member.kind == "short" and member.rule != "nickname" and member.code is None
        bare = following.code and following.label in (None, member.label) and not following.text[:1].isupper()
        is_list = joined(folded, member.end, following.start) and folded[member.end : following.start].strip()
        if short and bare and is_list:  # a line end alone joins nothing: the next cell of a table
            own = stated.get((member.type or following.type, (member.partial or "").lstrip("0")), set())
            apart = following.text[:2].lower() == "số" and len(own) == 1  # "99, số 30/2021/NĐ-CP" after 99/2015/NĐ-CP
            found[index] = replace(member, code=next(iter(own))) if apart else _like(member, following)
    return found


def _like(member: Reference, following: Reference) -> Reference:
    """A member of a list with the symbol (and the year, where it states none) of the member behind it."""
    code = following.code
    if code is None or member.partial is None:
        return member
    year = int(member.year) if member.year else code.year
    full = replace(code, number=member.partial.zfill(2), year=year)
    return replace(member, code=full, type=member.type or following.type)
