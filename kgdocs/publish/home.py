"""The home page: what was read, which directives are carried out and how far, findings by kind, what is new."""

import sqlite3
from typing import Any

from kgdocs.publish import findings, records
from kgdocs.publish.compliance import steps
from kgdocs.publish.search import offered
from kgdocs.publish.site import Query

_SHOWN, _OPEN = 20, 10


def answer(connection: sqlite3.Connection, query: Query) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the home page as JSON, and whether there is any chain."""
    value = {
        "build": records.latest_build(connection),
        "directives": records.directives(connection, _SHOWN),
        "open": steps.open_directives(connection, _OPEN),
        "findings": findings.by_kind(connection),
        "newest": records.newest(connection, _SHOWN),
        "not_read": records.troubled_sources(connection),
    }
    return value, {"has_chains": bool(steps.places(connection)), "offered": offered(connection)}
