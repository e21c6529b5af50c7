"""What the site refuses and survives: methods, permissions, errors, a database replaced under it."""

import asyncio
import json
import re
import sqlite3
from dataclasses import replace

import httpx
import pytest
from datasette.app import Datasette
from site_fixtures import ALL_PAGES, DIRECTIVE, PLAN, ask, close, make_database, served

from kgdocs.errors import DatabaseError
from kgdocs.publish.app import create_app
from kgdocs.publish.routes import PAGES


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.mark.parametrize(
    "path", ["/nix", "/van-ban/nix", "/dong-van-ban/nix", "/kgdocs/nix", "/van-ban/%20", "/van-ban/%FF"]
)
def test_missing_pages_are_ours(site, path):
    answer = ask(site, path)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
    english = ask(site, f"{path}.json?lang=en")
    assert (english.status_code, english.json()["status"]) == (404, 404)
    assert english.json()["title"] == "No such page"


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(site, path, method):
    answer = ask(site, path, method)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.text.startswith("{" if ".json" in path else "<!DOCTYPE html>")


@pytest.mark.parametrize("path", [*ALL_PAGES, "/nix", "/kgdocs/documents", "/static/kgdocs.css"])
def test_head_is_get_without_a_body(site, path):
    got, head = ask(site, path), ask(site, path, "HEAD")
    assert head.status_code == got.status_code
    assert head.headers["content-type"] == got.headers["content-type"]
    assert got.content
    assert not head.content


def denied(tmp_path, allow_at):
    closed = {"allow": False}
    access = closed if allow_at == "instance" else {"databases": {"kgdocs": closed}}
    return create_app(make_database(tmp_path / "x.db"), access)


def endings(path, lists):
    """The forms in which a page is there: suggestions are only JSON, lists CSV too."""
    if path.endswith(".json"):
        return ("",)
    return ("", ".json", ".csv") if path in lists else ("", ".json")


@pytest.mark.parametrize("allow_at", ["instance", "database"])
def test_every_route_asks_for_permission(tmp_path, allow_at):
    app = denied(tmp_path, allow_at)
    examples = {"/": ["/"], "/tra-cuu": ["/tra-cuu"], "/van-ban/": [f"/van-ban/{PLAN}", "/van-ban/nix"]}
    examples["/dong-van-ban/"] = [f"/dong-van-ban/{PLAN}", "/dong-van-ban/kien-giang/2024/211-kh-tu-cu"]
    examples["/van-ban/"] += [f"/van-ban/{PLAN}.txt", f"/van-ban/{PLAN}?luot=1"]
    examples["/duong-noi"] = ["/duong-noi", f"/duong-noi?tu={PLAN}&den={PLAN}"]
    examples |= {"/api": ["/api"], "/goi-y": ["/goi-y.json"]}
    examples |= {path: [path] for path in ("/tuan-thu", "/phat-hien", "/thong-ke")}
    examples["/tuan-thu/"] = [f"/tuan-thu/{DIRECTIVE}", "/tuan-thu/nix"]
    examples["/kiem-tra"] = ["/kiem-tra"]
    assert set(examples) == {page.path for page in PAGES}
    lists = {one for page in PAGES if page.table for one in examples[page.path]}
    for path in [one for paths in examples.values() for one in paths]:
        for ending in endings(path, lists):
            page, *arguments = path.partition("?")
            answer = ask(app, page + ending + "".join(arguments))
            assert answer.status_code == 403, path + ending
            assert not {"28-CT/TW", "1.234", "9.9"} & set(re.findall(r"[\w./-]+", answer.text))
    for path in ("/kgdocs", "/kgdocs/documents"):
        assert ask(app, path).status_code == 403
    assert "1.234" not in ask(app, "/nix").text
    close(app)


def test_errors_inside_are_told_without_their_insides(tmp_path, caplog):
    app = create_app(make_database(tmp_path / "x.db"))
    assert ask(app, "/").status_code == 200
    (tmp_path / "x.db").unlink()
    answer = ask(app, "/")
    assert answer.status_code == 500
    assert "Trang bị lỗi" in answer.text
    assert "x.db" not in answer.text
    assert "could not be answered" in caplog.text
    close(app)


def test_a_question_that_takes_too_long_is_ended_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr("kgdocs.publish.site._TIME_LIMIT_MS", 100)
    monkeypatch.setattr("kgdocs.publish.routes.PAGES", (replace(PAGES[1], question=_endless),))
    app = create_app(make_database(tmp_path / "x.db"))
    answer = ask(app, "/tra-cuu")
    assert answer.status_code == 503
    assert "cần quá nhiều thời gian" in answer.text
    assert ask(app, "/tra-cuu.json?lang=en").json()["title"] == "This page takes too long"
    close(app)


def _endless(connection, query):
    """A question without end."""
    return connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    ).fetchone(), {}


def test_a_new_build_is_served_without_a_restart(tmp_path):
    path = make_database(tmp_path / "x.db")
    app = create_app(path)
    assert ask(app, f"/van-ban/{PLAN}").status_code == 200
    make_database(tmp_path / "new.db", {"builds": [{"at": "2025-01-01T00:00:00", "version": "10"}]}).replace(path)
    assert ask(app, f"/van-ban/{PLAN}").status_code == 404
    home = ask(app, "/").text
    assert "Chưa đọc thấy văn bản nào thực hiện văn bản khác" in home
    assert ask(app, "/kgdocs/documents.json").json()["rows"] == []
    assert "chưa đọc tệp nào" in ask(app, "/tra-cuu").text
    close(app)


def test_serving_changes_no_byte(tmp_path):
    path = make_database(tmp_path / "x.db")
    before = path.read_bytes()
    app = create_app(path)
    for page in ALL_PAGES:
        assert ask(app, page).status_code == 200
    assert app.databases["kgdocs"].is_mutable  # immutable mode would open the download and trust a stale file
    assert ask(app, "/kgdocs.db").status_code in (403, 404)
    assert ask(app, "/kgdocs.json?sql=select+1", follow_redirects=True).status_code == 403
    close(app)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.db"]


def test_foreign_databases_are_refused_in_one_sentence(tmp_path):
    with pytest.raises(DatabaseError, match="There is no database"):
        create_app(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at" * 30)
    with pytest.raises(DatabaseError, match=r"^[^\n]+$"):
        create_app(tmp_path / "text.db")


def test_json_error_is_json(site):
    assert json.loads(ask(site, "/.json", "POST").text)["status"] == 405


def test_datasette_itself_serves_our_database_with_our_pages(tmp_path):
    app = Datasette([str(make_database(tmp_path / "x.db"))])
    assert ask(app, f"/van-ban/{PLAN}").status_code == 200
    assert ask(app, "/static/kgdocs.css").headers["content-type"].startswith("text/css")
    close(app)


def test_foreign_databases_are_left_alone(tmp_path, site):
    sqlite3.connect(tmp_path / "foreign.db").execute("CREATE TABLE documents (id)").connection.close()
    app = Datasette([str(tmp_path / "foreign.db")])
    home = ask(app, "/")
    assert "content-security-policy" not in home.headers
    assert "foreign" in home.text
    assert "kgdocs.css" not in home.text
    assert ask(app, "/tra-cuu.csv").status_code == 404
    assert ask(app, "/static/kgdocs.css").status_code == 404
    close(app)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/kgdocs/documents?_sort=khong_co", 400),
        ("/kgdocs/documents.json?_through=x", 400),
        ("/kgdocs/documents.json?%00=1", 400),
        (f"/static/{'a' * 300}.js", 404),
        (f"/-/static/{'a' * 300}.js", 404),
    ],
)
def test_what_is_asked_wrongly_is_no_fault_of_the_server(site, path, status, caplog):
    assert ask(site, path).status_code == status
    assert caplog.records == []


async def location_of(app, address):
    """Where an answer leads; the client of Datasette would put a path before such an address."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        return (await client.get(address)).headers.get("location")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("///", "/"),
        ("//kgdocs.example/", "/kgdocs.example"),
        ("/\\kgdocs.example/", "/kgdocs.example"),
        ("/\\kgdocs.example/%41", "/kgdocs~2Eexample/~41"),
        ("/nix/", "/nix"),
    ],
)
def test_no_redirect_leads_to_another_host(site, path, leads_to):
    assert asyncio.run(location_of(site.app(), f"http://localhost{path}")) == leads_to
