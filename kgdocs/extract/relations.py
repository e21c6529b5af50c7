"""References and the cue words between them → the relations that a text asserts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgdocs.extract.chunk import Chunk
from kgdocs.extract.matching import TagMatcher
from kgdocs.grammar import Rules
from kgdocs.grammar.schema import RelationRule
from kgdocs.models import Assertion, Layout, Reference

_TAGS = {"draft": "DRAFT_REF", "planned": "PLANNED_REF"}
_ABSENT_RULE = "absent_plan"
_JOINTS = frozenset({"COMMA", "AND", "AMENDED_BY"})
_ITEM_JOINTS = frozenset({*_JOINTS, "STOP", "ITEM", "COLON"})
"""What joins the items of a list: only a document's own acts go on over the end of a sentence."""
MAX_EVIDENCE = 2000
"""Characters of evidence from the cue on; for a member further down a long list it is the member alone."""
_LIST_TAGS = frozenset({*_ITEM_JOINTS, "SO", "QUOTE", "GAP"})
_MENTION_TAGS = frozenset({"REF", "DRAFT_REF"})


@dataclass(frozen=True, slots=True)
class Token:
    """A reference or a word between references; `reference` is its position in the list."""

    start: int
    end: int
    tag: str
    reference: int | None = None


class RelationReader:
    """Finds relations between references; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile the token patterns of relations.yml."""
        self._rules = {rule.id: rule for rule in rules.relations}
        self._matcher = TagMatcher(rules.relations)

    def read(
        self,
        text: str,
        chunks: Sequence[Chunk],
        references: Sequence[Reference],
        layout: Layout | None,
        self_type: str | None,
    ) -> tuple[Assertion, ...]:
        """Return the relations stated among `references` of `text`, then what is merely cited."""
        tokens = list(_tokens(chunks, references))
        stated: dict[tuple[str, int | None, int], Assertion] = {}
        nested = _nested(references)
        matches = [(self._rules[rule_id], first, last) for rule_id, first, last in self._matcher.find(tokens)]
        spoken_for = {(rule.relation, last) for rule, _, last in matches if rule.source == "first"}
        for rule, first, last in matches:
            if not _applies(rule, tokens[last - 1], layout, self_type):
                continue
            if rule.source == "document" and (rule.relation, last) in spoken_for:
                continue  # "chưa ban hành kế hoạch thực hiện X": the document named first is the source
            for assertion in _assertions(text, rule, tokens, first, last, references, nested):
                stated.setdefault((assertion.type, assertion.source, assertion.target), assertion)
        cited = _cited(references, list(stated.values()), layout)
        return (*stated.values(), *cited)


def _tokens(chunks: Sequence[Chunk], references: Sequence[Reference]) -> Iterator[Token]:
    """Chunks with each reference, its provision, date and issuer included, as one token."""
    position = 0
    upcoming = iter(enumerate(references))
    following = next(upcoming, None)
    for chunk in chunks:
        if following and chunk.start >= following[1].start:
            index, reference = following
            yield Token(reference.start, reference.end, _tag(reference), index)
            position = max(reference.facts_end, reference.end)
            following = next(upcoming, None)
        if chunk.start >= position and not (following and _in_provision(chunk, following[1])):
            yield Token(chunk.start, chunk.end, chunk.tag)
    if following:
        yield Token(following[1].start, following[1].end, _tag(following[1]), following[0])


def _in_provision(chunk: Chunk, reference: Reference) -> bool:
    """True for "điều 40, 41 và 83 của" in front of a mention: commas there join no documents."""
    return reference.provision_start is not None and chunk.start >= reference.provision_start


def _tag(reference: Reference) -> str:
    if reference.is_self:
        return "SELF_REF"
    if reference.rule == _ABSENT_RULE:
        return "ABSENT_REF"
    if reference.rule == "blank_number":
        return "REF"
    return _TAGS.get(reference.kind, "REF")


def _applies(rule: RelationRule, target: Token, layout: Layout | None, self_type: str | None) -> bool:
    """True where the rule may speak: in its part of the document, in its type of document."""
    if rule.self_type and self_type not in rule.self_type:
        return False
    return not rule.where or _part(target.start, layout) in rule.where


def _part(position: int, layout: Layout | None) -> str:
    """Kind of the block that holds `position`."""
    blocks = layout.blocks if layout else ()
    return next((block.kind for block in blocks if block.start <= position < block.end), "body")


def _assertions(
    text: str,
    rule: RelationRule,
    tokens: Sequence[Token],
    first: int,
    last: int,
    references: Sequence[Reference],
    nested: frozenset[int],
) -> Iterator[Assertion]:
    """The assertions of one match: one target, or all members of the list that it opens."""
    mentions = [index for index in range(first, last) if tokens[index].reference is not None]
    source: int | None = None
    joints = _ITEM_JOINTS if rule.source == "document" else _JOINTS
    if rule.source != "document":
        source = tokens[mentions[0 if rule.source == "first" else -1]].reference
        mentions = mentions[1:] if rule.source == "first" else mentions[:-1]
    targets = [tokens[mentions[-1]], *(_spread(tokens, mentions[-1], references, joints) if rule.spread else ())]
    start, reach = tokens[first].start, max(token.end for token in tokens[first:last])
    for member in targets:
        if member.reference is None or member.reference == source or (source is None and member.reference in nested):
            continue
        end = max(references[member.reference].facts_end, reach)
        begin = start if end - start <= MAX_EVIDENCE else member.start
        yield Assertion(
            type=rule.relation,
            status=rule.status,
            rule=rule.id,
            source=source,
            target=member.reference,
            start=begin,
            end=end,
            text=text[begin:end],
        )


def _nested(references: Sequence[Reference]) -> frozenset[int]:
    """Mentions that stand in the title of an earlier one, which speaks for itself there."""
    nested, reach = set(), 0
    for index, reference in enumerate(references):
        if reference.start < reach:
            nested.add(index)
        if not reference.is_self:
            reach = max(reach, reference.extent)
    return frozenset(nested)


def _spread(
    tokens: Sequence[Token], index: int, references: Sequence[Reference], joints: frozenset[str]
) -> Iterator[Token]:
    """The further members of a list: the next mention at its level, with only list marks between."""
    while True:
        current = tokens[index].reference
        if current is None:
            return
        extent = references[current].extent
        marks = []
        index += 1
        while index < len(tokens) and (tokens[index].start < extent or tokens[index].tag in _LIST_TAGS):
            if tokens[index].start >= extent:
                marks.append(tokens[index])
            index += 1
        if index >= len(tokens) or tokens[index].tag not in _MENTION_TAGS or not _is_list(marks, joints):
            return
        yield tokens[index]


def _is_list(marks: Sequence[Token], joints: frozenset[str]) -> bool:
    """True when the marks between two members join them, and nothing else stands there."""
    tags = {mark.tag for mark in marks}
    return not joints.isdisjoint(tags) and tags <= joints | {"SO", "QUOTE"}


def _cited(references: Sequence[Reference], stated: Sequence[Assertion], layout: Layout | None) -> Iterator[Assertion]:
    """What the document cites without more; items of an annexed list cite what their titles name."""
    stronger = {assertion.target for assertion in stated if assertion.source is None}
    others = {assertion.target for assertion in stated if assertion.source is not None}
    for index, reference in enumerate(references):
        of_another = reference.kind == "draft" and index in others  # a draft that a cited letter speaks of
        if index not in stronger and not reference.is_self and reference.kind != "planned" and not of_another:
            yield _cites(None, index, reference)
    starts = [reference.start for reference in references]
    related = {(assertion.source, assertion.target) for assertion in stated}
    for item in layout.annex_items if layout else ():
        inside = range(bisect_left(starts, item.start), bisect_left(starts, item.end))
        for index in inside[1:]:
            nested = references[index].start < references[inside[0]].extent
            if nested and (inside[0], index) not in related and references[index].kind != "draft":
                yield _cites(inside[0], index, references[index])


def _cites(source: int | None, target: int, reference: Reference) -> Assertion:
    return Assertion(
        type="cites",
        status="asserted",
        rule="mention",
        source=source,
        target=target,
        start=reference.start,
        end=reference.end,
        text=reference.text,
    )
