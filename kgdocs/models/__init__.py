"""Frozen values that travel between the stages; no input or output, nothing third-party.

Offsets are characters of a source's NFC text, end exclusive; `text[start:end] == value.text`
holds for everything that carries a span. Dates are ISO and may be partial ("2024-07", "2016").
"""

from kgdocs.models.documents import (
    Agency,
    Candidate,
    Document,
    DocumentStatus,
    Evidence,
    Fact,
    Link,
    Linked,
    Relation,
    Resolution,
)
from kgdocs.models.texts import (
    AnnexItem,
    Assertion,
    Block,
    Code,
    Correction,
    CorrectionKind,
    Extraction,
    Header,
    Kind,
    Layout,
    Reading,
    Reference,
    RegisterRow,
    RowFault,
    Source,
    SourceState,
    Span,
    Status,
)

__all__ = [
    "Agency",
    "AnnexItem",
    "Assertion",
    "Block",
    "Candidate",
    "Code",
    "Correction",
    "CorrectionKind",
    "Document",
    "DocumentStatus",
    "Evidence",
    "Extraction",
    "Fact",
    "Header",
    "Kind",
    "Layout",
    "Link",
    "Linked",
    "Reading",
    "Reference",
    "RegisterRow",
    "Relation",
    "Resolution",
    "RowFault",
    "Source",
    "SourceState",
    "Span",
    "Status",
]
