"""Dates as written in running text, read to ISO with whatever precision they have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.vocabulary import scanned_digits
from kgdocs.grammar.wording import DateRule, DatesFile


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at [start, end) of a text; `iso` is "2024-07-05", "2024-07" or "2024"."""

    start: int
    end: int
    iso: str
    rule: str


@dataclass(frozen=True, slots=True)
class NoDay:
    """What is written as a date at [start, end) of a text and is no day of the calendar: "30/02/2024"."""

    start: int
    end: int
    year: str


class DateGrammar:
    """The date rules, compiled once, tried in their order."""

    def __init__(self, patterns: DatesFile) -> None:
        """Compile the rules of patterns/dates.yml."""
        self.lead = re.compile(rf"{any_of(patterns.leads)}\s{{1,3}}(?=ngày|[0-9]{{1,2}}\s?[/.-])", re.IGNORECASE)
        """Words between a document and its date."""
        self._months: Mapping[str, int] = patterns.months
        self._rules = [(rule.id, re.compile(rule.pattern, re.IGNORECASE)) for rule in patterns.dates]
        self._by_start = {
            start: [
                compiled for rule, compiled in zip(patterns.dates, self._rules, strict=True) if start in _starts(rule)
            ]
            for start in {start for rule in patterns.dates for start in _starts(rule)}
        }

    def match(self, text: str, start: int) -> FoundDate | None:
        """Return the date that begins exactly at `start`, or None."""
        first = text[start : start + 1].lower()
        for rule, pattern in self._by_start.get("0" if first.isdigit() else first, ()):
            if (match := pattern.match(text, start)) and (iso := self._iso(match)):
                return FoundDate(match.start(), match.end(), iso, rule)
        return None

    def no_day(self, text: str, start: int) -> NoDay | None:
        """Return what is written as a date exactly at `start` and is none, or None."""
        for _, pattern in self._rules:
            if found := self._no_day(pattern.match(text, start)):
                return found
        return None

    def no_days(self, text: str) -> Iterator[NoDay]:
        """Yield all that is written as a date in a text and is none, rule by rule."""
        for _, pattern in self._rules:
            yield from filter(None, map(self._no_day, pattern.finditer(text)))

    def _no_day(self, match: re.Match[str] | None) -> NoDay | None:
        """What was matched, where day, month and year are numbers that no calendar joins."""
        if match is None or self._iso(match) is not None:
            return None
        parts = _groups(match)
        month, year = parts.get("m") or "", parts["y"]
        if not parts.get("d") or not month.isdigit() or len(year) != 4:
            return None
        return NoDay(match.start(), match.end(), year)

    def search(self, text: str) -> FoundDate | None:
        """Return the leftmost date in a short text, or None; the first rule wins a tie."""
        best: FoundDate | None = None
        for rule, pattern in self._rules:
            match = pattern.search(text)
            if match and (iso := self._iso(match)) and (best is None or match.start() < best.start):
                best = FoundDate(match.start(), match.end(), iso, rule)
        return best

    def _iso(self, match: re.Match[str]) -> str | None:
        """ISO form of a match, None when it is no day of the calendar."""
        groups = _groups(match)
        year = int(groups["y"])
        if len(groups["y"]) == 2:  # the State's documents begin in 1945
            year += 1900 if year >= 45 else 2000
        month = self._month(groups.get("m"))
        day = int(groups["d"]) if groups.get("d") else None
        if month is None:
            return None if groups.get("m") else f"{year:04d}"
        if day is None:
            return f"{year:04d}-{month:02d}"
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None

    def _month(self, text: str | None) -> int | None:
        """Number of a month given in digits or words, None when there is none."""
        if text is None:
            return None
        month = int(text) if text.isdigit() else self._months.get(text.lower(), 0)
        return month if 1 <= month <= 12 else None


def _groups(match: re.Match[str]) -> dict[str, Any]:
    """The groups of a match, digits put together ("0 6") and undone where scanning made letters of them ("2OO9")."""
    plain = {name: text and re.sub(r"(?<=0)\s", "", text) for name, text in match.groupdict().items()}
    return {name: scanned_digits(text) if text else text for name, text in plain.items()}


def _starts(rule: DateRule) -> frozenset[str]:
    """First characters of the dates that a rule reads, "0" for any digit; its examples show them all."""
    firsts = {example[0].lower() for example in rule.examples}
    return frozenset("0" if first.isdigit() else first for first in firsts)
