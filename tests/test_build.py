"""A build loses no file, replaces in one step, and refuses what is not ours."""

import fcntl
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

import kgdocs
from kgdocs.errors import BuildInProgress, DatabaseError, UsageError
from kgdocs.pipeline import questions
from kgdocs.pipeline.reading import find_files
from kgdocs.store.schema import TABLES
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    db = tmp_path_factory.mktemp("db") / "kgdocs.db"
    return db, kgdocs.build([CORPUS], db)


@pytest.fixture
def connection(built):
    connection = sqlite3.connect(built[0])
    yield connection
    connection.close()


def rows(connection, sql, *values):
    return connection.execute(sql, values).fetchall()


def test_every_file_has_a_line(built, connection):
    files = sum(1 for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".json")
    counts = built[1].counts
    assert counts["sources_read"] + counts["sources_warning"] + counts["sources_rejected"] == files
    assert rows(connection, "SELECT count(*) FROM sources") == [(files,)]
    assert rows(connection, "SELECT count(*) FROM sources WHERE state = 'rejected' AND reason IS NULL") == [(0,)]


def test_answers_beside_documents_are_no_documents(tmp_path):
    for name in ("a.md", "a.json", "b.json", "c.JSON", "c.txt"):
        (tmp_path / name).write_text("Chỉ thị số 28-CT/TW", encoding="utf-8")
    assert [path.name for path, _ in find_files([tmp_path])] == ["a.md", "b.json", "c.JSON", "c.txt"]
    assert [path.name for path, _ in find_files([tmp_path / "a.json"])] == ["a.json"]


def test_every_reference_is_accounted_for(built):
    counts = built[1].counts
    assert counts["mentions"] == counts["resolved"] + counts["ambiguous"] + counts["unresolved"]


def test_the_schema_is_the_one_described(connection):
    for name, table in TABLES.items():
        columns = [column[1] for column in rows(connection, f"PRAGMA table_info({name})")]
        assert columns == list(table.columns)
    assert rows(connection, "PRAGMA foreign_key_check") == []


def test_evidence_gives_back_its_text(connection):
    for table in ("mentions", "evidence", "document_facts"):
        sql = f'SELECT s.text, t."start", t."end", t.text FROM {table} t JOIN sources s ON s.id = t.source_id'
        found = rows(connection, sql)
        assert found
        assert all(text[start:end] == said for text, start, end, said in found)


def test_no_relation_is_without_evidence(connection):
    sql = "SELECT count(*) FROM relations WHERE evidence_count = 0 OR id NOT IN (SELECT relation_id FROM evidence)"
    assert rows(connection, sql) == [(0,)]


def test_a_lineage_of_five_levels(connection):
    lineage = questions.lineage(connection, "trung-uong/2023/28-ct-tw", up=False)
    chain = [edge for edge in lineage.edges if edge.type in ("implements", "reports_on")]
    level = {"trung-uong/2023/28-ct-tw": 1}
    for edge in chain * 8:
        if edge.to_id in level:
            level[edge.from_id] = max(level.get(edge.from_id, 0), level[edge.to_id] + 1)
    assert max(level.values()) >= 5
    states = {edge.status for edge in lineage.edges}
    assert states == {"asserted", "planned", "negated"}


def test_the_same_corpus_gives_the_same_content(built, tmp_path):
    again = tmp_path / "again.db"
    kgdocs.build([CORPUS], again)
    first, second = (sqlite3.connect(path) for path in (built[0], again))
    for name in TABLES:
        if name != "builds":
            assert rows(first, f"SELECT * FROM {name}") == rows(second, f"SELECT * FROM {name}")
    first.close()
    second.close()


def test_copies_are_one_source_with_both_paths(tmp_path):
    for name in ("a.txt", "b.txt"):
        shutil.copy(CORPUS / "quyet-dinh-1591.txt", tmp_path / name)
    summary = kgdocs.build([tmp_path], tmp_path / "x.db")
    connection = sqlite3.connect(tmp_path / "x.db")
    assert summary.counts["sources_read"] == 1
    path = rows(connection, "SELECT path FROM sources WHERE state = 'read'")[0][0]
    connection.close()
    assert [one.rsplit("/", 1)[1] for one in path.split("\n")] == ["a.txt", "b.txt"]


def with_an_empty_file(folder):
    (folder / "rong.txt").write_bytes(b"")
    return [folder]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: [folder / "khong-co"], "no such file or folder"),
        (lambda folder: [folder], "No files found"),
        (with_an_empty_file, "Nothing could be read"),
    ],
)
def test_where_nothing_can_be_read_nothing_is_replaced(make, message, tmp_path, built):
    db = tmp_path / "db" / "kgdocs.db"
    db.parent.mkdir()
    shutil.copy(built[0], db)
    before = db.read_bytes()
    folder = tmp_path / "texts"
    folder.mkdir()
    with pytest.raises(UsageError, match=message):
        kgdocs.build(make(folder), db)
    assert db.read_bytes() == before
    assert [path.name for path in db.parent.iterdir()] == ["kgdocs.db"]


def test_one_bad_file_costs_one_file(tmp_path):
    shutil.copy(CORPUS / "quyet-dinh-1591.txt", tmp_path / "tot.txt")
    (tmp_path / "rong.txt").write_bytes(b"")
    (tmp_path / "hong.txt").write_bytes(b"\xff\xfe\xfd\x00\xd8")
    (tmp_path / "so.csv").write_text("ngày,tên\n1,2\n", encoding="utf-8")
    summary = kgdocs.build([tmp_path], tmp_path.parent / "bad.db")
    assert summary.counts["sources_read"] == 1
    assert {path.rsplit("/", 1)[1] for path, _ in summary.rejected} == {"rong.txt", "hong.txt", "so.csv"}
    assert all(reason.endswith(".") for _, reason in summary.rejected)


def test_somebody_elses_database_is_left_alone(tmp_path):
    db = tmp_path / "luong.db"
    connection = sqlite3.connect(db)
    connection.execute("CREATE TABLE payroll (name TEXT)")
    connection.commit()
    connection.close()
    before = db.read_bytes()
    with pytest.raises(DatabaseError, match="not made by kgdocs"):
        kgdocs.build([CORPUS], db)
    assert db.read_bytes() == before


def test_a_text_file_at_the_target_is_left_alone(tmp_path):
    db = tmp_path / "ghi-chu.db"
    db.write_text("đây là ghi chú của tôi, không phải cơ sở dữ liệu" * 50, encoding="utf-8")
    with pytest.raises(DatabaseError):
        kgdocs.build([CORPUS], db)
    assert db.read_text(encoding="utf-8").startswith("đây là")


def test_the_graph_has_documents_and_evidence(built):
    graph = kgdocs.load_graph(built[0])
    edge = graph.edges["kien-giang/2024/211-kh-tu", "trung-uong/2023/28-ct-tw", "implements:asserted"]
    assert graph.nodes["kien-giang/2024/211-kh-tu"]["code"] == "211-KH/TU"
    assert edge["evidence"]


def test_register_rows_that_cannot_be_placed_are_told(tmp_path):
    register = '"Số, ký hiệu",Cơ quan ban hành,Ngày ban hành\n28-CT/TW,Bộ Chính trị,25/12/2023\n47/KH-UBND,UBND tỉnh,2024\nkhông có số,,\n'
    (tmp_path / "so.csv").write_text(register, encoding="utf-8")
    db = tmp_path.parent / "register.db"
    summary = kgdocs.build([tmp_path], db)
    connection = sqlite3.connect(db)
    reason = rows(connection, "SELECT reason FROM sources WHERE state = 'warning'")[0][0]
    connection.close()
    assert reason == (
        "2 dòng của sổ chưa hiểu hết: dòng 3 (47/KH-UBND): chưa rõ địa phương của cơ quan ban hành;"
        " dòng 4 (không có số): không đọc được số, ký hiệu."
    )
    assert summary.warned == ((f"{tmp_path.name}/so.csv", reason),)


def test_links_and_odd_names_have_a_line_each(tmp_path):
    folder = tmp_path / "so"
    folder.mkdir()
    (folder / "tot.txt").write_text("Thực hiện Chỉ thị số 28-CT/TW", encoding="utf-8")
    Path(os.fsdecode(bytes(folder) + b"/k\xff.txt")).write_text("Căn cứ Luật Đất đai", encoding="utf-8")
    (folder / "mot.txt").symlink_to("khong-co-1.txt")
    (folder / "hai.txt").symlink_to("khong-co-2.txt")
    (folder / "vong").symlink_to(folder, target_is_directory=True)
    counts = kgdocs.build([folder], tmp_path / "x.db").counts
    assert (counts["sources_read"], counts["sources_rejected"]) == (2, 3)
    connection = sqlite3.connect(tmp_path / "x.db")
    paths = {path for (path,) in rows(connection, "SELECT path FROM sources")}
    connection.close()
    assert {"so/mot.txt", "so/hai.txt", "so/vong", r"so/k\xff.txt"} < paths


def test_a_folder_that_may_not_be_entered_has_a_line(tmp_path, monkeypatch):
    closed = tmp_path / "so" / "kin"
    closed.mkdir(parents=True)
    (tmp_path / "so" / "tot.txt").write_text("Thực hiện Chỉ thị số 28-CT/TW", encoding="utf-8")
    scandir = os.scandir

    def refusing(path="."):
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)  # root, as in a container, may enter every real folder
    summary = kgdocs.build([tmp_path / "so"], tmp_path / "x.db")
    assert [path for path, _ in summary.rejected] == ["so/kin"]
    assert summary.counts["sources_read"] == 1


def test_two_builds_of_one_database_do_not_meet(tmp_path):
    with (tmp_path / ".x.db.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BuildInProgress, match="Another build"):
            kgdocs.build([CORPUS], tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()


def test_a_place_that_cannot_be_written_is_one_sentence():
    with pytest.raises(DatabaseError, match="Cannot write"):
        kgdocs.build([CORPUS], "/proc/x.db")


def test_nothing_is_left_beside_the_database(built):
    assert [path.name for path in built[0].parent.iterdir()] == [built[0].name]
