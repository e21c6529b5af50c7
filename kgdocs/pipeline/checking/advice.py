"""Findings → what to write instead, only where a source that has or lists the document says so.

A number is never changed, and what only other texts cite so is no ground for a correction.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.lineage.linked import LinkedGraph
from kgdocs.link.likeness import title_likeness
from kgdocs.models import Document, Finding, Reading
from kgdocs.models.days import long_day, plain_day
from kgdocs.pipeline.checking.citation import as_title, citation, is_long
from kgdocs.pipeline.checking.verdicts import CheckedReference, Remark, Suggestion

_SURE = ("header", "register", "annex", "patterns")
_ENDS = ("replaces", "repeals")
_LIST_GAP = 14
"""Characters between two members of a list."""
_MARKUP = "|[]`*\x0c"
_SAID = ("issuer", "title")
"""Parts that a citation in full repeats as the draft has them."""
_BREAK = re.compile(r",|\n|:")
_SENTENCE = re.compile(r"[.;](?=\s|$)|\n")
_DATED = re.compile(r"ngày\s+\d|\d\s?/+\s?\d", re.IGNORECASE)
_AROUND = 160
"""Characters on either side in which a sentence may give a citation its date."""
_CERTAIN = 0.95
"""Score of a link from which on no other document can be meant."""


class Adviser:
    """Makes remarks of the findings about one text."""

    def __init__(
        self,
        reading: Reading,
        rules: Rules,
        references: Sequence[CheckedReference],
        documents: Mapping[str, Document],
        edges: LinkedGraph,
    ) -> None:
        """Keep the text, its references in order, and what is known of documents."""
        self._text = reading.source.text
        self._own = reading.source.id
        self._rules = rules
        self._references = references
        self._at = {(one.reference.start, one.reference.end): one for one in references}
        self._documents = documents
        self._edges = edges
        self._how: Mapping[str, Callable[[Finding, CheckedReference], Suggestion | None]] = {
            "SEPARATOR": self._official_code, "CODE_TYPO": self._token, "DATE_CONFLICT": self._date,
            "TITLE_MISMATCH": self._title, "LABEL_SYMBOL": self._label, "ISSUER_SYMBOL": self._issuer,
            "YEAR_TERM_CONFLICT": self._term, "MISSING_AMENDMENT": self._amendment, "EXPIRED_BASIS": self._successor,
            "FIRST_MENTION": self._in_full, "SHORT_BEFORE_FULL": self._in_full, "SPELLING_INCONSISTENT": self._spelling,
            "PART_DIFFERS": self._part,
        }  # fmt: skip

    def remark(self, finding: Finding) -> Remark:
        """Return a finding with its reference and, where it is certain, with what to write."""
        reference = self._reference(finding)
        told = finding.details.get("suggestion")
        if isinstance(told, str):
            suggestion: Suggestion | None = Suggestion(start=finding.start, end=finding.end, text=told)
        else:
            how = self._how.get(finding.code)
            suggestion = how(finding, reference) if how and reference else None
            suggestion = self._whole(suggestion, reference) if suggestion and reference else None
        same = suggestion and " ".join(self._text[suggestion.start : suggestion.end].split()) == suggestion.text
        return Remark(finding=finding, reference=reference, suggestion=None if same else suggestion)

    def _whole(self, suggestion: Suggestion, one: CheckedReference) -> Suggestion | None:
        """A suggestion that takes away nothing but the citation: no other one, and no bracket without its other half."""
        start, end = suggestion.start, suggestion.end
        if any(start < other.reference.start < end for other in self._references if other is not one):
            return None
        replaced = self._text[start:end]
        lost = replaced.count("(") - replaced.count(")") - suggestion.text.count("(") + suggestion.text.count(")")
        if lost == 1 and self._text[end : end + 1] == ")":
            return replace(suggestion, end=end + 1)
        return suggestion if lost == 0 else None

    def _title_end(self, one: CheckedReference, known: str | None) -> int:
        """Where the title of a citation ends: of all commas in it, the one up to which it is most like the known title.

        A title is read to the end of its sentence; behind it the sentence may go on. Where no title is known, it ends at
        its first comma or line.
        """
        begin, end = max(one.reference.facts_end, one.reference.end), _end(one)
        breaks = [begin + mark.start() for mark in _BREAK.finditer(self._text[begin:end].rstrip())] + [end]
        breaks = [at for at in breaks if self._text[begin:at].strip(" ,\n")] or [end]
        if known is None:
            return breaks[0]
        return max(breaks, key=lambda at: (title_likeness(self._text[begin:at], known), at))

    def _reference(self, finding: Finding) -> CheckedReference | None:
        """The reference at the place of a finding; of one inside evidence, the document that the finding names."""
        if exact := self._at.get((finding.start, finding.end)):
            return exact
        wanted = finding.details.get("basis")
        inside = [
            one
            for one in self._references
            if finding.start <= one.reference.start < finding.end and one.target and one.target.id == wanted
        ]
        around = [one for one in self._references if one.reference.start <= finding.start < _end(one)]
        return next(iter((*inside, *around)), None)

    def _sure(self, document: Document | None, field: str) -> str | None:
        """What a source that has or lists a document says of it; the draft itself is none."""
        facts = [fact for fact in (document.facts if document else ()) if fact.field == field]
        sure = [fact for fact in facts if fact.origin in _SURE and fact.source_id != self._own]
        return min(sure, key=lambda fact: _SURE.index(fact.origin)).value if sure else None

    def _code_span(self, one: CheckedReference) -> tuple[int, int]:
        """Where number and symbol stand in a mention."""
        found = re.search(r"\d", one.reference.text)
        return one.reference.start + (found.start() if found else 0), one.reference.end

    def _official_code(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        start, end = self._code_span(one)
        return Suggestion(start=start, end=end, text=str(finding.details["official"]))

    def _token(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The part of a symbol as the tables have it; elsewhere in the mention nothing changes."""
        printed = str(finding.details["printed"])
        at = one.reference.text.rfind(printed)
        if at < 0:
            start, end = self._code_span(one)
            return Suggestion(start=start, end=end, text=str(one.reference.code)) if one.reference.code else None
        start = one.reference.start + at
        return Suggestion(start=start, end=start + len(printed), text=str(finding.details["official"]))

    def _date(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        known = self._sure(one.target, "date")
        begin, end = one.reference.end, one.reference.facts_end
        found = self._rules.dates.search(self._text[begin:end])
        if known is None or len(known) != 10 or found is None or found.iso == known or finding.severity == "low":
            return None
        printed = self._text[begin + found.start : begin + found.end]
        lead = "" if self._text[: begin + found.start].rstrip().lower().endswith("ngày") else "ngày "
        text = long_day(known) if is_long(printed) else lead + plain_day(known)
        return Suggestion(start=begin + found.start, end=begin + found.end, text=text)

    def _title(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        known = self._sure(one.target, "title")
        begin, end = max(one.reference.facts_end, one.reference.end), one.reference.extent
        if known is None or known.isupper() or end <= begin or one.reference.kind != "numbered":
            return None
        blank = len(self._text[begin:end]) - len(self._text[begin:end].lstrip(' ,\n“”"'))
        end = self._title_end(one, known)
        if self._text[begin + blank : end].count(",") > known.count(","):
            return None  # the sentence may go on within what was read as the title
        return Suggestion(start=begin + blank, end=end, text=as_title(known, self._rules))

    def _label(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The type of a document whose own header, or a register, confirms number and symbol."""
        rule = self._rules.types.get(str(finding.details.get("type")))
        known = self._sure(one.target, "label")
        if known is None or rule is None or known.lower() != rule.name.lower() or not one.reference.label:
            return None
        start = one.reference.start
        return Suggestion(start=start, end=start + len(one.reference.label), text=rule.name)

    def _issuer(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        known, stated = self._sure(one.target, "issuer"), one.reference.issuer
        at = self._text.find(stated, one.reference.end, one.reference.facts_end) if stated else -1
        if known is None or stated is None or at < 0 or one.parts["issuer"].state != "differs":
            return None
        return Suggestion(start=at, end=at + len(stated), text=known)

    def _term(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The term in which the year lies, where the date agrees with the year and no other term has it."""
        code, terms = one.reference.code, self._rules.finding_terms.assembly_terms
        fitting = [term for term, (begun, ended) in terms.items() if code and code.year and begun <= code.year <= ended]
        dated = (one.reference.date or "")[:4] == str(code.year if code else "")
        if code is None or len(fitting) != 1 or not dated:
            return None
        start, end = self._code_span(one)
        return Suggestion(start=start, end=end, text=re.sub(r"\d+$", str(fitting[0]), str(code)))

    def _amendment(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """Words to stand behind the citation."""
        amending = self._documents.get(str(finding.details.get("amendment")))
        if amending is None or not amending.code:
            return None
        at = max(one.reference.facts_end, one.reference.end)
        words = f" (được sửa đổi, bổ sung bởi {citation(amending, self._rules, title=False)})"
        return Suggestion(start=at, end=at, text=words)

    def _successor(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The one document that replaced the basis, cited in full."""
        newer = [change.document for change in one.changes if change.type in _ENDS]
        if len(newer) != 1 or not newer[0].code or (newer[0].title or "").isupper():
            return None
        end = self._title_end(one, self._sure(one.target, "title"))
        if one.reference.provision or self._text[end:].lstrip().startswith("("):
            return None  # which provision of the new one is meant, and what stands in brackets, nobody says
        return Suggestion(start=one.reference.start, end=end, text=citation(newer[0], self._rules))

    def _in_full(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The whole citation, where all that it needs is known for certain."""
        target = one.target
        if target is not None and one.reference.kind == "named":
            return self._with_year(one, target)
        day, title = self._sure(target, "date"), self._sure(target, "title")
        if target is None or not target.code or not (day and title and target.issuer) or len(day) != 10:
            return None
        if title.isupper():  # which of its letters are capitals nobody says
            return None
        if any(part.stated and part.state == "differs" for part in one.parts.values()):
            return None  # which of the two is meant nobody says
        if any(part.stated and part.state != "confirmed" for name, part in one.parts.items() if name in _SAID):
            return None
        end = self._title_end(one, title)
        if (
            self._is_dated_elsewhere(one, end)
            or self._is_woven(one)
            or (issuer := _issuer_in_full(one, target)) is None
        ):
            return None
        shown = replace(target, title=title, issued_on=day, issuer=issuer)
        long = is_long(self._text[one.reference.end : one.reference.facts_end])
        return Suggestion(start=one.reference.start, end=end, text=citation(shown, self._rules, long=long))

    def _is_dated_elsewhere(self, one: CheckedReference, end: int) -> bool:
        """True where the sentence gives the citation a date that it was not read with: before it, or in a form that is none."""
        before = _SENTENCE.split(self._text[max(0, one.reference.start - _AROUND) : one.reference.start])[-1]
        behind = _SENTENCE.split(self._text[end : end + _AROUND])[0]
        inside = self._rules.dates.search(self._text[one.reference.end : one.reference.facts_end])
        return inside is None and _DATED.search(f"{before}\0{behind}") is not None

    def _is_woven(self, one: CheckedReference) -> bool:
        """True for a citation that cannot be written anew in one piece: in a list, a table or a link."""
        found = one.reference
        at = self._references.index(one)
        near = [other.reference for other in (*self._references[at - 1 : at], *self._references[at + 1 : at + 2])]
        listed = any(not other.label and abs(other.start - found.end) <= _LIST_GAP for other in near if other.code)
        begins = found.label is None or found.text.lower().startswith(found.label.lower())
        around = self._text[max(0, found.start - 2) : _end(one) + 2]
        return listed or not begins or any(mark in around for mark in _MARKUP)

    def _with_year(self, one: CheckedReference, target: Document) -> Suggestion | None:
        """A law with its year, where no other law of that name can be meant."""
        if not target.issued_on or one.link.score < _CERTAIN:
            return None
        end = one.reference.end
        return Suggestion(start=end, end=end, text=f" năm {target.issued_on[:4]}")

    def _part(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """The symbol or the issuer as a source that has the document gives it; the number must be the same."""
        if finding.details["part"] == "symbol":
            return self._spelling(finding, one) if one.parts["number"].state == "confirmed" else None
        return self._issuer(finding, one) if finding.details["part"] == "issuer" else None

    def _spelling(self, finding: Finding, one: CheckedReference) -> Suggestion | None:
        """As a source that has the document spells it."""
        known = self._sure(one.target, "code")
        start, end = self._code_span(one)
        return Suggestion(start=start, end=end, text=known) if known else None


def _issuer_in_full(one: CheckedReference, target: Document) -> str | None:
    """The issuer as the draft names it, else as known, with its place; None where the place cannot be put in words."""
    found = one.reference
    if found.term and found.code and found.code.family == "national_assembly":
        return None  # whether it is the term of the number is told by itself
    if found.issuer:
        term = (
            f" khóa {found.term}" if found.term and name_key(f"khóa {found.term}") not in name_key(found.issuer) else ""
        )
        return " ".join(found.issuer.split()) + term
    issuer, place = target.issuer or "", target.place if target.level != "central" else None
    if not place or name_key(place) in name_key(issuer):
        return issuer
    return None if "," in place else f"{issuer} {place}"


def _end(one: CheckedReference) -> int:
    """Where a citation ends, its facts and title included."""
    return max(one.reference.end, one.reference.facts_end, one.reference.extent)
