"""How a text is read, told line by line: references, repairs, rules, rejections, links."""

from collections.abc import Iterator
from pathlib import Path

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules, load_rules
from kgdocs.link import link
from kgdocs.models import Document, Link, Reading, Reference, RegisterRow, Source
from kgdocs.read import read_layout, source_of
from kgdocs.store.database import open_readonly
from kgdocs.store.rows import register_rows

_STATED = ("date", "issuer", "title", "provision", "year")
"""What a reference may state beside its number."""


def explain(content: bytes, db: Path | None = None) -> list[str]:
    """Return lines that say how a text is read and what each reference is linked to.

    `db` adds the documents of a database to those that patterns/ knows. Raises SourceError
    when `content` is no text, DatabaseError when `db` is not one of ours.
    """
    rules = load_rules()
    source = source_of("-", content.strip(), "text", rules)
    layout = read_layout(source.text, rules)
    extraction, rejected, _ = Extractor(rules).explain(source.text, layout)
    readings = [Reading(source=source, layout=layout, extraction=extraction), *_known(db)]
    linked = link(readings, rules)
    documents = {document.id: document for document in linked.documents}
    lines: list[str] = []
    for reference, found in zip(extraction.references, linked.links[source.id], strict=True):
        lines += _reference_lines(reference, found, documents, rules)
    for assertion in extraction.relations:
        if assertion.type != "cites":
            lines.append(
                f"relation: {assertion.type} ({assertion.status}, rule {assertion.rule}): {' '.join(assertion.text.split())}"
            )
    lines += [f"rejected: {r.text!r} [{r.start}:{r.end}] by rule {r.rule}" for r in rejected]
    return [*_encoding_lines(source), *(lines or ["nothing here is read as a reference"])]


def _encoding_lines(source: Source) -> Iterator[str]:
    """The encoding that the text was converted from, where it was."""
    if source.encoding not in ("utf-8", "utf-16"):
        yield f"encoding: {source.encoding}, converted to Unicode"


def _known(db: Path | None) -> list[Reading]:
    """The documents of a database as rows of a register."""
    if db is None:
        return []
    connection = open_readonly(db)
    try:
        rows = tuple(RegisterRow(start=0, end=0, **row) for row in register_rows(connection))  # type: ignore[arg-type]
    finally:
        connection.close()
    return [Reading(source=Source(id="", path=str(db), format="register", state="read"), rows=rows)]


def _reference_lines(reference: Reference, found: Link, documents: dict[str, Document], rules: Rules) -> Iterator[str]:
    """What one reference says and what it was linked to."""
    yield f"{reference.text!r} [{reference.start}:{reference.end}] {reference.kind}, rule {reference.rule}"
    if reference.type:
        yield (
            f"  type: {rules.types[reference.type].name}"
            if reference.type in rules.types
            else f"  type: {reference.type}"
        )
    if reference.code:
        yield f"  code: {reference.code} ({reference.code.family}; agencies: {', '.join(reference.code.agencies) or '-'})"
    for name in _STATED:
        if value := getattr(reference, name):
            yield f"  {name}: {value}"
    for repair in reference.repairs:
        yield f"  repaired: {repair}"
    yield f"  {found.resolution}: {found.target_id or '-'} (score {found.score:.2f}) {found.reason}"
    if found.target_id:
        yield from _document_lines(documents[found.target_id])
    for candidate in found.candidates:
        yield f"  candidate: {candidate.document_id} ({candidate.reason})"


def _document_lines(document: Document) -> Iterator[str]:
    """What is known of the document that is meant, and which of it was inferred."""
    if document.code:
        yield f"  document: {document.code}"
    inferred = {fact.field for fact in document.facts if fact.origin == "inferred"}
    inferred -= {fact.field for fact in document.facts if fact.origin != "inferred"}
    if document.issuer:
        yield f"  issuer of the document: {document.issuer}{' (inferred from the symbol)' if 'issuer' in inferred else ''}"
    if document.title:
        yield f"  title of the document: {document.title}"
