"""One reference → its document, or the named reason why none: the ladder of design §4.

Exact key, agreement of date, nickname or title, short form, ambiguous, unresolved. The
nearest match is never a link, and a number is never repaired.
"""

from collections.abc import Sequence
from dataclasses import replace

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import slug
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import UNNUMBERED, Catalogue, Entry
from kgdocs.link.identity import SHARED_SERIES, Identifier, Key, is_of_two_series
from kgdocs.link.keys import Keys
from kgdocs.link.likeness import decide_by_title
from kgdocs.link.names import NameResolver
from kgdocs.link.offices import UNKNOWN_PLACE, Context, Office
from kgdocs.link.outcome import MOST_CANDIDATES, Citing, Outcome, ambiguous, unresolved
from kgdocs.link.plausible import is_fresh, is_near, is_possible
from kgdocs.link.repair import Spellings, lacks_unit
from kgdocs.models import Code, Reference, Resolution

_OF_THE_CENTRE = "Ký hiệu có ở trung ương và địa phương; văn bản viện dẫn là của trung ương, không nêu địa phương nào."
_ONLY_ONE = "Không nêu ngày; chỉ biết một văn bản như vậy."


class Resolver:
    """Resolves references against a catalogue; made once per build."""

    def __init__(self, rules: Rules, catalogue: Catalogue) -> None:
        """Keep the rules and the catalogue that grows while linking."""
        self.rules = rules
        self._catalogue = catalogue
        self.agencies = AgencyFinder(rules)
        self.identify = Identifier(rules)
        self.names = NameResolver(rules, catalogue, self.agencies, self.identify)
        self.spellings = Spellings(rules, ())
        self._by_number: dict[tuple[str | None, str], list[Entry]] = {}
        self._keys = Keys(catalogue, self.agencies, self.identify)

    def freeze(self) -> None:
        """Note what is known by type and number; called once, before the first reference is resolved."""
        self.spellings = Spellings(self.rules, self._catalogue.entries())
        for entry in self._catalogue.entries():
            if entry.number:
                self._by_number.setdefault((entry.type, entry.number.lstrip("0")), []).append(entry)

    def key(self, reference: Reference, context: Context) -> tuple[Key | None, Office | None]:
        """Identity of a reference with code and year or term, and its issuing office; None where either is open."""
        return self._keys.key(reference, context)

    def resolve(self, reference: Reference, citing: Citing, titled: str | None = None) -> Outcome:
        """Climb the ladder for one reference; `titled` is the day of the document in whose title it stands."""
        if citing.names_itself(reference):
            return Outcome(resolution="exact", entry=citing.own, score=1.0, reason="Số, ký hiệu của chính văn bản.")
        if reference.rule == "damaged_number":
            return unresolved("Số bị hỏng, không đọc được; không suy đoán.")
        if reference.rule == "nickname":
            return self.names.nickname(reference, citing.context.date)
        if reference.rule == "programme_title":
            return self.names.programme(reference)
        if reference.rule == "blank_number":
            return self._blank(reference, citing)
        if reference.kind in UNNUMBERED:
            return self.names.future(reference, citing)
        if reference.kind == "named":
            return self.names.law(reference, citing, titled)
        if reference.code is None:
            return self._short(reference, citing)
        return self._coded(reference, citing)

    def _coded(self, reference: Reference, citing: Citing) -> Outcome:
        """A reference with a code: by its key, else by what is known of the code."""
        key, office = self.key(reference, citing.context)
        if (
            reference.code
            and self.spellings.is_weak(reference.code)
            and (known := self._spelt_otherwise(reference, key, office, citing))
        ):
            return known
        if key is not None:
            return self._untyped(reference, key) or self._exact(reference, key, office)
        code = reference.code
        if code is None:
            return unresolved("Không có số, ký hiệu.")
        if office and office.place and (two := self._of_two_terms(reference, code, office, office.place)):
            return two
        name = self.identify.name(code, reference.type)
        own = citing.introduced.get(name)
        if titled := self._by_title(reference, self._catalogue.named(name, office.place if office else None)):
            return titled
        entry = self._catalogue.get(next(iter(own))) if len(own) == 1 else None
        elsewhere = office is not None and office.stated and entry is not None and entry.key.place != office.place
        if entry is not None and not elsewhere:
            return self._outcome(reference, entry, "context", 0.95, "Văn bản này đã nêu đủ ngày ở chỗ khác.")
        if office is None or office.place is None:
            return self._placeless(reference, name, office, citing.context)
        return self._yearless(reference, office, citing)

    def _untyped(self, reference: Reference, key: Key) -> Outcome | None:
        """A code without the type that would tell a law from a resolution: the one document known by it, else None."""
        code = reference.code
        if code is None or not is_of_two_series(code, reference.type):
            return None
        series = [self._catalogue.get(key._replace(name=f"{key.name}:{kind}")) for kind in SHARED_SERIES]
        listed = [self.names.known(str(code), one.type, str(one.date)) for one in self.rules.known.of_code(str(code))]
        found = {entry.key: entry for entry in (*series, *listed) if entry}
        if len(found) > 1:
            return ambiguous(
                [found[one] for one in sorted(found)], "Không nêu tên loại; luật và nghị quyết đều có số này."
            )
        told = "Không nêu tên loại; chỉ biết một văn bản có số, ký hiệu này."
        return next((self._outcome(reference, entry, "context", 0.9, told) for entry in found.values()), None)

    def _by_title(self, reference: Reference, rivals: Sequence[Entry]) -> Outcome | None:
        """The one of several documents that has the title that is stated, where that decides."""
        titles = [entry.first("title") for entry in rivals] if reference.title and len(rivals) > 1 else []
        chosen = decide_by_title(reference.title or "", titles, self.rules.matching)
        if chosen is None:
            return None
        outcome = self._outcome(reference, rivals[chosen], "context", 0.8, "Không nêu ngày; chọn theo trích yếu.")
        others = [entry for i, entry in enumerate(rivals) if i != chosen]
        return replace(outcome, candidates=tuple(others[:MOST_CANDIDATES]))

    def _of_two_terms(self, reference: Reference, code: Code, office: Office, place: str) -> Outcome | None:
        """A Party code whose term and date contradict each other may mean what either tells; None where they agree."""
        terms = self.identify.two_terms(code, place, reference.date, reference.term)
        keys = [self.identify.key(code, place, term, reference.type, office) for term in terms]
        found = [entry for key in keys if (entry := self._catalogue.get(key))]
        told = f"Nêu khóa {reference.term} nhưng ngày ban hành thuộc nhiệm kỳ {terms[-1]}." if terms else ""
        return (ambiguous(found, told) if found else unresolved(told)) if terms else None

    def _spelt_otherwise(
        self, reference: Reference, key: Key | None, office: Office | None, citing: Citing
    ) -> Outcome | None:
        """The one known document that a damaged or shortened symbol means, of the same number, year and place."""
        code = reference.code
        if code is None or (key is not None and self._catalogue.get(key) is not None):
            return None
        place = key.place if key and key.place != UNKNOWN_PLACE else office.place if office else citing.context.place
        period = self.identify.period(code, place or "", reference.date, reference.year, reference.term)
        found = [entry for entry in self.spellings.of(code, period) if place is None or entry.key.place == place]
        if place is None or office is None or not office.stated:
            found = [entry for entry in found if reference.date in entry.dates()]
        if len(found) > 1:
            return ambiguous(
                found, "Ký hiệu viết thiếu hoặc sai; nhiều văn bản cùng số, cùng năm có ký hiệu gần giống."
            )
        if not found:
            return None
        told = f"Cùng số, năm và nơi ban hành; ký hiệu đúng là {found[0].code}."
        resolution: Resolution = "context" if lacks_unit(code) else "repaired"
        return Outcome(resolution=resolution, entry=found[0], score=0.85, reason=told)

    def _exact(self, reference: Reference, key: Key, office: Office | None) -> Outcome:
        entry = self._catalogue.get(key)
        if entry is None:
            entry = self._late(reference, key, office)
        dates = entry.dates()
        if reference.date and len(reference.date) == 10 and dates - {reference.date}:
            others = ", ".join(sorted(dates - {reference.date}))
            told = f"Trùng số, ký hiệu, năm và nơi ban hành; có nơi nêu ngày khác: {others}."
            return self._outcome(reference, entry, "exact", 0.9, told)
        if office and office.by_level:
            return self._outcome(reference, entry, "context", 0.9, _OF_THE_CENTRE)
        if office is None or office.stated or not office.rule.place_bound:
            return self._outcome(reference, entry, "exact", 1.0, "Trùng số, ký hiệu, năm và cơ quan ban hành.")
        return self._outcome(
            reference, entry, "context", 0.95, "Cơ quan không nêu; hiểu theo nơi ban hành của văn bản viện dẫn."
        )

    def _placeless(self, reference: Reference, name: str, office: Office | None, context: Context) -> Outcome:
        """No place is known: only the same full date may decide, and only for one document.

        An office that is named without its place is of the level named, and of the citing text's province.
        """
        found = self._catalogue.named(name)
        if office and office.stated and not office.unplaced:
            province = (context.place or "").split("/")[0]
            level = office.rule.level
            found = [
                entry
                for entry in found
                if entry.office is None or level in (entry.office.level, entry.office.rule.level)
            ]
            found = [entry for entry in found if not province or entry.key.place.split("/")[0] == province]
        if office and office.unplaced:
            names = {slug(f"{kind} {office.unplaced}") for kind in ("", *self.agencies.commune_kinds)}
            found = [entry for entry in found if entry.key.place.rsplit("/", 1)[-1] in names]
        dated = [entry for entry in found if reference.date and reference.date in entry.dates()]
        if len(dated) == 1 and reference.date and len(reference.date) == 10:
            outcome = self._outcome(reference, dated[0], "context", 0.8, "Chỉ một văn bản có số, ký hiệu và ngày này.")
            others = [entry for entry in found[: MOST_CANDIDATES + 1] if entry is not dated[0]]
            return replace(outcome, candidates=tuple(others[:MOST_CANDIDATES]))
        if found:
            return ambiguous(found, "Ký hiệu dùng ở nhiều nơi; không rõ cơ quan, địa phương nào.")
        return unresolved("Không rõ cơ quan hoặc địa phương ban hành.")

    def _yearless(self, reference: Reference, office: Office, citing: Citing) -> Outcome:
        """No year or term is stated: one known document of that office may be meant, several are ambiguous.

        What was issued after the citing text cannot be meant; a year stated alone narrows the choice.
        """
        code, place = reference.code, office.place
        if code is None or place is None:
            return unresolved("Không có số, ký hiệu.")
        name = self.identify.name(code, reference.type, office)
        found = [entry for entry in self._catalogue.named(name, place) if entry.key.period]
        dated = [entry for entry in found if is_possible(entry, reference, citing.context.date)]
        how: Resolution = "exact" if office.stated or not office.rule.place_bound else "context"
        if len(dated) == 1 and not is_fresh(dated[0], reference, citing.context.date):
            return ambiguous(dated, "Không nêu ngày; số, ký hiệu này mỗi năm có một văn bản, mới biết một.")
        if len(dated) == 1:
            told = "Chỉ một văn bản khớp với năm đã nêu." if reference.year or reference.date else _ONLY_ONE
            return self._outcome(reference, dated[0], how, 0.85, told)
        if titled := self._by_title(reference, dated):
            return titled
        if dated:
            return ambiguous(dated, "Không nêu ngày; số, ký hiệu này có ở nhiều năm hoặc nhiệm kỳ.")
        year = (reference.date or reference.year or "")[:4]
        entry = self._catalogue.add(self.identify.key(code, place, year, reference.type, office), "cited")
        entry.office = entry.office or office
        return self._outcome(reference, entry, how, 0.7, "Không nêu ngày; văn bản chỉ biết qua viện dẫn.")

    def _late(self, reference: Reference, key: Key, office: Office | None) -> Entry:
        """A document of its own for a code that is no spelling of a known one."""
        entry = self._catalogue.add(key, "cited")
        entry.office = entry.office or office
        entry.code = entry.code or str(reference.code)
        entry.number = entry.number or (reference.code.number if reference.code else None)
        entry.type = entry.type or reference.type
        return entry

    def _outcome(
        self, reference: Reference, entry: Entry, resolution: Resolution, score: float, reason: str
    ) -> Outcome:
        """An outcome; repaired letters and short forms show in the resolution."""
        repaired = [repair for repair in reference.repairs if _more_than_case(repair)]
        if repaired:
            return Outcome(
                resolution="repaired",
                entry=entry,
                score=min(score, 0.9),
                reason=f"{reason} Ký hiệu in khác cách viết đúng: {', '.join(repaired)}.",
            )
        if reference.kind == "short":
            resolution = "short"
        return Outcome(resolution=resolution, entry=entry, score=score, reason=reason)

    def _blank(self, reference: Reference, citing: Citing) -> Outcome:
        """A blank number with the document's own symbol is the document itself."""
        symbol = self.rules.codes.parse(f"1/{reference.name}") if reference.name else None
        same = symbol and citing.own_symbol and symbol.code.symbol == citing.own_symbol
        if same and citing.own:
            return Outcome(
                resolution="context",
                entry=citing.own,
                score=0.9,
                reason="Số còn trống, cùng ký hiệu với chính văn bản này.",
            )
        return unresolved("Số còn để trống.")

    def _short(self, reference: Reference, citing: Citing) -> Outcome:
        """A part of a code: type, number and perhaps year; the symbol only where a type has just one."""
        rule = self.rules.types.get(reference.type or "")
        if rule and rule.sole_symbol and reference.partial and int(reference.year or 0) >= rule.sole_symbol_from > 0:
            entry = self.names.known(f"{reference.partial}/{reference.year}/{rule.sole_symbol}", rule.id, None)
            return Outcome(
                resolution="short",
                entry=entry,
                score=0.9,
                reason=f"Viết tắt; {rule.name} chỉ có ký hiệu {rule.sole_symbol} (suy ra).",
            )
        same = self._by_number.get((reference.type, (reference.partial or "").lstrip("0")), ())
        found = [entry for entry in same if not reference.year or entry.year() == reference.year]
        near = [entry for entry in found if is_near(entry, citing)]
        if len(near) == 1 and reference.year:
            return Outcome(
                resolution="short",
                entry=near[0],
                score=0.8,
                reason="Viết tắt; văn bản này hoặc nơi ban hành của nó chỉ có một văn bản cùng loại, số và năm.",
            )
        if found:
            return ambiguous(found, "Viết tắt, không đủ để biết văn bản nào.")
        return unresolved("Viết tắt; chưa biết văn bản nào cùng loại và số.")


def _more_than_case(repair: str) -> bool:
    """True when a repair changed more than case: "LDTBXH→LĐTBXH" or "separator", not "TTG→TTg"."""
    before, arrow, after = repair.partition("→")
    return not arrow or before.lower() != after.lower()
