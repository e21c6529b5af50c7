"""One reference → the identity of its document, where it states code, place and year or term."""

from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import Catalogue
from kgdocs.link.identity import Identifier, Key
from kgdocs.link.offices import UNKNOWN_PLACE, Context, Office
from kgdocs.models import Code, Reference


class Keys:
    """Finds identities; made once per build."""

    def __init__(self, catalogue: Catalogue, agencies: AgencyFinder, identify: Identifier) -> None:
        """Keep the catalogue, which grows while linking."""
        self._catalogue = catalogue
        self._agencies = agencies
        self._identify = identify

    def key(self, reference: Reference, context: Context) -> tuple[Key | None, Office | None]:
        """Identity of a reference with code and year or term, and its issuing office; None where either is open."""
        if reference.code is None:
            return None, None
        key, office = self._key(reference, reference.code, context)
        if key and office and office.rule.place_bound and not office.stated:
            key = self._agreeing(key, reference.date) or key
        return key, office

    def _key(self, reference: Reference, code: Code, context: Context) -> tuple[Key | None, Office | None]:
        """What a reference itself states of its identity, whatever else is known."""
        office = self._agencies.find(reference.issuer, code, context, reference.date)
        place = office.place if office else self._unknown_place(reference)
        if place is None:
            return None, office
        period = self._identify.period(code, place, reference.date, reference.year, reference.term)
        if not period or self._identify.two_terms(code, place, reference.date, reference.term):
            return None, office
        return self._identify.key(code, place, period, reference.type, office), office

    def _agreeing(self, key: Key, date: str | None) -> Key | None:
        """Of bodies above the citing one, the only one that issued this code on this very day.

        A district writes "Kế hoạch số 88/KH-UBND ngày 20/6/2024" of the province's plan too.
        """
        parts = key.place.split("/")
        chain = ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]
        found = [e for place in chain if (e := self._catalogue.get(key._replace(place=place))) and date in e.dates()]
        return found[0].key if len(found) == 1 else None

    def _unknown_place(self, reference: Reference) -> str | None:
        """A dated code of an agency that no table knows stands apart, under "khong-ro"."""
        known = reference.code and self._agencies.is_code_of_agency(reference.code)
        return UNKNOWN_PLACE if reference.date and not known and not reference.issuer else None
