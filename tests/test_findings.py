"""Findings: each code on its own examples, both ways, with neutral words and the evidence of both sides."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

import kgdocs
from kgdocs.grammar.load import load_patterns
from kgdocs.lineage.findings.days import _longest_in_order
from kgdocs.lineage.findings.texts import _period
from kgdocs.paths import shipped_folder
from kgdocs.pipeline.examples.cases import Tools
from kgdocs.pipeline.examples.findings import BETWEEN, findings_of
from kgdocs.read import read_layout
from tests.test_link import plan

FILES, _ = load_patterns(shipped_folder("patterns"))
CATALOGUE = {
    "LABEL_SYMBOL": "high", "ISSUER_SYMBOL": "medium", "NUMBER_ORDER": "medium", "DUPLICATE_CODE": "high",
    "DATE_CONFLICT": "high", "TITLE_MISMATCH": "medium", "TYPE_ISSUER_INVALID": "high", "YEAR_TERM_CONFLICT": "high",
    "FUTURE_REFERENCE": "high", "EXPIRED_BASIS": "high", "MISSING_AMENDMENT": "low", "MISSING_IMPLEMENTATION": "high",
    "LATE_IMPLEMENTATION": "medium", "CHAIN_BROKEN": "high", "UNCITED_DIRECTIVE": "low", "UNNUMBERED": "medium",
    "SEPARATOR": "info", "CODE_TYPO": "info", "ANNEX_MISMATCH": "medium", "WEEKEND_DATE": "info",
    "AMBIGUOUS_TARGET": "info", "UNRESOLVED": "info", "NON_WORK_PERIOD": "info", "DISSOLVED_ISSUER": "high",
    "PLACE_CONFLICT": "medium", "NO_BASIS": "low",
}  # fmt: skip
"""The codes of reference §6.5 with their severity."""
OURS = {"ALIAS_INCONSISTENT", "BACKWARD_RELATION"}
"""Codes of findings that the reference describes without a code (§9: "alias inconsistency CA/CAT"), or that follow from what it says of relations."""
ACCUSING = re.compile(r"\b(?:sai|vi phạm|lỗi|cố ý|gian|giả|wrong|error|violat\w*|fake|false|illegal)\b", re.IGNORECASE)


@pytest.fixture(scope="session")
def found(rules, extractor):
    """Texts → their findings."""

    def run(*texts):
        result, texts_of = findings_of(texts, Tools(rules, extractor, read_layout))
        assert all(texts_of[one.source_id][one.start : one.end] == one.text for one in result)
        return result

    return run


def codes(result):
    return [one.code for one in result]


def test_the_catalogue_is_complete():
    severities = {rule.id: rule.severity for rule in FILES["findings"].findings}
    assert {code: severity for code, severity in severities.items() if code not in OURS} == CATALOGUE
    assert set(severities) > OURS


@pytest.mark.parametrize("rule", FILES["findings"].findings, ids=lambda rule: rule.id)
def test_findings_say_a_sentence_in_both_languages(rule, found):
    for one in found(*rule.examples[0].split(BETWEEN)):
        assert one.message
        assert one.message_en
        assert one.message != one.message_en
        assert "{" not in one.message + one.message_en


@pytest.mark.parametrize("rule", FILES["findings"].findings, ids=lambda rule: rule.id)
def test_words_state_a_difference_and_accuse_nobody(rule):
    assert not ACCUSING.search(rule.message)
    assert not ACCUSING.search(rule.english)


def test_the_heading_of_a_list_tells_its_period():
    assert _period("ban hành trong 06 tháng đầu năm 2024", FILES["findings"].annexes.periods) == (
        "2024-01-01",
        "2024-06-30",
    )
    assert _period("ban hành quý iv năm 2023", FILES["findings"].annexes.periods) == ("2023-10-01", "2023-12-31")
    assert _period("danh mục văn bản", FILES["findings"].annexes.periods) is None


FIRST = "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang"
OTHER = "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh Kiên Giang"


def test_a_header_stands_against_a_citation(found):
    own = plan("Kiên Giang", 47).replace("ngày 05 tháng 3", "ngày 20 tháng 02")
    (one,) = (one for one in found(own, f"Thực hiện {OTHER}.") if one.code == "DATE_CONFLICT")
    assert (one.severity, one.document_id) == ("high", "kien-giang/2024/47-kh-ubnd")
    assert one.message == (
        "Ngày ban hành của 47/KH-UBND được nêu khác nhau: 21/02/2024 (chỗ viện dẫn) và "
        "20/02/2024 (phần đầu của văn bản ấy)."
    )
    assert one.message_en == (
        "Different days of issue are stated for 47/KH-UBND: 21/02/2024 (a citation) and 20/02/2024 (its own header)."
    )
    assert one.text == OTHER
    assert one.details["known"]["text"] == "ngày 20 tháng 02 năm 2024"
    assert one.since == "2024-02-20"


def test_one_conflict_for_each_day_however_often_it_is_stated(found):
    third = OTHER.replace("21/02", "22/02")
    assert codes(found(f"{FIRST}; {FIRST}; {OTHER}", f"{OTHER}; {third}; {third}")).count("DATE_CONFLICT") == 2


def test_the_day_of_a_table_stands_against_a_citation(found):
    text = "Quyết định số 06/QĐ-TTg ngày 07/01/2022 của Thủ tướng Chính phủ"
    (one,) = (one for one in found(f"{text} phê duyệt Đề án 06.") if one.code == "DATE_CONFLICT")
    sides = {one.details[side]["value"]: one.details[side]["origin"] for side in ("stated", "known")}
    assert sides == {"2022-01-06": "patterns", "2022-01-07": "mention"}
    assert one.text.startswith(text)


def test_findings_are_kept_with_their_place(tmp_path):
    (tmp_path / "a.txt").write_text(f"{FIRST}; {OTHER}.", encoding="utf-8")
    kgdocs.build([tmp_path / "a.txt"], tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        rows = connection.execute(
            "SELECT f.document_id, substr(s.text, f.start + 1, f.end - f.start), f.text, f.details "
            "FROM findings f JOIN sources s ON s.id = f.source_id WHERE f.code = 'DATE_CONFLICT'"
        ).fetchall()
    ((document, words, text, details),) = rows
    assert document == "kien-giang/2024/47-kh-ubnd"
    assert words == text in (FIRST, OTHER)
    assert {side["text"] for side in json.loads(details).values()} == {FIRST, OTHER}


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (["2024-02-20", "2024-02-19", "2024-04-26"], {0, 2}),  # of two that will not do together the lower number stays
        (["2024-05-01", "2024-01-01", "2024-02-01", "2024-03-01"], {1, 2, 3}),
        (["2024-01-01", "2024-01-01", "2024-01-01"], {0, 1, 2}),
        ([], set()),
    ],
)
def test_as_few_documents_as_possible_are_out_of_order(days, kept):
    assert _longest_in_order(days) == kept


def test_one_document_far_out_of_order_is_named_alone(found):
    numbers = [(10, "05/01"), (11, "06/01"), (12, "20/3"), (13, "08/01"), (14, "09/01")]
    text = "; ".join(f"Kế hoạch số {n}/KH-UBND ngày {day}/2024 của UBND tỉnh Kiên Giang" for n, day in numbers)
    assert [one.document_id for one in found(text) if one.code == "NUMBER_ORDER"] == ["kien-giang/2024/12-kh-ubnd"]


DECREE = "CHÍNH PHỦ\n-------\nSố: 20/2021/NĐ-CP\nHà Nội, ngày 15 tháng 3 năm 2021\nNGHỊ ĐỊNH\nQuy định chính sách\n\nĐiều 1. {}\nĐiều 2. Nghị định này thay thế Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ."
DECISION = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n-------\nSố: 640/QĐ-UBND\nSông Mẫu, ngày {} năm 2021\nQUYẾT ĐỊNH\nVề trợ giúp\n\nCăn cứ Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Mức."


@pytest.mark.parametrize(
    ("day", "expected"),
    [("20 tháng 3", False), ("30 tháng 6", False), ("01 tháng 7", True), ("05 tháng 8", True)],
)
def test_a_basis_ends_when_what_replaces_it_enters_into_force(day, expected, found):
    decree = DECREE.format("Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.")
    result = [one for one in found(decree, DECISION.format(day)) if one.code == "EXPIRED_BASIS"]
    assert bool(result) is expected
    if expected:
        (one,) = result
        assert "01/7/2021 (20/2021/NĐ-CP)" in one.message
        assert one.details["known"]["text"]


def test_a_repealed_part_is_no_expired_basis(found):
    part = DECREE.format("Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2021.").replace(
        "Nghị định này thay thế Nghị", "Bãi bỏ khoản 2 Điều 5 Nghị"
    )
    assert "EXPIRED_BASIS" not in codes(found(part, DECISION.format("05 tháng 8")))


AMENDING = "CHÍNH PHỦ\n-------\nSố: 76/2024/NĐ-CP\nHà Nội, ngày 01 tháng 5 năm 2024\nNGHỊ ĐỊNH\nSửa đổi, bổ sung một số điều của Nghị định số 20/2021/NĐ-CP ngày 15/3/2021\n\nĐiều 2. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024."
CITING = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n-------\nSố: 88/KH-UBND\nSông Mẫu, {} năm 2024\nKẾ HOẠCH\nTrợ giúp\n\nThực hiện Nghị định số 20/2021/NĐ-CP ngày 15/3/2021 của Chính phủ."


@pytest.mark.parametrize(
    ("day", "severity"),
    [("ngày 20 tháng 6", None), ("ngày 01 tháng 7", "low"), ("ngày    tháng 7", "info"), ("ngày 05 tháng 8", "low")],
)
def test_an_amendment_counts_from_its_effect(day, severity, found):
    result = [one.severity for one in found(AMENDING, CITING.format(day)) if one.code == "MISSING_AMENDMENT"]
    assert result == ([severity] if severity else [])


DENYING = (
    "UBND TỈNH SÔNG MẪU\nSỞ Y TẾ\n-------\nSố: 12/BC-SYT\nSông Mẫu, ngày 05 tháng 7 năm 2024\nBÁO CÁO\nKết quả\n\nI. KẾT QUẢ\n"
    "1. Đã có Kế hoạch số 115-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu về thực hiện Chỉ thị số 28-CT/TW "
    "ngày 25/12/2023 của Bộ Chính trị.\n2. {} thực hiện Kế hoạch số 115-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu."
)


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("Đến nay UBND tỉnh vẫn chưa ban hành Kế hoạch", "tỉnh Sông Mẫu"),
        ("Ủy ban nhân dân huyện An Mẫu chưa ban hành Kế hoạch", "huyện An Mẫu"),
    ],
)
def test_what_a_text_says_is_not_there_is_missing(words, agency, found):
    (one,) = (one for one in found(DENYING.format(words)) if one.code == "MISSING_IMPLEMENTATION")
    assert f"Ủy ban nhân dân {agency}" in one.message
    assert "Có văn bản nêu là chưa có" in one.message
    assert one.text.startswith("Kế hoạch thực hiện Kế hoạch số 115-KH/TU")


def test_offices_of_one_name_in_two_districts_may_write_their_code_as_they_like(found):
    text = "Kế hoạch số 12/KH-UBND ngày 05/8/2024 của UBND tỉnh Kiên Giang; Quyết định số 15/QĐ-UB ngày 06/8/2024 của UBND tỉnh Kiên Giang"
    assert "ALIAS_INCONSISTENT" not in codes(found(text))
