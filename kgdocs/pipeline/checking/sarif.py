"""Verdicts of one or more texts → SARIF 2.1.0, which code hosts and editors show beside the line."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from kgdocs.grammar import Rules
from kgdocs.models import SEVERITIES, Severity
from kgdocs.pipeline.checking.json_rows import position
from kgdocs.pipeline.checking.verdicts import Check, Remark, Suggestion

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"high": "error", "medium": "warning", "low": "note", "info": "note"}


def sarif(checks: Iterable[Check], rules: Rules, version: str) -> dict[str, Any]:
    """Return one run with a result for each finding; columns count characters from 1, as SARIF's default does not."""
    found = list(checks)
    codes = sorted({one.finding.code for check in found for one in check.remarks})
    driver = {"name": "kgdocs", "semanticVersion": version, "rules": [_rule(code, rules) for code in codes]}
    results = [
        _result(check, one, codes, is_fixed=at in fixes)
        for check in found
        for fixes in [_apart(check.remarks)]
        for at, one in enumerate(check.remarks)
    ]
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


def _apart(remarks: Sequence[Remark]) -> frozenset[int]:
    """The remarks whose suggestions may all be applied: of two for one place that of the graver finding, then the longer."""
    order = sorted(range(len(remarks)), key=lambda at: _weight(remarks[at]))
    kept: list[int] = []
    for at in order:
        change = remarks[at].suggestion
        if change and not any(_overlap(change, other) for one in kept if (other := remarks[one].suggestion)):
            kept.append(at)
    return frozenset(kept)


def _weight(remark: Remark) -> tuple[int, int]:
    change = remark.suggestion
    return SEVERITIES.index(remark.finding.severity), (change.start - change.end) if change else 0


def _overlap(first: Suggestion, second: Suggestion) -> bool:
    """True where two changes touch the same characters, or insert at one place."""
    return first.start == second.start or (first.start < second.end and second.start < first.end)


def _result(check: Check, one: Remark, codes: list[str], *, is_fixed: bool) -> dict[str, Any]:
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
    if one.suggestion and is_fixed:
        deleted = _region(check.text, one.suggestion.start, one.suggestion.end)
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": one.suggestion.text}}
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": address, "replacements": [replacement]}]}]
    return result


def _region(text: str, start: int, end: int) -> dict[str, int]:
    first, last = position(text, start), position(text, end)
    return {"startLine": first[0], "startColumn": first[1], "endLine": last[0], "endColumn": last[1]}
