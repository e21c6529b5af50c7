"""Rows of registers → documents, and the relations that their rows state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgdocs.grammar import Rules
from kgdocs.grammar.codes import FoundCode
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.link.agencies import CENTRAL, Context
from kgdocs.link.catalogue import Catalogue, Entry
from kgdocs.link.facts import state
from kgdocs.link.identity import SHARED_SERIES
from kgdocs.link.resolve import Resolver
from kgdocs.models import Evidence, Reading, RegisterRow, Status

_RELATION = re.compile(r"\s*(?P<type>[a-z_]+)\s+(?P<code>[^;@]+?)(?:@(?P<date>[0-9-]+))?\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class RegisterRelation:
    """A relation that a row states: its own document, type, target and evidence."""

    source: Entry
    type: str
    code: str
    date: str | None
    evidence: Evidence


def add_rows(
    reading: Reading, resolver: Resolver, catalogue: Catalogue, rules: Rules
) -> tuple[list[RegisterRelation], list[str]]:
    """Make a listed document of every row whose code and office can be read.

    Returns the relations stated, and the codes of the rows that could not be placed.
    """
    relations: list[RegisterRelation] = []
    skipped: list[str] = []
    for row in reading.rows:
        entry = _entry(row, resolver, catalogue, rules)
        if entry is None:
            skipped.append(row.code)
            continue
        text = reading.source.text[row.start : row.end].rstrip("\r\n")
        span = (row.start, row.start + len(text))
        facts = {name: getattr(row, name) for name in ("date", "issuer", "title", "effective_on")}
        state(entry, {**facts, "code": entry.code, "label": row.type}, "register", reading.source.id, span, text)
        evidence = Evidence(
            source_id=reading.source.id, asserted_by=None, start=span[0], end=span[1], text=text, rule="register_row"
        )
        for match in _RELATION.finditer(row.relations or ""):
            if match["type"] not in rules.relation_kinds:
                skipped.append(f"{row.code} ({match['type']})")
                continue
            relations.append(RegisterRelation(entry, match["type"], match["code"].strip(), match["date"], evidence))
    return relations, skipped


def _entry(row: RegisterRow, resolver: Resolver, catalogue: Catalogue, rules: Rules) -> Entry | None:
    """The document of a row, None where its code or its place cannot be read."""
    found = next((f for f in rules.codes.find(scan_fold(row.code)) if isinstance(f, FoundCode)), None)
    if found is None:
        return None
    date = row.date if row.date and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", row.date) else None
    place = resolver.agencies.place_of(row.issuer or "", Context(date=date))
    office = resolver.agencies.find(row.issuer, found.code, Context(place=place), date)
    if office is None or office.place is None:
        return None
    type_id = _type_named(row.type, rules) or rules.type_of_token.get(found.code.type_token or "")
    period = resolver.identify.period(found.code, office.place, date) or (date or "")[:4]
    key = resolver.identify.key(found.code, office.place, period, type_id, office)
    entry = catalogue.add(key, "listed", resolver.identify.name(found.code, type_id))
    entry.code, entry.number, entry.type = str(found.code), found.code.number, type_id
    entry.office = office
    return entry


def _type_named(label: str | None, rules: Rules) -> str | None:
    """Type id of a type's name as registers write it."""
    key = name_key(label or "")
    return next((rule.id for rule in rules.types.values() if key in map(name_key, (rule.name, *rule.labels))), None)


def register_relations(
    stated: Sequence[RegisterRelation], resolver: Resolver, catalogue: Catalogue
) -> Iterator[tuple[tuple[str, str, str, Status], Evidence]]:
    """Yield (edge, evidence) for the stated relations whose target is one known document."""
    for relation in stated:
        target = _target(relation, resolver, catalogue)
        if target is not None and target is not relation.source:
            yield (relation.source.id, target.id, relation.type, "asserted"), relation.evidence


def _target(relation: RegisterRelation, resolver: Resolver, catalogue: Catalogue) -> Entry | None:
    """The one document with this code (and date), in the centre or in the row's own place."""
    found = resolver.rules.codes.parse(relation.code)
    if found is None:
        return None
    base = resolver.identify.name(found.code, None)
    names = (base, *(f"{base}:{kind}" for kind in SHARED_SERIES))
    places = (CENTRAL, relation.source.key.place)
    entries = [entry for place in dict.fromkeys(places) for name in names for entry in catalogue.named(name, place)]
    if relation.date:
        entries = [entry for entry in entries if entry.first("date") == relation.date]
    return entries[0] if len(entries) == 1 else None
