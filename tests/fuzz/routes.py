"""Any path and query string → an answer of the site that is no server error and repeats nothing as markup.

An input is a path with its query as a browser would send it; or "POST", a path, a line with the type of what is sent, and what
is sent. The application is asked as a server asks it, without one.
"""

import asyncio
import os
import random
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser

from kgdocs.publish.app import create_app
from tests.fuzz.mutation import mutated_text
from tests.site_fixtures import ALL_PAGES, DIRECTIVE, PLAN, make_database

MARK = "kgdocs0"
"""What the inputs try to bring into pages as a tag, an attribute, a script or an address."""
_TABLES = ("documents", "mentions", "sources", "relations", "findings", "chain_steps", "search", "builds", "evidence")
_STOCK = (
    "/kgdocs", *(f"/kgdocs/{table}" for table in _TABLES), f"/kgdocs/documents/{quote(PLAN, safe='')}.json", "/-/versions.json",
    "/-/settings", "/-/static/app.css", "/static/kgdocs.js", "/-/logout", "/kgdocs.json?sql=select+1", "/-/plugins", "/-/databases",
    "/kgdocs/documents?_facet=type&_sort=code", "/kgdocs/documents.csv?_size=max", "/kgdocs/documents.json?_shape=objects",
    "/kgdocs/documents?code__contains=28&_next=2", "/kgdocs/search?_search=tre+em", f"/kiem-tra?q={quote('Chỉ thị 28-CT/TW')}",
    f"/goi-y.json?q={quote('chỉ thị')}", f"/dong-van-ban/{DIRECTIVE}?sau=3&loai=implements", "/api", "/api.json",
)  # fmt: skip
_PART = "--a\r\nContent-Disposition: form-data; name="
_DRAFT = "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị, Báo cáo số 88/KH-UBND ngày 20/6/2024."
_FORMS = (
    f"POST /kiem-tra.json\ntext/plain\n{_DRAFT}",
    f"POST /kiem-tra\ntext/plain; charset=utf-8\n{_DRAFT}",
    f"POST /kiem-tra?lang=en\napplication/x-www-form-urlencoded\nvan_ban={quote(_DRAFT)}&ngay=2024-05-01",
    f'POST /kiem-tra\nmultipart/form-data; boundary=a\n{_PART}"van_ban"\r\n\r\n{_DRAFT}\r\n{_PART}"ngay"\r\n\r\n2024-05-01\r\n--a--\r\n',
    f'POST /kiem-tra.json\nmultipart/form-data; boundary=a\n{_PART}"tep"; filename="du-thao.md"\r\nContent-Type: text/plain\r\n\r\n{_DRAFT}\r\n--a--\r\n',
    f'POST /kiem-tra.json\nmultipart/form-data; boundary=a\n{_PART}"tep"; filename="x.html"\r\n\r\n<p>{_DRAFT}</p>\r\n--a--\r\n',
    "POST /-/logout\napplication/x-www-form-urlencoded\nx=1",
    "POST /tra-cuu\ntext/plain\nx",
)
"""The form of the page that checks a draft, and others who post."""
_SENT_WORDS = (
    "multipart/form-data", "boundary=", "text/plain", "; charset=utf-16", "application/json", '"tep"', '"van_ban"', '"ngay"', "--a", "--a--", "\r\n\r\n",
    "\nPOST ", 'filename="', 'filename*=utf-8\'\'%ff', 'filename="../../x.docx"', ".csv", ".pdf", ".zip", "corrections.yml", "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n", "=?utf-8?B?", "&ngay=", "&van_ban=", "&", "%", "%ff", "Nghị định số 56/2017/NĐ-CP", "Luật Trẻ em", " ngày 30/02/2024",
    "Số: …/KH-UBND", "; ", "về việc", "KẾ HOẠCH\n",
)  # fmt: skip
_WORDS = (
    *_SENT_WORDS,
    f"<{MARK} a=1>", f'"><{MARK}>', f"'{MARK}=1 x='", f'" {MARK}=1 x="', f"<script>{MARK}()</script>", f"</script><script>{MARK}()</script>",
    f"javascript:{MARK}()", f"<img src=x onerror={MARK}()>", "?", "&", "=", "/", "//", "//kgdocs0.vn/", "/\\kgdocs0.vn/", "..", "../", "%2e%2e%2f", "%00", "%", "%ff", "~2F", "~", "+",
    "#", ";", ".json", ".csv", ".txt", ".blob", ".xml", "?lang=en", "&lang=zz", "&trang=2", "&trang=-1", "&trang=99999999999999999999", "&trang=a",
    "&ngay=2024-05-01", "&ngay=2024-13-45", "&ngay=0", "?q=", "&q=", "&tu=", "&den=", "&code=", "&loai=ke_hoach", "&noi=song-mau", "&nam=2024",
    "&_size=max", "&_size=-1", "&_sort=title", "&_sort=khong_co", "&_sort_desc=id", "&_facet=type", "&_facet_date=x", "&_facet_array=x", "&_where=1",
    "&_search=a", "&_searchmode=raw", '&_search="', "&_col=code", "&_nocol=id", "&_nl=on", "&_shape=array", "&_shape=zz", "&_next=a,b", "&_labels=on",
    "&_trace=1", "&_extra=columns", "&_extra=khong", "&_json=x", "&_through={}", "&_through=x", "&id__in=[1", "&year__gt=a", "&_timelimit=1", "&_ttl=a",
    "&code__glob=[", "&code__regexp=(", "&sql=select+1", "&p=", " OR 1=1", "'", '"', "\\", "\0", "\n", "\r\nSet-Cookie: x=1", "ế", "đ", "Đ", "\u202e",
    "\ud7ff", "𝕏", "{{7*7}}", "%s", "*", "NEAR(", "^", ")", "(" * 50, "a" * 300, "28-CT/TW", "211-KH/TU", PLAN, DIRECTIVE, "9" * 25, "-1", "None",
)  # fmt: skip
FORKS = False
"""What it makes first is of no use to a child."""
WORDS = tuple(word.encode() for word in _WORDS)
_LONGEST = 2_000
_NOT_SENT = re.compile(rb"[\x00-\x20\x7f-\xff#]")
"""What a client sends as %XX; the server refuses it otherwise."""


def samples() -> list[bytes]:
    """Return the addresses of all pages, some of Datasette's own, and forms."""
    return [address.encode() for address in (*ALL_PAGES, *_STOCK, *_FORMS)]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a changed address."""
    return mutated_text(content.decode("utf-8", "replace"), _WORDS, chance, _LONGEST).encode("utf-8", "replace")


class _Sent(NamedTuple):
    """What a form sends."""

    type: bytes
    body: bytes


class _Site:
    """The application of a small database, and the loop that it lives in."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.app = create_app(make_database(Path(self._folder.name) / "x.db")).app()

    async def answer(
        self, path: bytes, query: bytes, sent: _Sent | None = None
    ) -> tuple[int, dict[bytes, bytes], bytes]:
        """Return status, headers and body of one request; with `sent` it is a POST."""
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST" if sent else "GET", "scheme": "http", "root_path": "",
            "path": unquote(path.decode("ascii")), "raw_path": path, "query_string": query,
            "headers": [(b"host", b"localhost"), *([(b"content-type", sent.type)] if sent else ())],
            "client": ("127.0.0.1", 9), "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        answered: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": sent.body if sent else b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            answered.append(message)

        await self.app(scope, receive, send)
        start = answered[0]
        return start["status"], dict(start["headers"]), b"".join(one.get("body", b"") for one in answered[1:])


@cache
def _site(process: int) -> _Site:
    """The site of a process, whose threads do not outlive a fork."""
    return _Site()


def check(content: bytes) -> None:
    """Ask for an address; raises where the answer is a server error, has broken headers, or holds our mark as markup."""
    sent = None
    if content.startswith(b"POST "):
        content, kind, body = (*content[5:].split(b"\n", 2), b"", b"")[:3]
        sent = _Sent(re.sub(rb"[\r\0]", b"", kind), body)
    address = _NOT_SENT.sub(lambda byte: b"%%%02X" % byte.group()[0], content.replace(b"#", b""))
    path, _, query = (address if address.startswith(b"/") else b"/" + address).partition(b"?")
    site = _site(os.getpid())
    status, headers, body = site.loop.run_until_complete(site.answer(path, query, sent))
    assert 200 <= status < 500, status
    for name, value in headers.items():
        assert not re.search(rb"[\r\n\0]", name + value), (name, value)
    location = headers.get(b"location", b"/")
    assert location.startswith(b"/"), location
    assert not location.startswith((b"//", b"/\\")), location
    if headers.get(b"content-type", b"").startswith(b"text/html"):
        _shows_text(body.decode("utf-8"))


def _shows_text(page: str) -> None:
    """Raise where our mark came into a page as more than text."""
    if MARK not in page.lower():
        return
    for node in LexborHTMLParser(page).css("*"):
        name, attributes = node.tag or "", node.attributes
        assert MARK not in name, node.html
        assert not any(MARK in key for key in attributes), node.html
        assert not any(key.startswith("on") and MARK in (value or "") for key, value in attributes.items()), node.html
        addresses = [attributes.get(name) or "" for name in ("href", "src", "action", "formaction")]
        assert not any(value.strip().lower().startswith("javascript:") for value in addresses), node.html
        assert name != "script" or not node.text().strip().startswith(MARK), node.html
