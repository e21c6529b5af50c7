"""Builds that are killed, stopped, starved of disk or met by another one leave the whole old database or the whole new one."""

import fcntl
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import kgdocs
from kgdocs.errors import BuildInProgress, DatabaseError
from kgdocs.pipeline import replacing
from kgdocs.store import verify
from kgdocs.store.database import new_database
from kgdocs.store.save import Saved
from kgdocs.store.schema import TABLES

KILLS = int(os.environ.get("KGDOCS_KILLS", "8"))
"""Builds that are killed; more of them find more."""
PLAN = """VĂN BẢN MẪU
ỦY BAN NHÂN DÂN
TỈNH SÔNG MẪU
Số: {number}/KH-UBND
Sông Mẫu, ngày 20 tháng 6 năm 2024

KẾ HOẠCH
Thực hiện Chỉ thị số 28-CT/TW về công tác trẻ em

Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành Kế hoạch này.
"""


def corpus(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number}.txt").write_text(PLAN.format(number=number) * 6, encoding="utf-8")
    return folder


def content(db: Path) -> dict[str, list]:
    """All rows of a database that SQLite finds sound."""
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES if name != "builds"}


def beside(db: Path) -> list[str]:
    return sorted(path.name for path in db.parent.iterdir() if path != db)


def heeding():
    """An interrupt counts, also where the tests run in the background of a shell, which has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command(folder: Path, db: Path, *options: str, begin=heeding) -> subprocess.Popen:
    arguments = [sys.executable, "-m", "kgdocs", "build", str(folder), "--db", str(db), *options]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=begin)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An old and a new corpus, each with the content of its database."""
    top = tmp_path_factory.mktemp("two")
    folders = [corpus(top / "old", range(1, 20)), corpus(top / "new", range(10, 40))]
    contents = []
    for folder in folders:
        kgdocs.build([folder], top / f"{folder.name}.db")
        contents.append(content(top / f"{folder.name}.db"))
    return list(zip(folders, contents, strict=True))


@pytest.fixture
def old(two, tmp_path):
    """A database of the old corpus, alone in a folder."""
    db = tmp_path / "db" / "kgdocs.db"
    db.parent.mkdir()
    kgdocs.build([two[0][0]], db)
    return db


def test_a_killed_build_leaves_the_old_database_or_the_new_one(two, old):
    dice = random.Random(28)
    for number in range(KILLS):
        folder, wanted = two[(number + 1) % 2]
        before = content(old)
        child = command(folder, old)
        if number % 2:  # while it writes, which is short
            until = time.monotonic() + 30
            while not any(name.endswith(".tmp") for name in beside(old)) and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.15))
        else:
            time.sleep(dice.uniform(0.1, 3))
        child.kill()
        child.communicate()
        assert content(old) in (before, wanted)
        kgdocs.build([folder], old)
        assert content(old) == wanted
        assert beside(old) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_says_so_and_leaves_nothing(number, code, two, old):
    before = content(old)
    child = command(two[1][0], old)
    while not beside(old):  # the lock: the build has begun
        time.sleep(0.005)
    time.sleep(0.3)
    child.send_signal(number)
    out, told = child.communicate(timeout=30)
    assert (child.returncode, out, told.strip()) == (code, "", "kgdocs: stopped.")
    assert content(old) == before
    assert beside(old) == []


def test_a_full_disk_is_one_sentence(two, old):
    before = content(old)

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    child = command(two[1][0], old, begin=small_files)
    _, told = child.communicate(timeout=60)
    assert child.returncode == 2
    assert told.startswith(f"kgdocs: Cannot write {old}: ")
    assert told.count("\n") == 1
    assert content(old) == before
    assert beside(old) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence(two, old):
    before = content(old)
    old.parent.chmod(0o555)
    try:
        with pytest.raises(DatabaseError, match="Cannot write"):
            kgdocs.build([two[1][0]], old)
    finally:
        old.parent.chmod(0o755)
    assert content(old) == before


def test_two_builds_at_once_make_one_database(two, old):
    children = [command(two[1][0], old) for _ in range(4)]
    told = [child.communicate(timeout=60)[1] for child in children]
    codes = [child.returncode for child in children]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert all("Another build" in words for code, words in zip(codes, told, strict=True) if code)
    assert content(old) == two[1][1]
    assert beside(old) == []


def test_a_lock_that_its_holder_removed_locks_nothing(tmp_path):
    lock = tmp_path / ".x.db.lock"
    opened = os.open

    def too_late(path, *more):
        """The holder removes its lock between opening and locking."""
        descriptor = opened(path, *more)
        if path == lock and not gone:
            gone.append(descriptor)
            lock.unlink()
        return descriptor

    gone: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", too_late)
        with replacing.locked(tmp_path / "x.db"):
            with lock.open() as other, pytest.raises(BlockingIOError):
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with pytest.raises(BuildInProgress), replacing.locked(tmp_path / "x.db"):
                pass
    assert gone
    assert not lock.exists()


def test_only_leftovers_of_this_database_are_removed(tmp_path):
    names = [".x.db.abcd_123.tmp", ".x.db.y.db.abcd_123.tmp", ".x.db.tmp", "x.db.abcd_123.tmp"]
    for name in names:
        (tmp_path / name).touch()
    with replacing.locked(tmp_path / "x.db"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_a_damaged_database_is_kept_aside(damage, two, old):
    whole = old.read_bytes()
    broken = whole[: len(whole) // 2] if damage == "cut" else whole[:8192] + b"\xff" * 40_000 + whole[48_192:]
    old.write_bytes(broken)
    child = command(two[1][0], old)
    _, told = child.communicate(timeout=60)
    assert child.returncode == 0
    assert content(old) == two[1][1]
    (aside,) = beside(old)
    assert aside.startswith("kgdocs.db.damaged-")
    assert (old.parent / aside).read_bytes() == broken
    assert told == f"kgdocs: the database was damaged; it is kept as {old.parent / aside}.\n"


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        ("DELETE FROM findings WHERE id = 1", "rows in table findings"),
        ("UPDATE finding_counts SET count = count + 1 WHERE rowid = 1", "counts .* findings"),
        ("UPDATE mentions SET resolution = 'ambiguous' WHERE id = 2", "references"),
        ("DELETE FROM search_fts_data WHERE id > 10", "index of words"),
        ("UPDATE search SET body = 'khác' WHERE rowid = 1", "index of words"),
        ("UPDATE sources SET document_id = 'khong-co'", "broken link"),
        ("UPDATE search SET document_id = 'x' WHERE rowid = 1", "broken link|does not fit"),
    ],
)
def test_a_database_that_is_not_whole_is_not_put_in_place(harm, message, two, old, monkeypatch):
    before = content(old)

    def harmed(path: Path, saved: Saved) -> None:
        with new_database(path) as connection:
            connection.execute(harm)
        verify.verify(path, saved)

    monkeypatch.setattr("kgdocs.pipeline.build.verify", harmed)
    with pytest.raises(DatabaseError, match=message):
        kgdocs.build([two[1][0]], old)
    assert content(old) == before
    assert beside(old) == []


def test_a_file_without_a_line_is_told(two, old):
    with pytest.raises(DatabaseError, match="no line for the file"):
        verify.states_of(old, ["0" * 64])
