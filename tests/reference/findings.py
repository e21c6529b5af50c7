"""docs/reference/findings.md: every kind of finding, with its sentence, why it matters, and examples."""

from kgdocs.grammar import load_rules
from kgdocs.grammar.findings import FindingRule
from kgdocs.pipeline.examples.findings import BETWEEN
from tests.reference.markdown import block, code, page, plain, table

_HEAD = """What `kgdocs audit`, `kgdocs check` and the site may tell of a document. A finding states two things that differ, with the evidence of both; it
does not say which is right. In the sentences, words in braces are filled in. A build tells the findings of all documents, a check those of one draft,
among them the ones that only a draft has."""


def content() -> str:
    """Return the page."""
    rules = load_rules()
    every = {**rules.findings, **rules.draft_findings}
    rows = []
    for name, rule in every.items():
        where = [] if name in rules.draft_findings else ["build"]
        where += ["check"] if name in rules.drafts.why else []
        rows.append((f"[{code(name)}](#{name.lower()})", rule.severity, " and ".join(where), plain(rule.english)))
    parts = [_HEAD, table(("code", "severity", "told by", "sentence"), rows)]
    for name, rule in every.items():
        why = rules.drafts.why.get(name)
        parts += _finding(rule, (why.vi, why.en) if why else None)
    return page("Findings", "patterns/findings.yml and patterns/drafts.yml", *parts)


def _finding(rule: FindingRule, why: tuple[str, str] | None) -> list[str]:
    rows = [("sentence", plain(rule.message), plain(rule.english))]
    if why:
        rows.append(("why it matters", plain(why[0]), plain(why[1])))
    return [
        f"## {rule.id}",
        f"Severity: {rule.severity}.",
        table(("", "Tiếng Việt", "English"), rows),
        "A text that has it, and one that has not:",
        block(min(rule.examples, key=len).split(BETWEEN)[0]),
        block(min(rule.counter_examples, key=len).split(BETWEEN)[0]),
    ]
