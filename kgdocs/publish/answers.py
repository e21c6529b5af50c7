"""Answers: our pages as HTML or JSON, errors among them, each in the language asked for."""

import errno
import json
import logging
import sqlite3
from typing import Any

from datasette import Response
from datasette.views.base import DatasetteError

from kgdocs.errors import KgdocsError
from kgdocs.publish.accounts import has_accounts
from kgdocs.publish.records import latest_build
from kgdocs.publish.site import Query, Site, query_of
from kgdocs.publish.strings import LANGUAGES

_LOG = logging.getLogger("kgdocs")
_NO_FILE = (errno.ENAMETOOLONG, errno.ENOTDIR)
"""What the system says of a path below /static/ that can be none."""
_KNOWN = (400, 403, 404, 405, 500, 503)
_OF_ARGUMENTS = (DatasetteError, ValueError, LookupError)
"""What Datasette's table pages raise for arguments that they do not understand, with the status 500."""
LOGIN = "password_login.html"
"""The template of datasette-auth-passwords that ours stands for."""


def json_answer(value: Any, status: int = 200) -> Response:
    """Return `value` as JSON, its letters kept readable."""
    body = json.dumps(value, ensure_ascii=False, indent=1)
    return Response(body, status=status, content_type="application/json; charset=utf-8")


async def page_answer(site: Site, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """Return one of our templates, filled; `context` needs `query` and `build`."""
    values = frame_of(site, request, context)
    html = await site.datasette.render_template(template, values, request=request)
    return Response.html(html, status=status, headers={"Content-Language": values["w"].language})


def frame_of(site: Site, request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Return what every template of ours needs beside its own `context`, which holds `query` and `build`."""
    query: Query = context["query"]
    values = {**context, "w": query.words, "t": query.words.t, "url": query.url, "database": site.database}
    links = {"languages": _languages(request), "json_path": _json_path(request)}
    return {**values, **links, "account": request.actor, "may_log_in": has_accounts(site.datasette)}


def _languages(request: Any) -> dict[str, str]:
    """Return language → the same address in that language."""
    kept = [part for part in request.query_string.split("&") if part and not part.startswith("lang=")]
    own = {language: [f"lang={language}"] if language != LANGUAGES[0] else [] for language in LANGUAGES}
    return {language: f"{request.path}?{'&'.join([*kept, *own[language]])}".rstrip("?") for language in LANGUAGES}


def _json_path(request: Any) -> str:
    """Return the address of the same page as JSON."""
    return f"{request.path}.json" + (f"?{request.query_string}" if request.query_string else "")


async def error_answer(site: Site, request: Any, status: int, message: str = "") -> Response:
    """Return our page for an error, or JSON where `.json` was asked for.

    Someone who may not see the database learns nothing of it, not even from the footer.
    """
    status = status if status in _KNOWN else 400 if status < 500 else 500
    query = query_of(site, request)
    title, text = (query.words.t(f"error.{status}.{part}") for part in ("title", "text"))
    if request.path.endswith(".json"):
        return json_answer({"ok": False, "status": status, "title": title, "error": message or text}, status)
    build = (await footer_of(site, request)).get("build") if status != 500 else None
    context = {"query": query, "build": build, "status": status, "title": title, "text": text, "message": message}
    return await page_answer(site, request, "kgdocs_error.html", context, status)


async def exception_answer(site: Site, request: Any, exception: Exception) -> Response:
    """Return our page for an exception; what is not meant for readers goes to the log."""
    status = int(getattr(exception, "status", 500))
    if isinstance(exception, OSError) and exception.errno in _NO_FILE:
        return await error_answer(site, request, 404)
    if status >= 500 and _is_of_arguments(request, exception):
        return await error_answer(site, request, 400)
    if status >= 500:
        _LOG.error("%s could not be answered", request.path, exc_info=exception)
    return await error_answer(site, request, status, str(exception) if status == 400 else "")


def _is_of_arguments(request: Any, exception: Exception) -> bool:
    """True where a page of Datasette's own fails on its arguments, such as `_sort` by a column that is none: no fault of the server."""
    if "database" not in request.url_vars:
        return False
    has_zero_byte = "%00" in request.query_string and isinstance(exception, sqlite3.ProgrammingError)
    return has_zero_byte or (bool(request.query_string) and isinstance(exception, _OF_ARGUMENTS))


async def footer_of(site: Site, request: Any) -> dict[str, Any]:
    """Return what every page says at its foot, nothing for those who may not see the database."""
    if not await site.allows(request.actor):
        return {}
    try:
        build = await site.ask(latest_build)
    except (KgdocsError, sqlite3.Error):
        _LOG.exception("the last build could not be read")
        return {}
    return {"build": build, "w": query_of(site, request).words}
