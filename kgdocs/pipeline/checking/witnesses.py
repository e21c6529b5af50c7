"""Links verified part by part → verdicts with who says so: "confirmed" and "differs" always name their source."""

from collections.abc import Iterator, Mapping

from kgdocs.lineage.linked import LinkedGraph
from kgdocs.models import Document, Fact, Linked, Part, Reading
from kgdocs.models.lineage import CHANGING_RELATIONS
from kgdocs.pipeline.checking.verdicts import PARTS, Change, CheckedReference, PartVerdict, Witness

_FIELDS = {"number": "code", "symbol": "code"}


def checked_references(
    reading: Reading, linked: Linked, documents: Mapping[str, Document], edges: LinkedGraph, paths: Mapping[str, str]
) -> tuple[CheckedReference, ...]:
    """Return the references of a text in order, each with its document and the verdicts on its parts."""
    found = []
    references = reading.extraction.references if reading.extraction else ()
    for reference, link in zip(references, linked.links[reading.source.id], strict=True):
        target = documents.get(link.target_id or "")
        parts: dict[str, PartVerdict] = {
            part.name: _verdict(part, target, reading.source.id, paths) for part in link.parts
        }
        verdicts = {name: parts.get(name, PartVerdict(state="unknown")) for name in PARTS}
        changes = tuple(_changes(target, documents, edges)) if target and not reference.is_self else ()
        found.append(CheckedReference(reference=reference, link=link, target=target, parts=verdicts, changes=changes))
    return tuple(found)


def _verdict(part: Part, target: Document | None, own: str, paths: Mapping[str, str]) -> PartVerdict:
    field = _FIELDS.get(part.name, part.name)
    known = [(value, fact) for value in part.known if target and (fact := target.witness(field, value, own))]
    witnesses = tuple(_witness(value, fact, target, paths, own) for value, fact in known)
    outside = any(not one.is_own for one in witnesses)
    state = part.state if outside or (witnesses and part.state == "differs") else "unknown"  # nobody confirms himself
    return PartVerdict(state=state, stated=part.stated, known=witnesses)


def _witness(value: str, fact: Fact, target: Document | None, paths: Mapping[str, str], own: str) -> Witness:
    path = None if fact.source_id == own else paths.get(fact.source_id or "")
    by_itself = target.id if target and fact.origin in ("header", "text", "computed") else None
    return Witness(value=value, origin=fact.origin, path=path, document_id=by_itself, is_own=fact.source_id == own)


def _changes(target: Document, documents: Mapping[str, Document], edges: LinkedGraph) -> Iterator[Change]:
    """What other documents do to one, in the order of their dates."""
    found = {
        (documents[source].issued_on or "", source, data["type"])
        for source, _, data in edges.in_edges(target.id)
        if data["type"] in CHANGING_RELATIONS and data["status"] == "asserted" and source in documents
    }
    yield from (Change(type=kind, document=documents[source]) for _, source, kind in sorted(found))
