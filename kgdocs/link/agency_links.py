"""What texts state that documents do to agencies → relations to agencies, each known agency by its id."""

import re
from collections.abc import Iterator, Mapping

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import Entry
from kgdocs.link.offices import Context, Office
from kgdocs.link.outcome import Citing, Outcomes
from kgdocs.models import AgencyAssertion, AgencyKey, Reading

_First = tuple[tuple[str, int, int, str], str]
"""Where a relation is stated first, and the agency as it is printed there."""


class AgencyLinker:
    """Joins what all texts state; made for one run of linking."""

    def __init__(self, rules: Rules, finder: AgencyFinder) -> None:
        """Compile what may follow the name of an agency that is meant whole."""
        kinds = "|".join(re.escape(kind) for kind in ("tỉnh", "trung ương", *rules.issuers.place_kinds))
        self._rules = rules
        self._finder = finder
        self._place_follows = re.compile(rf"\s*,?\s*(?:\Z|(?:{kinds})(?!\w))", re.IGNORECASE)
        self._open = frozenset(map(name_key, rules.issuers.open_names))
        self._stated: dict[tuple[int, str, str], tuple[int, _First]] = {}
        self.offices: dict[str, Office] = {}
        """The known agencies met, by id."""

    def add(self, reading: Reading, citing: Citing, outcomes: Outcomes) -> None:
        """Note what one text states."""
        for source, kind, agency, one in self.stated_by(reading, citing, outcomes):
            here = ((reading.source.id, one.start, one.end, one.rule), one.agency)
            count, first = self._stated.get((source.serial, kind, agency), (0, here))
            self._stated[source.serial, kind, agency] = (count + 1, min(first, here))

    def stated_by(
        self, reading: Reading, citing: Citing, outcomes: Outcomes
    ) -> Iterator[tuple[Entry, str, str, AgencyAssertion]]:
        """Yield what one text states: the document, the type, the agency by its id or what its name is known by, the words."""
        for one in reading.extraction.agencies if reading.extraction else ():
            source = outcomes[one.source].entry if one.source is not None else citing.own
            if source is None:
                continue
            office = self._office(one.agency, citing.context)
            if office:
                self.offices[office.id] = office
            yield source, one.type, office.id if office else f" {name_key(one.agency)}", one

    def edges(self, now: Mapping[int, str]) -> dict[AgencyKey, tuple[str, str | None, int]]:
        """Return each relation, in order: the agency as it is printed where that is first, its id if known, how often it is stated.

        `now` gives the id of each document by its serial number.
        """
        merged: dict[AgencyKey, tuple[int, _First]] = {}
        for (source, kind, agency), (count, first) in self._stated.items():
            key = (now[source], kind, agency)
            others, other = merged.get(key, (0, first))
            merged[key] = (count + others, min(first, other))
        return {
            key: (name, key[2] if key[2] in self.offices else None, count)
            for key, (count, (_, name)) in sorted(merged.items())
        }

    def _office(self, name: str, context: Context) -> Office | None:
        """The agency of a name that is a known one with at most its place behind it; one of many committees is none."""
        folded = scan_fold(name)
        hit = next(self._rules.agency_names.find(folded), None)
        if hit is None or hit.start or name_key(folded[: hit.end]) in self._open:
            return None
        behind = folded[hit.end :]
        place = next(self._rules.place_names.find(behind), None)
        if not self._place_follows.match(behind) and not (place and not behind[: place.start].strip()):
            return None
        office = self._finder.find(name, None, context)
        return office if office and office.is_known else None
