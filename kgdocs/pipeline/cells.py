"""Cells of CSV that no spreadsheet calculates."""

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before what looks like one."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
