"""Addresses of our pages: each asks permission, answers HTML or JSON, and moves old ids on."""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from datasette import Response

from kgdocs.publish import api, check, findings, home, lineage, path, search, statistics
from kgdocs.publish.answers import error_answer, json_answer, page_answer
from kgdocs.publish.checked import check_answer
from kgdocs.publish.compliance import dossier, matrix
from kgdocs.publish.document import downloads, page
from kgdocs.publish.records import latest_build
from kgdocs.publish.site import Elsewhere, Invalid, Missing, Moved, Query, Site, Slow, query_of

REACHED = "kgdocs.reached"
"""In the scope of what a form sends: the pages that saw it, none where it was refused on the way."""
View = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of page: its address, its template ("" where it is only JSON), what its JSON is, and what its template needs."""

    path: str
    template: str
    question: Callable[[sqlite3.Connection, Query], tuple[dict[str, Any], dict[str, Any]]]
    pattern: str
    table: Callable[[sqlite3.Connection, Query], str] | None = None
    """What its CSV is, where it has one."""


PAGES = (
    Page("/", "kgdocs_home.html", home.answer, r"/(?P<format>\.json)?$"),
    Page("/tra-cuu", "kgdocs_search.html", search.answer, r"/tra-cuu(?P<format>\.json|\.csv)?$", search.table),
    Page("/van-ban/", "kgdocs_document.html", page.answer, r"/van-ban/(?P<id>.+?)(?P<format>\.json|\.txt)?$"),
    Page("/dong-van-ban/", "kgdocs_lineage.html", lineage.answer, r"/dong-van-ban/(?P<id>.+?)(?P<format>\.json)?$"),
    Page("/duong-noi", "kgdocs_path.html", path.answer, r"/duong-noi(?P<format>\.json)?$"),
    Page("/tuan-thu", "kgdocs_matrix.html", matrix.answer, r"/tuan-thu(?P<format>\.json|\.csv)?$", matrix.table),
    Page(
        "/tuan-thu/", "kgdocs_dossier.html", dossier.answer, r"/tuan-thu/(?P<id>.+?)(?P<format>\.json|\.csv)?$",
        dossier.table,
    ),
    Page("/phat-hien", "kgdocs_findings.html", findings.answer, r"/phat-hien(?P<format>\.json|\.csv)?$", findings.table),
    Page("/thong-ke", "kgdocs_statistics.html", statistics.answer, r"/thong-ke(?P<format>\.json)?$"),
    Page("/goi-y", "", search.suggestions, r"/goi-y(?P<format>\.json)$"),
    Page(api.PATH, "kgdocs_api.html", api.answer, r"/api(?P<format>\.json)?$"),
    Page(check.PATH, "kgdocs_check.html", check.answer, r"/kiem-tra(?P<format>\.json)?$"),
)  # fmt: skip


def is_ours(path: str) -> bool:
    """Tell whether one of our pages answers at `path`."""
    return any(re.match(page.pattern, path) for page in PAGES)


def takes_posts(path: str) -> bool:
    """Tell whether the page at `path` takes what a form sends."""
    return path in (check.PATH, f"{check.PATH}.json")


def routes_of(site: Site) -> list[tuple[str, View]]:
    """Return pattern and view of every page."""
    return [(page.pattern, _view(site, page)) for page in PAGES]


def _view(site: Site, page: Page) -> View:
    """Return the view of `page`: permission first, then its answer."""

    async def view(request: Any) -> Response:
        request.scope.get(REACHED, []).append(page.path)
        if not await site.allows(request.actor):
            return await error_answer(site, request, 403)
        if request.method == "POST":
            return await check_answer(site, request)
        document_id = unquote(request.url_vars.get("id") or "").strip("/")
        query = query_of(site, request, document_id)
        try:
            return await _answer(site, request, page, query)
        except Missing:
            return await error_answer(site, request, 404)
        except Invalid as invalid:
            return await error_answer(site, request, 400, str(invalid))
        except Slow:
            return await error_answer(site, request, 503)
        except Elsewhere as address:
            return Response.redirect(str(address), status=302)
        except Moved as moved:
            return _redirect(request, query, page, str(moved))

    return view


async def _answer(site: Site, request: Any, page: Page, query: Query) -> Response:
    """Ask the database and answer in the form asked for."""
    form = request.url_vars.get("format")
    table = page.table
    if form == ".csv" and table:
        return _csv(await site.ask(lambda connection: table(connection, query)), page.path.strip("/"))
    if form == ".txt":
        return downloads.text_answer(*await site.ask(lambda connection: downloads.source_text(connection, query)))
    value, view = await site.ask(lambda connection: page.question(connection, query))
    if form == ".json":
        return json_answer(value)
    build = await site.ask(latest_build)
    return await page_answer(site, request, page.template, {"query": query, "build": build, "page": value, **view})


def _csv(text: str, name: str) -> Response:
    """Return a CSV file, marked as UTF-8 so that Excel shows Vietnamese letters."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + text, headers=headers, content_type="text/csv; charset=utf-8")


def _redirect(request: Any, query: Query, page: Page, document_id: str) -> Response:
    """Return 301 to the same page of the document under its present id."""
    target = query.url(f"{page.path}{document_id}{request.url_vars.get('format') or ''}")
    arguments = request.query_string
    return Response.redirect(target.partition("?")[0] + (f"?{arguments}" if arguments else ""), status=301)
