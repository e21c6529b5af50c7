"""Days of the calendar as documents have them: ISO, whole or in part."""

from datetime import date, timedelta


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
