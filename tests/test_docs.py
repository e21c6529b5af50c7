"""What the documentation names is there; tests/test_samples.py runs what it shows."""

import re
import shlex

import pytest
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.cli.check import command as check_command
from kgdocs.lineage.graph import DOCUMENT_ATTRIBUTES
from kgdocs.pipeline.checking.json_rows import check_json
from kgdocs.publish.routes import PAGES
from kgdocs.store.edges import EVIDENCE_COLUMNS
from tests.conftest import ROOT

GRAPH = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
CHECK = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
AUDIT = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("docs")
    kgdocs.build([ROOT / "corpus"], path / "kgdocs.db")
    return path


def names_in(heading):
    """The names in the first column of the table with this heading."""
    table = GRAPH.split(f"| {heading} |")[1].split("\n\n")[0]
    return {name for line in table.split("\n")[2:] for name in re.findall(r"`(\w+)`", line.split("|")[1])}


def test_the_attributes_are_those_of_the_graph(folder):
    graph = kgdocs.load_graph(folder / "kgdocs.db")
    edges = list(graph.edges(data=True))
    assert names_in("node attribute") == set(DOCUMENT_ATTRIBUTES)
    assert all(set(known) == set(DOCUMENT_ATTRIBUTES) for _, known in graph.nodes(data=True))
    assert all(set(data) == names_in("edge attribute") for _, _, data in edges)
    assert names_in("key of an evidence entry") == set(EVIDENCE_COLUMNS)
    assert all(one.keys() == set(EVIDENCE_COLUMNS) for _, _, data in edges for one in data["evidence"])


def test_every_finding_is_named_with_its_severity(rules):
    table = AUDIT.split("| severity | codes |")[1].split("\n\n")[0]
    named = {
        code: line.split("|")[1].strip() for line in table.split("\n") for code in re.findall(r"`([A-Z_]+)`", line)
    }
    assert named == {rule.id: rule.severity for rule in rules.findings.values()}


def test_the_findings_of_drafts_are_named_with_their_severity(rules):
    table = CHECK.split("| code | severity | is |")[1].split("\n\n")[0]
    named = dict(re.findall(r"\| `([A-Z_]+)` \| (\w+) \|", table))
    assert named == {rule.id: rule.severity for rule in rules.draft_findings.values()}


def test_the_options_and_keys_of_the_check_are_those_described(folder, monkeypatch):
    monkeypatch.chdir(folder)
    shown = {option for one in check_command.params for option in one.opts if option.startswith("--")}
    assert shown == set(re.findall(r"^\| `(--[a-z-]+)", CHECK, re.MULTILINE))
    (folder / "du-thao.txt").write_text("Chỉ thị số 28/CT-TW ngày 26/12/2023 của Bộ Chính trị", encoding="utf-8")
    value = check_json(kgdocs.check("du-thao.txt", "kgdocs.db"))
    described = set(re.findall(r"[`\"](\w+)[`\"]", CHECK.split("## JSON")[1].split("## Where")[0]))
    assert {*value, *value["findings"][0]} <= described
    assert {"target", "resolution", "score", "reason", "candidates", "parts", "known", "document", "changes"} <= set(
        value["references"][0]
    )


def test_the_site_documents_name_every_page():
    text = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    for page in PAGES:
        path = page.path.removesuffix("/") or "/"
        assert f"`{path}" in text, page.path


QUESTIONS = re.findall(r"\| `kgdocs ([^`]+)`", README.split("| question | command |")[1].split("\n\n")[0])


@pytest.mark.parametrize("command", QUESTIONS)
def test_every_question_of_the_readme_is_answered(command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "draft.txt").write_text(
        "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.\n", encoding="utf-8"
    )
    command = command.replace("corpus/", f"{ROOT}/corpus/").replace("EARLIER LATER", "31/KH-UBND 45/BC-UBND")
    answered = CliRunner().invoke(main, shlex.split(command))
    assert (answered.exit_code, answered.stderr) == (0, "")
    assert answered.stdout or command.startswith(("check", "export"))


def test_every_link_of_the_readme_leads_to_a_page_that_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert len(links) >= 10
    assert [link for link in links if not (ROOT / link).exists()] == []
