"""Counts of what was found by type, agency, place, year and status, over all of it and never only a part.

What was found is copied once into a narrow temporary table; without words and filters the
indexes of `documents` are counted instead.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

FACETS = {
    "type": "d.type",
    "agency": "coalesce(d.agency_id, d.issuer)",
    "place": "d.place",
    "year": "d.year",
    "status": "d.status",
}
"""Facet → the SQL of its value."""
FACET_VALUES = 12

_COPY = """
    CREATE TEMP TABLE chosen AS SELECT d.rowid AS row, {step} AS step, {score} AS score, d.cited_count, d.issued_on, d.id,
        {facets} FROM {source} WHERE 1{where}
"""
_IN_CHOSEN = "SELECT {name}, count(*) FROM chosen WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
_IN_ALL = "SELECT {name}, count(*) FROM documents WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
_ALL_AGENCIES = """
    SELECT agency_id, count(*) FROM documents WHERE agency_id IS NOT NULL GROUP BY 1
    UNION ALL SELECT issuer, count(*) FROM documents WHERE agency_id IS NULL AND issuer IS NOT NULL GROUP BY 1
    ORDER BY 2 DESC, 1 LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how it is asked for, what it is called (None: as the value), how many hits."""

    value: str
    name: str | None
    count: int


def choose(connection: sqlite3.Connection, filters: Mapping[str, str], *, found: bool) -> None:
    """Make the temporary table `chosen` of the documents that fit `filters`, of those in `found` where words were given."""
    where = "".join(f" AND {FACETS[name]} = ?" for name in filters)
    values = [int(value) if name == "year" and value.isdigit() else value for name, value in filters.items()]
    step, score, source = (
        ("f.step", "f.score", "found f JOIN documents d ON d.rowid = f.row") if found else ("9", "0", "documents d")
    )
    facets = ", ".join(f"{column} AS {name}" for name, column in FACETS.items())
    connection.execute(_COPY.format(step=step, score=score, facets=facets, source=source, where=where), values)


def facets(connection: sqlite3.Connection, *, chosen: bool) -> dict[str, tuple[FacetValue, ...]]:
    """Return facet → its commonest values, over `chosen`, else over all documents."""
    return {name: _facet(connection, name, chosen) for name in FACETS}


def _facet(connection: sqlite3.Connection, name: str, chosen: bool) -> tuple[FacetValue, ...]:
    whole = _ALL_AGENCIES if name == "agency" else _IN_ALL.format(name=name)
    sql = _IN_CHOSEN.format(name=name) if chosen else whole
    rows = connection.execute(sql, (FACET_VALUES,)).fetchall()
    called = dict.fromkeys((value for value, _ in rows), None) if name != "agency" else _names(connection, rows)
    return tuple(FacetValue(str(value), called[value], count) for value, count in rows)


def _names(connection: sqlite3.Connection, rows: list[tuple[str, int]]) -> dict[str, str]:
    """Agency id, or issuer as printed → what it is called."""
    known = "SELECT name FROM agencies WHERE id = ?"
    found = {value: connection.execute(known, (value,)).fetchone() for value, _ in rows}
    return {value: row[0] if row and row[0] else value for value, row in found.items()}
