"""Chains and findings of a finished database, as the build computed them or as they stood on a day."""

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

from kgdocs.grammar import load_rules
from kgdocs.lineage.asof import as_of
from kgdocs.lineage.chains import Chains
from kgdocs.lineage.compare import Difference, compare
from kgdocs.lineage.findings import STEP_CODES, findings_of_steps
from kgdocs.lineage.graph import Graph
from kgdocs.lineage.statistics import Coverage, DelayCount, coverage, delay_counts
from kgdocs.models import SEVERITIES, ChainStep, Finding, Severity
from kgdocs.models.json_graph_rows import AuditRow, ChainRow, CoverageRow, DelayRow, FindingRow, StepRow
from kgdocs.pipeline.questions import load_graph
from kgdocs.store import audit as store

__all__ = ["STEP_CODES", "Audit", "audit", "audit_json", "compare_reports"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """What an auditor sees: steps and findings in order, what the documents are called, and counts."""

    as_of: str | None
    graph: Graph
    steps: Sequence[ChainStep]
    findings: Sequence[Finding]
    paths: dict[str, str]
    delays: Sequence[DelayCount]
    coverage: Sequence[Coverage]

    def code_of(self, document_id: str | None) -> str | None:
        """The code of a document, None where it has none."""
        if document_id is None or document_id not in self.graph:
            return None
        code: str | None = self.graph.nodes[document_id]["code"]
        return code

    def reaches(self, severity: Severity) -> bool:
        """True where a finding is of this severity or above."""
        limit = SEVERITIES.index(severity)
        return any(SEVERITIES.index(one.severity) <= limit for one in self.findings)


def audit(connection: sqlite3.Connection, day: str | None = None) -> Audit:
    """Return chains and findings; with `day` ("2024-03-01") as they stood on that day.

    Chains are computed anew for a day, findings about texts are those whose two sides were there.
    Raises UsageError where `day` is no day of the calendar.
    """
    graph = load_graph(connection)
    steps, found = store.load_steps(connection), store.load_findings(connection, day)
    if day is not None:
        rules = load_rules()
        whole, graph = graph, as_of(graph, day)
        steps = list(Chains(graph, rules, store.load_deadlines(connection), whole).all(day))
        places = store.first_mentions(connection)
        of_steps = findings_of_steps(graph, steps, places, rules)
        found = sorted(
            (*(one for one in found if one.code not in STEP_CODES), *of_steps),
            key=lambda one: (one.document_id, one.code, one.source_id, one.start),
        )
    return Audit(
        as_of=day,
        graph=graph,
        steps=steps,
        findings=found,
        paths=store.paths(connection),
        delays=delay_counts(graph),
        coverage=coverage(steps),
    )


def audit_json(found: Audit) -> AuditRow:
    """The form that design §7 fixes, with what else is known."""
    chains: dict[str, ChainRow] = {}
    for step in found.steps:
        one: ChainRow = {"directive_id": step.directive_id, "code": found.code_of(step.directive_id), "steps": []}
        chains.setdefault(step.directive_id, one)["steps"].append(_step(found, step))
    return {
        "as_of": found.as_of,
        "chains": list(chains.values()),
        "findings": [_finding(found, one) for one in found.findings],
        "statistics": {
            "delays": [cast(DelayRow, asdict(one)) for one in found.delays],
            "coverage": [cast(CoverageRow, asdict(one)) for one in found.coverage],
        },
    }


def _step(found: Audit, step: ChainStep) -> StepRow:
    known = {name: getattr(step, name) for name in ChainStep.__slots__ if name not in ("directive_id", "evidence")}
    told = {"code": found.code_of(step.document_id), "evidence": [dict(one) for one in step.evidence]}
    return cast(StepRow, {**known, **told})


def _finding(found: Audit, one: Finding) -> FindingRow:
    known = {name: getattr(one, name) for name in Finding.__slots__ if name not in ("source_id", "details")}
    told = {"source": one.source_id, "path": found.paths.get(one.source_id), "details": dict(one.details)}
    return cast(FindingRow, {**known, **told})


def compare_reports(connection: sqlite3.Connection, earlier: str, later: str) -> tuple[Difference, Graph]:
    """Return what differs between the documents that two reports cite, and the graph that names them."""
    graph = load_graph(connection)
    return compare(graph, *(store.cited_documents(connection, one) for one in (earlier, later))), graph
