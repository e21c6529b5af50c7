"""What linking found → the graph, as it will be read back from the database."""

from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.lineage.graph import DOCUMENT_ATTRIBUTES, Graph, build_graph
from kgdocs.models import Evidence, Linked


def graph_of(linked: Linked, paths: Mapping[str, str]) -> Graph:
    """Return the graph of all documents and relations; `paths` gives the path of each source."""
    dates = {document.id: document.issued_on for document in linked.documents}
    return build_graph(_documents(linked), _relations(linked, paths, dates))


def _documents(linked: Linked) -> Iterator[dict[str, Any]]:
    names = {agency.id: agency.name for agency in linked.agencies}
    for document in linked.documents:
        row = {name: getattr(document, name) for name in DOCUMENT_ATTRIBUTES}
        known = document.agency_id if document.agency_id in names else None
        yield {**row, "id": document.id, "agency_id": known, "issuer": names.get(known or "", document.issuer)}


def _relations(linked: Linked, paths: Mapping[str, str], dates: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(linked.relations, 1):
        yield {
            "id": number,
            "from_id": one.from_id,
            "to_id": one.to_id,
            "type": one.type,
            "status": one.status,
            "evidence": [_evidence(evidence, paths, dates) for evidence in one.evidence],
        }


def _evidence(one: Evidence, paths: Mapping[str, str], dates: Mapping[str, str | None]) -> dict[str, Any]:
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
