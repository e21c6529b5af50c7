"""Findings: each code on its own examples, both ways, with the evidence of both sides."""

import json
import sqlite3
from contextlib import closing

import pytest

import kgdocs
from kgdocs.grammar.load import load_patterns
from kgdocs.lineage.findings import findings
from kgdocs.link import link
from kgdocs.paths import data_folder
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of
from tests.test_link import plan
from tests.test_patterns import both_ways

FILES, _ = load_patterns(data_folder("patterns"))


@pytest.fixture(scope="session")
def found(rules, extractor):
    """Texts → their findings."""

    def run(*texts):
        sources = [source_of(f"van-ban-{i}.txt", text.encode(), "text", rules) for i, text in enumerate(texts)]
        readings = [reading_of(source, rules, extractor) for source in sources]
        return findings(link(readings, rules), readings, rules)

    return run


@pytest.mark.parametrize(("rule", "text", "expected"), both_ways(FILES["findings"].findings))
def test_findings_on_their_examples(rule, text, expected, found):
    assert (rule.id in {one.code for one in found(text)}) is expected


FIRST = "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang"
OTHER = "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh Kiên Giang"


def test_a_header_stands_against_a_citation(found):
    own = plan("Kiên Giang", 47).replace("ngày 05 tháng 3", "ngày 20 tháng 02")
    (one,) = found(own, f"Thực hiện {OTHER}.")
    assert (one.code, one.severity, one.document_id) == ("DATE_CONFLICT", "high", "kien-giang/2024/47-kh-ubnd")
    assert one.message == (
        "Ngày ban hành của 47/KH-UBND được nêu khác nhau: 21/02/2024 (chỗ viện dẫn) và "
        "20/02/2024 (phần đầu của chính văn bản)."
    )
    assert one.text == OTHER
    assert one.details["known"]["text"] == "ngày 20 tháng 02 năm 2024"


def test_one_finding_for_each_day_however_often_it_is_stated(found):
    third = OTHER.replace("21/02", "22/02")
    assert len(found(f"{FIRST}; {FIRST}; {OTHER}", f"{OTHER}; {third}; {third}")) == 2


def test_the_day_of_a_table_stands_against_a_citation(found):
    text = "Quyết định số 06/QĐ-TTg ngày 07/01/2022 của Thủ tướng Chính phủ"
    (one,) = found(f"{text} phê duyệt Đề án 06.")
    sides = {one.details[side]["value"]: one.details[side]["origin"] for side in ("stated", "known")}
    assert sides == {"2022-01-06": "patterns", "2022-01-07": "mention"}
    assert one.text.startswith(text)


def test_findings_are_kept_with_their_place(tmp_path):
    (tmp_path / "a.txt").write_text(f"{FIRST}; {OTHER}.", encoding="utf-8")
    kgdocs.build([tmp_path / "a.txt"], tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        rows = connection.execute(
            "SELECT f.code, f.document_id, substr(s.text, f.start + 1, f.end - f.start), f.details "
            "FROM findings f JOIN sources s ON s.id = f.source_id"
        ).fetchall()
    assert [row[:2] for row in rows] == [("DATE_CONFLICT", "kien-giang/2024/47-kh-ubnd")]
    sides = json.loads(rows[0][3])
    assert rows[0][2] in (FIRST, OTHER)
    assert {side["text"] for side in sides.values()} == {FIRST, OTHER}
