"""The newcomer of tests/newcomer.py: finds the Pythons, follows pages to the letter, and tells where they lead nowhere."""

import os
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.newcomer import (
    INSTALLING,
    SERVING,
    VERSIONS,
    Newcomer,
    copied,
    fences,
    follow,
    newcomer,
    pythons,
    questions,
    served,
    version_of,
)
from tests.samples import SampleError

OWN = sys.version_info[:2]


def interpreter(path, version, code=0):
    """Something that says that it is a Python of this version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version[0]} {version[1]}\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def who(tmp_path):
    return newcomer(Path(sys.executable), tmp_path / "fresh")


def test_pythons_are_found_on_the_path_and_under_pyenv(tmp_path):
    others = [one for one in VERSIONS if one != OWN]
    on_path, under_pyenv = others[0], others[-1]
    first = interpreter(tmp_path / "bin" / "python{}.{}".format(*on_path), on_path)
    second = interpreter(tmp_path / "pyenv/versions/{}.{}.4/bin/python3".format(*under_pyenv), under_pyenv)
    found = pythons({"PATH": str(first.parent), "PYENV_ROOT": str(tmp_path / "pyenv")})
    assert (found[on_path], found[under_pyenv]) == (first, second)
    assert version_of(found[OWN]) == OWN
    assert list(found) == sorted(found)


def test_what_is_no_python_that_can_be_used_is_left_out(tmp_path):
    other = next(one for one in VERSIONS if one != OWN)
    name = "python{}.{}".format(*other)
    interpreter(tmp_path / "shim" / name, other, code=127)  # a shim of pyenv whose version is not chosen
    interpreter(tmp_path / "wrong" / name, (3, 9))
    path = os.pathsep.join(str(tmp_path / one) for one in ("shim", "wrong", "nowhere"))
    assert list(pythons({"PATH": path, "HOME": str(tmp_path)})) == [OWN]


def test_a_newcomer_has_the_python_and_nothing_else_of_who_asks(tmp_path, monkeypatch):
    for name in ("PYTHONPATH", "KGDOCS_DB", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    one = newcomer(Path(sys.executable), tmp_path / "fresh")
    assert not {"PYTHONPATH", "KGDOCS_DB", "VIRTUAL_ENV"} & set(one.environment)
    assert one.environment["PIP_INDEX_URL"] == "http://127.0.0.1:9/simple"
    code = f"import os, sys; sys.exit(sys.version_info[:2] != {OWN} or 'KGDOCS_DB' in os.environ)"
    one.shell(f'python3 -c "{code}"', tmp_path)


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/vi/bai-dau-tien.md"])
def test_a_tutorial_says_how_to_install_and_to_serve(page):
    (installation,), (site,) = fences(page, INSTALLING), fences(page, SERVING)
    assert "python3 -m venv .venv" in installation
    assert "mkdir ../thu-nghiem" in installation
    assert site.startswith("kgdocs serve")
    assert "make serve" in fences("README.md", SERVING)[0]


def test_a_page_without_what_is_sought_is_told(tmp_path):
    (tmp_path / "page.md").write_text("```sh\ntrue\n```\n", encoding="utf-8")
    with pytest.raises(SampleError, match="no fence is skipped as 'a server'"):
        fences("page.md", SERVING, tmp_path)


def test_the_questions_are_those_of_the_readme():
    found = questions((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(found) >= 10
    assert {"kgdocs lineage 28-CT/TW --down", "kgdocs compare 31/KH-UBND 45/BC-UBND"} <= set(found)


def test_what_a_page_shows_and_does_not_come_is_told(who, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.newcomer.ROOT", tmp_path)
    (tmp_path / "page.md").write_text("```console\n$ echo one\none\n```\n", encoding="utf-8")
    assert follow(who, "page.md", who.folder) == 1
    (tmp_path / "page.md").write_text("```console\n$ echo one\ntwo\n```\n", encoding="utf-8")
    with pytest.raises(SampleError, match=r"(?s)-two.*\+one"):
        follow(who, "page.md", who.folder)


def test_a_command_that_fails_is_told_with_what_it_said(who, tmp_path):
    with pytest.raises(SampleError, match=r"(?s)ends with 3.*no such thing"):
        who.shell("echo no such thing; exit 3", tmp_path)


def test_a_site_is_asked_and_ended(who, tmp_path):
    (tmp_path / "index.html").write_text("here", encoding="utf-8")
    command = "python3 -m http.server {} --bind 127.0.0.1"
    with served(who, command, tmp_path) as address, urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.read() == b"here"
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=10)


def test_a_site_that_does_not_come_is_told(who, tmp_path):
    with (
        pytest.raises(SampleError, match=r"(?s)ended with 4 before serving.*port taken"),
        served(who, "echo port taken; exit 4", tmp_path),
    ):
        pass


def test_an_environment_is_activated_as_its_script_does(who, tmp_path):
    tools = tmp_path / "env" / "bin"
    interpreter(tools / "kgdocs", (1, 2))
    inside = who.installed_in(tmp_path / "env")
    assert isinstance(inside, Newcomer)
    inside.shell('test "$(command -v kgdocs)" = "$VIRTUAL_ENV/bin/kgdocs"', tmp_path)


def test_what_is_copied_is_what_is_tracked(tmp_path):
    to = copied(tmp_path / "kgdocs")
    assert (to / "pyproject.toml").read_bytes() == (ROOT / "pyproject.toml").read_bytes()
    assert (to / "kgdocs" / "__init__.py").is_file()
    assert not (to / ".venv").exists()
