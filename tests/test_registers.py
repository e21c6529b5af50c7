"""Registers of offices: CSV and Excel are read row by row, what is not understood is told, and imports stay."""

import csv
import datetime
import io
import json
import shutil
import sqlite3
import struct
import warnings
import zipfile
from contextlib import closing

import openpyxl
import pytest
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.errors import BuildInProgress, DatabaseError, OtherVersion, SourceError, UsageError
from kgdocs.pipeline import registers
from kgdocs.pipeline.questions import open_readonly
from kgdocs.pipeline.reading import reading_of
from kgdocs.pipeline.registers import import_register, imported_registers, remove_register
from kgdocs.read import archive, limits, read_source, source_of, workbook
from kgdocs.store.schema import TABLES
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
HEADER = ("STT", "Số, ký hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu")
KIEN_GIANG = "UBND tỉnh Kiên Giang"


def table(*rows, header=HEADER):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows([header, *rows])
    return buffer.getvalue()


def book(sheets):
    """An Excel file of {sheet name: rows}, as bytes."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def repacked(content, change):
    """The parts of an Excel file, changed: `change(name, bytes)` → bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


@pytest.fixture
def reading(rules):
    def make(content, name="so.csv", kind="register"):
        content = content.encode() if isinstance(content, str) else content
        return reading_of(source_of(name, content, kind, rules), rules, None)

    return make


@pytest.fixture
def told(tmp_path):
    """Rows of a CSV register → (line, placed, reason) of what was not understood, and documents by id."""

    def run(*rows, header=HEADER):
        path = tmp_path / "so.csv"
        path.write_text(table(*rows, header=header), encoding="utf-8")
        done = import_register(path, tmp_path / "x.db")
        with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
            found = dict(connection.execute("SELECT id, issued_on FROM documents"))
        return [(fault.line, fault.placed, fault.reason) for fault in done.faults], found

    return run


# Reading Excel


def test_a_workbook_is_read_as_its_text(reading):
    sheets = {
        "Năm 2024": [
            ["SỔ VĂN BẢN ĐI"],
            [],
            HEADER,
            [1, "211-KH/TU", "Kế hoạch", datetime.date(2024, 4, 25), "Tỉnh ủy Kiên Giang", "về trẻ em\nnăm 2024"],
            [],
            [2, "47/KH-UBND", None, "ngày 20 tháng 2 năm 2024", KIEN_GIANG],
        ],
        "Ghi chú": [["không phải sổ"]],
        "# Năm\u2009kia": [["Ký hiệu số", "Số văn bản"], ["", "12/KH-UBND"]],
    }
    found = reading(book(sheets), "so.xlsx", "xlsx")
    text, rows = found.source.text, found.rows
    assert [(row.sheet, row.line, row.code, row.date) for row in rows] == [
        ("Năm 2024", 4, "211-KH/TU", "2024-04-25"),
        ("Năm 2024", 6, "47/KH-UBND", "2024-02-20"),
        ("# Năm\u2009kia", 2, "12/KH-UBND", None),
    ]
    evidence = "1\t211-KH/TU\tKế hoạch\t2024-04-25\tTỉnh ủy Kiên Giang\tvề trẻ em năm 2024\n"
    assert text[rows[0].start : rows[0].end] == evidence
    assert text.startswith("# Năm 2024\nSỔ VĂN BẢN ĐI\n\nSTT\tSố, ký hiệu\t")
    assert text[rows[2].start : rows[2].end] == "\t12/KH-UBND\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (56.0, "56"),
        (56.5, "56.5"),
        (True, "TRUE"),
        (datetime.datetime(2024, 3, 5), "2024-03-05"),
        (datetime.datetime(2024, 3, 5, 14, 30), "2024-03-05 14:30:00"),
        ("a\tb\nc\u2028d", "a b c d"),
        ("#", " #"),
        ("=1+1", ""),
        ("Kê\u0301 hoạch", "Kế hoạch"),
    ],
)
def test_how_cells_are_shown(value, shown, rules):
    source = source_of("so.xlsx", book({"Sổ": [[value, "x"]]}), "xlsx", rules)
    assert source.text == f"# Sổ\n{shown}\tx\n"


def test_a_workbook_from_before_unicode_is_converted(rules):
    source = source_of("so.xlsx", book({"So": [["Sè", "NghÞ ®Þnh cña ChÝnh phñ vÒ trÎ em"]]}), "xlsx", rules)
    assert source.text == "# So\nSố\tNghị định của Chính phủ về trẻ em\n"
    assert (source.state, source.encoding) == ("warning", "tcvn3")
    assert source.raw_offsets == tuple(range(len(source.text) + 1))  # in the words as the workbook has them


@pytest.mark.parametrize("value", [56, 56.0, 45000, datetime.date(2024, 3, 5)])
def test_a_number_or_a_date_is_no_code(value, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(book({"Sổ": [HEADER, [1, value, None, None, KIEN_GIANG]]}))
    done = import_register(path, tmp_path / "x.db")
    assert (done.rows, done.placed, done.changed) == (1, 0, False)
    assert done.faults[0].reason == "không đọc được số, ký hiệu"
    assert not (tmp_path / "x.db").exists()


def bomb(size):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return buffer.getvalue()


def many_parts(count):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def as_if_encrypted():
    """An archive whose directory says that its parts are encrypted."""
    content = bytearray(many_parts(1))
    at = content.index(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


SMALL = book({"Sổ": [HEADER, [1, "47/KH-UBND", None, None, KIEN_GIANG]]})


def with_sheet(inner):
    """The small workbook with other XML in place of its rows."""

    def change(name, content):
        if not name.startswith("xl/worksheets/"):
            return content
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        return b"<worksheet %s>%s</worksheet>" % (space, inner) if b"<" in inner[:1] else inner

    return repacked(SMALL, change)


CELL = b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>'
LAUGHS = b"<!DOCTYPE w [<!ENTITY a 'ha'>%s]><w>&z;</w>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(25)
)
HOSTILE = {
    "no archive": (b"code\n47/KH-UBND\n", "Không phải tệp Excel"),
    "empty archive": (many_parts(0), "Tệp Excel hỏng"),
    "cut": (SMALL[: len(SMALL) // 2], "Không phải tệp Excel"),
    "damaged": (SMALL[:300] + b"\0" * 200 + SMALL[500:], "Tệp Excel hỏng"),
    "bomb by ratio": (bomb(20_000_000), "quá lớn khi giải nén"),
    "bomb by size": (bomb(limits.UNPACKED_MB.bytes + 1), "quá lớn khi giải nén"),
    "many parts": (many_parts(limits.PARTS.value + 1), "quá lớn khi giải nén"),
    "encrypted": (archive._OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
    "encrypted parts": (as_if_encrypted(), "có mật khẩu"),
    "old Excel": (archive._OLE + b"\0" * 512, r"dạng cũ \(.xls\)"),
    "not XML": (with_sheet(b"x"), "Tệp Excel hỏng"),
    "entities": (repacked(SMALL, lambda name, old: LAUGHS if "sheet1" in name else old), "Tệp Excel hỏng"),
    "far row": (with_sheet(b'<sheetData><row r="99999999999">' + CELL % b"A1" + b"</row></sheetData>"), "Bảng quá lớn"),
    "wide rows": (
        with_sheet(
            b"<sheetData>" + b"".join(b"<row>%s</row>" % (CELL % b"ZZZ1") for _ in range(300)) + b"</sheetData>"
        ),
        "Bảng quá lớn",
    ),
    "beyond the last column": (
        with_sheet(b"<sheetData><row>" + CELL % b"AAAA1" + b"</row></sheetData>"),
        "Tệp Excel hỏng",
    ),
    "no table": (book({"Sổ": [["x"]]}), "không có cột"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_one_sentence(content, reason, reading):
    with pytest.raises(SourceError, match=reason) as caught:
        reading(content, "so.xlsx", "xlsx")
    assert "\n" not in str(caught.value)


def test_what_a_workbook_says_of_its_size_does_not_matter(reading):
    rows = b'<dimension ref="A1:XFD1048576"/><sheetData><row>%s<c t="str"><v>%s</v></c></row></sheetData>'
    content = with_sheet(rows % (CELL % b"A1", "Số, ký hiệu".encode()))
    assert reading(content, "so.xlsx", "xlsx").source.text == "# Sổ\nx\tSố, ký hiệu\n"


def test_empty_rows_at_the_end_are_no_rows(monkeypatch):
    monkeypatch.setenv("KGDOCS_ROWS", "5")
    rows = b"".join(b'<row r="%d"><c s="0"/></row>' % number for number in range(2, 2000))
    content = with_sheet(b"<sheetData><row>%s</row>%s</sheetData>" % (CELL % b"A1", rows))
    assert workbook.workbook_text(content) == "# Sổ\nx\n"
    more = with_sheet(b"<sheetData>%s</sheetData>" % (b"<row>%s</row>" % (CELL % b"A1") * 6))
    with pytest.raises(SourceError, match="hơn 5 dòng"):
        workbook.workbook_text(more)


def test_a_formula_counts_with_its_saved_value(reading):
    cells = '<c t="str"><f>CONCAT(A1)</f><v>Số, ký hiệu</v></c></row><row><c t="str"><f>cmd|x</f><v>47/KH-UBND</v></c></row>'
    content = with_sheet(b"<sheetData><row>" + cells.encode() + b"</sheetData>")
    assert [row.code for row in reading(content, "so.xlsx", "xlsx").rows] == ["47/KH-UBND"]


def test_a_rejected_workbook_is_a_source(tmp_path, rules):
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"PK")
    source = read_source(path, rules)
    assert (source.state, source.format, source.reason) == ("rejected", "xlsx", "Không phải tệp Excel (.xlsx).")


# Rows that are not understood


def test_cells_that_look_like_formulas_stay_text(reading):
    (row,) = reading(table((1, "47/KH-UBND", "", "", "=cmd|' /c calc'!A0", "@SUM(1)"))).rows
    assert (row.issuer, row.title) == ("=cmd|' /c calc'!A0", "@SUM(1)")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("5/3/2024", "2024-03-05"),
        ("05.03.24", "2024-03-05"),
        ("ngày 05 tháng 3 năm 2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05 00:00:00", "2024-03-05"),
        ("tháng 7 năm 2024", "2024-07"),
        ("7/2024", "2024-07"),
        ("2024", "2024"),
        ("32/13/2024", "32/13/2024"),
        ("sau", "sau"),
    ],
)
def test_dates_of_registers(written, iso, reading):
    (row,) = reading(table((1, "47/KH-UBND", "", written, KIEN_GIANG, ""))).rows
    assert row.date == iso


PLACED = (1, "47/KH-UBND", "Kế hoạch", "20/02/2024", KIEN_GIANG, "về trẻ em")
ROWS = [
    ((2, "", "Kế hoạch", "1/2/2024", KIEN_GIANG, "không số"), [(3, False, "không có số, ký hiệu")]),
    ((2, "đang xin số", "", "", KIEN_GIANG, ""), [(3, False, "không đọc được số, ký hiệu")]),
    ((2, "48/KH-UBND", "", "1/2/2024", "UBND tỉnh", ""), [(3, False, "chưa rõ địa phương của cơ quan ban hành")]),
    ((2, "48/KH-XYZT", "", "1/2/2024", "nơi khác", ""), [(3, False, "chưa rõ cơ quan ban hành")]),
    ((2, "48/KH-UBND", "", "30/2/2024", KIEN_GIANG, ""), [(3, True, "ngày ban hành không phải là ngày: 30/2/2024")]),
    (
        (2, "48/KH-UBND, 49/KH-UBND", "", "", KIEN_GIANG, ""),
        [(3, True, "có 2 số, ký hiệu trong một ô; chỉ đọc 48/KH-UBND")],
    ),
    (
        (2, "47/KH-UBND", "Kế hoạch", "21/02/2024", "Ủy ban nhân dân tỉnh Kiên Giang", "về người già"),
        [(3, True, "trùng với dòng 2 nhưng khác ngày ban hành, trích yếu")],
    ),
    ((2, "47/KH-UBND", "", "20/02/2024", KIEN_GIANG, "Về Trẻ em"), []),
    ((2, "47/KH-UBND", "", "20/02/2023", KIEN_GIANG, "về trẻ em"), []),
    ((2, "", "", "", "", ""), []),
]


@pytest.mark.parametrize(("row", "expected"), ROWS, ids=[str(row[1:]) for row, _ in ROWS])
def test_what_is_not_understood_is_told(row, expected, told):
    faults, documents = told(PLACED, row)
    assert faults == expected
    assert documents["kien-giang/2024/47-kh-ubnd"]


def test_a_bad_date_is_no_fact(told):
    _, documents = told(PLACED, (2, "48/KH-UBND", "", "30/2/2024", KIEN_GIANG, ""))
    assert "30/2/2024" not in documents.values()
    assert [one for one in documents if one.endswith("/48-kh-ubnd")]


def test_relations_that_are_not_understood_are_told(told):
    header = (*HEADER, "Quan hệ")
    faults, _ = told((*PLACED, "implements: 28-CT/TW; likes 28-CT/TW; thay thế 12/KH-UBND"), header=header)
    assert faults == [
        (2, True, "không hiểu quan hệ: likes 28-CT/TW"),
        (2, True, "không hiểu quan hệ: thay thế 12/KH-UBND"),
        (2, True, "quan hệ implements 28-CT/TW: chưa rõ là văn bản nào, cần ghi thêm ngày (dạng số@năm-tháng-ngày)"),
    ]


def test_what_a_row_relates_to_is_a_document_though_no_row_has_it(tmp_path):
    """Its number, with the date, says which: it is there as cited, and a decree that was replaced is no longer in force."""
    path = tmp_path / "so.csv"
    path.write_text(
        "code,type,date,issuer,title,effective_on,relations\n"
        "20/2021/NĐ-CP,Nghị định,2021-03-15,Chính phủ,chính sách trợ giúp,2021-07-01,replaces 136/2013/NĐ-CP\n"
        "1437/QĐ-TTg,Quyết định,2018-10-29,Thủ tướng Chính phủ,đề án,,based_on 63/NQ-CP@2016-07-22\n",
        encoding="utf-8",
    )
    kgdocs.build([path], tmp_path / "x.db")
    with closing(open_readonly(tmp_path / "x.db")) as connection:
        rows = connection.execute("SELECT code, status, issued_on, expires_on FROM documents WHERE status = 'cited'")
        assert sorted(map(tuple, rows)) == [
            ("136/2013/NĐ-CP", "cited", "2013", "2021-07-01"),
            ("63/NQ-CP", "cited", "2016-07-22", None),
        ]
        assert connection.execute("SELECT count(*) FROM evidence").fetchone()[0] == 2


def test_the_reason_counts_and_names_the_first(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(table(PLACED, *((n, "đang xin số", "", "", "", "") for n in range(7))), encoding="utf-8")
    summary = kgdocs.build([path], tmp_path / "x.db")
    ((name, reason),) = summary.warned
    assert name == "so.csv"
    assert reason.startswith("7 dòng của sổ chưa hiểu hết: dòng 3 (đang xin số): không đọc được")
    assert reason.count("dòng ") == 6
    assert reason.endswith("; …")


def test_a_warning_of_decoding_stays_beside_the_rows(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(table((1, "47/KH-UBND", "", "", "", "hỏng \ufffd")), encoding="utf-8")
    ((_, reason),) = kgdocs.build([path], tmp_path / "x.db").warned
    assert reason.startswith("Có 1 ký tự hỏng trong tệp. 1 dòng của sổ")


# Imports


OWN = (
    (1, "47/KH-UBND", "Kế hoạch", "20/02/2024", KIEN_GIANG, "về trẻ em"),
    (2, "1591/QĐ-TTg", "Quyết định", "2023-12-08", "Thủ tướng Chính phủ", "về chương trình"),
    (3, "48/KH-UBND", "Kế hoạch", "20/02/2024", "UBND tỉnh", "nơi nào"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with the register in both formats."""
    folder = tmp_path_factory.mktemp("so")
    (folder / "so.csv").write_text(table(*OWN), encoding="utf-8")
    (folder / "so.xlsx").write_bytes(book({"Sổ": [HEADER, *OWN]}))
    return folder


@pytest.fixture(scope="module")
def corpus_db(tmp_path_factory):
    """The corpus with a register that warns, corrections that are read and others that are not."""
    folder = tmp_path_factory.mktemp("corpus") / "corpus"
    shutil.copytree(CORPUS, folder)
    (folder / "khac").mkdir()
    (folder / "so-cu.csv").write_text(table((1, "x", "", "", "", ""), PLACED), encoding="utf-8")
    decision = "corrections:\n  - {same: [a/1, a/2], by: A, on: 2026-11-25%s}\n"
    (folder / "corrections.yml").write_text(decision % "", encoding="utf-8")
    (folder / "khac" / "corrections.yml").write_text(decision % ", x: y", encoding="utf-8")
    shutil.copy(folder / "quyet-dinh-1591.txt", folder / "khac" / "ban-sao.txt")
    db = folder.parent / "kgdocs.db"
    kgdocs.build([folder], db)
    return folder, db


@pytest.fixture
def db(corpus_db, tmp_path):
    return shutil.copy(corpus_db[1], tmp_path / "kgdocs.db")


def content(db):
    """All rows of all tables but builds, without the mark of imports."""
    with closing(sqlite3.connect(db)) as connection:
        found = {}
        for name, described in TABLES.items():
            columns = ", ".join(f'"{column}"' for column in described.columns if column != "imported")
            found[name] = connection.execute(f"SELECT {columns} FROM {name}").fetchall()
    del found["builds"]
    return found


def imported(db):
    return [one["name"] for one in imported_registers(db)]


@pytest.mark.parametrize("name", ["so.csv", "so.xlsx"])
def test_an_import_equals_a_build_with_the_file(name, files, corpus_db, db, tmp_path):
    done = import_register(files / name, db)
    assert (done.rows, done.placed, done.changed) == (3, 2, True)
    kgdocs.build([corpus_db[0], files / name], tmp_path / "built.db")
    assert content(db) == content(tmp_path / "built.db")
    assert imported(db) == [name]


def test_a_build_carries_imports_over(files, corpus_db, db):
    import_register(files / "so.csv", db)
    before = content(db)
    kgdocs.build([corpus_db[0]], db)
    assert content(db) == before
    kgdocs.build([CORPUS / "quyet-dinh-1591.txt"], db)
    with closing(sqlite3.connect(db)) as connection:
        paths = connection.execute("SELECT path, imported FROM sources ORDER BY path").fetchall()
    assert paths == [("quyet-dinh-1591.txt", 0), ("so.csv", 1)]


def test_where_nothing_else_is_read_imports_do_not_help(files, tmp_path):
    import_register(files / "so.csv", tmp_path / "x.db")
    (tmp_path / "rong.txt").write_bytes(b"")
    before = (tmp_path / "x.db").read_bytes()
    with pytest.raises(UsageError, match="Nothing could be read"):
        kgdocs.build([tmp_path / "rong.txt"], tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == before


def test_without_a_database_the_register_makes_one(files, tmp_path):
    import_register(files / "so.csv", tmp_path / "x.db")
    kgdocs.build([files / "so.csv"], tmp_path / "built.db")
    assert content(tmp_path / "x.db") == content(tmp_path / "built.db")


def test_the_same_name_replaces_and_the_same_content_changes_nothing(files, db, tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(table(*OWN[:1]), encoding="utf-8")
    import_register(path, db)
    assert import_register(files / "so.csv", db).changed
    assert imported(db) == ["so.csv"]
    before = db.read_bytes()
    for copy in (files / "so.csv", shutil.copy(files / "so.csv", tmp_path / "ten-khac.csv")):
        done = import_register(copy, db)
        assert (done.placed, done.changed, len(done.faults)) == (2, False, 1)
    assert db.read_bytes() == before


def test_a_removed_register_leaves_nothing(files, db):
    before = content(db)
    import_register(files / "so.csv", db)
    import_register(files / "so.xlsx", db)
    assert imported(db) == ["so.csv", "so.xlsx"]
    for name in ("so.xlsx", "so.csv"):
        remove_register(name, db)
    assert content(db) == before
    with pytest.raises(UsageError, match=r"'so.csv'; imported: none"):
        remove_register("so.csv", db)


def test_the_last_register_leaves_an_empty_database(files, tmp_path):
    import_register(files / "so.csv", tmp_path / "x.db")
    remove_register("so.csv", tmp_path / "x.db")
    assert not any(content(tmp_path / "x.db").values())


def test_a_register_that_is_built_too_stays_when_removed(corpus_db, db):
    before = content(db)
    done = import_register(corpus_db[0] / "register.csv", db)
    assert done.changed
    assert imported(db) == ["register.csv"]
    kgdocs.build([CORPUS / "quyet-dinh-1591.txt"], db)
    assert imported(db) == ["register.csv"]
    kgdocs.build([corpus_db[0]], db)
    remove_register("register.csv", db)
    assert content(db) == before


def test_a_register_that_cannot_be_read_any_more_keeps_its_text(files, db, monkeypatch, corpus_db):
    import_register(files / "so.csv", db)
    before = content(db)

    def refuse(*_):
        raise SourceError("Bảng không đọc được.")

    with monkeypatch.context() as patched:
        patched.setattr("kgdocs.pipeline.reading._ROWS", {"register": refuse})
        summary = kgdocs.build([CORPUS / "quyet-dinh-1591.txt"], db, full=True)
    assert summary.rejected == (("so.csv", "Bảng không đọc được."),)
    kgdocs.build([corpus_db[0]], db)
    assert content(db) == before


def test_imports_of_an_older_form_are_no_obstacle(files, db, corpus_db):
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ALTER TABLE sources DROP COLUMN imported")
    with pytest.raises(OtherVersion):
        import_register(files / "so.csv", db)
    kgdocs.build([corpus_db[0]], db)
    assert imported(db) == []


def test_somebody_elses_database_is_left_alone(files, tmp_path):
    with closing(sqlite3.connect(tmp_path / "luong.db")) as connection:
        connection.execute("CREATE TABLE payroll (name TEXT)")
    for call in (import_register, lambda path, db: remove_register(path.name, db)):
        with pytest.raises(DatabaseError, match="not made by kgdocs"):
            call(files / "so.csv", tmp_path / "luong.db")


def test_an_import_and_a_build_do_not_meet(files, tmp_path):
    with registers.locked(tmp_path / "x.db"), pytest.raises(BuildInProgress):
        import_register(files / "so.csv", tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()


# The command


def run(*arguments):
    return CliRunner().invoke(main, ["register", *map(str, arguments)])


def test_import_prints_the_sums_and_each_row(files, tmp_path):
    db = tmp_path / "x.db"
    result = run("import", files / "so.xlsx", "--db", db)
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "so.xlsx: 3 rows read, 2 placed",
            "Sổ, line 4: 48/KH-UBND: not placed: chưa rõ địa phương của cơ quan ban hành",
        ],
    )
    again = run("import", files / "so.xlsx", "--db", db, "--format", "json")
    value = json.loads(again.stdout)
    assert (again.exit_code, value["rows"], value["placed"], value["changed"]) == (0, 3, 2, False)
    assert value["faults"][0].items() >= {"sheet": "Sổ", "line": 4, "code": "48/KH-UBND", "placed": False}.items()
    assert "stays as it is" in run("import", files / "so.xlsx", "--db", db).stdout


def test_list_and_remove(files, tmp_path):
    db = tmp_path / "x.db"
    run("import", files / "so.csv", "--db", db)
    assert run("list", "--db", db).stdout.startswith(
        "so.csv\twarning\t1 dòng của sổ chưa hiểu hết: dòng 4 (48/KH-UBND)"
    )
    assert json.loads(run("list", "--db", db, "--format", "json").stdout)[0]["name"] == "so.csv"
    assert run("remove", "so.csv", "--db", db).stdout == "so.csv: removed\n"
    assert run("list", "--db", db).stderr == "no register was imported\n"
    assert run("remove", "so.csv", "--db", db).exit_code == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("ngày,tên\n1,2\n", "so.csv: Bảng không có cột"),
        ("code\nx\n", "no row of"),
        ("", "so.csv: Tệp không có nội dung"),
    ],
)
def test_what_gives_no_document_exits_2_and_makes_nothing(rows, message, tmp_path):
    (tmp_path / "so.csv").write_text(rows, encoding="utf-8")
    result = run("import", tmp_path / "so.csv", "--db", tmp_path / "x.db")
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("command", ["import", "list", "remove"])
def test_every_subcommand_has_an_example(command):
    assert f"Example: kgdocs register {command}" in " ".join(run(command, "--help").stdout.split())


def test_excel_warnings_are_not_the_users(reading):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reading(SMALL, "so.xlsx", "xlsx").rows
