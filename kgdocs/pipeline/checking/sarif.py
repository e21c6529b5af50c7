"""Verdicts of one or more texts → SARIF 2.1.0, which code hosts and editors show beside the line."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from kgdocs.grammar import Rules
from kgdocs.models import Severity
from kgdocs.pipeline.checking.rows import position
from kgdocs.pipeline.checking.verdicts import Check, Remark

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"high": "error", "medium": "warning", "low": "note", "info": "note"}


def sarif(checks: Iterable[Check], rules: Rules, version: str) -> dict[str, Any]:
    """Return one run with a result for each finding; columns count characters from 1, as SARIF's default does not."""
    found = list(checks)
    codes = sorted({one.finding.code for check in found for one in check.remarks})
    driver = {"name": "kgdocs", "semanticVersion": version, "rules": [_rule(code, rules) for code in codes]}
    results = [_result(check, one, codes) for check in found for one in check.remarks]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, rules: Rules) -> dict[str, Any]:
    rule = rules.findings.get(code) or rules.draft_findings[code]
    why = rules.drafts.why.get(code)
    text = why.vi if why else rule.message
    return {
        "id": code,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(check: Check, one: Remark, codes: list[str]) -> dict[str, Any]:
    finding = one.finding
    address = {"uri": quote(check.reading.source.path)}
    place = {"artifactLocation": address, "region": _region(check.text, finding.start, finding.end)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
        "properties": {"severity": finding.severity},
    }
    if one.suggestion:
        deleted = _region(check.text, one.suggestion.start, one.suggestion.end)
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": one.suggestion.text}}
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": address, "replacements": [replacement]}]}]
    return result


def _region(text: str, start: int, end: int) -> dict[str, int]:
    first, last = position(text, start), position(text, end)
    return {"startLine": first[0], "startColumn": first[1], "endLine": last[0], "endColumn": last[1]}
