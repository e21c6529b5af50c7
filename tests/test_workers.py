"""Several processes read what one reads, end with the build, and their death is told."""

import os
import signal
import threading
import time
import zipfile
from pathlib import Path

import pytest

import kgdocs
from kgdocs.errors import KgdocsError
from kgdocs.grammar import load_rules
from kgdocs.pipeline import workers as module
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import Reader, find_files
from kgdocs.pipeline.workers import read_with, workers_for
from tests.test_faults import PLAN, beside, command, corpus
from tests.test_incremental import content


@pytest.fixture
def texts(tmp_path):
    """Texts, a page, an archive, a file that is rejected."""
    folder = corpus(tmp_path / "texts", range(1, 70))
    (folder / "trang.html").write_text("<p>Thực hiện Chỉ thị số 28-CT/TW</p>", encoding="utf-8")
    (folder / "rong.txt").touch()
    (folder / "ban-sao.txt").write_bytes((folder / "5.txt").read_bytes())
    with zipfile.ZipFile(folder / "goi.zip", "w") as archive:
        archive.write(folder / "5.txt", "nam.md")
        archive.writestr("sau.txt", PLAN.format(number=600))
    return folder


@pytest.fixture
def alone(monkeypatch):
    """As in a command: threads that other tests have left do not count."""
    monkeypatch.setattr(module.threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same(workers, texts, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 7)
    kgdocs.build([texts], tmp_path / "one.db", workers=1)
    before = children()  # one that reads foreign formats stays as long as the process
    kgdocs.build([texts], tmp_path / "many.db", workers=workers)
    assert content(tmp_path / "many.db") == content(tmp_path / "one.db")
    kgdocs.build([texts], tmp_path / "many.db", workers=workers)
    assert content(tmp_path / "many.db") == content(tmp_path / "one.db")
    assert children() == before


@pytest.mark.usefixtures("alone")
def test_many_files_have_many_workers():
    assert workers_for(module._MANY - 1) == 1
    assert 1 <= workers_for(module._MANY) <= module._MOST
    assert workers_for(2, asked=3) == 3


def test_no_process_is_forked_beside_other_threads():
    other = threading.Event()
    thread = threading.Thread(target=other.wait)
    thread.start()
    assert workers_for(10_000, asked=3) == 1
    other.set()
    thread.join()


def test_the_death_of_a_worker_is_told(texts, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 5)
    before = set(children())
    found = read_with(2, find_files([texts]), Reader(load_rules(), Memory()))
    next(found)
    os.kill(min(set(children()) - before), signal.SIGKILL)
    with pytest.raises(KgdocsError, match="ended from outside"):
        list(found)
    assert set(children()) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_build(number, tmp_path):
    folder, db = corpus(tmp_path / "texts", range(1, 700)), tmp_path / "db" / "kgdocs.db"
    db.parent.mkdir()
    build = command(folder, db, "--workers", "2")
    until = time.monotonic() + 30
    while len(begun := children(build.pid)) < 2:
        assert time.monotonic() < until
        time.sleep(0.01)
    build.send_signal(number)
    _, told = build.communicate(timeout=30)
    if number != signal.SIGKILL:
        assert (told.strip(), beside(db)) == ("kgdocs: stopped.", [])
    kgdocs.build([folder / "1.txt"], db)  # nobody holds its lock
    until = time.monotonic() + 10
    while any(Path(f"/proc/{one}").exists() for one in begun):
        assert time.monotonic() < until
        time.sleep(0.05)


def children(parent: int | None = None) -> list[int]:
    """The processes that a process (this one) has begun and that are there."""
    found = []
    for path in Path(f"/proc/{parent or os.getpid()}/task").glob("*/children"):
        found += [int(one) for one in path.read_text().split()]
    return found
