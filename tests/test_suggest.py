"""What is offered while someone types, and the known codes near one that there is not."""

from contextlib import closing

import pytest

import kgdocs
from kgdocs.pipeline import questions
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    db = tmp_path_factory.mktemp("suggest") / "kgdocs.db"
    kgdocs.build([ROOT / "corpus"], db)
    with closing(questions.open_readonly(db)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("28", "28-CT/TW"), ("211 kh", "211-KH/TU"), ("56/20", "56/2017/NĐ-CP"), ("số 28", "28-CT/TW"), ("1591", "1591/QĐ-TTg"),
        ("chi thi tang cuong cong t", "28-CT/TW"), ("Luật Trẻ", "102/2016/QH13"), ("luat tre e", "102/2016/QH13"),
    ],
)  # fmt: skip
def test_what_begins_so_is_offered(connection, typed, first):
    assert questions.suggest(connection, typed)[0].code == first


@pytest.mark.parametrize("typed", ["zzz", "99999", '"*(', "trẻ zzz", "NEAR(", "-", "%"])
def test_nothing_is_offered_for_what_there_is_not(connection, typed):
    assert questions.suggest(connection, typed) == []


def test_accents_typed_count(connection):
    assert questions.suggest(connection, "tre e")
    assert questions.suggest(connection, "trè e") == []


def test_without_words_the_most_cited_are_offered(connection):
    found = questions.suggest(connection, "", limit=3)
    assert [one.code for one in found][:1] == ["28-CT/TW"]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("typed", "near"), [("28-CT/TQ", "28-CT/TW"), ("221-KH/TU", "211-KH/TU"), ("1591/QD-TT", "1591/QĐ-TTg")]
)
def test_codes_near_an_unknown_one(connection, typed, near):
    assert near in questions.similar_codes(connection, typed)


@pytest.mark.parametrize("typed", ["", "trẻ em", "9999/XYZ-ABC", "9" * 20_000])
def test_no_code_is_near(connection, typed):
    assert questions.similar_codes(connection, typed) == []
