"""Documents cited by name: laws, nicknames, programmes, drafts and plans (reference §3.6)."""

from kgdocs.grammar import Rules
from kgdocs.grammar.names import CENTRAL, KnownDocument
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.catalogue import UNNUMBERED, Catalogue, Entry
from kgdocs.link.identity import Identifier, Key, key_of_known, key_of_title
from kgdocs.link.offices import UNKNOWN_PLACE, Context
from kgdocs.link.outcome import Citing, Outcome, ambiguous, unresolved
from kgdocs.models import Reference

_IN_FORCE = "bản có hiệu lực khi viện dẫn (suy ra)"
_THEN = "bản có vào ngày của văn bản mà trích yếu nêu tên này (suy ra)"
_ONLY = "chỉ có một văn bản mang tên này"
_NO_YEAR = "Tên này đã đặt cho nhiều văn bản; không nêu năm, không rõ ngày viện dẫn."
_TWO_THEN = "Tên này ở trong trích yếu của một văn bản ban hành khi bản mới đã thông qua mà bản cũ còn hiệu lực."
_SAME_YEAR = "Trong năm đó có nhiều văn bản cùng tên; không nêu ngày."


class NameResolver:
    """Resolves references that have a name and no code; made once per build."""

    def __init__(self, rules: Rules, catalogue: Catalogue, agencies: AgencyFinder, identify: Identifier) -> None:
        """Keep the rules and the catalogue that grows while linking."""
        self.rules = rules
        self._identify = identify
        self._catalogue = catalogue
        self._agencies = agencies

    def named_key(self, reference: Reference, day: str | None) -> Key | None:
        """Identity of a law named with its year by a text of `day`: that of the known law, else its title and year."""
        year = _year(reference, day)
        if reference.rule != "named" or not year:
            return None
        name = reference.name or reference.text
        versions = self._of_year(name, year, day, reference.date)
        entry = self._version(versions[0]) if len(versions) == 1 else None
        if versions and entry is None:
            return None
        return entry.key if entry else Key(CENTRAL, self.rules.known.key(name), year, "title")

    def _of_year(self, name: str, year: str, day: str | None, date: str | None) -> list[KnownDocument]:
        """The laws of a name and year, as far as they were there on a day; `date` decides where one of them has it."""
        versions = self.rules.known.called(name)
        found = [rule for rule in versions if str(rule.date)[:4] == year and (not day or str(rule.date) <= day)]
        return [rule for rule in found if str(rule.date) == date] or found

    def _version(self, rule: KnownDocument) -> Entry | None:
        """The entry of a law that patterns/ tells, by its code, or by its title where it has none."""
        if rule.code:
            return self.known(rule.code, rule.type, str(rule.date) if rule.date else None)
        entry = self._catalogue.add(key_of_known(rule), "cited")
        entry.type = entry.type or rule.type
        return entry

    def nickname(self, reference: Reference, day: str | None) -> Outcome:
        """A programme nickname leads to the decision of the table; where several phases have it, to none."""
        rule = self.rules.nicknames[reference.name or ""]
        if day and rule.valid_from and day < str(rule.valid_from):
            return unresolved(f"Tên quen dùng này có từ {rule.valid_from:%d/%m/%Y}, sau ngày viện dẫn.")
        entry = self.known(rule.code, rule.type, str(rule.date) if rule.date else None)
        later = [one for one in rule.later if not day or str(one.date) <= day]
        if later:
            phases = [self.known(one.code, rule.type, str(one.date)) for one in later]
            return ambiguous(
                [one for one in (entry, *phases) if one],
                "Tên quen dùng của nhiều giai đoạn, mỗi giai đoạn một quyết định.",
            )
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
        found = self._identify.central(printed, type_id, date)
        if found is None:
            return None
        key, code = found
        entry = self._catalogue.add(key, "cited")
        entry.code, entry.number, entry.type = str(code), code.number, entry.type or type_id
        entry.office = entry.office or self._agencies.find(None, code, Context(), date)
        return entry

    def future(self, reference: Reference, citing: Citing) -> Outcome:
        """A draft, planned or attached document is a node of its own, found again by its title and office."""
        own = citing.introduced.get(f"{reference.kind} {reference.type}")
        key = self.future_key(reference, citing)
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

    def future_key(self, reference: Reference, citing: Citing) -> Key | None:
        """Identity of a draft, planned or attached document: its words, title and place; None where it has no title.

        What is issued with the citing document is of its place.
        """
        title = reference.title or (reference.name if reference.rule == "draft_law" else None)
        if reference.kind not in UNNUMBERED or not title:
            return None
        office = self._agencies.find(reference.issuer, None, citing.context)
        home = citing.own.key.place if citing.own and reference.kind == "attached" else citing.context.place
        place = (office.place if office else None) or home or UNKNOWN_PLACE
        words = f"{reference.text} {reference.title or ''}".rstrip() if reference.kind == "draft" else title
        return key_of_title(words, place, "", reference.kind)

    def law(self, reference: Reference, citing: Citing, titled: str | None = None) -> Outcome:
        """A law by its name: the version whose year is stated, else the one in force when citing.

        `titled` is the day of the document in whose title the name stands: what that document carries out was there then.
        """
        name = self.rules.known.key(reference.name or reference.text)
        day = citing.context.date
        year = _year(reference, day)
        own = citing.introduced.get(name)
        known = self._catalogue.get(next(iter(own))) if not year and len(own) == 1 else None
        if known and (not titled or known.year() <= titled[:4]):
            return Outcome(
                resolution="context", entry=known, score=0.95, reason="Văn bản này đã nêu đủ tên và năm ở chỗ khác."
            )
        called = reference.name or reference.text
        then = self._there(called, titled) if titled and not year else []
        fitting = then or (self._of_year(called, year, day, reference.date) if year else self._undated(called, day))
        if len(fitting) == 1 and (year or day or then or fitting[0].only):
            how = f"năm {year} được nêu" if year else _ONLY if fitting[0].only else _THEN if then else _IN_FORCE
            return Outcome(
                resolution="title",
                entry=self._version(fitting[0]),
                score=1.0 if year else 0.85,
                reason=f"Tên luật; {how}.",
            )
        if fitting:
            candidates = [entry for rule in fitting if (entry := self._version(rule))]
            return ambiguous(candidates, _SAME_YEAR if year else _TWO_THEN if then else _NO_YEAR)
        return self._title_only(reference, name, year)

    def _undated(self, name: str, day: str | None) -> list[KnownDocument]:
        """The laws of a name, where a day is known those in force on it, or the only one, once it was passed."""
        versions = self.rules.known.called(name)
        return [rule for rule in versions if not day or _in_force(rule, day) or (rule.only and str(rule.date) <= day)]

    def _there(self, name: str, day: str) -> list[KnownDocument]:
        """The laws of a name that a document of a day may carry out: in force on it, or passed and about to be."""
        versions = self.rules.known.called(name)
        return [rule for rule in versions if str(rule.date) <= day < str(rule.replaced_on or "9999")]

    def _title_only(self, reference: Reference, name: str, year: str) -> Outcome:
        """A law that no table knows is a document by its name and year."""
        found = [entry for entry in self._catalogue.named(name, family="title") if entry.key.period]
        if not year and len(found) == 1:
            return Outcome(
                resolution="title", entry=found[0], score=0.8, reason="Không nêu năm; chỉ biết một văn bản có tên này."
            )
        if not year and found:
            return ambiguous(found, "Không nêu năm; có nhiều văn bản cùng tên.")
        entry = self._catalogue.add(Key(CENTRAL, name, year, "title"), "cited")
        entry.type = reference.type
        return Outcome(resolution="title", entry=entry, score=0.9 if year else 0.7, reason="Nhận theo tên gọi.")


def _year(reference: Reference, day: str | None) -> str:
    """The year stated for a law, "" where there is none, or one after the day on which it is cited."""
    year = (reference.date or reference.year or "")[:4]
    return "" if day and year > day[:4] else year


def _in_force(rule: KnownDocument, day: str) -> bool:
    """True for a law in force on a day."""
    return str(rule.effective_on or rule.date) <= day < str(rule.replaced_on or "9999")
