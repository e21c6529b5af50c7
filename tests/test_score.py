"""The scorer itself: right answers score 1, damaged ones less, and it agrees with the gold's own scorer."""

import json
import subprocess
import sys

import pytest

from kgdocs.errors import UsageError
from kgdocs.pipeline.gate import compare, recorded, save_floors
from kgdocs.pipeline.scoring import MEASURES, Score, score_document, score_folder
from tests.conftest import ROOT, SHARED, needs_shared

GOLD = json.loads((ROOT / "corpus" / "mau-quyet-dinh-640-song-mau.json").read_text(encoding="utf-8"))


def perfect():
    mentions = [dict(m) for m in GOLD["mentions"] if not m.get("optional")]
    relations = [{"relation": r["type"], "target": r["target"]} for r in GOLD["relations"]]
    return [*mentions, *relations]


def scored(rows):
    score = Score()
    score_document("x", GOLD, rows, score)
    return {measure: tally.f1 for measure, tally in score.total.items()}


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


def test_a_folder_without_answers_is_refused(tmp_path, rules):
    with pytest.raises(UsageError, match="no answers"):
        score_folder(tmp_path, rules)


def test_floors_only_rise(tmp_path):
    path = tmp_path / "floors.json"
    good, bad = Score(), Score()
    score_document("x", GOLD, perfect(), good)
    score_document("x", GOLD, perfect()[:3], bad)
    save_floors(path, "corpus", good, {})
    floors = recorded(path)["corpus"]["floors"]
    assert floors["exact"] == 1.0
    save_floors(path, "corpus", bad, recorded(path))
    assert recorded(path)["corpus"]["floors"] == floors
    lines, fell = compare("corpus", bad, recorded(path))
    assert fell
    assert any(line.startswith("BELOW FLOOR: corpus exact") for line in lines)
    assert compare("corpus", good, recorded(path))[1] is False


@pytest.mark.parametrize("folder", [ROOT / "corpus"], ids=["corpus"])
def test_the_corpus_stands_at_its_floors(folder, rules):
    lines, fell = compare(folder.name, score_folder(folder, rules), recorded(ROOT / "tests" / "floors.json"))
    assert not fell, "\n".join(lines)


@needs_shared
@pytest.mark.parametrize("name", ["dev", "seed"])
def test_both_scorers_count_alike(name, tmp_path, rules):
    folder = SHARED / "gold" / name
    texts = [str(path) for path in sorted(folder.glob("*.txt"))]
    printed = subprocess.run(
        [sys.executable, "-m", "kgdocs", "extract", "--relations", *texts],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text(printed.stdout, encoding="utf-8")
    command = [sys.executable, str(SHARED / "gold" / "score.py"), str(folder), str(predictions)]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    ours = score_folder(folder, rules).total
    names = {"issuer": "issuer_given_span", "provision": "provision_given_span"}
    for measure in MEASURES:
        other = theirs.get(names.get(measure, measure), {"tp": 0, "fp": 0, "fn": 0})
        tally = ours[measure]
        assert (measure, tally.right, tally.wrong, tally.missed) == (measure, other["tp"], other["fp"], other["fn"])
