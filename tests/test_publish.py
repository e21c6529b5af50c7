"""The site: every page, its headers, permissions and errors, and the full text unharmed."""

import csv
import html
import io
import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from site_fixtures import (
    ALL_PAGES,
    DIRECTIVE,
    DRAFT,
    EVIL,
    HOSTILE,
    HTML_PAGES,
    JSON_PAGES,
    OUR_SCRIPT,
    PLAN,
    TEXT,
    ask,
    served,
)

from kgdocs.models import Severity, StepState
from kgdocs.pipeline.cells import plain_cell
from kgdocs.publish.strings import Words, load_strings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.fixture(scope="module")
def corpus_site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("corpus"), [ROOT / "corpus"]) as app:
        yield app


@pytest.mark.parametrize("path", HTML_PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_answer_in_both_languages(site, path, language):
    answer = ask(site, f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert ("Skip to main content" if language == "en" else "Đến nội dung chính") in answer.text
    internal = re.findall(r'href="(/[^"]*)"', answer.text.split("<main")[1].split("<footer")[0])
    assert internal
    assert all(("lang=en" in href) == (language == "en") for href in internal)


@pytest.mark.parametrize("path", ALL_PAGES)
def test_footer_or_data_and_headers_everywhere(site, path):
    answer = ask(site, path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'; style-src 'self';" in answer.headers["content-security-policy"]
    if path in HTML_PAGES:
        footer = answer.text.split("<footer")[1]
        for words in ("1.234 tệp nguồn đã đọc", "1 tệp không đọc được", "25/4/2024", "01/01/2025 01:30", "kgdocs 9.9"):
            assert words in footer


@pytest.mark.parametrize(
    "path", ["/nix", "/kgdocs", "/kgdocs/documents", "/static/kgdocs.css", "/-/static/app.css", "/x/"]
)
def test_headers_on_every_other_answer(site, path):
    answer = ask(site, path)
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert ("unsafe-inline" in policy) == (answer.status_code < 400)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", HTML_PAGES)
def test_nothing_of_a_document_becomes_markup(site, path):
    text = ask(site, path).text
    assert text.count(OUR_SCRIPT) == 1
    assert "<script" not in text.replace(OUR_SCRIPT, "")
    assert "onerror" not in text
    assert " style=" not in text
    assert "49" not in re.findall(r"</div>(\S+)", html.unescape(text))


class Stripper(HTMLParser):
    """Collects the text inside <div class="text"> as a browser would."""

    def __init__(self):
        super().__init__()
        self.depth, self.pieces, self.marks = 0, [], []

    def handle_starttag(self, tag, attributes):
        inside = self.depth or (tag == "div" and ("class", "text") in attributes)
        self.depth += bool(inside)
        if self.depth == 2:
            self.marks.append([tag, dict(attributes), ""])

    def handle_endtag(self, tag):
        self.depth -= bool(self.depth)

    def handle_data(self, data):
        if self.depth:
            self.pieces.append(data)
        if self.depth == 2:
            self.marks[-1][2] += data


def stripped(app):
    parser = Stripper()
    parser.feed(ask(app, f"/van-ban/{PLAN}").text)
    return parser


def test_stripping_the_tags_gives_back_the_text(site):
    assert "".join(stripped(site).pieces) == TEXT
    page = ask(site, f"/van-ban/{PLAN}").text
    assert "&#13;\n" in page
    assert "\r" not in page  # a browser would make it a line feed


def test_each_mention_is_one_element_holding_its_text(site):
    marks = {attributes["id"]: (tag, attributes, text) for tag, attributes, text in stripped(site).marks}
    assert marks.pop("vs1-1")[::2] == ("b", "KẾ HOẠCH")  # evidence of a fact, where no mention is
    assert list(marks) == ["m1", "m3", "m4", "m5"]  # m2 lies inside m1
    assert [text for _, _, text in marks.values()] == [
        "Chỉ thị số 28-CT/TW", "Nghị định 56/2017", "Công văn 12/XYZ", "dự thảo Quyết định"
    ]  # fmt: skip
    assert marks["m1"][:1] == ("a",)
    assert marks["m1"][1]["href"] == f"/van-ban/{DIRECTIVE}"
    assert "cùng số và ngày" in marks["m1"][1]["data-tip"]
    assert (marks["m3"][0], marks["m3"][1]["class"]) == ("mark", "mention mention-ambiguous kind-numbered")
    assert HOSTILE in marks["m3"][1]["data-tip"]
    assert marks["m4"][1]["class"] == "mention mention-unresolved kind-numbered"
    assert marks["m5"][1]["class"] == "mention mention-draft kind-draft"


def test_home_counts_and_links(site):
    home = ask(site, "/").text
    row = home.split('id="directives"')[1].split("<tbody>")[1].split("</tr>")[0]
    assert f'href="/van-ban/{DIRECTIVE}"' in row
    assert f'href="/dong-van-ban/{DIRECTIVE}"' in row
    assert re.findall(r'class="count"[^>]*>(\d+)<', row) == ["1", "1"]
    assert "Tệp hỏng." in home
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in home
    assert f'href="/van-ban/{PLAN}"' in home


def test_document_page(site):
    page = ask(site, f"/van-ban/{PLAN}").text
    for words in ("đã đọc toàn văn", "Các nguồn nêu khác nhau", "26/4/2024", "danh mục kèm theo", "Đã xét:", "<svg"):
        assert words in page
    assert f'href="/van-ban/{PLAN}#m1"' in page
    directive = ask(site, f"/van-ban/{DIRECTIVE}").text
    for words in ("Chưa có toàn văn", "được thực hiện bởi", "dự kiến", '<q lang="vi">Chỉ thị số 28-CT/TW</q>'):
        assert words in directive


def test_lineage_page_and_its_filters(site):
    page = ask(site, f"/dong-van-ban/{DIRECTIVE}").text
    picture, table = page.split('<svg class="lineage"')[1].split("</svg>")[0], page.split("<caption>")[1]
    for document in (PLAN, DRAFT):
        assert f'href="/dong-van-ban/{document}"' in picture
        assert f'href="/van-ban/{document}"' in table
    assert TEXT[10:48].replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;") in table
    upwards = ask(site, f"/dong-van-ban/{DIRECTIVE}?direction=up").text
    assert "Không có quan hệ nào theo lựa chọn này" in upwards
    assert EVIL not in ask(site, f"/dong-van-ban/{PLAN}.json").text
    assert EVIL in ask(site, f"/dong-van-ban/{PLAN}.json?relation=cites").text


def test_search_links_are_the_hits_and_nothing_else(site):
    for query in ("", "?q=tre em", "?q=28-CT/TW", "?type=quyet_dinh", "?q=a&lang=en"):
        found = ask(site, f"/tra-cuu.json{query}").json()
        links = re.findall(r'href="/van-ban/([^"?#]+)', ask(site, f"/tra-cuu{query}").text)
        assert links == [hit["document_id"] for hit in found["hits"]]
    assert ask(site, "/tra-cuu.json?q=28-CT/TW").json()["hits"][0]["document_id"] == DIRECTIVE
    assert ask(site, "/tra-cuu.json?type=quyet_dinh").json()["total"] == 2


@pytest.mark.parametrize(("asked", "given"), [("1", 1), ("2", 1), ("999999999999", 1), ("0", 1), ("-3", 1), ("x", 1)])
def test_pages_beyond_the_last_are_the_last(site, asked, given):
    found = ask(site, f"/tra-cuu.json?page={asked}").json()
    assert (found["page"], found["pages"], len(found["hits"])) == (given, 1, 4)


def test_search_says_what_was_tried(site):
    page = ask(site, "/tra-cuu?q=khongcogi zzz").text
    assert "Không có văn bản nào khớp" in page
    assert "<code>khongcogi</code>" in page


@pytest.mark.parametrize("path", JSON_PAGES)
def test_json_at_the_same_path(site, path):
    answer = ask(site, path)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert isinstance(answer.json(), dict)


def test_lineage_json_has_the_form_of_the_contract(site):
    found = ask(site, f"/dong-van-ban/{DIRECTIVE}.json").json()
    assert found["root"] == DIRECTIVE
    edge = next(edge for edge in found["edges"] if edge["from"] == PLAN)
    assert (edge["to"], edge["type"], edge["status"]) == (DIRECTIVE, "implements", "asserted")
    assert edge["evidence"][0]["text"] == TEXT[10:48]


def test_csv_has_no_formulas(site):
    text = ask(site, "/tra-cuu.csv").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["document_id"] for row in rows} == {DIRECTIVE, PLAN, DRAFT, EVIL}
    evil = next(row for row in rows if row["document_id"] == EVIL)
    assert (evil["code"], evil["title"], evil["issuer"]) == ("'=1+1", f"'@{HOSTILE}", "'+cmd")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1"])
def test_cells_are_neutralised(cell):
    assert plain_cell(cell) == f"'{cell}"
    assert plain_cell(f"a{cell}") == f"a{cell}"


def test_old_ids_lead_on(site):
    for prefix, ending in (("/van-ban/", ""), ("/dong-van-ban/", ""), ("/van-ban/", ".json")):
        answer = ask(site, f"{prefix}kien-giang/2024/211-kh-tu-cu{ending}?lang=en")
        assert answer.status_code == 301
        assert answer.headers["location"] == f"{prefix}{PLAN}{ending}?lang=en"


@pytest.mark.parametrize(
    ("iso", "vietnamese", "english"),
    [
        ("2023-12-25", "25/12/2023", "25 December 2023"), ("2024-07", "7/2024", "July 2024"),
        ("2016", "2016", "2016"), ("2024-03-05", "05/3/2024", "5 March 2024"), ("2024-02-20", "20/02/2024", "20 February 2024"), (None, "", ""), ("khoảng", "khoảng", "khoảng"),
    ],
)  # fmt: skip
def test_dates(iso, vietnamese, english):
    assert (Words("vi").date(iso), Words("en").date(iso)) == (vietnamese, english)


def test_a_directive_shows_its_chain_and_a_document_its_findings(corpus_site):
    page = ask(corpus_site, "/van-ban/trung-uong/2023/28-ct-tw")
    assert 'id="chain"' in page.text
    assert "sau 122 ngày" in page.text
    assert "Kế hoạch của UBND huyện" in page.text
    value = ask(corpus_site, "/van-ban/trung-uong/2023/28-ct-tw.json").json()
    assert {one["state"] for one in value["chain"]} >= {"done", "planned", "unknown"}
    found = ask(corpus_site, "/van-ban/kien-giang/2024/69-kh-ubnd").text
    assert "Tên loại và ký hiệu của 69/KH-UBND khác nhau" in found
    assert (
        "Label and symbol of 69/KH-UBND differ" in ask(corpus_site, "/van-ban/kien-giang/2024/69-kh-ubnd?lang=en").text
    )


def test_every_step_state_and_severity_has_its_words(rules):
    strings = load_strings()
    steps = {step.id for chain in rules.chains.chains for step in chain.steps}
    names = {f"step.{one}" for one in steps} | {f"step_state.{one}" for one in get_args(StepState)}
    names |= {f"severity.{one}" for one in get_args(Severity)}
    assert names <= set(strings)
