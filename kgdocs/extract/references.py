"""Matched token patterns → references with their kind, code, facts, title and provision."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgdocs.extract.chunks import Chunk
from kgdocs.extract.fields import FieldReader
from kgdocs.extract.scan import Scan
from kgdocs.extract.matching import TagMatcher, not_overlapping
from kgdocs.grammar import Rules
from kgdocs.grammar.codes import FoundCode
from kgdocs.grammar.schema import FalseFriend
from kgdocs.models import Reference, Span

_SENTENCE_END = re.compile(r"[;]|[.](?=\s|$)|\n\s*\n")
_MAX_PLANNED_TITLE = 300
_LOOK = 48
"""Characters before and after a code that a false friend may look at."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A match that is no reference, with the rule that says so."""

    start: int
    end: int
    text: str
    rule: str


class ReferenceReader:
    """Turns chunks into references; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile the token patterns of references.yml."""
        self._rules = rules
        self._by_id = {rule.id: rule for rule in rules.references}
        self._matcher = TagMatcher(rules.references)
        self._fields = FieldReader(rules)
        self._friends = [_compiled(friend) for friend in rules.false_friends]

    def read(
        self, scan: Scan, chunks: Sequence[Chunk], interruptions: Sequence[Span] = ()
    ) -> tuple[list[Reference], list[Rejected]]:
        """Return the references among `chunks`, in order, and what was rejected.

        `interruptions` are footnotes that cut sentences.
        """
        text, folded = scan.text, scan.folded
        references: list[Reference] = []
        rejected: list[Rejected] = []
        whole = self._matcher.find(chunks)
        bodies = {self._marked(match, chunks): match for match in whole}
        matches = list(not_overlapping(list(bodies)))
        for index, (rule, first, last) in enumerate(matches):
            limit = chunks[matches[index + 1][1]].start if index + 1 < len(matches) else len(text)
            bare = self._bare(text, rule, chunks[first:last])
            bare = self._inherit(folded, bare, references)
            if reason := self._refusal(folded, bare, chunks[first:last]):
                rejected.append(Rejected(bare.start, bare.end, bare.text, reason))
                continue
            if bare.kind == "planned":
                bare = _proposer(text, bare, chunks, bodies[rule, first, last])
            references.append(self._with_facts(scan, bare, limit, interruptions))
        references = [_planned_title(text, references, i) for i in range(len(references))]
        return _introduced(references, self._rules), rejected

    def _marked(self, match: tuple[str, int, int], chunks: Sequence[Chunk]) -> tuple[str, int, int]:
        """Narrow a match to the tokens that its rule marks as the mention."""
        rule, first, last = match
        mark = self._by_id[rule].mark
        if not mark:
            return match
        marked = [i for i in range(first, last) if chunks[i].tag in mark]
        return rule, marked[0], marked[-1] + 1

    def _bare(self, text: str, rule: str, chunks: Sequence[Chunk]) -> Reference:
        """The reference without what is stated around it."""
        by_tag = {chunk.tag: chunk for chunk in chunks}
        label = by_tag.get("TYPE") or by_tag.get("SHORT") or by_tag.get("LAW")
        found = by_tag["CODE"].value if "CODE" in by_tag else None
        code = found.code if isinstance(found, FoundCode) else None
        number = by_tag["NUMBER"].value if "NUMBER" in by_tag else None
        start, end = chunks[0].start, chunks[-1].end
        bare = Reference(
            start=start,
            end=end,
            text=text[start:end],
            kind=self._by_id[rule].kind,  # type: ignore[arg-type]
            rule=rule,
            type=str(label.value) if label else self._type_of(code.type_token if code else None),
            label=" ".join(text[label.start : label.end].split()) if label else None,
            code=code,
            repairs=found.repairs if isinstance(found, FoundCode) else (),
        )
        if isinstance(number, re.Match):
            bare = replace(bare, partial=number.group("number"), year=number.group("year"))
        return self._special(bare, by_tag)

    def _special(self, bare: Reference, by_tag: dict[str, Chunk]) -> Reference:
        """What blank numbers, nicknames, programme titles and names of laws add."""
        if "BLANK" in by_tag:
            symbol = str(by_tag["BLANK"].value).lstrip("/- ")
            token = re.split(r"[/-]", symbol)[0]
            return replace(bare, name=symbol, type=bare.type or self._type_of(self._rules.codes.types.repaired(token)))
        if "NICKNAME" in by_tag:
            nickname = self._rules.nicknames[str(by_tag["NICKNAME"].value)]
            digits = re.search(r"[0-9]+[a-dđ]?", bare.text)
            return replace(bare, name=nickname.id, type=nickname.type, partial=digits.group() if digits else None)
        if "TITLE" in by_tag:
            programme = self._rules.programmes[str(by_tag["TITLE"].value)]
            return replace(bare, name=programme.id, type=programme.type)
        if "LAW" in by_tag:
            law = by_tag["LAW"]
            return replace(bare, name=" ".join(bare.text[: law.end - law.start].replace("_", " ").split()))
        return bare

    def _type_of(self, token: str | None) -> str | None:
        """Type id of a type code in a symbol."""
        return self._rules.type_of_token.get(token) if token else None

    def _inherit(self, folded: str, bare: Reference, before: Sequence[Reference]) -> Reference:
        """In a list ("các Nghị định số A, B và C") the later members have the first one's label."""
        if bare.label or bare.code is None or not before or before[-1].kind != "numbered":
            return bare
        between = folded[before[-1].facts_end : bare.start].strip().lower()
        if between in (",", ";", "và", ", và", "hoặc", "/"):
            return replace(bare, type=before[-1].type, label=before[-1].label)
        return bare

    def _refusal(self, folded: str, bare: Reference, chunks: Sequence[Chunk]) -> str | None:
        """The id of the rule that refuses a match, None where it stands."""
        if bare.kind not in ("numbered", "short") or bare.rule == "nickname":
            return None
        number_at = next((chunk.start for chunk in chunks if chunk.tag in ("CODE", "NUMBER")), bare.start)
        compact = re.sub(r"\s+", "", folded[number_at : bare.end])
        for friend, before, after, code in self._friends:
            if friend.short_only and bare.kind != "short":
                continue
            if before and before.search(folded[max(0, number_at - _LOOK) : number_at]):
                return friend.id
            if (code and code.fullmatch(compact)) or (after and after.match(folded[bare.end : bare.end + _LOOK])):
                return friend.id
        found = next((chunk.value for chunk in chunks if isinstance(chunk.value, FoundCode)), None)
        return f"{found.form}: needs a label" if found and found.needs_label and bare.label is None else None

    def _with_facts(self, scan: Scan, bare: Reference, limit: int, interruptions: Sequence[Span]) -> Reference:
        """Add what stands around a mention: facts and title behind it, provision before it."""
        text, folded = scan.text, scan.folded
        if bare.kind == "planned":
            return replace(bare, facts_end=bare.end, extent=bare.end)
        joint = bare.code is not None and bare.code.family == "joint"
        facts = self._fields.facts(scan, bare.end, limit, joint=joint)
        title = self._fields.title(folded, facts.end, len(folded), interruptions)
        provision = self._fields.provision(folded, bare.start)
        return replace(
            bare,
            date=facts.date,
            year=bare.year or facts.year,
            issuer=_plain(text, (facts.issuer.start, facts.issuer.end)) if facts.issuer else None,
            title=_plain(text, title, interruptions) if title else None,
            provision=_plain(text, (provision.start, provision.end)) if provision else None,
            provision_start=provision.start if provision else None,
            facts_end=facts.end,
            extent=max(facts.end, title[1] if title else 0),
        )


def _proposer(text: str, bare: Reference, chunks: Sequence[Chunk], match: tuple[str, int, int]) -> Reference:
    """The agency that is to issue a planned document, where the pattern saw one."""
    agency = next((chunk for chunk in chunks[match[1] : match[2]] if chunk.tag == "AGENCY"), None)
    return replace(bare, issuer=_plain(text, (agency.start, agency.end))) if agency else bare


def _planned_title(text: str, references: Sequence[Reference], index: int) -> Reference:
    """A planned document is named by its words up to the document that it will carry out."""
    reference = references[index]
    if reference.kind != "planned":
        return reference
    stop = _SENTENCE_END.search(text, reference.start, reference.start + _MAX_PLANNED_TITLE)
    end = stop.start() if stop else min(len(text), reference.start + _MAX_PLANNED_TITLE)
    if index + 1 < len(references) and references[index + 1].start < end:
        end = references[index + 1].end
    return replace(reference, title=_plain(text, (reference.start, end)))


def _plain(text: str, span: tuple[int, int], interruptions: Sequence[Span] = ()) -> str:
    """The words of a span on one line, footnotes and Markdown left out."""
    pieces, position = [], span[0]
    for cut in interruptions:
        if span[0] <= cut.start < span[1]:
            pieces.append(text[position : cut.start])
            position = cut.end
    pieces.append(text[position : span[1]])
    return " ".join(re.sub(r"[*_]", " ", " ".join(pieces)).split()).strip(' ,;”“"')


def _compiled(
    friend: FalseFriend,
) -> tuple[FalseFriend, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    """A false friend with its three patterns compiled."""
    before = re.compile(rf"(?<!\w)(?:{friend.before})$", re.IGNORECASE) if friend.before else None
    after = re.compile(friend.after, re.IGNORECASE) if friend.after else None
    return friend, before, after, re.compile(friend.code) if friend.code else None


def _introduced(references: Sequence[Reference], rules: Rules) -> list[Reference]:
    """Give short references the code that the text introduced; drop those that nothing supports."""
    known: dict[tuple[str | None, str], Reference] = {}
    for reference in references:
        if reference.code:
            known.setdefault((reference.type, reference.code.number.lstrip("0")), reference)
    return list(_supported(references, known, rules))


def _supported(
    references: Sequence[Reference], known: dict[tuple[str | None, str], Reference], rules: Rules
) -> Iterator[Reference]:
    for reference in references:
        if reference.kind != "short" or reference.rule == "nickname":
            yield reference
            continue
        full = known.get((reference.type, (reference.partial or "").lstrip("0")))
        fits = full is not None and full.code is not None and (reference.year in (None, str(full.code.year or "")))
        if full and fits:
            yield replace(reference, code=full.code)
        elif reference.year or _stands_alone(reference, rules):
            yield reference


def _stands_alone(reference: Reference, rules: Rules) -> bool:
    """True for a full label with a capital letter before a number ("Nghị định 56"), of a type so cited."""
    label = reference.label or ""
    return bool(reference.type and rules.types[reference.type].bare and len(label) > 4 and label[0].isupper())
