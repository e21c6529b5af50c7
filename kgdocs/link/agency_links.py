"""What texts state that documents do to agencies → relations to agencies, each known agency by its id."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.link.agencies import AgencyFinder, Context, Office
from kgdocs.link.outcome import Citing, Outcome
from kgdocs.link.stated import evidence_order
from kgdocs.models import AgencyRelation, Evidence, Reading

Key = tuple[str, str, str]
"""From id, type, id or key of the agency."""


class AgencyLinker:
    """Joins what all texts state; made for one run of linking."""

    def __init__(self, rules: Rules, finder: AgencyFinder) -> None:
        """Compile what may follow the name of an agency that is meant whole."""
        kinds = "|".join(re.escape(kind) for kind in ("tỉnh", "trung ương", *rules.issuers.place_kinds))
        self._rules = rules
        self._finder = finder
        self._place_follows = re.compile(rf"\s*,?\s*(?:\Z|(?:{kinds})(?!\w))", re.IGNORECASE)
        self._open = frozenset(map(name_key, rules.issuers.open_names))
        self._found: dict[Key, list[tuple[Evidence, str]]] = {}
        self.offices: dict[str, Office] = {}
        """The known agencies met, by id."""

    def add(self, reading: Reading, citing: Citing, outcomes: Sequence[Outcome], became: Mapping[str, str]) -> None:
        """Note what one text states."""
        own = citing.own.id if citing.own else None
        for one in reading.extraction.agencies if reading.extraction else ():
            source = outcomes[one.source].entry if one.source is not None else citing.own
            if source is None:
                continue
            office = self._office(one.agency, citing.context)
            if office:
                self.offices[office.id] = office
            key = (became.get(source.id, source.id), one.type, office.id if office else f" {name_key(one.agency)}")
            evidence = Evidence(
                source_id=reading.source.id,
                asserted_by=own,
                start=one.start,
                end=one.end,
                text=one.text,
                rule=one.rule,
            )
            self._found.setdefault(key, []).append((evidence, one.agency))

    def relations(self) -> Iterator[AgencyRelation]:
        """Yield one relation per document, type and agency, named as it is where it is stated first."""
        for (source, kind, agency), stated in sorted(self._found.items()):
            ordered = sorted(stated, key=lambda one: evidence_order(one[0]))
            yield AgencyRelation(
                from_id=source,
                agency=ordered[0][1],
                agency_id=agency if agency in self.offices else None,
                type=kind,
                evidence=tuple(evidence for evidence, _ in ordered),
            )

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
