"""Pictures of counts, and the page that shows them: values that agree, texts that are no markup, sizes that fit."""

import re
from collections import Counter
from statistics import median
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_fixtures import DIRECTIVE, HOSTILE, ROWS, ask, close, make_database, served

from kgdocs.pipeline.charts import Bar, bar_chart, column_chart, histogram
from kgdocs.publish.app import create_app
from kgdocs.publish.compliance.delays import days_text, delay_chart, delay_summary, median_of
from kgdocs.publish.strings import Words
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 360


def parsed(svg):
    return ElementTree.fromstring(svg)


def bars_of(svg):
    return [one for one in parsed(svg).iter(f"{SVG}rect") if "bar" in one.get("class")]


def charts():
    rows = [Bar("Sở Y tế", 4), Bar(HOSTILE, 2, "bar-high"), Bar("", 0)]
    return {
        "bars": bar_chart(rows, title=f"Hình {HOSTILE}"),
        "columns": column_chart(rows, title=f"Hình {HOSTILE}", ticks={0: "1/2024", 2: HOSTILE}),
        "histogram": histogram(
            rows, title=f"Hình {HOSTILE}", ticks={0: "0", 3: "90"}, mark=1.5, mark_name=HOSTILE, axis="ngày"
        ),
    }


@pytest.mark.parametrize("name", list(charts()))
def test_a_chart_is_one_image_with_a_title_and_no_markup_of_others(name):
    svg = charts()[name]
    root = parsed(svg)
    assert (root.tag, root.get("role"), root.get("aria-label")) == (f"{SVG}svg", "img", f"Hình {HOSTILE}")
    assert root.find(f"{SVG}title").text == f"Hình {HOSTILE}"
    assert "style=" not in svg
    assert "<script" not in svg
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "title", "text", "rect", "path"}


@pytest.mark.parametrize("name", list(charts()))
def test_everything_lies_inside_the_picture(name):
    root = parsed(charts()[name])
    _, _, wide, high = map(float, root.get("viewBox").split())
    assert wide == WIDTH
    for one in root.iter():
        assert 0 <= float(one.get("x", 0)) <= wide
        assert 0 <= float(one.get("y", 0)) <= high
        assert float(one.get("x", 0)) + (float(one.get("width", 0)) if one.tag.endswith("rect") else 0) <= wide


def test_bars_are_as_long_as_their_counts():
    longs = [float(one.get("width")) for one in bars_of(bar_chart([Bar("a", 10), Bar("b", 5), Bar("c", 0)], title="t"))]
    assert longs[0] == pytest.approx(2 * longs[1], rel=0.01)
    assert 0 < longs[2] < 2  # nothing is still something to see
    highs = [
        float(one.get("height"))
        for one in bars_of(column_chart([Bar("a", 3), Bar("b", 0), Bar("c", 6)], title="t", ticks={}))
    ]
    assert highs == [pytest.approx(65), pytest.approx(130)]


def test_empty_charts_are_still_pictures():
    for svg in (bar_chart([], title="t"), column_chart([], title="t", ticks={}), histogram([], title="t", ticks={})):
        assert bars_of(svg) == []


def test_long_labels_are_cut_and_large_counts_parted():
    svg = bar_chart([Bar("Sở Lao động - Thương binh và Xã hội " * 4, 1234567)], title="t")
    label, value = (one.text for one in parsed(svg).iter(f"{SVG}text"))
    assert label.endswith("…")
    assert len(label) <= 50
    assert value == "1\u202f234\u202f567"


def test_control_characters_are_left_out():
    assert parsed(bar_chart([Bar("a\x00\x1bb", 1)], title="t\x07"))[0].text == "t"


@given(st.dictionaries(st.integers(0, 3000), st.integers(1, 5), min_size=1))
def test_the_median_is_that_of_all_values(counts):
    values = list(Counter(counts).elements())
    summary = delay_summary(counts)
    assert median_of(counts) == median(values) == summary["median"]
    assert (summary["count"], summary["shortest"], summary["longest"]) == (len(values), min(values), max(values))
    assert sum(one["count"] for one in summary["bins"]) == len(values)


def test_no_delays_have_no_median():
    assert median_of({}) is None
    assert delay_summary({})["longest"] is None
    assert "mark" not in delay_chart(Words("vi"), {})


@pytest.mark.parametrize(("days", "where"), [(0, 34), (180, 184.46), (5000, 347.46)])
def test_the_median_is_marked_where_it_is(days, where):
    svg = delay_chart(Words("vi"), {days: 3})
    assert float(re.search(r'class="mark" d="M([\d.]+)', svg)[1]) == pytest.approx(where, abs=0.1)
    assert f"trung vị {Words('vi').number(days)} ngày" in svg


def test_half_days_are_written_as_the_language_does():
    assert [days_text(Words(one), 1206.5) for one in ("vi", "en")] == ["1.206,5", "1,206.5"]
    assert days_text(Words("vi"), 144.0) == "144"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


def test_the_page_has_each_picture_beside_its_numbers(site):
    page = ask(site, "/thong-ke").text
    charts = re.findall(r'<svg class="chart".*?</svg>', page, re.S)
    assert len(charts) == 4
    assert page.count("Số liệu của hình này") == 4
    found = ask(site, "/thong-ke.json").json()
    assert found["months"] == [
        {"month": "2023-12", "count": 1, "read": 0},
        {"month": "2024-04", "count": 1, "read": 1},
        {"month": "2024-07", "count": 1, "read": 0},
    ]
    assert found["agencies"] == [{"agency": "bo-chinh-tri", "name": "Bộ Chính trị", "count": 1}]
    assert (found["delays"]["count"], found["delays"]["median"]) == (2, 161)
    assert found["directives"] == [{"id": DIRECTIVE, "count": 2, "shortest": 122, "longest": 200, "median": 161}]
    assert 'href="/tra-cuu?agency=bo-chinh-tri"' in page
    assert 'href="/phat-hien?code=UNRESOLVED"' in page
    assert f'href="/tuan-thu/{DIRECTIVE}#delays"' in page
    assert 'id="delays"' in ask(site, f"/tuan-thu/{DIRECTIVE}").text


def test_months_without_documents_are_columns_too(tmp_path):
    documents = [
        {"id": f"trung-uong/{day[:4]}/{at}", "issued_on": day, "status": "read"}
        for at, day in enumerate(("2019-01-05", "2023-11", "2024-02-03", "2024-02-04", "2024"))
    ]
    app = create_app(make_database(tmp_path / "x.db", {"documents": documents, "builds": ROWS["builds"]}))
    page = ask(app, "/thong-ke").text
    table = page.split('id="months"')[1].split("</table>")[0]
    assert table.count('<tr><th scope="row">') == 24
    assert "1 văn bản chưa rõ tháng" in page
    years = page.split("Theo năm")[1].split("</table>")[0]
    assert re.findall(r'scope="row">(\d+)<', years) == ["2024", "2023", "2019"]
    close(app)


def test_an_empty_database_says_why(tmp_path):
    app = create_app(make_database(tmp_path / "x.db", {}))
    page = ask(app, "/thong-ke").text
    assert "<svg" not in page
    for words in (
        "Chưa có văn bản nào có tháng",
        "Chưa nhận diện",
        "Chưa có văn bản nào vừa đáp ứng",
        "Chưa có phát hiện",
    ):
        assert words in page
    assert ask(app, "/thong-ke.json").json()["delays"]["count"] == 0
    close(app)


def test_delays_of_the_corpus_are_those_of_its_steps(tmp_path):
    with served(tmp_path, [ROOT / "corpus"]) as app:
        found = ask(app, f"/tuan-thu/{DIRECTIVE}.json").json()
        days = {one["document_id"]: one["days"] for one in found["steps"] if one["days"] is not None}
        assert found["delays"]["median"] == median(days.values())
        assert (
            f"trung vị {days_text(Words('vi'), found['delays']['median'])} ngày"
            in ask(app, f"/tuan-thu/{DIRECTIVE}").text
        )
