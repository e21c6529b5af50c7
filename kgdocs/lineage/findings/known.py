"""OTHER_KNOWN: nobody knows what a draft cites, and a known document has all of it but one part."""

import re
from collections.abc import Iterator
from functools import cache

from kgdocs.grammar.folding import code_key, name_key
from kgdocs.grammar.laws import LAW_TYPES
from kgdocs.lineage.findings.view import SURE, Mention, View, day
from kgdocs.models import Code, Document, Finding

_NEAR, _FAR = 2, 1
_SHOWN = 3
"""Known documents that a finding names."""


def other_known(view: View) -> Iterator[Finding]:
    """OTHER_KNOWN: nobody knows what is cited, and known is a document that has all of it but one part.

    Low where less is the same. It names the known documents and proposes nothing: both may exist.
    """
    seen = set()
    pool = _Pool(view)
    for mention in view.mentions:
        target = mention.target
        if target is None or mention.reference.is_self or target.id in seen or _is_known(target, mention):
            continue
        seen.add(target.id)
        near, known = _nearest(pool, mention, target)
        law = None if known else _same_name(view, mention)
        if known or law:
            grave = near == _NEAR or (law and mention.reference.code)
            yield view.about("OTHER_KNOWN", mention, severity=None if grave else "low", known=known or law,
                             name=mention.words, details={"known": known or law})  # fmt: skip


def _is_known(target: Document, mention: Mention) -> bool:
    """True where a text that is this document, a list or a register other than the draft tells of it."""
    own = mention.reading.source.id
    return any(fact.origin in SURE and fact.source_id != own for fact in target.facts)


class _Pool:
    """The documents that have a code, by day and by number: only what shares one of them can be near."""

    def __init__(self, view: View) -> None:
        """Index them once; their codes are read when first asked for."""
        self.code, self.bare = cache(view.rules.codes.parse), cache(_bare)
        self.cited = {str(mention.reference.code) for mention in view.mentions}
        self._by: dict[str, list[Document]] = {}
        for one in view.documents.values():
            if one.code:
                for key in (one.issued_on or "", _number(one.number or "")):
                    self._by.setdefault(key, []).append(one)

    def near(self, mention: Mention, target: Document) -> list[Document]:
        """Return the documents of the day, or the number, that is cited."""
        code, stated = mention.reference.code, mention.reference.date or ""
        keys = [stated if len(stated) == 10 else "-", _number(code.number) if code else "-"]
        found = {one.id: one for key in keys for one in self._by.get(key, ())}
        return [one for one in found.values() if one.id != target.id and _is_known(one, mention)]


def _number(printed: str) -> str:
    """A number as it counts, apart from all days."""
    return f"n{printed.lstrip('0')}"


def _nearest(pool: _Pool, mention: Mention, target: Document) -> tuple[int, str]:
    """How near the nearest known documents are to what is cited, and what they are called; 0 where none is."""
    every = ((_nearness(pool, mention, target, one), one) for one in pool.near(mention, target))
    found = [(near, one) for near, one in every if near]
    best = max((near for near, _ in found), default=0)
    names = sorted(_described(one) for near, one in found if near == best)
    return best, "; ".join(names[:_SHOWN])


def _described(document: Document) -> str:
    """A document with its type, date and place."""
    facts = [day(document.issued_on) if document.issued_on else "", document.place or ""]
    return f"{(document.label or '').capitalize()} {document.code} ({', '.join(filter(None, facts))})".strip()


def _nearness(pool: _Pool, mention: Mention, target: Document, other: Document) -> int:
    """_NEAR where a known document has all that is cited but one part, _FAR where less of it; else 0."""
    found, code = mention.reference, mention.reference.code
    known = pool.code(other.code or "")
    stated, issued = found.date or "", other.issued_on or ""
    is_day = len(stated) == 10 and stated == issued
    is_title = bool(found.title) and pool.bare(found.title or "") == pool.bare(other.title or "")
    if known is None or code is None:
        return _NEAR if is_title and is_day else 0
    is_number = code.number.lstrip("0") == known.code.number.lstrip("0")
    is_symbol = code_key(f"0{code.symbol}") == code_key(f"0{known.code.symbol}")
    is_place, is_type = target.place == other.place, found.type in (None, other.type)
    if is_number and is_symbol and is_day and is_place and is_type and code.year == known.code.year:
        return 0  # what is cited may be this very document
    if is_title and (is_day or (is_number and is_symbol)):
        return _NEAR
    if not is_place:
        return 0
    in_year = len(stated) == 10 and stated[4:] == issued[4:]
    if is_number and ((is_symbol and in_year) or (is_day and (is_symbol or is_type))):
        return _NEAR
    if is_symbol and is_day and _is_slip(code.number, known.code.number):
        return 0 if other.code in pool.cited else _FAR  # "các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017" are two
    if is_symbol and is_number and len(stated) < 10:
        # of each year there is a decree of that number: only where the text cites the known one too this may be a slip
        return _FAR if code.year in (None, known.code.year) or other.code in pool.cited else 0
    return 0


def _is_slip(first: str, second: str) -> bool:
    """True for numbers with one other digit, or the same digits in another order."""
    one, other = first.lstrip("0"), second.lstrip("0")
    return len(one) == len(other) and (sorted(one) == sorted(other) or sum(map(str.__ne__, one, other)) == 1)


def _bare(title: str) -> str:
    """A title without the words that lead to it."""
    return re.sub(r"^(?:v v |ve viec |ve |viec )", "", name_key(title))


def _is_code(printed: str, code: Code) -> bool:
    """True for one code with or without its type: "04/2012/UBTVQH13" is "04/2012/PL-UBTVQH13"."""
    return printed.startswith(f"{code.number}/{code.year}/") and printed.endswith(code.symbol.rsplit("-")[-1])


def _same_name(view: View, mention: Mention) -> str | None:
    """The laws of the name that is cited: by its year where none is of that year, by its number those of its day."""
    found = mention.reference
    stated = (found.date or found.year or "")[:4]
    versions = view.rules.known.called(found.name or found.text) if found.type in LAW_TYPES else ()
    if found.code:
        versions = tuple(
            v for v in versions if v.code and not _is_code(v.code, found.code) and str(v.date) == found.date
        )
    elif not stated or any(str(one.date)[:4] == stated for one in versions):
        return None
    told = [f"{one.title} ({one.code or day(str(one.date))})" for one in versions if one.date]
    return "; ".join(told) or None
