"""What docs/operations.md says of copies, units and proxies holds."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from datasette_auth_passwords.utils import hash_password

import kgdocs
from kgdocs.store.database import open_readonly
from tests.benchmarks.load import serving
from tests.conftest import ROOT

DOCS = ROOT / "docs"
TEXT = (DOCS / "operations.md").read_text(encoding="utf-8")
UNITS = ("kgdocs.service", "kgdocs-build.service", "kgdocs-build.timer")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("operations") / "kgdocs.db"
    kgdocs.build([ROOT / "corpus"], path)
    return path


def counts(path):
    with closing(open_readonly(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("documents", "mentions")
        ]


def test_both_ways_to_back_up_give_a_whole_database(db, tmp_path):
    shutil.copy(db, tmp_path / "copied.db")
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(tmp_path / "backed.db")) as target:
        source.backup(target)  # what .backup of the program sqlite3 does
    assert counts(tmp_path / "copied.db") == counts(tmp_path / "backed.db") == counts(db)


def test_the_form_of_a_database_is_refused_when_served_and_replaced_when_built(db, tmp_path):
    old = tmp_path / "old.db"
    shutil.copy(db, old)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 1")
    command = [sys.executable, "-m", "kgdocs", "serve", "--db", str(old)]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, "build it again" in refused.stderr) == (2, True)
    kgdocs.build([ROOT / "corpus"], old)
    assert counts(old) == counts(db)


def test_the_page_names_what_is_there():
    for unit in (*UNITS, "Containerfile"):
        assert f"[{unit}]({unit})" in TEXT
        assert (DOCS / unit).is_file()
    for link in re.findall(r"\]\(([^)#]+)", TEXT):
        assert (DOCS / link).is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_accepts_the_units(tmp_path):
    program = Path(sys.executable).with_name("kgdocs")
    for unit in UNITS:
        text = (DOCS / unit).read_text(encoding="utf-8")
        (tmp_path / unit).write_text(text.replace("/opt/kgdocs/.venv/bin/kgdocs", str(program)), encoding="utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / unit) for unit in UNITS)]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


@pytest.mark.parametrize("name", [*UNITS[:2], "Containerfile"])
def test_units_and_container_call_commands_that_are_there(name):
    text = re.sub(r"^#.*\n", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = " ".join(re.findall(r"(?:ExecStart=\S*kgdocs|CMD) .*", text))
    command = re.findall(r"\b(?:serve|build)\b", told)[0]
    shown = subprocess.run(
        [sys.executable, "-m", "kgdocs", command, "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert set(re.findall(r"--[a-z]+", told)) <= set(re.findall(r"--[a-z]+", shown.stdout))


def test_behind_a_proxy_cookies_are_secure_and_redirects_name_no_host(db, tmp_path):
    (tmp_path / "users.yml").write_text(f"lan: {hash_password('mat-khau', iterations=1000)}\n", encoding="utf-8")
    with serving(db, "--auth", str(tmp_path / "users.yml")) as address, httpx.Client(base_url=address) as client:
        plain = client.get("/-/login").headers["set-cookie"]
        client.cookies.clear()
        secure = client.get("/-/login", headers={"x-forwarded-proto": "https"}).headers["set-cookie"]
        assert client.get("/").status_code == 403
    assert ("Secure" in plain, "Secure" in secure) == (False, True)
    with serving(db) as address, httpx.Client(base_url=address) as client:
        headers = {"host": "kgdocs.example.gov.vn", "x-forwarded-proto": "https"}
        answer = client.get("/tra-cuu/", headers=headers)
    assert answer.headers["location"] == "/tra-cuu"
