"""What linking one reference comes to, and the text that it is linked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from kgdocs.link.agencies import Context
from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import Key
from kgdocs.models import Code, Reference, Resolution


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a reference was resolved to, before documents have ids."""

    resolution: Resolution
    entry: Entry | None
    score: float
    reason: str
    candidates: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Citing:
    """The text that cites: its context, its own document and what it introduced."""

    context: Context
    own: Entry | None
    own_code: Code | None
    own_symbol: str | None
    introduced: Mapping[str, frozenset[Key]]
    """Code name or title key → keys that this text states with a year."""

    def names_itself(self, reference: Reference) -> bool:
        """True where a text says its own number again: in its header, or with its own day and no other issuer."""
        again = self.own_code is not None and reference.code == self.own_code and reference.issuer is None
        return reference.is_self or (again and reference.date is not None and reference.date == self.context.date)


def ambiguous(found: list[Entry], reason: str) -> Outcome:
    """Several documents fit: all are candidates, none is linked."""
    return Outcome(resolution="ambiguous", entry=None, score=0.0, reason=reason, candidates=tuple(found))


def unresolved(reason: str) -> Outcome:
    """No document can be named."""
    return Outcome(resolution="unresolved", entry=None, score=0.0, reason=reason)


def corrected(entry: Entry | None, reason: str) -> Outcome:
    """What a person decided; without an entry, that it is none of those known."""
    resolution: Resolution = "corrected" if entry else "unresolved"
    return Outcome(resolution=resolution, entry=entry, score=1.0 if entry else 0.0, reason=reason)
