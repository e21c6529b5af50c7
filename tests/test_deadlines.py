"""Deadlines: every rule of patterns/deadlines.yml both ways, and what a clause gives to whom until when."""

import sqlite3
from contextlib import closing

from kgdocs.grammar.load import load_patterns
from kgdocs.paths import shipped_folder
from kgdocs.pipeline.build import build

WORDS = load_patterns(shipped_folder("patterns"))[0]["deadlines"]


PLAN = """ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG
Số: 900/KH-UBND
Kiên Giang, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
Về công tác trẻ em

1. Các sở, ngành hoàn thành việc rà soát trước ngày 31/5/2024.
2. UBND các xã ban hành kế hoạch trước ngày 20/8/2024; báo cáo kết quả trước ngày 30/11/2024
và trước ngày 15 tháng 12 hằng năm.
"""


def test_two_tasks_of_one_sentence_have_one_audience(read):
    found = [(one.due, one.task, one.audience) for one in read(PLAN).deadlines]
    assert found == [("2024-08-20", "plan", ("commune",)), ("2024-11-30", "report", ("commune",))]


def test_evidence_is_the_clause(read):
    for one in read(PLAN).deadlines:
        assert PLAN[one.start : one.end] == one.text
    assert read(PLAN).deadlines[0].text == "UBND các xã ban hành kế hoạch trước ngày 20/8/2024"


def test_a_day_before_the_text_is_no_deadline(read):
    assert "2024-05-31" not in {one.due for one in read(PLAN).deadlines}


def test_only_days_of_every_year_recur(read):
    (one,) = read("Các sở báo cáo kết quả trước ngày 15/12 hằng năm.").deadlines
    assert one.recurring
    assert not read(PLAN).deadlines[0].recurring


def test_rows_of_the_table(tmp_path):
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "ke-hoach.txt"], tmp_path / "kg.db")
    with closing(sqlite3.connect(tmp_path / "kg.db")) as connection:
        rows = connection.execute(
            "SELECT d.document_id, d.task, d.audience, d.due, d.recurring, "
            "substr(s.text, d.start + 1, d.end - d.start) = d.text FROM deadlines d JOIN sources s ON s.id = d.source_id"
        ).fetchall()
    plan = "kien-giang/2024/900-kh-ubnd"
    assert rows == [(plan, "plan", "commune", "2024-08-20", 0, 1), (plan, "report", "commune", "2024-11-30", 0, 1)]
