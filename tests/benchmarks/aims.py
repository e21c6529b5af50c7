"""What a figure should be at least or at most, told the same way everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """A measured figure beside the bound that it should keep: the most, or the least where `at_least`."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """True within the bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def line(self) -> str:
        """The figure, the bound, and on which side of it the figure is."""
        met = "met" if self.is_met else "below the aim" if self.at_least else "above the aim"
        return f"{self.what}: {_number(self.value)} (aim {'≥' if self.at_least else '≤'} {_number(self.bound)}: {met})"

    @property
    def figures(self) -> dict[str, Any]:
        """The same for JSON."""
        side = "at_least" if self.at_least else "at_most"
        return {"what": self.what, "value": round(self.value, 4), side: self.bound, "met": self.is_met}


def _number(value: float) -> str:
    """Three digits that say something: 1,234, 12.3, 1.23, 0.012."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def summary(aims: Sequence[Aim]) -> str:
    """Return one sentence for the end of a run."""
    return f"{sum(one.is_met for one in aims)} of {len(aims)} aims are met"
