"""How the rules that read texts are tried: types, codes, dates, references, relations, deadlines and their like."""

import re
from itertools import accumulate

from kgdocs.extract.laws import law_end
from kgdocs.extract.scan import scan
from kgdocs.grammar.folding import scan_fold
from kgdocs.models import Reference
from kgdocs.pipeline.examples.cases import Case, Outcome, Tools, answers, fits, told
from kgdocs.read.encodings import recover

BREAK = "⏎"
"""Where a line begins, in the examples of lost_lines.yml."""
_OF_A_TYPE = ("numbered", "named", "short", "draft")
"""Kinds of references whose label is that of a type."""


def document_type(tools: Tools, case: Case) -> Outcome:
    """A document of the type is cited."""
    found = tools.read(case.example).references
    return fits(case, case.rule.id in {one.type for one in found if one.kind in _OF_A_TYPE}, told(found))


def code_form(tools: Tools, case: Case) -> Outcome:
    """The text is one code, of this form."""
    found = tools.rules.codes.parse(case.example)
    return fits(case, found is not None and found.form == case.rule.id, f"form {found.form}" if found else "no code")


def date_form(tools: Tools, case: Case) -> Outcome:
    """The text begins with a date of this form."""
    found = tools.rules.dates.match(case.example, 0)
    iso = found.iso if found and found.rule == case.rule.id else None
    return answers(case, iso, f"{found.iso} by rule {found.rule}" if found else "no date")


def encoding(tools: Tools, case: Case) -> Outcome:
    """The text is in this encoding, and says the answer; a counter-example is in none."""
    found = recover(case.example, tools.rules.encodings)
    if found.encoding is None:
        return answers(case, None, "no other encoding")
    came = f"{found.encoding}: {found.text!r}"
    return answers(case, found.text if found.encoding == case.rule.id else came, came)


def false_friend(tools: Tools, case: Case) -> Outcome:
    """Nothing is a reference, because of this rule; in a counter-example it is one."""
    extraction, rejected, _ = tools.extractor.explain(case.example)
    refused = any(one.rule == case.rule.id for one in rejected)
    came = f"{told(extraction.references)}; {'refused' if refused else 'not refused'} by this rule"
    return Outcome(refused is case.expected and bool(extraction.references) is not case.expected, came)


def silent(tools: Tools, case: Case) -> Outcome:
    """Nothing is a reference."""
    found = tools.read(case.example).references
    return fits(case, bool(found), told(found))


def aside(tools: Tools, case: Case) -> Outcome:
    """Something points at a document without being a link."""
    found = tools.extractor.asides(case.example, tools.extractor.extract(case.example))
    came = ", ".join(f"{one.text!r} ({one.kind}, rule {one.rule})" for one in found) or "nothing"
    return fits(case, (case.rule.id, case.rule.kind) in {(one.rule, one.kind) for one in found}, came)


def layout_part(tools: Tools, case: Case) -> Outcome:
    """A line begins the part."""
    found = tools.rules.layout[case.rule.id].match(scan_fold(case.example))
    return fits(case, bool(found), "this part begins" if found else "this part does not begin")


def line_begin(tools: Tools, case: Case) -> Outcome:
    """Lines begin where the example has a mark, by whatever rules; in a counter-example none does by this one."""
    pieces = case.example.split(BREAK)
    text = "".join(pieces)
    if not case.expected:
        found = re.search(case.rule.pattern, text)
        return fits(case, found is not None, f"a line begins at {found.start()}" if found else "no line begins")
    found_at = tools.rules.lost_lines.begins(text)
    meant = list(accumulate(map(len, pieces[:-1])))
    return fits(case, found_at == meant, f"lines begin at {found_at}, meant are {meant}")


def reference(tools: Tools, case: Case) -> Outcome:
    """A reference is read by this rule."""
    found = tools.read(case.example).references
    return fits(case, case.rule.id in {one.rule for one in found}, told(found))


def relation(tools: Tools, case: Case) -> Outcome:
    """A relation is stated by this rule, of its type and status."""
    found = tools.read(case.example).relations
    mine = [one for one in found if one.rule == case.rule.id]
    came = ", ".join(f"{one.type} ({one.status}, rule {one.rule})" for one in found) or "no relation"
    right = all((one.type, one.status) == (case.rule.relation, case.rule.status) for one in mine)
    return Outcome(right and bool(mine) is case.expected, came)


def agency_relation(tools: Tools, case: Case) -> Outcome:
    """What a document does to an agency is stated by this rule."""
    found = tools.read(case.example).agencies
    mine = [one for one in found if one.rule == case.rule.id]
    came = ", ".join(f"{one.type} {one.agency!r} (rule {one.rule})" for one in found) or "no relation to an agency"
    right = all(one.type == case.rule.relation and case.example[one.start : one.end] == one.text for one in mine)
    return Outcome(right and bool(mine) is case.expected, came)


def provision(tools: Tools, case: Case) -> Outcome:
    """The provision of the first reference."""
    first = _first(tools, case)
    return answers(case, first.provision) if first else _none(case)


def issuer(tools: Tools, case: Case) -> Outcome:
    """The issuer of the first reference."""
    first = _first(tools, case)
    return answers(case, first.issuer) if first else _none(case)


def cited_title(tools: Tools, case: Case) -> Outcome:
    """The title of the first reference."""
    first = _first(tools, case)
    return answers(case, first.title) if first else _none(case)


def occasion(tools: Tools, case: Case) -> Outcome:
    """The date of the first reference."""
    first = _first(tools, case)
    return answers(case, first.date) if first else _none(case)


def budget(tools: Tools, case: Case) -> Outcome:
    """The year behind the one reference is one of spending: it is not that of the document."""
    found = tools.read(case.example).references
    came = ", ".join(f"{one.text!r}, year {one.year or 'none'}" for one in found) or "no reference"
    return Outcome(len(found) == 1 and (found[0].year is None) is case.expected, came)


def enacted(tools: Tools, case: Case) -> Outcome:
    """The law that the text itself is is not cited; in a counter-example a law is."""
    found = [one for one in tools.read(case.example).references if one.kind == "named"]
    return Outcome((not found) is case.expected, told(found))


def law_name(tools: Tools, case: Case) -> Outcome:
    """The name of the first law; a counter-example names none."""
    if not [one for one in tools.read(case.example).references if one.kind == "named"]:
        return answers(case, None)
    scanned = scan(case.example, tools.rules)
    hit = scanned.hits[0]
    return answers(case, case.example[hit.start : law_end(scanned, hit, tools.rules.law_names)])


def validity(tools: Tools, case: Case) -> Outcome:
    """A day of entry into force or of expiry is stated by this rule."""
    found = tools.read(case.example).validity
    mine = [one for one in found if one.rule == case.rule.id]
    right = all(one.field == case.rule.field and case.example[one.start : one.end] == one.text for one in mine)
    came = ", ".join(f"{one.field} (rule {one.rule})" for one in found) or "no day"
    return Outcome(right and bool(mine) is case.expected, came)


def deadline(tools: Tools, case: Case) -> Outcome:
    """The one deadline of the text is this, by this rule; a counter-example has none by it."""
    found = tools.read(case.example).deadlines
    came = ", ".join(f"{one.due} by rule {one.rule}" for one in found) or "no deadline"
    if case.expected is None:
        return Outcome(case.rule.id not in {one.rule for one in found}, came)
    return Outcome([(one.rule, one.due) for one in found] == [(case.rule.id, case.expected)], came)


def task(tools: Tools, case: Case) -> Outcome:
    """The one deadline of the text is for this task."""
    found = tools.read(case.example).deadlines
    came = ", ".join(one.task or "no task" for one in found) or "no deadline"
    return Outcome(len(found) == 1 and (found[0].task == case.rule.id) is case.expected, came)


def audience(tools: Tools, case: Case) -> Outcome:
    """The one deadline of the text is for offices of this kind."""
    found = tools.read(case.example).deadlines
    came = ", ".join(" and ".join(one.audience) or "nobody" for one in found) or "no deadline"
    return Outcome(len(found) == 1 and (case.rule.id in found[0].audience) is case.expected, came)


def _first(tools: Tools, case: Case) -> Reference | None:
    return next(iter(tools.read(case.example).references), None)


def _none(case: Case) -> Outcome:
    return Outcome(False, "no reference")
