"""Days of the calendar as documents have them: ISO, whole or in part."""

from datetime import date, timedelta

LATEST_DAY = "2199-12-31"
"""Later days are slips of the pen."""


def latest_day(partial: str) -> str:
    """Return the latest day that an ISO date may mean: "2024-07" → "2024-07-31", "2021" → "2021-12-31".

    Raises ValueError where `partial` is no date.
    """
    if len(partial) == 4:
        return date(int(partial), 12, 31).isoformat()
    if len(partial) == 7:
        first = date.fromisoformat(f"{partial}-01")
        following = (first + timedelta(days=31)).replace(day=1)
        return (following - timedelta(days=1)).isoformat()
    return date.fromisoformat(partial).isoformat()


def is_day(text: str) -> bool:
    """True for a whole day of the calendar in the form "2024-07-05"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_there(issued_on: str | None, day: str) -> bool:
    """True where a document with this date (ISO, whole or in part) is surely issued by the end of `day`.

    What has no date is not. Raises ValueError where `issued_on` is no date.
    """
    return bool(issued_on) and latest_day(str(issued_on)) <= day


def first_day(partial: str) -> str:
    """Return the first day that an ISO date may mean: "2024-07" → "2024-07-01"."""
    return partial + {4: "-01-01", 7: "-01"}.get(len(partial), "")


def days_between(start: str | None, end: str | None) -> int | None:
    """Return the days from one whole day to another, None where one is not whole."""
    if not start or not end or len(start) != 10 or len(end) != 10:
        return None
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def plain_day(iso: str) -> str:
    """A date as offices write it: "25/12/2023", "01/7/2024", "7/2024"; only days below 10 and months 1 and 2 get a zero.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I.4.
    """
    year, *rest = iso.split("-")
    month = [rest[0] if int(rest[0]) < 3 else rest[0].lstrip("0")] if rest else []
    return "/".join([*rest[1:], *month, year])


def long_day(iso: str) -> str:
    """A whole day in words: "ngày 25 tháng 12 năm 2023", "ngày 01 tháng 7 năm 2024"; zeros as in `plain_day`."""
    day, month, year = plain_day(iso).split("/")
    return f"ngày {day} tháng {month} năm {year}"
