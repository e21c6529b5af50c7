"""What `make bench` tells: figures beside aims, costs of a process, a drawing that can be read."""

import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.benchmarks.aims import Aim, summary
from tests.benchmarks.builds import anchor_seconds, counts_of, shared_build, timed_build
from tests.benchmarks.curve import Point, curve_aims, curve_line, curve_svg
from tests.benchmarks.files import write_files
from tests.benchmarks.peers import ABSENT, peer_lines
from tests.benchmarks.storing import measure_storing
from tests.benchmarks.vocabulary import measure_vocabulary

POINT = Point(
    files=10_000, seconds=80.0, wall=90.0, peak=900_000_000, documents=8_000, mentions=110_000, bytes=610_000_000, anchor=0.3
)  # fmt: skip


def test_a_figure_is_told_with_the_side_of_its_aim():
    most, least = Aim(what="a", value=1.31, bound=1.15), Aim(what="b", value=118.2, bound=600, at_least=True)
    assert most.line == "a: 1.31 (aim ≤ 1.15: above the aim)"
    assert least.line == "b: 118 (aim ≥ 600: below the aim)"
    assert Aim(what="c", value=1.15, bound=1.15).line == "c: 1.15 (aim ≤ 1.15: met)"
    assert least.figures == {"what": "b", "value": 118.2, "at_least": 600, "met": False}
    assert summary([most, least, Aim(what="c", value=0, bound=0)]) == "1 of 3 aims are met"


def test_a_build_is_measured_and_counted(rules, tmp_path):
    paths = write_files(tmp_path / "texts", rules, 30)
    db = tmp_path / "kgdocs.db"
    spent = timed_build(tmp_path / "texts", db, "--workers", "1")
    assert 0.1 < spent.seconds < 60
    assert 50_000_000 < spent.peak < 1_000_000_000
    counts = counts_of(db)
    assert counts["mentions"] > 5 * len(paths)
    assert counts["bytes"] > sum(path.stat().st_size for path in paths)
    assert 0 < anchor_seconds(paths) < spent.seconds
    shared, own = shared_build(tmp_path / "texts", tmp_path / "shared.db")
    assert 0.1 < own < shared.seconds


def test_the_peak_is_that_of_the_command_and_not_of_who_asks(tmp_path):
    held = bytearray(600_000_000)  # more than the command takes
    one = tmp_path / "one.txt"
    one.write_text("Thực hiện Chỉ thị số 28-CT/TW.\n", encoding="utf-8")
    assert timed_build(one, tmp_path / "kgdocs.db").peak < len(held)


def test_the_curve_is_drawn_and_its_aims_are_told():
    larger = replace(POINT, files=100_000, seconds=1000.0, peak=9_000_000_000)
    points = [replace(POINT, files=100, seconds=2.3), POINT, larger]
    root = ElementTree.fromstring(curve_svg(points))
    names = [one.tag.partition("}")[2] for one in root.iter()]
    assert names.count("circle") == 9
    assert names.count("polyline") == 3
    places = [float(one.get(axis)) for one in root.iter() if one.tag.endswith("circle") for axis in ("cx", "cy")]
    assert all(0 <= place <= 300 for place in places)
    slope, memory = curve_aims(points)
    assert (round(slope.value, 2), slope.is_met) == (1.25, False)
    assert (memory.value, memory.is_met) == (9.0, False)
    assert "10,000 files" in curve_line(POINT)
    assert "125 a second" in curve_line(POINT)


def test_a_peer_that_is_absent_is_told_in_a_sentence():
    assert list(peer_lines(None)) == [ABSENT]


def test_rows_and_words_are_written_in_both_ways(rules):
    found = measure_storing(rules, 20, 1)
    assert found.rows > 1000
    assert found.row_time > 0
    assert found.made_time > 0
    assert found.word_rate > 0


def test_no_word_of_a_text_gets_into_the_store_of_strings(rules):
    found = measure_vocabulary(rules, 20)
    assert found.characters > 50_000
    assert found.after == found.before > 100


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in kilobytes on Linux")
def test_a_command_that_fails_is_not_measured(tmp_path):
    with pytest.raises(Exception, match="returned non-zero exit status 2"):
        timed_build(tmp_path / "absent", tmp_path / "kgdocs.db")
