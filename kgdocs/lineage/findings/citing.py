"""Findings that only a draft has: what a citation states that cannot be, or that is not what others know of it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.lineage.findings.drafts import printed_code, printed_of
from kgdocs.lineage.findings.view import SURE, Mention, Place, View, day, one_line
from kgdocs.models import Finding, Part, Span

_DASHES = re.compile("[‐‑‒–—−]")
_TELL: Mapping[str, tuple[str, ...]] = {
    "date": ("DATE_CONFLICT",),
    "title": ("TITLE_MISMATCH",),
    "issuer": ("ISSUER_SYMBOL",),
    "number": ("CODE_TYPO", "SEPARATOR", "YEAR_TERM_CONFLICT", "LABEL_SYMBOL", "CODE_FORM"),
}
"""Part of a citation → the findings that tell of it, so that it needs no other."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def no_day(view: View) -> Iterator[Finding]:
    """NO_SUCH_DAY: what is written as a date and is no day of the calendar: "ngày 30/02/2024"."""
    for reading in view.texts:
        folded = scan_fold(reading.source.text)
        found = {(one.start, one.end) for one in view.rules.dates.no_days(folded)}
        found |= {one.span() for one in re.finditer(view.rules.drafts.odd_date.pattern, folded)}
        for start, end in sorted(found):
            if folded[start : start + 4].lower() == "ngày" or _in_facts(view, reading.source.id, start):
                place = Place.at(reading, Span(start=start, end=end))
                yield view.finding("NO_SUCH_DAY", place, view.own_of(reading), printed=one_line(place.text))


def _in_facts(view: View, source_id: str, start: int) -> bool:
    """True for a place among the facts that are stated with a mention."""
    mentions = view.by_text.get(source_id, ())
    return any(one.reference.end <= start < one.reference.facts_end for one in mentions)


def unreadable_number(view: View) -> Iterator[Finding]:
    """UNREADABLE_NUMBER: letters in a number ("159I/QĐ-TTg"): which number is meant is never guessed."""
    for mention in view.mentions:
        if mention.reference.rule == "damaged_number":
            printed = re.sub(r"^.*?số:?\s+", "", mention.words)
            yield view.about("UNREADABLE_NUMBER", mention, printed=printed)


def unread(view: View) -> Iterator[Finding]:
    """UNREAD_CITATION: a type with what looks like a code behind it, at a place where nothing was read."""
    labels = {label for rule in view.rules.types.values() for label in (rule.name, *rule.labels)}
    pattern = re.compile(rf"(?<!\w){any_of(labels)}{view.rules.drafts.unread_code.pattern}", re.IGNORECASE)
    for reading in view.texts:
        mentions = view.by_text.get(reading.source.id, ())
        read = sorted((one.reference.start, one.reference.end) for one in mentions)
        for found in pattern.finditer(scan_fold(reading.source.text)):
            at = bisect_left(read, (found.end(), 0))
            if at == 0 or read[at - 1][1] <= found.start():
                place = Place.at(reading, Span(start=found.start(), end=found.end()))
                yield view.finding("UNREAD_CITATION", place, view.own_of(reading), printed=one_line(place.text))


def assembly_term(view: View) -> Iterator[Finding]:
    """ASSEMBLY_TERM: the National Assembly that is named is not the one in the code of what is cited."""
    for mention in view.mentions:
        code = str(mention.reference.code or (mention.target.code if mention.target else "") or "")
        official = re.search(r"(?:QH|UBTVQH)(\d{1,2})$", code)
        named = _ordinal(mention.reference.term or "")
        if official and named and int(official[1]) != named and not mention.reference.is_self:
            yield view.about("ASSEMBLY_TERM", mention, term=mention.reference.term, printed=code, official=official[1],
                             details={"term": mention.reference.term, "code": code})  # fmt: skip


def _ordinal(term: str) -> int:
    """A term as a number: "14" and "XIV"; 0 where it is none."""
    if term.isdigit():
        return int(term)
    values = [_ROMAN.get(letter, 0) for letter in term.upper()]
    return sum(-one if one < after else one for one, after in zip(values, (*values[1:], 0), strict=False))


def year_conflict(view: View) -> Iterator[Finding]:
    """YEAR_CONFLICT: the year in a number is not that of the date beside it: "56/2018/NĐ-CP ngày 09/5/2017"."""
    for mention in view.mentions:
        found = mention.reference
        stated = (found.date or "")[:4]
        if found.code and found.code.year and stated and int(stated) != found.code.year and not found.is_self:
            yield view.about("YEAR_CONFLICT", mention, year=found.code.year, date=day(found.date),
                             details={"year": found.code.year, "date": found.date})  # fmt: skip


def code_form(view: View) -> Iterator[Finding]:
    """CODE_FORM: a code with other capitals, a letter that only looks the same, or without the zero of a small number."""
    for mention in view.mentions:
        found = mention.reference
        if found.code is None or found.kind != "numbered" or found.is_self or mention.words.isupper():
            continue
        printed, official = _DASHES.sub("-", re.sub(r"\s+", "", printed_code(mention))), str(found.code)
        alike = _unzeroed(scan_fold(printed).lower()) == _unzeroed(official.lower())
        if alike and printed != official:
            start = found.end - len(printed_of(mention))
            place = Place.at(mention.reading, Span(start=start, end=found.end))
            yield view.finding("CODE_FORM", place, mention.target or mention.own, printed=one_line(place.text),
                               official=official, details={"suggestion": official})  # fmt: skip


def _unzeroed(code: str) -> str:
    return re.sub(r"^0+(?=\d)", "", code)


def part_differs(view: View, told: Iterable[Finding]) -> Iterator[Finding]:
    """PART_DIFFERS: a part that others state otherwise and no other finding tells of: none passes in silence."""
    at = {(one.code, one.start) for one in told} | {(one.code, one.document_id) for one in told}
    for mention in view.mentions:
        if ("LABEL_SYMBOL", mention.reference.start) not in at and (part := _other_label(view, mention)):
            yield _differing(view, mention, part)
        seen = set()
        for part in mention.link.parts:
            group = "number" if part.name == "symbol" else part.name
            keys = [(code, key) for code in _TELL[group] for key in (mention.reference.start, _id(mention))]
            if part.state != "differs" or mention.reference.is_self or group in seen or at.intersection(keys):
                continue
            seen.add(group)
            yield _differing(view, mention, part)


def _other_label(view: View, mention: Mention) -> Part | None:
    """The type by which a document is called, where its own header or a list gives it another; names of what it issues are usual."""
    found, terms, types = mention.reference, view.rules.finding_terms, view.rules.types
    facts = mention.target.facts if mention.target and found.code and found.label and not found.is_self else ()
    known = next(
        (
            f.value
            for f in facts
            if f.field == "label" and f.origin in SURE and f.source_id != mention.reading.source.id
        ),
        None,
    )
    if (
        known is None
        or found.type in (None, *terms.issued_with)
        or name_key(found.label or "") in map(name_key, terms.any_label)
    ):
        return None
    names = {name_key(name): rule.id for rule in types.values() for name in (rule.name, *rule.labels)}
    other = names.get(name_key(known))
    token = found.code.type_token if found.code else None
    if other in (None, found.type) or token in terms.other_tokens.get(found.type or "", ()):
        return None
    return Part(name="label", state="differs", stated=found.label, known=(known,))


def _id(mention: Mention) -> str:
    return mention.target.id if mention.target else ""


def _differing(view: View, mention: Mention, part: Part) -> Finding:
    """The finding about one part, with the source that says otherwise; where that is only another citation it is low."""
    field = "code" if part.name in ("number", "symbol") else part.name
    known = part.known[0]
    fact = mention.target.witness(field, known, mention.reading.source.id) if mention.target else None
    there = Place.of(fact).as_side(known, fact.origin) if fact else None
    return view.about(
        "PART_DIFFERS", mention, severity=None if fact and fact.origin in SURE else "low", part=view.rules.drafts.parts[part.name].fill(), stated=one_line(part.stated or ""),
        known=one_line(known), by_known=view.origin(fact.origin if fact else "mention"),
        details={"part": part.name, "stated": Place.of(mention).as_side(part.stated, "mention"), "known": there},
    )  # fmt: skip
