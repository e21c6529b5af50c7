"""The search page, its JSON and its CSV."""

import sqlite3
from dataclasses import asdict
from typing import Any

from kgdocs.pipeline import questions
from kgdocs.publish import lists, records
from kgdocs.publish.site import Query

FACETS = ("type", "agency", "place", "year", "status")
PAGE_SIZE = 20
_OFFERED, _TYPED = 40, 200
_CSV_FIELDS = ("rank", "document_id", "code", "type", "title", "issuer", "issued_on", "status")


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the search result as JSON, and the links of its facets and pages."""
    page, pages, result = _page(connection, query)
    agencies = records.agency_names(connection)
    value: dict[str, Any] = {
        "q": query.one("q"),
        "filters": _filters(query),
        "total": result.total,
        "page": page,
        "pages": pages,
        "tried": list(result.tried),
        "hits": [asdict(hit) for hit in result.hits],
        "facets": {name: _values(result, name, agencies) for name in FACETS},
        "similar": [] if result.total else questions.similar_codes(connection, query.one("q")),
    }
    chosen = [_chosen(query, name, agencies.get(one, one)) for name, one in value["filters"].items()]
    view = {
        "groups": _groups(query, value),
        "turn": _turn(query, page, pages),
        "csv": _csv_path(query),
        "chosen": chosen,
    }
    return value, {**view, "first": (page - 1) * PAGE_SIZE + 1, "offered": offered(connection)}


def offered(connection: sqlite3.Connection) -> list[questions.Completion]:
    """Return the documents that a search box offers before anything is typed: the most cited."""
    return questions.suggest(connection, "", limit=_OFFERED)


def suggestions(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what may be meant by a beginning, for `/goi-y.json`."""
    found = questions.suggest(connection, query.one("q")[:_TYPED])
    return {"q": query.one("q"), "suggestions": [asdict(one) for one in found]}, {}


def _page(connection: sqlite3.Connection, query: Query) -> tuple[int, int, questions.Results]:
    """Return the page asked for, or the last one, with the number of pages."""
    asked = query.whole("page", 1, 1, 100_000)
    result = _search(connection, query, PAGE_SIZE, (asked - 1) * PAGE_SIZE)
    page, pages = lists.pages_of(query, result.total, PAGE_SIZE)
    if page != asked:
        result = _search(connection, query, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return page, pages, result


def _search(connection: sqlite3.Connection, query: Query, limit: int, offset: int) -> questions.Results:
    """Ask for one stretch of hits."""
    return questions.search(connection, query.one("q"), filters=_filters(query), limit=limit, offset=offset)


def _filters(query: Query) -> dict[str, str]:
    """Return the facets that the address narrows by."""
    return {name: query.one(name) for name in FACETS if query.one(name)}


def _values(result: questions.Results, facet: str, agencies: dict[str, str]) -> list[dict[str, Any]]:
    """Return the values of one facet with name and count; only agencies have a name of their own here."""
    found = [(str(one.value), one.name, one.count) for one in result.facets.get(facet, ()) if one.value]
    return [
        {"value": value, "name": name or agencies.get(value, value), "count": count} for value, name, count in found
    ]


def _chosen(query: Query, facet: str, name: str) -> dict[str, str]:
    """Return a filter that is set, with the address that lifts it."""
    rest = {other: value for other, value in _filters(query).items() if other != facet}
    href = query.url("/tra-cuu", "", q=query.one("q"), **rest)
    return {"facet": facet, "label": _label(query, facet, name), "href": href}


def _label(query: Query, facet: str, name: str) -> str:
    """Return how one value of a facet is shown."""
    if facet == "place":
        return query.words.place(name)
    return query.words.term(facet, name) if facet in ("type", "status") else name


def _groups(query: Query, value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each facet with its links: to narrow by a value, or to lift that again."""
    groups = [{"name": name, "links": [_link(query, name, one) for one in value["facets"][name]]} for name in FACETS]
    return [group for group in groups if group["links"]]


def _link(query: Query, facet: str, one: dict[str, Any]) -> dict[str, Any]:
    """Return the link of one facet value."""
    filters = _filters(query)
    active = filters.pop(facet, None) == one["value"]
    chosen = filters if active else {**filters, facet: one["value"]}
    href = query.url("/tra-cuu", "", q=query.one("q"), **chosen)
    return {"href": href, "label": _label(query, facet, one["name"]), "count": one["count"], "active": active}


def _turn(query: Query, page: int, pages: int) -> dict[str, str]:
    """Return the addresses of the previous and next page, where there are such."""
    return lists.turn(query, "/tra-cuu", page, pages, {"q": query.one("q"), **_filters(query)})


def _csv_path(query: Query) -> str:
    """Return the address of all hits as CSV."""
    return query.url("/tra-cuu.csv", "", q=query.one("q"), **_filters(query))


def table(connection: sqlite3.Connection, query: Query) -> str:
    """Return all hits as CSV."""
    hits = _search(connection, query, lists.CSV_LIMIT, 0).hits
    return lists.csv_text(_CSV_FIELDS, ({"rank": rank, **asdict(hit)} for rank, hit in enumerate(hits, start=1)))
