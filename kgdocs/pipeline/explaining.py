"""How a text is read, told line by line: references, repairs, rules, rejections, links."""

import re
from collections.abc import Iterator
from pathlib import Path

from kgdocs.extract import Extractor
from kgdocs.extract.chunk import Chunk
from kgdocs.grammar import Rules, load_rules
from kgdocs.grammar.folding import scan_fold
from kgdocs.grammar.found import FoundCode
from kgdocs.link import link
from kgdocs.models import Document, Extraction, Link, Part, Reading, Reference, RegisterRow, Source
from kgdocs.read import read_layout, source_of
from kgdocs.store.database import open_readonly
from kgdocs.store.rows import register_rows

_NUMBER_LIKE = re.compile(r"(?<![\w/.-])[0-9][\w.,]{0,20}[/-][^\s;,()“”\"]{1,40}")
_STATED = ("date", "issuer", "title", "provision", "year")
"""What a reference may state beside its number."""


def explain(content: bytes, db: Path | None = None, patterns: Path | None = None) -> list[str]:
    """Return lines that say how a text is read and what each reference is linked to.

    `db` adds the documents of a database to those that patterns/ knows; `patterns` is a folder of
    patterns, by default that of kgdocs. Raises SourceError when `content` is no text, DatabaseError
    when `db` is not one of ours, PatternsError when `patterns` is faulty.
    """
    rules = load_rules(patterns)
    source = source_of("-", content.strip(), "text", rules)
    layout = read_layout(source.text, rules)
    extractor = Extractor(rules)
    extraction, rejected, chunks = extractor.explain(source.text, layout)
    readings = [Reading(source=source, layout=layout, extraction=extraction), *_known(db)]
    linked = link(readings, rules)
    documents = {document.id: document for document in linked.documents}
    lines: list[str] = []
    for reference, found in zip(extraction.references, linked.links[source.id], strict=True):
        lines += _reference_lines(reference, found, documents, rules)
        lines += _seen_lines(source.text, reference, chunks)
    for assertion in extraction.relations:
        if assertion.type != "cites":
            lines.append(
                f"relation: {assertion.type} ({assertion.status}, rule {assertion.rule}): {' '.join(assertion.text.split())}"
            )
    lines += [f"rejected: {r.text!r} [{r.start}:{r.end}] by rule {r.rule}" for r in rejected]
    asides = extractor.asides(source.text, extraction)
    lines += [_aside_line(aside, extraction) for aside in asides]
    read = [(r.start, r.end) for r in (*extraction.references, *asides)] + [(r.start, r.end) for r in rejected]
    lines += _unread_lines(source.text, read, rules)
    return [*_encoding_lines(source), *(lines or ["nothing here is read as a reference"])]


def _seen_lines(text: str, reference: Reference, chunks: list[Chunk]) -> Iterator[str]:
    """The pieces that the pattern of a reference saw, and the form that read its code."""
    inside = [chunk for chunk in chunks if reference.start <= chunk.start and chunk.end <= reference.end]
    yield "  seen: " + " · ".join(
        f"{chunk.tag} {' '.join(text[chunk.start : chunk.end].split())!r}" for chunk in inside
    )
    forms = [chunk.value.form for chunk in inside if isinstance(chunk.value, FoundCode)]
    yield from (f"  form of the code: {form} (patterns/codes.yml)" for form in forms)


def _aside_line(aside: Reference, extraction: Extraction) -> str:
    """What points at a document without being a link."""
    meant = extraction.references[aside.antecedent].text if aside.antecedent is not None else None
    stands_for = (
        f", stands for {meant!r}" if meant else ", stands for this document" if aside.kind == "anaphora" else ""
    )
    return f"aside: {aside.text!r} [{aside.start}:{aside.end}] {aside.kind}, rule {aside.rule}{stands_for}"


def _unread_lines(text: str, read: list[tuple[int, int]], rules: Rules) -> Iterator[str]:
    """Numbers with a slash or dash that are part of nothing read, and what they are."""
    folded = scan_fold(text)
    for match in _NUMBER_LIKE.finditer(folded):
        if any(start < match.end() and match.start() < end for start, end in read):
            continue
        date = rules.dates.search(folded[max(0, match.start() - 8) : match.end()])
        what = f"a date, {date.iso}" if date else "no form of patterns/codes.yml fits"
        yield f"not a code: {match.group()!r} [{match.start()}:{match.end()}]: {what}"


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
    if found.parts:
        yield "  parts: " + ", ".join(_part(part) for part in found.parts)
    if found.target_id:
        yield from _document_lines(documents[found.target_id])
    for candidate in found.candidates:
        yield f"  candidate: {candidate.document_id} ({candidate.reason})"


def _part(part: Part) -> str:
    """One part of a citation against what others state."""
    known = f" (known: {'; '.join(part.known)})" if part.state == "differs" else ""
    return f"{part.name} {part.state}{known}"


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
