"""What pages with long lists share: filters in the address, days as people write them, pages of a list, CSV."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kgdocs.models.days import LATEST_DAY, is_day
from kgdocs.pipeline.cells import plain_cell
from kgdocs.publish.site import Invalid, Query

CSV_LIMIT = 100_000
"""Lines of one CSV file, so that no request keeps a thread for ever."""
_ISO = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_WRITTEN = re.compile(r"(?:(?:(\d\d?)/)?(\d\d?)/)?(\d{4})")


def choice(query: Query, name: str, allowed: Iterable[str]) -> str:
    """Return an argument that must be one of `allowed`, "" where it is not given; raises Invalid."""
    value = query.one(name)
    if value and value not in allowed:
        raise Invalid(query.words.t("list.no_such", name=name, value=value))
    return value


def period(query: Query, name: str) -> str:
    """Return an argument as an ISO day, month or year, "" where it is not given.

    Forms: 2024, 2024-07, 2024-07-05, 7/2024, 05/7/2024. Raises Invalid for all else.
    """
    value = query.one(name)
    iso, written = _ISO.fullmatch(value), _WRITTEN.fullmatch(value)
    parts = iso.groups() if iso else written.groups()[::-1] if written else ()
    found = "-".join([str(part).zfill(2) for part in parts if part])
    whole = found + "-01-01"[len(found) - 4 :] if len(found) in (4, 7) else found
    if value and (not is_day(whole) or whole > LATEST_DAY):
        raise Invalid(query.words.t("list.no_day", value=value))
    return found


def pages_of(query: Query, total: int, size: int) -> tuple[int, int]:
    """Return the page asked for, or the last one, and the number of pages."""
    pages = max(1, -(-total // size))
    return min(query.whole("page", 1, 1, 1_000_000), pages), pages


def turn(query: Query, path: str, page: int, pages: int, kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses of the previous and the next page, where there are such."""
    turns = {"previous": page - 1, "next": page + 1}
    return {name: query.url(path, "", **kept, page=number) for name, number in turns.items() if 1 <= number <= pages}


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV; cells that a spreadsheet would calculate are made plain text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([plain_cell(row[name]) for name in fields])
    return out.getvalue()
