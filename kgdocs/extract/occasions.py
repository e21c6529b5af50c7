"""Whether a date behind a mention is that of another act: of the next clause, or of an event (patterns/occasions.yml)."""

import re

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of

_COMMA = re.compile(r"\s{0,3},?\s{1,3}")
_CLAUSE_END = re.compile(r"[;:()|“”\"]|[.](?=\s|$)|\n\s*\n")
_JOINT = re.compile(r"\s{0,3}(?:,|và|cùng|;)\s{1,3}", re.IGNORECASE)
MAX_CLAUSE, MAX_EVENT = 160, 120
_WORDS_BETWEEN = 4
"""Words at most between what an event is for and the mention: "tổng kết 5 năm thực hiện Chỉ thị"."""


class OccasionReader:
    """Tells the dates of other acts from those of documents; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what occasions.yml says, with the verbs of issuers.yml and the openers of titles."""
        known, acts = rules.occasions, rules.issuers.acts
        self._acts = re.compile(rf"{any_of(acts)}\s{{1,3}}(?:(?:các|những)\s{{1,3}})?", re.IGNORECASE)
        verbs = (*known.deeds, *known.verbs, *acts)
        self._deed = re.compile(
            rf"(?:{any_of(known.deeds)}|{any_of(known.tenses)}\s{{1,3}}{any_of(verbs)})(?!\w)", re.IGNORECASE
        )
        self._heads = re.compile(rf"{any_of(rules.issuers.heads)}(?!\w)", re.IGNORECASE)
        self._subject = re.compile(rf"{any_of(known.subjects)}(?!\w)", re.IGNORECASE)
        self._tells = re.compile(
            rf"(?<!\w)(?:(?P<kept>{any_of((*known.kept, *rules.issuers.effects))})"
            rf"|{any_of((*verbs, *known.tenses))})(?!\w)",
            re.IGNORECASE,
        )
        self._event = re.compile(
            rf"(?<!\w){any_of(known.events)}\s{{1,3}}(?:\w+\s{{1,3}}){{0,6}}?{any_of(known.event_acts)}"
            rf"(?:\s{{1,3}}\w+){{0,{_WORDS_BETWEEN}}}\s{{1,3}}\Z",
            re.IGNORECASE,
        )
        self._of_document = re.compile(
            rf"[\s,]{{1,4}}{any_of((*rules.issuers.openers, *rules.cited_titles.openers, *known.kept))}(?!\w)",
            re.IGNORECASE,
        )
        self._attendance = re.compile(rf"\s{{0,3}},?\s{{1,3}}{known.attendance}", re.IGNORECASE)

    def is_event(self, scan: Scan, start: int | None, end: int) -> bool:
        """True where the date that ends at `end`, behind the document mentioned at `start`, is the day of an event."""
        if self._attendance.match(scan.folded, end):
            return True
        return start is not None and self._is_held_for(scan, start, end)

    def _is_held_for(self, scan: Scan, start: int, end: int) -> bool:
        """True for "Hội nghị triển khai Chỉ thị số A ngày B": the day of the meeting, unless what follows is the document's."""
        if not self._event.search(scan.folded[max(0, start - MAX_EVENT) : start]):
            return False
        joint = _JOINT.match(scan.folded, end)
        hit = scan.hit_at.get(joint.end()) if joint else None
        listed = hit is not None and (hit.entry.tag in ("TYPE", "SHORT") or bool(hit.entry.label))
        return not listed and not self._of_document.match(scan.folded, end)

    def is_clause(self, scan: Scan, start: int | None, end: int, limit: int) -> bool:
        """True where the date that ends at `end` opens a new clause: its subject and a verb behind it, or a verb at once.

        Asked where a comma stands between the document mentioned at `start` and the date; `limit`
        is where the next mention begins.
        """
        folded = scan.folded
        blank = _COMMA.match(folded, end)
        if blank is None or blank.end() >= limit:
            return False
        at = blank.end()
        if act := self._acts.match(folded, at):
            return act.end() >= limit or self._is_object(folded, start)
        if self._deed.match(folded, at):
            return True
        named = self._heads.match(folded, at) and folded[at].isupper()
        if at not in scan.agencies and not named and not self._subject.match(folded, at):
            return False
        stop = _CLAUSE_END.search(folded, at, min(limit, at + MAX_CLAUSE))
        told = self._tells.search(folded, at, stop.start() if stop else min(limit, at + MAX_CLAUSE))
        return told is not None and not told["kept"]

    def _is_object(self, folded: str, start: int | None) -> bool:
        """True for a mention right behind a verb: "ban hành Kế hoạch số A"; the clause behind it has the same subject."""
        if start is None:
            return False
        base = max(0, start - 40)
        return any(act.end() == start for act in self._acts.finditer(folded, base, start))
