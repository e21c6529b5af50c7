"""What CONTRIBUTING and the pages beside it tell can be done as told: a rule in five minutes, spaCy, Datasette alone, citing."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.paths import shipped_folder
from tests.conftest import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [ROOT / "CONTRIBUTING.md", *(ROOT / "docs" / name for name in ("SECURITY.md", "spacy.md", "versioning.md"))]
SENTENCE = "Tiếp tục triển khai Đề án Sông Mẫu xanh trên địa bàn tỉnh."


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def guided(tmp_path):
    """A copy of the patterns with the rule of the guide, written as the guide says."""
    folder = tmp_path / "patterns"
    shutil.copytree(shipped_folder("patterns"), folder)
    (rule,) = re.findall(r"^   ```yaml\n(.*?)^   ```$", GUIDE, re.DOTALL | re.MULTILINE)
    rule = re.sub(r"^   ", "", rule, flags=re.MULTILINE)
    file = folder / "nicknames.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("nicknames:\n", f"nicknames:\n{rule}", 1), encoding="utf-8")
    return folder


def test_the_rule_of_the_guide_works_as_told(guided):
    assert f'kgdocs explain "{SENTENCE}"' in GUIDE
    assert run("explain", SENTENCE).stdout == "nothing here is read as a reference\n"
    checked = run("patterns", "check", guided)
    assert checked.exit_code == 0, checked.stdout
    told = re.fullmatch(r"(\d+ files), \d+ examples: all are read as their rules say\n", checked.stdout)
    assert told, checked.stdout
    assert f"`{told[1]}, …: all are read as their rules say`" in GUIDE
    assert "rule nickname" in run("explain", SENTENCE, "--patterns", guided).stdout


@pytest.mark.parametrize(
    ("words", "other", "told"),
    [
        ("names: [Đề án Sông Mẫu xanh]", "nams: [Đề án Sông Mẫu xanh]", r"nicknames.yml:\d+: nicknames.0.nams: unknown key"),
        ('"Xây dựng đề án vì', '"Xây dựng Đề án', "nicknames.yml:[0-9]+: song-mau-xanh: “.+”: expected that it does not fit, came .+"),
    ],
)  # fmt: skip
def test_its_faults_are_told_as_the_guide_shows(words, other, told, guided):
    file = guided / "nicknames.yml"
    text = file.read_text(encoding="utf-8")
    assert words in text
    file.write_text(text.replace(words, other), encoding="utf-8")
    assert any(re.fullmatch(told, line) for line in run("patterns", "check", guided).stdout.splitlines())


def test_the_commands_of_the_guide_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", GUIDE))
    assert {"lint", "test", "score", "bench", "reference"} <= named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        if not path.startswith("https:"):
            target = page.parent / path
            assert target.is_file(), link
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert not anchor or anchor in {one.lower().replace(" ", "-") for one in headings}, link


def test_the_example_for_spacy_prints_what_the_page_shows(capsys):
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "docs/spacy.md", "exec"), {})
    assert capsys.readouterr().out == shown


def test_spacy_knows_the_component_without_kgdocs_being_imported():
    code = "import spacy, sys; nlp = spacy.blank('xx'); nlp.add_pipe('kgdocs_references'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['kgdocs_references']\n"


CITATION = yaml.safe_load((ROOT / "docs" / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_citation_is_that_of_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CITATION["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "version", "license"} <= set(CITATION)
    assert str(CITATION["version"]) == kgdocs.__version__
    assert CITATION["license"] == project["license"]
    assert CITATION["authors"] == [{"name": "The kgdocs authors"}]


def test_each_version_has_its_part_in_the_changelog():
    parts = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert parts[0] == "Unreleased"
    assert parts.count("Unreleased") == 1


def test_types_are_declared_to_be_there():
    assert (Path(kgdocs.__file__).parent / "py.typed").is_file()
