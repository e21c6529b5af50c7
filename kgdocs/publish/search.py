"""The search page, its JSON and its CSV."""

import csv
import io
import sqlite3
from dataclasses import asdict
from typing import Any

from kgdocs.pipeline import questions
from kgdocs.pipeline.cells import plain_cell
from kgdocs.publish import records
from kgdocs.publish.site import Query

FACETS = ("type", "agency", "place", "year", "status")
PAGE_SIZE = 20
_CSV_LIMIT = 100_000
_OFFERED, _TYPED = 40, 200
_CSV_FIELDS = ("document_id", "code", "type", "title", "issuer", "issued_on", "status")


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
    view = {"groups": _groups(query, value), "turn": _turn(query, value), "csv": _csv_path(query), "chosen": chosen}
    return value, {**view, "first": (page - 1) * PAGE_SIZE + 1, "offered": offered(connection)}


def offered(connection: sqlite3.Connection) -> list[questions.Suggestion]:
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
    pages = max(1, -(-result.total // PAGE_SIZE))
    if asked <= pages:
        return asked, pages, result
    return pages, pages, _search(connection, query, PAGE_SIZE, (pages - 1) * PAGE_SIZE)


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


def _turn(query: Query, value: dict[str, Any]) -> dict[str, str]:
    """Return the addresses of the previous and next page, where there are such."""
    turns = {"previous": value["page"] - 1, "next": value["page"] + 1}
    return {
        name: query.url("/tra-cuu", "", q=value["q"], **value["filters"], page=number)
        for name, number in turns.items()
        if 1 <= number <= value["pages"]
    }


def _csv_path(query: Query) -> str:
    """Return the address of all hits as CSV."""
    return query.url("/tra-cuu.csv", "", q=query.one("q"), **_filters(query))


def table(connection: sqlite3.Connection, query: Query) -> str:
    """Return all hits as CSV; cells that a spreadsheet would calculate are made plain text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["rank", *_CSV_FIELDS])
    for rank, hit in enumerate(_search(connection, query, _CSV_LIMIT, 0).hits, start=1):
        values = asdict(hit)
        writer.writerow([rank, *(plain_cell(values[name]) for name in _CSV_FIELDS)])
    return out.getvalue()
