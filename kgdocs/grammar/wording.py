"""The shapes of the files of patterns/ that say how things are worded: dates, provisions, issuers, names of laws."""

from datetime import date as Day
from typing import Literal

from pydantic import Field

from kgdocs.grammar.shapes import Answered, Examples, Expression, Pattern, Rule, Shape, Texts


class DateRule(Answered):
    """One written form of a date; `examples` map the writing to ISO."""

    id: str
    pattern: Expression


class DatesFile(Shape):
    """patterns/dates.yml."""

    leads: Texts
    months: dict[str, int]
    dates: tuple[DateRule, ...]


class ProvisionsFile(Answered):
    """patterns/provisions.yml."""

    units: Texts
    item: Expression
    between: Texts


class BareWords(Answered):
    """Words that tell the level of an issuer and not which one it is."""

    levels: dict[str, Literal["central", "province", "district"]]


class IssuersFile(Answered):
    """patterns/issuers.yml."""

    openers: Texts
    agents: Texts
    passives: Texts
    passive_bodies: Texts
    passive_acts: Texts
    countries: Expression
    sessions: Expression
    acts: Texts
    notes: Texts
    effects: Texts
    heads: Texts
    names: Texts
    regions: Expression
    prefixes: Expression
    lists: Texts
    pairs: Texts
    joint_heads: Texts
    units: Texts
    """How the names of offices begin that issue in their own name and no table lists."""
    place_kinds: dict[str, Literal["city", "town", "district", "commune"]]
    place_numbers: str
    bare: BareWords
    committees: Texts
    committees_of: Texts
    terms: Expression
    open_names: Texts
    stops: Texts


class CitedTitlesFile(Answered):
    """patterns/cited_titles.yml; `examples` lead to the title of the first citation, in `not` it has none."""

    openers: Texts
    not_openers: Texts
    clause_openers: Texts
    closers: Texts
    subjects: Texts
    verbs: Texts
    breaks: Texts
    tails: Texts


class OccasionsFile(Answered):
    """patterns/occasions.yml; `examples` lead to the date of the first citation, in `not` it has none."""

    subjects: Texts
    deeds: Texts
    verbs: Texts
    tenses: Texts
    kept: Texts
    events: Texts
    event_acts: Texts
    attendance: Expression


class LawNamesFile(Answered):
    """patterns/law_names.yml."""

    heads: Expression
    damaged_heads: dict[str, Texts]
    amending: Expression
    amended_part: Expression
    related: Expression
    joins: Expression
    budget: Pattern
    enacted: Pattern
    stops: Texts
    inner: Texts
    treaty_heads: Expression
    treaty_openers: Expression
    treaty_stops: Texts
    treaty_kinds: Texts
    treaty_more: Texts
    revised: Texts


class Congress(Shape):
    """A Party congress whose days are known."""

    committee: str
    ordinal: str
    term: str
    opened: Day
    closed: Day
    confidence: Literal["A", "B", "C"] = "C"


class CongressSeason(Shape):
    """When the congresses of a level were held: in between, the term of a committee is not known."""

    level: Literal["province", "district", "commune"]
    term: str
    begin: Day = Field(alias="from")
    end: Day = Field(alias="to")


class TermsFile(Answered):
    """patterns/terms.yml."""

    congresses: tuple[Congress, ...]
    seasons: tuple[CongressSeason, ...]


class FalseFriend(Rule):
    """A string that looks like a code or short form and is none."""

    before: Expression | None = None
    after: Expression | None = None
    code: Expression | None = None
    short_only: bool = False


class FalseFriendsFile(Shape):
    """patterns/false_friends.yml; `silent` are sentences, by class, in which nothing is a reference."""

    false_friends: tuple[FalseFriend, ...]
    silent: dict[str, Examples]


class AsideRule(Rule):
    """What points at a document without being a link of its own; `refers` says what an anaphor stands for."""

    kind: Literal["anaphora", "standard", "form", "court"]
    refers: Literal["own", "last", "issuer", "term"] | None = None
    pattern: Expression | None


class AsidesFile(Shape):
    """patterns/asides.yml."""

    asides: tuple[AsideRule, ...]
