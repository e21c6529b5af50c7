"""Values → rows of the tables, their columns in the order of the schema."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from kgdocs.grammar.folding import code_key
from kgdocs.grammar.recent import Recent
from kgdocs.models import Document, Evidence, Joined, Link, Part, Reference, Source
from kgdocs.store.audit import as_json
from kgdocs.store.schema import TABLES

Row = Sequence[Any]
_REMEMBERED = 20_000
"""Parts of citations that are remembered as JSON."""


def agencies(joined: Joined) -> Iterator[Row]:
    """Yield the rows of `agencies`."""
    for agency in joined.agencies:
        yield (
            agency.id,
            agency.name,
            agency.level,
            agency.ladder,
            agency.place,
            _day(agency.valid_from),
            _day(agency.valid_to),
        )


def _day(value: object) -> str | None:
    return str(value) if value else None


def document_row(document: Document, cited: int) -> Row:
    """Return a row of `documents`; `cited` is how many mentions lead to it."""
    return (*_DOCUMENT_VALUES(document), number_key(document), cited)


_DOCUMENT_VALUES = attrgetter(
    *(name for name in TABLES["documents"].columns if name not in ("number_key", "cited_count"))
)


def number_key(document: Document) -> str | None:
    """The code without marks and separators, leading zeros dropped, for quick look-up."""
    return code_key(document.code) if document.code else None


_FACT_VALUES = attrgetter("field", "value", "source_id", "start", "end", "text", "origin", "count")


def facts(joined: Joined) -> Iterator[Row]:
    """Yield the rows of `document_facts`."""
    return ((one.id, *_FACT_VALUES(fact)) for one in joined.documents for fact in one.facts)


def source_row(source: Source, own: str | None) -> Row:
    """Return a row of `sources`; `own` is the id of the document that it holds."""
    return (
        source.id,
        source.path,
        source.format,
        source.state,
        source.reason,
        own,
        source.text,
        source.pages,
        source.encoding,
        source.warning,
        int(source.imported),
    )


def mention_row(
    number: int, own: str | None, source: str, reference: Reference, link: Link, parts: "PartsAsJson"
) -> Row:
    """Return a row of `mentions`; `own` is the id of the citing document."""
    return (
        number, source, own, reference.start, reference.end, reference.text, reference.kind, reference.type,
        str(reference.code) if reference.code else None, reference.date, reference.issuer, reference.title, reference.provision,
        reference.page, reference.rule, as_json(reference.repairs) if reference.repairs else "[]",
        link.target_id, link.resolution, link.score, link.reason, parts.of(link),
    )  # fmt: skip


class PartsAsJson:
    """The parts of citations as JSON; links that share their parts, as those of the same words do, share the text."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: Recent[tuple[tuple[Part, ...], str]] = Recent(_REMEMBERED)
        """By the address of parts: these, so that nothing else comes to be there, and their text."""

    def of(self, link: Link) -> str:
        """Return {"date": {"state": "differs", "stated": …, "known": […]}, …}."""
        return self._known.of(id(link.parts), lambda: (link.parts, as_json(_by_name(link.parts))))[1]


def _by_name(parts: Sequence[Part]) -> dict[str, dict[str, Any]]:
    return {one.name: {"state": one.state, "stated": one.stated, "known": one.known} for one in parts}


def relations(joined: Joined) -> Iterator[Row]:
    """Yield the rows of `relations`."""
    for number, (edge, count) in enumerate(zip(joined.edges, joined.evidence_counts, strict=True), 1):
        yield (number, *edge, count)


def place_in_text(found: tuple[int, Evidence]) -> tuple[int, int, str]:
    """Return where in a text a piece of evidence stands: in this order those of one relation are read."""
    return found[1].start, found[1].end, found[1].rule


def evidence_row(found: tuple[int, Evidence]) -> Row:
    """Return a row of `evidence`."""
    number, e = found
    return (number, e.source_id, e.asserted_by, e.start, e.end, e.text, e.page, e.rule, e.precision, e.measured)


def agency_relations(joined: Joined) -> Iterator[Row]:
    """Yield the rows of `agency_relations`."""
    for (key, number), (name, agency, count) in zip(joined.agency_edges.items(), joined.agencies_stated, strict=True):
        yield (number, key[0], name, agency, key[1], count)


def agency_evidence_row(found: tuple[int, Evidence]) -> Row:
    """Return a row of `agency_evidence`."""
    number, e = found
    return (number, e.source_id, e.asserted_by, e.start, e.end, e.text, e.rule)


def deadlines(joined: Joined) -> Iterator[Row]:
    """Yield the rows of `deadlines`."""
    for stated in joined.deadlines:
        one = stated.deadline
        given = (one.task, ",".join(one.audience) or None, one.due, int(one.recurring))
        yield (stated.document_id, *given, stated.source_id, one.start, one.end, one.text, one.rule)


def searched(joined: Joined, body_of: Callable[[str], str]) -> Iterator[Row]:
    """Yield the rows of `search`: the documents with their texts, in the order of `documents`, whose rows they are found by."""
    holding: dict[str, list[str]] = {}
    for source, document_id in joined.own.items():
        holding.setdefault(document_id, []).append(source)
    for document in joined.documents:
        body = "\n\n".join(map(body_of, sorted(holding.get(document.id, ()))))
        yield (document.id, document.label, document.code, document.title, document.issuer, body)
