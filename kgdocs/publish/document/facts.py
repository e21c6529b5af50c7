"""The facts of a document: what is shown, all that was stated, and where."""

import sqlite3

from kgdocs.publish import records
from kgdocs.publish.records import Row

_ORDER = ("label", "code", "title", "issuer", "date", "effective_on", "expires_on")
_COLUMNS = {"date": "issued_on"}


def facts(connection: sqlite3.Connection, row: Row, values: int, places: int) -> list[Row]:
    """Return each fact: the value shown, and what was stated, the same value once.

    At most `values` of a fact are told ("total": how many there are), each with at most `places` places
    that state it ("count": in how many it is).
    """
    stated = records.fact_values(connection, row["id"])
    fields = [*_ORDER, *sorted({one["field"] for one in stated} - set(_ORDER))]
    found = []
    for field in fields:
        column = _COLUMNS.get(field, field)
        shown = row.get(column)
        groups = _groups([one for one in stated if one["field"] == field], shown)
        several = len(groups) > 1 and column in row  # what is no column may well be several, as other ids are
        told = [_value(connection, row["id"], group, places) for group in groups[:values]]
        if told and column not in row:
            shown = ", ".join(one["value"] for one in told)
        if told or shown:
            found.append({"field": field, "value": shown, "stated": told, "differ": several, "total": len(groups)})
    return found


def _groups(stated: list[Row], shown: str | None) -> list[list[Row]]:
    """The values of one fact, those that differ in case or spaces together; first the one shown, then the most stated."""
    values: dict[str, list[Row]] = {}
    for one in stated:
        values.setdefault(" ".join(one["value"].split()).casefold(), []).append(one)
    return sorted(values.values(), key=lambda group: (group[0]["value"] != shown, -sum(one["count"] for one in group)))


def _value(connection: sqlite3.Connection, document_id: str, group: list[Row], places: int) -> Row:
    """One value with the places that state it."""
    found: list[Row] = []
    for one in group:
        room = places - len(found)
        found += records.facts(connection, document_id, one["field"], one["value"], room) if room > 0 else []
    return {"value": group[0]["value"], "count": sum(one["count"] for one in group), "places": found}
