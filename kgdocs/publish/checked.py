"""A draft sent to the page → its answer: the page with the verdicts, JSON, or the form again with what was wrong."""

from typing import Any

from datasette import Response

from kgdocs.errors import SourceError, UsageError
from kgdocs.publish import check
from kgdocs.publish.answers import error_answer, json_answer, page_answer
from kgdocs.publish.posted import SENT, Posted, Refused
from kgdocs.publish.records import latest_build
from kgdocs.publish.site import Query, Site, query_of

_UNSTORED = {"Cache-Control": "no-store"}


async def check_answer(site: Site, request: Any) -> Response:
    """Check what a form sent, on a thread of the database, and answer; nothing is stored and nothing cached."""
    query = query_of(site, request)
    sent: Posted = request.scope[SENT]
    try:
        database = site.datasette.get_database(site.database)
        found = await database.execute_fn(lambda connection: check.checked(connection, sent))
    except (Refused, SourceError, UsageError) as error:
        message = query.words.t(str(error)) if isinstance(error, Refused) else str(error)
        return await _again(site, request, query, sent, message)
    if request.url_vars.get("format") == ".json":
        return _unstored(json_answer(check.as_json(found)))
    build = await site.ask(latest_build)
    context = {"query": query, "build": build, "page": {}, **check.view(found, query)}
    return _unstored(await page_answer(site, request, "kgdocs_check.html", context))


async def _again(site: Site, request: Any, query: Query, sent: Posted, message: str) -> Response:
    """The form with what was sent and what was wrong with it, as 400."""
    if request.url_vars.get("format") == ".json":
        return _unstored(await error_answer(site, request, 400, message))
    build = await site.ask(latest_build)
    filled = check.form(sent.fields.get("van_ban", ""), sent.fields.get("ngay", ""), message)
    context = {"query": query, "build": build, "page": {}, **filled}
    return _unstored(await page_answer(site, request, "kgdocs_check.html", context, 400))


def _unstored(answer: Response) -> Response:
    answer.headers.update(_UNSTORED)
    return answer
