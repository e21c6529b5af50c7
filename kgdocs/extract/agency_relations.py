"""What documents do to agencies: plans between several, bodies that are set up, tasks that are given."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from kgdocs.extract.issuers import IssuerReader
from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.schema import AgencyRelationRule
from kgdocs.models import AgencyAssertion, Layout, Reference, Span

_BEFORE = 48
"""Characters before the name of an agency in which its cue is looked for."""
_TITLE, _LIST = 1200, 400
"""Characters of a title, and of a list of agencies, that are read."""
_OWN_PARTS = frozenset({"opening", "body"})
_UNDONE = frozenset({"draft", "planned"})
"""Kinds of references that have done nothing yet."""
_AND = re.compile(r"\s{1,3}và\s{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule with its expressions; `names` is where a name may begin, None: only at a known agency."""

    rule: AgencyRelationRule
    cue: re.Pattern[str] | None
    article: re.Pattern[str] | None
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    names: re.Pattern[str] | None


class AgencyReader:
    """Finds what documents do to agencies; made once from the rules."""

    def __init__(self, rules: Rules, issuers: IssuerReader) -> None:
        """Compile the expressions of agency_relations.yml."""
        self._issuers = issuers
        self._many, self._several = (re.compile(pattern, re.IGNORECASE) for pattern in rules.many_agencies)
        self._rules = [_compiled(rule) for rule in rules.agency_relations]
        self._of_cited: dict[str, list[_Compiled]] = {}
        for one in self._rules:
            for kind in one.rule.cited:
                self._of_cited.setdefault(kind, []).append(one)

    def read(
        self, scan: Scan, references: Sequence[Reference], layout: Layout | None, self_type: str | None
    ) -> tuple[AgencyAssertion, ...]:
        """Return what the document of a text, and those that it cites, do to agencies, in the order of the text."""
        found: dict[tuple[str, int | None, str, int], AgencyAssertion] = {}
        own = [one for one in self._rules if self_type in one.rule.own]
        for assertion in chain(
            self._cited(scan, references),
            self._title(scan, layout, own),
            _outside(references, self._articles(scan, layout, own)),
        ):
            found.setdefault((assertion.type, assertion.source, assertion.agency, assertion.end), assertion)
        return tuple(sorted(found.values(), key=lambda one: (one.end, one.start, one.type)))

    def _cited(self, scan: Scan, references: Sequence[Reference]) -> Iterator[AgencyAssertion]:
        """What the titles of cited documents say of these."""
        starts = [reference.start for reference in references]
        for index, reference in enumerate(references):
            if reference.is_self or reference.kind in _UNDONE:
                continue
            stop = min(max(reference.extent, reference.facts_end), reference.start + _TITLE)
            for one in self._of_cited.get(reference.type or "", ()):
                for assertion in self._after_cues(scan, one, one.cue, reference.start, stop, index):
                    if bisect_right(starts, assertion.start) - 1 == index:  # else another's title inside this one
                        yield assertion

    def _title(self, scan: Scan, layout: Layout | None, own: Sequence[_Compiled]) -> Iterator[AgencyAssertion]:
        """What the document's own title says."""
        spans = layout.header.spans if layout else {}
        title = spans.get("title") or spans.get("label")
        if title is None:
            return
        start = min(title.start, (spans.get("label") or title).start)
        for one in own:
            yield from self._after_cues(scan, one, one.cue, start, min(title.end, start + _TITLE), None)

    def _articles(self, scan: Scan, layout: Layout | None, own: Sequence[_Compiled]) -> Iterator[AgencyAssertion]:
        """What its articles and tasks say."""
        for block in layout.blocks if layout and own else ():
            if block.kind not in _OWN_PARTS:
                continue
            for one in own:
                if one.names and one.article:
                    yield from self._after_cues(scan, one, one.article, block.start, block.end, None)
                elif one.before:
                    yield from self._before_agencies(scan, one, block.start, block.end)

    def _after_cues(
        self, scan: Scan, one: _Compiled, cue: re.Pattern[str] | None, start: int, stop: int, source: int | None
    ) -> Iterator[AgencyAssertion]:
        """The names behind each cue in [start, stop)."""
        for match in cue.finditer(scan.folded, start, stop) if cue else ():
            names = self._names(scan, one, match.end(), stop)
            yield from self._stated(scan, one, match.start(), names, source)

    def _before_agencies(self, scan: Scan, one: _Compiled, start: int, stop: int) -> Iterator[AgencyAssertion]:
        """The known agencies in [start, stop) that a cue stands right in front of, with those that follow in their list."""
        first, last = (bisect_left(scan.agency_starts, place) for place in (start, stop))
        read = start
        for at in scan.agency_starts[first:last]:
            floor = max(0, at - _BEFORE)
            if at >= read and one.before and (cue := one.before.search(scan.folded[floor:at])):
                lead = cue.group()
                begin = floor + cue.start() + len(lead) - len(lead.lstrip(" \n.;:-–+•*"))
                names = self._names(scan, one, at, stop)
                read = names[-1].end if names else at
                yield from self._stated(scan, one, begin, names, None)

    def _names(self, scan: Scan, one: _Compiled, at: int, stop: int) -> list[Span]:
        """The names of the list at `at`."""
        return list(self._issuers.names(scan, at, min(stop, at + _LIST), one.names))

    def _stated(
        self, scan: Scan, one: _Compiled, begin: int, names: Sequence[Span], source: int | None
    ) -> Iterator[AgencyAssertion]:
        """What is stated of each of `names`; of what is no single agency ("UBND các huyện") nothing."""
        act = one.behind.match(scan.folded, names[-1].end) if one.behind and names else None
        if one.behind and act is None:
            return
        for name in chain.from_iterable(_bodies(scan.folded, name, one.names) for name in names):
            if not self._many.match(scan.folded, name.end) and not self._several.match(scan.folded, name.start):
                yield AgencyAssertion(
                    type=one.rule.relation,
                    rule=one.rule.id,
                    source=source,
                    agency=" ".join(scan.text[name.start : name.end].split()),
                    start=begin,
                    end=act.end() if act else name.end,
                    text=scan.text[begin : act.end() if act else name.end],
                )


def _outside(references: Sequence[Reference], stated: Iterator[AgencyAssertion]) -> Iterator[AgencyAssertion]:
    """What does not stand in the title of a document that is cited, which says it of that one."""
    starts = [reference.start for reference in references]
    reach = list(accumulate((reference.extent for reference in references), max))
    for one in stated:
        before = bisect_right(starts, one.start)
        if not before or reach[before - 1] <= one.start:
            yield one


def _bodies(folded: str, name: Span, names: re.Pattern[str] | None) -> Iterator[Span]:
    """A name, or the two that "và" joins where each begins as names do: "Ban Chỉ đạo và Tổ giúp việc Ban Chỉ đạo"."""
    start = name.start
    for joint in _AND.finditer(folded, name.start, name.end) if names else ():
        if names and names.match(folded, joint.end()):
            yield Span(start=start, end=joint.start())
            start = joint.end()
    yield Span(start=start, end=name.end)


def _compiled(rule: AgencyRelationRule) -> _Compiled:
    def expression(pattern: str | None) -> re.Pattern[str] | None:
        return re.compile(pattern, re.IGNORECASE) if pattern else None

    before = rf"(?:{rule.article})\Z" if rule.article and not rule.names else None
    return _Compiled(
        rule=rule,
        cue=expression(rule.cue),
        article=expression(rule.article),
        before=expression(before),
        behind=expression(rule.behind),
        names=expression(rule.names),
    )
