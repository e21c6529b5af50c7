"""How names are tried: agencies, places, laws, programmes, columns of registers, and how alike titles are."""

from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.lineage.findings.texts import shared_words as words_of_directive
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.likeness import shared_words, symbol_distance, title_likeness
from kgdocs.link.offices import Context
from kgdocs.link.titles import TitleJudge
from kgdocs.pipeline.examples.cases import Case, Outcome, Tools, answers, fits, told


def agency(tools: Tools, case: Case) -> Outcome:
    """The agency is named."""
    found = {hit.entry.value for hit in tools.rules.agency_names.find(scan_fold(case.example))}
    return fits(case, case.rule.id in found, ", ".join(sorted(found)) or "no agency")


def place(tools: Tools, case: Case) -> Outcome:
    """A place of this name is named; several may have one name."""
    hits = tools.rules.place_names.find(scan_fold(case.example))
    found = {tools.rules.places[hit.entry.value].name for hit in hits}
    return fits(case, case.rule.name in found, ", ".join(sorted(found)) or "no place")


def province_of_unit(tools: Tools, case: Case) -> Outcome:
    """The province of a unit on a day, "2024-03-05 huyện Gio Linh", where no other is spoken of."""
    day, words = case.example.split(" ", 1)
    path = AgencyFinder(tools.rules).place_of(words, Context(date=day))
    return answers(case, path.split("/")[0] if path else None)


def named_type(tools: Tools, case: Case) -> Outcome:
    """A document of the type is cited by its name."""
    found = [one for one in tools.read(case.example).references if one.kind == "named"]
    return fits(case, case.rule.type in {one.type for one in found}, told(found))


def known_document(tools: Tools, case: Case) -> Outcome:
    """The document is meant by a name or a code."""
    found = tools.read(case.example).references
    named = {known.id for one in found if one.name for known in tools.rules.known.called(one.name)}
    codes = {str(one.code) for one in found if one.code}
    return fits(case, case.rule.id in named or case.rule.code in codes, told(found))


def nickname(tools: Tools, case: Case) -> Outcome:
    """The programme is cited by a number that is its nickname."""
    return _called(tools, case, "nickname")


def programme(tools: Tools, case: Case) -> Outcome:
    """The programme is cited by its title."""
    return _called(tools, case, "programme_title")


def _called(tools: Tools, case: Case, rule: str) -> Outcome:
    found = tools.read(case.example).references
    return fits(case, case.rule.id in {one.name for one in found if one.rule == rule}, told(found))


def abbreviation(tools: Tools, case: Case) -> Outcome:
    """A name of a law with abbreviations has the key of the name written out; a counter-example keeps its own."""
    key = tools.rules.known.key(case.example)
    return Outcome(key == name_key(case.expected or case.example), repr(key))


def bare_level(tools: Tools, case: Case) -> Outcome:
    """The level of an issuer that the words tell."""
    return answers(case, AgencyFinder(tools.rules).level_of(case.example.removeprefix("của ")))


def party_term(tools: Tools, case: Case) -> Outcome:
    """The term of a committee on a day: "committee place day" or the like, as the table takes them."""
    return answers(case, tools.rules.terms.term(*case.example.split()))


def register_header(tools: Tools, case: Case) -> Outcome:
    """The field of each cell of a header row, "-" for none."""
    found = tools.rules.registers.positions(case.example.split(" | "))
    wanted = (case.expected or "").split(" | ")
    named = {field: at for at, field in enumerate(wanted) if field and field != "-"}
    return Outcome(found == named, ", ".join(f"{field}: cell {at + 1}" for field, at in found.items()) or "no header")


def register_column(tools: Tools, case: Case) -> Outcome:
    """A header cell names this column."""
    found = tools.rules.registers.field_of(case.example)
    return fits(case, found == case.rule.id, found or "no column")


def column_of_days(tools: Tools, case: Case) -> Outcome:
    """A header cell is that of other days than those of documents; a counter-example of none."""
    columns = tools.rules.registers
    if case.expected and columns.day_rank(case.example) is not None:
        return Outcome(False, "a column of the days of documents")
    found = columns.holds_days(case.example)
    return fits(case, found, "a column of days" if found else "no column of days")


def alike(tools: Tools, case: Case) -> Outcome:
    """Two titles are as alike as the limit says, or more."""
    return _reaches(case, title_likeness(*case.example))


def words_shared(tools: Tools, case: Case) -> Outcome:
    """A title has so many words of another."""
    return _reaches(case, shared_words(*case.example))


def words_strange(tools: Tools, case: Case) -> Outcome:
    """So many words of a title stand not in the other."""
    return _reaches(case, TitleJudge(tools.rules).strange_share(*case.example))


def words_directive(tools: Tools, case: Case) -> Outcome:
    """A title has so many words of a directive without number."""
    return _reaches(case, words_of_directive(*case.example))


def slips(tools: Tools, case: Case) -> Outcome:
    """Two symbols differ by no more slips than the limit says."""
    most = int(case.rule.value)
    found = symbol_distance(case.example[0], case.example[1], most)
    return fits(case, found <= most, f"{found} slips" if found <= most else f"more than {most}")


def _reaches(case: Case, value: float) -> Outcome:
    return fits(case, value >= case.rule.value, f"{value:.4g}, the limit is {case.rule.value:g}")


def subject(tools: Tools, case: Case) -> Outcome:
    """Two titles have different subjects, whichever is the known one."""
    judge = TitleJudge(tools.rules)
    states = [judge.state(one, [other], is_numbered=True) for one, other in (case.example, case.example[::-1])]
    return Outcome(all((state == "differs") is case.expected for state in states), " and ".join(states))
