"""Texts → the rows that `kgdocs extract` prints and the scorers read (design §7)."""

from collections.abc import Iterator, Sequence
from typing import cast

from kgdocs.models import Assertion, Extraction, Reference
from kgdocs.models.json_rows import AgencyRow, ReferenceRow, RelationRow

PRINTED_KINDS = ("numbered", "named", "short", "draft")
"""Kinds printed without `--all`."""
PRINTED_RELATIONS = frozenset(
    {"based_on", "implements", "details", "guides", "amends", "replaces", "repeals"}
    | {"reports_on", "promulgates", "comments_on", "cites"}
)
"""Relations printed without `--all`: those that the hand-made answers know. Beside the others stands `cites`."""


def rows(
    document: str,
    extraction: Extraction,
    *,
    relations: bool = False,
    everything: bool = False,
    asides: Sequence[Reference] = (),
) -> Iterator[ReferenceRow | RelationRow | AgencyRow]:
    """Yield one row per reference and, with `relations`, one per relation asserted.

    `document` is the name that each row carries. Planned and negated relations, those that are not in
    `PRINTED_RELATIONS`, those to agencies, planned and attached documents come only with `everything`;
    `asides` (anaphora, standards …) are put in at their places.
    """
    for reference in sorted((*extraction.references, *asides), key=lambda r: r.start):
        if everything or reference.kind in PRINTED_KINDS:
            yield reference_row(document, reference, extraction)
    if relations:
        yield from _relation_rows(document, extraction, everything)
        yield from _agency_rows(document, extraction) if everything else ()


def reference_row(document: str, reference: Reference, extraction: Extraction) -> ReferenceRow:
    """Return the row of one reference; `document` is the name that it carries."""
    row: ReferenceRow = {
        "doc": document,
        "start": reference.start,
        "end": reference.end,
        "text": reference.text,
        "kind": reference.kind,
        "type": reference.type,
        "code": str(reference.code) if reference.code else None,
        "date": reference.date,
        "issuer": reference.issuer,
        "title": reference.title,
        "provision": reference.provision,
        "rule": reference.rule,
        "repairs": list(reference.repairs),
    }
    if reference.antecedent is not None:
        meant = extraction.references[reference.antecedent]
        row["antecedent"] = {"start": meant.start, "end": meant.end, "text": meant.text}
    return row


def _relation_rows(document: str, extraction: Extraction, everything: bool) -> Iterator[RelationRow]:
    """Relations, one row per (type, source, target, status), with all its evidence."""
    grouped: dict[tuple[str, str | None, str, str], RelationRow] = {}
    for assertion in extraction.relations:
        if not everything and (assertion.status != "asserted" or assertion.type not in PRINTED_RELATIONS):
            continue
        source = _name(extraction, assertion.source)
        target = _name(extraction, assertion.target, titled=assertion.type != "cites") or ""
        key = (assertion.type, source, target, assertion.status)
        row = grouped.setdefault(key, _relation_row(document, assertion, source, target))
        row["evidence"].append({"start": assertion.start, "end": assertion.end, "text": assertion.text})
    yield from grouped.values()


def _relation_row(document: str, assertion: Assertion, source: str | None, target: str) -> RelationRow:
    acting = {} if source is None else {"source": source}
    known = {"doc": document, "relation": assertion.type, "target": target, **acting}
    return cast(RelationRow, {**known, "status": assertion.status, "rule": assertion.rule, "evidence": []})


def _agency_rows(document: str, extraction: Extraction) -> Iterator[AgencyRow]:
    """What documents do to agencies, one row per (type, source, agency), with all its evidence."""
    grouped: dict[tuple[str, str | None, str], AgencyRow] = {}
    for one in extraction.agencies:
        source = _name(extraction, one.source)
        new: AgencyRow = {
            "doc": document, "relation": one.type, "agency": one.agency, "source": source, "rule": one.rule, "evidence": [],
        }  # fmt: skip
        row = grouped.setdefault((one.type, source, one.agency), new)
        row["evidence"].append({"start": one.start, "end": one.end, "text": one.text})
    yield from grouped.values()


def _name(extraction: Extraction, position: int | None, *, titled: bool = True) -> str | None:
    """What a relation calls a reference: its code, else its name, else its words and, if `titled`, the title of a draft."""
    if position is None:
        return None
    reference = extraction.references[position]
    if reference.code:
        return str(reference.code)
    if reference.kind == "attached" and reference.title:
        return reference.title
    if reference.kind == "draft" and reference.title and titled:
        issuer = f" của {reference.issuer}" if reference.issuer else ""
        return f"{reference.text}{issuer} {reference.title}"
    return " ".join(reference.text.split())
