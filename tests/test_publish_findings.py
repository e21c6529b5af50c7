"""The page of findings: order, facets, filters, pages, the place in the source, CSV without formulas."""

import csv
import io
import re

import pytest
from site_fixtures import DIRECTIVE, HOSTILE, PLAN, ROWS, ask, close, finding, make_database, served

from kgdocs.publish.app import create_app
from kgdocs.publish.findings import FACETS, PAGE_SIZE
from kgdocs.publish.strings import load_strings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A site of 120 findings, of which every third is high."""
    found = [
        finding(at, "NO_BASIS", ("high", "low", "info")[at % 3], document_id=PLAN, message=str(at))
        for at in range(1, 121)
    ]
    path = make_database(tmp_path_factory.mktemp("crowded") / "x.db", {**ROWS, "findings": found})
    app = create_app(path)
    yield app
    close(app)


@pytest.fixture(scope="module")
def corpus_site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("corpus"), [ROOT / "corpus"]) as app:
        yield app


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def codes(answer):
    return [one["code"] for one in answer.json()["findings"]]


def test_the_gravest_come_first_in_the_form_of_the_contract(site):
    answer = ask(site, "/phat-hien.json")
    assert codes(answer) == ["DATE_CONFLICT", "MISSING_IMPLEMENTATION", "TITLE_MISMATCH", "UNRESOLVED"]
    first = answer.json()["findings"][0]
    assert {"code", "severity", "message", "document_id", "source", "start", "end", "text", "details"} <= set(first)
    assert (first["source"], first["details"], first["since"]) == ("s1", {}, "2024-04-25")


def test_each_leads_to_its_line_in_the_source(site):
    page = ask(site, "/phat-hien").text
    results = page.split('class="relations findings"')[1].split("</section>")[0]
    assert results.count(f'href="/van-ban/{PLAN}#m1"') == 4
    assert "có từ 25/4/2024" in results
    assert results.count("có từ") == 2  # no day is told where none is known


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("severity=high", ["DATE_CONFLICT", "MISSING_IMPLEMENTATION"]),
        ("code=UNRESOLVED", ["UNRESOLVED"]),
        ("code=NIX", []),
        ("agency=bo-chinh-tri", ["DATE_CONFLICT", "UNRESOLVED"]),
        ("agency=bo-chinh-tri&severity=info", ["UNRESOLVED"]),
        ("place=kien-giang", ["MISSING_IMPLEMENTATION", "TITLE_MISMATCH"]),
        ("place=kien", []),
        ("place=trung-uong&code=DATE_CONFLICT", ["DATE_CONFLICT"]),
        ("place=%25", []),
        (f"document={DIRECTIVE}", ["DATE_CONFLICT", "UNRESOLVED"]),
        (f"document={PLAN}&severity=info", ["UNRESOLVED"]),
        ("document=nix", []),
    ],
)
def test_filters(site, asked, found):
    assert codes(ask(site, f"/phat-hien.json?{asked}")) == found
    assert [row["code"] for row in rows_of(ask(site, f"/phat-hien.csv?{asked}"))] == found
    page = ask(site, f"/phat-hien?{asked}").text
    assert ("Không có phát hiện nào khớp" in page) == (not found)
    assert page.count('class="chosen"') == 1


def test_facets_count_what_the_other_filters_leave(site):
    found = ask(site, "/phat-hien.json?severity=high").json()["facets"]
    assert list(found) == list(FACETS)
    assert {one["value"]: one["count"] for one in found["severity"]} == {"high": 2, "medium": 1, "info": 1}
    assert [one["value"] for one in found["code"]] == ["DATE_CONFLICT", "MISSING_IMPLEMENTATION"]
    assert found["agency"] == [{"value": "bo-chinh-tri", "count": 1, "name": "Bộ Chính trị"}]
    assert {one["value"]: one["count"] for one in found["place"]} == {"kien-giang": 1, "trung-uong": 1}
    facets = ask(site, "/phat-hien?severity=high").text.split('<aside class="facets"')[1]
    assert 'href="/phat-hien?severity=high&amp;code=DATE_CONFLICT"' in facets
    assert 'href="/phat-hien" class="active"' in facets


def test_a_severity_that_there_is_not_is_told(site):
    assert ask(site, "/phat-hien?severity=x").status_code == 400
    assert ask(site, "/phat-hien.json?severity=x&lang=en").json()["error"].startswith("The filter “severity”")


def test_a_kind_is_explained(site):
    page = ask(site, "/phat-hien?code=DATE_CONFLICT").text
    assert "So sánh: Ngày ban hành nêu ở hai nơi cho cùng một văn bản." in page
    assert "Each" not in page
    assert "Compared: The days of issue" in ask(site, "/phat-hien?code=DATE_CONFLICT&lang=en").text
    assert HOSTILE not in ask(site, "/phat-hien", params={"code": HOSTILE}).text


def test_pages(crowded):
    pages = [ask(crowded, f"/phat-hien.json?page={page}").json() for page in (1, 2, 3, 99)]
    assert [one["page"] for one in pages] == [1, 2, 3, 3]
    assert [len(one["findings"]) for one in pages] == [PAGE_SIZE, PAGE_SIZE, 20, 20]
    severities = [one["severity"] for page in pages[:3] for one in page["findings"]]
    assert severities == ["high"] * 40 + ["low"] * 40 + ["info"] * 40
    told = [int(one["message"]) for page in pages[:3] for one in page["findings"]]
    assert told == [at for rest in range(3) for at in range(1, 121) if at % 3 == rest]
    assert [int(row["message"]) for row in rows_of(ask(crowded, "/phat-hien.csv"))] == told
    page = ask(crowded, "/phat-hien?place=kien-giang&page=2").text
    assert 'rel="prev" href="/phat-hien?place=kien-giang&amp;page=1"' in page
    assert 'rel="next" href="/phat-hien?place=kien-giang&amp;page=3"' in page


def test_csv_has_no_formulas(site):
    rows = rows_of(ask(site, "/phat-hien.csv"))
    assert rows[0]["message"] == "'=cmd()"
    assert (rows[0]["source"], rows[0]["document_id"], rows[0]["agency"]) == ("s1", DIRECTIVE, "Bộ Chính trị")
    english = rows_of(ask(site, "/phat-hien.csv?lang=en"))
    assert english[0]["message"].startswith("Two facts differ")
    disposition = ask(site, "/phat-hien.csv").headers["content-disposition"]
    assert disposition == 'attachment; filename="phat-hien.csv"'


def test_an_empty_database_says_why(tmp_path):
    app = create_app(make_database(tmp_path / "x.db", {}))
    page = ask(app, "/phat-hien").text
    assert "Chưa có phát hiện nào: chưa đọc tệp nào" in page
    assert "<aside" not in page
    assert ask(app, "/phat-hien.json").json()["total"] == 0
    close(app)


def test_every_kind_has_its_name_and_what_it_compares(rules):
    known = {key.partition(".")[2] for key in load_strings() if key.startswith("finding_what.")}
    assert known == set(rules.findings)
    assert {f"finding.{one}" for one in known} <= set(load_strings())


@pytest.mark.parametrize("narrowed", ["", "severity=low", "severity=info&place=kien-giang", "document"])
def test_each_count_is_of_what_its_link_shows(corpus_site, narrowed):
    """Counts are made by the build, or for one document when it is asked for; the rows are asked of the findings."""
    if narrowed == "document":
        cited = ask(corpus_site, "/phat-hien.json").json()["findings"]
        narrowed = f"document={next(one['document_id'] for one in cited if one['document_id'])}"
    facets = ask(corpus_site, f"/phat-hien.json?{narrowed}").json()["facets"]
    assert facets["severity"]
    for facet, values in facets.items():
        for one in values if f"{facet}=" not in narrowed else ():
            address = f"{narrowed}&{facet}={one['value']}"
            assert ask(corpus_site, f"/phat-hien.json?{address}").json()["total"] == one["count"]
            assert len(rows_of(ask(corpus_site, f"/phat-hien.csv?{address}"))) == one["count"]


def test_findings_of_the_corpus_are_those_of_its_build(corpus_site):
    found = ask(corpus_site, "/phat-hien.json").json()
    assert found["total"] == sum(one["count"] for one in found["facets"]["severity"]) > 20
    table = ask(corpus_site, "/thong-ke.json").json()["findings"]
    assert sum(one["count"] for one in table) == found["total"]
    places = re.findall(r'href="/van-ban/[^"]+#m\d+"', ask(corpus_site, "/phat-hien").text)
    assert len(places) >= found["total"] // 2
