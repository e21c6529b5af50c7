"""Documents as a text cites them: in full, with their titles as a sentence goes on with them."""

import re

from kgdocs.grammar import Rules
from kgdocs.grammar.laws import LAW_TYPES
from kgdocs.models import Document
from kgdocs.models.days import long_day, plain_day


def citation(document: Document, rules: Rules, *, title: bool = True, long: bool = False) -> str:
    """Return a document as a first mention cites it: type, "số", code, date, issuer and title, as far as known.

    A law is cited by its name and year. With `long` the date is in words, "ngày 25 tháng 12 năm 2023".
    """
    rule = rules.types.get(document.type or "")
    label = rule.name if rule else (document.label or "").capitalize()
    if document.type in LAW_TYPES and document.title and document.issued_on:
        return f"{document.title} năm {document.issued_on[:4]}"
    whole = document.issued_on and len(document.issued_on) == 10
    day = document.issued_on or ""
    dated = (long_day(day) if long else f"ngày {plain_day(day)}") if whole else ""
    pieces = [label, f"số {document.code}" if document.code else "", dated]
    pieces += [f"của {document.issuer}" if document.issuer else ""]
    pieces += [as_title(document.title, rules, label) if title and document.title else ""]
    return " ".join(piece for piece in pieces if piece)


def as_title(title: str, rules: Rules, label: str = "") -> str:
    """Return a title as it goes on in a sentence: "Phòng, chống đuối nước" → "về phòng, chống đuối nước".

    `label` is the type of the document, which some lists put before its title.
    """
    words = " ".join(title.split())
    lowered = words[:1].lower() + words[1:] if words[1:2].islower() else words
    lowered = lowered.removeprefix(f"{label.lower()} ")
    begins = any(re.match(rf"{re.escape(word)}(?!\w)", lowered) for word in rules.drafts.without_about)
    return lowered if begins else f"về {lowered}"


def is_long(printed: str) -> bool:
    """Return True where a date is written in words."""
    return re.search(r"ngày\s+\d+\s+tháng", printed, re.IGNORECASE) is not None
