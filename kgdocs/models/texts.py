"""What is read out of one text: source, layout, references and the relations it asserts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kgdocs.models.clauses import AgencyAssertion, Deadline, Validity

Kind = Literal["numbered", "named", "short", "draft", "planned", "attached", "anaphora", "standard", "form", "court"]
Status = Literal["asserted", "planned", "negated"]
SourceState = Literal["read", "warning", "rejected"]
CorrectionKind = Literal["means", "same", "different"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of a text: `start` inclusive, `end` exclusive, in characters."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """Số, ký hiệu: a number and its symbol (reference §1.1), parsed.

    `number` keeps leading zeros and suffix letters ("05", "30a"); it is "" when left blank.
    `separator` stands between number (and year) and symbol: "-" in Party codes, else "/".
    `symbol` is spelt as the vocabulary spells it ("QĐ-TTg"). `str()` prints the official form.
    """

    number: str
    year: int | None = None
    separator: str = "/"
    symbol: str
    family: str
    type_token: str | None = None
    agencies: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The official form."""
        year = f"/{self.year}" if self.year else ""
        return f"{self.number}{year}{self.separator}{self.symbol}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """Lượt viện dẫn: one mention of a document in a text, with the facts stated beside it."""

    start: int
    end: int
    text: str
    kind: Kind
    rule: str
    type: str | None = None
    label: str | None = None
    code: Code | None = None
    partial: str | None = None
    name: str | None = None
    year: str | None = None
    term: str | None = None
    """Number of the congress or of the National Assembly that is named beside the mention ("khóa XII")."""
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: str | None = None
    repairs: tuple[str, ...] = ()
    is_self: bool = False
    page: int | None = None
    antecedent: int | None = None
    """Position among the text's references of the document that an anaphor stands for."""
    provision_start: int | None = None
    """Where the provision stated before the mention begins (< `start`)."""
    facts_end: int = 0
    """Where the date and issuer stated beside the mention end (>= `end`)."""
    extent: int = 0
    """Where the title stated beside the mention ends (>= `facts_end`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assertion:
    """A relation that a text states. `source` None means: the text's own document.

    `source` and `target` are positions among the text's references; `start`, `end`, `text` the evidence.
    """

    type: str
    status: Status
    rule: str
    source: int | None
    target: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    """What was read out of one text: references in order, relations it asserts, days of validity and deadlines."""

    references: tuple[Reference, ...]
    relations: tuple[Assertion, ...] = ()
    validity: tuple[Validity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    agencies: tuple[AgencyAssertion, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A part of the layout (thể thức): header, title, bases, body, recipients, signature, annex, footnote."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnexItem:
    """One numbered item of an annexed list of documents (danh mục văn bản)."""

    ordinal: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What a document says about itself: number, date, place line, issuer, type and title.

    Every fact has its span in `spans` under the same name, when it was read from the text.
    """

    code_text: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    parent: str | None = None
    label: str | None = None
    title: str | None = None
    signer: str | None = None
    is_draft: bool = False
    spans: Mapping[str, Span] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """The parts of a text and what its header says.

    `lists` are the parts whose items are documents that the heading says something of (căn cứ, bãi bỏ), or tasks
    that it gives to others; they lie over the blocks. `interruptions` are footnotes inside a sentence, `furniture` running headers
    and page numbers inside one.
    """

    header: Header
    blocks: tuple[Block, ...] = ()
    annex_items: tuple[AnnexItem, ...] = ()
    lists: tuple[Block, ...] = ()
    interruptions: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Tệp nguồn: a file that was read, or the reason why not.

    `id` is the SHA-256 of the bytes. `text` is NFC; `raw_offsets` leads from each of its
    characters (and its end) back to the decoded text as found (in Word, HTML, PDF and Excel: the words
    that the file holds), None where nothing moved. An archive or a mail has no text of its own.
    `encoding` is what the file was read with: "utf-8", "utf-16", or the id of one that
    patterns/encodings.yml knows ("tcvn3", "utf-8 as cp437"), from which it was converted.
    `warning` is what reading warned of (conversion, OCR, members); `reason` holds it and what was found later.
    `imported` is true for a register that stays in the database until it is removed.
    """

    id: str
    path: str
    format: str
    state: SourceState
    reason: str | None = None
    text: str = ""
    pages: int | None = None
    encoding: str = "utf-8"
    raw_offsets: tuple[int, ...] | None = None
    warning: str | None = None
    imported: bool = False

    def page_at(self, position: int) -> int | None:
        """The page, from 1, on which a position of the text is; None where the format has no pages.

        A form feed stands between two pages.
        """
        return None if self.pages is None else 1 + self.text.count("\f", 0, position)


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRow:
    """One row of a register (sổ văn bản) at [start, end) of its source's text.

    `relations` is as printed: "implements 28-CT/TW@2023-12-25; cites 20/2021/NĐ-CP". `line` is
    where the row begins, counted from 1 in its file or `sheet`. `code` is "" where there is none.
    """

    start: int
    end: int
    code: str
    type: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    effective_on: str | None = None
    relations: str | None = None
    line: int = 0
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """What was not understood of a row of a register; `placed` is true where it became a document all the same."""

    line: int
    code: str
    reason: str
    placed: bool
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A person's decision at [start, end) of the text of corrections.yml.

    "means": `mention` (in files whose path ends in `source`, at `at`; None: everywhere) is the
    one document. "same": the documents are one. "different": no two of them are one.
    """

    kind: CorrectionKind
    documents: tuple[str, ...]
    by: str
    on: str
    start: int
    end: int
    mention: str | None = None
    source: str | None = None
    at: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that was read out of one source: layout and extraction, or rows, or corrections."""

    source: Source
    layout: Layout | None = None
    extraction: Extraction | None = None
    rows: tuple[RegisterRow, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Readings:
    """What was read out of many sources, in the order of their ids; gone through as often as needed."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        """Keep the readings at hand."""
        self._all = sorted(readings, key=lambda reading: reading.source.id)
        self._texts = {reading.source.id: reading.source.text for reading in self._all}

    def __iter__(self) -> Iterator[Reading]:
        """Yield all of them."""
        return iter(self._all)

    def texts(self) -> Iterator[Reading]:
        """Yield those that were read as texts."""
        return (one for one in self if one.extraction is not None)

    def lists(self) -> Iterator[Reading]:
        """Yield registers and files of corrections."""
        return (one for one in self if one.rows or one.corrections)

    def text_of(self, source_id: str) -> str:
        """Return the text of a source by its id, "" for one that there is not."""
        return self._texts.get(source_id, "")
