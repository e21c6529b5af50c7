"""What the findings look at: documents, texts with their mentions and links, the graph; and how one is made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.grammar.names import AgencyRule
from kgdocs.lineage.graph import AnyGraph
from kgdocs.lineage.linked import LinkedGraph
from kgdocs.models import (
    Agency,
    ChainStep,
    Document,
    EdgeKey,
    Fact,
    Finding,
    Joined,
    Link,
    Linked,
    Reading,
    Reference,
    Severity,
    Span,
)
from kgdocs.models.days import latest_day, plain_day

_REMEMBERED = 10_000
"""Issuers whose agencies are remembered."""
SURE = frozenset({"header", "annex", "register", "patterns", "correction"})
"""Origins of facts that know a document, and do not only cite it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference with the text that has it, the document of that text, its link and the document meant."""

    reading: Reading
    own: Document | None
    reference: Reference
    link: Link
    target: Document | None

    @property
    def words(self) -> str:
        """As printed, on one line."""
        return one_line(self.reference.text)

    @property
    def name(self) -> str:
        """What the mention is called in a sentence: its code, else its words."""
        return str(self.reference.code) if self.reference.code else self.words


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: source, span and words."""

    source_id: str
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, one: Fact | Mention) -> "Place":
        """The place of a fact or a mention."""
        if isinstance(one, Mention):
            found = one.reference
            return cls(one.reading.source.id, found.start, found.end, found.text)
        return cls(one.source_id or "", one.start, one.end, one.text)

    @classmethod
    def at(cls, reading: Reading, span: Span) -> "Place":
        """A span of a text."""
        return cls(reading.source.id, span.start, span.end, reading.source.text[span.start : span.end])

    def as_side(self, value: str | None, origin: str) -> dict[str, str | int | None]:
        """One side of a difference with its evidence."""
        return {
            "value": value, "origin": origin, "source_id": self.source_id or None, "start": self.start, "end": self.end,
            "text": self.text,
        }  # fmt: skip


class View:
    """All that was linked, and the one text that is looked at, with its mentions."""

    def __init__(
        self,
        found: "Joined | Linked",
        edges: Iterable[EdgeKey],
        rules: Rules,
        places: Mapping[str, Place] | None = None,
        text_of: Callable[[str], str] | None = None,
    ) -> None:
        """Index documents and agencies by id, and what `edges`, all relations, tell of amendments and bases.

        `places` tells where documents are first cited, if no texts are looked at; `text_of` gives the text of a source.
        """
        self.rules = rules
        self.graph: AnyGraph = LinkedGraph((), (), (), lambda _: ())
        """The relations with their evidence: for what is looked for when all texts were looked at, and in a draft."""
        self.amendments: dict[str, list[str]] = {}
        """Document id → the documents that amend it, in the order of `edges`."""
        self.based: set[str] = set()
        """Ids of documents that are based on another."""
        for source, target, kind, status in edges:
            if kind == "amends" and status == "asserted":
                self.amendments.setdefault(target, []).append(source)
            elif kind == "based_on":
                self.based.add(source)
        self.documents = {document.id: document for document in found.documents}
        self.agencies: Mapping[str, Agency] = {agency.id: agency for agency in found.agencies}
        self.twins = found.twins
        self.step_rules = {(chain.id, step.id): step for chain in rules.chains.chains for step in chain.steps}
        self.steps: Sequence[ChainStep] = ()
        """The steps of the directive that is looked at."""
        self.own_ids = found.own
        self.text_of = text_of or (lambda _: "")
        self.drafts: set[str] = set()
        """Ids of the sources looked at that hold drafts."""
        self.cited_at = {} if places is None else dict(places)
        """Document id → where it is first cited in the texts looked at, other than by itself."""
        held = Counter(found.own.values())
        self._of_several = frozenset(document for document, sources in held.items() if sources > 1)
        """Ids of documents that several sources hold."""
        self._told: dict[tuple[str, str], set[str]] = {}
        """Code of a finding, and id of the document in which it is looked for, or "" → what was told once and is not told again."""
        self._told_here: set[tuple[str, str]] = set()
        """The same of the text that is looked at, where no other is of its document."""
        self._readings: tuple[Reading, ...] = ()
        self.mentions: Sequence[Mention] = ()
        self.agencies_named = lru_cache(_REMEMBERED)(self._agencies_named)

    def look_at(self, reading: Reading, links: Sequence[Link]) -> None:
        """Turn to a text, the mentions that it makes of itself included."""
        own = self.own_of(reading)
        references = reading.extraction.references if reading.extraction else ()
        self._readings = (reading,)
        self._told_here.clear()
        self.mentions = [
            Mention(reading, own, reference, link, self.documents.get(link.target_id or ""))
            for reference, link in zip(references, links, strict=True)
        ]
        if reading.layout and reading.layout.header.is_draft:
            self.drafts.add(reading.source.id)

    def note_cited(self) -> None:
        """Note where the text that is looked at cites documents that no text before it cited."""
        for mention in self.mentions:
            if mention.target and not mention.reference.is_self:
                self.cited_at.setdefault(mention.target.id, Place.of(mention))

    def own_of(self, reading: Reading) -> Document | None:
        """Return the document that a text is."""
        return self.documents.get(self.own_ids.get(reading.source.id, ""))

    @property
    def texts(self) -> Sequence[Reading]:
        """The text that is looked at."""
        return self._readings

    @property
    def by_text(self) -> dict[str, Sequence[Mention]]:
        """Source id → the mentions of the text that is looked at; nothing for one without any."""
        return {reading.source.id: self.mentions for reading in self._readings if self.mentions}

    def is_first(self, code: str, one: str, own: str = "") -> bool:
        """True when asked for the first time; what is asked is then told. `own` is the document looked at, where it is told for each."""
        if own and own not in self._of_several:
            is_first = (code, one) not in self._told_here
            self._told_here.add((code, one))
            return is_first
        told = self._told.setdefault((code, own), set())
        is_first = one not in told
        told.add(one)
        return is_first

    @property
    def stated_days(self) -> Iterator[tuple[Document, Fact]]:
        """Each document whose whole date a text states, with the fact that does: its own header first."""
        return ((document, fact) for document in self.documents.values() if (fact := self.stated_day(document)))

    def stated_day(self, document: Document) -> Fact | None:
        """Return the fact that states the whole date of a document in a text, best in its own header; None where none does."""
        if len(issued := document.issued_on or "") < 10:
            return None
        days = [fact for fact in document.facts_of("date") if fact.source_id in self.own_ids]
        facts = [fact for fact in days if fact.value == issued]
        return min(facts, key=lambda fact: (fact.origin != "header", fact.origin != "annex"), default=None)

    @cached_property
    def provinces_named(self) -> dict[str, set[str]]:
        """Key of a name → the names of the provinces that are called so."""
        found: dict[str, set[str]] = {}
        for rule in self.rules.places.values():
            if not rule.province and not rule.district:
                for name in (rule.name, *rule.aliases):
                    found.setdefault(name_key(name), set()).add(rule.name)
        return found

    def _agencies_named(self, issuer: str) -> list[AgencyRule]:
        """The agencies that an issuer names; only where it begins with one."""
        hits = list(self.rules.agency_names.find(scan_fold(issuer)))
        if not hits or hits[0].start > 0:
            return []
        return [self.rules.agencies[hit.entry.value] for hit in hits]

    def agency_rules(self, token: str) -> Sequence[AgencyRule]:
        """Agencies that have a code in symbols; the number of a National Assembly does not count ("QH14")."""
        known = self.rules.agencies_of_code
        return known.get(token.rstrip("0123456789"), known.get(token, ()))

    def finding(
        self,
        code: str,
        place: Place,
        document: Document | None,
        /,
        *,
        severity: Severity | None = None,
        since: str | None = None,
        details: Mapping[str, object] | None = None,
        **words: Any,
    ) -> Finding:
        """Make a finding; `words` fill its sentences, a pair is (Vietnamese, English)."""
        rule = self.rules.findings.get(code) or self.rules.draft_findings[code]
        vietnamese, english = rule.fill(**words)
        return Finding(
            code=code,
            severity=severity or rule.severity,
            document_id=document.id if document else "",
            source_id=place.source_id,
            start=place.start,
            end=place.end,
            text=place.text,
            message=vietnamese,
            message_en=english,
            since=since,
            details=details or {},
        )

    def about(self, code: str, mention: Mention, **more: Any) -> Finding:
        """A finding at a mention, about the document meant or else the text's own."""
        more.setdefault("since", since(mention.own))
        more.setdefault("name", mention.name)
        return self.finding(code, Place.of(mention), mention.target or mention.own, **more)

    def word(self, name: str, /, **words: Any) -> tuple[str, str]:
        """A word or phrase of a sentence in both languages."""
        known = self.rules.finding_terms.words
        return (known.get(name) or self.rules.drafts.words[name]).fill(**words)

    def origin(self, name: str) -> tuple[str, str]:
        """What the origin of a fact is called in both languages."""
        return self.rules.finding_terms.origins[name].fill()


def since(*documents: Document | None) -> str | None:
    """The day from which all of these documents were there, None where one has no date."""
    days = [latest_day(one.issued_on) if one and one.issued_on else "" for one in documents]
    return max(days) if days and all(days) else None


def one_line(text: str) -> str:
    """Words without line breaks and double spaces."""
    return " ".join(text.split())


def called(document: Document) -> str:
    """What a document is called in a sentence."""
    return document.code or document.title or document.id


def day(iso: str | None) -> str:
    """A date as offices write it, "?" where there is none."""
    return plain_day(iso) if iso else "?"
