"""What the findings look at: documents, texts with their mentions and links, the graph; and how one is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kgdocs.grammar import Rules
from kgdocs.grammar.names import AgencyRule
from kgdocs.lineage.graph import Graph
from kgdocs.models import Agency, ChainStep, Document, Fact, Finding, Link, Linked, Reading, Reference, Severity
from kgdocs.models.days import latest_day, plain_day


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference with the text that has it, the document of that text, its link and the document meant."""

    reading: Reading
    own: Document | None
    reference: Reference
    link: Link
    target: Document | None

    @property
    def name(self) -> str:
        """What the mention is called in a sentence: its code, else its words."""
        return str(self.reference.code) if self.reference.code else " ".join(self.reference.text.split())


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

    def as_side(self, value: str | None, origin: str) -> dict[str, str | int | None]:
        """One side of a difference with its evidence."""
        return {
            "value": value, "origin": origin, "source_id": self.source_id, "start": self.start, "end": self.end,
            "text": self.text,
        }  # fmt: skip


class View:
    """All that was linked, indexed once for the findings."""

    def __init__(
        self,
        linked: Linked,
        readings: Sequence[Reading],
        graph: Graph,
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
        self._places = places
        self.every_level = {rule.form_of for rule in rules.agencies.values() if rule.form_of}
        """Agencies that districts and communes have as well: one code of many offices."""
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

    def agency_rules(self, token: str) -> list[AgencyRule]:
        """Agencies that have a code in symbols; the number of a National Assembly does not count ("QH14")."""
        return self._by_code.get(token.rstrip("0123456789"), self._by_code.get(token, []))

    @cached_property
    def _by_code(self) -> dict[str, list[AgencyRule]]:
        found: dict[str, list[AgencyRule]] = {}
        for rule in self.rules.agencies.values():
            for token in rule.codes:
                found.setdefault(token, []).append(rule)
        return found

    def finding(
        self,
        code: str,
        place: Place,
        document: Document | str | None,
        /,
        *,
        severity: Severity | None = None,
        since: str | None = None,
        details: Mapping[str, object] | None = None,
        **words: Any,
    ) -> Finding:
        """Make a finding; `words` fill its sentences, a pair is (Vietnamese, English)."""
        rule = self.rules.findings[code]
        vietnamese = {name: word[0] if isinstance(word, tuple) else word for name, word in words.items()}
        english = {name: word[1] if isinstance(word, tuple) else word for name, word in words.items()}
        return Finding(
            code=code,
            severity=severity or rule.severity,
            document_id=document if isinstance(document, str) else document.id if document else "",
            source_id=place.source_id,
            start=place.start,
            end=place.end,
            text=place.text,
            message=rule.message.format(**vietnamese),
            message_en=rule.english.format(**english),
            since=since,
            details=details or {},
        )

    def about(self, code: str, mention: Mention, **more: Any) -> Finding:
        """A finding at a mention, about the document meant or else the text's own."""
        more.setdefault("since", since(mention.own))
        more.setdefault("name", mention.name)
        return self.finding(code, Place.of(mention), mention.target or mention.own, **more)

    def origin(self, name: str) -> tuple[str, str]:
        """What the origin of a fact is called in both languages."""
        return self.rules.finding_terms.origins[name], self.rules.finding_terms.origins_en[name]


def since(*documents: Document | None) -> str | None:
    """The day from which all of these documents were there, None where one has no date."""
    days = [latest_day(one.issued_on) if one and one.issued_on else "" for one in documents]
    return max(days) if days and all(days) else None


def called(document: Document) -> str:
    """What a document is called in a sentence."""
    return document.code or document.title or document.id


def day(iso: str | None) -> str:
    """A date as offices write it, "?" where there is none."""
    return plain_day(iso) if iso else "?"
