"""corrections.yml: a person's decisions are read with their place, or refused with every fault."""

import sqlite3
from contextlib import closing

import pytest

import kgdocs
from kgdocs.errors import SourceError
from kgdocs.grammar.corrections import MAX_LENGTH, parse_corrections
from kgdocs.models import Correction
from kgdocs.pipeline.reading import read_file
from kgdocs.read import read_corrections, read_source

FILE = """# quyết định của phòng
corrections:
  - means: trung-uong/2023/28-ct-tw     # văn bản được hiểu
    mention: "Chỉ thị 28"
    source: ke-hoach-52.txt
    at: 1234
    by: Nguyễn Văn A
    on: 2026-11-25
    note: "đã đối chiếu 😀"
    # hết mục 1
  - same: [kien-giang/2024/47-kh-ubnd, kien-giang/2024/047-kh-ubnd]
    by: Nguyễn Văn A
    on: 2026-11-25

  - {different: [a/1, b/2, c/3], by: B, on: "2026-11-26"}
  - means: a/1
    mention: 28
    by: B
    on: 2026-11-26
    note: |
      dòng một
      dòng hai
"""


@pytest.mark.parametrize("form", ["{}", "\ufeff{}"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_decisions_are_read_with_their_place(form, ending, tmp_path, rules):
    path = tmp_path / "corrections.yml"
    path.write_bytes(form.format(FILE.replace("\n", ending)).encode())
    reading = read_file(path, "x/corrections.yml", rules, None)
    means, same, different, last = reading.corrections
    assert (reading.source.state, reading.source.format, reading.extraction) == ("read", "corrections", None)
    assert (means.kind, means.documents, means.mention) == ("means", ("trung-uong/2023/28-ct-tw",), "Chỉ thị 28")
    assert (means.source, means.at, means.by, means.on) == ("ke-hoach-52.txt", 1234, "Nguyễn Văn A", "2026-11-25")
    assert same.documents == ("kien-giang/2024/47-kh-ubnd", "kien-giang/2024/047-kh-ubnd")
    assert (same.mention, same.source, same.at, same.note) == (None, None, None, None)
    assert different.documents == ("a/1", "b/2", "c/3")
    assert (last.mention, last.note) == ("28", "dòng một\ndòng hai")
    evidence = [reading.source.text[one.start : one.end] for one in reading.corrections]
    assert evidence[0].startswith("means: trung-uong/2023/28-ct-tw")
    assert evidence[0].endswith('note: "đã đối chiếu 😀"')
    assert evidence[1].endswith("on: 2026-11-25")
    assert evidence[2] == '{different: [a/1, b/2, c/3], by: B, on: "2026-11-26"}'
    assert evidence[3].endswith("dòng hai")


def test_the_words_of_a_mention_are_in_nfc():
    text = 'corrections: [{means: a/1, mention: "Kê\\u0301 hoạch", by: A, on: 2026-11-25}]'
    assert read_corrections(text)[0].mention == "Kế hoạch"


def test_a_file_without_decisions_is_one():
    assert read_corrections("corrections:\n") == read_corrections("corrections: []\n") == ()


def entry(text):
    return f"corrections:\n  - {{{text}, by: A, on: 2026-11-25}}\n"


FAULTS = [
    ("", "dòng 1: phải có một khóa duy nhất là corrections"),
    ("- means: a", "dòng 1: phải có một khóa duy nhất là corrections"),
    ("corrections: []\nkhac: 1\n", "dòng 1: phải có một khóa duy nhất là corrections"),
    ("corrections: 5\n", "dòng 1: corrections phải là danh sách"),
    ("corrections:\n\t- a\n", "dòng 2: không đúng cú pháp YAML"),
    ("corrections: [\n", "dòng 2: không đúng cú pháp YAML"),
    ("a: \x01\n", "dòng 1: không đúng cú pháp YAML"),
    ("corrections: []\n---\ncorrections: []\n", "dòng 2: không đúng cú pháp YAML"),
    ("x: &a [1]\ncorrections: [*a]\n", "dòng 1: không dùng neo và bí danh (&, *)"),
    ("[" * 50_000, "dòng 1: lồng nhau quá sâu"),
    ("#" * (MAX_LENGTH + 1), f"dòng 1: tệp dài hơn {MAX_LENGTH} ký tự"),
    ("corrections: [x]\n", "dòng 1, mục 1: phải gồm các khóa và giá trị"),
    (entry("mention: x"), "dòng 2, mục 1: phải có đúng một trong các khóa means, same, different"),
    (entry("same: [a, b], different: [a, b]"), "dòng 2, mục 1: phải có đúng một trong các khóa means, same, different"),
    (entry("means: a, means: b, mention: x"), "dòng 2, mục 1: có khóa đứng hai lần"),
    (entry("means: a"), "dòng 2, mục 1: mention: thiếu"),
    (entry("means: a, mention: ''"), "dòng 2, mục 1: mention: để trống"),
    (entry("means: a, mention: x, at: -1"), "dòng 2, mục 1: at: phải là số nguyên không âm"),
    (entry("means: a, mention: x, at: đầu"), "dòng 2, mục 1: at: phải là số nguyên không âm"),
    (entry("means: Chỉ thị 28, mention: x"), "dòng 2, mục 1: means: không phải mã văn bản"),
    (entry("means: [a, b], mention: x"), "dòng 2, mục 1: means: phải là chữ"),
    (entry("means: a, mention: x, ghi: y"), "dòng 2, mục 1: ghi: khóa lạ"),
    (entry("same: [a]"), "dòng 2, mục 1: same: phải có từ hai văn bản trở lên"),
    (entry("same: a"), "dòng 2, mục 1: same: phải là danh sách văn bản"),
    (entry("same: [a, a]"), "dòng 2, mục 1: same: có văn bản đứng hai lần"),
    (entry("same: [a, b], mention: x"), "dòng 2, mục 1: mention: khóa lạ"),
    (
        "corrections:\n  - same: [a, b]\n    by: A\n    on: 2026-13-25\n",
        "dòng 4, mục 1: on: phải là ngày dạng 2026-11-25",
    ),
    (
        "corrections:\n  - same: [a, b]\n    by: A\n    on: 25/11/2026\n",
        "dòng 4, mục 1: on: phải là ngày dạng 2026-11-25",
    ),
    ("corrections:\n  - same: [a, b]\n    on: 2026-11-25\n    by:\n", "dòng 4, mục 1: by: phải là chữ"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault + text[-30:] for text, fault in FAULTS])
def test_each_fault_is_told_with_its_place(text, fault):
    corrections, faults = parse_corrections(text)
    assert [str(one) for one in faults] == [fault]
    assert corrections == ()


def decisions(*entries):
    return "corrections:\n" + "".join(f"  - {{{one}, by: A, on: 2026-11-25}}\n" for one in entries)


CONFLICTS = [
    (("means: a, mention: x", "means: a, mention: x"), ["dòng 3, mục 2: trùng với mục 1"]),
    (("means: a, mention: x", "means: b, mention: x"), ["dòng 3, mục 2: trái với mục 1"]),
    (("means: a, mention: x", "means: b, mention: x, source: y.txt"), []),
    (("means: a, mention: x, source: y", "means: b, mention: x, source: y, at: 5"), []),
    (("same: [a, b]", "same: [b, a]"), ["dòng 3, mục 2: trùng với mục 1"]),
    (("different: [a, b]", "different: [b, a]"), ["dòng 3, mục 2: trùng với mục 1"]),
    (("same: [a, b]", "different: [b, a]"), ["dòng 3, mục 2: trái với một mục same về cùng các văn bản này"]),
    (
        ("different: [a, c]", "same: [a, b]", "same: [c, b]"),
        ["dòng 2, mục 1: trái với một mục same về cùng các văn bản này"],
    ),
    (("same: [a, b]", "same: [c, d]", "different: [a, c]"), []),
]


@pytest.mark.parametrize(("entries", "expected"), CONFLICTS, ids=[" / ".join(entries) for entries, _ in CONFLICTS])
def test_duplicates_and_contradictions_are_told(entries, expected):
    assert [str(fault) for fault in parse_corrections(decisions(*entries))[1]] == expected


def test_the_reason_counts_all_faults_and_names_the_first():
    with pytest.raises(SourceError) as caught:
        read_corrections(decisions(*(f"same: [a{n}]" for n in range(7))))
    assert str(caught.value).startswith("Tệp đính chính có 7 lỗi: dòng 2, mục 1: same: phải có")
    assert str(caught.value).count("mục") == 5
    assert str(caught.value).endswith("; …")


def test_a_faulty_file_costs_itself_alone(tmp_path):
    (tmp_path / "tot.txt").write_text("Thực hiện Chỉ thị số 28-CT/TW", encoding="utf-8")
    (tmp_path / "corrections.yml").write_text("corrections: 5\n", encoding="utf-8")
    summary = kgdocs.build([tmp_path], tmp_path.parent / "x.db")
    name = f"{tmp_path.name}/corrections.yml"
    assert summary.rejected == ((name, "Tệp đính chính có 1 lỗi: dòng 1: corrections phải là danh sách."),)
    assert summary.counts["sources_read"] == 1


def test_corrections_are_a_source_with_their_text(tmp_path):
    path = tmp_path / "corrections.yml"
    path.write_text(FILE, encoding="utf-8")
    kgdocs.build([path], tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        (found,) = connection.execute("SELECT format, state, text, reason FROM sources").fetchall()
    assert found[:3] == ("corrections", "warning", FILE)
    assert found[3].startswith("4 quyết định chưa áp dụng được: dòng 3 (trung-uong/2023/28-ct-tw): chưa có văn bản")


def test_other_yaml_is_not_read(tmp_path, rules):
    path = tmp_path / "khac.yml"
    path.write_text(FILE, encoding="utf-8")
    assert read_source(path, rules).reason == "Chưa đọc được định dạng .yml."


def test_a_correction_is_a_value():
    one = Correction(kind="same", documents=("a", "b"), by="A", on="2026-11-25", start=0, end=1)
    assert {one, one} == {one}
