"""A document's page: its text in parts and unharmed, evidence in its place, bounded lists, downloads."""

import html
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from site_fixtures import HOSTILE, ask, close, make_database, served
from tree_fixtures import COMMUNE, DISTRICT, LONELY, OTHER, PROVINCE, ROWS, TEXT, TOP, document, hub, relation

from kgdocs.lineage.picture.sketch import MAX_BOXES
from kgdocs.pipeline import questions
from kgdocs.publish import records
from kgdocs.publish.app import create_app
from kgdocs.publish.document import lists, parts, spots
from kgdocs.publish.document.marked import marked_text
from kgdocs.publish.site import Query
from kgdocs.publish.strings import Words
from tests.conftest import ROOT, SHARED

PAGE = f"/van-ban/{DISTRICT}"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    app = create_app(make_database(tmp_path_factory.mktemp("document") / "x.db", ROWS))
    yield app
    close(app)


@pytest.fixture(scope="module")
def hub_site(tmp_path_factory):
    app = create_app(make_database(tmp_path_factory.mktemp("hub") / "x.db", hub(700)))
    yield app
    close(app)


class Texts(HTMLParser):
    """Collects what is inside each <div class="text">, as a browser would."""

    def __init__(self):
        super().__init__()
        self.depth, self.texts, self.elements = 0, [], []

    def handle_starttag(self, tag, attributes):
        if not self.depth and (tag != "div" or ("class", "text") not in attributes):
            return
        if not self.depth:
            self.texts.append("")
        else:
            self.elements.append((tag, dict(attributes)))
        self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= bool(self.depth)

    def handle_data(self, data):
        if self.depth:
            self.texts[-1] += data


def texts_of(page):
    parser = Texts()
    parser.feed(page)
    return parser


FOLDERS = [ROOT / "corpus", ROOT / "tests" / "held_out", SHARED / "gold" / "seed", SHARED / "gold" / "dev"]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: "/".join(path.parts[-2:]))
def read_site(request, tmp_path_factory):
    if not request.param.is_dir():
        pytest.skip(f"{request.param.name} is not here: its texts are not ours to publish")
    with served(tmp_path_factory.mktemp("texts"), [request.param]) as app:
        yield app


def test_stripping_the_tags_gives_back_every_text(read_site, monkeypatch):
    """On the pages, and again with parts of some hundred characters, so that every text has many."""
    path = read_site.databases["kgdocs"].path
    connection = questions.open_readonly(Path(path))
    rows = connection.execute("SELECT id, document_id, text FROM sources WHERE document_id IS NOT NULL AND text != ''")
    found = rows.fetchall()
    assert found
    for one in {document_id for _, document_id, _ in found}:
        joined = {}
        for number in range(1, ask(read_site, f"/van-ban/{one}.json").json()["parts"] + 1):
            parser = texts_of(ask(read_site, f"/van-ban/{one}?phan={number}").text)
            for place, text in enumerate(parser.texts):
                joined[place] = joined.get(place, "") + text
        assert sorted(joined.values()) == sorted(text for _, document_id, text in found if document_id == one)
    monkeypatch.setattr(parts, "PART", 500)
    monkeypatch.setattr(parts, "SURE", 250)
    query = Query(Words("vi"), "", "", {})
    for source, one, text in found:
        mentions = [
            tuple(row) for row in connection.execute("SELECT start, end FROM mentions WHERE source_id = ?", (source,))
        ]
        divided = parts.parts(text, mentions)
        marked = ""
        for start, end in divided:
            inside = records.mentions(connection, source, start, end)
            proofs = spots.proofs(connection, source, one, start, end)
            marked += f'<div class="text">{marked_text(text, inside, query, span=(start, end), proofs=proofs)}</div>'
        parser = texts_of(marked)
        assert "".join(parser.texts) == text
        anchors = {attributes["id"] for _, attributes in parser.elements}
        assert {
            f"m{row[0]}" for row in connection.execute("SELECT id FROM mentions WHERE source_id = ?", (source,))
        } <= anchors
    connection.close()


def test_every_link_to_a_place_leads_to_something(read_site):
    """Links with a fragment, on the pages of documents that were read, end at an id that is there."""
    connection = questions.open_readonly(Path(read_site.databases["kgdocs"].path))
    ids = [row[0] for row in connection.execute("SELECT id FROM documents WHERE status = 'read' ORDER BY id LIMIT 12")]
    connection.close()
    pages = {}
    links = set()
    for one in ids:
        text = ask(read_site, f"/van-ban/{one}").text
        links |= {html.unescape(link) for link in re.findall(r'href="(/van-ban/[^"]*#[mv][^"]*)"', text)}
    for link in sorted(links):
        address, _, fragment = link.partition("#")
        if address not in pages:
            answer = ask(read_site, address)
            pages[address] = (
                answer.text if answer.status_code == 200 else ask(read_site, answer.headers["location"]).text
            )
        assert f'id="{fragment}"' in pages[address], link


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("", []), ("a" * 59_999, []), ("a" * 60_001, []), ("a" * 200_000, []), ("\n" * 130_000, []),
        (("dòng văn bản mẫu\n" * 20_000), []), ("x" * 50_000 + "\n\n" + "y" * 50_000, []),
        ("x" * 130_000, [(59_990, 60_010)]), ("x" * 130_000, [(10, 129_000)]),
        ("một hai\n\n" * 30_000, [(start, start + 12) for start in range(0, 260_000, 13)]),
        ("a b\r\n" * 40_000, [(59_000, 60_500), (60_400, 61_000), (100_000, 100_005)]),
    ],
)  # fmt: skip
def test_parts_hold_the_whole_text_and_cut_no_mention(text, mentions):
    found = parts.parts(text, mentions)
    assert "".join(text[start:end] for start, end in found) == text
    assert found[0][0] == 0
    assert all(end == following for (_, end), (following, _) in pairwise(found))
    assert all(end - start >= parts.SURE for start, end in found[:-1])
    for cut in [start for start, _ in found[1:]]:
        assert not [one for one in mentions if one[0] < cut < one[1]]
    for number, (start, end) in enumerate(found, start=1):
        assert {parts.part_at(found, start), parts.part_at(found, max(start, end - 1))} == {number}
    assert parts.part_at(found, len(text) + 5) == len(found)


def test_a_part_ends_at_a_paragraph():
    text = "x" * 50_000 + "\n\n" + "y" * 5_000 + "\n" + "z" * 50_000
    assert parts.parts(text)[0] == (0, 50_002)


LONG = "Văn bản mẫu, dòng này dài vừa phải để có nhiều phần trong toàn văn.\n" * 2500


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    mentions = [
        {"id": number, "source_id": "abcdef12", "document_id": LONELY, "start": start, "end": start + 11, "text": "Văn bản mẫu"}
        | {"kind": "numbered", "target_id": TOP, "resolution": "unresolved" if number == 3 else "exact"}
        for number, start in enumerate((0, 34_000, 136_000), start=1)
    ]  # fmt: skip
    mentions[2]["target_id"] = None
    rows = {
        "documents": [document(LONELY), document(TOP)],
        "document_ids": [{"old_id": "cu/dai", "document_id": LONELY}],
        "sources": [{"id": "abcdef12", "path": "d.txt", "format": "text", "state": "read", "document_id": LONELY, "text": LONG}],
        "mentions": mentions,
        "deadlines": [
            {"document_id": LONELY, "due": "2024-12-15", "recurring": 0, "source_id": "abcdef12", "start": 102_020, "end": 102_040}
            | {"text": LONG[102_020:102_040], "rule": "r"}
        ],
    }  # fmt: skip
    app = create_app(make_database(tmp_path_factory.mktemp("long") / "x.db", rows))
    yield app
    close(app)


def test_a_long_text_is_shown_in_parts(long_site):
    address = f"/van-ban/{LONELY}"
    value = ask(long_site, f"{address}.json").json()
    assert (value["part"], value["parts"], len(value["mentions"])) == (1, 3, 2)
    joined = ""
    for number in range(1, 4):
        page = ask(long_site, f"{address}?phan={number}").text
        assert f"Phần {number}/3" in page
        (text,) = texts_of(page).texts
        joined += text
        one = ask(long_site, f"{address}.json?phan={number}").json()["sources"][0]
        assert (one["text"], one["start"], one["length"]) == (text, len(joined) - len(text), len(LONG))
    assert joined == LONG
    assert "phan=2#text" in ask(long_site, address).text
    assert "Phần 3/3" in ask(long_site, f"{address}?phan=77").text
    assert "Phần 1/3" in ask(long_site, f"{address}?phan=x").text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("luot=1", "#m1"), ("luot=2", "#m2"), ("luot=3", "?phan=3#m3"), ("vi-tri=abcdef12-102020", "?phan=2#vabcdef12-102020"),
        ("vi-tri=ab-999999999", "?phan=3#vab-999999999"), ("luot=3&lang=en", "?phan=3&lang=en#m3"),
    ],
)  # fmt: skip
def test_places_lead_to_their_part(long_site, asked, led):
    answer = ask(long_site, f"/van-ban/{LONELY}?{asked}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/van-ban/{LONELY}{led}"
    page = ask(long_site, answer.headers["location"].partition("#")[0]).text
    assert f'id="{led.partition("#")[2]}"' in page or "999999999" in led


@pytest.mark.parametrize("asked", ["luot=77", "luot=x", "luot=-1", "vi-tri=ffff-12"])
def test_places_that_are_not_there(long_site, asked):
    assert ask(long_site, f"/van-ban/{LONELY}?{asked}").status_code == 404


def test_odd_places_are_no_places(long_site):
    assert ask(long_site, f"/van-ban/{LONELY}", params={"vi-tri": HOSTILE}).status_code == 200


def test_links_to_late_mentions_carry_them(long_site):
    page = html.unescape(ask(long_site, f"/van-ban/{LONELY}").text)
    assert f'href="/van-ban/{LONELY}?luot=3#m3"' in page
    assert f'href="/van-ban/{LONELY}?vi-tri=abcdef12-102020#vabcdef12-102020"' in page
    assert f'href="/van-ban/{LONELY}#m1"' in html.unescape(ask(long_site, f"/van-ban/{TOP}").text)


def test_moved_ids_keep_their_arguments(long_site):
    answer = ask(long_site, "/van-ban/cu/dai?luot=3&lang=en")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/van-ban/{LONELY}?luot=3&lang=en"
    assert ask(long_site, "/van-ban/cu/dai.txt").headers["location"] == f"/van-ban/{LONELY}.txt"


def test_each_mention_can_be_reached_and_says_where_it_leads(site):
    parser = texts_of(ask(site, PAGE).text)
    mention = dict(parser.elements)["a"]
    assert mention["class"] == "mention mention-known kind-numbered"
    assert "có số, ký hiệu · xác định theo ngữ cảnh" in mention["data-tip"]
    assert parser.texts == [TEXT, "Bản hai.\r\n"]


def test_evidence_without_a_mention_has_its_own_mark(site):
    page = ask(site, PAGE).text
    assert '<b class="proof" id="vs3-46">' in page
    assert f'href="{PAGE}#vs3-46"' in page
    assert f'href="{PAGE}#m7"' in page


def test_overlapping_evidence_is_one_mark_with_all_anchors():
    proofs = [{"source_id": "abc", "start": 0, "end": 5}, {"source_id": "abc", "start": 3, "end": 9}]
    proofs += [{"source_id": "abc", "start": 3, "end": 4}, {"source_id": "abc", "start": 10, "end": 13}]
    mention = {
        "id": 1,
        "start": 12,
        "end": 14,
        "target_id": None,
        "document_id": "d",
        "kind": "numbered",
        "reason": None,
    }
    mention |= {"resolution": "unresolved", "target_status": None}
    mention |= dict.fromkeys(("target_code", "target_label", "target_type", "target_title"))
    hidden = {**mention, "id": 2, "start": 13}
    marked = str(marked_text("0123456789abcdef", [mention, hidden], Query(Words("vi"), "", "", {}), proofs=proofs))
    assert marked.startswith('<b class="proof" id="vabc-0"><b id="vabc-3"></b>012345678</b>9ab<mark id="m1"')
    assert '<b id="m2"></b>cd</mark>ef' in marked
    assert 'tabindex="0"' in marked


def test_unsure_mentions_are_told_apart_not_by_colour_alone():
    css = (ROOT / "datasette" / "static" / "kgdocs.css").read_text(encoding="utf-8")
    for state in ("ambiguous", "unresolved", "draft", "planned"):
        assert re.search(rf"\.mention-{state}::before {{ content: ", css)
    assert re.search(r"\.mention:focus::after \{ content: attr\(data-tip\)", css)
    assert re.search(r"\.mention:target.*\.proof:target", css)


def test_deadlines_agencies_and_neighbours(site):
    page = ask(site, PAGE).text
    assert "15/12 hằng năm" in page
    assert "UBND huyện" in page.split('id="deadlines"')[1]
    assert "15 December every year" in ask(site, f"{PAGE}?lang=en").text
    agencies = page.split('id="agencies"')[1].split("</section>")[0]
    assert "phối hợp với" in agencies
    assert "&lt;script&gt;" in agencies
    value = ask(site, f"{PAGE}.json").json()
    near = value["neighbours"]["agency"]
    assert [one["code"] for one in near["before"]] == ["2/QĐ-UBND"]
    assert [one["code"] for one in near["after"]] == ["8/QĐ-UBND"]
    assert value["deadlines"][0]["due"] == "--12-15"
    assert value["agencies"][0]["relation"] == "coordinates"
    about = ask(site, f"/van-ban/{PROVINCE}.json").json()["neighbours"]["directives"]
    assert [(one["directive"]["id"], [near["id"] for near in one["after"]]) for one in about] == [(TOP, [OTHER])]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (TOP, "Chưa nhận diện được cơ quan ban hành"),
        ("song-mau/ke-hoach-du-kien", "Chưa rõ ngày ban hành"),
        (COMMUNE, "Chưa có toàn văn"),
        (LONELY, "Chưa văn bản nào đã đọc viện dẫn văn bản này"),
        (LONELY, "Chưa đọc thấy quan hệ nào"),
    ],
)
def test_empty_sections_say_why(site, one, why):
    assert why in ask(site, f"/van-ban/{one}").text


def test_the_precision_of_a_rule_is_told_with_its_evidence(site):
    page = ask(site, PAGE).text
    assert "quy tắc này đúng 33/35 trên tập kiểm tra" in page
    evidence = ask(site, f"{PAGE}.json").json()["relations_out"][0]["items"][0]["evidence"][0]
    assert round(evidence["precision"] * evidence["measured"]) == 33
    assert "đúng 0/0" not in page


def test_the_texts_can_be_saved(site):
    for path, name, text in (
        ("", "3-kh.txt", TEXT),
        ("?nguon=1", "3-kh.txt", TEXT),
        ("?nguon=2", "3-kh-2.txt", "Bản hai.\r\n"),
    ):
        answer = ask(site, f"{PAGE}.txt{path}")
        assert answer.content.decode() == text
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["content-disposition"] == f'attachment; filename="song-mau-an-mau-2024-{name}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = ask(site, PAGE).text
    assert f'href="{PAGE}.txt"' in page
    assert f'href="{PAGE}.txt?nguon=2"' in page
    for path in (f"{PAGE}.txt?nguon=3", f"{PAGE}.txt?nguon=0", f"/van-ban/{LONELY}.txt", "/van-ban/nix.txt"):
        assert ask(site, path).status_code == 404


def test_lists_are_bounded_with_a_way_to_more(hub_site):
    page = ask(hub_site, f"/van-ban/{TOP}").text
    relations = page.split('id="in"')[1].split("</section>")[0]
    assert relations.count('<a class="name"') == 30
    assert "Còn 670 nữa, xem tất cả 700" in relations
    assert f'href="/van-ban/{TOP}?het=in#in"' in relations
    assert f'href="/van-ban/{TOP}?het=cited#cited"' in page
    assert f'href="/van-ban/{TOP}?het=spellings#spellings"' in page
    assert len(page) < 250_000
    more = ask(hub_site, f"/van-ban/{TOP}?het=in").text.split('id="in"')[1].split("</section>")[0]
    assert more.count('<a class="name"') == 500
    assert "Còn 200 dòng nữa, xem trong bảng dữ liệu" in more
    href = html.unescape(re.search(r'href="(/kgdocs/relations[^"]*)"', more)[1])
    assert ask(hub_site, href).status_code == 200
    value = ask(hub_site, f"/van-ban/{TOP}.json").json()
    assert (len(value["relations_in"][0]["items"]), value["relations_in"][0]["count"]) == (700, 700)
    assert (len(value["cited_by"]), len(value["cited_as"]), value["counts"]["cited_by"]) == (700, 700, 700)


def test_the_small_picture_of_a_hub_leads_to_its_list(hub_site):
    page = ask(hub_site, f"/van-ban/{TOP}").text
    href = html.unescape(re.search(r'<a class="box is-group" href="([^"]*)"', page)[1])
    assert "+ 688" in page
    assert "Dòng 1–100 trong 700" in ask(hub_site, href.partition("#")[0]).text


def test_the_small_picture_can_be_read_where_all_carry_out_each_other(tmp_path):
    rows = hub(300)
    ids = [one["id"] for one in rows["documents"]]
    rows["relations"] += [relation(1000 + at, one, ids[at // 3]) for at, one in enumerate(ids) if at > 3]
    app = create_app(make_database(tmp_path / "x.db", rows))
    page = ask(app, f"/van-ban/{TOP}").text
    assert 2 < page.count('<a class="box ') <= MAX_BOXES
    close(app)


def test_many_sources_of_one_document(tmp_path):
    rows = {
        "documents": [document(TOP)],
        "sources": [
            {"id": f"{number:02}", "path": f"{number:02}.txt", "format": "text", "state": "read", "document_id": TOP}
            | {"text": f"Văn bản mẫu, bản {number}."}
            for number in range(15)
        ],
        "mentions": [
            {
                "id": number,
                "source_id": source,
                "document_id": TOP,
                "start": 0,
                "end": 7,
                "text": "Văn bản",
                "kind": "numbered",
            }
            | {"resolution": "unresolved"}
            for number, source in enumerate(("09", "14"), start=1)
        ],
    }
    app = create_app(make_database(tmp_path / "x.db", rows))
    page = ask(app, f"/van-ban/{TOP}").text
    assert texts_of(page).texts == [f"Văn bản mẫu, bản {number}." for number in range(10)]
    assert f'href="/van-ban/{TOP}.txt?nguon=15"' in page
    led = [ask(app, f"/van-ban/{TOP}?luot={number}").headers["location"] for number in (1, 2)]
    assert led == [f"/van-ban/{TOP}#m1", f"/van-ban/{TOP}#downloads"]
    assert ask(app, f"/van-ban/{TOP}.txt?nguon=15").text == "Văn bản mẫu, bản 14."
    assert [one["text"] for one in ask(app, f"/van-ban/{TOP}.json").json()["sources"]][9:11] == [
        "Văn bản mẫu, bản 9.",
        None,
    ]
    close(app)


def test_the_lists_that_can_be_asked_for_are_described():
    described = (ROOT / "docs" / "site-documents.md").read_text(encoding="utf-8")
    row = next(line for line in described.split("\n") if line.startswith("| `het` |"))
    assert set(re.findall(r"`(\w+)`", row)) == {"het", "chain", *lists.LISTS}


def test_an_empty_database_answers_everywhere(tmp_path):
    app = create_app(make_database(tmp_path / "x.db", {}))
    for path in ("/van-ban/nix", "/dong-van-ban/nix", "/van-ban/nix.txt", "/van-ban/nix?luot=1"):
        assert ask(app, path).status_code == 404
    assert ask(app, "/duong-noi?tu=1-CT/TW&den=2").status_code == 200
    assert json.loads(ask(app, "/duong-noi.json?tu=1").text)["ends"]["tu"]["similar"] == []
    close(app)
