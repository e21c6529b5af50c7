"""The page of counts: documents by month and agency, delays, findings by kind; each picture with its table."""

import sqlite3
from collections.abc import Sequence

from markupsafe import Markup

from kgdocs.pipeline.charts import Bar, bar_chart, column_chart
from kgdocs.publish import findings, records
from kgdocs.publish.compliance.delays import bin_name, days_text, delay_chart, delay_summary
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

_MONTHS, _AGENCIES, _SLOWEST = 24, 20, 20
_BY_MONTH = """SELECT substr(issued_on, 1, 7) AS month, COUNT(*) AS count, SUM(status = 'read') AS read FROM documents
    WHERE status IN ('read', 'listed', 'cited') AND length(issued_on) >= 7 GROUP BY 1 ORDER BY 1"""
_BY_AGENCY = f"""SELECT n.agency_id AS agency, a.name, n.count FROM (
        SELECT agency_id, COUNT(*) AS count FROM documents WHERE agency_id IS NOT NULL GROUP BY 1
        ORDER BY 2 DESC, 1 LIMIT {_AGENCIES}
    ) n JOIN agencies a ON a.id = n.agency_id ORDER BY n.count DESC, n.agency_id"""
_FILLED = """SELECT DISTINCT c.directive_id, c.document_id, c.days FROM chain_steps c
    WHERE c.state IN ('done', 'late') AND c.days IS NOT NULL"""
_SLOW = f"""SELECT directive_id AS id, COUNT(*) AS count, MIN(days) AS shortest, MAX(days) AS longest
    FROM ({_FILLED}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_SLOWEST}"""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[Row, Row]:
    """Return all counts as JSON, and their pictures and tables."""
    months = records.rows(connection, _BY_MONTH)
    agencies = records.rows(connection, _BY_AGENCY)
    days = {one["days"]: one["count"] for one in records.rows(
        connection, f"SELECT days, COUNT(*) AS count FROM ({_FILLED}) GROUP BY 1"
    )}  # fmt: skip
    kinds = findings.by_kind(connection)
    value: Row = {
        "months": months,
        "agencies": agencies,
        "delays": delay_summary(days),
        "directives": _directives(connection),
        "findings": kinds,
        "undated": _undated(connection),
    }
    words = query.words
    shown = _last_months(months)
    view = {
        "years": _years(months),
        "shown": shown,
        "names": records.named(connection, [one["id"] for one in value["directives"]]),
        "bin_name": bin_name,
        "days_text": days_text,
        "charts": {
            "months": Markup(_month_chart(query, shown)) if shown else "",
            "agencies": Markup(_bars([(one["name"], one["count"], "") for one in agencies], words.t("statistics.agencies"))),
            "delays": Markup(delay_chart(words, days)) if days else "",
            "findings": Markup(_bars(
                [(words.term("finding", one["code"]), one["count"], f"bar-{one['severity']}") for one in kinds],
                words.t("statistics.findings"),
            )),
        },
    }  # fmt: skip
    return value, view


def _undated(connection: sqlite3.Connection) -> int:
    """Return how many documents have no month of issue, and so are in no column."""
    sql = """SELECT COUNT(*) AS n FROM documents
        WHERE status IN ('read', 'listed', 'cited') AND (issued_on IS NULL OR length(issued_on) < 7)"""
    return int((records.first(connection, sql) or {"n": 0})["n"])


def _directives(connection: sqlite3.Connection) -> list[Row]:
    """Return the directives with most dated documents behind them, each with the days of those, the median too."""
    found = records.rows(connection, _SLOW)
    for one in found:
        days = records.rows(
            connection, f"SELECT days, COUNT(*) AS count FROM ({_FILLED} AND c.directive_id = ?) GROUP BY 1", one["id"]
        )
        one["median"] = delay_summary({row["days"]: row["count"] for row in days})["median"]
    return found


def _last_months(months: Sequence[Row]) -> list[Row]:
    """Return the last months up to the newest document, those without any among them."""
    if not months:
        return []
    known = {one["month"]: one for one in months}
    year, month = map(int, max(known).split("-"))
    last = year * 12 + month - 1
    names = [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(last - _MONTHS + 1, last + 1)]
    return [known.get(name, {"month": name, "count": 0, "read": 0}) for name in names]


def _years(months: Sequence[Row]) -> list[Row]:
    """Return the same counts by year, the newest first."""
    years: dict[str, Row] = {}
    for one in months:
        year = years.setdefault(one["month"][:4], {"year": one["month"][:4], "count": 0, "read": 0})
        year["count"] += one["count"]
        year["read"] += one["read"]
    return sorted(years.values(), key=lambda one: one["year"], reverse=True)


def _month_chart(query: Query, months: Sequence[Row]) -> str:
    """Return the columns of the last months, every sixth named as 05/2024, which is short in both languages."""
    bars = [Bar(one["month"], one["count"]) for one in months]
    ticks = {at: "/".join(one["month"].split("-")[::-1]) for at, one in enumerate(months) if at % 6 == 2}
    return column_chart(bars, title=query.words.t("statistics.months"), ticks=ticks)


def _bars(rows: Sequence[tuple[str, int, str]], title: str) -> str:
    """Return bars for (name, count, class), nothing where there are none."""
    return bar_chart([Bar(*row) for row in rows], title=title) if rows else ""
