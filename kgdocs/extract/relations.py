"""References and the cue words between them → the relations that a text asserts."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kgdocs.extract.chunk import Chunk
from kgdocs.extract.matching import Compile, tags_of
from kgdocs.extract.members import Members, is_later
from kgdocs.extract.quotations import quotations
from kgdocs.extract.tokens import Token, tokens_of
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.named import UNTYPED
from kgdocs.grammar.schema import RelationRule
from kgdocs.models import Assertion, Block, Layout, Reference

MAX_EVIDENCE = 2000
"""Characters of evidence from the cue on; for a member further down a long list it is the member alone."""
_LEADS = frozenset(
    {
        "STOP",
        "SEMICOLON",
        "ITEM",
        "COMMA",
        "COLON",
        "QUOTE",
        "AND",
        "BASIS_ITEM",
        "PART_REPEAL_ITEM",
        "REPEAL_ITEM",
        "REPLACE_ITEM",
    }
) | {"TYPE", "ABOUT", "ISSUE", "AGENCY"}
"""What a pattern may demand in front of its cue; evidence begins behind it."""
_CHANGES = frozenset({"amends", "replaces", "repeals", "suspends", "corrects"})
"""What only a document of the same or a higher rank can do; else it is a task, not an act."""
_PARTS = frozenset({"preface", "basis", "opening"})
"""Parts of a document that begin with a sentence of their own, whether or not a blank line stands before them."""
_TASKS = "task_list"
"""Kind of a list of the layout: what others are to do."""
_OPENING_QUOTES = ("“", '"', "«")
_UNCITED = frozenset({"planned", "attached"})
"""Kinds of references that are no mention of another document."""


class RelationReader:
    """Finds relations between references; made once from the rules."""

    def __init__(self, rules: Rules, compiled: Compile) -> None:
        """Compile the token patterns of relations.yml."""
        self._rules = {rule.id: rule for rule in rules.relations}
        self._matcher = compiled([_widened(rule, rules.plain_tags) for rule in rules.relations])
        self._units = re.compile(
            rf"{any_of(rules.provisions.units)}\s{{1,3}}(?:{rules.provisions.item})(?!\w)", re.IGNORECASE
        )
        self._not_followed = {
            rule.id: re.compile(rule.not_followed) for rule in rules.relations if rule.not_followed is not None
        }
        self._ranks = rules.relation_ranks
        self._beside_cites = rules.relations_beside_cites

    def members(
        self, text: str, chunks: Sequence[Chunk], references: Sequence[Reference], layout: Layout | None
    ) -> Members:
        """Return the lists of a text, with its references, the title of each cut where the next member of its list begins."""
        begins = [block.start for block in layout.blocks if block.kind in _PARTS] if layout else []
        tokens = list(tokens_of(text, chunks, references, layout.lists if layout else (), begins))
        return Members(text, tokens, references, self._units, layout.interruptions if layout else ())

    def read(self, members: Members, layout: Layout | None, self_type: str | None) -> tuple[Assertion, ...]:
        """Return the relations stated among the references of a text, then what is merely cited."""
        text, tokens, references = members.text, members.tokens, members.references
        stated: dict[tuple[str, int | None, int], Assertion] = {}
        found = [(self._rules[rule_id], first, last) for rule_id, first, last in self._matcher.find(tokens)]
        tasks = [block for block in layout.lists if block.kind == _TASKS] if layout else []
        matches = list(_in_own_words(text, tokens, found, tasks))
        spoken_for = {(rule.relation, last) for rule, _, last in matches if rule.source == "first"}
        for rule, first, last in matches:
            if not _applies(rule, tokens[last - 1], layout, self_type) or self._denied(rule, tokens[last - 1], text):
                continue
            if rule.source == "document" and (rule.relation, last) in spoken_for:
                continue  # "chưa ban hành kế hoạch thực hiện X": the document named first is the source
            if rule.outer and tokens[first].reference in members.nested:
                continue  # "A hướng dẫn B, B được thay thế bởi C": of which of the two?
            for assertion in _assertions(text, rule, tokens, first, last, references, members):
                if self._acts(rule, assertion, references, self_type):
                    stated.setdefault((assertion.type, assertion.source, assertion.target), assertion)
        strong = [one for one in stated.values() if one.type not in self._beside_cites]
        return (*stated.values(), *_cited(references, strong, layout))

    def _denied(self, rule: RelationRule, target: Token, text: str) -> bool:
        """True where what stands behind the target says that the rule does not hold."""
        form = self._not_followed.get(rule.id)
        return form is not None and form.match(text, target.end) is not None

    def _acts(
        self, rule: RelationRule, assertion: Assertion, references: Sequence[Reference], self_type: str | None
    ) -> bool:
        """True where a document of the source's type can do this to one of the target's type."""
        source_type = self_type if assertion.source is None else references[assertion.source].type
        if rule.source_types and source_type not in rule.source_types:
            return False
        if rule.provision is not None and bool(references[assertion.target].provision) != rule.provision:
            return False
        if rule.same_type and source_type != references[assertion.target].type:
            return False
        own, other = self._ranks.get(source_type or ""), self._ranks.get(references[assertion.target].type or "")
        return not (rule.relation in _CHANGES and own is not None and other is not None and own > other)


def _in_own_words(
    text: str, tokens: Sequence[Token], matches: Sequence[tuple[RelationRule, int, int]], tasks: Sequence[Block]
) -> Iterator[tuple[RelationRule, int, int]]:
    """The matches without changes by the document itself that stand in a passage that it quotes, or among `tasks` of others."""
    changes = any(rule.source == "document" and rule.relation in _CHANGES for rule, _, _ in matches)
    others = [(one.start, one.end) for one in tasks]
    others += [(one.start, one.end) for one in quotations(text)] if changes else []
    for rule, first, last in matches:
        place = tokens[last - 1].start
        own = rule.source == "document" and rule.relation in _CHANGES
        if own and (any(start <= place < end for start, end in others) or _quotes_this(text, tokens[first:last])):
            continue
        yield rule, first, last


def _quotes_this(text: str, tokens: Sequence[Token]) -> bool:
    """True where "Quyết định này" opens a quotation: it says what another text should say."""
    return any(token.tag == "THIS" and text[: token.start][-1:] in _OPENING_QUOTES for token in tokens)


def _widened(rule: RelationRule, plain: Sequence[str]) -> RelationRule:
    """The rule with `plain`, less what is not plain for it, wherever its pattern accepts other words."""
    plain = [tag for tag in plain if tag not in rule.not_plain]
    pattern = tuple(
        {**token, "TAG": {"IN": [*tags, *plain]}} if "GAP" in (tags := tags_of(token)) else token
        for token in rule.pattern
    )
    return rule.model_copy(update={"pattern": pattern})


def _applies(rule: RelationRule, target: Token, layout: Layout | None, self_type: str | None) -> bool:
    """True where the rule may speak: in its part of the document, in its type of document."""
    own = self_type or UNTYPED
    if (rule.self_type and own not in rule.self_type) or own in rule.not_self_type:
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
    members: Members,
) -> Iterator[Assertion]:
    """The assertions of one match: each target in it, and all members of the list that the last one opens."""
    source, targets = _ends(rule, tokens, first, last, references, members)
    lead = next(index for index in range(first, last) if tokens[index].tag not in _LEADS)
    start, reach = tokens[lead].start, max(token.end for token in tokens[first:last])
    ends = [(source, member) for member in targets]
    ends += _further_sources(rule, tokens, first, last, members)
    for source, member in ends:
        index = member.reference
        if index is None or index == source or (source is None and index in members.nested):
            continue
        if references[index].type in rule.not_types:
            continue
        if rule.sources and source is not None and is_later(references[index], references[source]):
            continue  # nothing is issued to carry out what is not there yet
        end = max(
            references[index].facts_end,
            reach,
            references[source].facts_end if rule.sources and source is not None else 0,
        )
        begin = min(start, member.start)
        begin = begin if end - begin <= MAX_EVIDENCE else member.start
        yield Assertion(
            type=rule.relation,
            status=rule.status,
            rule=rule.id,
            source=source,
            target=index,
            start=begin,
            end=end,
            text=text[begin:end],
        )


def _ends(
    rule: RelationRule,
    tokens: Sequence[Token],
    first: int,
    last: int,
    references: Sequence[Reference],
    members: Members,
) -> tuple[int | None, list[Token]]:
    """The source of one match (None: the text's own document) and its targets."""
    if rule.subject_of:
        predicate = next(index for index in range(first, last) if tokens[index].tag in rule.subject_of)
        return None, members.subjects(predicate, rule.relation)
    mentions = [index for index in range(first, last) if tokens[index].reference is not None]
    source: int | None = None
    if rule.source != "document":
        source = tokens[mentions[0 if rule.source == "first" else -1]].reference
        mentions = mentions[1:] if rule.source == "first" else mentions[:-1]
    targets = [tokens[index] for index in (mentions[-1:] if rule.last_only else mentions)]
    inner = tokens[mentions[-1]].reference if source is None else None
    if rule.spread and inner not in members.nested:  # a title that is cited: its list is not the document's own
        more = members.spread(mentions[-1], rule.relation, own=source is None and rule.spread is True)
        targets += (
            one for one in more
            if source is None or one.reference is None or not is_later(references[one.reference], references[source])
        )  # fmt: skip
    return source, targets


def _further_sources(
    rule: RelationRule, tokens: Sequence[Token], first: int, last: int, members: Members
) -> Iterator[tuple[int | None, Token]]:
    """Source and target for each further member of the list that the last mention opens, where its members are sources."""
    if rule.sources is None:
        return
    *targets, source = (index for index in range(first, last) if tokens[index].reference is not None)
    for member in members.spread(source, rule.relation, own=rule.sources == "listed"):
        yield from ((member.reference, tokens[index]) for index in targets)


def _cited(references: Sequence[Reference], stated: Sequence[Assertion], layout: Layout | None) -> Iterator[Assertion]:
    """What the document cites without more; items of an annexed list cite what their titles name."""
    stronger = {assertion.target for assertion in stated if assertion.source is None}
    others = {assertion.target for assertion in stated if assertion.source is not None}
    for index, reference in enumerate(references):
        of_another = reference.kind == "draft" and index in others  # a draft that a cited letter speaks of
        if index not in stronger and not reference.is_self and reference.kind not in _UNCITED and not of_another:
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
