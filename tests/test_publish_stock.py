"""The expert view: Datasette's own pages in Vietnamese, and the questions that stand ready there."""

from importlib.resources import files

import pytest
import yaml
from site_fixtures import ask, served

from kgdocs.paths import shipped_folder
from kgdocs.publish.stock import OPERATORS, PREFIX, translated
from kgdocs.publish.strings import load_strings
from kgdocs.publish.versions import IS_FIRST
from tests.conftest import ROOT

QUERIES = yaml.safe_load((shipped_folder("datasette") / "metadata.yaml").read_text(encoding="utf-8"))["databases"][
    "kgdocs"
]["queries"]
STOCK = {
    path.name: path.read_text(encoding="utf-8")
    for path in files("datasette").joinpath("templates").iterdir()
    if path.name.endswith(".html")
}
WORDS = {key: one for key, one in load_strings().items() if key.startswith(PREFIX)}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("stock"), [ROOT / "corpus"]) as app:
        yield app


@pytest.mark.parametrize("key", [key for key in WORDS if key.startswith(f"{PREFIX}next_") is IS_FIRST])
def test_every_word_stands_in_a_template(key):
    word = WORDS[key]
    found = [name for name, source in STOCK.items() if f"{{% else %}}{word['en']}{{% endif %}}" in translated(source)]
    assert found, word["en"]


def test_what_no_word_is_for_stays_as_it_is():
    source = '{% if tables %}<p class="tables">{{ tables }}</p>{% endif %}'
    assert translated(source) == source


@pytest.mark.parametrize(
    "path",
    [
        "/kgdocs",
        "/kgdocs/documents",
        "/kgdocs/documents/trung-uong~2F2023~2F28-ct-tw",
        "/kgdocs/mentions?resolution__exact=exact&_facet=type",
    ],
)
def test_pages_of_datasette_speak_vietnamese(site, path):
    answer = ask(site, path)
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    body = answer.text.partition("</title>")[2]
    for english in (
        " rows",
        ">Search:<",
        ">Apply<",
        "Advanced export",
        "Links from other tables",
        ">contains<",
        ">Queries<",
    ):
        assert english not in body
    english = ask(site, path + ("&" if "?" in path else "?") + "_lang=en").text
    assert '<html lang="en">' in english
    assert " row" in english


def test_operators_have_words():
    assert len([key for key in load_strings() if key.startswith(OPERATORS)]) > 15


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_that_stands_ready_is_answered(site, name):
    asked = {"so_ky_hieu": "28-CT/TW", "dia_phuong": "", "nam": "2021"}
    answer = ask(site, f"/kgdocs/{name}.json", params={"_shape": "array", **asked})
    assert answer.status_code == 200
    rows = answer.json()
    assert rows or name in ("tep-khong-doc-duoc", "het-hieu-luc", "vien-dan-chua-xac-dinh")
    if name == "ai-thuc-hien":
        assert {"kien-giang/2024/211-kh-tu", "song-mau/2024/115-kh-tu"} <= {row["id"] for row in rows}
    page = ask(site, f"/kgdocs/{name}")
    assert page.status_code == 200
    assert QUERIES[name]["title"] in page.text
