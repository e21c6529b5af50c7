"""The compliance page and one directive's dossier: counts, filters, evidence, days of the past, what is hostile."""

import csv
import io
import json
import re
import sqlite3
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_fixtures import DIRECTIVE, EVIL, HOSTILE, PLAN, ROWS, TEXT, ask, close, finding, make_database, served, step

from kgdocs.grammar import load_rules
from kgdocs.pipeline.auditing import audit
from kgdocs.pipeline.chain import chain_as_of
from kgdocs.pipeline.questions import open_readonly
from kgdocs.publish.app import create_app
from kgdocs.publish.compliance.chains import LEVELS, chain_name, chain_rules, step_order, steps_of
from kgdocs.publish.compliance.dossier import FINDINGS, STEPS
from kgdocs.publish.compliance.matrix import PAGE_SIZE, PLACES_SHOWN
from kgdocs.publish.document.lists import SHOWN
from kgdocs.publish.lists import period
from kgdocs.publish.site import Invalid, Query
from kgdocs.publish.strings import Words, load_strings
from kgdocs.store import surroundings
from tests.conftest import ROOT

DOSSIER = f"/tuan-thu/{DIRECTIVE}"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    with served(folder, [ROOT / "corpus"]) as app:
        yield app, folder / "any name.db"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A site of 45 directives, the first of them in more places than a page shows."""
    number = 45
    documents = [
        {"id": f"trung-uong/2020/{at}-qd-ttg", "code": f"{at}/QĐ-TTg", "type": "quyet_dinh", "status": "listed"}
        | {"issued_on": f"20{at % 20 + 1:02}-01-15", "number_key": f"{at:02}qdttg"}
        for at in range(number)
    ]
    places = [f"noi-{at}" for at in range(PLACES_SHOWN + 3)]
    steps = [
        step(
            "government_plan",
            "missing" if at == 7 else "unknown",
            chain="state_central",
            directive_id=one["id"],
            place=place,
        )
        for at, one in enumerate(documents)
        for place in (places if at == 0 else places[:1])
    ]
    path = make_database(
        tmp_path_factory.mktemp("crowded") / "x.db",
        {"documents": documents, "chain_steps": steps, "builds": ROWS["builds"]},
    )
    app = create_app(path)
    yield app
    close(app)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def places_of(found):
    return [place["place"] for one in found["directives"] for place in one["places"]]


def test_totals_are_by_state_and_lead_to_their_filter(site):
    found = ask(site, "/tuan-thu.json").json()
    assert found["totals"] == {"done": 1, "late": 1, "planned": 1, "missing": 1, "unknown": 3}
    page = ask(site, "/tuan-thu").text
    for state in found["totals"]:
        assert f'href="/tuan-thu?state={state}"' in page
    chosen = ask(site, "/tuan-thu?state=late&place=song-mau").text
    assert 'href="/tuan-thu?place=song-mau" aria-current="true"' in chosen  # lifts it again
    assert "1 văn bản chỉ đạo" in chosen


def test_the_matrix_has_directives_by_place_and_steps_in_order(site):
    found = ask(site, "/tuan-thu.json").json()
    (one,) = found["directives"]
    assert (one["id"], one["chain"], found["total"], found["pages"]) == (DIRECTIVE, "party_central", 1, 1)
    assert places_of(found) == ["trung-uong", "song-mau", "kien-giang"]  # the centre, then where most is missing
    song_mau = one["places"][1]["steps"]
    assert [step["step"] for step in song_mau] == ["party_plan", "district_plan"]
    assert song_mau[1]["states"] == {"late": 1, "unknown": 3}
    assert song_mau[1]["days"] == 200
    assert one["places"][2]["steps"] == [
        {"step": "party_plan", "states": {"done": 1}, "days": 122, "document_id": PLAN}
    ]  # fmt: skip


def test_cells_are_words_and_counts_and_lead_to_the_step(site):
    page = ask(site, "/tuan-thu").text
    assert f'href="{DOSSIER}?place=song-mau#song-mau.district_plan"' in page
    assert '<span class="status step-late">1 chậm</span><span class="status step-unknown">3 chưa biết</span>' in page
    assert '<span class="status step-done">đã có</span></a><span class="quiet days">122 ngày' in page
    dossier = ask(site, DOSSIER).text
    for fragment in re.findall(rf'href="{DOSSIER}[^"#]*#([^"]+)"', page):
        assert f'id="{fragment}"' in dossier


@pytest.mark.parametrize(
    ("asked", "places", "lines"),
    [
        ("place=kien-giang", ["kien-giang"], 1),
        ("place=trung-uong", ["trung-uong"], 1),
        ("place=nix", [], 0),
        ("state=missing", ["trung-uong", "song-mau"], 1),
        ("state=planned", ["trung-uong"], 1),
        ("level=district", ["song-mau"], 4),
        ("level=commune", [], 0),
        ("level=district&state=done", [], 0),
        ("chain=party_central", ["trung-uong", "song-mau", "kien-giang"], 7),
        ("chain=state_central", [], 0),
        ("from=2023", ["trung-uong", "song-mau", "kien-giang"], 7),
        ("from=25/12/2023&to=25/12/2023", ["trung-uong", "song-mau", "kien-giang"], 7),
        ("from=2024", [], 0),
        ("to=11/2023", [], 0),
    ],
)
def test_filters(site, asked, places, lines):
    found = ask(site, f"/tuan-thu.json?{asked}").json()
    assert places_of(found) == places
    assert found["total"] == bool(places)
    assert len(rows_of(ask(site, f"/tuan-thu.csv?{asked}"))) == lines
    page = ask(site, f"/tuan-thu?{asked}").text
    assert ("Không có chỉ đạo nào khớp" in page) == (not places)


@pytest.mark.parametrize(
    "asked", ["state=x", "level=x", "chain=x", "sort=x", "from=x", "to=2023-02-30", "from=13/2023", "to=9999"]
)
@pytest.mark.parametrize("ending", ["", ".json"])
def test_filters_that_are_none_are_told_in_one_sentence(site, asked, ending):
    answer = ask(site, f"/tuan-thu{ending}?{asked}")
    assert answer.status_code == 400
    assert asked.split("=")[1] in answer.text
    assert "Traceback" not in answer.text


def test_directives_come_in_pages_and_orders(crowded):
    pages = [ask(crowded, f"/tuan-thu.json?sort=code&page={page}").json() for page in (1, 2, 3, 4, 5, 9)]
    assert [one["page"] for one in pages] == [1, 2, 3, 4, 5, 5]
    assert [len(one["directives"]) for one in pages[:5]] == [*[PAGE_SIZE] * 4, 5]
    codes = [one["code"] for page in pages[:5] for one in page["directives"]]
    assert codes == [f"{at}/QĐ-TTg" for at in range(45)]
    assert ask(crowded, "/tuan-thu.json").json()["directives"][0]["code"] == "7/QĐ-TTg"
    dates = [one["issued_on"] for one in ask(crowded, "/tuan-thu.json?sort=date").json()["directives"]]
    assert dates == sorted(dates, reverse=True)
    page = ask(crowded, "/tuan-thu?sort=code&page=2&lang=en").text
    assert 'rel="prev" href="/tuan-thu?sort=code&amp;page=1&amp;lang=en"' in page
    assert 'rel="next"' in page


def test_many_places_are_cut_on_the_page_and_whole_in_the_data(crowded):
    assert "Còn 3 địa phương nữa" in ask(crowded, "/tuan-thu?sort=code").text
    first = ask(crowded, "/tuan-thu.json?sort=code").json()["directives"][0]
    assert len(first["places"]) == PLACES_SHOWN + 3


def test_kinds_and_steps_that_the_patterns_no_longer_have_are_shown(tmp_path):
    steps = [step("old_step", "done", chain="old_kind", document_id=PLAN), step("party_plan", "late", chain="old_kind")]
    app = create_app(make_database(tmp_path / "x.db", {**ROWS, "chain_steps": steps}))
    page = ask(app, "/tuan-thu").text
    assert "<caption>old_kind</caption>" in page
    assert f'href="{DOSSIER}?place=song-mau#song-mau.old_step"' in page
    assert ask(app, DOSSIER).status_code == 200
    close(app)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("", ""), ("2024", "2024"), ("2024-07", "2024-07"), ("2024-7", "2024-07"), ("2024-07-05", "2024-07-05"),
        ("7/2024", "2024-07"), ("05/7/2024", "2024-07-05"), (" 5/07/2024 ", "2024-07-05"), ("31/12/2199", "2199-12-31"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(written, iso):
    assert period(Query(Words("vi"), "", "", {"from": (written,)}), "from") == iso


@pytest.mark.parametrize(
    "written", ["24", "0/2024", "32/1/2024", "2024-13", "29/02/2023", "5/7/24", "2024-07-05T1", "2200", "٢٠٢٤"]
)
def test_days_that_are_none(written):
    with pytest.raises(Invalid, match="không phải là ngày"):
        period(Query(Words("vi"), "", "", {"from": (written,)}), "from")


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_days(text):
    query = Query(Words("en"), "", "", {"from": (text,)})
    with suppress(Invalid):
        assert re.fullmatch(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", period(query, "from"))


def test_csv_has_one_line_a_step_and_no_formula(site):
    rows = rows_of(ask(site, "/tuan-thu.csv"))
    assert len(rows) == 7
    done = next(row for row in rows if row["state"] == "done")
    assert (done["directive_id"], done["step"], done["step_name"]) == (
        DIRECTIVE,
        "party_plan",
        "Kế hoạch của cấp ủy tỉnh",
    )
    assert (done["document_id"], done["document_code"], done["days"]) == (PLAN, "211-KH/TU", "122")
    assert next(row for row in rows if row["state"] == "missing")["agency_name"].startswith("'=1+1")
    assert next(row for row in rows if row["state"] == "late")["document_code"] == "'=1+1"
    english = rows_of(ask(site, f"{DOSSIER}.csv?lang=en"))
    assert [row["basis"] for row in english] == [f"Looked at {HOSTILE}."] * 7


def test_the_dossier_numbers_its_evidence(site):
    found = ask(site, f"{DOSSIER}.json").json()
    assert [one["number"] for one in found["evidence"]] == [1]
    assert [step["evidence"] for step in found["steps"][:3]] == [[1], [1], []]
    assert found["evidence"][0]["text"] == TEXT[10:48]
    assert found["evidence"][0]["place"]["mention_id"] == 1
    page = ask(site, DOSSIER).text
    assert '<a class="note" href="#bc1"' in page
    item = page.split('<li id="bc1"')[1].split("</li>")[0]
    assert re.findall(r'href="#([^"]+)"', item) == ["trung-uong.central_decision", "kien-giang.party_plan"]
    assert f'href="/van-ban/{PLAN}#m1"' in item


def test_the_dossier_says_what_was_looked_for(site):
    page = ask(site, DOSSIER).text
    assert page.count("Đã xem &#34;&gt;&lt;script&gt;") == 5  # the three of which the same is unknown stand together
    assert "3 đơn vị" in page
    assert "Cơ quan huyen-1; Cơ quan huyen-2; Cơ quan huyen-3" in page
    assert "thời hạn 30/6/2024" in page
    assert "Cách viết trong các văn bản đã đọc" in page


def test_the_dossier_has_findings_about_the_directive_and_its_steps(site):
    found = ask(site, f"{DOSSIER}.json").json()["findings"]
    assert [one["code"] for one in found] == ["DATE_CONFLICT", "MISSING_IMPLEMENTATION", "UNRESOLVED"]
    assert {"code", "severity", "message", "document_id", "source", "start", "end", "text", "details"} <= set(found[0])


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A site of one directive with more steps than a page shows, and more findings."""
    centre = step("central_decision", "unknown", place="trung-uong")
    local = [
        step("party_plan", "missing" if unit % 3 else "done", f"u{unit}", place=place, carries_out=DIRECTIVE)
        for place in ("kien-giang", "song-mau")
        for unit in range(STEPS // 2)
    ]
    found = [
        finding(at, "MISSING_IMPLEMENTATION", "high", details=json.dumps({"directive": DIRECTIVE}))
        for at in range(1, FINDINGS + 31)
    ]
    rows = {**ROWS, "chain_steps": [centre, *local], "findings": found}
    app = create_app(make_database(tmp_path_factory.mktemp("long") / "x.db", rows))
    yield app
    close(app)


def test_a_long_dossier_shows_one_place_at_a_time(long):
    found = ask(long, f"{DOSSIER}.json").json()
    done = len(range(0, STEPS // 2, 3))
    assert [one["place"] for one in found["steps"]] == ["trung-uong"]
    assert (found["whole"], found["totals"]["missing"], found["totals"]["done"]) == (
        False,
        2 * (STEPS // 2 - done),
        2 * done,
    )
    assert [(one["place"], one["states"]["done"]) for one in found["places"]] == [
        ("trung-uong", 0),
        ("kien-giang", done),
        ("song-mau", done),
    ]
    page = ask(long, DOSSIER).text
    assert "chọn một địa phương" in page
    assert "Cơ quan u1" not in page
    (link,) = re.findall(r'<th scope="row"><a href="([^"]+)">Sông Mẫu', page)
    assert link == f"{DOSSIER}?place=song-mau#song-mau"
    own = ask(long, link).text
    assert 'aria-current="true">Sông Mẫu' in own
    assert own.count("Cơ quan u1<") == 1
    steps = ask(long, f"{DOSSIER}.json?place=kien-giang").json()["steps"]
    assert {one["place"] for one in steps} == {"trung-uong", "kien-giang"}
    assert len(steps) == STEPS // 2 + 1
    assert len(rows_of(ask(long, f"{DOSSIER}.csv"))) == STEPS + 1


def test_a_short_dossier_is_shown_whole_whatever_place_is_asked_for(site):
    found = ask(site, f"{DOSSIER}.json?place=kien-giang").json()
    assert found["whole"]
    assert len({one["place"] for one in found["steps"]}) == 3
    assert "chọn một địa phương" not in ask(site, f"{DOSSIER}?place=kien-giang").text


def test_many_findings_are_cut_and_counted(long):
    found = ask(long, f"{DOSSIER}.json").json()
    assert (len(found["findings"]), found["counts"]["findings"]) == (FINDINGS + 30, FINDINGS + 30)
    page = ask(long, DOSSIER).text
    assert page.count('<span class="status severity-high">') == FINDINGS
    assert "Còn 30 phát hiện nữa." in page
    assert f'href="/phat-hien?document={DIRECTIVE.replace("/", "%2F")}"' in page
    document = ask(long, f"/van-ban/{DIRECTIVE}").text
    assert f"Xem cả {FINDINGS + 30} phát hiện" in document
    assert document.count('<span class="status severity-high">') == SHOWN


def test_a_document_without_a_chain_says_why(site):
    page = ask(site, f"/tuan-thu/{EVIL}").text
    assert "Chưa có chuỗi thực hiện cho văn bản này" in page
    assert ask(site, f"/tuan-thu/{EVIL}.json").json()["chain"] is None


def test_dossiers_move_with_their_document_and_miss_without(site):
    moved = ask(site, "/tuan-thu/kien-giang/2024/211-kh-tu-cu?lang=en")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/tuan-thu/{PLAN}?lang=en")
    assert ask(site, "/tuan-thu/nix").status_code == ask(site, "/tuan-thu/nix.csv").status_code == 404


@pytest.mark.parametrize("day", ["2024-02-30", "hôm qua", "2024", "20240501", HOSTILE])
def test_a_day_that_is_none_is_told_in_one_sentence(site, day):
    answer = ask(site, f"{DOSSIER}.json", params={"ngay": day})
    assert answer.status_code == 400
    assert "không phải là một ngày" in answer.json()["error"]
    assert ask(site, DOSSIER, params={"ngay": day}).status_code == 400


def test_the_dossier_of_a_past_day(corpus):
    app, _ = corpus
    now, then = (ask(app, f"{DOSSIER}.json{day}").json() for day in ("", "?ngay=2024-07-31"))
    states = [
        {(step["place"], step["step"]): step["state"] for step in one["steps"] if step["document_id"]}
        for one in (now, then)
    ]
    assert states[0]["song-mau", "commune_plan"] == "done"
    assert ("song-mau", "commune_plan") not in states[1]
    assert states[1]["kien-giang", "party_plan"] == "done"
    assert then["as_of"] == "2024-07-31"
    assert all(one["since"] <= "2024-07-31" for one in then["findings"])
    page = ask(app, f"{DOSSIER}?ngay=2024-07-31").text
    assert "đến hết ngày 31/7/2024" in page
    early = ask(app, f"{DOSSIER}?ngay=2001-01-01").text
    assert "Vào ngày 01/01/2001 chưa có bước nào" in early


@pytest.mark.parametrize("day", ["2011-01-01", "2021-10-01", "2024-04-30", "2024-07-31", "2025-01-01"])
def test_one_chain_of_a_day_is_that_of_the_whole_audit(corpus, day):
    connection = open_readonly(corpus[1])
    rules = load_rules()
    whole = audit(connection, day).steps
    directives = {step.directive_id for step in audit(connection).steps}
    for one in directives:
        assert chain_as_of(connection, one, day, rules) == tuple(step for step in whole if step.directive_id == one)
    assert len(directives) > 10
    connection.close()


def test_a_chain_too_large_for_a_page_is_refused_in_one_sentence(corpus, monkeypatch):
    monkeypatch.setattr(surroundings, "MAX_CLOSE", 1)
    answer = ask(corpus[0], f"{DOSSIER}.json?ngay=2024-07-31")
    assert answer.status_code == 400
    assert "kgdocs audit --as-of 2024-07-31" in answer.json()["error"]


def test_a_chain_that_takes_too_long_is_refused_in_one_sentence(corpus, monkeypatch):
    def slow(*_):
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr(surroundings, "observed_delays", slow)
    assert ask(corpus[0], f"{DOSSIER}?ngay=2024-07-31").status_code == 400


def test_the_document_leads_to_its_dossier_and_home_to_open_steps(site):
    assert f'href="{DOSSIER}"' in ask(site, f"/van-ban/{DIRECTIVE}").text
    home = ask(site, "/.json").json()
    assert [(one["id"], one["missing"], one["planned"], one["late"]) for one in home["open"]] == [(DIRECTIVE, 1, 1, 1)]
    page = ask(site, "/").text
    assert f'href="{DOSSIER}"' in page
    assert 'href="/phat-hien?code=DATE_CONFLICT"' in page
    for path in ("/tuan-thu", "/phat-hien", "/thong-ke"):
        assert f'href="{path}"' in page.split("</nav>")[0]


def test_an_empty_database_says_why(tmp_path):
    app = create_app(make_database(tmp_path / "x.db", {}))
    assert "Chưa có chuỗi thực hiện nào: chưa đọc" in ask(app, "/tuan-thu").text
    assert ask(app, "/tuan-thu.json").json()["directives"] == []
    assert rows_of(ask(app, "/tuan-thu.csv")) == []
    home = ask(app, "/").text
    assert "Chưa có chuỗi thực hiện nào" in home
    assert "Không có bước nào thiếu" not in home  # nothing was looked at, so nothing is said to be in order
    assert ask(app, "/tuan-thu/nix").status_code == 404
    close(app)


def test_kinds_of_chains_are_those_of_the_patterns(rules):
    assert list(chain_rules()) == [one.id for one in rules.chains.chains]
    assert {step.each for one in rules.chains.chains for step in one.steps} <= set(LEVELS)
    assert list(step_order("party_central"))[:3] == ["central_decision", "party_plan", "government_plan"]
    assert "district_plan" in steps_of("district")
    assert "party_plan" not in steps_of("district")
    assert chain_name("party_local", "en") == "Directions of local Party committees"
    assert (chain_name("nix", "vi"), step_order("nix")) == ("nix", {})
    assert {f"each.{one}" for one in LEVELS} <= set(load_strings())


def test_provinces_of_one_name_are_told_apart():
    words = {language: Words(language) for language in ("vi", "en")}
    assert words["vi"].place("an-giang") == "An Giang"
    assert words["vi"].place("an-giang-2025") == "An Giang (từ 01/7/2025)"
    assert words["en"].place("an-giang-2025") == "An Giang (since 1 July 2025)"
    assert words["vi"].place("song-mau") == "Sông Mẫu"
