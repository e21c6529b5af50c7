"""The wheel carries patterns and site, shadows nothing, and works in an environment of its own."""

import sqlite3
import subprocess
import sys
import venv
import zipfile
from contextlib import closing
from pathlib import Path

import datasette.app
import pytest

import kgdocs
from kgdocs.paths import shipped_folder
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def tracked(folder):
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return {line for line in listed.stdout.splitlines() if (ROOT / line).is_file()}
    return {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["patterns", "datasette"])
def test_the_wheel_carries_what_is_tracked(wheel, folder):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert tracked(folder)
    assert {f"kgdocs/_data/{name}" for name in tracked(folder)} <= names


def test_the_wheel_tells_type_checkers_that_it_is_typed(wheel):
    assert "kgdocs/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_nothing_at_top_level_but_the_package(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kgdocs"}


def test_the_site_folder_does_not_shadow_the_library():
    assert not list((ROOT / "datasette").rglob("__init__.py"))
    assert ROOT / "datasette" not in Path(datasette.app.__file__).parents


def test_a_checkout_uses_its_own_folders():
    assert shipped_folder("patterns") == ROOT / "patterns"


def test_help_and_a_build_run_from_the_wheel(wheel, tmp_path):
    """An environment with the wheel and, from this one, only what it depends on."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    site = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    zipfile.ZipFile(wheel).extractall(site)
    libraries = {str(Path(entry)) for entry in sys.path if entry.endswith("site-packages")}
    (site / "dependencies.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    text = tmp_path / "texts" / "van-ban.txt"
    text.parent.mkdir()
    text.write_text("Kế hoạch số 211-KH/TU về thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023", encoding="utf-8")
    where = "import kgdocs, kgdocs.paths as p; print(kgdocs.__file__); print(p.shipped_folder('patterns'))"
    told = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert all(line.startswith(str(site)) for line in told.splitlines())
    subprocess.run([python, "-m", "kgdocs", "--help"], check=True, capture_output=True, cwd=tmp_path)
    built = subprocess.run(
        [python, "-m", "kgdocs", "build", "texts", "--db", "x.db"], capture_output=True, text=True, cwd=tmp_path
    )
    assert built.returncode == 0, built.stderr
    assert "1 files = 1 read" in built.stdout
    told = subprocess.run(
        [python, "-m", "kgdocs", "--version"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        (known,) = connection.execute("SELECT patterns_hash FROM builds").fetchone()
    assert told.stdout == f"kgdocs, version {kgdocs.__version__}, patterns {known}\n"
    tried = subprocess.run([python, "-m", "kgdocs", "patterns", "check"], capture_output=True, text=True, cwd=tmp_path)
    assert tried.returncode == 0, tried.stdout
