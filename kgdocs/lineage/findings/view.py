"""What the findings look at: documents, texts with their mentions and links, the graph; and how one is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import name_key
from kgdocs.grammar.names import AgencyRule
from kgdocs.lineage.edge_list import EdgeList
from kgdocs.lineage.graph import Graph
from kgdocs.models import Agency, ChainStep, Document, Fact, Finding, Link, Linked, Reading, Reference, Severity, Span
from kgdocs.models.days import latest_day, plain_day

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
    """All that was linked, indexed once for the findings."""

    def __init__(
        self,
        linked: Linked,
        readings: Sequence[Reading],
        graph: "Graph | EdgeList",
        steps: Sequence[ChainStep],
        rules: Rules,
        places: Mapping[str, Place] | None = None,
    ) -> None:
        """Index documents and agencies by id; `places` tells where documents are first cited, if no texts are at hand."""
        self.linked = linked
        self.readings = readings
        self.graph = graph
        self.steps = steps
        self.rules = rules
        self.documents = {document.id: document for document in linked.documents}
        self.agencies: Mapping[str, Agency] = {agency.id: agency for agency in linked.agencies}
        self.step_rules = {(chain.id, step.id): step for chain in rules.chains.chains for step in chain.steps}
        self._places = places
        self.sources = {reading.source.id for reading in readings if reading.extraction is not None}
        self.texts = [reading for reading in readings if reading.extraction is not None]
        self.own = {source: self.documents.get(one) for source, one in linked.own.items()}

    @cached_property
    def mentions(self) -> list[Mention]:
        """All mentions of all texts, those that a text makes of itself included, in order."""
        return [mention for reading in self.texts for mention in self._of(reading)]

    @cached_property
    def by_text(self) -> dict[str, list[Mention]]:
        """Source id → its mentions."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.reading.source.id, []).append(mention)
        return found

    @cached_property
    def first_mentions(self) -> dict[str, Mention]:
        """Document id → the first mention that is linked to it, in a text other than its own where there is one."""
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.target and not mention.reference.is_self:
                found.setdefault(mention.target.id, mention)
        return found

    @cached_property
    def stated_days(self) -> list[tuple[Document, Fact]]:
        """Each document whose whole date a text states, with the fact that does: its own header first."""
        return [(document, fact) for document in self.linked.documents if (fact := self._stated_day(document))]

    def _stated_day(self, document: Document) -> Fact | None:
        issued = document.issued_on or ""
        days = [fact for fact in document.facts if fact.field == "date" and fact.source_id in self.sources]
        facts = [fact for fact in days if fact.value == issued] if len(issued) == 10 else []
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

    @cached_property
    def amendments(self) -> dict[str, list[str]]:
        """Document id → the documents that amend it, sorted."""
        found: dict[str, set[str]] = {}
        for source, target, data in self.graph.edges(data=True):
            if data["type"] == "amends" and data["status"] == "asserted":
                found.setdefault(target, set()).add(source)
        return {target: sorted(sources) for target, sources in found.items()}

    def cited_at(self, document_id: str | None) -> Place | None:
        """Where a document is first cited."""
        if self._places is not None:
            return self._places.get(document_id or "")
        mention = self.first_mentions.get(document_id or "")
        return Place.of(mention) if mention else None

    def _of(self, reading: Reading) -> Iterator[Mention]:
        own = self.own.get(reading.source.id)
        references = reading.extraction.references if reading.extraction else ()
        for reference, link in zip(references, self.linked.links[reading.source.id], strict=True):
            yield Mention(reading, own, reference, link, self.documents.get(link.target_id or ""))

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
