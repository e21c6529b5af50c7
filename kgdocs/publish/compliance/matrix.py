"""The compliance page: directives by place against the steps that should follow them, counted in the database."""

import sqlite3

from kgdocs.grammar.names import CENTRAL
from kgdocs.models import STEP_STATES
from kgdocs.publish.compliance import steps
from kgdocs.publish.compliance.chains import LEVELS, chain_name, chain_rules, step_order
from kgdocs.publish.compliance.steps import SORTS
from kgdocs.publish.lists import CSV_LIMIT, choice, pages_of, period, turn
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

PATH = "/tuan-thu"
PAGE_SIZE = 10
PLACES_SHOWN = 6
"""Places of one directive on the page; all are in its dossier and in the JSON."""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[Row, Row]:
    """Return the matrix as JSON, and its tables, filters and links.

    Raises Invalid where a filter is no such state, level, kind, order or day.
    """
    filters, sort = _filters(query), choice(query, "sort", SORTS) or SORTS[0]
    total = steps.count_directives(connection, filters)
    page, pages = pages_of(query, total, PAGE_SIZE)
    directives = steps.find_directives(connection, filters, sort, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    most = None if query.form == ".json" else PLACES_SHOWN
    found = [
        _with_places(one, cells, filters, most) for one, cells in steps.count_cells(connection, directives, filters)
    ]
    value: Row = {
        "filters": filters,
        "sort": sort,
        "total": total,
        "page": page,
        "pages": pages,
        "totals": steps.count_states(connection, filters),
        "directives": found,
    }
    kept = {**filters, "sort": sort if sort != SORTS[0] else ""}
    view = {
        "tables": _tables(found),
        "state_links": [
            (state, query.url(PATH, "", **{**kept, "state": _other(filters["state"], state)})) for state in STEP_STATES
        ],
        "turn": turn(query, PATH, page, pages, kept),
        "csv": query.url(f"{PATH}.csv", "", **kept),
        "form": {
            "places": steps.places(connection),
            "levels": LEVELS,
            "states": STEP_STATES,
            "sorts": SORTS,
            "chains": list(chain_rules()),
        },
        "chain_name": chain_name,
        "step_names": _Names(query, "step"),
        "state_names": _Names(query, "step_state"),
        "centre": CENTRAL,
        "csv_limit": CSV_LIMIT,
        "narrowed": any(filters.values()),
        "asked": {name: query.one(name) for name in ("from", "to")},
    }
    return value, view


def table(connection: sqlite3.Connection, query: Query) -> str:
    """Return the steps that the filters leave as CSV, one line each; raises as `answer` does."""
    filters = _filters(query)
    return steps.lines(connection, query, *steps.conditions(filters))


class _Names(dict[str, str]):
    """Words for the values of one group, looked up once each: there are hundreds of cells."""

    def __init__(self, query: Query, group: str) -> None:
        """Keep where words come from."""
        self._query, self._group = query, group

    def __missing__(self, value: str) -> str:
        """Look a word up."""
        self[value] = self._query.words.term(self._group, value)
        return self[value]


def _filters(query: Query) -> dict[str, str]:
    """Return the filters of the address, "" where one is not set."""
    return {
        "chain": choice(query, "chain", chain_rules()),
        "place": query.one("place"),
        "level": choice(query, "level", LEVELS),
        "state": choice(query, "state", STEP_STATES),
        "from": period(query, "from"),
        "to": period(query, "to"),
    }


def _other(chosen: str, state: str) -> str:
    """Return the state that a total leads to: its own, or none where it is chosen already."""
    return "" if state == chosen else state


def _with_places(directive: Row, cells: list[Row], filters: dict[str, str], most: int | None) -> Row:
    """Return a directive with its places, those with most missing first, and the steps of each in order.

    With `most` only so many places beside the centre, and "more", how many others there are.
    """
    by_place: dict[str, list[Row]] = {}
    for cell in cells:
        by_place.setdefault(cell["place"], []).append(cell)
    asked = filters["state"]
    kept = {name: own for name, own in by_place.items() if not asked or any(one["state"] == asked for one in own)}
    if CENTRAL in by_place and kept:
        kept[CENTRAL] = by_place[CENTRAL]
    chain = cells[0]["chain"] if cells else ""
    order = step_order(chain)
    names = sorted(kept, key=lambda name: _rank(name, kept[name]))
    shown = names if most is None else names[: most + (CENTRAL in kept)]
    places = [{"place": name, "steps": _steps_of(kept[name], order)} for name in shown]
    more = {} if most is None else {"more": len(names) - len(shown)}
    return {**directive, "chain": chain, "places": places, **more}


def _rank(place: str, cells: list[Row]) -> tuple[bool, int, int, str]:
    """The centre first, then where most is missing, late or planned, then by name."""
    counts = {state: sum(one["count"] for one in cells if one["state"] == state) for state in STEP_STATES}
    return place != CENTRAL, -counts["missing"], -counts["late"] - counts["planned"], place


def _steps_of(cells: list[Row], order: dict[str, int]) -> list[Row]:
    """Return the steps of one place with how many units are in each state."""
    steps: dict[str, Row] = {}
    for cell in sorted(cells, key=lambda one: order.get(one["step"], len(order))):
        step = steps.setdefault(cell["step"], {"step": cell["step"], "states": {}, "days": None, "document_id": None})
        step["states"][cell["state"]] = cell["count"]
        if cell["days"] is not None:
            step["days"] = cell["days"] if step["days"] is None else min(step["days"], cell["days"])
        step["document_id"] = step["document_id"] or cell["document_id"]
    for step in steps.values():
        step["states"] = {state: step["states"][state] for state in STEP_STATES if state in step["states"]}
    return list(steps.values())


def _tables(directives: list[Row]) -> list[Row]:
    """Return one table for each kind of chain: its columns, and directives with places and cells by step.

    A kind or step that patterns/ no longer has comes last; nothing that the build computed is left out.
    """
    kinds: dict[str, list[Row]] = {chain: [] for chain in chain_rules()}
    for one in directives:
        kinds.setdefault(one["chain"], []).append(one)
    return [
        {"chain": chain, **_columns(chain, own), "directives": [_table_rows(one) for one in own]}
        for chain, own in kinds.items()
        if own
    ]


def _columns(chain: str, directives: list[Row]) -> dict[str, list[str]]:
    """Return the steps that some of the directives have: those taken once at the centre, and those of places."""
    used: dict[str, bool] = {}
    for place in (place for one in directives for place in one["places"]):
        for step in place["steps"]:
            used[step["step"]] = place["place"] == CENTRAL
    order = step_order(chain)
    names = sorted(used, key=lambda name: (order.get(name, len(order)), name))
    return {
        "centre": [name for name in names if used[name]],
        "local": [name for name in names if not used[name]],
    }


def _table_rows(directive: Row) -> Row:
    """Return a directive with cells by step: those of the centre once, the others by place."""
    rows: list[Row] = [
        {"place": one["place"], "cells": {step["step"]: step for step in one["steps"]}} for one in directive["places"]
    ]
    centre: Row = next((one["cells"] for one in rows if one["place"] == CENTRAL), {})
    local = [one for one in rows if one["place"] != CENTRAL]
    return {**directive, "centre": centre, "rows": local or [{"place": CENTRAL, "cells": {}}]}
