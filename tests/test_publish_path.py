"""The page that connects two documents: its form, its sentences, its JSON, and the limit of the search."""

import html
from contextlib import closing

import pytest
from site_fixtures import HOSTILE, OUR_SCRIPT, ask, close, make_database
from tree_fixtures import COMMUNE, DISTRICT, LONELY, OTHER, PLANNED, PROVINCE, ROWS, TOP, document, hub, proof, relation

from kgdocs.pipeline import questions
from kgdocs.pipeline.frontiers import between
from kgdocs.pipeline.path import find_path, path_json
from kgdocs.publish.app import create_app


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("path") / "x.db", ROWS)


@pytest.fixture(scope="module")
def site(database):
    app = create_app(database)
    yield app
    close(app)


def way(app, **arguments):
    return ask(app, "/duong-noi.json", params=arguments).json()


def page(app, **arguments):
    return ask(app, "/duong-noi", params=arguments).text


def test_json_has_the_form_of_the_contract_in_order(site):
    found = way(site, tu=COMMUNE, den="1-CT/TW")
    assert (found["root"], found["target"]) == (COMMUNE, TOP)
    assert (found["connected"], found["lineage_only"], found["limited"]) == (True, True, False)
    assert [node["id"] for node in found["nodes"]] == [COMMUNE, DISTRICT, PROVINCE, TOP]
    assert [(edge["from"], edge["to"]) for edge in found["edges"]] == [
        (COMMUNE, DISTRICT), (DISTRICT, PROVINCE), (PROVINCE, TOP)
    ]  # fmt: skip
    assert all(set(edge["evidence"][0]) >= {"source", "start", "end", "text", "rule"} for edge in found["edges"])
    assert set(found["nodes"][0]) >= {"id", "code", "title", "issued_on", "status"}


def test_sentences_are_numbered_and_have_the_true_direction(site):
    shown = page(site, tu="1-CT/TW", den=DISTRICT)
    sentences = shown.split('<ol class="sentences">')[1].split("</ol>")[0].split("<li>")[1:]
    ends = [[part.split('"')[0] for part in one.split('href="/van-ban/')[1:3]] for one in sentences]
    assert ends == [[PROVINCE, TOP], [DISTRICT, PROVINCE]]
    assert "<strong>thực hiện</strong>" in sentences[0]
    assert f'href="/van-ban/{DISTRICT}#m7"' in sentences[0]
    assert "quy tắc này đúng 33/35 trên tập kiểm tra" in sentences[0]
    assert '<svg class="lineage"' in shown
    assert "2 bước. Mọi bước đều là quan hệ chỉ đạo, thực hiện." in shown


def test_what_is_not_lineage_is_said(tmp_path):
    rows = {**ROWS, "relations": ROWS["relations"][-1:], "evidence": ROWS["evidence"][-1:]}
    app = create_app(make_database(tmp_path / "x.db", rows))
    found = way(app, tu=OTHER, den=DISTRICT)
    assert (found["lineage_only"], [edge["type"] for edge in found["edges"]]) == (False, ["cites"])
    assert "có bước là quan hệ khác (như căn cứ, viện dẫn)" in page(app, tu=OTHER, den=DISTRICT)
    close(app)


def test_planned_steps_are_marked(site):
    shown = page(site, tu=PLANNED, den=TOP)
    assert 'class="status status-planned"' in shown.split('<ol class="sentences">')[1]
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in shown
    assert "<script" not in shown.replace(OUR_SCRIPT, "")


def test_an_ambiguous_code_lists_what_to_choose_from(site):
    shown = page(site, tu="3/KH-UBND", den="1-CT/TW", lang="en")
    assert "is the number of 2 documents; choose one" in shown
    for one in (DISTRICT, COMMUNE):
        chosen = f"/duong-noi?tu={one.replace('/', '%2F')}&amp;den=1-CT%2FTW&amp;lang=en"
        assert f'href="{chosen}"' in shown
    assert 'aria-invalid="true"' in shown
    found = way(site, tu="3/KH-UBND", den="1-CT/TW")
    assert (found["root"], found["connected"], found["nodes"], found["edges"]) == (None, False, [], [])
    assert [one["id"] for one in found["ends"]["tu"]["candidates"]] == [DISTRICT, COMMUNE]


def test_an_unknown_code_offers_those_like_it_and_takes_none(site):
    shown = page(site, tu="2/KH-UBNĐD", den="khongco")
    assert "Không có văn bản nào có số, ký hiệu hoặc mã “2/KH-UBNĐD”" in shown
    assert 'href="/duong-noi?tu=2%2FKH-UBND&amp;den=khongco"' in shown
    assert "2/KH-UBND" in way(site, tu="2/KH-UBNĐD")["ends"]["tu"]["similar"]
    assert way(site, tu="2/KH-UBNĐD", den=TOP)["root"] is None


@pytest.mark.parametrize("name", ["Chỉ thị số 1-CT/TW", "1-ct/tw", " 1-CT/TW ", "Chỉ thị 1-CT/TW;", TOP])
def test_ways_to_name_a_document(site, name):
    assert way(site, tu=name)["root"] == TOP


def test_old_ids_are_followed(site):
    assert way(site, tu="cu/3-kh", den=TOP)["root"] == DISTRICT


def test_empty_states_say_why(site):
    assert "Chưa tìm gì: hãy nhập cả hai văn bản" in page(site)
    assert "không có quan hệ nào nối hai văn bản này" in page(site, tu=LONELY, den=TOP)
    assert "Hai ô là cùng một văn bản" in page(site, tu=TOP, den="1-CT/TW")
    assert "không có quan hệ nào nối" in page(site, tu=COMMUNE, den=TOP, ngay="2024-03-15")
    assert way(site, tu=COMMUNE, den=TOP, ngay="2024-03-15")["as_of"] == "2024-03-15"


@pytest.mark.parametrize("field", ["tu", "den"])
def test_what_is_typed_is_escaped(site, field):
    shown = page(site, **{field: HOSTILE})
    assert "<script" not in shown.replace(OUR_SCRIPT, "")
    assert f'value="{html.escape(HOSTILE, quote=False).replace(chr(34), "&#34;")}"' in shown
    assert ask(site, "/duong-noi", params={field: "x" * 3000}).status_code == 200


def test_the_search_ends_at_its_limit_and_says_so(tmp_path):
    """Two hubs, and a way between them that is longer than the limit allows."""
    rows = hub(30)
    chain = [f"c/{number}" for number in range(6)]
    rows["documents"] += [document(one) for one in chain]
    links = [(chain[0], TOP), *zip(chain[1:], chain[:-1], strict=True)]
    links += [(f"c/{number}", chain[-1]) for number in range(10, 40)]
    rows["documents"] += [document(f"c/{number}") for number in range(10, 40)]
    rows["relations"] += [relation(1000 + number, *pair) for number, pair in enumerate(links)]
    rows["evidence"] += [proof(1000 + number, pair[0], source_id="s1") for number, pair in enumerate(links)]
    path = make_database(tmp_path / "x.db", rows)
    with closing(questions.open_readonly(path)) as connection:
        found = find_path(connection, TOP, chain[-1], max_visited=40)
        assert (found.path, found.limited) == (None, True)
        assert path_json(found)["limited"] is True
        whole = find_path(connection, TOP, chain[-1])
        assert (len(whole.steps), whole.limited) == (6, False)
        assert between(connection, TOP, TOP, None, None).ids == {TOP}
        assert between(connection, TOP, "nowhere", None, None).ids == frozenset()


def test_the_limit_is_told_on_the_page(database, monkeypatch):
    def limited(connection, source, target, day=None):
        return find_path(connection, source, target, day, max_visited=2)

    monkeypatch.setattr("kgdocs.publish.path.find_path", limited)
    app = create_app(database)
    assert "việc tìm dừng sau khi xét 20.000 văn bản" in page(app, tu=COMMUNE, den=TOP)
    close(app)
