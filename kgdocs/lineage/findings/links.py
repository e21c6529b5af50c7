"""Findings about what a citation leads to: ambiguous, unresolved, another title, one code twice, force and amendments."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.lineage.findings.view import Mention, Place, View, called, day, one_line, since
from kgdocs.models import Document, Finding, Part
from kgdocs.models.days import first_day, latest_day

_AFTER = 260
"""Characters behind a citation in which its amendment may be told."""
_AROUND = 120
"""Characters around a basis in which a sentence tells of the past."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def ambiguous_target(view: View) -> Iterator[Finding]:
    """AMBIGUOUS_TARGET: a citation that fits several documents, once per text and spelling."""
    seen = set()
    for mention in view.mentions:
        key = (mention.reading.source.id, mention.name)
        if mention.link.resolution == "ambiguous" and key not in seen:
            seen.add(key)
            ids = [one.document_id for one in mention.link.candidates]
            names = "; ".join(_told_apart(view, one) for one in ids[:5]) or "–"
            yield view.about("AMBIGUOUS_TARGET", mention, candidates=names,
                             details={"candidates": ids, "reason": mention.link.reason})  # fmt: skip


def _told_apart(view: View, document_id: str) -> str:
    """A document with its date and place, by which those of one number are told apart."""
    document = view.documents.get(document_id)
    if document is None:
        return document_id
    facts = [day(document.issued_on) if document.issued_on else "", document.place or ""]
    told = ", ".join(fact for fact in facts if fact)
    return f"{called(document)} ({told})" if told else called(document)


def unresolved(view: View) -> Iterator[Finding]:
    """UNRESOLVED: a document that is only cited, and a citation that leads to none; it may just not have been loaded."""
    seen = set()
    for mention in view.mentions:
        target = mention.target
        if (
            target
            and target.status == "cited"
            and not mention.reference.is_self
            and view.is_first("UNRESOLVED", target.id)
        ):
            yield view.about("UNRESOLVED", mention, name=called(target), details={"reason": mention.link.reason})
        key = (mention.reading.source.id, mention.name)
        if mention.link.resolution == "unresolved" and not mention.reference.is_self and key not in seen:
            seen.add(key)
            yield view.about("UNRESOLVED", mention, details={"reason": mention.link.reason})


def title_mismatch(view: View) -> Iterator[Finding]:
    """TITLE_MISMATCH: the title cited is unlike the one known; where a name differs in its years only, for information."""
    seen = set()
    for mention in view.mentions:
        part = next((part for part in mention.link.parts if part.name == "title" and part.known), None)
        if part is None or mention.target is None or mention.reference.is_self:
            continue
        stated = part.stated if part.state == "differs" else mention.reference.text
        told = part.state == "differs" or _other_years(mention, part)
        key = (mention.reading.source.id, mention.target.id, one_line(stated or "").lower())
        if told and key not in seen:
            seen.add(key)
            yield view.about(
                "TITLE_MISMATCH", mention, severity=None if part.state == "differs" else "info", name=called(mention.target),
                stated=one_line(stated or ""), known=one_line(part.known[0]),
                details={"stated": stated, "known": part.known[0]},
            )  # fmt: skip


def _other_years(mention: Mention, part: Part) -> bool:
    """True where a document was found by its name, and the name cited and the one known name other years."""
    if mention.link.resolution != "title" or mention.reference.kind == "draft":
        return False
    ours, theirs = set(_YEAR.findall(mention.reference.text)), set(_YEAR.findall(part.known[0]))
    return bool(ours and theirs and ours != theirs)


def duplicate_code(view: View) -> Iterator[Finding]:
    """DUPLICATE_CODE: two texts, or lines of lists, with one number, symbol, office and year but unlike titles or days."""
    for document_id, first, second in view.twins:
        document = view.documents.get(document_id)
        place = next((one for one in (second, first) if one.source_id in view.own_ids), None) or next(
            (one for one in (second, first) if one.source_id), None
        )
        if document and place:
            sides = {
                "first": Place.of(first).as_side(first.value, first.origin),
                "second": Place.of(second).as_side(second.value, second.origin),
            }
            yield view.finding(
                "DUPLICATE_CODE", Place.of(place), document, since=since(document), name=called(document),
                first=one_line(first.value), second=one_line(second.value), details=sides,
            )  # fmt: skip


def expired_basis(view: View) -> Iterator[Finding]:
    """EXPIRED_BASIS: based on, or carrying out, a document that was no longer in force when the text was issued.

    Compared are days of effect: [effective_on, expires_on), never days of issue. What a text tells of the time before is none.
    """
    seen = set()
    history = re.compile(view.rules.finding_terms.history.pattern, re.IGNORECASE)
    for source, target, data in view.graph.edges(data=True):
        if data["type"] not in ("based_on", "implements") or data["status"] != "asserted" or (source, target) in seen:
            continue
        own, basis = view.documents[source], view.documents[target]
        ended = basis.expires_on
        if not own.issued_on or not ended or first_day(own.issued_on) < latest_day(ended):
            continue
        evidence = next((one for one in data["evidence"] if one["asserted_by"] == source), None)
        if evidence and not _is_history(history, view.text_of(evidence["source"]), evidence, ended):
            seen.add((source, target))
            place = Place(evidence["source"], evidence["start"], evidence["end"], evidence["text"])
            proof = next((fact for fact in basis.facts if fact.field == "expires_on" and fact.value == ended), None)
            yield view.finding(
                "EXPIRED_BASIS", place, own, since=since(own), own=called(own), own_date=day(own.issued_on),
                name=called(basis), ended=day(ended), by=_ended_by(view, basis),
                details={"basis": basis.id, "own_date": own.issued_on, "expires_on": ended, "known": Place.of(proof).as_side(ended, proof.origin) if proof else None},
            )  # fmt: skip


def _is_history(pattern: re.Pattern[str], text: str, evidence: Mapping[str, Any], ended: str) -> bool:
    """True where the sentence tells of a time before the day of expiry ("Từ năm 2013 đến năm 2020, thực hiện …").

    Years count before the evidence only: behind it they are those of the title.
    """
    start, end = evidence["start"], evidence["end"]
    before = re.split(r"[.;](?=\s)|\n", text[max(0, start - _AROUND) : start])[-1]
    behind = re.split(r"[.;](?=\s)|\n", text[end : end + _AROUND])[0]
    years = [match["year"] or "" for match in pattern.finditer(before)]
    years += [match["year"] or "" for match in pattern.finditer(behind) if not match["year"]]
    return any(year <= ended[:4] for year in years)


def _ended_by(view: View, basis: Document) -> tuple[str, str]:
    """What replaces or repeals a document, in words; "" where no relation tells it."""
    for source, _, data in view.graph.in_edges(basis.id, data=True):
        if data["type"] in ("replaces", "repeals") and data["status"] == "asserted":
            name = called(view.documents[source])
            return f" ({name})", f" ({name})"
    return "", ""


def missing_amendment(view: View) -> Iterator[Finding]:
    """MISSING_AMENDMENT: a document is cited without an amendment that was in force by then, by days of effect.

    Where the dates only overlap ("tháng 7/2024" against 01/7/2024) it is for information.
    """
    for mentions in view.by_text.values():
        own = mentions[0].own
        if own is None or not own.issued_on:
            continue
        cited = {
            mention.target.id: mention
            for mention in reversed(mentions)
            if mention.target and not mention.reference.is_self
        }
        for target_id, mention in sorted(cited.items(), key=lambda pair: pair[1].reference.start):
            for amendment in _amendments(view, target_id):
                begun = amendment.effective_on or amendment.issued_on
                if amendment.id in {*cited, own.id} or not begun or latest_day(own.issued_on) < first_day(begun):
                    continue
                if amendment.expires_on and first_day(own.issued_on) >= amendment.expires_on:
                    continue
                if _is_told_beside(view, mention):
                    continue
                certain = first_day(own.issued_on) > latest_day(begun) or own.issued_on == begun
                target = view.documents[target_id]
                yield view.about(
                    "MISSING_AMENDMENT", mention, severity=None if certain else "info", name=called(target),
                    amendment=called(amendment), begun=day(begun), own_date=day(own.issued_on), since=since(own),
                    details={"amendment": amendment.id, "effective_on": amendment.effective_on, "issued_on": amendment.issued_on},
                )  # fmt: skip


def backward_relation(view: View) -> Iterator[Finding]:
    """BACKWARD_RELATION: a text says of two others that the earlier one changes, or carries out, the later one.

    What a text says of itself is FUTURE_REFERENCE.
    """
    acts = view.rules.finding_terms.backward
    for source, target, data in view.graph.edges(data=True):
        own, other = view.documents[source], view.documents[target]
        if data["type"] not in acts or data["status"] != "asserted" or not (own.issued_on and other.issued_on):
            continue
        evidence = next((one for one in data["evidence"] if one["asserted_by"] not in (source, target)), None)
        if evidence and latest_day(own.issued_on) < first_day(other.issued_on):
            place = Place(evidence["source"], evidence["start"], evidence["end"], evidence["text"])
            yield view.finding(
                "BACKWARD_RELATION", place, own, since=since(own, other), act=acts[data["type"]].fill(),
                own=called(own), own_date=day(own.issued_on), name=called(other), date=day(other.issued_on),
                details={"type": data["type"], "target": other.id, "own_date": own.issued_on, "date": other.issued_on},
            )  # fmt: skip


def _is_told_beside(view: View, mention: Mention) -> bool:
    """True where the words behind a citation say that it was amended or replaced: "(sửa đổi, bổ sung năm 2025)"."""
    found = mention.reference
    after = mention.reading.source.text[found.end : found.end + _AFTER]
    return re.search(view.rules.drafts.amended_after.pattern, after, re.IGNORECASE) is not None


def _amendments(view: View, document_id: str) -> list[Document]:
    """What is known to amend a normative document."""
    target = view.documents[document_id]
    if target.type not in view.rules.finding_terms.normative:
        return []
    acts = (view.documents[one] for one in view.amendments.get(document_id, ()))
    return [one for one in acts if one.status != "draft"]
