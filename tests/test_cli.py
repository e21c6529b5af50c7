"""Commands end in 0, 1 or 2, say one clear sentence, and never show a traceback."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import pairwise

import pytest
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.cli.main import COMMANDS
from kgdocs.grammar import load_rules
from tests.conftest import ROOT

CORPUS = str(ROOT / "corpus")
TEXT = str(ROOT / "corpus" / "quyet-dinh-1591.txt")


def run(*arguments, input_text=None):
    return CliRunner().invoke(main, [str(a) for a in arguments], input=input_text)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "kgdocs.db"
    assert run("build", CORPUS, "--db", path).exit_code == 0
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: kgdocs {command}" in " ".join(result.output.split())


def test_build_prints_both_sums(tmp_path):
    unread = tmp_path / "bang.json"
    unread.write_text("{}", encoding="utf-8")
    result = run("build", CORPUS, unread, "--db", tmp_path / "x.db")
    assert result.exit_code == 0
    assert "files = " in result.output
    assert "references = " in result.output
    assert "rejected: bang.json: Chưa đọc được định dạng .json." in result.output


def test_build_as_json(tmp_path):
    result = run("build", TEXT, "--db", tmp_path / "x.db", "--format", "json")
    summary = json.loads(result.stdout)
    assert summary["sources_read"] == 1
    assert (summary["rejected"], summary["warnings"]) == ([], [])


WRONG = [
    (["build", "khong-co-thu-muc", "--db", "x.db"], "no such file or folder"),
    (["build", TEXT, "--db", "/khong/co/x.db"], "no folder"),
    (["audit", "--db", CORPUS], "is a directory"),
    (["audit", "--format", "xml"], "is not one of"),
    (["lineage"], "Missing argument"),
    (["khong-co-lenh"], "No such command"),
    (["lineage", "28-CT/TW", "--db", "khong-co.db"], "no database"),
    (["path", "28-CT/TW", "211-KH/TU", "--db", "khong-co.db"], "no database"),
    (["export", "--format", "csv", "--db", "khong-co.db"], "no database"),
    (["search", "trẻ em", "--db", TEXT], "not a readable SQLite database"),
    (["serve", "--db", "khong-co.db"], "no database"),
    (["extract", "khong-co.txt"], "none of the files could be read"),
    (["score", CORPUS + "/khong-co"], "no answers"),
    (["explain", "28-CT/TW", "--db", "khong-co.db"], "no database"),
    (["register", "import", TEXT, "--db", "x.db"], "is no register"),
    (["register", "import", CORPUS, "--db", "x.db"], "is no register"),
    (["register", "import", "khong-co.csv", "--db", "x.db"], "no such file or folder"),
    (["register", "import", CORPUS + "/register.csv", "--db", "/khong/co/x.db"], "no folder"),
    (["register", "list", "--db", "khong-co.db"], "no database"),
    (["register", "remove", "so.csv", "--db", "khong-co.db"], "no database"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(a[:2])[-40:] for a, _ in WRONG])
def test_wrong_usage_is_one_clear_line(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("kgdocs: ")
    assert all(line.startswith("kgdocs: ") for line in result.stderr.splitlines())
    assert "Traceback" not in result.output


def test_a_name_without_end_is_not_repeated(db):
    result = run("lineage", "9" * 20_000, "--db", db)
    assert (result.exit_code, len(result.stderr) < 200) == (2, True)


def test_extract_prints_what_the_scorer_reads():
    result = run("extract", TEXT, "--relations")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    mentions = [line for line in lines if "start" in line]
    relations = [line for line in lines if "relation" in line]
    assert {
        "doc",
        "start",
        "end",
        "text",
        "kind",
        "type",
        "code",
        "date",
        "issuer",
        "title",
        "provision",
        "rule",
        "repairs",
    } <= set(mentions[0])
    assert mentions[0]["doc"] == "quyet-dinh-1591"
    assert {"doc", "relation", "target", "status", "rule", "evidence"} <= set(relations[0])
    assert all("start" not in line and line["status"] == "asserted" for line in relations)


def test_extract_reads_standard_input_and_writes_texts(tmp_path):
    result = run("extract", "-", "--text-out", tmp_path, input_text="theo Chỉ thị số 28-CT/TW")
    assert json.loads(result.stdout)["code"] == "28-CT/TW"
    assert (tmp_path / "-.txt").read_text(encoding="utf-8") == "theo Chỉ thị số 28-CT/TW"


def test_extract_writes_no_text_over_another(tmp_path):
    for name in ("a/x.txt", "b/x.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Căn cứ Luật Đất đai\n", encoding="utf-8")
    for files, folder in (((tmp_path / "a/x.txt", tmp_path / "b/x.md"), "out"), ((tmp_path / "a/x.txt",), "a")):
        result = run("extract", *files, "--text-out", tmp_path / folder)
        assert result.exit_code == 2
        assert "written over another file" in result.stderr
    assert not (tmp_path / "out").exists()


def test_explain_of_what_is_no_text_is_one_clear_line():
    result = CliRunner().invoke(main, ["explain", "-"], input=b"\xff\xfe\x00\xd8\xff")
    assert result.exit_code == 2
    assert result.stderr.startswith("kgdocs: ")
    assert len(result.stderr.splitlines()) == 1


def test_extract_hides_planned_relations_unless_asked():
    text = "Tham mưu trình UBND tỉnh Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU"
    shown = [json.loads(line) for line in run("extract", "-", "--relations", input_text=text).stdout.splitlines()]
    everything = [
        json.loads(line) for line in run("extract", "-", "--relations", "--all", input_text=text).stdout.splitlines()
    ]
    assert "planned" not in {line.get("status") for line in shown} | {line.get("kind") for line in shown}
    assert {"planned"} <= {line.get("status") for line in everything} & {line.get("kind") for line in everything}


EXPLAINED = [
    ("Chỉ thị 28-CT/TW", ["code: 28-CT/TW (party; agencies: TW)", "trung-uong/2023/28-ct-tw"]),
    ("KH 211-KH/TU", ["type: Kế hoạch", "code: 211-KH/TU", "ambiguous", "candidate: kien-giang/2024/211-kh-tu"]),
    ("NĐ 56/2017", ["short: trung-uong/2017/56-2017-nd-cp", "document: 56/2017/NĐ-CP"]),
    ("Báo cáo số 05/BC-LDTBXH", ["repaired: LDTBXH→LĐTBXH"]),
    ("Mẫu số 01/BC-UBND", ["rejected", "form_number"]),
    ("KH 211-KH/TU", ["seen: SHORT 'KH' · CODE '211-KH/TU'", "form of the code: party"]),
    ("Nghị định số 2O/2021/NĐ-CP", ["rule damaged_number", "Số bị hỏng"]),
    ("Nghị định này; đạt 327.380/414.677 trẻ em", ["stands for this document", "not a code: '327.380/414.677'"]),
    ("ngày 25/12/2023", ["a date, 2023-12-25"]),
    ("TT 02 quy định", ["rejected: 'TT 02'", "short: no document"]),
    ("không có gì", ["nothing here is read as a reference"]),
]


@pytest.mark.parametrize(("text", "said"), EXPLAINED)
def test_explain(text, said, db):
    result = run("explain", text, "--db", db)
    assert result.exit_code == 0
    assert all(part in result.output for part in said)


def test_explain_marks_what_is_inferred():
    result = run("explain", "NĐ 56/2017")
    assert "short: trung-uong/2017/56-2017-nd-cp" in result.output
    assert "issuer of the document: Chính phủ (inferred from the symbol)" in result.output


def test_lineage_as_tree_and_as_json(db):
    tree = run("lineage", "28-CT/TW", "--db", db, "--down").output
    assert "211-KH/TU" in tree
    assert "implements (planned)" in tree
    value = json.loads(run("lineage", "28-CT/TW", "--db", db, "--format", "json").stdout)
    assert value["root"] == "trung-uong/2023/28-ct-tw"
    edge = next(e for e in value["edges"] if e["from"] == "kien-giang/2024/211-kh-tu")
    assert {"source", "start", "end", "text", "rule"} <= set(edge["evidence"][0])


def test_lineage_up_leads_to_the_directive(db):
    output = run("lineage", "song-mau/an-mau/tan-mau/2024/12-kh-ubnd", "--db", db, "--up").output
    assert output.index("31/KH-UBND") < output.index("88/KH-UBND") < output.index("28-CT/TW")


def test_lineage_says_the_document_once_and_cuts_no_title(db):
    lines = run("lineage", "28-CT/TW", "--db", db).output.splitlines()
    assert lines[0].startswith(
        "28-CT/TW  2023-12-25  về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em đáp ứng"
    )
    assert lines[0].endswith("hạnh phúc")
    assert lines[1:3] == ["carries out nothing that is known", "is carried out by"]


TAN_MAU, QUANG_BINH = "song-mau/an-mau/tan-mau/2024/12-kh-ubnd", "quang-binh/2021/869-kh-ubnd"


def test_lineage_as_of_a_day(db):
    def shown(day):
        return run("lineage", "28-CT/TW", "--db", db, "--down", "--as-of", day).stdout

    assert "nothing that is known" in shown("2024-01-01")
    assert ("115-KH/TU" in shown("2024-04-10"), "211-KH/TU" in shown("2024-04-10")) == (True, False)
    assert "211-KH/TU" in shown("2024-04-25")
    planned = "implements (planned)  Kế hoạch  planned  Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU"
    assert planned not in shown("2024-07-30")  # the report that tells of it is of July
    assert planned in shown("2024-07-31")


@pytest.mark.parametrize("command", [["lineage", "28-CT/TW"], ["path", "28-CT/TW", "211-KH/TU"]])
@pytest.mark.parametrize("day", ["2024-13-01", "abc", "2024"])
def test_a_day_that_is_none_is_one_clear_line(command, day, db):
    result = run(*command, "--db", db, "--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"kgdocs: {day!r} is no day of the calendar; write it like 2024-07-05.\n"


def test_a_document_that_was_not_there_has_no_lineage(db):
    result = run("lineage", "28-CT/TW", "--db", db, "--as-of", "2023-12-24")
    assert result.exit_code == 2
    assert result.stderr.startswith("kgdocs: '28-CT/TW' was not there on 2023-12-24")


def test_lineage_along_chosen_relations(db):
    arguments = ["lineage", "28-CT/TW", "--db", db, "--format", "json"]
    value = json.loads(run(*arguments, "--relation", "cites", "--relation", "based_on").stdout)
    assert {edge["type"] for edge in value["edges"]} <= {"cites", "based_on"}
    result = run(*arguments, "--relation", "thuc_hien")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "There is no relation 'thuc_hien'; there are amends," in result.stderr


def test_lineage_tells_circles_and_the_longest_chain(db, tmp_path):
    value = json.loads(run("lineage", "28-CT/TW", "--db", db, "--format", "json").stdout)
    assert value["cycles"] == []
    assert value["longest"][0] == value["root"]
    assert len(value["longest"]) == 5
    changed = tmp_path / "x.db"
    shutil.copy(db, changed)
    with closing(sqlite3.connect(changed)) as connection, connection:
        relation = ("trung-uong/2023/28-ct-tw", "kien-giang/2024/211-kh-tu")
        connection.execute(
            "INSERT INTO relations (from_id, to_id, type, status) VALUES (?, ?, 'implements', 'asserted')", relation
        )
    told = run("lineage", "28-CT/TW", "--db", changed).stdout.splitlines()[-1]
    assert told == "in a circle: kien-giang/2024/211-kh-tu → trung-uong/2023/28-ct-tw → kien-giang/2024/211-kh-tu"


def test_what_a_decision_issues_is_shown_below_it(db):
    lines = run("lineage", "640/QĐ-UBND", "--db", db).stdout.splitlines()
    assert lines[1] == "carries out nothing that is known"
    assert "promulgates  Quy chế" in lines[3]


def test_path_gives_each_step_with_its_sentence(db):
    lines = run("path", TAN_MAU, "211-KH/TU", "--db", db).stdout.splitlines()
    assert [line.split()[0] for line in lines[::3]] == [
        "12/KH-UBND",
        "31/KH-UBND",
        "88/KH-UBND",
        "28-CT/TW",
        "211-KH/TU",
    ]
    assert [line.split() for line in lines[1::3]] == [["↓", "implements"]] * 3 + [["↑", "implements"]]
    assert "mau-ke-hoach-12-xa-tan-mau.md [252:321]: Thực hiện Kế hoạch số 31/KH-UBND" in lines[2]


def test_path_as_json_has_the_form_of_a_lineage_in_order(db):
    value = json.loads(run("path", TAN_MAU, "28-CT/TW", "--db", db, "--format", "json").stdout)
    assert (value["root"], value["connected"], value["lineage_only"]) == (TAN_MAU, True, True)
    ids = [node["id"] for node in value["nodes"]]
    assert (ids[0], ids[-1]) == (TAN_MAU, "trung-uong/2023/28-ct-tw")
    assert [(edge["from"], edge["to"]) for edge in value["edges"]] == list(pairwise(ids))
    assert {"source", "start", "end", "text", "rule"} <= set(value["edges"][0]["evidence"][0])


def test_path_says_where_it_leaves_lineage(db):
    output = run("path", "211-KH/TU", "102/2016/QH13", "--db", db).stdout
    assert output.startswith("No relations of lineage connect the two")
    assert "disseminates" in output


def test_where_nothing_connects_path_says_so(db):
    result = run("path", TAN_MAU, QUANG_BINH, "--db", db, "--as-of", "2021-01-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Nothing that is known connects {TAN_MAU} and {QUANG_BINH} on 2021-01-01.\n"
    value = json.loads(run("path", TAN_MAU, QUANG_BINH, "--db", db, "--as-of", "2021-01-01", "--format", "json").stdout)
    assert (value["connected"], value["edges"]) == (False, [])


@pytest.mark.parametrize("command", [["lineage"], ["path", "28-CT/TW"]])
def test_a_code_of_several_documents_lists_them(command, db):
    result = run(*command, "18-NQ/TW", "--db", db)
    assert result.exit_code == 2
    assert "trung-uong/2017/18-nq-tw" in result.stderr
    assert "trung-uong/2022/18-nq-tw" in result.stderr


def test_an_unknown_code_offers_what_is_near(db):
    result = run("lineage", "47/KH-UBN", "--db", db)
    assert result.exit_code == 2
    assert "Did you mean" in result.stderr
    assert "47/KH-UBND" in result.stderr


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("211 kh tu", "kien-giang/2024/211-kh-tu"),
        ("56/2017", "trung-uong/2017/56-2017-nd-cp"),
        ("Chỉ thị 28", "trung-uong/2023/28-ct-tw"),
    ],
)
def test_search(words, first, db):
    assert run("search", words, "--db", db).stdout.split("\t")[0] == first


def test_search_with_and_without_accents(db):
    with_accents = run("search", "Chỉ thị bảo vệ trẻ em", "--db", db).stdout
    without = run("search", "chi thi bao ve tre em", "--db", db).stdout
    assert "trung-uong/2023/28-ct-tw" in with_accents
    assert set(with_accents.splitlines()) <= set(without.splitlines())


def test_python_dash_m_and_version():
    done = subprocess.run(
        [sys.executable, "-m", "kgdocs", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"kgdocs, version {kgdocs.__version__}, patterns {load_rules().hash}\n"


def test_version_tells_that_its_patterns_are_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("KGDOCS_PATTERNS", str(tmp_path / "khong-co"))
    result = run("--version")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the patterns cannot be read" in result.stderr


COMPLETED = [
    ("kgdocs pa", {"path", "patterns"}),
    ("kgdocs patterns ", {"check", "list"}),
    ("kgdocs register i", {"import"}),
    ("kgdocs check --f", {"--format", "--fail-on"}),
    ("kgdocs check --fail-on ", {"high", "medium", "low", "info"}),
    ("kgdocs export --format g", {"graphml", "gexf"}),
]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(("line", "offered"), COMPLETED)
def test_the_shell_completes_commands_options_and_choices(shell, line, offered):
    words = line.split(" ")
    at = str(len(words) - 1)
    told = {"bash": (line, at), "zsh": (line, at), "fish": (line, words[-1])}[shell]
    asked = {"_KGDOCS_COMPLETE": f"{shell}_complete", "COMP_WORDS": told[0], "COMP_CWORD": told[1]}
    done = subprocess.run(
        [sys.executable, "-m", "kgdocs"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={**os.environ, **asked},
    )
    found = {
        "bash": lambda: [line.split(",")[1] for line in done.stdout.splitlines()],
        "zsh": lambda: done.stdout.splitlines()[1::3],
        "fish": lambda: [line.split(",")[1].split("\t")[0] for line in done.stdout.splitlines()],
    }[shell]()
    assert set(found) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(shell):
    asked = {"_KGDOCS_COMPLETE": f"{shell}_source"}
    command = [sys.executable, "-m", "kgdocs"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, env={**os.environ, **asked})
    assert f"_KGDOCS_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option):
    code = f"import sys; from kgdocs.cli import main\ntry: main(['{option}'])\nexcept SystemExit: pass\nprint(sorted({{'spacy', 'datasette', 'networkx', 'pydantic', 'yaml'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize("command", [("audit", "--fail-on", "info"), ("check", "-", "--no-db", "--fail-on", "low")])
def test_a_reader_that_stops_early_changes_no_verdict(command, tmp_path):
    """`kgdocs check … | head -1` still fails where it should."""
    text = tmp_path / "a.txt"
    text.write_text("".join(f"Thực hiện Kế hoạch số {n}/KH-UBND.\n" for n in range(2, 2000)), encoding="utf-8")
    kgdocs.build([text], tmp_path / "x.db")
    options = ["--db", str(tmp_path / "x.db")] if command[0] == "audit" else []
    call = [sys.executable, "-m", "kgdocs", *command, *options]
    with (
        text.open() as given,
        subprocess.Popen(call, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run,
    ):
        run.stdout.readline()
        run.stdout.close()
        assert run.wait(60) == 1
        assert run.stderr.read() == b""


@pytest.mark.skipif(sys.version_info < (3, 13), reason="older Pythons tell nothing of databases left open")
def test_no_command_leaves_a_database_open(tmp_path):
    text = tmp_path / "van-ban.txt"
    text.write_text("Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.\n", encoding="utf-8")
    for command in (
        ["build", text], ["build", text], ["search", "28"], ["lineage", "28-CT/TW"], ["path", "28-CT/TW", "28-CT/TW"],
        ["audit", "--as-of", "2024-06-01"], ["export", "--format", "jsonl"], ["check", text], ["explain", "28-CT/TW"],
    ):  # fmt: skip
        told = subprocess.run(
            [sys.executable, "-W", "always::ResourceWarning", "-m", "kgdocs", *command, "--db", "x.db"],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert (told.returncode, "unclosed" in told.stderr) == (0, False), (command, told.stderr)
