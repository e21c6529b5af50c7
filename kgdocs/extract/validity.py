"""When a text says that a document enters into force or ceases to be in force (patterns/validity.yml).

The subject must stand right before the clause and be a whole document: "Nghị định này", or one that is cited
without a provision at the head of its clause. Of everything else nothing is read.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of, word_starts
from kgdocs.grammar.folding import word_fold
from kgdocs.grammar.validity import ValidityRule
from kgdocs.models import Layout, Reference, Validity
from kgdocs.models.days import LATEST_DAY

_SUBJECT, _LEAD, _QUOTED, _REACH, _MOST_LISTED = 300, 160, 2000, 1200, 20
_HEAD_MARK = re.compile(r"(?:\A|[.;:(>]|(?<=\n)[ ]{0,20}(?:[-+•]|[0-9]{1,3}[.)]|[a-zđ]\))|\n[ ]{0,20}\n)\s{0,20}\Z")
_LINE = re.compile(r"(?P<line>[^\n]{0,140})\n\s{0,20}\Z")
_HEADING = re.compile(r"\s{0,20}(?:điều|mục|chương|phần|[0-9]{1,3}[.)])(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s{0,3}(?:,|;|và|,\s{0,3}và)\s{1,3}")
_WORD = re.compile(r"[^\W\d_]+")


class ValidityReader:
    """Reads days of validity; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what validity.yml says."""
        words = rules.validity
        self._dates = rules.dates
        self._types = {word_fold(label): rule.id for rule in rules.types.values() for label in rule.labels}
        labels = any_of(label for rule in rules.types.values() for label in rule.labels)
        self._cue = re.compile(words.cue)
        self._own = re.compile(rf"(?<!\w)(?P<label>{labels}|văn\s{{1,3}}bản)\s{{1,3}}này{words.own}\Z", re.IGNORECASE)
        self._named = re.compile(words.named, re.IGNORECASE)
        self._opener = re.compile(rf"(?<!\w){any_of(words.openers)}\s{{0,3}},?\s{{1,3}}\Z", re.IGNORECASE)
        self._joins = frozenset(words.joins)
        self._parts = re.compile(words.parts, re.IGNORECASE)
        self._rules = [(rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in words.rules]

    def read(
        self, scan: Scan, references: Sequence[Reference], layout: Layout | None, own_type: str | None
    ) -> tuple[Validity, ...]:
        """Return the days stated, in order; of the text's own document the first one of each field, from before any annex."""
        annex = next((block.start for block in layout.blocks if block.kind == "annex"), None) if layout else None
        found: list[Validity] = []
        for cue in word_starts(self._cue, scan.lowered):
            told = list(self._told(scan.folded, cue))
            subjects = list(self._subjects(scan, cue, references, own_type)) if told else []
            for reference, start in subjects:
                late = reference is None and annex is not None and start >= annex
                done = {one.field for one in found if one.reference is None} if reference is None else ()
                found += [
                    _validity(scan.text, one, reference, start)
                    for one in told
                    if not late and one[0].field not in done and (reference is None or one[1] is not None)
                ]
        return tuple(found)

    def _told(self, folded: str, start: int) -> Iterator[tuple[ValidityRule, str | None, int, int]]:
        """What the rules read from the cue at `start`: rule, day, days after signing, end."""
        for rule, pattern in self._rules:
            match = pattern.match(folded, start)
            if match is None:
                continue
            if rule.reads in ("signed", "days_after"):
                yield rule, None, int(match["n"]) if rule.reads == "days_after" else 0, match.end()
            elif (read := self._day(rule, match)) and not self._parts.match(folded, read[1]):
                yield rule, read[0], 0, read[1]

    def _day(self, rule: ValidityRule, match: re.Match[str]) -> tuple[str, int] | None:
        """The day that a match states and where it ends; None where it is no full day."""
        if match.groupdict().get("y"):
            return f"{int(match['y']) + 1:04d}-01-01", match.end()
        found = self._dates.match(match.string, match.start("day"))
        if found is None or len(found.iso) != 10 or found.iso > LATEST_DAY:
            return None
        return (_next_day(found.iso) if rule.reads == "last_day" else found.iso), found.end

    def _subjects(
        self, scan: Scan, cue: int, references: Sequence[Reference], own_type: str | None
    ) -> Iterator[tuple[int | None, int]]:
        """What the clause at `cue` is about, with where it begins: the own document (None) or references."""
        base = max(0, cue - _SUBJECT)
        own = self._own.search(scan.folded, base, cue)
        if own is not None:
            kind = self._types.get(word_fold(" ".join(own["label"].split())))
            fits = kind is None or own_type is None or kind == own_type
            if fits and self._opens(scan, own.start()) and not _is_quoted(scan.text, own.start()):
                yield None, own.start()
            return
        whole = next(
            (i for i in self._ending_at(scan, cue, references) if self._opens(scan, references[i].start)), None
        )
        yield from ((index, references[index].start) for index in ([whole] if whole is not None else ()))
        if whole is None:
            yield from self._listed(scan, cue, references)

    def _ending_at(self, scan: Scan, cue: int, references: Sequence[Reference]) -> Iterator[int]:
        """Positions of whole documents whose mention, with its facts or title, ends at the clause; the widest first."""
        nearest = bisect_left(references, cue - _REACH, key=lambda one: one.start)
        for index in range(nearest, bisect_left(references, cue, key=lambda one: one.start)):
            one = references[index]
            ends = {one.end, one.facts_end, one.extent}
            plain = one.provision is None and not one.is_self and one.kind in ("numbered", "named")
            if plain and any(
                0 < end <= cue < end + 48 and self._named.fullmatch(scan.folded, end, cue) for end in ends
            ):
                yield index

    def _listed(self, scan: Scan, cue: int, references: Sequence[Reference]) -> Iterator[tuple[int, int]]:
        """All members of a list that ends at the clause: "Thông tư A và Thông tư B hết hiệu lực"; none where one is a part."""
        last = next(self._ending_at(scan, cue, references), None)
        if last is None:
            return
        for first in range(last - 1, max(-1, last - _MOST_LISTED), -1):
            one, after = references[first], references[first + 1]
            end = max(one.end, one.facts_end, one.extent)
            if one.provision is not None or not _BETWEEN.fullmatch(scan.folded, end, after.start):
                return
            if self._opens(scan, one.start):
                yield from ((index, references[index].start) for index in range(first, last + 1))
                return

    def _opens(self, scan: Scan, start: int) -> bool:
        """True where a clause begins at `start`."""
        base = max(0, start - _LEAD)
        before = scan.folded[base:start]
        if _HEAD_MARK.search(before) or scan.text[base:start].rstrip().endswith(">") or self._opener.search(before):
            return True
        line = _LINE.search(before)
        if line is None or not _HEADING.match(line["line"]):
            return False
        words = _WORD.findall(line["line"].lower())
        return bool(words) and words[-1] not in self._joins


def _is_quoted(text: str, start: int) -> bool:
    """True where `start` lies inside quotation marks: the words are those of another document."""
    before = text[max(0, start - _QUOTED) : start]
    if before.rfind("“") > before.rfind("”"):
        return True
    return before[before.rfind("\n\n") + 1 :].count('"') % 2 == 1


def _next_day(iso: str) -> str:
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()


def _validity(
    text: str, told: tuple[ValidityRule, str | None, int, int], reference: int | None, start: int
) -> Validity:
    rule, day, after, end = told
    return Validity(
        field=rule.field,
        day=day,
        after=after,
        reference=reference,
        start=start,
        end=end,
        text=text[start:end],
        rule=rule.id,
    )
