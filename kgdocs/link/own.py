"""The text that cites: which document it is itself, and from which place, level and day it cites."""

from dataclasses import replace
from sys import intern

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key, slug
from kgdocs.grammar.names import CENTRAL
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import Catalogue, Entry
from kgdocs.link.facts import header_facts
from kgdocs.link.identity import key_of_title
from kgdocs.link.offices import UNKNOWN_PLACE, Context, Office
from kgdocs.link.outcome import Citing, Introduced
from kgdocs.link.resolve import Resolver
from kgdocs.models import Code, Header, Reading, Reference

_NOTHING = Introduced({})
_HEADED = frozenset({"party", "mass"})
"""Ladders whose committees stand at the head of what their organs and branches issue."""


def citing_of(reading: Reading, resolver: Resolver, catalogue: Catalogue, rules: Rules) -> Citing:
    """The text's own document and the place, level and date from which it cites."""
    header = reading.layout.header if reading.layout else None
    references = reading.extraction.references if reading.extraction else ()
    own = next((reference for reference in references if reference.is_self), None)
    code = own.code if own else None
    finder = resolver.agencies
    day = header.date if header else None
    line = Context(place=_seat(header, finder, rules), level="province", date=day)
    parent = finder.find(header.parent, None, line) if header else None
    around = Context(
        place=parent.place if parent and parent.place not in (None, CENTRAL) else line.place, level=line.level, date=day
    )
    blank = code or _blank_code(own, rules)
    office = _office(header, blank, finder, around)
    if office and office.unplaced and (province := _province_obeyed(reading, finder, day)):
        around = replace(around, place=province)
        office = _office(header, blank, finder, around)
    context = Context(
        place=office.place if office and office.place != CENTRAL else None if office else around.place,
        level=office.level if office else None,
        date=intern(day) if day else None,
    )
    entry = _own_entry(reading, own, office, context, catalogue, resolver)
    symbol = intern(blank.symbol) if blank else None
    own_code = intern(str(code)) if code else None
    return Citing(context=context, own=entry, own_code=own_code, own_symbol=symbol, introduced=_NOTHING)


def _office(header: Header | None, code: Code | None, finder: AgencyFinder, around: Context) -> Office | None:
    """The issuing office: the organ that signs, else the body that the header names, else that of the symbol.

    A committee heads what its organs issue, and a union's what its branches do: there the symbol tells which one.
    """
    named = _organ(header, finder, around) or finder.find(header.issuer if header else None, code, around)
    if named is None or code is None or not code.agencies or not named.stated or code.agencies[0] in named.rule.codes:
        return named
    place = finder.place_of(header.issuer, around) if header and header.issuer else None
    by_symbol = finder.find(None, code, replace(around, place=place or around.place))
    if by_symbol is None or not {named.rule.ladder, by_symbol.rule.ladder} <= _HEADED:
        return named
    is_branch = by_symbol.rule.place_bound and not named.rule.place_bound
    return by_symbol if by_symbol.certain or is_branch else named


def _province_obeyed(reading: Reading, finder: AgencyFinder, day: str | None) -> str | None:
    """The one province whose documents a text says it carries out: a district obeys its own province only."""
    extraction = reading.extraction
    if extraction is None:
        return None
    obeyed = [
        extraction.references[one.target].issuer
        for one in extraction.relations
        if one.type == "implements" and one.status == "asserted" and one.source is None
    ]
    offices = [finder.find(issuer, None, Context(date=day)) for issuer in obeyed if issuer]
    places = {one.place for one in offices if one and one.level == "province" and one.place}
    return places.pop() if len(places) == 1 else None


def _seat(header: Header | None, finder: AgencyFinder, rules: Rules) -> str | None:
    """The place that the place line tells, if it does.

    It tells nothing alone in the capital, where central bodies sit too, and no province where it is
    the district that issues ("HUYỆN QUẢNG NINH" lies in Quảng Bình).
    """
    place = finder.place_of(header.place, Context(date=header.date)) if header and header.place else None
    if header and header.place and finder.is_smaller_unit(header.issuer, header.place):
        return None
    known = rules.places.get(place or "")
    alone = header is not None and not header.issuer and not header.parent
    return None if known and known.capital and alone else place


def _organ(header: Header | None, finder: AgencyFinder, around: Context) -> Office | None:
    """The organ that signs for a committee: "TỈNH ỦY KIÊN GIANG" and "T/M BAN THƯỜNG VỤ" are one name."""
    if header is None or not header.signer or not header.issuer:
        return None
    office = finder.find(f"{header.signer} {header.issuer}", None, around)
    whole = office is not None and name_key(office.rule.name).startswith(name_key(header.signer) + " ")
    return office if whole else None


def _blank_code(own: Reference | None, rules: Rules) -> Code | None:
    """The symbol of a document whose number is blank, read as if it had one."""
    found = rules.codes.parse(f"1/{own.name}") if own and own.name else None
    return found.code if found else None


def _own_entry(
    reading: Reading,
    own: Reference | None,
    office: Office | None,
    context: Context,
    catalogue: Catalogue,
    resolver: Resolver,
) -> Entry:
    """The document that a text is: by its code; without one, each text is a document of its own."""
    header = reading.layout.header if reading.layout else None
    place = (office.place if office else None) or context.place or UNKNOWN_PLACE
    code = own.code if own else None
    year = (context.date or "")[:4]
    title = (header.title if header else None) or (own.text if own else None) or reading.source.path.rsplit("/", 1)[-1]
    if code is not None:
        if place == UNKNOWN_PLACE and resolver.agencies.is_code_of_agency(code):
            place = f"{place}/{slug(f'{context.date or reading.source.id} {title}')}"  # one of many offices: not theirs
        period = resolver.identify.period(code, place, context.date) or year
        key = resolver.identify.key(code, place, period, own.type if own else None, office)
    else:
        words = f"{own.name} {title}" if own and own.name else title
        key = key_of_title(f"{words} {reading.source.id[:12]}", place, year, "blank" if own else "text")
    entry = catalogue.add(key, "draft" if header and header.is_draft else "read")
    entry.office = entry.office or office
    if code is not None:
        entry.code, entry.number = str(code), code.number
    entry.type = _own_type(header, own, resolver.rules) or entry.type
    header_facts(reading, entry, office, catalogue.sources)
    return entry


def _own_type(header: Header | None, own: Reference | None, rules: Rules) -> str | None:
    """Type id of the type line, else that of the document's own number; a letter has a "V/v" and neither of these."""
    key = name_key((header.label if header else None) or "")
    named = next((rule.id for rule in rules.types.values() if key in map(name_key, rule.labels)), None)
    return (
        named or (own.type if own else None) or ("cong_van" if header and header.title and not header.label else None)
    )
