"""Terms of Party committees: a Party number belongs to a term, not to a year (reference §1.4)."""

from kgdocs.grammar.wording import TermsFile

_Turn = tuple[str, str, str]
"""When a term begins (ISO): last day of the old one at the earliest, at the latest, the new term."""
_LAST = {4: "-12-31", 7: "-31", 10: ""}
_FIRST = {4: "-01-01", 7: "-01", 10: ""}


class TermTable:
    """Which term of which committee a day falls in, as far as the days of its congresses are known."""

    def __init__(self, patterns: TermsFile) -> None:
        """Index the congresses by committee and the seasons by level."""
        self._closed: dict[str, list[_Turn]] = {}
        self._ordinals = {(congress.committee, congress.ordinal): congress.term for congress in patterns.congresses}
        for congress in patterns.congresses:
            closed = congress.closed.isoformat()
            self._closed.setdefault(congress.committee, []).append((closed, closed, congress.term))
        self._seasons: dict[str, list[_Turn]] = {}
        for season in patterns.seasons:
            turn = (season.begin.isoformat(), season.end.isoformat(), season.term)
            self._seasons.setdefault(season.level, []).append(turn)
        self._known: dict[tuple[str, str], list[_Turn]] = {}

    def term(self, committee: str, level: str, day: str) -> str | None:
        """Term ("2021-2026") of a committee on `day` (ISO, whole or in part); None where that cannot be told."""
        if len(day) not in _FIRST:
            return None
        turns = self._known.get((committee, level))
        if turns is None:
            turns = self._known[committee, level] = self._turns(committee, level)
        first, last = (_term_on(turns, day + ends[len(day)]) for ends in (_FIRST, _LAST))
        return first if first == last else None

    def of_ordinal(self, committee: str, ordinal: str) -> str | None:
        """Term of the congress that is named by its number ("khóa XII"), None where it is not known."""
        return self._ordinals.get((committee, ordinal.upper()))

    def _turns(self, committee: str, level: str) -> list[_Turn]:
        """When terms begin: (last day of the old one at the earliest, at the latest, the new term)."""
        own = self._closed.get(committee, [])
        known = {term for _, _, term in own}
        return sorted([*own, *(turn for turn in self._seasons.get(level, []) if turn[2] not in known)])


def _term_on(turns: list[_Turn], day: str) -> str | None:
    """The term that `day` certainly falls in. A day that is none in its month ("…-31") counts as the last."""
    term = None
    for earliest, latest, new in turns:
        if day <= earliest:
            return term
        if day <= latest:
            return None
        term = new
    return term
