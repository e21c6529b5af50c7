"""The lineage page: filters in the address, as of a day, hubs grouped, bounded tables, JSON."""

import html
import re
from xml.etree import ElementTree

import pytest
from site_fixtures import HOSTILE, OUR_SCRIPT, ask, close, make_database
from tree_fixtures import COMMUNE, DISTRICT, LONELY, OTHER, PLANNED, PROVINCE, ROWS, TOP, hub

from kgdocs.lineage.graph import build_graph
from kgdocs.lineage.narrow import narrowed
from kgdocs.publish.app import create_app
from kgdocs.publish.lineage import ROWS as PAGE_ROWS

PAGE = f"/dong-van-ban/{TOP}"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    app = create_app(make_database(tmp_path_factory.mktemp("tree") / "x.db", ROWS))
    yield app
    close(app)


@pytest.fixture(scope="module")
def hub_site(tmp_path_factory):
    app = create_app(make_database(tmp_path_factory.mktemp("hub") / "x.db", hub(400)))
    yield app
    close(app)


def ids(app, arguments=""):
    return {node["id"] for node in ask(app, f"{PAGE}.json?{arguments}").json()["nodes"]}


ALL = {TOP, PROVINCE, DISTRICT, COMMUNE, OTHER, PLANNED}


@pytest.mark.parametrize(
    ("arguments", "expected", "between"),
    [
        ("", ALL, set()),
        ("direction=up", {TOP}, set()),
        ("depth=1", {TOP, PROVINCE, OTHER}, set()),
        ("place=Bình Mẫu", {TOP, OTHER}, set()),
        ("place=Sông Mẫu", {TOP, PROVINCE, DISTRICT, COMMUNE}, set()),
        ("place=An Mẫu, Sông Mẫu", {TOP, PROVINCE, DISTRICT, COMMUNE}, {PROVINCE}),
        ("level=commune", {TOP, PROVINCE, DISTRICT, COMMUNE}, {PROVINCE, DISTRICT}),
        ("level=province", {TOP, PROVINCE, OTHER}, set()),
        ("level=province&place=Bình Mẫu", {TOP, OTHER}, set()),
        ("place=Nơi Không Có", {TOP}, set()),
        ("level=không có", ALL, set()),
        ("ngay=2024-02-10", {TOP, PROVINCE}, set()),
        ("ngay=2024-03-15&level=district", {TOP, PROVINCE, DISTRICT}, {PROVINCE}),
        ("ngay=", ALL, set()),
        ("relation=cites", {TOP}, set()),
    ],
)
def test_filters_narrow_and_keep_what_leads_on(site, arguments, expected, between):
    found = ask(site, f"{PAGE}.json?{arguments}").json()
    assert {node["id"] for node in found["nodes"]} == expected
    assert set(found["between"]) == between
    assert ask(site, f"{PAGE}?{arguments}").status_code == 200


def test_what_is_kept_between_is_told_apart(site):
    page = ask(site, f"{PAGE}?level=commune").text
    assert page.count("ngoài điều kiện lọc</text>") == 2
    assert "Giữ lại 2 văn bản ngoài điều kiện lọc" in page
    assert "Giữ lại" not in ask(site, f"{PAGE}?place=Bình Mẫu").text


def test_json_has_the_form_of_the_contract_and_the_filters(site):
    found = ask(site, f"{PAGE}.json?ngay=2024-12-31&place=Sông Mẫu").json()
    assert (found["root"], found["as_of"], found["place"], found["level"]) == (TOP, "2024-12-31", "Sông Mẫu", None)
    assert set(found["nodes"][0]) >= {"id", "code", "title", "issued_on", "status"}
    edge = next(edge for edge in found["edges"] if edge["from"] == DISTRICT)
    assert (edge["to"], edge["type"], edge["status"]) == (PROVINCE, "implements", "asserted")
    assert set(edge["evidence"][0]) >= {"source", "start", "end", "text", "rule"}


@pytest.mark.parametrize("day", ["hôm qua", "2024-02-30", "2024", "2024-7-5", "05/07/2024", HOSTILE])
@pytest.mark.parametrize("page", [PAGE, "/duong-noi"])
def test_a_bad_day_is_told_in_one_sentence(site, day, page):
    answer = ask(site, page, params={"ngay": day})
    assert answer.status_code == 400
    assert f"“{html.escape(day[:40], quote=False)}” không phải là một ngày".replace('"', "&#34;") in answer.text
    assert "<script>alert" not in answer.text
    english = ask(site, f"{page}.json", params={"ngay": day, "lang": "en"})
    assert english.status_code == 400
    assert "is no day of the calendar" in english.json()["error"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("direction=up", "Không có quan hệ nào theo lựa chọn này trong các tệp đã đọc"),
        ("place=Nơi Không Có", "không có văn bản nào của địa phương và cấp đã chọn"),
        ("ngay=2020-01-01", "Đến hết ngày 01/01/2020 văn bản này chưa có"),
        ("hub=không-có&loai=implements", "Không có quan hệ nào như vậy theo lựa chọn này"),
    ],
)
def test_an_empty_page_says_why(site, arguments, why):
    assert why in ask(site, f"{PAGE}?{arguments}").text


def test_the_form_keeps_what_was_chosen(site):
    page = ask(site, f"{PAGE}?place=Sông Mẫu&level=district&ngay=2024-12-31&depth=3&relation=implements&lang=en").text
    form = page.split("<form")[1].split("</form>")[0]
    assert '<option value="Sông Mẫu" selected>Sông Mẫu (3)</option>' in form
    assert '<option value="district" selected>district (1)</option>' in form
    assert 'name="ngay" value="2024-12-31"' in form
    assert 'value="3"' in form
    assert '<input type="hidden" name="lang" value="en">' in form
    assert re.findall(r'value="(\w+)" checked', form) == ["implements", "both"]
    assert (
        f'<option value="{html.escape(HOSTILE, quote=False).replace(chr(34), "&#34;")}" selected>'
        in ask(site, PAGE, params={"place": HOSTILE}).text
    )


def test_the_picture_is_well_formed_escaped_and_in_reading_order(site):
    page = ask(site, PAGE).text
    svg = page.split('<div class="picture')[1].split(">", 1)[1].split("</svg>")[0] + "</svg>"
    tree = ElementTree.fromstring(svg)
    boxes = [one for one in tree.iter() if one.tag.endswith("}a")]
    lefts = [float(box.find("{*}rect").get("x")) for box in boxes]
    assert lefts == sorted(lefts)
    assert len(boxes) == len(ALL)
    assert "is-planned" in next(box.get("class") for box in boxes if PLANNED in box.get("href"))
    assert HOSTILE in "".join(tree.itertext())
    assert "<script" not in page.replace(OUR_SCRIPT, "")
    assert "s-planned" in svg
    legend = page.split('class="legend"')[1].split("</p>")[0]
    assert "thực hiện (dự kiến)" in legend
    assert "dự thảo" not in legend  # none is drawn


def test_boxes_keep_the_day(site):
    page = ask(site, f"{PAGE}?ngay=2024-12-31").text
    assert f'href="/dong-van-ban/{PROVINCE}?ngay=2024-12-31"' in page


def test_a_hub_is_grouped_and_its_group_leads_to_the_list(hub_site):
    page = ask(hub_site, f"{PAGE}?lang=en").text
    href = html.unescape(re.search(r'<a class="box is-group" href="([^"]*)"', page)[1])
    assert "+ 388" in page
    assert href == f"{PAGE}?hub={TOP.replace('/', '%2F')}&loai=implements&phia=in&lang=en#table"
    listed = ask(hub_site, href.partition("#")[0]).text
    assert "Only documents with the relation “carries out” to" in listed
    assert f"Rows 1–{PAGE_ROWS} of 400" in listed
    assert 'id="table"' in listed
    assert "See the whole table" in listed


def test_of_a_large_lineage_the_nearest_steps_are_drawn_and_all_are_listed(site, monkeypatch):
    whole = html.unescape(ask(site, PAGE).text)
    monkeypatch.setattr("kgdocs.lineage.picture.sketch.MAX_BOXES", 3)
    near = html.unescape(ask(site, PAGE).text)
    told = "cách văn bản này nhiều nhất 1 bước"
    assert told in near
    assert told not in whole
    boxes, fewer = (text.count('class="box ') for text in (whole, near))
    rows, same = (text.count("<tr") for text in (whole, near))
    assert fewer < boxes
    assert same == rows


def test_a_table_is_paged(hub_site):
    seen = set()
    for number in range(1, 5):
        page = ask(hub_site, f"{PAGE}?trang={number}").text
        table = page.split("<caption>")[1].split("</table>")[0]
        found = set(re.findall(r'<td data-label="Văn bản"><a href="/van-ban/([^"]+)"', table))
        assert len(found) == PAGE_ROWS
        seen |= found
    assert len(seen) == 400
    assert "Dòng 301–400 trong 400" in page
    assert "trang=3" in page
    assert "trang=5" not in page
    assert "Dòng 301–400" in ask(hub_site, f"{PAGE}?trang=99").text
    assert len(ask(hub_site, f"{PAGE}.json").json()["edges"]) == 400


def test_moved_ids_keep_their_arguments(site):
    answer = ask(site, "/dong-van-ban/cu/3-kh?ngay=2024-12-31&level=commune&lang=en")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/dong-van-ban/{DISTRICT}?ngay=2024-12-31&level=commune&lang=en"


def test_a_document_without_relations(site):
    page = ask(site, f"/dong-van-ban/{LONELY}").text
    assert "Không có quan hệ nào" in page
    assert '<svg class="lineage"' not in page
    assert ask(site, f"/dong-van-ban/{LONELY}.json").json()["edges"] == []


def test_narrowing_never_mixes_up_and_down():
    rows = [{"id": one, "status": "read", "place": one} for one in "abcd"]
    pairs = [("b", "a"), ("c", "a"), ("d", "c")]  # b and c carry a out, d carries c out
    graph = build_graph(
        rows,
        [{"from_id": a, "to_id": b, "type": "implements", "status": "asserted", "evidence": [1]} for a, b in pairs],
    )
    found = narrowed(graph, "c", lambda known: known["place"] == "d")
    assert (set(found.graph), found.between) == ({"c", "d"}, frozenset())
    assert set(narrowed(graph, "c", lambda known: True).graph) == {"a", "c", "d"}
    assert set(narrowed(graph, "a", lambda known: known["place"] == "d").graph) == {"a", "c", "d"}
    assert narrowed(graph, "nowhere", lambda known: True).between == frozenset()
