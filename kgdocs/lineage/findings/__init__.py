"""Differences that a person should look at, stated neutrally, with the evidence of both sides (reference §6.5)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter

from kgdocs.grammar import Rules
from kgdocs.lineage.findings import citing, days, drafts, known, links, steps, symbols, texts
from kgdocs.lineage.findings.view import Place, View
from kgdocs.lineage.graph import AnyGraph
from kgdocs.models import ChainStep, Document, EdgeKey, Finding, Link, Linked, Reading

__all__ = [
    "DOCUMENT_CHECKS", "DRAFT_CHECKS", "STEP_CHECKS", "STEP_CODES", "TEXT_CHECKS", "View", "document_findings", "draft_findings",
    "findings", "findings_of_steps", "step_findings", "text_findings",
]  # fmt: skip
Check = Callable[[View], Iterator[Finding]]
TEXT_CHECKS: tuple[Check, ...] = (
    days.future_reference, links.ambiguous_target, links.unresolved, links.title_mismatch, links.missing_amendment,
    symbols.label_symbol, symbols.issuer_symbol, symbols.separator, symbols.code_typo, symbols.alias_inconsistent,
    symbols.year_term, symbols.type_issuer, texts.unnumbered, texts.no_basis, texts.place_conflict, texts.annex_mismatch,
    texts.uncited_directive,
)  # fmt: skip
"""What is looked for in each text."""
DOCUMENT_CHECKS: tuple[Check, ...] = (
    days.date_conflict, days.days_off, days.number_order, links.duplicate_code, links.expired_basis,
    links.backward_relation, symbols.dissolved_issuer,
)  # fmt: skip
"""What is looked for in documents and relations, when all texts were looked at."""
STEP_CHECKS: tuple[Check, ...] = (
    steps.missing_implementation,
    steps.late_implementation,
    steps.chain_broken,
)
"""What is looked for in the steps of one directive."""
DRAFT_CHECKS: tuple[Check, ...] = (
    drafts.cited_date, *(check for check in (*TEXT_CHECKS, *DOCUMENT_CHECKS) if check is not days.date_conflict), drafts.short_before_full,
    drafts.spelling, drafts.first_mention, drafts.date_form, drafts.blank_date, citing.no_day, citing.unreadable_number,
    citing.year_conflict, citing.code_form, known.other_known, symbols.party_term, citing.unread,
    citing.assembly_term,
)  # fmt: skip
"""For one text that is checked: its dates are compared mention by mention, and how it cites is looked at too."""
STEP_CODES = frozenset({"MISSING_IMPLEMENTATION", "LATE_IMPLEMENTATION", "CHAIN_BROKEN"})
"""What follows from chains, and so from the day on which they are judged."""


def text_findings(view: View, reading: Reading, links: Sequence[Link]) -> Iterator[Finding]:
    """Yield what is found in one text; `view` notes what the texts after it need to know."""
    view.look_at(reading, links)
    view.note_cited()
    yield from _placed(TEXT_CHECKS, view)


def document_findings(view: View, graph: AnyGraph) -> Iterator[Finding]:
    """Yield what is found in documents and relations; to be asked for when all texts were looked at."""
    view.graph = graph
    yield from _placed(DOCUMENT_CHECKS, view)


def step_findings(view: View, chain_steps: Iterable[ChainStep]) -> Iterator[Finding]:
    """Yield what is found in steps, which come directive by directive."""
    for _, found in groupby(chain_steps, key=attrgetter("directive_id")):
        view.steps = tuple(found)
        yield from _placed(STEP_CHECKS, view)


def _placed(checks: Iterable[Check], view: View) -> Iterator[Finding]:
    """What is found and has a place in a source."""
    return (one for check in checks for one in check(view) if one.source_id)


def findings(
    linked: Linked, readings: Sequence[Reading], graph: AnyGraph, chain_steps: Sequence[ChainStep], rules: Rules
) -> tuple[Finding, ...]:
    """Return all findings about what was linked, by document, kind and place; none without a place in a source."""
    sources = {reading.source.id: reading.source for reading in readings}
    view = View(linked, _edge_keys(graph), rules, text_of=lambda one: sources[one].text if one in sources else "")
    of_texts = (
        text_findings(view, reading, linked.links[reading.source.id])
        for reading in readings
        if reading.extraction is not None
    )
    found = chain(chain.from_iterable(of_texts), document_findings(view, graph), step_findings(view, chain_steps))
    paths = {one: source.path for one, source in sources.items()}
    return tuple(sorted(found, key=lambda one: (one.document_id, one.code, paths.get(one.source_id, ""), one.start)))


def _edge_keys(graph: AnyGraph) -> list[EdgeKey]:
    """The ends, type and status of all relations of a graph, in order."""
    return sorted((source, target, data["type"], data["status"]) for source, target, data in graph.edges(data=True))


def draft_findings(linked: Linked, reading: Reading, edges: AnyGraph, rules: Rules) -> tuple[Finding, ...]:
    """Return what is found in one text, by place; `linked` may hold documents and `edges` relations from elsewhere."""
    texts_at_hand = {reading.source.id: reading.source.text}
    view = View(linked, _edge_keys(edges), rules, text_of=lambda one: texts_at_hand.get(one, ""))
    view.graph = edges
    view.look_at(reading, linked.links[reading.source.id])
    found = [one for check in DRAFT_CHECKS for one in check(view)]
    found += citing.part_differs(view, found)
    own = [one for one in found if one.source_id == reading.source.id]
    return tuple(sorted(own, key=lambda one: (one.start, one.end, one.code)))


def findings_of_steps(
    graph: AnyGraph, chain_steps: Sequence[ChainStep], places: Mapping[str, tuple[str, int, int, str]], rules: Rules
) -> tuple[Finding, ...]:
    """Return the findings about steps alone, from a graph; `places` tells where each document is first cited."""
    known = tuple(
        Document(id=one, **{name: node[name] for name in ("status", "code", "title", "issued_on")})
        for one, node in graph.nodes(data=True)
    )
    linked = Linked(documents=known, agencies=(), links={}, own={}, relations=())
    view = View(linked, (), rules, {one: Place(*place) for one, place in places.items()})
    return tuple(step_findings(view, chain_steps))
