"""Findings that only a draft has: what a citation states that cannot be, or that is not what others know of it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kgdocs.grammar.folding import code_key, scan_fold
from kgdocs.lineage.findings.drafts import LAWS, printed_code
from kgdocs.lineage.findings.view import Mention, Place, View, called, day, one_line
from kgdocs.models import Code, Document, Finding, Part, Span

_DASHES = re.compile("[‐‑‒–—−]")
_TELL: Mapping[str, tuple[str, ...]] = {
    "date": ("DATE_CONFLICT",),
    "title": ("TITLE_MISMATCH",),
    "issuer": ("ISSUER_SYMBOL",),
    "number": ("CODE_TYPO", "SEPARATOR", "YEAR_TERM_CONFLICT", "LABEL_SYMBOL", "CODE_FORM"),
}
"""Part of a citation → the findings that tell of it, so that it needs no other."""
_SURE = frozenset({"header", "annex", "register", "patterns", "correction"})


def no_day(view: View) -> Iterator[Finding]:
    """NO_SUCH_DAY: what is written as a date and is no day of the calendar: "ngày 30/02/2024"."""
    for reading in view.texts:
        folded = scan_fold(reading.source.text)
        found = {(one.start, one.end) for one in view.rules.dates.no_days(folded)}
        for start, end in sorted(found):
            if re.match(r"ngày", folded[start:], re.IGNORECASE) or _in_facts(view, reading.source.id, start):
                place = Place.at(reading, Span(start=start, end=end))
                yield view.finding("NO_SUCH_DAY", place, view.own.get(reading.source.id), printed=one_line(place.text))


def _in_facts(view: View, source_id: str, start: int) -> bool:
    """True for a place among the facts that are stated with a mention."""
    mentions = view.by_text.get(source_id, ())
    return any(one.reference.end <= start < one.reference.facts_end for one in mentions)


def unreadable_number(view: View) -> Iterator[Finding]:
    """UNREADABLE_NUMBER: letters in a number ("159I/QĐ-TTg"): which number is meant is never guessed."""
    for mention in view.mentions:
        if mention.reference.rule == "damaged_number":
            yield view.about("UNREADABLE_NUMBER", mention, printed=printed_code(mention))


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


def printed_of(mention: Mention) -> str:
    """Return number and symbol with the blanks that stand between them."""
    text = mention.reference.text
    found = re.search(r"\d", text)
    return text[found.start() :] if found else text


def _unzeroed(code: str) -> str:
    return re.sub(r"^0+(?=\d)", "", code)


def other_known(view: View) -> Iterator[Finding]:
    """OTHER_KNOWN: nobody knows what is cited, and one of another year is known that has the same number and day, or name.

    Low where only the name of a law is the same. It names the known document and proposes nothing: both may exist.
    """
    seen = set()
    for mention in view.mentions:
        target = mention.target
        if target is None or mention.reference.is_self or target.id in seen or _is_known(target, mention):
            continue
        seen.add(target.id)
        coded = mention.reference.code is not None
        known = (coded and _same_number(view, mention, target)) or _same_name(view, mention)
        if known:
            yield view.about("OTHER_KNOWN", mention, severity=None if mention.reference.code else "low",
                             known=known, name=mention.words, details={"known": known})  # fmt: skip


def _is_known(target: Document, mention: Mention) -> bool:
    """True where a text that is this document, a list or a register other than the draft tells of it."""
    own = mention.reading.source.id
    return any(fact.origin in _SURE and fact.source_id != own for fact in target.facts)


def _same_number(view: View, mention: Mention, target: Document) -> str | None:
    """The one known document of the same number, symbol and place, whose day is the one cited but for a year."""
    code, stated = mention.reference.code, mention.reference.date or ""
    if code is None or len(stated) != 10:
        return None
    key = _key(code.number, code.symbol)
    found = [
        one
        for one in view.documents.values()
        if one.id != target.id and one.code and one.place == target.place and _is_known(one, mention)
        if (one.issued_on or "")[4:] == stated[4:] and (parsed := view.rules.codes.parse(one.code))
        if _key(parsed.code.number, parsed.code.symbol) == key
        if (one.issued_on or "")[:4] != stated[:4] or parsed.code.year != code.year
    ]
    return f"{called(found[0])} ({day(found[0].issued_on)})" if len(found) == 1 else None


def _is_code(printed: str, code: Code) -> bool:
    """True for one code with or without its type: "04/2012/UBTVQH13" is "04/2012/PL-UBTVQH13"."""
    return printed.startswith(f"{code.number}/{code.year}/") and printed.endswith(code.symbol.rsplit("-")[-1])


def _key(number: str, symbol: str) -> tuple[str, str]:
    return number.lstrip("0").lower(), code_key(f"0{symbol}")


def _same_name(view: View, mention: Mention) -> str | None:
    """The laws of the name that is cited: by its year where none is of that year, by its number those of its day."""
    found = mention.reference
    stated = (found.date or found.year or "")[:4]
    versions = view.rules.known.called(found.name or found.text) if found.type in LAWS else ()
    if found.code:
        versions = tuple(
            v for v in versions if v.code and not _is_code(v.code, found.code) and str(v.date) == found.date
        )
    elif not stated or any(str(one.date)[:4] == stated for one in versions):
        return None
    told = [f"{one.title} ({one.code or day(str(one.date))})" for one in versions if one.date]
    return "; ".join(told) or None


def part_differs(view: View, told: Iterable[Finding]) -> Iterator[Finding]:
    """PART_DIFFERS: a part that others state otherwise and no other finding tells of: none passes in silence."""
    at = {(one.code, one.start) for one in told} | {(one.code, one.document_id) for one in told}
    for mention in view.mentions:
        seen = set()
        for part in mention.link.parts:
            group = "number" if part.name == "symbol" else part.name
            keys = [(code, key) for code in _TELL[group] for key in (mention.reference.start, _id(mention))]
            if part.state != "differs" or mention.reference.is_self or group in seen or at.intersection(keys):
                continue
            seen.add(group)
            yield _differing(view, mention, part)


def _id(mention: Mention) -> str:
    return mention.target.id if mention.target else ""


def _differing(view: View, mention: Mention, part: Part) -> Finding:
    """The finding about one part, with the source that says otherwise; where that is only another citation it is low."""
    field = "code" if part.name in ("number", "symbol") else part.name
    known = part.known[0]
    fact = mention.target.witness(field, known, mention.reading.source.id) if mention.target else None
    there = Place.of(fact).as_side(known, fact.origin) if fact else None
    return view.about(
        "PART_DIFFERS", mention, severity=None if fact and fact.origin in _SURE else "low", part=view.rules.drafts.parts[part.name].fill(), stated=one_line(part.stated or ""),
        known=one_line(known), by_known=view.origin(fact.origin if fact else "mention"),
        details={"part": part.name, "stated": Place.of(mention).as_side(part.stated, "mention"), "known": there},
    )  # fmt: skip
