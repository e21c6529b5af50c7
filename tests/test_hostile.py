"""Files made to harm: each ends as its table says, nothing is lost, and what is published of them is only text."""

import asyncio
import csv
import io
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from site_fixtures import OUR_SCRIPT

import kgdocs
from kgdocs.pipeline.reading import find_files
from kgdocs.publish.app import create_app
from tests.hostile_files import KINDS, make_all

NAMES = [one.name for one in KINDS]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """All files in one folder, and the database of one build; the names of sources begin with the number of their kind."""
    top = tmp_path_factory.mktemp("hostile") / "tep"
    top.mkdir()
    make_all(top)
    summary = kgdocs.build([top], top.parent / "x.db")
    return top, summary


@pytest.fixture(scope="module")
def sources(made):
    top, _ = made
    with closing(sqlite3.connect(top.parent / "x.db")) as connection:
        rows = connection.execute("SELECT path, state, reason, text FROM sources").fetchall()
    return [(path, *more) for paths, *more in rows for path in paths.split("\n")]


def test_there_are_sixty_kinds():
    assert len(KINDS) >= 60
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("number", range(len(KINDS)), ids=NAMES)
def test_each_kind_ends_as_its_table_says(number, sources):
    one = KINDS[number]
    found = [row for row in sources if row[0].startswith(f"tep/{number:03d}/") and one.part.rstrip("\0") in row[0]]
    if one.part.endswith("\0"):  # the container itself, not its members
        found = [row for row in found if row[0].endswith(one.part.rstrip("\0"))]
    assert found, "a file without a line"
    for _, state, reason, _ in found:
        assert re.fullmatch(one.state, state), (state, reason)
        assert re.search(one.reason, reason or "")
        assert state == "read" or (reason or "").strip()


def test_nothing_is_lost_and_all_is_counted(made, sources):
    top, summary = made
    names = {name for _, name in find_files([top])}
    told = {path for path, *_ in sources}
    assert not [one for one in names if one not in told and not any(path.startswith(f"{one}/") for path in told)]
    counts = summary.counts
    assert counts["mentions"] == counts["resolved"] + counts["ambiguous"] + counts["unresolved"]
    with closing(sqlite3.connect(top.parent / "x.db")) as connection:
        states = dict(connection.execute("SELECT state, count(*) FROM sources GROUP BY 1"))
        assert states == {one: counts[f"sources_{one}"] for one in ("read", "warning", "rejected")}
        assert connection.execute("SELECT count(*) FROM mentions").fetchone() == (counts["mentions"],)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_span_gives_back_its_words(made):
    with closing(sqlite3.connect(made[0].parent / "x.db")) as connection:
        texts = dict(connection.execute("SELECT id, text FROM sources"))
        for source, start, end, words in connection.execute('SELECT source_id, start, "end", text FROM mentions'):
            assert texts[source][start:end] == words


def test_nothing_is_written_beside_the_database(made):
    top, _ = made
    assert {one.name for one in top.parent.iterdir()} <= {"tep", "x.db", ".x.db.lock"}


COMMANDS = [
    ("search", "owned"), ("search", "cong tac"), ("lineage", "13/KH-UBND"), ("audit",), ("export", "--format", "dot"),
    ("path", "902/KH-UBND", "901/KH-UBND"), ("lineage", "2/KH-UBND"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_text_commands_the_terminal(command, made):
    """Neither what documents say nor the names of files: control characters are shown, not sent."""
    call = [sys.executable, "-m", "kgdocs", *command, "--db", str(made[0].parent / "x.db")]
    run = subprocess.run(call, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in run.stderr
    shown = (run.stdout + run.stderr).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_a_build_tells_names_on_one_line_each(made):
    """A file name with a line break or a command for the terminal is shown with them written out."""
    top, summary = made
    assert not [path for path, _ in summary.rejected for path in path.split("\n") if re.search("[\x00-\x1f]", path)]
    with closing(sqlite3.connect(top.parent / "x.db")) as connection:
        paths = [one for (path,) in connection.execute("SELECT path FROM sources") for one in path.split("\n")]
    assert all(one.startswith("tep/") for one in paths)


PAGES = [
    "/",
    "/tra-cuu?q=script",
    "/tra-cuu?q=cong+tac",
    "/phat-hien",
    "/tuan-thu",
    "/tra-cuu.csv?q=cong+tac",
    "/phat-hien.csv",
    "/nguon",
    "/-/",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_text(page, made):
    """Titles that are scripts, formulas or templates are shown as they are written and do nothing."""
    app = create_app(made[0].parent / "x.db")
    answer = asyncio.run(app.client.get(page, follow_redirects=True))
    assert answer.status_code in (200, 404)
    body = answer.text.replace(OUR_SCRIPT, "")
    assert "<script" not in body
    assert not re.search(r"<[^>]*\son\w+\s*=", body)
    if ".csv" in page:
        cells = [cell for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))) for cell in row]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not re.fullmatch(r"-?\d+", cell)]


def test_the_pages_of_documents_with_evil_titles(made):
    app = create_app(made[0].parent / "x.db")
    with closing(sqlite3.connect(made[0].parent / "x.db")) as connection:
        rows = connection.execute(
            "SELECT id FROM documents WHERE title LIKE '%<script%' OR title LIKE '%DROP%' OR title LIKE '%=cmd%' OR title LIKE '%{%'"
        )
        ids = [one for (one,) in rows]
    assert len(ids) >= 1
    for one in ids:
        for page in (f"/van-ban/{one}", f"/dong-van-ban/{one}"):
            answer = asyncio.run(app.client.get(page))
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
            assert "onerror=alert" not in re.sub(r"&[a-z#0-9]+;", "", answer.text) or "<img" not in answer.text
