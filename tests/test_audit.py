"""`kgdocs audit` and `kgdocs compare`: the same from the database as from the build, on any day, in any form."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.pipeline.auditing import audit, audit_json
from kgdocs.store.database import open_readonly
from tests.conftest import ROOT

REPORT = """UBND TỈNH SÔNG MẪU
SỞ Y TẾ
-------
Số: {number}/BC-SYT
Sông Mẫu, ngày {day}
BÁO CÁO
Kết quả công tác

I. KẾT QUẢ
1. Đã có Kế hoạch số 115-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu về thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.
2. {rest}
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    db = tmp_path_factory.mktemp("audit") / "x.db"
    kgdocs.build([ROOT / "corpus"], db)
    return str(db)


def run(*args):
    return CliRunner().invoke(main, list(args))


def test_the_shape_that_programs_rely_on(corpus):
    found = json.loads(run("audit", "--db", corpus, "--format", "json").stdout)
    assert {"as_of", "chains", "findings"} <= set(found)
    assert found["as_of"] is None
    for chain in found["chains"]:
        for step in chain["steps"]:
            assert {"step", "agency", "document_id", "code", "state", "days", "deadline", "basis", "evidence"} <= set(
                step
            )
            assert step["basis"]
            assert step["basis_en"]
            assert step["evidence"] or step["state"] in ("unknown", "missing")
    for one in found["findings"]:
        assert {"code", "severity", "message", "document_id", "source", "start", "end", "text", "details"} <= set(one)


def test_every_finding_and_step_has_its_evidence_in_a_source(corpus):
    connection = open_readonly(Path(corpus))
    texts = dict(connection.execute("SELECT id, text FROM sources"))
    found = audit(connection)
    connection.close()
    assert found.findings
    assert all(texts[one.source_id][one.start : one.end] == one.text for one in found.findings)
    rows = [row for step in found.steps for row in step.evidence]
    assert rows
    assert all(texts[row["source"]][row["start"] : row["end"]] == row["text"] for row in rows)


def test_the_newest_day_is_as_the_build_saw_it(corpus):
    connection = open_readonly(Path(corpus))
    built, then = audit_json(audit(connection)), audit_json(audit(connection, "2099-12-31"))
    connection.close()

    def told(found):
        return [(chain["code"], step["step"], step["agency"], step["document_id"], step["days"])
                for chain in found["chains"] for step in chain["steps"] if step["document_id"]]  # fmt: skip

    assert told(built) == told(then)


def test_what_was_planned_in_our_own_corpus(corpus):
    found = json.loads(run("audit", "--db", corpus, "--format", "json").stdout)
    (chain,) = (chain for chain in found["chains"] if chain["code"] == "28-CT/TW")
    states = {(step["place"], step["step"], step["code"]): (step["state"], step["days"]) for step in chain["steps"]}
    assert states["song-mau", "party_plan", "115-KH/TU"] == ("done", 107)
    assert states["song-mau", "district_plan", "52/KH-UBND"] == ("late", 278)
    assert states["kien-giang", "party_plan", "211-KH/TU"] == ("done", 122)


def test_a_day_on_which_the_plan_was_not_yet_there(corpus):
    found = json.loads(run("audit", "--db", corpus, "--as-of", "2024-03-01", "--format", "json").stdout)
    assert found["as_of"] == "2024-03-01"
    (chain,) = (chain for chain in found["chains"] if chain["code"] == "28-CT/TW")
    assert all(step["document_id"] is None for step in chain["steps"])
    assert {step["state"] for step in chain["steps"]} <= {"unknown", "missing"}
    assert all(one["since"] is None or one["since"] <= "2024-03-01" for one in found["findings"])


@pytest.mark.parametrize(("level", "code"), [("high", 1), ("medium", 1), ("info", 1)])
def test_fail_on(level, code, corpus):
    assert run("audit", "--db", corpus, "--fail-on", level).exit_code == code


def test_fail_on_passes_where_all_is_below(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Công văn số 611/UBND-KGVX ngày 30/3/2024 của UBND tỉnh Kiên Giang.", encoding="utf-8"
    )
    kgdocs.build([tmp_path / "a.txt"], tmp_path / "x.db")
    db = str(tmp_path / "x.db")
    assert run("audit", "--db", db, "--fail-on", "low").exit_code == 0
    assert run("audit", "--db", db, "--fail-on", "info").exit_code == 1


def test_csv_holds_steps_and_findings(corpus):
    rows = list(csv.DictReader(io.StringIO(run("audit", "--db", corpus, "--format", "csv").stdout)))
    assert {row["kind"] for row in rows} == {"step", "finding"}
    found = json.loads(run("audit", "--db", corpus, "--format", "json").stdout)
    assert len(rows) == sum(len(chain["steps"]) for chain in found["chains"]) + len(found["findings"])
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values() if cell)


def test_text_in_both_languages(corpus):
    vietnamese, english = (run("audit", "--db", corpus, "--lang", lang).stdout for lang in ("vi", "en"))
    assert "là thứ Bảy" in vietnamese
    assert "a Saturday" in english


def test_a_day_that_is_none(corpus):
    result = run("audit", "--db", corpus, "--as-of", "2024-13-01")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_two_reports(tmp_path):
    plan = "Tham mưu trình UBND tỉnh Kế hoạch triển khai thực hiện Kế hoạch số 115-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu."
    done = "UBND tỉnh đã ban hành Kế hoạch số 88/KH-UBND ngày 20/9/2024 thực hiện Kế hoạch số 115-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu."
    (tmp_path / "a.txt").write_text(REPORT.format(number=7, day="05 tháng 7 năm 2024", rest=plan), encoding="utf-8")
    (tmp_path / "b.txt").write_text(REPORT.format(number=19, day="15 tháng 12 năm 2024", rest=done), encoding="utf-8")
    db = str(tmp_path / "x.db")
    kgdocs.build([tmp_path / "a.txt", tmp_path / "b.txt"], db)
    found = json.loads(run("compare", "7/BC-SYT", "19/BC-SYT", "--db", db, "--format", "json").stdout)
    assert [plan["issued"] for plan in found["plans"]] == ["song-mau/2024/88-kh-ubnd"]
    assert found["vanished"] == []
    assert "trung-uong/2023/28-ct-tw" in found["kept"]
    assert "now 88/KH-UBND" in run("compare", "7/BC-SYT", "19/BC-SYT", "--db", db).stdout
    assert run("compare", "7/BC-SYT", "nothing", "--db", db).exit_code == 2
