"""Every rule of patterns/ on its own examples and counter-examples, both ways."""

import re
import shutil

import pytest

from kgdocs.errors import PatternsError
from kgdocs.extract.fields import FieldReader
from kgdocs.extract.laws import law_end
from kgdocs.extract.scan import scan
from kgdocs.grammar import load_rules
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.grammar.load import load_patterns
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.likeness import shared_words, symbol_distance, title_likeness
from kgdocs.link.titles import TitleJudge
from kgdocs.paths import data_folder
from kgdocs.read.legacy import recover

FILES, _ = load_patterns(data_folder("patterns"))


def both_ways(rules_of_file):
    """One case per rule: (rule, text, whether it must match)."""
    cases = []
    for rule in rules_of_file:
        cases += [pytest.param(rule, text, True, id=f"{rule.id}: {text[:40]}") for text in rule.examples]
        cases += [pytest.param(rule, text, False, id=f"{rule.id} NOT {text[:40]}") for text in rule.counter_examples]
    return cases


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["types"].types))
def test_types(rule, text, expected, read):
    kinds = ("numbered", "named", "short", "draft")
    found = {reference.type for reference in read(text).references if reference.kind in kinds}
    assert (rule.id in found or (rule.id == "de_an" and "Đề án 06" in text)) is expected


@pytest.mark.parametrize(("form", "text", "expected"), both_ways(FILES["codes"].forms))
def test_code_forms(form, text, expected, rules):
    found = rules.codes.parse(text)
    assert (found is not None and found.form == form.id) is expected


@pytest.mark.parametrize(
    ("rule", "text", "iso"), [(r, t, iso) for r in FILES["dates"].dates for t, iso in r.examples.items()]
)
def test_dates(rule, text, iso, rules):
    found = rules.dates.match(text, 0)
    assert (found.iso, found.rule) == (iso, rule.id)


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in FILES["dates"].dates for t in r.counter_examples])
def test_what_is_no_date(rule, text, rules):
    found = rules.dates.match(text, 0)
    assert found is None or found.rule != rule.id


ENCODINGS = (*FILES["encodings"].legacy, *FILES["encodings"].misread)


@pytest.mark.parametrize(("rule", "text", "said"), [(r, t, said) for r in ENCODINGS for t, said in r.examples.items()])
def test_encodings(rule, text, said, rules):
    recovery = recover(text, rules.encodings)
    assert (recovery.text, recovery.encoding) == (said, rule.id)


@pytest.mark.parametrize("text", [text for rule in ENCODINGS for text in rule.counter_examples])
def test_what_is_in_no_other_encoding(text, rules):
    assert recover(text, rules.encodings).encoding is None


@pytest.mark.parametrize("limit", ["same_title", "rival_title", "other_title"])
def test_limits_of_titles(limit):
    threshold = getattr(FILES["matching"], limit)
    assert all(title_likeness(*pair) >= threshold.value for pair in threshold.examples)
    assert all(title_likeness(*pair) < threshold.value for pair in threshold.counter_examples)


def test_limit_of_shortened_titles():
    threshold = FILES["matching"].shared_words
    assert all(shared_words(*pair) >= threshold.value for pair in threshold.examples)
    assert all(shared_words(*pair) < threshold.value for pair in threshold.counter_examples)


def test_limit_of_strange_words(rules):
    threshold, share = FILES["matching"].strange_words, TitleJudge(rules).strange_share
    assert all(share(*pair) >= threshold.value for pair in threshold.examples)
    assert all(share(*pair) < threshold.value for pair in threshold.counter_examples)


def test_subjects_of_titles(rules):
    judge, subjects = TitleJudge(rules), FILES["subjects"]
    for pairs, state in ((subjects.examples, {"differs"}), (subjects.counter_examples, {"confirmed", "unknown"})):
        for stated, known in pairs:
            assert judge.state(stated, [known], is_numbered=True) in state, (stated, known)
            assert judge.state(known, [stated], is_numbered=True) in state, (known, stated)


@pytest.mark.parametrize("word", FILES["subjects"].acts)
def test_words_that_change_the_act_are_never_confirmed_away(word, rules):
    judge, known = (
        TitleJudge(rules),
        "Quy chế làm việc của Ban Chỉ đạo công tác trẻ em các cấp trên địa bàn tỉnh Sông Mẫu",
    )
    for pair in ((f"{word} {known}", known), (known, f"{word} {known}")):
        assert judge.state(pair[0], [pair[1]], is_numbered=True) == "unknown"


def test_limit_of_slips_in_a_symbol():
    threshold = FILES["matching"].symbol_edits
    most = int(threshold.value)
    assert all(symbol_distance(*pair, most) <= most for pair in threshold.examples)
    assert all(symbol_distance(*pair, most) > most for pair in threshold.counter_examples)


@pytest.mark.parametrize(("case", "term"), FILES["terms"].examples.items())
def test_terms(case, term, rules):
    assert rules.terms.term(*case.split()) == term


@pytest.mark.parametrize("case", FILES["terms"].counter_examples)
def test_what_term_is_not_known(case, rules):
    assert rules.terms.term(*case.split()) is None


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["false_friends"].false_friends))
def test_false_friends(rule, text, expected, extractor):
    extraction, rejected, _ = extractor.explain(text)
    refused = any(one.rule == rule.id for one in rejected)
    assert refused is expected
    assert bool(extraction.references) is not expected


@pytest.mark.parametrize(
    "text", [pytest.param(t, id=f"{c}: {t[:30]}") for c, texts in FILES["false_friends"].silent.items() for t in texts]
)
def test_what_is_silent(text, read):
    assert [reference.text for reference in read(text).references] == []


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["asides"].asides))
def test_asides(rule, text, expected, extractor):
    found = extractor.asides(text, extractor.extract(text))
    assert ((rule.id, rule.kind) in {(aside.rule, aside.kind) for aside in found}) is expected


@pytest.mark.parametrize(("form", "text", "expected"), both_ways(FILES["titles"].forms))
def test_forms_of_names(form, text, expected, read):
    assert (form.type in {r.type for r in read(text).references if r.kind == "named"}) is expected


@pytest.mark.parametrize(("part", "text", "expected"), both_ways(FILES["layout"].parts))
def test_layout_parts(part, text, expected, rules):
    assert bool(rules.layout[part.id].match(scan_fold(text))) is expected


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["references"].references))
def test_references(rule, text, expected, read):
    assert (rule.id in {reference.rule for reference in read(text).references}) is expected


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["relations"].relations))
def test_relations(rule, text, expected, read):
    stated = [r for r in read(text).relations if r.rule == rule.id]
    assert bool(stated) is expected
    assert all((r.type, r.status) == (rule.relation, rule.status) for r in stated)


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["agency_relations"].relations))
def test_agency_relations(rule, text, expected, read):
    stated = [one for one in read(text).agencies if one.rule == rule.id]
    assert bool(stated) is expected
    assert all(one.type == rule.relation and text[one.start : one.end] == one.text for one in stated)


def test_each_relation_rule_says_how_often_it_is_right(rules):
    """Rewrite patterns/precision.yml with `kgdocs score GOLD --rule-precision` where this fails."""
    assert list(rules.relation_precision) == [rule.id for rule in rules.relations]
    measured = {rule for rule, folders in rules.relation_precision.items() if folders}
    assert all(0 <= right <= shown for rule in measured for right, shown in rules.relation_precision[rule].values())
    assert {"basis_block", "opening_implements", "repeal_item"} <= measured


@pytest.mark.parametrize(("agency", "text", "expected"), both_ways(FILES["agencies"].agencies))
def test_agencies(agency, text, expected, rules):
    assert (agency.id in {hit.entry.value for hit in rules.agency_names.find(scan_fold(text))}) is expected


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    both_ways((*FILES["places"].places, *FILES["places"].districts, *FILES["places"].communes)),
)
def test_places(place, text, expected, rules):
    names = {rules.places[hit.entry.value].name for hit in rules.place_names.find(scan_fold(text))}
    assert (place.name in names) is expected


@pytest.mark.parametrize(("lexicon", "text", "expected"), both_ways(FILES["titles"].lexicons))
def test_names_of_laws(lexicon, text, expected, read):
    assert (lexicon.type in {r.type for r in read(text).references if r.kind == "named"}) is expected


@pytest.mark.parametrize(("document", "text", "expected"), both_ways(FILES["titles"].documents))
def test_known_documents(document, text, expected, read, rules):
    references = read(text).references
    named = {known.id for r in references if r.name for known in rules.known.called(r.name)}
    codes = {str(r.code) for r in references if r.code}
    assert (document.id in named or document.code in codes) is expected


@pytest.mark.parametrize(("nickname", "text", "expected"), both_ways(FILES["nicknames"].nicknames))
def test_nicknames(nickname, text, expected, read):
    assert (nickname.id in {r.name for r in read(text).references if r.rule == "nickname"}) is expected


@pytest.mark.parametrize(("programme", "text", "expected"), both_ways(FILES["nicknames"].programmes))
def test_programmes(programme, text, expected, read):
    assert (programme.id in {r.name for r in read(text).references if r.rule == "programme_title"}) is expected


@pytest.mark.parametrize(("text", "provision"), FILES["provisions"].examples.items())
def test_provisions(text, provision, read):
    assert read(text).references[0].provision == provision


@pytest.mark.parametrize("text", FILES["provisions"].counter_examples)
def test_what_is_no_provision(text, read):
    assert read(text).references[0].provision is None


@pytest.mark.parametrize(("text", "issuer"), FILES["issuers"].examples.items())
def test_issuers(text, issuer, read):
    assert read(text).references[0].issuer == issuer


@pytest.mark.parametrize(
    ("text", "date"), [*FILES["occasions"].examples.items(), *((t, None) for t in FILES["occasions"].counter_examples)]
)
def test_dates_of_other_acts(text, date, read):
    assert read(text).references[0].date == date


@pytest.mark.parametrize("text", FILES["issuers"].counter_examples)
def test_what_is_no_issuer(text, read):
    assert read(text).references[0].issuer is None


@pytest.mark.parametrize(("text", "name"), FILES["law_names"].examples.items())
def test_where_law_names_end(text, name, rules):
    scanned = scan(text, rules)
    hit = scanned.hits[0]
    assert text[hit.start : law_end(scanned, hit, rules.law_names)] == name


@pytest.mark.parametrize("text", FILES["law_names"].counter_examples)
def test_what_is_no_law_name(text, read):
    assert not [r for r in read(text).references if r.kind == "named"]


@pytest.mark.parametrize(("column", "header", "expected"), both_ways(FILES["registers"].columns))
def test_columns_of_registers(column, header, expected, rules):
    assert (rules.registers.field_of(header) == column.id) is expected


def test_headers_of_columns_of_days(rules):
    other_days = FILES["registers"].other_days
    assert [header for header in other_days.examples if not rules.registers.holds_days(header)] == []
    assert [header for header in other_days.counter_examples if rules.registers.holds_days(header)] == []
    assert {rules.registers.day_rank(header) for header in other_days.examples} == {None}


@pytest.mark.parametrize(("header", "fields"), FILES["registers"].examples.items())
def test_header_rows_of_registers(header, fields, rules):
    named = {field: at for at, field in enumerate(fields.split(" | ")) if field != "-"}
    assert rules.registers.positions(header.split(" | ")) == named


@pytest.mark.parametrize("header", FILES["registers"].counter_examples)
def test_what_is_no_header_of_a_register(header, rules):
    assert rules.registers.positions(header.split(" | ")) == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("names: [relations,", "names: [relations, Ngày ký,"), "names that stand twice: ngay ky"),
        (("- id: code", "- id: number"), "registers.yml: columns.0.id"),
    ],
)
def test_columns_of_registers_are_clear(tmp_path, change, fault):
    folder = tmp_path / "patterns"
    shutil.copytree(data_folder("patterns"), folder)
    file = folder / "registers.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(PatternsError, match=fault):
        load_rules(folder)


def test_all_faults_are_reported_at_once(tmp_path):
    folder = tmp_path / "patterns"
    shutil.copytree(data_folder("patterns"), folder)
    types = folder / "types.yml"
    types.write_text(types.read_text(encoding="utf-8").replace("    short: [BL]", "    shortt: [BL]"), encoding="utf-8")
    dates = folder / "dates.yml"
    dates.write_text(dates.read_text(encoding="utf-8").replace("  - id: words", "  - name: words"), encoding="utf-8")
    (folder / "chains.yml").unlink()
    with pytest.raises(PatternsError) as caught:
        load_rules(folder)
    faults = "\n".join(caught.value.faults)
    assert re.search(r"types\.yml: types\.\d+\.shortt: unknown key", faults)
    assert "dates.yml: dates.0.id" in faults
    assert "chains.yml: cannot be read" in faults


def test_a_rule_without_examples_is_refused(tmp_path):
    folder = tmp_path / "patterns"
    shutil.copytree(data_folder("patterns"), folder)
    (folder / "false_friends.yml").write_text(
        'false_friends:\n  - {id: x, before: "mẫu", examples: [], not: ["a"]}\nsilent: {}\n', encoding="utf-8"
    )
    with pytest.raises(PatternsError, match=r"false_friends\.0\.examples"):
        load_rules(folder)


def test_an_id_that_stands_twice_is_refused(tmp_path):
    folder = tmp_path / "patterns"
    shutil.copytree(data_folder("patterns"), folder)
    (folder / "false_friends.yml").write_text(
        "false_friends:\n" + '  - {id: x, before: "mẫu", examples: ["a"], not: ["b"]}\n' * 2 + "silent: {}\n",
        encoding="utf-8",
    )
    with pytest.raises(PatternsError, match="'x' stands twice"):
        load_rules(folder)


def test_fields_read_the_same_facts_in_any_order(rules):
    reader = FieldReader(rules)
    first = reader.facts(scan(" ngày 25/12/2023 của Bộ Chính trị", rules), 0, 40)
    second = reader.facts(scan(" của Bộ Chính trị ngày 25/12/2023", rules), 0, 40)
    assert (first.date, first.issuer is not None) == (second.date, second.issuer is not None) == ("2023-12-25", True)


BUDGET = FILES["law_names"].budget


@pytest.mark.parametrize(
    ("text", "stated"),
    [*((text, False) for text in BUDGET.examples), *((text, True) for text in BUDGET.counter_examples)],
)
def test_years_of_budgets(text, stated, read):
    (reference,) = read(text).references
    assert (reference.year is not None) is stated


BARE = FILES["issuers"].bare


@pytest.mark.parametrize(("text", "level"), [*BARE.examples.items(), *((text, None) for text in BARE.counter_examples)])
def test_levels_that_bare_words_tell(text, level, rules):
    assert AgencyFinder(rules).level_of(text.removeprefix("của ")) == level


SHORT = FILES["titles"].abbreviations


@pytest.mark.parametrize(
    ("name", "whole"), [*SHORT.examples.items(), *((name, name) for name in SHORT.counter_examples)]
)
def test_abbreviations_in_names_of_laws(name, whole, rules):
    assert rules.known.key(name) == name_key(whole)
