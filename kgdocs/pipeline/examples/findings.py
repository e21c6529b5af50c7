"""How findings and chains are tried: texts are read, linked and looked at as a build or a check does it."""

import re
from collections.abc import Sequence

from kgdocs.lineage.chains import Chains
from kgdocs.lineage.findings import findings
from kgdocs.lineage.linked import graph_of
from kgdocs.link import link
from kgdocs.models import Finding, Linked, Reading
from kgdocs.pipeline.checking.check import check_reading
from kgdocs.pipeline.checking.verdicts import Check
from kgdocs.pipeline.examples.cases import Case, Outcome, Tools, fits
from kgdocs.pipeline.reading import read_text, reading_of
from kgdocs.read import source_of

BETWEEN = "\n=====\n"
"""What stands between texts that are read together."""
HEADS = {
    "administrative": "SỞ Y TẾ\nTỈNH SÔNG MẪU\n-------\nSố: 12/BC-SYT\nSông Mẫu, ngày 05 tháng 8 năm 2024\nBÁO CÁO\nKết quả\n\n",
    "party": "TỈNH ỦY SÔNG MẪU\n*\nSố 115-KH/TU\nSông Mẫu, ngày 05 tháng 8 năm 2024\nKẾ HOẠCH\nthực hiện công tác\n\n",
    "normative": "BỘ Y TẾ\n-------\nSố: 12/2024/TT-BYT\nHà Nội, ngày 05 tháng 8 năm 2024\nTHÔNG TƯ\nQuy định tiêu chuẩn\n\n",
}
"""Heads of sample texts of each kind for which patterns/drafts.yml has a form of first mentions."""


def pattern(tools: Tools, case: Case) -> Outcome:
    """The pattern is found in the text, capitals or not."""
    found = re.search(case.rule.pattern, case.example, re.IGNORECASE)
    return fits(case, found is not None, f"found {found.group()!r}" if found else "not found")


def unnamed_directive(tools: Tools, case: Case) -> Outcome:
    """The words of a title (in lower case) that tell of a directive without its number."""
    found = re.search(case.rule.pattern, case.example)
    words = found.group() if found else None
    return Outcome(words == case.expected, repr(words) if words else "nothing")


def finding(tools: Tools, case: Case) -> Outcome:
    """The texts have a finding of this kind in a build, and one text that is checked where a check tells it."""
    texts = case.example.split(BETWEEN)
    built = {one.code for one in findings_of(texts, tools)[0]}
    came = f"in a build {', '.join(sorted(built)) or 'no finding'}"
    right = (case.rule.id in built) is case.expected
    if _is_checked(tools, case) and len(texts) == 1:
        checked = codes_of(check_text(case.example, tools))
        came += f"; in a check {', '.join(checked) or 'no finding'}"
        right = right and (case.rule.id in checked) is case.expected
    return Outcome(right, came)


def _is_checked(tools: Tools, case: Case) -> bool:
    """True for what a check tells of one text alone; that a document is not found needs a database."""
    return case.rule.id in tools.rules.drafts.why and case.rule.id != "UNRESOLVED"


def draft_finding(tools: Tools, case: Case) -> Outcome:
    """A draft that is checked has a finding of this kind."""
    found = codes_of(check_text(case.example, tools))
    return fits(case, case.rule.id in found, ", ".join(found) or "no finding")


def first_mention(tools: Tools, case: Case) -> Outcome:
    """A citation in a text of this kind holds all that its first mention must."""
    text = f"{HEADS[case.rule.id]}Điều 1. Áp dụng {case.example}.\n"
    found = [one.finding for one in check_text(text, tools).remarks if one.finding.code == "FIRST_MENTION"]
    right = all(one.details["form"] == case.rule.id for one in found)
    return Outcome(right and (not found) is case.expected, "; ".join(one.message_en for one in found) or "no finding")


def chain(tools: Tools, case: Case) -> Outcome:
    """The document is a directive that begins a chain of this kind, where a report says that it is carried out."""
    reporting = f"Thực hiện {case.example}, Ủy ban nhân dân tỉnh Sông Mẫu báo cáo."
    linked, _ = _linked([f"{case.example}\n\n{reporting}"], tools)
    chains = Chains(graph_of(linked, {}), tools.rules)
    kinds = [kind.id for one in linked.documents if one.code and (kind := chains.kind_of(one.id))]
    return fits(case, case.rule.id in kinds[:1], kinds[0] if kinds else "no chain")


def findings_of(texts: Sequence[str], tools: Tools) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Return the findings of texts that are built together, and the texts by the id of their source."""
    linked, readings = _linked(texts, tools)
    graph = graph_of(linked, {one.source.id: one.source.path for one in readings})
    steps = Chains(graph, tools.rules, linked.deadlines).all()
    found = findings(linked, readings, graph, steps, tools.rules)
    return found, {one.source.id: one.source.text for one in readings}


def check_text(text: str, tools: Tools) -> Check:
    """Return what a check without a database says of a text."""
    return check_reading(read_text(text.encode(), tools.rules, tools.extractor), tools.rules, None)


def codes_of(check: Check) -> list[str]:
    """Return the kinds of findings of a check, by name."""
    return sorted({one.finding.code for one in check.remarks})


def _linked(texts: Sequence[str], tools: Tools) -> tuple[Linked, list[Reading]]:
    sources = [source_of(f"van-ban-{at}.txt", text.encode(), "text", tools.rules) for at, text in enumerate(texts)]
    readings = [reading_of(source, tools.rules, tools.extractor) for source in sources]
    return link(readings, tools.rules), readings
