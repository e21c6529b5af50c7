"""Documents cited by name: laws, nicknames, programmes, drafts and plans (reference §3.6)."""

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.link.agencies import CENTRAL, AgencyFinder, Context
from kgdocs.link.catalogue import UNNUMBERED, Catalogue, Entry, Key, key_of_code, key_of_title
from kgdocs.link.outcome import UNKNOWN_PLACE, Citing, Outcome, ambiguous, unresolved
from kgdocs.models import Reference


class NameResolver:
    """Resolves references that have a name and no code; made once per build."""

    def __init__(self, rules: Rules, catalogue: Catalogue, agencies: AgencyFinder) -> None:
        """Keep the rules and the catalogue that grows while linking."""
        self.rules = rules
        self._catalogue = catalogue
        self._agencies = agencies

    def named_key(self, reference: Reference) -> Key | None:
        """Identity of a law named with its year: that of the known law, else its title and year."""
        year = (reference.date or reference.year or "")[:4]
        if reference.rule != "named" or not year:
            return None
        name = name_key(reference.name or reference.text)
        rule = next(
            (
                rule
                for rule in self.rules.known
                if rule.code and name_key(rule.title) == name and str(rule.date)[:4] == year
            ),
            None,
        )
        entry = self.known(rule.code or "", rule.type, str(rule.date)) if rule else None
        return entry.key if entry else Key(CENTRAL, name, year, "title")

    def nickname(self, reference: Reference) -> Outcome:
        """A programme nickname leads to the decision of the table."""
        rule = self.rules.nicknames[reference.name or ""]
        entry = self.known(rule.code, rule.type, str(rule.date) if rule.date else None)
        return Outcome(
            resolution="nickname", entry=entry, score=0.9, reason=f"Tên quen dùng của {rule.code} (bảng tên gọi)."
        )

    def programme(self, reference: Reference) -> Outcome:
        """A programme title leads to the decision that approved it."""
        rule = self.rules.programmes[reference.name or ""]
        entry = self.known(rule.code, rule.type, str(rule.date) if rule.date else None)
        return Outcome(
            resolution="title",
            entry=entry,
            score=0.9,
            reason=f"Tên chương trình do {rule.code} phê duyệt (bảng tên gọi).",
        )

    def known(self, printed: str, type_id: str, date: str | None) -> Entry | None:
        """The entry of a central document that patterns/ tells, made if needed."""
        found = self.rules.codes.parse(printed)
        if found is None:
            return None
        year = str(found.code.year or (date or "")[:4])
        entry = self._catalogue.add(key_of_code(found.code, CENTRAL, year, type_id), "cited")
        entry.code, entry.number, entry.type = str(found.code), found.code.number, entry.type or type_id
        entry.office = entry.office or self._agencies.find(None, found.code, Context(), date)
        return entry

    def future(self, reference: Reference, citing: Citing) -> Outcome:
        """A draft, planned or attached document is a node of its own, found again by its title and office."""
        own = citing.introduced.get(f"{reference.kind} {reference.type}", frozenset())
        key = self.future_key(reference, citing.context)
        if key is None and len(own) == 1:
            entry = self._catalogue.get(next(iter(own)))
            return Outcome(
                resolution="context",
                entry=entry,
                score=0.8,
                reason="Dự thảo duy nhất cùng loại mà văn bản này nêu tên.",
            )
        if key is None:
            return unresolved("Dự thảo không nêu tên.")
        entry = self._catalogue.add(key, UNNUMBERED[reference.kind])
        entry.type = reference.type
        entry.office = entry.office or self._agencies.find(reference.issuer, None, citing.context)
        return Outcome(resolution="title", entry=entry, score=0.8, reason="Văn bản không có số, nhận theo tên gọi.")

    def future_key(self, reference: Reference, context: Context) -> Key | None:
        """Identity of a draft, planned or attached document: its words, title and place; None where it has no title."""
        if reference.kind not in UNNUMBERED or not reference.title:
            return None
        office = self._agencies.find(reference.issuer, None, context)
        place = (office.place if office else None) or context.place or UNKNOWN_PLACE
        words = f"{reference.text} {reference.title}" if reference.kind == "draft" else reference.title
        return key_of_title(words, place, "", reference.kind)

    def law(self, reference: Reference, citing: Citing) -> Outcome:
        """A law by its name: the version whose year is stated, else the one in force when citing."""
        name = name_key(reference.name or reference.text)
        year = (reference.date or reference.year or "")[:4]
        own = citing.introduced.get(name, frozenset())
        if not year and len(own) == 1 and (entry := self._catalogue.get(next(iter(own)))):
            return Outcome(
                resolution="context", entry=entry, score=0.95, reason="Văn bản này đã nêu đủ tên và năm ở chỗ khác."
            )
        versions = [rule for rule in self.rules.known if name_key(rule.title) == name and rule.code]
        fitting = [rule for rule in versions if not year or str(rule.date)[:4] == year]
        if not year and citing.context.date:
            day = citing.context.date
            fitting = [
                rule
                for rule in versions
                if str(rule.effective_on or rule.date) <= day < str(rule.replaced_on or "9999")
            ]
        if len(fitting) == 1:
            rule = fitting[0]
            entry = self.known(rule.code or "", rule.type, str(rule.date) if rule.date else None)
            how = f"năm {year} được nêu" if year else "bản có hiệu lực khi viện dẫn (suy ra)"
            return Outcome(resolution="title", entry=entry, score=1.0 if year else 0.85, reason=f"Tên luật; {how}.")
        if fitting and not year:
            return ambiguous(
                [e for r in fitting if (e := self.known(r.code or "", r.type, str(r.date)))],
                "Tên này có nhiều văn bản; không nêu năm.",
            )
        return self._title_only(reference, name, year)

    def _title_only(self, reference: Reference, name: str, year: str) -> Outcome:
        """A law that no table knows is a document by its name and year."""
        found = [entry for entry in self._catalogue.named(name, family="title") if entry.key.year]
        if not year and len(found) == 1:
            return Outcome(
                resolution="title", entry=found[0], score=0.8, reason="Không nêu năm; chỉ biết một văn bản có tên này."
            )
        if not year and found:
            return ambiguous(found, "Không nêu năm; có nhiều văn bản cùng tên.")
        entry = self._catalogue.add(Key(CENTRAL, name, year, "title"), "cited")
        entry.type = reference.type
        return Outcome(resolution="title", entry=entry, score=0.9 if year else 0.7, reason="Nhận theo tên gọi.")
