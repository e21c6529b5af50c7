"""Which references are members of one list, and where the title of each ends.

A list goes on over commas, "và" and semicolons, past the title and the bracket behind each member. What stands inside the
title of a member is none of the list, unless it only looks as if it were inside: "Nghị định A về thuế và Nghị định B".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgdocs.extract.phrases import closed_before, plain
from kgdocs.extract.tokens import ITEM_TAGS, Token
from kgdocs.models import Reference, Span

_JOINTS = frozenset({"COMMA", "AND"})
_ITEM_JOINTS = frozenset({*_JOINTS, "SEMICOLON", "STOP", "ITEM", "COLON"})
"""What joins the items of a list: only a document's own acts go on over a semicolon."""
_CARRIED = frozenset({"based_on", "implements"})
"""Relations that also hold for what amended the target: "Căn cứ A được sửa đổi bởi B"."""
_SILENT = frozenset({"SO", "QUOTE", "PLURAL", "POINTING"})
_BETWEEN = frozenset({*_ITEM_JOINTS, *_SILENT, "AMENDED_BY", "TYPE", "GAP", "ATTACHED"})
_MENTIONS = frozenset({"REF", "DRAFT_REF"})
_ANY_MENTION = frozenset({*_MENTIONS, "SELF_REF", "PLANNED_REF", "ATTACHED_REF", "ABSENT_REF"})
_NEW_SUBJECT = frozenset({*_ANY_MENTION, "BASIS", "REQUEST", "IMPLEMENT", *ITEM_TAGS.values()})
"""What a căn cứ does not reach over."""
_ACTS = frozenset({"AMEND", "DETAIL", "GUIDE", "IMPLEMENT", "REPLACE", "REPEAL", "REPEAL_PART", "ATTACHED", "COMMENT"})
_AMENDED = frozenset({"AMENDED_BY", "REF", "GAP", "TYPE", "ABOUT", "ISSUE", "AMEND", "POLICY", *_JOINTS, *_SILENT})
"""What may stand between a document that was amended and what is said of it."""
_IN_FORCE = frozenset({"GAP", "FROM_DAY", "ENFORCE", *_JOINTS})
"""What follows "Quyết định này" where it says from when it is in force."""
_CLAUSE_STARTS = frozenset({"STOP", "SEMICOLON", "ITEM", *ITEM_TAGS.values()})
_MAX_BRACKET = 24
"""Tokens of a bracket that a list may pass over."""


def is_later(one: Reference, other: Reference) -> bool:
    """True for a reference to what was issued after another, as far as days, or the years in codes, are stated."""
    day, known = _day(one), _day(other)
    shared = min(len(day), len(known))
    return day[:shared] > known[:shared]


def _day(reference: Reference) -> str:
    """The day, month or year that is stated, else the year in the code; "" where there is none."""
    return reference.date or (str(reference.code.year) if reference.code and reference.code.year else "")


class Members:
    """The lists of one text: where the title of each reference ends, and what follows it in its list."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        references: Sequence[Reference],
        units: re.Pattern[str],
        interruptions: Sequence[Span] = (),
    ) -> None:
        """Find the end of each title; `units` is what a provision begins with ("Điều 38")."""
        self.text = text
        self.tokens = tokens
        self._units = units
        self._stated = references
        self._extents = [reference.extent for reference in references]
        for index, token in enumerate(tokens):
            if token.reference is not None:
                self._extents[token.reference] = self._extent(index, references[token.reference])
        self.references = [
            self._bounded(one, extent, interruptions) for one, extent in zip(references, self._extents, strict=True)
        ]
        """All references, the title of each up to where the next member of its list begins."""
        self.nested = self._nested(references)
        """Mentions that stand in the title of an earlier one, which speaks for itself there."""

    def _bounded(self, reference: Reference, extent: int, interruptions: Sequence[Span]) -> Reference:
        """The reference with its title cut at `extent`."""
        if extent >= reference.extent:
            return reference
        end = reference.facts_end + len(self.text[reference.facts_end : extent].rstrip())
        title = plain(self.text, (reference.facts_end, end), interruptions) if reference.title else None
        return replace(reference, title=title or None, extent=end)

    def _extent(self, index: int, reference: Reference) -> int:
        """Where the title of a reference ends: before ", B" or "và B" where nothing in the title governs B.

        Further on it ends before what is later than the document itself: no title names what is not there yet.
        """
        acts = governed = second = False
        for position in range(index + 1, len(self.tokens)):
            token = self.tokens[position]
            if token.start >= reference.extent or self._is(token, '“"«'):
                break
            if token.tag in _ANY_MENTION:
                joint = position - 1 - (self.tokens[position - 1].tag == "PLURAL")
                joined = joint > index and self.tokens[joint].tag in _JOINTS and token.tag in _MENTIONS
                other = self._stated[token.reference] if token.reference is not None else reference
                if joined and (not (governed or second) or is_later(other, reference)):
                    return self.tokens[joint].start
                second = True
                continue
            governed = governed or (acts and token.tag == "TYPE")
            acts = acts or token.tag in _ACTS
        return reference.extent

    def _is(self, token: Token, marks: str) -> bool:
        """True for a quotation mark or bracket that is one of `marks`."""
        return token.tag == "QUOTE" and self.text[token.start] in marks

    def _nested(self, references: Sequence[Reference]) -> frozenset[int]:
        """What stands in the title of another document; the own number in the own title opens none."""
        own = {str(reference.code) for reference in references if reference.is_self and reference.code}
        nested, reach = set(), 0
        for index, reference in enumerate(references):
            if reference.start < reach:
                nested.add(index)
            if not reference.is_self and str(reference.code) not in own:
                reach = max(reach, self._extents[index])
        return frozenset(nested)

    def spread(self, index: int, relation: str, *, own: bool) -> Iterator[Token]:
        """The further members of the list that the mention at `index` opens; `own`: of the text's own document."""
        joints = (_ITEM_JOINTS if own else _JOINTS) | ({"AMENDED_BY"} if relation in _CARRIED else frozenset())
        form, begin = self._item_form(index), self.tokens[index].start
        while (current := self.tokens[index].reference) is not None:
            marks, index = self._marks(index + 1, self._extents[current], relation)
            if index >= len(self.tokens) or self.tokens[index].tag not in _MENTIONS:
                return
            if not _is_list(marks, joints):
                return
            if not own and closed_before(self.text, begin, self.tokens[index].start) is not None:
                return  # "Kế hoạch A (thực hiện B), C"
            if "STOP" in marks and "SEMICOLON" not in marks and (form is None or self._item_form(index) != form):
                return  # "1. Bãi bỏ A.", and then "2. B còn hiệu lực"
            yield self.tokens[index]

    def _item_form(self, index: int) -> str | None:
        """How the mark is written of the item that the mention at `index` opens: "1", "a" or the dash itself; None for others."""
        mark = self.tokens[index - 1 - (self.tokens[index - 1].tag == "PLURAL")]
        if mark.tag != "ITEM":
            return None
        sign = self.text[mark.start : mark.end].strip()[0]
        return "1" if sign.isdigit() else "a" if sign.isalpha() else sign

    def subjects(self, predicate: int, relation: str) -> list[Token]:
        """The list that is the subject of the predicate at `predicate`, empty where more than a list stands before it.

        "X đã được sửa đổi theo A, B hết hiệu lực" says it of X alone.
        """
        first = self._subject_start(predicate)
        if self.tokens[first].tag != "REF":
            return []
        found = [first]
        for member in self.spread(first, relation, own=False):
            found.append(self.tokens.index(member, found[-1] + 1))
        found = [index for index in found if index < predicate]
        return [self.tokens[index] for index in found] if self._reaches(found[-1], predicate) else []

    def _subject_start(self, predicate: int) -> int:
        """Where the subject of a predicate begins: behind "Kể từ ngày Quyết định này có hiệu lực," and "các"."""
        index = predicate
        while index > 0 and self.tokens[index - 1].tag not in _CLAUSE_STARTS:
            index -= 1
        start = index + (self.tokens[index].tag == "FROM_DAY")
        if self.tokens[start].tag == "THIS":
            index = start + 1
            while index < predicate and self.tokens[index].tag in _IN_FORCE:
                index += 1
        return index + (self.tokens[index].tag == "PLURAL")

    def _reaches(self, index: int, predicate: int) -> bool:
        """True where behind the member at `index` only its title, a bracket and what amended it stand before `predicate`."""
        reference = self.tokens[index].reference
        extent = self._extents[reference] if reference is not None else 0
        index += 1
        while index < predicate and self.tokens[index].start < extent:
            index += 1
        if index < predicate and self._is(self.tokens[index], "("):
            index = self._bracket_end(index)
        between = [token.tag for token in self.tokens[index:predicate] if token.start >= extent]
        if "AMENDED_BY" in between[:2]:
            return set(between) <= _AMENDED
        return set(between) <= {"COMMA", "QUOTE"}

    def _marks(self, index: int, extent: int, relation: str) -> tuple[list[str], int]:
        """The tags of what stands behind `extent` up to the next mention, brackets apart, and where that mention is.

        In a căn cứ, all words up to a semicolon are still the title.
        """
        marks: list[str] = []
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.start >= extent and self._is(token, "("):
                index = self._behind_bracket(index, marks, relation)
                continue
            ends = token.tag in _NEW_SUBJECT if relation == "based_on" else token.tag not in _BETWEEN
            if token.start >= extent and ends:
                break
            if token.start >= extent:
                if token.tag == "SEMICOLON" and relation == "based_on" and not {"SEMICOLON", "STOP"} & set(marks):
                    marks = []
                if token.tag != "GAP" or self.text[token.start : token.end].strip(" -–"):
                    is_unit = token.tag == "GAP" and self._units.match(self.text, token.start)
                    marks.append("PROVISION" if is_unit else token.tag)
            index += 1
        return marks, index

    def _behind_bracket(self, index: int, marks: list[str], relation: str) -> int:
        """The token behind a bracket that says more of a member; what amended a căn cứ in it is read on."""
        carried = relation in _CARRIED and index + 1 < len(self.tokens)
        if carried and self.tokens[index + 1].tag == "AMENDED_BY":
            marks.append("QUOTE")
            return index + 1
        return self._bracket_end(index)

    def _bracket_end(self, index: int) -> int:
        """The token behind the bracket that opens at `index`; the next one where it does not close."""
        inside = range(index + 1, min(len(self.tokens), index + _MAX_BRACKET))
        depth = 1
        for position in inside:
            depth += self._is(self.tokens[position], "(") - self._is(self.tokens[position], ")")
            if not depth:
                return position + 1
        return index + 1


def _is_list(tags: list[str], joints: frozenset[str]) -> bool:
    """True when what stands between two members joins them, and nothing else stands there.

    A sentence that has ended goes on only with the next item of a list.
    """
    if tags and tags[-1] == "ATTACHED":  # "A và Quy định … ban hành kèm theo B"
        while tags and tags[-1] in ("ATTACHED", "GAP", "PLURAL"):
            tags.pop()
        if not tags or tags.pop() != "TYPE":
            return False
        if tags and tags[-1] == "PROVISION":  # "…, Điều 38 Quy chế ban hành kèm theo B"
            tags.pop()
    if tags[-2:] == ["TYPE", "COLON"]:  # "A và các Nghị định: số B, số C"
        del tags[-2:]
    if "STOP" in tags and "ITEM" not in tags and "SEMICOLON" not in tags:
        return False
    return not joints.isdisjoint(tags) and set(tags) <= joints | _SILENT
