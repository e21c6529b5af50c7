"""The page for other programs, suggestions, and codes near one that there is not."""

import re

import pytest
from site_fixtures import DIRECTIVE, HOSTILE, PLAN, ask, served

from kgdocs.publish.api import ENTRIES
from kgdocs.publish.routes import PAGES

IDS = {"/van-ban/ID": PLAN, "/dong-van-ban/ID": PLAN, "/tuan-thu/ID": DIRECTIVE}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


def test_every_page_is_described_and_nothing_else():
    described = {one.path.removesuffix("ID") for one in ENTRIES}
    assert described == {page.path for page in PAGES} - {"/api"}


ASKED = [one for one in ENTRIES if one.path != "/kiem-tra"]
"""`/kiem-tra` answers what a form sends, see test_publish_check.py."""


@pytest.mark.parametrize("entry", ASKED, ids=lambda one: one.path)
def test_pages_answer_in_the_forms_and_with_the_names_described(entry, site):
    path = entry.path.replace("ID", "") + IDS.get(entry.path, "")
    arguments = {"tu": PLAN, "den": DIRECTIVE} if entry.path == "/duong-noi" else {}
    got = ask(site, f"{path}.json", params=arguments)
    assert got.status_code == 200
    assert set(got.json()) == set(entry.fields)
    for form in entry.forms:
        assert ask(site, path + form, params=arguments).status_code == 200
    pattern = next(page.pattern for page in PAGES if page.path == entry.path.removesuffix("ID"))
    assert set(re.findall(r"\\\.(json|csv|txt)", pattern)) == {form.strip(".") for form in entry.forms}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_names_every_address(language, site):
    page = ask(site, f"/api?lang={language}")
    assert page.status_code == 200
    for entry in ENTRIES:
        assert f"<code>{entry.path}</code>" in page.text
    assert [one["path"] for one in ask(site, "/api.json").json()["entries"]] == [one.path for one in ENTRIES]


def test_suggestions_are_offered_with_and_without_a_script(site):
    found = ask(site, "/goi-y.json?q=28").json()
    assert found["suggestions"][0]["code"] == "28-CT/TW"
    assert ask(site, "/goi-y").status_code == 404
    for path in ("/", "/tra-cuu"):
        page = ask(site, path).text
        assert '<option value="28-CT/TW">' in page
        assert 'list="q-offered" data-suggest="/goi-y.json"' in page
        assert HOSTILE not in page
    assert (
        ask(site, "/static/kgdocs.js").headers["content-type"].startswith(("text/javascript", "application/javascript"))
    )


def test_codes_near_an_unknown_one_are_offered_never_taken(site):
    page = ask(site, "/tra-cuu?q=28-CT/TQ")
    assert 'Có phải bạn muốn tìm <a href="/tra-cuu?q=28-CT%2FTW">28-CT/TW</a>' in page.text
    assert ask(site, "/tra-cuu.json?q=28-CT/TQ").json()["hits"] == []
    assert ask(site, "/tra-cuu.json?q=28-CT/TW").json()["similar"] == []
