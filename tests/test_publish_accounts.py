"""A site that is not for everybody: nothing without an account, cookies that scripts cannot read, one clear sentence."""

import pytest
from click.testing import CliRunner
from datasette_auth_passwords.utils import hash_password
from site_fixtures import ALL_PAGES, PLAN, ask, close, make_database

from kgdocs.cli import main
from kgdocs.errors import UsageError
from kgdocs.publish.accounts import access_of
from kgdocs.publish.app import create_app


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    path = tmp_path_factory.mktemp("accounts") / "users.yml"
    path.write_text(f"lan: {hash_password('mật khẩu mẫu', iterations=1)}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def site(accounts, tmp_path_factory):
    app = create_app(make_database(tmp_path_factory.mktemp("site") / "x.db"), access_of(accounts))
    yield app
    close(app)


def log_in(site, password):
    """The answer to the form, its token taken from the page before."""
    page = ask(site, "/-/login")
    token = page.cookies.get("ds_csrftoken") or ""
    form = {"username": "lan", "password": password, "csrftoken": token}
    return ask(site, "/-/login", "POST", data=form, cookies={"ds_csrftoken": token})


@pytest.mark.parametrize("path", [*ALL_PAGES, "/kgdocs", "/kgdocs/documents", "/kgdocs/documents.json"])
def test_nothing_is_seen_without_an_account(site, path):
    answer = ask(site, path)
    assert answer.status_code == 403
    assert "Bảo vệ trẻ em" not in answer.text
    assert ("/-/login" in answer.text) is (".json" not in path)


def test_the_page_to_log_in_is_ours(site):
    page = ask(site, "/-/login")
    assert page.status_code == 200
    assert "Mật khẩu" in page.text
    assert "1.234" not in page.text  # how much was read is not for strangers
    assert "Password" in ask(site, "/-/login?lang=en").text


def test_who_has_an_account_sees_all_and_can_leave(site):
    answer = log_in(site, "mật khẩu mẫu")
    assert answer.status_code == 302
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("ds_actor=")]
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    actor = cookie.split(";")[0].partition("=")[2]
    page = ask(site, f"/van-ban/{PLAN}", cookies={"ds_actor": actor.strip('"')})
    assert page.status_code == 200
    assert "/-/logout" in page.text


def test_a_wrong_password_is_told_and_opens_nothing(site):
    answer = log_in(site, "sai")
    assert "Tên hoặc mật khẩu chưa đúng" in answer.text
    assert not [one for one in answer.headers.get_list("set-cookie") if one.startswith("ds_actor=")]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "should hold lines"), ("- lan", "should hold lines"), ("lan: mật khẩu", "should hold lines"), ("a: [", "could not be read")],
)  # fmt: skip
def test_a_file_that_holds_no_accounts_is_told_in_one_sentence(text, said, tmp_path):
    path = tmp_path / "users.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as told:
        access_of(path)
    assert "\n" not in str(told.value)


def test_no_such_file_ends_the_command_in_one_line(tmp_path):
    db = make_database(tmp_path / "x.db")
    result = CliRunner().invoke(main, ["serve", "--db", str(db), "--auth", str(tmp_path / "none.yml")])
    assert result.exit_code == 2
    assert "could not be read" in result.stderr
