"""Security headers on every answer, refused methods, and HEAD answered like GET without a body."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import Request

from kgdocs.publish.answers import error_answer
from kgdocs.publish.routes import is_ours
from kgdocs.publish.site import Site

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

_COMMON = "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
OUR_POLICY = f"default-src 'none'; style-src 'self'; {_COMMON}"
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
        if scope["method"] in ("GET", "HEAD") or path.startswith(_STOCK):
            await app(scope, receive, shielded)
        else:
            await _refuse(site, scope, receive, shielded)

    return guarded


def _path(scope: Any, site: Site) -> str:
    """Return the path inside the site, its base address taken off."""
    base = site.datasette.setting("base_url").rstrip("/")
    return str(scope["path"]).removeprefix(base) or "/"


async def _refuse(site: Site, scope: Any, receive: Any, send: Send) -> None:
    """Answer 405 and say which methods there are; this may be the first request of all."""
    await site.datasette.invoke_startup()
    request = Request({**scope, "actor": None, "csrftoken": str}, receive)
    answer = await error_answer(site, request, 405)
    answer.headers["Allow"] = "GET, HEAD"
    await answer.asgi_send(send)


def _with_headers(send: Send, path: str, secure: bool) -> Send:
    """Return `send` with our headers on the start of every answer, in place of any of that name."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = ((name.lower(), value) for name, value in message.get("headers", []))
            kept = [(name, _closed(name, value, secure)) for name, value in given if name not in _REPLACED]
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


def _without_body(send: Send) -> Send:
    """Return `send` that drops the body, as HEAD asks."""

    async def sending(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sending
