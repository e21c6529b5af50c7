"""How long documents take to be carried out, as measured in the graph itself (reference §6.3)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from statistics import median, quantiles

from kgdocs.grammar.chains import ChainsFile
from kgdocs.lineage.graph import AnyGraph
from kgdocs.models.days import days_between, first_day


def delays(graph: AnyGraph) -> Iterator[tuple[str, str, int]]:
    """Yield (acting document, document carried out, days) for every asserted `implements` between whole dates."""
    for source, target, data in graph.edges(data=True):
        if data["type"] == "implements" and data["status"] == "asserted":
            days = days_between(graph.nodes[target]["issued_on"], graph.nodes[source]["issued_on"])
            if days is not None and days >= 0:
                yield source, target, days


def delay_days(graph: AnyGraph) -> list[int]:
    """Return the days of all pairs of `delays`."""
    return [days for _, _, days in delays(graph)]


class Practice:
    """The observed delays of all documents, in days."""

    def __init__(self, days: Iterable[int], limits: ChainsFile) -> None:
        """Keep the days of all pairs; fewer than `observed_pairs` are too few to wait by."""
        self.days = sorted(days)
        self._limits = limits
        self._middle = round(median(self.days)) if self.is_measured else limits.usual_days
        self._long = quantiles(self.days, n=10)[-1] if self.is_measured else None

    @property
    def is_measured(self) -> bool:
        """True where there are enough pairs."""
        return len(self.days) >= self._limits.observed_pairs

    @property
    def middle(self) -> int:
        """The median of what was observed, else the usual number of days."""
        return self._middle

    def is_long(self, days: int) -> bool:
        """True for a delay beyond nine tenths of those observed, where enough were."""
        return self._long is not None and days > self._long

    def expected_by(self, begun: str | None) -> str | None:
        """The day until which one has to wait by observed practice; None where the directive has no date."""
        if not begun:
            return None
        return (date.fromisoformat(first_day(begun)) + timedelta(days=self.middle)).isoformat()
