"""Which short references stand, and the code that the text gives them: "Nghị định 56", "Luật 48", "Đề án 31"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kgdocs.grammar import Rules
from kgdocs.models import Code, Reference

_JOINT = re.compile(r"[\s,;]*(?:và|hoặc|cùng)?[\s,;/]*", re.IGNORECASE)
_OPENED = re.compile(r"\s{0,3}\(\s{0,2}(?:(?:sau\s|gọi\s|viết\s)[^()\n]{0,40}\s)?[“\"]?")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def joined(folded: str, start: int, end: int) -> bool:
    """True when only the joint of a list stands between two members: a comma, "và"."""
    return start < end < start + 20 and _JOINT.fullmatch(folded, start, end) is not None


def supported(folded: str, references: Sequence[Reference], rules: Rules) -> Iterator[Reference]:
    """Give short references the code that the text introduced; drop those that nothing supports."""
    known: dict[tuple[str | None, str], dict[str, Code]] = {}
    printed: dict[str, Code] = {}
    for reference in references:
        if reference.code and reference.kind == "numbered":
            printed[str(reference.code)] = reference.code
            number = reference.code.number.lstrip("0")
            known.setdefault((reference.type, number), {})[str(reference.code)] = reference.code
    for approved, named in pairwise(references):
        if approved.code and _is_bracketed_number(folded, approved, named, rules):
            known[(named.type, approved.code.number.lstrip("0"))] = {str(approved.code): approved.code}
    last: Reference | None = None
    for reference in (_with_nicknamed(reference, printed, rules) for reference in references):
        if reference.kind != "short" or reference.rule == "nickname" or reference.code:
            yield (last := reference)
            continue
        codes = known.get((reference.type, (reference.partial or "").lstrip("0")), {}).values()
        fitting = [code for code in codes if reference.year in (None, str(code.year or ""))]
        if len(fitting) == 1:
            yield (last := replace(reference, code=fitting[0]))
        elif (
            fitting  # of two documents with this number the text does not say which
            or reference.year
            or reference.date
            or (reference.rule != "listed_number" and _stands_alone(folded, reference, rules))
            or (last and _goes_on(folded, last, reference, rules))
        ):
            yield (last := reference)


def _goes_on(folded: str, last: Reference, reference: Reference, rules: Rules) -> bool:
    """True for a short form that goes on a list of citations: "theo Nghị định số A, Quy định 69 của Bộ Chính trị"."""
    if not joined(folded, last.facts_end, reference.start):
        return False
    if reference.rule == "listed_number":
        return last.kind == "short" and last.type == reference.type
    if "\n" in folded[last.facts_end : reference.start]:  # a line of its own: a cell or a heading
        return False
    return _is_written_out(reference) and rules.short_end.match(folded, reference.end) is not None


def _is_written_out(reference: Reference) -> bool:
    """True for a label with its capital before a number of two digits or more that is no year: "Quy định 69"."""
    label, number = reference.label or "", reference.partial or ""
    return len(label) > 4 and label[0].isupper() and len(number) > 1 and not _A_YEAR.fullmatch(number)


def _is_known_by_number(folded: str, reference: Reference, rules: Rules) -> bool:
    """True for "Đề án 31" in running text; at the beginning of a line or before a colon it is the ordinal of a list."""
    line = folded.rfind("\n", 0, reference.start) + 1
    ends = rules.short_end.match(folded, reference.end) and not folded.startswith(":", reference.end)
    return bool(ends) and _is_written_out(reference) and bool(folded[line : reference.start].strip(" \t*_-+|"))


def _is_bracketed_number(folded: str, approved: Reference, named: Reference, rules: Rules) -> bool:
    """True for "Quyết định số 01/QĐ-TTg ngày 03/01/2023 … (Đề án 01)": the number by which a scheme goes is its decision's."""
    if approved.code is None or named.kind != "short" or named.type is None or not rules.types[named.type].by_number:
        return False
    same = (named.partial or "").lstrip("0") == approved.code.number.lstrip("0")
    return same and bool(
        _OPENED.fullmatch(folded, max(approved.facts_end, min(approved.extent, named.start)), named.start)
    )


def _with_nicknamed(reference: Reference, known: Mapping[str, Code], rules: Rules) -> Reference:
    """A nickname with the code of its document where the text gives that code too: "Nghị quyết 30a"."""
    if reference.rule != "nickname" or reference.code:
        return reference
    return replace(reference, code=known.get(rules.nicknames[reference.name or ""].code))


def _stands_alone(folded: str, reference: Reference, rules: Rules) -> bool:
    """True for a full label before a number ("Nghị định 56"), of a type so cited, and where the words before cite."""
    label = reference.label or ""
    if reference.type and rules.types[reference.type].bare and len(label) > 4 and label[0].isupper():
        return True
    if reference.type and rules.types[reference.type].by_number and _is_known_by_number(folded, reference, rules):
        return True
    if reference.provision or (reference.issuer and _is_written_out(reference)):
        return True
    many = len(reference.partial or "") > 1
    return many and rules.short_cue.search(folded, max(0, reference.start - 32), reference.start) is not None
