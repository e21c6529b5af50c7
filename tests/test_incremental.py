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
from kgdocs.store import kept
from kgdocs.store.plain import from_plain, to_plain
from kgdocs.store.schema import TABLES
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
ROUNDS = 6
SENTENCES = (
    "\n\nThực hiện Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ./.\n",
    "\n\nCăn cứ Luật Trẻ em và Kế hoạch số 88/KH-UBND ngày 20/6/2024 của Ủy ban nhân dân tỉnh Sông Mẫu./.\n",
    "\n\nKế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh Sông Mẫu./.\n",
)


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


def change(texts: Path, removed: Path, dice: random.Random) -> None:
    """Write into a file, take one away, bring one back, copy, rename or pack one."""
    files = sorted(path for path in texts.iterdir() if path.suffix in (".txt", ".md"))
    path, what = dice.choice(files), dice.choice(("write", "remove", "back", "copy", "rename", "ending", "pack"))
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
    "broken", [b"", b"no zlib", zlib.compress(b"[1, 2"), zlib.compress(b'{"a": 1}'), zlib.compress(b"[[1]]")]
)
def test_a_kept_reading_that_is_broken_is_read_anew(broken, texts, tmp_path):
    db = tmp_path / "x.db"
    kgdocs.build([texts], db)
    whole = content(db)
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
    found = [one for pair in find_files([texts]) for one in reading_module.Reader(rules, memory).read(*pair)]
    kinds = {"read", "warning"}
    assert {one.source.format for one in found if one.source.state in kinds} >= {"text", "register", "corrections"}
    for one in found:
        if one.source.state in kinds:
            back = kept.Kept.of(one, "").reading(one.source.path)
            assert back == one
            assert [layout.header.spans for layout in layouts(back)] == [layout.header.spans for layout in layouts(one)]


def layouts(reading: Reading) -> list[Layout]:
    return [reading.layout] if reading.layout else []


def test_a_value_of_another_form_is_refused():
    layout = Layout(header=Header(spans={"date": Span(start=1, end=2)}))
    plain = to_plain(layout)
    assert from_plain(Layout, plain).header.spans == layout.header.spans
    with pytest.raises(ValueError, match="fields"):
        from_plain(Layout, plain[:-1])
