"""Documents that a database knows → entries of the catalogue, under the identity that linking gave them.

They keep their ids and all that is stated about them; only what patterns/ say is left out, for linking adds it anew.
"""

from collections.abc import Iterable

from kgdocs.grammar.names import CENTRAL
from kgdocs.link.catalogue import Catalogue
from kgdocs.link.identity import Key, key_of_title
from kgdocs.link.offices import UNKNOWN_PLACE, Context, Office
from kgdocs.link.resolve import Resolver
from kgdocs.models import Code, Document

_PROVISIONAL = {"du-thao": "draft", "du-kien": "planned", "kem-theo": "attached"}
"""Part of an id → family of the key of a document without number."""


def add_known(documents: Iterable[Document], resolver: Resolver, catalogue: Catalogue) -> None:
    """Put documents into an empty catalogue; of two that would share an identity the first one stays."""
    for document in documents:
        found = resolver.rules.codes.parse(document.code) if document.code else None
        code = found.code if found else None
        office = _office(document, code, resolver)
        key = _key(document, code, office, resolver)
        if key is None or catalogue.get(key) is not None:
            continue
        printed = resolver.identify.name(code, document.type) if code else None
        entry = catalogue.add(key, document.status, printed)
        entry.id, entry.type, entry.code, entry.number = document.id, document.type, document.code, document.number
        entry.office, entry.is_known = office, True
        for fact in document.facts:
            if fact.origin != "patterns":
                entry.tell(fact)


def place_of(document: Document) -> str:
    """Return the path of the place of a document: that of its agency, else what stands before the year in its id."""
    if document.agency_id:
        return document.agency_id.rsplit("/", 1)[0]
    parts = document.id.split("/")
    year = next((at for at, part in enumerate(parts) if at and len(part) == 4 and part.isdigit()), len(parts) - 1)
    ends = [at for at, part in enumerate(parts) if part in _PROVISIONAL]
    return "/".join(parts[: max(1, min([year, *ends]))])


def _office(document: Document, code: Code | None, resolver: Resolver) -> Office | None:
    """The issuing office; where the database names none for certain, what issuer and symbol tell."""
    rule = resolver.rules.agencies.get((document.agency_id or "").rsplit("/", 1)[-1])
    if rule is not None:
        return Office(rule=rule, place=place_of(document), stated=True)
    place = place_of(document)
    context = Context(place=None if place in (CENTRAL, UNKNOWN_PLACE) else place, level=document.level)
    return resolver.agencies.find(document.issuer, code, context, document.issued_on)


def _key(document: Document, code: Code | None, office: Office | None, resolver: Resolver) -> Key | None:
    """The identity of a document; None for a text that has neither number nor a name to be cited by."""
    place, year = place_of(document), str(document.year or "")
    if code is not None:
        period = resolver.identify.period(code, place, document.issued_on or year) or year
        return resolver.identify.key(code, place, period, document.type, office)
    family = next((_PROVISIONAL[part] for part in document.id.split("/") if part in _PROVISIONAL), None)
    if document.title and family:
        return key_of_title(document.title, place, "", family)
    if document.title and document.status != "read" and place == CENTRAL:
        return Key(CENTRAL, resolver.rules.known.key(document.title), year, "title")
    return None
