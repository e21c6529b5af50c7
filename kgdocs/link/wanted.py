"""References of one text → the keys of all documents that the ladder may lead them to.

A check of a draft asks a database for these and for nothing else. It may ask for too much, never for too little:
what is not loaded cannot be linked, and the verdict would not be that of a build.
"""

from collections.abc import Iterator

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.grammar.names import CENTRAL
from kgdocs.link.catalogue import UNNUMBERED, Catalogue
from kgdocs.link.offices import UNKNOWN_PLACE
from kgdocs.link.own import citing_of
from kgdocs.link.repair import Spellings
from kgdocs.link.resolve import Resolver
from kgdocs.models import Code, Reading, Reference
from kgdocs.models.wanted import Wanted, WantedCode

_JOINT = ("joint",)
_LENGTH_OF_A_DAY = 10


def wanted(reading: Reading, rules: Rules) -> Wanted:
    """Return what the references of a text, its own number among them, may mean."""
    spellings = Spellings(rules, ())
    codes: dict[str, WantedCode] = {}
    begun: set[tuple[str, str | None]] = set()
    uncoded: set[str] = set()
    narrowing = _Narrowing(reading, rules)
    for one in reading.extraction.references if reading.extraction else ():
        named = [(code, WantedCode(places=frozenset((CENTRAL,)), anywhere=True)) for code in _named_codes(one, rules)]
        if one.code:
            narrowed = narrowing.of(one, one.code)
            named += [(spelt, narrowed) for spelt in _spellings(one.code, rules)]
            begun.update((start, None) for start in _beginnings(one.code, spellings))
        elif one.partial:
            begun.add((code_key(one.partial), one.type))
        for code, narrowed in named:
            key = code_key(code)
            codes[key] = codes.get(key, WantedCode()) | narrowed
        if one.type and (one.kind == "named" or one.kind in UNNUMBERED):
            uncoded.add(one.type)
    return Wanted(codes=codes, begun=frozenset(begun), uncoded=frozenset(uncoded))


class _Narrowing:
    """Which of the many documents of one number a reference may mean: by its day, and by its office and those above."""

    def __init__(self, reading: Reading, rules: Rules) -> None:
        """Note where the text itself stands."""
        catalogue = Catalogue()
        self._resolver = Resolver(rules, catalogue)
        self._context = citing_of(reading, self._resolver, catalogue, rules).context

    def of(self, reference: Reference, code: Code) -> WantedCode:
        """Return the days and places of a reference.

        A full day leaves one year, but not of a number that runs through a term; a code that has its year is of few documents,
        whatever day is stated.
        """
        stated = self._context.date if reference.is_self else reference.date
        office = self._resolver.agencies.find(reference.issuer, code, self._context, reference.date)
        places = {CENTRAL, UNKNOWN_PLACE, *_with_those_above(self._context.place)}
        places.update(_with_those_above(office.place if office else None))
        if stated and len(stated) == _LENGTH_OF_A_DAY and code.year is None and code.family != "party":
            places = {f"{place}/{stated[:4]}" for place in places}
        days = {day for one in (stated, reference.year) if one for day in (one, one[:7], one[:4])}
        is_placed = office is not None and office.stated and office.place is not None
        return WantedCode(
            days=frozenset(days), places=frozenset(places), anywhere=code.year is not None or not is_placed
        )


def _with_those_above(place: str | None) -> Iterator[str]:
    """A path of a place and all paths above it."""
    parts = place.split("/") if place else []
    yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _named_codes(reference: Reference, rules: Rules) -> Iterator[str]:
    """The codes that patterns/ give for a name, a nickname, a programme or a short form."""
    rule = rules.types.get(reference.type or "")
    if reference.partial and reference.year and rule and rule.sole_symbol:
        yield f"{reference.partial}/{reference.year}/{rule.sole_symbol}"
    if reference.rule == "nickname" and (nickname := rules.nicknames.get(reference.name or "")):
        yield from (nickname.code, *(phase.code for phase in nickname.later))
    if reference.rule == "programme_title" and (programme := rules.programmes.get(reference.name or "")):
        yield programme.code
    if reference.kind == "named":
        versions = rules.known.called(reference.name or reference.text)
        yield from (version.code for version in versions if version.code)


def _spellings(code: Code, rules: Rules) -> Iterator[str]:
    """A code with every code that its lead body has: "5/BC-SLĐTBXH" is "5/BC-LĐTBXH"."""
    yield str(code)
    lead = code.agencies[0] if code.agencies else ""
    others = {other for rule in rules.agencies_of_code.get(lead, ()) for other in rule.codes}
    for other in sorted(others - {lead}):
        yield str(code).replace(lead, other, 1)


def _beginnings(code: Code, spellings: Spellings) -> Iterator[str]:
    """How other spellings begin: of a joint document the lead body only is the same, of a damaged symbol nothing is."""
    year = f"/{code.year}" if code.year else ""
    number = f"{code.number}{year}"
    if code.family in _JOINT and code.agencies:
        yield code_key(f"{number}/{code.type_token}-{code.agencies[0]}")
    if spellings.is_weak(code):
        yield code_key(number)
