"""Why a step of a chain is in its state, and what was looked through, in the sentences of patterns/chains.yml."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from kgdocs.grammar.chains import ChainsFile, StepRule
from kgdocs.lineage.filling import Filler
from kgdocs.lineage.graph import AnyGraph
from kgdocs.lineage.practice import Practice
from kgdocs.lineage.units import Unit, Units
from kgdocs.models import StatedDeadline
from kgdocs.models.days import first_day, latest_day, plain_day

Told = tuple[str, str]
"""One sentence in Vietnamese and English."""
_SHOWN = 220
"""Characters of evidence in a sentence."""


class Reasons:
    """Words reasons; one for a graph."""

    def __init__(self, graph: AnyGraph, units: Units, practice: Practice, patterns: ChainsFile) -> None:
        """Keep what the sentences speak of."""
        self._graph = graph
        self._units = units
        self._practice = practice
        self._sentences = patterns.reasons
        self._usual = cache(self._say_usual)
        self.optional = cache(self._optional)
        self.waiting = cache(self._waiting)

    def done(self, due: StatedDeadline | None, days: int | None, step: StepRule, issued: str | None) -> Told:
        """A document is there: against the deadline stated, else beside what is usual, which is no deadline."""
        if due:
            unsure = not issued or first_day(issued) <= due.deadline.due < latest_day(issued)
            return self._say("in_time_unknown", stated=self._stated(due)) if unsure else self._stated(due)
        if days is None or step.task != "plan":
            return self._say("done")
        long = self._say("long") if self._practice.is_long(days) else ""
        return self._say("done_after", days=days, usual=self._usual(), long=long)

    def planned(self, status: str, evidence: Sequence[Mapping[str, Any]]) -> Told:
        """The document is only a draft, or announced."""
        return self._say("draft" if status == "draft" else "planned", words=_words(evidence))

    def denied(self, evidence: Sequence[Mapping[str, Any]]) -> Told:
        """A text says that there is no such document."""
        return self._say("denied", words=_words(evidence))

    def _optional(self, step: StepRule) -> Told:
        """Nothing is known of a step that not every directive needs."""
        return self._say("optional" if step.task == "plan" else "unreported")

    def earlier(self, one: Filler) -> Told:
        """What is said to carry a document out bears an earlier date than that document."""
        words: dict[str, str] = {}
        for role, document in (("filler", one.document_id), ("target", one.target_id)):
            words |= {role: self._called(document), f"{role}_date": plain_day(self._graph.nodes[document]["issued_on"])}
        return self._say("earlier", **words)

    def named(self, one: str, target: str, evidence: Sequence[Mapping[str, Any]]) -> Told:
        """A document of the agency names what is to be carried out, without a word of carrying it out."""
        return self._say("named", name=self._called(one), target=self._called(target), words=_words(evidence))

    def undated(self, target: str) -> Told:
        """The document to be carried out has no date, so nothing can be counted from it."""
        return self._say("undated", name=self._called(target))

    def ended(self, unit: Unit, due: StatedDeadline | None, expected: str) -> Told:
        """The unit was dissolved before it had to act."""
        by = self._stated(due) if due else self._say("too_early", date=plain_day(expected), usual=self._usual())
        return self._say("ended", unit=unit.name, date=plain_day(unit.until or ""), by=by)

    def unread(self, unit: Unit, begun: str, until: str, seen: int) -> Told:
        """Nothing, or too little, of that agency was read."""
        return self._looked("few_read" if seen else "unread", seen, unit, begun, until)

    def _waiting(self, place: str) -> Told:
        """A lower level that is to carry out what the province issues, of which nothing was seen."""
        return self._say("waiting", place=self._units.place_name(place))

    def not_due(self, due: StatedDeadline | None, expected: str | None) -> Told:
        """It is too early to say."""
        if due:
            return self._say("not_due", stated=self._stated(due))
        return self._say("too_early", date=plain_day(expected or ""), usual=self._usual())

    def missing(self, seen: int, unit: Unit, begun: str, until: str, due: StatedDeadline | None) -> Told:
        """Documents of that agency were looked through, and none of them carries it out."""
        stated = self._stated(due) if due else self._say("not_stated")
        return self._looked("missing", seen, unit, begun, until, stated=stated)

    def unlisted(self, place: str) -> Told:
        """The tables do not list the units."""
        return self._say("unlisted", place=self._units.place_name(place))

    def _looked(self, name: str, seen: int, unit: Unit, begun: str, until: str, **more: Told) -> Told:
        """What was looked through, of whom and of which time."""
        return self._say(name, seen=seen, unit=unit.name, first=plain_day(begun), last=plain_day(until), **more)

    def _stated(self, due: StatedDeadline) -> Told:
        words = " ".join(due.deadline.text.split())
        return self._say("stated", date=plain_day(due.deadline.due), code=self._called(due.document_id), words=words)

    def _called(self, one: str) -> str:
        node = self._graph.nodes[one]
        return str(node["code"] or node["title"] or one)

    def _say_usual(self) -> Told:
        """What is usual, labelled as observed or as a general figure."""
        name = "observed" if self._practice.is_measured else "usual"
        return self._say(name, days=self._practice.middle, count=len(self._practice.days))

    def _say(self, sentence: str, /, **words: Any) -> Told:
        return self._sentences[sentence].fill(**words)


def _words(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The words of the first evidence on one line, shortened."""
    words = " ".join(str(evidence[0]["text"]).split()) if evidence else ""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
