"""The scorer itself: right answers score 1, damaged ones less, and it agrees with the gold's own scorer."""

import json
import subprocess
import sys
from functools import cache

import pytest
from click.testing import CliRunner

from kgdocs.cli import main
from kgdocs.errors import UsageError
from kgdocs.models import Header
from kgdocs.pipeline.scoring import KINDS, MEASURES, Score, Tally, score_document, score_folder
from kgdocs.pipeline.scoring.documents import score_own
from kgdocs.pipeline.scoring.gate import compare, recorded, save_floors
from kgdocs.pipeline.scoring.precision import save_precision
from kgdocs.pipeline.scoring.report import TAG_MEASURES, report_figures, report_lines
from kgdocs.pipeline.scoring.tallies import DocumentScore
from tests.conftest import ROOT, SHARED, needs_shared

GOLD = json.loads((ROOT / "corpus" / "mau-quyet-dinh-640-song-mau.json").read_text(encoding="utf-8"))
TEXT = (ROOT / "corpus" / "mau-quyet-dinh-640-song-mau.txt").read_text(encoding="utf-8")


def perfect():
    mentions = [dict(m) for m in GOLD["mentions"] if not m.get("optional")]
    relations = [{"relation": r["type"], "target": r["target"]} for r in GOLD["relations"]]
    return [*mentions, *relations]


def score_of(rows):
    return Score({"x": score_document(GOLD, rows, TEXT)})


def scored(rows):
    return {measure: tally.f1 for measure, tally in score_of(rows).total.items()}


def test_the_answers_themselves_score_one():
    assert set(scored(perfect()).values()) == {1.0}


def test_nothing_predicted_scores_nothing():
    assert all(scored([])[m] == 0 for m in ("exact", "overlap", "codes", "relations"))


DAMAGE = {
    "exact": lambda row: {**row, "end": row["end"] - 1} if "start" in row else row,
    "codes": lambda row: {**row, "code": "999/QĐ-X"} if row.get("code") else row,
    "code_and_date": lambda row: {**row, "date": "1900-01-01"} if row.get("date") else row,
    "issuer": lambda row: {**row, "issuer": "ai đó"} if row.get("issuer") else row,
    "relations": lambda row: {**row, "relation": "guides"} if "relation" in row else row,
}


@pytest.mark.parametrize("measure", DAMAGE)
def test_damage_shows_in_its_measure(measure):
    assert scored([DAMAGE[measure](row) for row in perfect()])[measure] < 0.2


@pytest.mark.parametrize(
    ("header", "code", "counts"),
    [
        (Header(date="2024-05-20", label="QUYẾT ĐỊNH"), "640/QĐ-UBND", (3, 0, 0)),
        (Header(date="2024-05-21", label="QUYẾT ĐỊNH"), None, (1, 1, 2)),
        (Header(date="2024-05", label="KẾ HOẠCH"), "641/QĐ-UBND", (0, 2, 3)),
    ],
)
def test_what_a_text_says_of_itself(header, code, counts):
    own = {"code": "640/QĐ-UBND", "date": "2024-05-20", "type": "Quyết định"}
    document = DocumentScore()
    score_own(own, header, code, document)
    tally = document.tallies["own"]
    assert (tally.right, tally.wrong, tally.missed) == counts


def test_an_answer_without_what_a_text_says_of_itself_counts_nothing():
    document = DocumentScore()
    score_own({}, Header(date="2024-05-20"), "640/QĐ-UBND", document)
    assert document.tallies["own"].counted == 0


def test_a_folder_without_answers_is_refused(tmp_path, rules):
    with pytest.raises(UsageError, match="no answers"):
        score_folder(tmp_path, rules)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "has no list of mentions"),
        ('{"mentions": [{"start": 0, "end": 1}]}', "mentions.0 lacks text, kind"),
        (
            '{"mentions": [], "relations": [{"type": "cites", "target": "1"}, {"target": "2"}]}',
            "relations.1 lacks type",
        ),
    ],
)
def test_answers_that_are_none_are_told_with_their_place(answers, told, tmp_path, rules):
    (tmp_path / "a.txt").write_text("Luật Trẻ em", encoding="utf-8")
    (tmp_path / "a.json").write_text(answers, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        score_folder(tmp_path, rules)


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(), 1.0, 1.0, 1.0),
        (Tally(3, 1, 0), 0.75, 1.0, 6 / 7),
        (Tally(0, 0, 2), 0.0, 0.0, 0.0),
        (Tally(0, 2, 0), 0.0, 0.0, 0.0),
        (Tally(1, 1, 3), 0.5, 0.25, 1 / 3),
    ],
)
def test_precision_recall_and_f1(tally, precision, recall, f1):
    assert (tally.precision, tally.recall, tally.f1) == (precision, recall, pytest.approx(f1))


def test_missed_counts_under_the_kind_of_the_answer_and_wrong_under_the_kind_predicted():
    mentions = [row for row in perfect() if "start" in row]
    numbered = next(row for row in mentions if row["kind"] == "numbered")
    rows = [{**row, "start": row["start"] + 1, "kind": "draft"} if row is numbered else row for row in mentions]
    whole, damaged = score_of(mentions).by_kind(), score_of(rows).by_kind()
    assert damaged["numbered"] == Tally(whole["numbered"].right - 1, 0, 1)
    assert damaged["draft"] == Tally(0, 1, 0)
    assert score_of(rows).by_kind("overlap")["numbered"] == whole["numbered"]


def test_relations_count_under_their_type():
    rows = [{**row, "relation": "guides"} if row.get("relation") == "based_on" else row for row in perfect()]
    whole, damaged = score_of(perfect()).by_relation_type(), score_of(rows).by_relation_type()
    assert damaged["based_on"].missed == damaged["guides"].wrong == whole["based_on"].right > 0
    assert {**damaged, "based_on": None, "guides": None} == {**whole, "based_on": None, "guides": None}


def test_relations_count_under_the_rule_that_read_them(tmp_path, rules):
    rows = [
        {"relation": "replaces", "target": "1102/QĐ-UBND", "rule": "replacing_text"},
        {"relation": "amends", "target": "56/2017/NĐ-CP", "rule": "amending_words"},
        {"relation": "cites", "target": "Luật Trẻ em", "rule": "mention"},
    ]
    score = score_of(rows)
    counted = {rule: (tally.right, tally.wrong) for rule, tally in score.by_rule().items()}
    assert counted == {"amending_words": (0, 1), "replacing_text": (1, 0)}
    path = tmp_path / "precision.yml"
    save_precision(path, "new", score, rules)
    written = path.read_text(encoding="utf-8")
    assert "new: [1, 1]}\n" in written.split("  replacing_text: {")[1]
    assert "  amending_words: {new: [0, 1]}\n" in written
    assert "  basis_item: {held_out: [" in written


def test_tags_sum_their_documents():
    score = Score({"x": score_document(GOLD, perfect()), "y": score_document({**GOLD, "tags": ["letter"]}, [])})
    tags = score.by_tag()
    assert set(tags) == {*GOLD["tags"], "letter"}
    assert (tags["letter"].total["exact"].recall, tags["sample"].total["exact"].recall) == (0.0, 1.0)


def test_the_report_shows_every_part():
    lines = "\n".join(report_lines(score_of(perfect()[:3]), per_document=True, errors=1))
    parts = (*MEASURES, "kind numbered", "relation based_on", "tag sample", "  x ", " | missed | ")
    assert [part for part in parts if part not in lines] == []


def test_the_figures_for_programs_are_those_printed():
    score = score_of(perfect()[1:])
    figures = report_figures(score)
    assert figures["total"]["exact"] == {
        "precision": 1.0,
        "recall": round(score.total["exact"].recall, 4),
        "f1": round(score.total["exact"].f1, 4),
        "right": score.total["exact"].right,
        "wrong": 0,
        "missed": 1,
    }
    assert figures["errors"][0] == {"doc": "x", "what": "missed", "text": perfect()[0]["text"]}
    assert json.loads(json.dumps(figures)) == figures


def test_floors_only_rise(tmp_path):
    path = tmp_path / "floors.json"
    good, bad = score_of(perfect()), score_of(perfect()[:3])
    save_floors(path, "corpus", good, {})
    floors = recorded(path)["corpus"]
    assert floors["floors"]["exact"] == floors["recall_by_kind"]["named"] == 1.0
    save_floors(path, "corpus", bad, recorded(path))
    lowered = recorded(path)["corpus"]
    assert (lowered["floors"], lowered["recall_by_kind"]) == (floors["floors"], floors["recall_by_kind"])
    lines, fell = compare("corpus", bad, recorded(path))
    assert fell
    assert [line for line in lines if line.startswith("BELOW FLOOR: corpus exact")]
    assert [line for line in lines if line.startswith("BELOW FLOOR: corpus recall of n")]
    assert compare("corpus", good, recorded(path))[1] is False


def changes(tmp_path, before, after):
    path = tmp_path / "floors.json"
    save_floors(path, "corpus", score_of(before), {})
    return compare("corpus", score_of(after), recorded(path))[0]


def test_a_swap_of_right_answers_shows(tmp_path):
    first, second, *rest = perfect()
    lines = changes(tmp_path, [first, *rest], [second, *rest])
    assert f"  lost: x {first['start']}-{first['end']} “{first['text']}”" in lines
    assert f"  gained: x {second['start']}-{second['end']} “{second['text']}”" in lines
    assert not [line for line in lines if "exact" in line]


def test_what_is_newly_wrong_shows(tmp_path):
    wrong = {"start": 3, "end": 12, "text": TEXT[3:12], "kind": "named"}
    relation = {"relation": "repeals", "target": "1/2024/NĐ-CP"}
    lines = changes(tmp_path, perfect(), [*perfect(), wrong, relation])
    words = " ".join(TEXT[3:12].split())
    assert [line for line in lines if "wrong" in line] == [
        f"  newly wrong: x 3-12 “{words}”",
        "  newly wrong: x repeals 1/2024/NĐ-CP",
    ]
    back = changes(tmp_path, [*perfect(), wrong], perfect())
    assert f"  no longer wrong: x 3-12 “{words}”" in back


def test_the_same_run_again_changes_nothing(tmp_path):
    assert changes(tmp_path, perfect()[2:], perfect()[2:])[-1] == "accuracy gate: corpus: at or above all floors"
    assert len(changes(tmp_path, perfect()[2:], perfect()[2:])) == 1


def test_documents_that_come_and_go_show(tmp_path):
    path = tmp_path / "floors.json"
    save_floors(path, "corpus", score_of(perfect()), {})
    lines, _ = compare("corpus", Score({"y": score_document(GOLD, perfect())}), recorded(path))
    assert lines[:2] == ["  gone: x", "  new: y"]


def run_score(*arguments):
    result = CliRunner().invoke(main, ["score", *arguments])
    return result.exit_code, result.output


def test_the_command_prints_json_and_what_the_gate_says(tmp_path):
    for name in ("mau-quyet-dinh-640-song-mau.json", "mau-quyet-dinh-640-song-mau.txt"):
        (tmp_path / name).write_bytes((ROOT / "corpus" / name).read_bytes())
    floors = tmp_path / "floors" / "recorded"
    floors.parent.mkdir()
    assert run_score(str(tmp_path), "--floors", str(floors), "--record")[0] == 0
    known = recorded(floors)
    known[tmp_path.name]["recall_by_kind"]["named"] = 1.1
    floors.write_text(json.dumps(known), encoding="utf-8")
    code, printed = run_score(str(tmp_path), "--floors", str(floors), "--format", "json")
    figures = json.loads(printed)
    assert (code, figures["below_floor"], figures["documents"]) == (1, True, 1)
    assert figures["gate"][0].startswith(f"BELOW FLOOR: {tmp_path.name} recall of named")


@pytest.mark.parametrize("folder", [ROOT / "corpus"], ids=["corpus"])
def test_the_corpus_stands_at_its_floors(folder, rules):
    lines, fell = compare(folder.name, score_folder(folder, rules), recorded(ROOT / "tests" / "floors.json"))
    assert not fell, "\n".join(lines)


@pytest.fixture(scope="module")
def both_scorers(tmp_path_factory, rules):
    """Folder of the gold → the figures of its own scorer, and our score."""

    @cache
    def figures(name):
        folder = SHARED / "gold" / name
        texts = [str(path) for path in sorted(folder.glob("*.txt"))]
        predictions = tmp_path_factory.mktemp(name) / "predictions.jsonl"
        predictions.write_text(output_of("-m", "kgdocs", "extract", "--relations", *texts), encoding="utf-8")
        theirs = output_of(str(SHARED / "gold" / "score.py"), str(folder), str(predictions)).splitlines()[-1]
        return json.loads(theirs), score_folder(folder, rules)

    return figures


def output_of(*arguments):
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=True)
    return done.stdout


both_folders = pytest.mark.parametrize("name", ["dev", "seed"])


@needs_shared
@both_folders
def test_both_scorers_count_alike(name, both_scorers):
    theirs, ours = both_scorers(name)
    names = {"issuer": "issuer_given_span", "provision": "provision_given_span"}
    for measure in (one for one in MEASURES if one != "own"):  # only ours compares what a text says of itself
        other = theirs.get(names.get(measure, measure), {"tp": 0, "fp": 0, "fn": 0})
        tally = ours.total[measure]
        assert (measure, tally.right, tally.wrong, tally.missed) == (measure, other["tp"], other["fp"], other["fn"])


@needs_shared
@both_folders
def test_both_scorers_count_kinds_alike(name, both_scorers):
    theirs, ours = both_scorers(name)
    for measure in ("exact", "overlap"):
        tallies = ours.by_kind(measure)
        assert set(tallies) == {
            kind for kind, other in theirs["by_kind"].items() if other["gold"] or other["predicted"]
        }
        for kind in KINDS:
            tally, other = tallies[kind], theirs["by_kind"][kind]
            assert (kind, tally.right + tally.missed) == (kind, other["gold"])
            assert (kind, round(tally.recall, 4)) == (kind, other[f"recall_{measure}"])
            wrong = other["predicted"] * (1 - other[f"precision_{measure}"])
            assert (kind, tally.wrong) == (kind, round(wrong))


@needs_shared
@both_folders
def test_both_scorers_count_relation_types_alike(name, both_scorers):
    theirs, ours = both_scorers(name)
    counted = {t: (o["tp"], o["fp"], o["fn"]) for t, o in theirs["relations_by_type"].items()}
    assert {t: (o.right, o.wrong, o.missed) for t, o in ours.by_relation_type().items()} == counted


@needs_shared
@both_folders
def test_both_scorers_count_tags_alike(name, both_scorers):
    theirs, ours = both_scorers(name)
    tags = ours.by_tag()
    assert set(tags) == set(theirs["by_tag"])
    for tag, other in theirs["by_tag"].items():
        total = tags[tag].total
        assert (tag, len(tags[tag].documents)) == (tag, other["docs"])
        for measure in TAG_MEASURES:
            expected = other[f"{measure}_f1"]
            assert (tag, measure, expected) == (tag, measure, rounded(total[measure], expected))


def rounded(tally, expected):
    """F1 as the other scorer states it: nothing where no document states relations."""
    return None if expected is None and not tally.counted else round(tally.f1, 4)
