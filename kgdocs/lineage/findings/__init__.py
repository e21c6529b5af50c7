"""Differences that a person should look at, stated neutrally, with the evidence of both sides (reference §6.5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kgdocs.grammar import Rules
from kgdocs.lineage.edge_list import EdgeList
from kgdocs.lineage.findings import citing, days, drafts, known, links, steps, symbols, texts
from kgdocs.lineage.findings.view import Place, View
from kgdocs.lineage.graph import Graph
from kgdocs.models import ChainStep, Document, Finding, Linked, Reading

TEXT_CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (
    days.date_conflict, days.days_off, days.future_reference, days.number_order,
    links.ambiguous_target, links.unresolved, links.title_mismatch, links.duplicate_code, links.expired_basis,
    links.missing_amendment, links.backward_relation, symbols.label_symbol, symbols.issuer_symbol, symbols.separator, symbols.code_typo,
    symbols.alias_inconsistent, symbols.year_term, symbols.type_issuer, symbols.dissolved_issuer, texts.unnumbered,
    texts.no_basis, texts.place_conflict, texts.annex_mismatch, texts.uncited_directive,
)  # fmt: skip
STEP_CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (
    steps.missing_implementation,
    steps.late_implementation,
    steps.chain_broken,
)
DRAFT_CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (
    drafts.cited_date, *(check for check in TEXT_CHECKS if check is not days.date_conflict), drafts.short_before_full,
    drafts.spelling, drafts.first_mention, drafts.date_form, drafts.blank_date, citing.no_day, citing.unreadable_number,
    citing.year_conflict, citing.code_form, known.other_known, symbols.party_term, citing.unread,
    citing.assembly_term,
)  # fmt: skip
"""For one text that is checked: its dates are compared mention by mention, and how it cites is looked at too."""
STEP_CODES = frozenset({"MISSING_IMPLEMENTATION", "LATE_IMPLEMENTATION", "CHAIN_BROKEN"})
"""What follows from chains, and so from the day on which they are judged."""


def findings(
    linked: Linked, readings: Sequence[Reading], graph: Graph, chain_steps: Sequence[ChainStep], rules: Rules
) -> tuple[Finding, ...]:
    """Return all findings about what was linked, by document, kind and place; none without a place in a source."""
    view = View(linked, readings, graph, chain_steps, rules)
    paths = {reading.source.id: reading.source.path for reading in readings}
    found = (one for check in (*TEXT_CHECKS, *STEP_CHECKS) for one in check(view))
    placed = [one for one in found if one.source_id]
    return tuple(sorted(placed, key=lambda one: (one.document_id, one.code, paths.get(one.source_id, ""), one.start)))


def draft_findings(linked: Linked, reading: Reading, edges: EdgeList, rules: Rules) -> tuple[Finding, ...]:
    """Return what is found in one text, by place; `linked` may hold documents and `edges` relations from elsewhere."""
    view = View(linked, [reading], edges, (), rules)
    found = [one for check in DRAFT_CHECKS for one in check(view)]
    found += citing.part_differs(view, found)
    own = [one for one in found if one.source_id == reading.source.id]
    return tuple(sorted(own, key=lambda one: (one.start, one.end, one.code)))


def step_findings(
    graph: Graph, chain_steps: Sequence[ChainStep], places: Mapping[str, tuple[str, int, int, str]], rules: Rules
) -> tuple[Finding, ...]:
    """Return the findings about steps alone, from a graph; `places` tells where each document is first cited."""
    known = tuple(
        Document(id=one, **{name: node[name] for name in ("status", "code", "title", "issued_on")})
        for one, node in graph.nodes(data=True)
    )
    linked = Linked(documents=known, agencies=(), links={}, own={}, relations=())
    view = View(linked, (), graph, chain_steps, rules, {one: Place(*place) for one, place in places.items()})
    return tuple(one for check in STEP_CHECKS for one in check(view) if one.source_id)
