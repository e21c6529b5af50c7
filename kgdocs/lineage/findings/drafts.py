"""Findings that only a draft has: how it cites, before anybody relies on it (patterns/drafts.yml)."""

import re
from collections.abc import Iterator, Sequence

from kgdocs.grammar.drafts import FirstMentionForm
from kgdocs.grammar.folding import scan_fold
from kgdocs.grammar.laws import LAW_TYPES
from kgdocs.lineage.findings.view import Mention, Place, View, called, day, one_line
from kgdocs.models import Document, Finding, Reading, Span
from kgdocs.models.days import plain_day

_LIST_GAP = 14
"""Characters between two members of a list ("…, số ", " và số "), the issuer of which stands behind the last."""
_FIXED = ("annex", "header", "title", "recipients")
"""Parts of a text that follow rules of their own."""
_BEFORE = 120
"""Characters before a mention that may hold its issuer or its type."""
_LIST = 800
"""Characters before a member of a list in which the type of all of them is named."""


def cited_date(view: View) -> Iterator[Finding]:
    """DATE_CONFLICT at each mention whose day is not one that others state of the document.

    Low where no office is named and others number alike: it may be the document of another province or district.
    """
    for mention in view.mentions:
        part = next((one for one in mention.link.parts if one.name == "date" and one.state == "differs"), None)
        target = mention.target
        if part is None or target is None or target.issued_on == part.stated or mention.reference.is_self:
            continue
        known = target.issued_on if target.issued_on in part.known else part.known[0]
        fact = target.witness("date", known, mention.reading.source.id)
        here = Place.of(mention).as_side(part.stated, "mention")
        there = Place.of(fact).as_side(known, fact.origin) if fact else None
        yield view.about(
            "DATE_CONFLICT", mention, severity="low" if _may_be_of_another(mention, target) else None, document=called(target), stated=day(part.stated), by=view.origin("mention"),
            known=day(known), by_known=view.origin(fact.origin if fact else "mention"),
            details={"stated": here, "known": there},
        )  # fmt: skip


def _may_be_of_another(mention: Mention, target: Document) -> bool:
    """True where the office that is meant is only taken from the citing text."""
    return mention.reference.issuer is None and target.level in ("province", "district", "commune")


def short_before_full(view: View) -> Iterator[Finding]:
    """SHORT_BEFORE_FULL: "Chỉ thị 28" before the text has named type, number and symbol; once per short form."""
    for mentions in view.by_text.values():
        seen = set()
        for at, mention in enumerate(mentions):
            found = mention.reference
            key = (found.type, (found.partial or "").lstrip("0"))
            if found.kind != "short" or found.rule == "nickname" or not found.partial or key in seen:
                continue
            seen.add(key)
            if any(_is_full(other, mention) for other in mentions[:at]) or _is_listed(mentions, at):
                continue
            later = next((other for other in mentions[at:] if _is_full(other, mention)), None)
            told = view.word("later_full", name=later.name) if later else ("", "")
            yield view.about("SHORT_BEFORE_FULL", mention, name=mention.words, later=told,
                             details={"full": later.reference.start if later else None})  # fmt: skip


def _is_full(other: Mention, short: Mention) -> bool:
    """True for a mention in full of what a short form means."""
    code = other.reference.code
    if code is None:
        return False
    same = other.target is not None and other.target is short.target
    return same or (
        code.number.lstrip("0") == (short.reference.partial or "").lstrip("0")
        and other.reference.type == short.reference.type
    )


def _is_listed(mentions: Sequence[Mention], at: int) -> bool:
    """True for a member of a list whose symbol stands behind the last one: "QĐ 318, 319, 320/QĐ-TTg"."""
    end = mentions[at].reference.end
    for other in mentions[at + 1 :]:
        if mentions[at].reference.code is None or other.reference.start - end > _LIST_GAP or other.reference.label:
            return False
        if other.reference.kind == "numbered":
            return True
        end = other.reference.end
    return False


def spelling(view: View) -> Iterator[Finding]:
    """SPELLING_INCONSISTENT: one document under two spellings of its number; slips told otherwise are left out."""
    for mentions in view.by_text.values():
        first: dict[str, Mention] = {}
        told = set()
        for mention in mentions:
            found = mention.reference
            if (
                mention.target is None
                or found.code is None
                or found.is_self
                or found.repairs
                or found.kind != "numbered"
            ):
                continue
            other = first.setdefault(mention.target.id, mention)
            one, here = printed_code(other), printed_code(mention)
            if _plain(one) != _plain(here) and (mention.target.id, here) not in told:
                told.add((mention.target.id, here))
                yield view.about("SPELLING_INCONSISTENT", mention, one=one, other=here,
                                 details={"first": Place.of(other).as_side(one, "mention"), "printed": here})  # fmt: skip


def printed_code(mention: Mention) -> str:
    """Return number and symbol as printed, on one line: what stands from the first digit on."""
    return one_line(printed_of(mention))


def printed_of(mention: Mention) -> str:
    """Return number and symbol with the blanks and line breaks that stand between them."""
    text = mention.reference.text
    found = re.search(r"\d", text)
    return text[found.start() :] if found else text


def _plain(code: str) -> str:
    """A printed code without blanks, dashes unified; titles in capitals are no other spelling."""
    return re.sub(r"\s+", "", scan_fold(code)).lower()


def first_mention(view: View) -> Iterator[Finding]:
    """FIRST_MENTION: parts that the first mention of a document lacks, by the kind of text that is drafted."""
    for mentions in view.by_text.values():
        form = form_of(view, mentions[0])
        seen = set()
        for at, mention in enumerate(mentions):
            key = mention.target.id if mention.target else mention.name
            if mention.reference.is_self or key in seen:
                continue
            missing = [part for part in _needed(form, mention) if not _has(view, part, mention, mentions[at + 1 :])]
            if missing and _is_inside(mentions, at):  # part of a title: what it says there is not chosen here
                continue
            seen.add(key)
            if missing and not mention.words.isupper() and not _is_in(mention, _FIXED):
                words = [view.rules.drafts.parts[part].fill() for part in missing]
                told = (", ".join(word[0] for word in words), ", ".join(word[1] for word in words))
                yield view.about("FIRST_MENTION", mention, missing=told, kind=form.kind.fill(), basis=form.basis.fill(),
                                 details={"missing": missing, "form": form.id})  # fmt: skip


def form_of(view: View, mention: Mention) -> FirstMentionForm:
    """Return the form that citations in a text take: by the symbol and the type of the text itself."""
    forms = {form.id: form for form in view.rules.drafts.forms}
    header = mention.reading.layout.header if mention.reading.layout else None
    own = mention.own
    symbol = (header.code_text if header else None) or (own.code if own else None) or ""
    if re.search(r"-\s?[A-ZĐ]\w{0,5}\s?/\s?[A-ZĐ]", symbol):
        return forms["party"]
    with_year = re.search(r"/\s?20\d\d\s?/", symbol) is not None
    normative = own is not None and own.type in view.rules.drafts.normative_types
    return forms["normative" if normative or with_year else "administrative"]


def _needed(form: FirstMentionForm, mention: Mention) -> Sequence[str]:
    found = mention.reference
    if found.kind == "numbered":
        return () if found.type in LAW_TYPES else form.parts
    return form.named if found.kind == "named" and found.rule == "named" and found.type in LAW_TYPES else ()


def _has(view: View, part: str, mention: Mention, following: Sequence[Mention]) -> bool:
    """True where a mention has a part, shares it with a list that it stands in, or has it said just before."""
    found = mention.reference
    if part == "year":
        return bool(found.year or found.date)
    if getattr(found, part) or _said_before(view, part, mention):
        return True
    if part == "date" and any(view.rules.dates.no_days(mention.reading.source.text[found.end : found.facts_end])):
        return True  # one that is no day is told as such
    end = max(found.facts_end, found.end)
    for other in following:
        if part == "date" or other.reference.start - end > _LIST_GAP or other.reference.label:
            return False
        if getattr(other.reference, part):
            return True
        end = max(other.reference.facts_end, other.reference.end)
    return False


def _said_before(view: View, part: str, mention: Mention) -> bool:
    """True where the words before a mention make a part needless: "của Sở Tài chính tại Công văn số …"."""
    terms, found = view.rules.drafts, mention.reference
    line = mention.reading.source.text[max(0, found.start - _BEFORE) : found.start]
    line = scan_fold(line[line.rfind("\n") + 1 :])
    if part == "label" and (head := mention.reading.source.text.rfind("\n", 0, found.start)) >= 0:
        line = mention.reading.source.text[max(head, found.start - _LIST) : found.start]
    placed = re.search(terms.placed_before.pattern, line, re.IGNORECASE) is not None
    if part == "label":
        labels = (label.lower() for rule in view.rules.types.values() for label in rule.labels)
        return any(label in line.lower() for label in labels)
    if part == "issuer":
        return placed and any(view.rules.agency_names.find(line))
    amending = re.search(terms.amended_by.pattern, line, re.IGNORECASE) is not None
    return part == "title" and (amending or (placed and found.type in terms.untitled_types))


def _is_inside(mentions: Sequence[Mention], at: int) -> bool:
    """True for a document that is cited inside the title of another."""
    start = mentions[at].reference.start
    return any(one.reference.end < start < one.reference.extent for one in mentions[max(0, at - 4) : at])


def _is_in(mention: Mention, kinds: Sequence[str]) -> bool:
    """True for a mention in a part of the layout."""
    layout, start = mention.reading.layout, mention.reference.start
    return any(block.kind in kinds and block.start <= start < block.end for block in (layout.blocks if layout else ()))


def date_form(view: View) -> Iterator[Finding]:
    """DATE_FORM: zeros of days and months as the rules on form have them, in what is cited and in the header."""
    for reading in view.texts:
        for span in _date_spans(view, reading):
            text = reading.source.text[span.start : span.end]
            for start, end, official in _other_form(view, text):
                here = Span(start=span.start + start, end=span.start + end)
                yield view.finding(
                    "DATE_FORM", Place.at(reading, here), view.own_of(reading), printed=text[start:end],
                    official=official, details={"suggestion": official},
                )  # fmt: skip


def _date_spans(view: View, reading: Reading) -> Iterator[Span]:
    header = reading.layout.header if reading.layout else None
    if header and (span := header.spans.get("date")):
        yield span
    end = 0
    for mention in view.by_text.get(reading.source.id, ()):
        found = mention.reference
        if not found.is_self and found.date and found.facts_end > found.end >= end:
            yield Span(start=found.end, end=found.facts_end)
            end = found.facts_end


def _other_form(view: View, text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and official form of each date of a stretch that is written otherwise."""
    terms = view.rules.drafts
    for found in re.finditer(terms.numeric_date.pattern, text):
        month, number = int(found["m"]), int(found["d"])
        if 1 <= month <= 12 and 1 <= number <= 31:
            official = plain_day(f"{found['y']}-{month:02d}-{number:02d}")
            if official != found.group():
                yield found.start(), found.end(), official
    for found in re.finditer(terms.written_date.pattern, text):
        number, month = int(found["d"]), int(found["m"])
        official = f"ngày {number:02d} tháng {month:02d}" if month < 3 else f"ngày {number:02d} tháng {month}"
        if [found["d"], found["m"]] != re.findall(r"\d+", official):
            yield found.start(), found.end(), official


def blank_date(view: View) -> Iterator[Finding]:
    """BLANK_DATE: the date of the text itself is still to be filled in."""
    for reading in view.texts:
        header = reading.layout.header if reading.layout else None
        ends = [span.end for name, span in header.spans.items() if name != "signer"] if header else []
        found = re.search(view.rules.drafts.blank_date.pattern, reading.source.text[: max(ends, default=0)])
        if found:
            place = Place.at(reading, Span(start=found.start(), end=found.end()))
            yield view.finding("BLANK_DATE", place, view.own_of(reading))
