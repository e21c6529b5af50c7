"""How long documents took to come after a directive: counts by days, their median, and the picture of both."""

from collections.abc import Mapping
from typing import Any

from kgdocs.pipeline.charts import Bar, histogram
from kgdocs.publish.strings import Words

_WIDTH, _BINS = 30, 12
"""Days of one column, and columns before the last, which holds all that took longer."""


def median_of(counts: Mapping[int, int]) -> float | None:
    """Return the median of days that are given as days → how often; None where there are none."""
    total = sum(counts.values())
    if not total:
        return None
    middle, seen, low = ((total - 1) // 2, total // 2), 0, None
    for days in sorted(counts):
        seen += counts[days]
        if low is None and seen > middle[0]:
            low = days
        if low is not None and seen > middle[1]:
            return (low + days) / 2
    return None


def delay_summary(counts: Mapping[int, int]) -> dict[str, Any]:
    """Return count, shortest, median and longest of days given as days → how often, and the columns of the picture."""
    known = {days: count for days, count in counts.items() if count}
    return {
        "count": sum(known.values()),
        "shortest": min(known, default=None),
        "median": median_of(known),
        "longest": max(known, default=None),
        "bins": [{"from": low, "to": high, "count": count} for low, high, count in _bins(known)],
    }


def _bins(counts: Mapping[int, int]) -> list[tuple[int, int | None, int]]:
    """Return (first day, last day, how many) of each column; the last is open."""
    tallies = [0] * (_BINS + 1)
    for days, count in counts.items():
        tallies[min(max(days, 0) // _WIDTH, _BINS)] += count
    bounds = [(at * _WIDTH, (at + 1) * _WIDTH - 1 if at < _BINS else None) for at in range(_BINS + 1)]
    return [(low, high, count) for (low, high), count in zip(bounds, tallies, strict=True)]


def bin_name(words: Words, low: int, high: int | None) -> str:
    """Return how one column is called."""
    return words.t("delays.from", days=low) if high is None else f"{low}–{high}"


def days_text(words: Words, days: float) -> str:
    """Return a number of days, half a day as the language writes it: "206,5"."""
    half = "" if days == int(days) else ",5" if words.language == "vi" else ".5"
    return words.number(int(days)) + half


def delay_chart(words: Words, counts: Mapping[int, int]) -> str:
    """Return the picture of delays as SVG, the median marked."""
    summary = delay_summary(counts)
    bars = [Bar(bin_name(words, one["from"], one["to"]), one["count"]) for one in summary["bins"]]
    middle = summary["median"]
    at = None if middle is None else min(middle / _WIDTH, _BINS + 0.5)
    mark = "" if middle is None else words.t("delays.median", days=days_text(words, middle))
    ticks = {3 * step: str(3 * step * _WIDTH) for step in range(_BINS // 3 + 1)}
    title = words.t("delays.chart", count=words.number(summary["count"]))
    return histogram(bars, title=title, ticks=ticks, mark=at, mark_name=mark, axis=words.t("delays.axis"))
