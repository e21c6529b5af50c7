"""The page that tells other programs what each of our pages answers as JSON or CSV, and to which arguments."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from kgdocs.publish.site import Query

PATH = "/api"


@dataclass(frozen=True, slots=True)
class Entry:
    """One address as it is shown: its arguments, the forms that it answers in, the top-level names of its JSON."""

    path: str
    forms: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


_LIST = ("total", "page", "pages")
ENTRIES = (
    Entry("/", (".json",), (), ("build", "directives", "open", "findings", "newest", "not_read")),
    Entry("/tra-cuu", (".json", ".csv"), ("q", "type", "agency", "place", "year", "status", "page"),
          ("q", "filters", *_LIST, "tried", "hits", "facets", "similar")),
    Entry("/goi-y", (".json",), ("q",), ("q", "suggestions")),
    Entry("/van-ban/ID", (".json", ".txt"), ("phan", "luot", "vi-tri", "het", "nguon"),
          ("document", "facts", "sources", "mentions", "candidates", "relations_out", "relations_in", "chain", "findings",
           "cited_as", "cited_by", "unsure", "deadlines", "agencies", "neighbours", "counts", "part", "parts")),
    Entry("/dong-van-ban/ID", (".json",), ("relation", "direction", "depth", "place", "level", "ngay", "trang"),
          ("root", "nodes", "edges", "truncated", "cycles", "longest", "as_of", "place", "level", "between")),
    Entry("/duong-noi", (".json",), ("tu", "den", "ngay"), ("root", "target", "as_of", "nodes", "edges", "connected", "lineage_only", "limited", "ends")),
    Entry("/tuan-thu", (".json", ".csv"), ("place", "level", "state", "chain", "from", "to", "sort", "page"),
          ("filters", "sort", *_LIST, "totals", "directives")),
    Entry("/tuan-thu/ID", (".json", ".csv"), ("ngay", "place"),
          ("as_of", "document", "chain", "totals", "places", "whole", "steps", "evidence", "delays", "findings", "counts",
           "cited_as")),
    Entry("/phat-hien", (".json", ".csv"), ("severity", "code", "agency", "place", "document", "page"),
          ("filters", *_LIST, "facets", "findings")),
    Entry("/thong-ke", (".json",), (), ("months", "agencies", "delays", "directives", "findings", "undated")),
    Entry("/kiem-tra", (".json",), ("van_ban", "tep", "ngay"), ("source", "as_of", "database", "references", "findings")),
)  # fmt: skip


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all entries, with what each argument is in the language of the page."""
    words = query.words
    entries = [
        {
            "path": one.path,
            "what": words.t(f"api.what.{one.path.strip('/').replace('/', '.') or 'home'}"),
            "forms": [_form(one.path, ending) for ending in one.forms],
            "arguments": [{"name": name, "what": words.t(f"api.argument.{name}")} for name in one.arguments],
            "fields": list(one.fields),
        }
        for one in ENTRIES
    ]
    return {"entries": entries}, {}


def _form(path: str, ending: str) -> str:
    return f"/{ending}" if path == "/" else f"{path}{ending}"
