"""A cluster of Dask reads what one process reads, also where a worker dies; what it cannot do is told in one sentence."""

import os
import signal
import sqlite3

import dask
import pytest
from distributed import LocalCluster

import kgdocs
from kgdocs.errors import KgdocsError, UsageError
from kgdocs.grammar import load_rules
from kgdocs.pipeline import distributed as module
from kgdocs.pipeline.fingerprint import made_by
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import Reader, find_files
from tests.test_faults import corpus
from tests.test_incremental import content

FILES = 210


@pytest.fixture(scope="module")
def cluster():
    """Two processes of one thread each, on this machine only, that may begin processes to read foreign formats."""
    with (
        dask.config.set({"distributed.worker.daemon": False, "distributed.admin.log-length": 0}),
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as found,
    ):
        yield found


@pytest.fixture
def texts(tmp_path):
    """Texts, a copy, a page that a process of its own reads, and a file that is rejected."""
    folder = corpus(tmp_path / "texts", range(1, FILES))
    (folder / "trang.html").write_text("<p>Thực hiện Chỉ thị số 28-CT/TW</p>", encoding="utf-8")
    (folder / "ban-sao.txt").write_bytes((folder / "5.txt").read_bytes())
    (folder / "rong.txt").touch()
    return folder


def reader():
    rules = load_rules()
    return Reader(rules, Memory(made_by(rules)))


def test_a_cluster_gives_what_one_process_gives(cluster, texts, tmp_path):
    one = kgdocs.build([texts], tmp_path / "one.db", workers=1)
    many = kgdocs.build([texts], tmp_path / "many.db", scheduler=cluster.scheduler_address)
    assert content(tmp_path / "many.db") == content(tmp_path / "one.db")
    assert many.rejected == one.rejected
    assert {name: n for name, n in many.counts.items() if name != "at"} == {
        name: n for name, n in one.counts.items() if name != "at"
    }
    with sqlite3.connect(tmp_path / "many.db") as connection:
        assert connection.execute("SELECT count(*) FROM mentions m JOIN sources s ON s.id = m.source_id WHERE s.path LIKE '%.html'").fetchone()[0]  # fmt: skip


def test_a_build_after_it_reads_nothing_on_the_cluster(cluster, texts, tmp_path, monkeypatch):
    kgdocs.build([texts], tmp_path / "one.db", scheduler=cluster.scheduler_address)
    before = content(tmp_path / "one.db")
    (texts / "rong.txt").unlink()  # what was rejected is tried again
    monkeypatch.setattr(module, "_connected", None)
    kgdocs.build([texts], tmp_path / "one.db", scheduler=cluster.scheduler_address)
    assert len(content(tmp_path / "one.db")["sources"]) == len(before["sources"]) - 1


def test_the_batch_of_a_killed_worker_is_read_again_and_nothing_twice(cluster, texts, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 20)
    files = find_files([texts])
    found = module.read_on(cluster.scheduler_address, files, reader())
    read = [next(found)]
    with cluster.get_client() as client:
        victim = next(iter(client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    read += found
    here = reader()
    assert read == [here.read(*file) for file in files]


def test_a_worker_with_other_patterns_is_refused(cluster, texts):
    other = Reader(load_rules(), Memory("khac"))
    with pytest.raises(KgdocsError, match="other patterns"):
        list(module.read_on(cluster.scheduler_address, find_files([texts]), other))


def test_a_worker_that_does_not_see_the_files_is_refused(cluster, tmp_path):
    missing = [(tmp_path / "khong-co.txt", "khong-co.txt")]
    with pytest.raises(KgdocsError, match="does not see"):
        list(module.read_on(cluster.scheduler_address, missing, reader()))


def test_a_worker_that_may_begin_no_process_is_refused(texts, monkeypatch):
    monkeypatch.setattr(module, "_is_daemon", lambda: True)
    with pytest.raises(KgdocsError, match="DAEMON=false"):
        module.read_batch([], reader().memory.made_by)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "khong phai dia chi"])
def test_where_no_scheduler_answers_nothing_is_written(address, texts, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_SECONDS_TO_CONNECT", 1)
    with pytest.raises(UsageError, match="No Dask scheduler"):
        kgdocs.build([texts], tmp_path / "one.db", scheduler=address)
    assert not (tmp_path / "one.db").exists()
