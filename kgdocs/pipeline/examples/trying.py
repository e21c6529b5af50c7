"""A folder of patterns → the examples that are not read as their rules say."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kgdocs.errors import PatternsError, UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import load_rules
from kgdocs.grammar.load import Places, load_patterns
from kgdocs.grammar.schema import FILES
from kgdocs.grammar.shapes import Shape
from kgdocs.pipeline.examples import findings, names, texts
from kgdocs.pipeline.examples.cases import SILENT, Case, Outcome, Tools, cases_of
from kgdocs.read import read_layout

Judge = Callable[[Tools, Case], Outcome]
JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "types.types": texts.document_type,
        "codes.forms": texts.code_form,
        "dates.dates": texts.date_form,
        "encodings.legacy": texts.encoding,
        "encodings.misread": texts.encoding,
        "provisions": texts.provision,
        "issuers": texts.issuer,
        "issuers.bare": names.bare_level,
        "occasions": texts.occasion,
        "cited_titles": texts.cited_title,
        "law_names": texts.law_name,
        "law_names.budget": texts.budget,
        "law_names.enacted": texts.enacted,
        "false_friends.false_friends": texts.false_friend,
        SILENT: texts.silent,
        "asides.asides": texts.aside,
        "validity.rules": texts.validity,
        "deadlines.tasks": texts.task,
        "deadlines.audiences": texts.audience,
        "deadlines.deadlines": texts.deadline,
        "terms": names.party_term,
        "matching.same_title": names.alike,
        "matching.rival_title": names.alike,
        "matching.other_title": names.alike,
        "matching.shared_words": names.words_shared,
        "matching.strange_words": names.words_strange,
        "matching.directive_words": names.words_directive,
        "matching.symbol_edits": names.slips,
        "subjects": names.subject,
        "layout.parts": texts.layout_part,
        "lost_lines.begins": texts.line_begin,
        "references.references": texts.reference,
        "relations.relations": texts.relation,
        "agency_relations.relations": texts.agency_relation,
        "agencies.agencies": names.agency,
        "places.places": names.place,
        "places.districts": names.place,
        "places.communes": names.place,
        "units.districts": names.province_of_unit,
        "units.communes": names.province_of_unit,
        "titles.abbreviations": names.abbreviation,
        "titles.lexicons": names.named_type,
        "titles.forms": names.named_type,
        "titles.documents": names.known_document,
        "nicknames.nicknames": names.nickname,
        "nicknames.programmes": names.programme,
        "chains.chains": findings.chain,
        "findings.cited_title": findings.pattern,
        "findings.implementing_title": findings.pattern,
        "findings.announced": findings.pattern,
        "findings.speaks_for": findings.pattern,
        "findings.history": findings.pattern,
        "findings.unnamed": findings.unnamed_directive,
        "findings.annexes.issued": findings.pattern,
        "findings.annexes.cited": findings.pattern,
        "findings.annexes.periods": findings.pattern,
        "findings.findings": findings.finding,
        "drafts.blank_date": findings.pattern,
        "drafts.numeric_date": findings.pattern,
        "drafts.written_date": findings.pattern,
        "drafts.placed_before": findings.pattern,
        "drafts.amended_by": findings.pattern,
        "drafts.amended_after": findings.pattern,
        "drafts.odd_date": findings.pattern,
        "drafts.unread_code": findings.pattern,
        "drafts.forms": findings.first_mention,
        "drafts.findings": findings.draft_finding,
        "registers": names.register_header,
        "registers.columns": names.register_column,
        "registers.other_days": names.column_of_days,
    }
)
"""How the examples of each kind are tried: the file and the path of the rules in it."""
_EXPECTED = {True: "that the rule fits", False: "that it does not fit", None: "nothing"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """An example that is not read as its rule says: file and line, rule, example, what was expected and what came."""

    file: str
    line: int
    rule: str
    example: str
    expected: str
    came: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What trying a folder of patterns gave: examples per file, and those that failed."""

    counts: Mapping[str, int]
    failures: tuple[Failure, ...]


def check_patterns(folder: Path) -> Report:
    """Try every rule of `folder` on its examples, both ways.

    Raises UsageError when the folder cannot be read, PatternsError naming every fault of its files.
    """
    files = patterns_in(folder)
    tools = tools_for(folder)
    cases = list(cases_of(files))
    failed = [(case, outcome) for case in cases if not (outcome := attempt(case, tools)).is_right]
    places = {name: Places((folder / f"{name}.yml").read_bytes()) for name in {case.file for case, _ in failed}}
    counts = Counter(case.file for case in cases)
    return Report(
        counts={name: counts[name] for name in files},
        failures=tuple(_failure(case, outcome, places[case.file]) for case, outcome in failed),
    )


def count_rules(folder: Path) -> dict[str, tuple[int, int]]:
    """Return file → how many rules with examples it has, and how many examples; raises as `check_patterns` does."""
    files = patterns_in(folder)
    cases = list(cases_of(files))
    examples = Counter(case.file for case in cases)
    rules = Counter(name for name, _ in {(case.file, id(case.rule)) for case in cases})
    return {name: (rules[name], examples[name]) for name in files}


def patterns_in(folder: Path) -> dict[str, Shape]:
    """Return the validated files of a folder by name; raises as `check_patterns` does."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise UsageError(f"{folder}: cannot be read ({error.strerror}).") from error
    if not any(f"{name}.yml" in names for name in FILES):
        raise UsageError(
            f"{folder}: there are no patterns here; copy the folder patterns/ of kgdocs and edit the copy."
        )
    return load_patterns(folder)[0]


def tools_for(folder: Path) -> Tools:
    """Return what examples are tried with; raises PatternsError where what the files say cannot be compiled."""
    try:
        rules = load_rules(folder)
        return Tools(rules, Extractor(rules), read_layout)
    except re.error as error:
        raise PatternsError([f"what the rules make together is not a regular expression: {error}"]) from error


def attempt(case: Case, tools: Tools) -> Outcome:
    """Try one example; whatever a rule makes go wrong is told as what came of it."""
    try:
        return JUDGES[case.kind](tools, case)
    except Exception as error:
        return Outcome(False, f"{type(error).__name__}: {error}")


def _failure(case: Case, outcome: Outcome, places: Places) -> Failure:
    example = case.example if isinstance(case.example, str) else " | ".join(case.example)
    return Failure(
        file=f"{case.file}.yml",
        line=places.line(case.path),
        rule=case.name,
        example=example,
        expected=_EXPECTED.get(case.expected) or repr(case.expected),
        came=outcome.came,
    )
