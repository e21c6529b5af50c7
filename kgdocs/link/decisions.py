"""What persons decided (corrections.yml) → what linking must do; a decision that names nothing known is told.

A decision names documents by their ids. They are those of a linking without decisions, so
that a decision means the same as long as the files that make its documents are there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kgdocs.grammar.folding import slug
from kgdocs.grammar.lexicon import lexicon_key
from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import Key
from kgdocs.models import Correction, Reading, Reference, RowFault

_NO_DOCUMENT = "chưa có văn bản này trong kho"
_CONTRADICTED = "trái với một quyết định khác về cùng lượt viện dẫn"
_NO_MENTION = "không thấy lượt viện dẫn này"


@dataclass(frozen=True, slots=True)
class Decision:
    """A correction with the file that holds it."""

    correction: Correction
    held_by: Reading

    @property
    def reason(self) -> str:
        """Who decided, when, and the note."""
        one = self.correction
        note = f": {one.note.strip()}" if one.note else ""
        return f"Theo quyết định của {one.by} ngày {date.fromisoformat(one.on):%d/%m/%Y}{note}."

    @property
    def text(self) -> str:
        """The words of the file."""
        return self.held_by.source.text[self.correction.start : self.correction.end]


@dataclass(slots=True)
class Decisions:
    """Decisions ready to be followed; empty where there are none."""

    means: dict[str, list[tuple[Decision, Key]]] = field(default_factory=dict)
    """Mention → the document that is meant."""
    same: dict[Key, Key] = field(default_factory=dict)
    """Document → the one that it is."""
    joined: list[tuple[Decision, str, Key]] = field(default_factory=list)
    """Ids of documents that are another, with that other."""
    apart: dict[frozenset[str], Decision] = field(default_factory=dict)
    """Pairs of ids that are not one document."""
    ids: Mapping[Key, str] = field(default_factory=dict)
    met: dict[int, str | None] = field(default_factory=dict)
    """Id of a correction whose mention was met → why it was not followed there, None where it was."""
    unknown: list[tuple[Decision, str]] = field(default_factory=list)
    """Decisions with an id that no document has."""

    def meant(self, reading: Reading, reference: Reference) -> tuple[Decision, Key] | None:
        """What a person said that a mention means; the decision that names a place beats one for all places.

        Of decisions that contradict each other none is followed.
        """
        if not self.means:
            return None
        spellings = {lexicon_key(reference.text), lexicon_key(str(reference.code or ""))}
        found = [
            one for words in spellings for one in self.means.get(words, ()) if _is_here(one[0], reading, reference)
        ]
        best = min(map(_narrowness, found), default=None)
        narrow = [one for one in found if _narrowness(one) == best]
        agreed = len({self.same.get(key, key) for _, key in narrow}) == 1
        for decision, _ in found:
            self.met[id(decision.correction)] = None if agreed else _CONTRADICTED
        return narrow[0] if agreed else None

    def parted(self, reference: Reference, entry: Entry) -> Decision | None:
        """The decision that an entry is not the document whose code a mention spells."""
        here = self.ids.get(entry.key) if self.apart else None
        if reference.code is None or here is None:
            return None
        name = slug(str(reference.code))
        return next(
            (
                by
                for pair, by in self.apart.items()
                if here in pair and any(_name(one) == name for one in pair - {here})
            ),
            None,
        )

    def are_apart(self, first: str, second: str) -> bool:
        """True where a person said that two ids are not one document."""
        return frozenset((first, second)) in self.apart

    def faults(self) -> dict[str, tuple[RowFault, ...]]:
        """Source id of a corrections file → its decisions that could not be followed, in their order."""
        idle = [
            (decision, decision.correction.mention or "", reason)
            for found in self.means.values()
            for decision, _ in found
            if (reason := self.met.get(id(decision.correction), _NO_MENTION))
        ]
        told: dict[str, list[RowFault]] = {}
        for decision, name, reason in [*((one, name, _NO_DOCUMENT) for one, name in self.unknown), *idle]:
            line = decision.held_by.source.text.count("\n", 0, decision.correction.start) + 1
            fault = RowFault(line=line, code=name, reason=reason, placed=False)
            told.setdefault(decision.held_by.source.id, []).append(fault)
        return {source: tuple(sorted(found, key=lambda one: (one.line, one.code))) for source, found in told.items()}


def decide(readings: Iterable[Reading], entries: Sequence[Entry], redirects: Mapping[str, str]) -> Decisions:
    """Return the decisions of `readings` about documents with the ids of `entries`, or ids that redirect to them."""
    keys = {entry.id: entry.key for entry in entries}
    decisions = Decisions(ids={key: one for one, key in keys.items()})
    known = {**{other: keys[now] for other, now in redirects.items() if now in keys}, **keys}
    for decision in _decisions(readings):
        missing = [one for one in decision.correction.documents if one not in known]
        if missing:
            decisions.unknown += [(decision, one) for one in missing]
        elif decision.correction.kind == "means":
            words = lexicon_key(decision.correction.mention or "")
            decisions.means.setdefault(words, []).append((decision, known[decision.correction.documents[0]]))
        elif decision.correction.kind == "same":
            _join(decisions, decision, known)
        else:
            names = decision.correction.documents
            pairs = (frozenset((a, b)) for i, a in enumerate(names) for b in names[i + 1 :])
            decisions.apart |= dict.fromkeys(pairs, decision)
    return decisions


def _decisions(readings: Iterable[Reading]) -> Iterator[Decision]:
    """All decisions, file by file in the order of their paths."""
    for reading in sorted(readings, key=lambda reading: (reading.source.path, reading.source.id)):
        yield from (Decision(correction, reading) for correction in reading.corrections)


def _join(decisions: Decisions, decision: Decision, known: Mapping[str, Key]) -> None:
    """Note that documents are the first of those named, or what that one already is."""
    first, *others = decision.correction.documents
    kept = decisions.same.get(known[first], known[first])
    for other in others:
        gone = decisions.same.get(known[other], known[other])
        decisions.joined.append((decision, other, kept))
        if gone != kept:
            decisions.same = {key: kept if now == gone else now for key, now in decisions.same.items()} | {gone: kept}


def _is_here(decision: Decision, reading: Reading, reference: Reference) -> bool:
    """True where a decision speaks of this place."""
    one = decision.correction
    paths = reading.source.path.split("\n")
    named = one.source is None or any(path == one.source or path.endswith(f"/{one.source}") for path in paths)
    return named and one.at in (None, reference.start)


def _narrowness(found: tuple[Decision, Key]) -> tuple[bool, bool]:
    """Decisions that name a place come before those that name a file, and these before the rest."""
    correction = found[0].correction
    return correction.at is None, correction.source is None


def _name(document_id: str) -> str:
    """The last part of an id."""
    return document_id.rsplit("/", 1)[-1]
