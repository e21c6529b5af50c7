"""Findings about chains: what is missing, late or skipped."""

from collections.abc import Iterator
from typing import Any

from kgdocs.lineage.findings.view import Place, View, called, day, since
from kgdocs.models import ChainStep, Finding


def missing_implementation(view: View) -> Iterator[Finding]:
    """MISSING_IMPLEMENTATION: a step that every such directive needs is missing, or only planned."""
    for step in view.steps:
        if step.required and step.state in ("missing", "planned"):
            yield _about(view, "MISSING_IMPLEMENTATION", step, status=view.word(step.state))


def late_implementation(view: View) -> Iterator[Finding]:
    """LATE_IMPLEMENTATION: issued after the day that a text states; what is merely slower than usual is not late."""
    for step in view.steps:
        if step.state == "late" and step.document_id and step.deadline:
            document = view.documents[step.document_id]
            yield _about(
                view,
                "LATE_IMPLEMENTATION",
                step,
                document=called(document),
                date=day(document.issued_on),
                deadline=day(step.deadline),
            )


def chain_broken(view: View) -> Iterator[Finding]:
    """CHAIN_BROKEN: a plan was made without the one that it should rest on; reports rest on no plan in particular."""
    taken: dict[tuple[str, str], list[ChainStep]] = {}
    for step in view.steps:
        plans = view.step_rules[step.chain, step.step].task == "plan"
        if step.document_id and step.state in ("done", "late") and plans and not step.direct:
            taken.setdefault((step.directive_id, step.place), []).append(step)
    for step in view.steps:
        if step.state == "missing" and step.required:
            others = taken.get((step.directive_id, step.place), ())
            later = next((one.document_id for one in others if _rests_on(one, step, view)), None)
            if later:
                yield _about(view, "CHAIN_BROKEN", step, later=called(view.documents[later]), later_id=later)


def _rests_on(later: ChainStep, step: ChainStep, view: View) -> bool:
    """True where the document of one step should carry out that of the other; of two local steps only in one place."""
    below, above = view.step_rules[later.chain, later.step], view.step_rules[step.chain, step.step]
    places = [(one.agency or "").rpartition("/")[0] for one in (later, step)]
    return step.step in below.carries_out and (above.each not in ("district", "commune") or places[0] == places[1])


def _about(view: View, code: str, step: ChainStep, **words: Any) -> Finding:
    """A finding about a step, at the words that tell its state, else where the directive is cited."""
    directive = view.documents[step.directive_id]
    above = view.documents[step.carries_out or step.directive_id]
    rule = view.step_rules[step.chain, step.step]
    details = {
        "directive": directive.id, "step": step.step, "agency": step.agency, "place": step.place, "state": step.state,
        "deadline": step.deadline, "basis": step.basis, **{name: word for name, word in words.items() if isinstance(word, str)},
    }  # fmt: skip
    also = "" if above is directive else view.word("carrying_out", name=called(directive))
    filler = view.documents.get(step.document_id or "")
    return view.finding(
        code, _place(view, step), above, since=(filler and since(filler)) or since(directive),
        details=details, step=(rule.name, rule.english), agency=step.agency_name, name=called(above), also=also,
        basis=(step.basis, step.basis_en), **words,
    )  # fmt: skip


def _place(view: View, step: ChainStep) -> Place:
    """Where the state of a step can be read: its evidence, else the first mention of what it should carry out."""
    if step.evidence:
        one = step.evidence[0]
        return Place(one["source"], one["start"], one["end"], one["text"])
    for name in (step.carries_out, step.directive_id):
        if place := view.cited_at.get(name or ""):
            return place
    facts = [fact for fact in view.documents[step.directive_id].facts if fact.source_id]
    return Place.of(facts[0]) if facts else Place("", 0, 0, "")
