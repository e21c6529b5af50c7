"""A draft and a database → verdicts: only what the draft may mean is loaded, and linked as a build links it."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kgdocs.errors import SourceError, UsageError
from kgdocs.extract import Extractor
from kgdocs.extract.matching import Compile, TagMatcher
from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.lineage.findings import draft_findings
from kgdocs.lineage.linked import graph_of
from kgdocs.link import link
from kgdocs.link.known import place_of
from kgdocs.link.wanted import wanted
from kgdocs.models import Document, Finding, Header, Layout, Linked, Reading, Relation
from kgdocs.models.days import is_day
from kgdocs.pipeline.checking.advice import Adviser
from kgdocs.pipeline.checking.verdicts import Check, CheckedReference
from kgdocs.pipeline.checking.witnesses import checked_references
from kgdocs.pipeline.library import tools
from kgdocs.pipeline.reading import read_text, reading_of
from kgdocs.read import file_content, source_of_upload
from kgdocs.store.candidates import candidates, changes, moved, neighbours, source_paths
from kgdocs.store.database import open_readonly

_SURE = frozenset({"header", "annex", "register", "patterns", "text", "computed", "correction"})
_YEAR_IN_CODE = re.compile(r"/((?:19|20)[0-9]{2})/")
_YEARS = 10
"""Years around the one in a number that is not known, in which a document of the same number is looked for."""
_OF_THE_DAY = ("EXPIRED_BASIS", "FUTURE_REFERENCE")
"""What depends on the day on which the text is signed."""
_SAY_MORE = ("UNREADABLE_NUMBER", "OTHER_KNOWN", "UNNUMBERED")
"""What tells more of a citation than that its document was not found."""
_KEPT = (
    "status", "type", "label", "code", "number", "year", "issued_on", "issuer", "agency_id", "place", "level", "title",
    "effective_on", "expires_on",
)  # fmt: skip
"""What the database shows of a document, which a draft cannot change."""


def check(
    path: str | Path, db: str | Path | None = None, *, as_of: str | None = None, compiled: Compile = TagMatcher
) -> Check:
    """Check the citations of the file `path` against the database `db`, or without one against patterns/ alone.

    The draft is never stored. `as_of` is a day like "2024-07-05" on which it is to be signed; by default the date in its
    header, else today. With `compiled` from `beside` spaCy's part is done in another process. Raises SourceError where
    the file cannot be read as a text, DatabaseError where `db` is none of ours, UsageError where `as_of` is no day.
    """
    rules, extractor = tools(compiled)
    return _with_database(read_draft(Path(path), rules, extractor), rules, db, as_of)


def check_content(
    content: bytes, db: str | Path | None = None, *, as_of: str | None = None, compiled: Compile = TagMatcher
) -> Check:
    """Check a text given as bytes (standard input); raises as `check` does."""
    rules, extractor = tools(compiled)
    return _with_database(_text_of(read_text(content, rules, extractor)), rules, db, as_of)


def check_upload(name: str, content: bytes, connection: sqlite3.Connection | None, as_of: str | None = None) -> Check:
    """Check a file given by its name and bytes against an open database; raises as `check` does."""
    rules, extractor = tools()
    reading = reading_of(source_of_upload(name, content, rules), rules, extractor)
    return check_reading(_text_of(reading), rules, connection, as_of)


def read_draft(path: Path, rules: Rules, extractor: Extractor) -> Reading:
    """Read a file as a draft; raises SourceError in one sentence where it is none."""
    try:
        return _text_of(reading_of(source_of_upload(str(path), file_content(path), rules), rules, extractor))
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def _text_of(reading: Reading) -> Reading:
    """A reading with a text; raises SourceError for registers, corrections and what is empty."""
    if reading.extraction is None or reading.layout is None:
        raise SourceError("Tệp này là sổ văn bản hoặc tệp đính chính, không phải dự thảo.")
    if not reading.source.text.strip():
        raise SourceError("Văn bản không có chữ nào.")
    return reading


def _with_database(reading: Reading, rules: Rules, db: str | Path | None, as_of: str | None) -> Check:
    if db is None:
        return check_reading(reading, rules, None, as_of)
    with closing(open_readonly(Path(db))) as connection:
        return check_reading(reading, rules, connection, as_of)


def check_reading(
    reading: Reading, rules: Rules, connection: sqlite3.Connection | None, as_of: str | None = None
) -> Check:
    """Check a text that was read; `connection` leads to the database, which is only read.

    Raises UsageError where `as_of` is no day of the calendar.
    """
    if as_of is not None and not is_day(as_of):
        raise UsageError(f"Không phải một ngày: {as_of}; viết như 2024-07-05.")
    day, dated = _dated(reading, as_of)
    assumed = as_of is None and not _is_unsigned(reading)
    known = candidates(connection, wanted(reading, rules), reading.source.id) if connection else []
    linked = link([dated], rules, known)
    unknown = {one.id for one in linked.documents} - {one.id for one in known}
    became = moved(connection, unknown) if connection else {}
    linked = _joined(_moved(linked, became), [*known, *became.values()], day, reading.source.id, rules)
    linked = _with_neighbours(linked, reading.source.id, connection)
    changed = changes(connection, {one.id for one in known}) if connection else []
    linked = replace(linked, relations=(*linked.relations, *_between(linked, changed)))
    documents = {one.id: one for one in linked.documents}
    paths = _paths(connection, known)
    edges = graph_of(linked, paths)
    references = checked_references(dated, linked, documents, edges, paths)
    adviser = Adviser(dated, rules, references, documents, edges)
    own = _own_places(references, linked.own.get(reading.source.id))
    found = [_adjusted(one, own, assumed=assumed) for one in draft_findings(linked, dated, edges, rules)]
    untold = _Untold(
        documents, linked.own.get(reading.source.id), frozenset(o.start for o in found if o.code in _SAY_MORE)
    )
    told = [one for one in found if one.code != "UNRESOLVED" or (connection is not None and not untold.holds(one))]
    return Check(
        reading=reading,
        references=references,
        remarks=tuple(map(adviser.remark, told)),
        day=day,
        with_database=connection is not None,
        others=documents,
    )


def _dated(reading: Reading, as_of: str | None) -> tuple[str, Reading]:
    """The day of a draft, and the draft as of that day where it has another or none."""
    layout = reading.layout or Layout(header=Header())
    stated = layout.header.date
    if stated and not as_of:
        return stated, reading
    day = as_of or date.today().isoformat()
    spans = {name: span for name, span in layout.header.spans.items() if name != "date" or stated == day}
    header = replace(layout.header, date=day, spans=spans)
    return day, replace(reading, layout=replace(layout, header=header))


def _joined(linked: Linked, known: list[Document], day: str, source_id: str, rules: Rules) -> Linked:
    """What was linked, with known documents as the database shows them and the draft's own dated by its day."""
    shown = {one.id: one for one in known}
    own = linked.own.get(source_id)
    documents = []
    for one in linked.documents:
        if one.id in shown:
            kept = {name: value for name in _KEPT if (value := getattr(shown[one.id], name)) is not None}
            one = replace(one, **kept)
        if one.id == own:
            name = one.title or (None if one.code else rules.drafts.words["draft"].vi)
            one = replace(one, issued_on=day, title=name)
        documents.append(one)
    meant = {one.id for one in documents}
    return replace(linked, documents=(*documents, *(one for one in known if one.id not in meant)))


def _with_neighbours(linked: Linked, source_id: str, connection: sqlite3.Connection | None) -> Linked:
    """What was linked, and beside each document that nobody knows those of its type and day, and of its number in other years."""
    if connection is None:
        return linked
    cited = [one for one in linked.documents if one.status == "cited" and not any(f.origin in _SURE for f in one.facts)]
    days = {(one.type, one.issued_on) for one in cited if one.type and one.issued_on and len(one.issued_on) == 10}
    keys = {code_key(code) for one in cited for code in _in_other_years(one.code or "")}
    placed = {(code_key(one.code), place_of(one)) for one in cited if one.code}
    there = {one.id for one in linked.documents}
    added = [one for one in neighbours(connection, days, keys, placed, source_id) if one.id not in there]
    return replace(linked, documents=(*linked.documents, *added))


def _in_other_years(code: str) -> Iterator[str]:
    """A code that has its year, with the years around it."""
    if found := _YEAR_IN_CODE.search(code):
        for year in range(int(found[1]) - _YEARS, int(found[1]) + _YEARS + 1):
            yield f"{code[: found.start(1)]}{year}{code[found.end(1) :]}"


def _moved(linked: Linked, became: Mapping[str, Document]) -> Linked:
    """What was linked, with the documents that have another id now under that one."""
    if not became:
        return linked
    there = {one.id for one in linked.documents}
    added = {one.id: one for one in became.values() if one.id not in there}
    ids = {old: one.id for old, one in became.items()}
    links = {
        source: tuple(replace(one, target_id=ids.get(one.target_id or "", one.target_id)) for one in found)
        for source, found in linked.links.items()
    }
    kept = tuple(one for one in linked.documents if one.id not in ids or one.id in linked.own.values())
    relations = tuple(
        replace(one, from_id=ids.get(one.from_id, one.from_id), to_id=ids.get(one.to_id, one.to_id))
        for one in linked.relations
    )
    return replace(linked, documents=(*kept, *added.values()), links=links, relations=relations)


def _between(linked: Linked, relations: list[Relation]) -> list[Relation]:
    """The relations of the database between documents that are at hand."""
    at_hand = {one.id for one in linked.documents}
    return [one for one in relations if one.from_id in at_hand and one.to_id in at_hand]


def _paths(connection: sqlite3.Connection | None, known: list[Document]) -> Mapping[str, str]:
    """Source id → path of all sources that tell of the known documents."""
    ids = {fact.source_id for one in known for fact in one.facts if fact.source_id}
    return source_paths(connection, ids) if connection else {}


def _is_unsigned(reading: Reading) -> bool:
    """True for a text that says when it is signed, or that it still is to be: with a date, a blank number or as a draft."""
    header = reading.layout.header if reading.layout else None
    references = reading.extraction.references if reading.extraction else ()
    blank = any(one.is_self and one.rule == "blank_number" for one in references)
    return blank or (header is not None and (header.is_draft or header.date is not None))


def _own_places(references: Sequence[CheckedReference], own: str | None) -> frozenset[int]:
    """Where a text names itself."""
    return frozenset(one.reference.start for one in references if one.reference.is_self or one.link.target_id == own)


def _adjusted(finding: Finding, own: frozenset[int], *, assumed: bool) -> Finding:
    """The blank number of the draft itself is as it should be; what follows from an assumed day is less grave."""
    if finding.code in _OF_THE_DAY and assumed:
        return replace(finding, severity="low")
    return replace(finding, severity="info") if finding.code == "UNNUMBERED" and finding.start in own else finding


class _Untold(NamedTuple):
    """What need not be told as not found: the documents, that of the draft itself, and where another finding says more."""

    documents: Mapping[str, Document]
    own: str | None
    said: frozenset[int]

    def holds(self, finding: Finding) -> bool:
        """True where patterns/, a register or a text know the document; what leads to none is told with the citing one."""
        target = self.documents.get(finding.document_id) if finding.document_id != self.own else None
        known = target is not None and any(fact.origin in _SURE for fact in target.facts)
        return known or finding.start in self.said
