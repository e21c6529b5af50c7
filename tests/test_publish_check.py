"""The page that checks a draft: a form, its answer beside the text, JSON, refusals in one sentence; nothing is kept."""

import html
import re
from urllib.parse import urlencode

import datasette
import pytest
from site_fixtures import HOSTILE, OUR_SCRIPT, ask, close, make_database, served
from test_publish_guard import denied

from kgdocs.publish.api import ENTRIES
from kgdocs.publish.app import create_app
from kgdocs.publish.check import MAX_CHARACTERS
from kgdocs.publish.posted import MAX_BYTES, Refused, posted
from tests.conftest import ROOT

PAGE = "/kiem-tra"
DRAFT = (
    "VĂN BẢN MẪU\nỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n-------\nSố: 300/KH-UBND\nSông Mẫu, ngày 05 tháng 8 năm 2024\nKẾ HOẠCH\n"
    "Phòng, chống đuối nước trẻ em\n\nThực hiện Chỉ thị số 28/CT-TW ngày 26/12/2023 của Bộ Chính trị, theo Báo cáo số "
    f"88/KH-UBND ngày 20/6/2024 của UBND tỉnh Sông Mẫu; Nghị quyết số 18-NQ/TW; {HOSTILE} & hết.\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("check"), [ROOT / "corpus"]) as app:
        yield app


def send(site, path=PAGE, files=None, **fields):
    return ask(site, path, "POST", data=fields, files=files)


def plain(page):
    """The text of the draft as the page shows it."""
    shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL).group(1)
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_the_json_is_as_described(site):
    entry = next(one for one in ENTRIES if one.path == PAGE)
    assert set(send(site, f"{PAGE}.json", van_ban=DRAFT).json()) == set(entry.fields)


def test_the_form_works_without_script(site):
    page = ask(site, PAGE).text
    assert re.search(r'<form[^>]+action="/kiem-tra"[^>]+method="post"[^>]+enctype="multipart/form-data"', page)
    assert "<script" not in page.replace(OUR_SCRIPT, "")
    assert "2 MB" in page
    assert "300.000" in page
    assert "Check a draft" in ask(site, f"{PAGE}?lang=en").text
    assert ask(site, f"{PAGE}.json").json()["max_bytes"] == MAX_BYTES
    assert f'href="{PAGE}"' in ask(site, "/").text


def test_a_draft_comes_back_with_its_findings(site):
    answer = send(site, van_ban=DRAFT)
    assert answer.status_code == 200
    page = answer.text
    assert plain(page) == DRAFT
    assert HOSTILE not in page
    for code in ("SEPARATOR", "DATE_CONFLICT", "LABEL_SYMBOL", "AMBIGUOUS_TARGET"):
        assert f"<code>{code}</code>" in page
    assert "<ins>ngày 25/12/2023</ins>" in page
    assert 'href="/van-ban/trung-uong/2023/28-ct-tw"' in page
    links, ids = set(re.findall(r'href="#([rpc]\d+)"', page)), re.findall(r'id="([^"]+)"', page)
    assert links <= set(ids)
    assert len(ids) == len(set(ids))
    assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in re.sub(r"style-src 'self'", "", answer.headers["content-security-policy"])


def test_an_upload_counts_before_the_pasted_text(site):
    files = {"tep": ("thu-muc/du-thao.txt", DRAFT.encode(), "text/plain")}
    page = send(site, files=files, van_ban="khác").text
    assert plain(page) == DRAFT
    assert "du-thao.txt" in page


def test_english(site):
    page = send(site, f"{PAGE}?lang=en", van_ban=DRAFT).text
    assert "To look at" in page
    assert "Label and symbol of 88/KH-UBND differ" in page


def test_json_is_that_of_the_command(site):
    value = send(site, f"{PAGE}.json", van_ban=DRAFT).json()
    assert {"source", "findings", "references"} <= set(value)
    assert all(DRAFT[one["start"] : one["end"]] == one["text"] for one in value["findings"])
    body = ask(site, f"{PAGE}.json", "POST", content=DRAFT.encode(), headers={"content-type": "text/plain"}).json()
    assert [one["code"] for one in body["findings"]] == [one["code"] for one in value["findings"]]


def test_the_day_of_signing_counts(site):
    text = "Căn cứ Luật Đất đai ngày 26/11/2003;\n\nNội dung."
    found = {
        day: send(site, f"{PAGE}.json", van_ban=text, ngay=day).json()["findings"]
        for day in ("2010-05-05", "2020-05-05")
    }
    assert [one["code"] for one in found["2020-05-05"] if one["severity"] == "high"] == ["EXPIRED_BASIS"]
    assert not [one for one in found["2010-05-05"] if one["severity"] == "high"]


def test_a_clean_draft_says_so(site):
    assert "Không có gì cần xem lại" in send(site, van_ban="VĂN BẢN MẪU\nTỉ lệ 45/50, ngày 28/6.").text


BAD = [
    ({"van_ban": " \n"}, None, "Chưa có nội dung"),
    ({}, {"tep": ("x.docx", b"PK\x03\x04", "application/x")}, "Không phải tệp Word"),
    ({}, {"tep": ("x.exe", b"MZ\x00", "application/x")}, "Chưa đọc được định dạng .exe"),
    ({}, {"tep": ("x.txt", b"\x00\x01\xff\xfe\x80" * 40, "text/plain")}, None),
    ({}, {"tep": ("x.csv", b"code\n1/KH-UBND\n", "text/csv")}, "không phải dự thảo"),
    ({"van_ban": "chữ", "ngay": "mai"}, None, "Không phải một ngày: mai"),
    ({"van_ban": "chữ " * (MAX_CHARACTERS // 4 + 9)}, None, "300.000"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "files", "sentence"), BAD, ids=range(len(BAD)))
def test_bad_input_is_one_sentence(site, fields, files, sentence):
    answer = send(site, files=files, **fields)
    value = send(site, f"{PAGE}.json", files=files, **fields)
    assert (answer.status_code, value.status_code) == (400, 400)
    assert value.json()["error"] in html.unescape(answer.text)
    assert (sentence or "") in value.json()["error"]
    assert "Traceback" not in answer.text


def test_what_is_too_large_or_no_form_is_refused(site):
    assert "2 MB" in send(site, van_ban="a" * (MAX_BYTES + 1)).text
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "x"):
        answer = ask(site, PAGE, "POST", content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 400, kind
        assert "không phải biểu mẫu" in answer.text
    assert ask(site, PAGE, "POST").status_code == 400


def test_a_form_from_elsewhere_is_refused(site):
    token = re.search(r'name="csrftoken" value="([^"]+)"', ask(site, PAGE).text).group(1)
    cookies = {"cookie": f"ds_csrftoken={token}"}
    multipart = {"tep": ("a.txt", DRAFT.encode(), "text/plain")}
    assert send_with(site, cookies, {"csrftoken": token, "van_ban": DRAFT}).status_code == 200
    assert send_with(site, cookies, {"csrftoken": token}, multipart).status_code == 200
    if not datasette.__version__.startswith("0."):  # looks at where a request comes from, not at tokens
        cookies |= {"sec-fetch-site": "cross-site", "origin": "https://example.org"}
    for fields in ({"van_ban": DRAFT}, {"van_ban": DRAFT, "csrftoken": "x"}):
        answer = send_with(site, cookies, fields)
        assert answer.status_code == 403
        assert "Biểu mẫu đã hết hạn" in answer.text
        assert send_with(site, cookies, fields, multipart).status_code == 403


def send_with(site, headers, fields, files=None):
    return ask(site, PAGE, "POST", headers=headers, data=fields, files=files)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(site, method):
    answer = ask(site, PAGE, method)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("allow_at", ["instance", "database"])
def test_the_page_asks_for_permission(tmp_path, allow_at):
    app = denied(tmp_path, allow_at)
    for path in (PAGE, f"{PAGE}.json"):
        assert ask(app, path).status_code == 403
        answer = send(app, path, van_ban=DRAFT)
        assert answer.status_code == 403
        assert "28-CT/TW" not in answer.text
    close(app)


def test_nothing_is_kept(tmp_path):
    path = make_database(tmp_path / "x.db")
    before = path.read_bytes()
    app = create_app(path)
    assert send(app, van_ban=DRAFT).status_code == 200
    assert DRAFT[:40] not in ask(app, PAGE).text
    close(app)
    assert [one.name for one in tmp_path.iterdir()] == ["x.db"]
    assert path.read_bytes() == before


def test_forms_are_read_as_browsers_send_them():
    assert posted("application/x-www-form-urlencoded", urlencode({"van_ban": "à b&"}).encode()).fields == {
        "van_ban": "à b&"
    }
    head = b'--q\r\nContent-Disposition: form-data; name="tep"; filename="%s"\r\nContent-Type: text/plain\r\n\r\n%s\r\n--q--\r\n'
    content = b"a\r\nb\rc\n\x00\xff\r\n\r\n"
    assert posted("multipart/form-data; boundary=q", head % (b"x.txt", content)).files == {"tep": ("x.txt", content)}
    assert posted("multipart/form-data; boundary=q", head % (b"", b"")).files == {}
    with pytest.raises(Refused):
        posted("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(99)))
