"""What linking found, asked as the graph is that is read back from the database, in little memory.

A build holds millions of relations; networkx takes 700 bytes for each, numbers in rows take 20.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from kgdocs.models import Agency, Document, EdgeKey, Evidence, Linked
from kgdocs.models.json_graph_rows import EvidenceRow

LoadEvidence = Callable[[int], Sequence[EvidenceRow]]
"""Number of a relation → its evidence."""


class LinkedGraph:
    """Documents and relations; answers what chains and findings ask of a MultiDiGraph, with the same attributes.

    Evidence is loaded when it is looked at. Nothing is imported for it: networkx takes longer than to check a draft.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        agencies: Iterable[Agency],
        edges: Iterable[tuple[EdgeKey, int]],
        evidence_of: LoadEvidence,
    ) -> None:
        """Index the relations, each with its number, by both their ends, which are among `documents`."""
        self.nodes = Nodes(documents, agencies)
        self._evidence_of = evidence_of
        self._kinds: list[tuple[str, str]] = []
        self._sources, self._targets, self._types = array("I"), array("I"), array("I")
        self._numbers = array("I")
        known: dict[tuple[str, str], int] = {}
        for (source, target, kind, status), number in edges:
            self._sources.append(self.nodes.places[source])
            self._targets.append(self.nodes.places[target])
            self._types.append(known.setdefault((kind, status), len(known)))
            self._numbers.append(number)
        self._kinds = list(known)
        self._out = _Index(self._sources, len(documents))
        self._in = _Index(self._targets, len(documents))

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all documents."""
        return iter(self.nodes.places)

    def edges(self, *, data: bool = True) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield all relations as (source, target, attributes)."""
        return map(self._edge, range(len(self._sources)))

    def out_edges(self, one: str, *, data: bool = True) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield the relations in which a document acts."""
        return map(self._edge, self._out.of(self.nodes.places[one]))

    def in_edges(self, one: str, *, data: bool = True) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield the relations that act on a document."""
        return map(self._edge, self._in.of(self.nodes.places[one]))

    def _edge(self, at: int) -> tuple[str, str, dict[str, Any]]:
        """The relation at a place, as (source, target, attributes)."""
        kind, status = self._kinds[self._types[at]]
        number = self._numbers[at]
        evidence = StoredEvidence(number, self._evidence_of)
        attributes = {"type": kind, "status": status, "evidence": evidence, "relation_id": number}
        return self.nodes.id(self._sources[at]), self.nodes.id(self._targets[at]), attributes


def graph_of(linked: Linked, paths: Mapping[str, str]) -> LinkedGraph:
    """Return the graph of a few texts, whose evidence is at hand; `paths` gives the path of each source."""
    dates = {document.id: document.issued_on for document in linked.documents}
    edges: dict[EdgeKey, int] = {}
    for number, one in enumerate(linked.relations):
        edges.setdefault((one.from_id, one.to_id, one.type, one.status), number)

    def evidence_of(number: int) -> list[EvidenceRow]:
        return [_evidence_row(one, paths, dates) for one in linked.relations[number].evidence]

    return LinkedGraph(linked.documents, linked.agencies, edges.items(), evidence_of)


class Nodes(Mapping[str, "Node"]):
    """The documents by their ids."""

    def __init__(self, documents: Sequence[Document], agencies: Iterable[Agency]) -> None:
        """Agencies give their names to the documents that they issued."""
        self._documents = documents
        self.names = {agency.id: agency.name for agency in agencies}
        self.places = {document.id: at for at, document in enumerate(documents)}
        """Id of each document → its place among all."""

    def __getitem__(self, one: str) -> "Node":
        """Return the attributes of a document."""
        return Node(self._documents[self.places[one]], self.names)

    def __iter__(self) -> Iterator[str]:
        """Yield all ids."""
        return iter(self.places)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._documents)

    def __call__(self, *, data: bool = True) -> Iterator[tuple[str, "Node"]]:
        """Yield all documents as (id, attributes)."""
        return ((document.id, Node(document, self.names)) for document in self._documents)

    def id(self, at: int) -> str:
        """Return the id of the document at a place."""
        return self._documents[at].id


class Node:
    """A document asked by the names of its attributes; its issuer is the agency, where that is known."""

    __slots__ = ("_document", "_names")

    def __init__(self, document: Document, names: Mapping[str, str]) -> None:
        """Keep the document."""
        self._document, self._names = document, names

    def __getitem__(self, name: str) -> Any:
        """Return one attribute."""
        value = getattr(self._document, name)
        if name == "agency_id":
            return value if value in self._names else None
        return self._names.get(self._document.agency_id or "", value) if name == "issuer" else value


class _Index:
    """Places of edges by the place of one of their ends, in the order of the edges."""

    def __init__(self, ends: Sequence[int], documents: int) -> None:
        self._starts = array("I", bytes(4 * (documents + 1)))
        for end in ends:
            self._starts[end + 1] += 1
        for at in range(documents):
            self._starts[at + 1] += self._starts[at]
        self._edges = array("I", bytes(4 * len(ends)))
        filled = self._starts[:]
        for edge, end in enumerate(ends):
            self._edges[filled[end]] = edge
            filled[end] += 1

    def of(self, end: int) -> Sequence[int]:
        """The edges of one document."""
        return self._edges[self._starts[end] : self._starts[end + 1]]


class StoredEvidence(Sequence[EvidenceRow]):
    """The evidence of one relation, which stays where it is stored: few of a million relations are looked at."""

    __slots__ = ("_load", "_number")

    def __init__(self, number: int, load: LoadEvidence) -> None:
        """Keep the number of the relation."""
        self._number, self._load = number, load

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._load(self._number))

    @overload
    def __getitem__(self, at: int) -> EvidenceRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[EvidenceRow]: ...
    def __getitem__(self, at: int | slice) -> EvidenceRow | Sequence[EvidenceRow]:
        """One piece, or several."""
        return self._load(self._number)[at]

    def __iter__(self) -> Iterator[EvidenceRow]:
        """All pieces, in order."""
        return iter(self._load(self._number))


def _evidence_row(one: Evidence, paths: Mapping[str, str], dates: Mapping[str, str | None]) -> EvidenceRow:
    """Evidence as the graph keeps it; `paths` gives the path of each source, `dates` the day of each document."""
    return {
        "source": one.source_id,
        "path": paths.get(one.source_id, "").split("\n")[0],
        "asserted_by": one.asserted_by,
        "asserted_on": dates.get(one.asserted_by or ""),
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "page": one.page,
        "rule": one.rule,
        "precision": one.precision,
        "measured": one.measured,
    }
