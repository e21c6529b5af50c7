"""A build that takes unchanged files from the old database gives what a full one gives, and reads only what changed."""

import random
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import pytest

import kgdocs
from kgdocs.grammar import load_rules
from kgdocs.models import Header, Layout, Reading, Span
from kgdocs.pipeline import reading as reading_module
from kgdocs.pipeline.reading import find_files, read_file
from kgdocs.pipeline.registers import import_register
from kgdocs.pipeline.shelf import Shelf
from kgdocs.store import kept
from kgdocs.store.plain import from_plain, to_plain
from kgdocs.store.schema import TABLES
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
ROUNDS = 6
CHANGES = ("write", "remove", "back", "copy", "rename", "ending", "pack", "twin", "register", "issue", "decide")
DECISIONS = tuple(
    f'corrections:\n  - {{same: [song-mau/2024/88-kh-ubnd, song-mau/an-mau/2024/{other}], by: "Nguyễn Văn A", on: "2026-11-26"}}\n'
    for other in ("31-kh-ubnd", "45-bc-ubnd")
)
SENTENCES = (
    "\n\nThực hiện Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ./.\n",
    "\n\nCăn cứ Luật Trẻ em và Kế hoạch số 88/KH-UBND ngày 20/6/2024 của Ủy ban nhân dân tỉnh Sông Mẫu./.\n",
    "\n\nKế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh Sông Mẫu./.\n",
)

TWIN = """VĂN BẢN MẪU
ỦY BAN NHÂN DÂN
TỈNH SÔNG MẪU
Số: {code}
Sông Mẫu, ngày 17 tháng 6 năm 2023

KẾ HOẠCH
Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị

Thực hiện Kế hoạch số 88/KH-UBND và Kế hoạch số 31/KH-UBND của Ủy ban nhân dân.
"""
"""A document with the code of another one, of another year: who cites the code without a date may mean either."""
CODES = ("88/KH-UBND", "31/KH-UBND", "52/KH-UBND", "1204/KH-SLĐTBXH")
ISSUED = "mau-ke-hoach-52-thanh-pho-binh-mau.txt"
"""What another text of the corpus calls planned."""


def content(db: Path) -> dict[str, list]:
    """All rows, but for the time of the build."""
    with closing(sqlite3.connect(db)) as connection:
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    found["builds"] = [row[1:] for row in found["builds"]]
    return found


@pytest.fixture
def read_names(monkeypatch):
    """The names of the files that are really read."""
    names = []

    def noting(path, name, *more):
        names.append(name)
        return read_file(path, name, *more)

    monkeypatch.setattr(reading_module, "read_file", noting)
    return names


@pytest.fixture
def texts(tmp_path):
    """A copy of the corpus that may be changed."""
    return Path(shutil.copytree(CORPUS, tmp_path / "texts"))


def test_random_changes_give_what_a_full_build_gives(texts, tmp_path):
    dice, db = random.Random(7), tmp_path / "x.db"
    removed = tmp_path / "removed"
    removed.mkdir()
    kgdocs.build([texts], db)
    for number in range(ROUNDS):
        for _ in range(dice.randint(1, 4)):
            change(texts, removed, dice)
        kgdocs.build([texts], db)
        kgdocs.build([texts], tmp_path / f"full-{number}.db", full=True)
        assert content(db) == content(tmp_path / f"full-{number}.db")


def change(texts: Path, removed: Path, dice: random.Random, what: str = "") -> None:
    """Write into a file, take one away, bring one back, copy, rename or pack one, or make one of the `CHANGES` that reach others."""
    files = sorted(path for path in texts.iterdir() if path.suffix in (".txt", ".md"))
    path, what = dice.choice(files), what or dice.choice(CHANGES)
    if what == "write":
        path.write_text(path.read_text(encoding="utf-8") + dice.choice(SENTENCES), encoding="utf-8")
    elif what == "remove":
        path.rename(removed / path.name)
    elif what == "back" and any(removed.iterdir()):
        back = dice.choice(sorted(removed.iterdir()))
        back.rename(texts / back.name)
    elif what == "copy":
        shutil.copy(path, texts / f"ban-sao-{dice.randrange(100)}{path.suffix}")
    elif what == "rename":
        path.rename(texts / f"doi-ten-{dice.randrange(100)}{path.suffix}")
    elif what == "ending":
        path.rename(path.with_suffix(dice.choice((".txt", ".md", ".html"))))
    elif what == "pack":
        with zipfile.ZipFile(texts / "goi.zip", "w") as archive:
            archive.write(path, path.name)
    elif what == "twin":
        code = dice.choice(CODES)
        (texts / f"trung-{code.split('/')[0]}.txt").write_text(TWIN.format(code=code), encoding="utf-8")
    elif what == "register":
        head, *lines = (texts / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        left = [line for line in lines if dice.random() > 0.2] or lines[:1]
        (texts / "register.csv").write_text(head + "".join(left), encoding="utf-8")
    elif what == "issue":
        was, now = (texts / ISSUED, removed / ISSUED)
        if was.exists() or now.exists():
            was.rename(now) if was.exists() else now.rename(was)
    elif what == "decide":
        (texts / "corrections.yml").write_text(dice.choice(DECISIONS), encoding="utf-8")


def test_each_change_that_reaches_other_documents_gives_what_a_full_build_gives(texts, tmp_path):
    """A directive that many cite, a second document of one code, a planned one that is issued, a register, a decision."""
    db, removed = tmp_path / "x.db", tmp_path / "removed"
    removed.mkdir()
    kgdocs.build([texts], db)
    directive = texts / "quyet-dinh-1591.txt"
    for number, what in enumerate(("twin", "issue", "register", "decide", "issue", "directive", "nothing", "twin")):
        before = content(db)
        if what == "directive":
            directive.write_text(directive.read_text(encoding="utf-8").replace("2023", "2022", 1), encoding="utf-8")
        elif what != "nothing":
            change(texts, removed, random.Random(number), what)
        kgdocs.build([texts], db)
        kgdocs.build([texts], tmp_path / "full.db", full=True)
        assert content(db) == content(tmp_path / "full.db"), what
        assert (content(db) == before) is (what == "nothing"), what


def test_a_build_of_what_has_not_changed_leaves_the_database_and_tells_the_same(
    texts, tmp_path, read_names, monkeypatch
):
    (texts / "la.json").write_text("{}", encoding="utf-8")
    with zipfile.ZipFile(texts / "goi.zip", "w") as archive:
        archive.writestr("thu.txt", SENTENCES[0])
    register = tmp_path / "so.csv"
    register.write_text('"Số, ký hiệu",Ngày ban hành\n28-CT/TW,25/12/2023\n', encoding="utf-8")
    db = tmp_path / "x.db"
    kgdocs.build([texts], db)
    import_register(register, db)
    told, before = kgdocs.build([texts], db), db.read_bytes()
    monkeypatch.setattr("kgdocs.pipeline.build.join", None)
    read_names.clear()
    again = kgdocs.build([texts], db)
    assert db.read_bytes() == before
    assert again == told
    assert again.rejected
    assert set(read_names) == {path for path, _ in again.rejected if "/goi.zip/" not in path}


@pytest.mark.parametrize("what", ["rename", "less", "more", "rejected", "packed", "unpacked", "copy", "ending", "full"])
def test_what_has_changed_a_little_is_built(what, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, words in (("a.txt", SENTENCES[0]), ("b.txt", SENTENCES[1]), ("c.json", "{}")):
        (folder / name).write_text(words, encoding="utf-8")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("d.txt", SENTENCES[2])
    db = tmp_path / "x.db"
    kgdocs.build([folder], db)
    before = db.stat().st_ino
    if what == "rename":
        (folder / "a.txt").rename(folder / "e.txt")
    elif what == "less":
        (folder / "a.txt").unlink()
    elif what == "more":
        (folder / "e.txt").write_text("Căn cứ Luật Trẻ em.\n", encoding="utf-8")
    elif what == "rejected":
        (folder / "c.json").write_text("[]", encoding="utf-8")
    elif what == "packed":
        with zipfile.ZipFile(folder / "d.zip", "w") as archive:
            archive.writestr("e.txt", SENTENCES[2])
    elif what == "unpacked":
        (folder / "d.zip").unlink()
        (folder / "d.txt").write_text(SENTENCES[2], encoding="utf-8")
    elif what == "copy":
        shutil.copy(folder / "a.txt", folder / "e.txt")
    elif what == "ending":
        (folder / "a.txt").rename(folder / "a.md")
    kgdocs.build([folder], db, full=what == "full")
    assert db.stat().st_ino != before
    kgdocs.build([folder], tmp_path / "full.db", full=True)
    assert content(db) == content(tmp_path / "full.db")


def test_only_what_changed_is_read(texts, tmp_path, read_names):
    db = tmp_path / "x.db"
    kgdocs.build([texts], db)
    every = len(read_names)
    assert every == len(find_files([texts]))
    changed = texts / "quyet-dinh-1591.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + SENTENCES[0], encoding="utf-8")
    read_names.clear()
    summary = kgdocs.build([texts], db)
    rejected = {path for path, _ in summary.rejected}
    assert set(read_names) == {"texts/quyet-dinh-1591.txt"} | rejected
    read_names.clear()
    kgdocs.build([texts], db, full=True)
    assert len(read_names) == every


def test_what_reads_otherwise_reads_anew(texts, tmp_path, read_names, monkeypatch):
    kgdocs.build([texts], tmp_path / "x.db")
    every = len(read_names)
    read_names.clear()
    monkeypatch.setattr("kgdocs.__version__", "9.9")
    kgdocs.build([texts], tmp_path / "x.db")
    assert len(read_names) == every


def test_a_name_that_decides_how_a_file_is_read_reads_anew(tmp_path, read_names):
    folder = tmp_path / "texts"
    folder.mkdir()
    page = "<p>Thực hiện Chỉ thị số 28-CT/TW</p>\n"
    (folder / "a.txt").write_text(page, encoding="utf-8")
    (folder / "b.html").write_text(page, encoding="utf-8")
    db = tmp_path / "x.db"
    for _ in range(2):
        kgdocs.build([folder], db)
        (folder / "a.txt").unlink(missing_ok=True)
    with closing(sqlite3.connect(db)) as connection:
        (row,) = connection.execute("SELECT format, trim(text, char(10)) FROM sources").fetchall()
    assert row == ("html", "Thực hiện Chỉ thị số 28-CT/TW")


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"no zlib",
        zlib.compress(b"[1, 2"),
        zlib.compress(b'{"a": 1}'),
        zlib.compress(b"[[1]]"),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_a_kept_reading_that_is_broken_is_read_anew(broken, texts, tmp_path):
    db = tmp_path / "x.db"
    kgdocs.build([texts], db)
    (texts / "quyet-dinh-1591.txt").unlink()  # else nothing is built
    kgdocs.build([texts], tmp_path / "whole.db")
    whole = content(tmp_path / "whole.db")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE readings SET content = ?", (broken,))
    kgdocs.build([texts], db)
    assert content(db) == whole


def test_an_imported_register_leaves_nothing_to_be_read_again(texts, tmp_path, read_names):
    register = tmp_path / "so.csv"
    register.write_text(
        '"Số, ký hiệu",Ngày ban hành,Cơ quan ban hành\n28-CT/TW,25/12/2023,Bộ Chính trị\n', encoding="utf-8"
    )
    db = tmp_path / "x.db"
    kgdocs.build([texts], db)
    import_register(register, db)
    read_names.clear()
    rejected = {path for path, _ in kgdocs.build([texts], db).rejected}
    assert set(read_names) == rejected


def test_a_reading_is_the_same_after_it_was_kept(texts):
    rules = load_rules()
    decisions = 'corrections:\n  - {same: [a/1, b/2], by: "Nguyễn Văn A", on: "2026-11-26"}\n'
    (texts / "corrections.yml").write_text(decisions, encoding="utf-8")
    memory = reading_module.Memory()
    reader = reading_module.Reader(rules, memory)
    found = [read_file(*pair, rules, reader.extractor) for pair in find_files([texts])]
    kinds = {"read", "warning"}
    assert {one.source.format for one in found if one.source.state in kinds} >= {"text", "register", "corrections"}
    with Shelf(texts / "x.db") as shelf:
        for one in found:
            if one.source.state in kinds:
                packed = kept.Kept.of(one, "")
                for back in (kept.unpacked(packed.plain, packed.text, packed.source), shelf.reading(shelf.put(packed))):
                    assert back == one
                    spans = [[layout.header.spans for layout in layouts(each)] for each in (back, one)]
                    assert spans[0] == spans[1]


def layouts(reading: Reading) -> list[Layout]:
    return [reading.layout] if reading.layout else []


def test_a_value_of_another_form_is_refused():
    layout = Layout(header=Header(spans={"date": Span(start=1, end=2)}))
    plain = to_plain(layout)
    assert from_plain(Layout, plain).header.spans == layout.header.spans
    with pytest.raises(ValueError, match="fields"):
        from_plain(Layout, plain[:-1])
