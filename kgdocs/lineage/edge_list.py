"""Relations of a few documents, asked as a graph is: what the findings about one text need, without networkx.

Importing networkx takes longer than checking a draft.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kgdocs.models import Relation

_Edge = tuple[str, str, dict[str, Any]]


class EdgeList:
    """The relations of a few documents; answers `edges`, `out_edges` and `in_edges` as a MultiDiGraph does."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        """Index the relations by both their ends."""
        self._edges = [(one.from_id, one.to_id, _attributes(one)) for one in relations]
        self._out = _by(self._edges, 0)
        self._in = _by(self._edges, 1)

    def edges(self, *, data: bool = True) -> Iterator[_Edge]:
        """Yield all relations as (source, target, attributes)."""
        yield from self._edges

    def out_edges(self, one: str, *, data: bool = True) -> Iterator[_Edge]:
        """Yield the relations in which a document acts."""
        yield from self._out.get(one, ())

    def in_edges(self, one: str, *, data: bool = True) -> Iterator[_Edge]:
        """Yield the relations that act on a document."""
        yield from self._in.get(one, ())


def _by(edges: Iterable[_Edge], end: int) -> Mapping[str, list[_Edge]]:
    found: dict[str, list[_Edge]] = {}
    for edge in edges:
        found.setdefault(str(edge[end]), []).append(edge)
    return found


def _attributes(relation: Relation) -> dict[str, Any]:
    evidence = [
        {"source": one.source_id, "asserted_by": one.asserted_by, "start": one.start, "end": one.end, "text": one.text}
        for one in relation.evidence
    ]
    return {"type": relation.type, "status": relation.status, "evidence": evidence}
