"""One text → its references and the relations it asserts."""

from dataclasses import replace

from kgdocs.extract.agency_relations import AgencyReader
from kgdocs.extract.asides import AsideReader
from kgdocs.extract.chunk import Chunk
from kgdocs.extract.chunks import chunk_text
from kgdocs.extract.deadlines import DeadlineReader
from kgdocs.extract.issuers import IssuerReader
from kgdocs.extract.matching import Compile, TagMatcher
from kgdocs.extract.members import Members
from kgdocs.extract.references import ReferenceReader, Rejected
from kgdocs.extract.relations import RelationReader
from kgdocs.extract.scan import Scan, scan
from kgdocs.extract.validity import ValidityReader
from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.models import Extraction, Layout, Reference, Span
from kgdocs.models.moved import moved_extraction, moved_layout, moved_reference

_LOOK_FOR_ENACTED = 12
"""Characters before the name of a law that may tell that it is enacted here."""


class Extractor:
    """Extracts references and relations from texts; made once, used for many texts.

    Not safe for several threads at a time: spaCy's memory zones do not nest.
    """

    def __init__(self, rules: Rules, compiled: Compile = TagMatcher) -> None:
        """Compile the token patterns of `rules`, by default in this process."""
        self._rules = rules
        self._references = ReferenceReader(rules, compiled)
        self._relations = RelationReader(rules, compiled)
        self._agencies = AgencyReader(rules, IssuerReader(rules))
        self._asides = AsideReader(rules)
        self._validity = ValidityReader(rules)
        self._deadlines = DeadlineReader(rules)

    def extract(self, text: str, layout: Layout | None = None) -> Extraction:
        """Return what an NFC `text` cites and asserts; `layout` tells its parts, where known."""
        return self.explain(text, layout)[0]

    def references(self, text: str, layout: Layout | None = None) -> list[Reference]:
        """Return what an NFC `text` cites, without the relations between the documents."""
        lined = self._rules.lost_lines.restored(text)
        parted = self._rules.glued.parted(lined)
        if parted is None:
            found = self._read(lined, layout)[2].references
            return found if lined is text else [moved_reference(one, _same, text) for one in found]
        found = self._read(parted.text, moved_layout(layout, parted.forward) if layout else None)[2].references
        return [moved_reference(one, parted.back, text) for one in found]

    def asides(self, text: str, extraction: Extraction) -> list[Reference]:
        """Return what points at documents in an NFC `text` without being a link: anaphora, standards, forms, court codes."""
        return self._asides.read(text, extraction.references)

    def explain(self, text: str, layout: Layout | None = None) -> tuple[Extraction, list[Rejected], list[Chunk]]:
        """As `extract`, with what was rejected and the chunks that the patterns saw.

        A text that lost blanks or line breaks is read with them; the places are those of `text` as it stands.
        """
        lined = self._rules.lost_lines.restored(text)
        parted = self._rules.glued.parted(lined)
        if parted is None:
            extraction, rejected, chunks = self._explain(lined, layout)
            return extraction if lined is text else moved_extraction(extraction, _same, text), rejected, chunks
        whole = moved_layout(layout, parted.forward) if layout else None
        extraction, rejected, chunks = self._explain(parted.text, whole)
        back = parted.back
        return (
            moved_extraction(extraction, back, text),
            [replace(one, start=back(one.start), end=back(one.end)) for one in rejected],
            [chunk._replace(start=back(chunk.start), end=back(chunk.end)) for chunk in chunks],
        )

    def _explain(self, text: str, layout: Layout | None) -> tuple[Extraction, list[Rejected], list[Chunk]]:
        scanned, chunks, members, rejected = self._read(text, layout)
        references = members.references
        own_type = _self_type(layout, references, self._rules) or _this_type(text, layout, chunks, self._rules)
        relations = self._relations.read(members, layout, own_type)
        extraction = Extraction(
            references=tuple(references),
            relations=relations,
            agencies=self._agencies.read(scanned, references, layout, own_type),
            validity=self._validity.read(scanned, references, layout, own_type),
            deadlines=self._deadlines.read(scanned, layout),
        )
        return extraction, rejected, chunks

    def _read(self, text: str, layout: Layout | None) -> tuple[Scan, list[Chunk], Members, list[Rejected]]:
        """A text scanned, its chunks, its references and their lists, and what was rejected."""
        scanned = scan(text, self._rules, layout.furniture if layout else ())
        chunks = chunk_text(scanned, self._rules)
        found, rejected = self._references.read(scanned, chunks, layout)
        own = [reference for reference in found if self._is_own_name(scanned.folded, reference, layout)]
        rejected.extend(
            Rejected(one.start, one.end, one.text, "named: the title of this document itself") for one in own
        )
        references = [_own(reference, layout) for reference in found if reference not in own]
        return scanned, chunks, self._relations.members(text, chunks, references, layout), rejected

    def _is_own_name(self, folded: str, reference: Reference, layout: Layout | None) -> bool:
        """True for a law's own name as its title or in "Quốc hội ban hành Luật Đầu tư": it points at no other document.

        Elsewhere in the text the same name may be that of the law before.
        """
        header = layout.header if layout else None
        if header is None or header.label is None or header.title is None or reference.kind != "named":
            return False
        if reference.year or reference.date or name_key(reference.text) != name_key(f"{header.label} {header.title}"):
            return False
        span = header.spans.get("title")
        in_title = span is not None and _overlaps(reference, span)
        before = folded[max(0, reference.start - _LOOK_FOR_ENACTED) : reference.start]
        return in_title or self._rules.law_names.enacted.search(before) is not None


def _same(place: int) -> int:
    """The place in a text of the same length."""
    return place


def _own(reference: Reference, layout: Layout | None) -> Reference:
    """Mark the number in the document's own header."""
    span = layout.header.spans.get("code") if layout else None
    return replace(reference, is_self=True) if isinstance(span, Span) and _overlaps(reference, span) else reference


def _overlaps(reference: Reference, span: Span) -> bool:
    return reference.start < span.end and span.start < reference.end


def _self_type(layout: Layout | None, references: list[Reference], rules: Rules) -> str | None:
    """Type of the document itself: by its type line, else by the number in its header."""
    label = layout.header.label if layout else None
    if label:
        return _type_of(label, rules)
    return next((reference.type for reference in references if reference.is_self), None)


def _this_type(text: str, layout: Layout | None, chunks: list[Chunk], rules: Rules) -> str | None:
    """Type of a document whose header is not there, as it calls itself: "Thông tư này"."""
    if layout is None or layout.header.code_text:
        return None
    first = next((chunk for chunk in chunks if chunk.tag == "THIS"), None)
    return _type_of(" ".join(text[first.start : first.end].replace("_", " ").split()[:-1]), rules) if first else None


def _type_of(label: str, rules: Rules) -> str | None:
    """The type with the label `label`."""
    return rules.labels.get(label.lower())
