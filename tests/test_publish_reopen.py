"""A site that runs sees every new build at once and answers all the while, also plain `datasette serve`."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

import kgdocs
from tests.test_faults import PLAN

LIMIT_SECONDS = 5
THREADS = 4
SERVERS = {
    "kgdocs serve": ["kgdocs", "serve", "--db"],
    "datasette serve": ["datasette", "serve"],
    "datasette serve -i": ["datasette", "serve", "-i"],
}


@contextlib.contextmanager
def serving(words: list[str], db: Path):
    """The address of a server of `db` in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *words, str(db), "--port", str(port)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while True:
            try:
                get(address + "/.json")
                break
            except OSError:
                assert child.poll() is None, child.stderr.read()
                assert time.monotonic() < until
                time.sleep(0.05)
        yield address
    finally:
        child.terminate()
        child.communicate(timeout=30)


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def documents(address: str, database: str) -> int:
    """The documents that were read, by Datasette's own pages and by ours, which have to agree."""
    rows = json.loads(get(f"{address}/{database}/documents.json?_shape=array&_size=max&status=read"))
    return len(rows)


@pytest.mark.parametrize("name", SERVERS)
def test_a_running_site_sees_every_build(name, tmp_path):
    folder, db = tmp_path / "texts", tmp_path / "kgdocs.db"
    folder.mkdir()
    (folder / "1.txt").write_text(PLAN.format(number=1), encoding="utf-8")
    kgdocs.build([folder], db)
    failed, answers, done = [], [], threading.Event()
    with serving(SERVERS[name], db) as address:

        def load():
            while not done.is_set():
                for path in ("/", "/.json", "/tra-cuu?q=28", "/kgdocs/mentions.json"):
                    try:
                        answers.append(len(get(address + path)))
                    except OSError as error:
                        failed.append((path, str(error)))

        threads = [threading.Thread(target=load) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            for number in (2, 3):
                assert documents(address, "kgdocs") == number - 1
                (folder / f"{number}.txt").write_text(PLAN.format(number=number), encoding="utf-8")
                kgdocs.build([folder], db)
                built = time.monotonic()
                while not all(documents(address, "kgdocs") == number for _ in range(8)):  # in whatever thread
                    assert time.monotonic() < built + LIMIT_SECONDS
                assert json.loads(get(address + "/tra-cuu.json?q="))["total"] >= number
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert open_files(db) == []
    assert failed == []
    assert len(answers) > THREADS


PATHS = (
    "/",
    "/tra-cuu?q=28",
    "/van-ban/{id}",
    "/dong-van-ban/{id}",
    "/tuan-thu",
    "/phat-hien",
    "/thong-ke",
    "/kiem-tra",
    "/api",
)


TOKEN = re.compile(rb'name="csrftoken" value="[^"]+"')


def test_datasette_alone_shows_our_pages_where_the_plugin_is_installed(tmp_path):
    """`datasette kgdocs.db`, found by its entry point, as `kgdocs serve` shows them."""
    db, shown = tmp_path / "kgdocs.db", {}
    (tmp_path / "1.txt").write_text(PLAN.format(number=1), encoding="utf-8")
    kgdocs.build([tmp_path / "1.txt"], db)
    for name in ("kgdocs serve", "datasette serve"):
        with serving(SERVERS[name], db) as address:
            (known, *_) = json.loads(get(f"{address}/tra-cuu.json?q="))["hits"]
            pages = {path: get(address + path.format(id=known["document_id"])) for path in PATHS}
            shown[name] = {path: TOKEN.sub(b"", page) for path, page in pages.items()}
            shown[name] |= {
                "css": get(f"{address}/static/kgdocs.css"),
                "text": get(f"{address}/van-ban/{known['document_id']}.json"),
            }
    assert all(b"kgdocs.css" in shown["datasette serve"][path] for path in PATHS)
    assert shown["datasette serve"] == shown["kgdocs serve"]


def open_files(db: Path) -> list[str]:
    """Databases that were replaced and that a process of ours still keeps on the disk."""
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            target = link.readlink()
            if str(target).startswith(str(db)) and str(target).endswith("(deleted)"):
                found.append(str(target))
    return found
