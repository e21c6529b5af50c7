"""Matched token patterns → references with their kind, code, facts, title and provision."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from kgdocs.extract.chunk import Chunk
from kgdocs.extract.fields import FieldReader
from kgdocs.extract.matching import Compile, not_overlapping
from kgdocs.extract.neighbours import complete, inherited_from
from kgdocs.extract.phrases import plain
from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.found import FoundCode
from kgdocs.grammar.laws import LAW_TYPES
from kgdocs.grammar.wording import FalseFriend
from kgdocs.models import Layout, Reference, Span

_LOOK = 48
"""Characters before and after a code that a false friend may look at."""
_LOOK_FOR_BUDGET = 120
"""Characters before the name of a law that may tell that the year behind it is one of spending."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A match that is no reference, with the rule that says so."""

    start: int
    end: int
    text: str
    rule: str


class ReferenceReader:
    """Turns chunks into references; made once from the rules."""

    def __init__(self, rules: Rules, compiled: Compile) -> None:
        """Compile the token patterns of references.yml."""
        self._rules = rules
        self._by_id = {rule.id: rule for rule in rules.references}
        self._matcher = compiled(rules.references)
        self._fields = FieldReader(rules)
        self._friends = [_compiled(friend) for friend in rules.false_friends]

    def read(
        self, scan: Scan, chunks: Sequence[Chunk], layout: Layout | None = None
    ) -> tuple[list[Reference], list[Rejected]]:
        """Return the references among `chunks`, in order, and what was rejected.

        `layout` tells the footnotes that cut sentences, and where the document has its own number.
        """
        text, folded = scan.text, scan.folded
        own = layout.header.spans.get("code") if layout else None
        interruptions = layout.interruptions if layout else ()
        references: list[Reference] = []
        rejected: list[Rejected] = []
        heads: dict[int, Span] = {}
        whole = self._matcher.find(chunks)
        bodies = {self._marked(match, chunks): match for match in sorted(whole, key=lambda match: match[2] - match[1])}
        matches = list(not_overlapping(list(bodies)))
        starts = [chunks[match[1]].start for match in matches]
        for rule, first, last in matches:
            bare = self._bare(scan, rule, chunks[first:last], references)
            is_own = own is not None and own.start <= bare.start < own.end
            if reason := self._refusal(folded, bare, chunks[first:last], is_own=is_own):
                rejected.append(Rejected(bare.start, bare.end, bare.text, reason))
                continue
            if bare.kind == "planned":
                bare = _proposer(text, bare, chunks, bodies[rule, first, last])
            following = bisect_left(starts, self._fields.link_tail(folded, bare.end))
            limit = starts[following] if following < len(starts) else len(text)
            found = self._with_facts(scan, bare, limit, interruptions)
            if chunks[first].tag in ("SO", "CODE") and not found.issuer and (head := _list_head(text, chunks, first)):
                heads[len(references)] = head
            references.append(found)
        kept, dropped = complete(scan, references, heads, self._fields, self._rules)
        rejected.extend(
            Rejected(r.start, r.end, r.text, "short: no document of this type and number here") for r in dropped
        )
        return kept, rejected

    def _marked(self, match: tuple[str, int, int], chunks: Sequence[Chunk]) -> tuple[str, int, int]:
        """Narrow a match to the tokens that its rule marks as the mention."""
        rule, first, last = match
        mark = self._by_id[rule].mark
        if not mark:
            return match
        marked = [i for i in range(first, last) if chunks[i].tag in mark]
        return rule, marked[0], marked[-1] + 1

    def _bare(self, scan: Scan, rule: str, chunks: Sequence[Chunk], before: Sequence[Reference]) -> Reference:
        """The reference without what is stated around it; in a list it has the label of those `before`."""
        text = scan.text
        by_tag = {chunk.tag: chunk for chunk in chunks}
        label = by_tag.get("TYPE") or by_tag.get("SHORT") or by_tag.get("LAW")
        found = by_tag["CODE"].value if "CODE" in by_tag else None
        code = found.code if isinstance(found, FoundCode) else None
        start, end = chunks[0].start, chunks[-1].end
        listed = "LISTED" in by_tag
        head = inherited_from(scan.folded, start, before, listed=listed) if (code or listed) and not label else None
        facts: dict[str, Any] = {
            "type": str(label.value)
            if label
            else head.type
            if head
            else self._type_of(code.type_token if code else None),
            "label": " ".join(text[label.start : label.end].split()) if label else head.label if head else None,
            "repairs": found.repairs if isinstance(found, FoundCode) else (),
        }
        facts.update(self._special(text, start, end, facts, by_tag))
        kind = self._by_id[rule].kind
        return Reference(start=start, end=end, text=text[start:end], kind=kind, rule=rule, code=code, **facts)  # type: ignore[arg-type]

    def _special(
        self, text: str, start: int, end: int, facts: Mapping[str, Any], by_tag: Mapping[str, Chunk]
    ) -> dict[str, Any]:
        """What bare and blank numbers, nicknames, programme titles and names of laws add."""
        if isinstance(number := by_tag["NUMBER"].value if "NUMBER" in by_tag else None, re.Match):
            return {"partial": number["number"], "year": number["year"]}
        if "LISTED" in by_tag:
            return {"partial": text[start:end]}
        if "BLANK" in by_tag:
            blank = str(by_tag["BLANK"].value)
            found = self._rules.codes.parse(f"1{blank}")
            kind = self._type_of(found.code.type_token) if found else None
            repairs = found.repairs if found else ()
            return {"name": blank.lstrip("/- "), "type": facts["type"] or kind, "repairs": repairs}
        if "NICKNAME" in by_tag:
            nickname = self._rules.nicknames[str(by_tag["NICKNAME"].value)]
            digits = re.search(r"[0-9]+[a-dđ]?", text[start:end])
            return {"name": nickname.id, "type": nickname.type, "partial": digits.group() if digits else None}
        if "TITLE" in by_tag:
            programme = self._rules.programmes[str(by_tag["TITLE"].value)]
            return {"name": programme.id, "type": programme.type}
        if "LAW" in by_tag:
            law = by_tag["LAW"]
            return {"name": " ".join(text[law.start : law.end].replace("_", " ").split())}
        return {}

    def _type_of(self, token: str | None) -> str | None:
        """Type id of a type code in a symbol."""
        return self._rules.type_of_token.get(token) if token else None

    def _refusal(self, folded: str, bare: Reference, chunks: Sequence[Chunk], *, is_own: bool) -> str | None:
        """The id of the rule that refuses a match, None where it stands; what a document has as its number needs no label."""
        if bare.rule == "draft" and (bare.label or "")[:1].islower() and self._fields.provision(folded, bare.start):
            return "draft: what its provision says"  # "Điều 5 dự thảo quy định khoảng cách"
        if bare.kind not in ("numbered", "short") or bare.rule == "nickname":
            return None
        number_at = next((chunk.start for chunk in chunks if chunk.tag in ("CODE", "NUMBER", "DAMAGED")), bare.start)
        compact = re.sub(r"\s+", "", folded[number_at : bare.end])
        for friend, before, after, code in self._friends:
            if friend.short_only and bare.kind != "short":
                continue
            if before and bare.label is None and before.search(folded[max(0, number_at - _LOOK) : number_at]):
                return friend.id
            if (code and code.fullmatch(compact)) or (after and after.match(folded[bare.end : bare.end + _LOOK])):
                return friend.id
        found = next((chunk.value for chunk in chunks if isinstance(chunk.value, FoundCode)), None)
        if found and found.needs_label and bare.label is None and not is_own:
            return f"{found.form}: needs a label"
        wordless = chunks[0].tag in ("TYPE", "SHORT") and chunks[1].tag != "SO"
        return f"{found.form}: needs the word số" if found and found.needs_word and wordless else None

    def _with_facts(self, scan: Scan, bare: Reference, limit: int, interruptions: Sequence[Span]) -> Reference:
        """Add what stands around a mention: facts and title behind it, provision before it."""
        text, folded = scan.text, scan.folded
        if bare.kind in ("planned", "attached"):
            return replace(bare, facts_end=bare.end, extent=bare.end)
        joint = bare.code is not None and (bare.code.family == "joint" or self._is_joint(bare.label or ""))
        facts = self._fields.facts(scan, bare.end, limit, joint=joint, start=bare.start)
        if bare.rule == "named" and facts.year and self._is_of_budget(folded, bare.start):
            facts = replace(facts, year=None)
        title = self._fields.titles.title(folded, facts.end, interruptions)
        # the name of a law is its title: what follows it is of others
        is_law = (
            bare.code is None and bare.kind in ("named", "draft") and bare.name is not None and bare.type in LAW_TYPES
        )
        before = self._fields.provision(folded, bare.start)
        provision = before or self._fields.provision_behind(folded, bare.end)
        return replace(
            bare,
            date=facts.date,
            year=bare.year or facts.year,
            term=facts.term,
            issuer=plain(text, (facts.issuer.start, facts.issuer.end)) if facts.issuer else None,
            title=plain(text, title, interruptions) if title and not is_law else None,
            provision=plain(text, (provision.start, provision.end)) if provision else None,
            provision_start=before.start if before else None,
            facts_end=facts.end,
            extent=max(facts.end, title[1] if title else 0),
        )

    def _is_joint(self, label: str) -> bool:
        """True for the label of a text of several bodies: "Thông tư liên bộ"."""
        return label.lower().endswith(self._rules.issuers.joint_heads)

    def _is_of_budget(self, folded: str, start: int) -> bool:
        """True before a law for which money is planned: the year behind its name is that of the money."""
        return self._rules.law_names.budget.search(folded[max(0, start - _LOOK_FOR_BUDGET) : start]) is not None


def _list_head(text: str, chunks: Sequence[Chunk], first: int) -> Span | None:
    """The agency that heads a list: "các Quyết định của Thủ tướng số A", "được UBND tỉnh công bố tại các Quyết định: Số A"."""
    index = first - 1
    colon = index >= 0 and chunks[index].tag == "COLON"
    index -= colon
    if index < 2:
        return None
    chunk = chunks[index]
    if chunk.tag == "AGENCY" and chunks[index - 2].tag == "TYPE" and text[chunks[index - 1].start :].startswith("của"):
        return Span(start=chunk.start, end=chunk.end)
    if not colon or chunk.tag != "TYPE":
        return None
    for back in range(index - 1, max(0, index - 6), -1):
        if chunks[back].tag == "AGENCY" and re.search(r"(?:được|do)\s{1,3}\Z", text[: chunks[back].start][-8:]):
            return Span(start=chunks[back].start, end=chunks[back].end)
        if chunks[back].tag in ("STOP", "ITEM"):
            return None
    return None


def _proposer(text: str, bare: Reference, chunks: Sequence[Chunk], match: tuple[str, int, int]) -> Reference:
    """The agency that is to issue a planned document, where the pattern saw one, with the place named behind it."""
    seen = chunks[match[1] : match[2]]
    at = next((index for index, chunk in enumerate(seen) if chunk.tag == "AGENCY"), None)
    if at is None:
        return bare
    name = plain(text, (seen[at].start, seen[at].end))
    behind = plain(text, (seen[at + 1].start, seen[at + 1].end)).split() if seen[at + 1].tag == "GAP" else []
    return replace(bare, issuer=" ".join([name, *takewhile(str.istitle, behind)]))


def _compiled(
    friend: FalseFriend,
) -> tuple[FalseFriend, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    """A false friend with its three patterns compiled."""
    before = re.compile(rf"(?<!\w)(?:{friend.before})$", re.IGNORECASE) if friend.before else None
    after = re.compile(friend.after, re.IGNORECASE) if friend.after else None
    return friend, before, after, re.compile(friend.code) if friend.code else None
