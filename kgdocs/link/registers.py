"""Rows of registers → documents, and the relations that their rows state; what was not understood is told."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.grammar.found import FoundCode
from kgdocs.grammar.names import CENTRAL
from kgdocs.link.catalogue import Catalogue, Entry
from kgdocs.link.facts import state
from kgdocs.link.identity import SHARED_SERIES, Key
from kgdocs.link.offices import Context
from kgdocs.link.resolve import Resolver
from kgdocs.link.stated import RegisterRelation, Stated
from kgdocs.models import Evidence, Reading, RegisterRow, RowFault

_RELATION = re.compile(r"(?P<type>[a-z_]+)(?:\s*:\s*|\s+)(?P<code>[^@]+?)(?:@(?P<date>[0-9-]+))?")
_PARTIAL_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")

_NO_CODE = "không có số, ký hiệu"
_UNREADABLE = "không đọc được số, ký hiệu"
_NO_OFFICE = "chưa rõ cơ quan ban hành"
_NO_PLACE = "chưa rõ địa phương của cơ quan ban hành"
_OF_ONE_TYPE = ("amends", "replaces", "corrects")
"""What a document does to others of its own type."""
_CALLED = {"date": "ngày ban hành", "effective_on": "ngày hiệu lực", "type": "loại văn bản", "title": "trích yếu"}
"""Facts in which two rows of one document may differ, as the office calls them; how it writes the issuer may vary."""


@dataclass(slots=True)
class _Told:
    """What the rows of one register have stated so far, and what of them was not understood."""

    relations: list[RegisterRelation] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    firsts: dict[Key, RegisterRow] = field(default_factory=dict)
    """The first row of each document."""

    def tell(self, row: RegisterRow, reason: str, *, placed: bool = True) -> None:
        """Note what was not understood of a row."""
        self.faults.append(RowFault(line=row.line, sheet=row.sheet, code=row.code, reason=reason, placed=placed))


def add_rows(
    reading: Reading, resolver: Resolver, catalogue: Catalogue, rules: Rules
) -> tuple[list[RegisterRelation], list[RowFault]]:
    """Make a listed document of every row whose code and office can be read.

    Returns the relations stated, and a RowFault for all that was not understood: rows that
    could not be placed, dates that are none, relations that cannot be read, and rows that
    give other facts of a document than an earlier one (both stay).
    """
    told = _Told()
    for row in reading.rows:
        entry = _entry(row, resolver, catalogue, rules, told)
        if entry is not None:
            _keep(row, entry, reading, rules, told)
            _compare(row, entry.key, told)
    return told.relations, told.faults


def _keep(row: RegisterRow, entry: Entry, reading: Reading, rules: Rules, told: _Told) -> None:
    """Keep the facts and relations that a row states, with the row as evidence."""
    text = reading.source.text[row.start : row.end].rstrip("\r\n")
    span = (row.start, row.start + len(text))
    days = {name: _day(row, name, told) for name in ("date", "effective_on")}
    facts = {**days, "issuer": row.issuer, "title": row.title, "code": entry.code, "label": row.type}
    state(entry, facts, "register", reading.source.id, span, text)
    evidence = Evidence(
        source_id=reading.source.id, asserted_by=None, start=span[0], end=span[1], text=text, rule="register_row"
    )
    for part in filter(None, map(str.strip, (row.relations or "").split(";"))):
        match = _RELATION.fullmatch(part)
        if match and match["type"] in rules.relation_kinds:
            told.relations.append(
                RegisterRelation(row, entry, match["type"], match["code"].strip(), match["date"], evidence)
            )
        else:
            told.tell(row, f"không hiểu quan hệ: {part}")


def _day(row: RegisterRow, name: str, told: _Told) -> str | None:
    """A date of a row where it is one; else the row stays without it."""
    value = getattr(row, name)
    if value is None or _is_day(value):
        return str(value) if value else None
    told.tell(row, f"{_CALLED[name]} không phải là ngày: {value}")
    return None


def _is_day(value: str) -> bool:
    """True for a day of the calendar, a month, or a year, in ISO form."""
    if _PARTIAL_DAY.fullmatch(value):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _compare(row: RegisterRow, key: Key, told: _Told) -> None:
    """Tell where a row differs from an earlier one of the same document."""
    first = told.firsts.setdefault(key, row)
    differing = [called for name, called in _CALLED.items() if _differ(getattr(first, name), getattr(row, name))]
    if differing:
        where = f"dòng {first.line}" + (f" trang {first.sheet}" if first.sheet != row.sheet else "")
        told.tell(row, f"trùng với {where} nhưng khác {', '.join(differing)}")


def _differ(first: str | None, second: str | None) -> bool:
    """True where both say something, and not the same."""
    return bool(first and second) and name_key(first or "") != name_key(second or "")


def _entry(row: RegisterRow, resolver: Resolver, catalogue: Catalogue, rules: Rules, told: _Told) -> Entry | None:
    """The document of a row; None, with the reason told, where its code or its place cannot be read."""
    codes = [one for one in rules.codes.find(scan_fold(row.code)) if isinstance(one, FoundCode)]
    if not codes:
        told.tell(row, _UNREADABLE if row.code else _NO_CODE, placed=False)
        return None
    found = codes[0]
    day = row.date if row.date and _is_day(row.date) else None
    place = resolver.agencies.place_of(row.issuer or "", Context(date=day))
    office = resolver.agencies.find(row.issuer, found.code, Context(place=place), day)
    if office is None or office.place is None:
        told.tell(row, _NO_PLACE if office else _NO_OFFICE, placed=False)
        return None
    if len(codes) > 1:
        told.tell(row, f"có {len(codes)} số, ký hiệu trong một ô; chỉ đọc {found.code}")
    type_id = _type_named(row.type, rules) or rules.type_of_token.get(found.code.type_token or "")
    period = resolver.identify.period(found.code, office.place, day) or (day or "")[:4]
    key = resolver.identify.key(found.code, office.place, period, type_id, office)
    entry = catalogue.add(key, "listed", resolver.identify.name(found.code, type_id))
    entry.code, entry.number, entry.type = str(found.code), found.code.number, type_id
    entry.office = office
    return entry


def _type_named(label: str | None, rules: Rules) -> str | None:
    """Type id of a type's name as registers write it."""
    key = name_key(label or "")
    return next((rule.id for rule in rules.types.values() if key in map(name_key, (rule.name, *rule.labels))), None)


def add_targets(stated: Iterable[RegisterRelation], resolver: Resolver, catalogue: Catalogue) -> None:
    """Make a cited document of each target that no row has and that its code alone, or with its date, identifies.

    To be called when the rows of all registers are in.
    """
    for one in stated:
        if not _targets(one, resolver, catalogue):
            _add_cited(one, resolver, catalogue)


def untold_targets(
    stated: Iterable[RegisterRelation], resolver: Resolver, catalogue: Catalogue
) -> Iterator[tuple[str, RowFault]]:
    """Yield (source id, fault) of each relation whose target is not one document; to be called when all is linked."""
    for one in stated:
        found = len(_targets(one, resolver, catalogue))
        if found != 1:
            what = "có nhiều văn bản như vậy" if found else "chưa rõ là văn bản nào"
            reason = f"quan hệ {one.type} {one.code}: {what}, cần ghi thêm ngày (dạng số@năm-tháng-ngày)"
            row = one.row
            yield (
                one.evidence.source_id,
                RowFault(line=row.line, sheet=row.sheet, code=row.code, reason=reason, placed=True),
            )


def _add_cited(relation: RegisterRelation, resolver: Resolver, catalogue: Catalogue) -> None:
    """Make a document of a target in the centre, where its code and date are identity enough."""
    found = resolver.rules.codes.parse(relation.code)
    if found is None:
        return
    code, day = found.code, relation.date
    type_id = resolver.rules.type_of_token.get(code.type_token or "")
    if code.family == "national_assembly" and code.type_token is None:  # laws and resolutions share the symbol
        type_id = relation.source.type if relation.type in _OF_ONE_TYPE else None
    office = resolver.agencies.find(None, code, Context(), day)
    period = resolver.identify.period(code, CENTRAL, day)
    if office is None or office.place != CENTRAL or not period or type_id is None:
        return
    entry = catalogue.add(resolver.identify.key(code, CENTRAL, period, type_id, office), "cited")
    entry.code, entry.number, entry.type, entry.office = str(code), code.number, type_id, office
    proof = relation.evidence
    facts = {"code": str(code), "date": day}
    state(entry, facts, "mention", proof.source_id, (proof.start, proof.end), proof.text)


def register_relations(
    stated: Sequence[RegisterRelation], resolver: Resolver, catalogue: Catalogue
) -> Iterator[Stated]:
    """Yield the stated relations whose target is one known document."""
    for one in stated:
        found = _targets(one, resolver, catalogue)
        if len(found) == 1 and found[0] is not one.source:
            yield Stated(one.source, found[0], one.type, "asserted", one.evidence)


def _targets(relation: RegisterRelation, resolver: Resolver, catalogue: Catalogue) -> list[Entry]:
    """The documents with this code (and date), in the centre or in the row's own place."""
    found = resolver.rules.codes.parse(relation.code)
    if found is None:
        return []
    base = resolver.identify.name(found.code, None)
    names = (base, *(f"{base}:{kind}" for kind in SHARED_SERIES))
    places = (CENTRAL, relation.source.key.place)
    entries = [entry for place in dict.fromkeys(places) for name in names for entry in catalogue.named(name, place)]
    if year := found.code.year:
        entries = [entry for entry in entries if f"/{year}/" in (entry.code or "")]
    if relation.date:
        entries = [entry for entry in entries if entry.first("date") == relation.date]
    return entries
