"""Security headers on every answer, refused methods, and HEAD answered like GET without a body."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from datasette import Request

from kgdocs.publish.answers import error_answer
from kgdocs.publish.posted import SENT, Posted, Refused, posted, read_body, replayed
from kgdocs.publish.routes import REACHED, is_ours, takes_posts
from kgdocs.publish.site import Site, query_of

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

_COMMON = "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
OUR_POLICY = f"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; {_COMMON}"
STOCK_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
    f"connect-src 'self'; {_COMMON}"
)
"""Datasette's own pages carry inline scripts and styles; ours carry none."""
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
}
_REPLACED = {*_HEADERS, b"content-security-policy"}
_STOCK = "/-/"
"""Where Datasette itself needs POST, to log out for one."""


def guard(app: App, site: Site) -> App:
    """Return `app` with headers on every answer, 405 for other methods, and HEAD without body."""

    async def guarded(scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = _path(scope, site)
        shielded = _with_headers(
            _without_body(send) if scope["method"] == "HEAD" else send, path, scope.get("scheme") == "https"
        )
        if _has_unknown_facet(scope["query_string"]):
            await _error(site, scope, receive, shielded, 400)
        elif path == f"/{site.database}.csv" and b"sql=" not in scope["query_string"]:
            await _error(
                site, scope, receive, shielded, 404
            )  # a database is no table: Datasette has no columns to give
        elif scope["method"] in ("GET", "HEAD") or path.startswith(_STOCK):
            await app(scope, receive, shielded)
        elif scope["method"] == "POST" and takes_posts(path):
            await _post(app, site, scope, receive, shielded)
        else:
            await _refuse(site, scope, receive, shielded)

    return guarded


def _path(scope: Any, site: Site) -> str:
    """Return the path inside the site, its base address taken off."""
    base = site.datasette.setting("base_url").rstrip("/")
    return str(scope["path"]).removeprefix(base) or "/"


def _has_unknown_facet(query: bytes) -> bool:
    """True for "_facetx": Datasette takes it for a facet, has no kind for it, and leaves its queries undone."""
    names = (name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    return any(name.startswith("_facet") and name != "_facet" and name[6] != "_" for name in names)


async def _refuse(site: Site, scope: Any, receive: Any, send: Send) -> None:
    """Answer 405 and say which methods there are."""
    await _error(
        site, scope, receive, send, 405, Allow="GET, HEAD" + (", POST" if takes_posts(_path(scope, site)) else "")
    )


async def _post(app: App, site: Site, scope: Any, receive: Any, send: Send) -> None:
    """Let a form through that is one and within its limit; a refusal on the way to our page is told in our words.

    The token of the form travels on as a header: what stands before the routes of Datasette 0.65 (asgi-csrf) compares it
    with the cookie, and cannot read forms with files itself where python-multipart is newer than it knows.
    """
    headers = {name.lower(): value for name, value in scope["headers"]}
    body = await read_body(receive)
    try:
        if body is None:
            raise Refused("check.too_large")
        sent = posted(headers.get(b"content-type", b"").decode("latin-1"), body)
    except Refused as error:
        await _error(site, scope, receive, send, 400, str(error))
        return
    refused = False
    reached: list[str] = []

    async def sending(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and message["status"] == 403:
            refused = not reached
        if not refused:
            await send(message)

    await app({**_tokened(scope, sent), SENT: sent, REACHED: reached}, replayed(b"", receive), sending)
    if refused:
        await _error(site, scope, receive, send, 403, "check.token")


def _tokened(scope: Any, sent: Posted) -> dict[str, Any]:
    """The request with its token as a header, and of a type that nobody else reads."""
    token = sent.fields.get("csrftoken", "").encode("latin-1", "replace")
    added = {b"x-csrftoken": token, b"content-type": b"application/x-kgdocs-form", b"content-length": b"0"}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in added]
    return {**scope, "headers": [*kept, *added.items()]}


async def _error(
    site: Site, scope: Any, receive: Any, send: Send, status: int, message: str = "", **headers: str
) -> None:
    """Answer an error in our words, before Datasette sees the request; this may be the first request of all.

    `message` is a key of strings.yml.
    """
    await site.datasette.invoke_startup()
    request = Request({**scope, "actor": None, "csrftoken": str}, receive)
    words = query_of(site, request).words
    answer = await error_answer(site, request, status, words.t(message) if message else "")
    answer.headers.update(headers)
    await answer.asgi_send(send)


def _with_headers(send: Send, path: str, secure: bool) -> Send:
    """Return `send` with our headers on the start of every answer, in place of any of that name."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = ((name.lower(), value) for name, value in message.get("headers", []))
            kept = [(name, _here(name, _closed(name, value, secure))) for name, value in given if name not in _REPLACED]
            ours = is_ours(path) or message["status"] >= 400  # every error is a page of ours
            policy = (OUR_POLICY if ours else STOCK_POLICY).encode()
            message = {**message, "headers": [*kept, *_HEADERS.items(), (b"content-security-policy", policy)]}
        await send(message)

    return sending


def _closed(name: bytes, value: bytes, secure: bool) -> bytes:
    """Return the value of a header; a cookie is for the server only, on `secure` connections only where they are."""
    if name != b"set-cookie":
        return value
    wanted = [b"HttpOnly", b"SameSite=Lax", *([b"Secure"] if secure else [])]
    has = value.lower()
    return b"; ".join([value, *(flag for flag in wanted if flag.lower().split(b"=")[0] not in has)])


def _here(name: bytes, value: bytes) -> bytes:
    """Return the value of a header; "/\\host" leads a browser to another host, as "//host" does, and nothing leads back to here."""
    return re.sub(rb"^[/\\]{2,}|^(?=\?|$)", b"/", value) if name == b"location" else value


def _without_body(send: Send) -> Send:
    """Return `send` that drops the body, as HEAD asks."""

    async def sending(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sending
