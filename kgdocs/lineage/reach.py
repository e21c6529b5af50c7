"""Which provinces a document reaches: those whose documents act on it, or on a document that does."""

from collections.abc import Callable, Iterator

from kgdocs.lineage.filling import acting
from kgdocs.lineage.graph import AnyGraph


class Reach:
    """The provinces that each document of one graph reaches, worked out for all when first asked."""

    def __init__(self, graph: AnyGraph, province_of: Callable[[str], str]) -> None:
        """Keep the graph; `province_of` gives the province of a document."""
        self._graph = graph
        self._province_of = province_of
        self._provinces: list[str] = []
        self._reached: dict[str, int] | None = None
        """Id of a document that others act on → the provinces that it reaches, a bit for each."""

    def of(self, one: str) -> Iterator[str]:
        """Yield the provinces that a document reaches."""
        if self._reached is None:
            self._reached = self._all()
        bits = self._reached.get(one, 0)
        return (province for at, province in enumerate(self._provinces) if bits >> at & 1)

    def _all(self) -> dict[str, int]:
        """What all documents reach: later ones first, as they act on earlier ones; again while anything is new."""
        acting_on = {one: found for one in self._graph if (found := acting(self._graph, one))}
        numbers: dict[str, int] = {}
        own = {
            one: 1 << numbers.setdefault(self._province_of(one), len(numbers))
            for found in acting_on.values()
            for one in sorted(found)
        }
        self._provinces = list(numbers)
        order = sorted(acting_on, key=lambda one: self._graph.nodes[one]["issued_on"] or "", reverse=True)
        reached = dict.fromkeys(order, 0)
        while True:
            before = dict(reached)
            for one in order:
                for source in acting_on[one]:
                    reached[one] |= own[source] | reached.get(source, 0)
            if reached == before:
                return reached
