"""References of one text → the keys of all documents that the ladder may lead them to.

A check of a draft asks a database for these and for nothing else. It may ask for too much, never for too little:
what is not loaded cannot be linked, and the verdict would not be that of a build.
"""

from collections.abc import Iterator

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.grammar.names import CENTRAL
from kgdocs.link.agencies import UNKNOWN_PLACE
from kgdocs.link.catalogue import UNNUMBERED, Catalogue
from kgdocs.link.own import citing_of
from kgdocs.link.repair import Spellings
from kgdocs.link.resolve import Resolver
from kgdocs.models import Code, Reading, Reference
from kgdocs.models.wanted import Wanted

_JOINT = ("joint",)


def wanted(reading: Reading, rules: Rules) -> Wanted:
    """Return what the references of a text, its own number among them, may mean."""
    spellings = Spellings(rules, ())
    codes: set[str] = set()
    begun: set[tuple[str, str | None]] = set()
    uncoded: set[str] = set()
    for one in reading.extraction.references if reading.extraction else ():
        codes.update(map(code_key, _named_codes(one, rules)))
        if one.code:
            codes.update(code_key(spelt) for spelt in _spellings(one.code, rules))
            begun.update((start, None) for start in _beginnings(one.code, spellings))
        elif one.partial:
            begun.add((code_key(one.partial), one.type))
        if one.type and (one.kind == "named" or one.kind in UNNUMBERED):
            uncoded.add(one.type)
    return Wanted(
        codes=frozenset(codes),
        begun=frozenset(begun),
        uncoded=frozenset(uncoded),
        days=frozenset(_days(reading)),
        places=frozenset(_places(reading, rules)),
    )


def _days(reading: Reading) -> Iterator[str]:
    """The days that are stated, and their months and years, by which a document may be known."""
    header = reading.layout.header if reading.layout else None
    references = reading.extraction.references if reading.extraction else ()
    stated = [one.date for one in references] + [one.year for one in references] + [header.date if header else None]
    for day in filter(None, stated):
        yield from (day, day[:7], day[:4])


def _places(reading: Reading, rules: Rules) -> Iterator[str]:
    """The places of the offices that references may mean, and those above them."""
    yield from (CENTRAL, UNKNOWN_PLACE)
    catalogue = Catalogue()
    resolver = Resolver(rules, catalogue)
    context = citing_of(reading, resolver, catalogue, rules).context
    references = reading.extraction.references if reading.extraction else ()
    offices = (resolver.agencies.find(one.issuer, one.code, context, one.date) for one in references if one.code)
    for place in filter(None, (context.place, *(office.place for office in offices if office))):
        parts = place.split("/")
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
