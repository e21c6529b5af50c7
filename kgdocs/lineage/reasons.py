"""Why a step of a chain is in its state, and what was looked through, in the sentences of patterns/chains.yml."""

from collections.abc import Mapping, Sequence
from typing import Any

from kgdocs.grammar.chains import ChainsFile, StepRule
from kgdocs.lineage.graph import Graph
from kgdocs.lineage.practice import Practice
from kgdocs.lineage.units import Unit, Units
from kgdocs.models import StatedDeadline
from kgdocs.models.days import plain_day

Told = tuple[str, str]
"""One sentence in Vietnamese and English."""
_SHOWN = 220
"""Characters of evidence in a sentence."""


class Reasons:
    """Words reasons; one for a graph."""

    def __init__(self, graph: Graph, units: Units, practice: Practice, patterns: ChainsFile) -> None:
        """Keep what the sentences speak of."""
        self._graph = graph
        self._units = units
        self._practice = practice
        self._sentences = patterns.reasons

    def done(self, due: StatedDeadline | None, days: int | None, step: StepRule) -> Told:
        """A document is there: against the deadline stated, else beside what is usual, which is no deadline."""
        if due:
            return self._stated(due)
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

    def optional(self, step: StepRule) -> Told:
        """Nothing is known of a step that not every directive needs."""
        return self._say("optional" if step.task == "plan" else "unreported")

    def unread(self, unit: Unit, begun: str | None, until: str, seen: int) -> Told:
        """Nothing, or too little, of that agency was read."""
        if not begun:
            return self._say("undated")
        return self._looked("few_read" if seen else "unread", seen, unit, begun, until)

    def waiting(self, place: str) -> Told:
        """A lower level that is to carry out what the province issues, of which nothing was seen."""
        return self._say("waiting", place=self._units.place_name(place))

    def not_due(self, due: StatedDeadline | None, expected: str | None) -> Told:
        """It is too early to say."""
        if due:
            return self._say("not_due", stated=self._stated(due))
        return self._say("too_early", date=plain_day(expected or ""), usual=self._usual())

    def missing(self, seen: int, unit: Unit, begun: str | None, until: str, due: StatedDeadline | None) -> Told:
        """Documents of that agency were looked through, and none of them carries it out."""
        stated = self._stated(due) if due else self._say("not_stated")
        return self._looked("missing", seen, unit, begun or "", until, stated=stated)

    def unlisted(self, place: str) -> Told:
        """The tables do not list the units."""
        return self._say("unlisted", place=self._units.place_name(place))

    def _looked(self, name: str, seen: int, unit: Unit, begun: str, until: str, **more: Told) -> Told:
        """What was looked through, of whom and of which time."""
        return self._say(name, seen=seen, unit=unit.name, first=plain_day(begun), last=plain_day(until), **more)

    def _stated(self, due: StatedDeadline) -> Told:
        code = self._graph.nodes[due.document_id]["code"] or due.document_id
        words = " ".join(due.deadline.text.split())
        return self._say("stated", date=plain_day(due.deadline.due), code=code, words=words)

    def _usual(self) -> Told:
        """What is usual, labelled as observed or as a general figure."""
        name = "observed" if self._practice.is_measured else "usual"
        return self._say(name, days=self._practice.middle, count=len(self._practice.days))

    def _say(self, name: str, **words: Any) -> Told:
        return self._sentences[name].fill(**words)


def _words(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The words of the first evidence on one line, shortened."""
    words = " ".join(str(evidence[0]["text"]).split()) if evidence else ""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
