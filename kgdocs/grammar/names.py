"""The shape of the files that name things: agencies, places, laws and programmes."""

from datetime import date as Day
from typing import Literal

from kgdocs.grammar.shapes import Answered, Examples, Expression, Ladder, Level, Rule, Shape, Texts

CENTRAL = "trung-uong"
"""Place of central bodies in ids and paths."""
_COMMUNES = ("xa-", "phuong-", "thi-tran-", "dac-khu-")
"""How a commune begins in a path that has no district."""


class Succession(Shape):
    """What became of an agency, and when."""

    kind: Literal["renamed", "merged_into", "split_into", "function_transferred"]
    to: str
    on: Day
    note: str | None = None


class AgencyRule(Rule):
    """An issuing body: names, codes, level, ladder and the interval in which it existed."""

    name: str
    level: Level
    ladder: Ladder
    codes: Texts = ()
    aliases: Texts = ()
    valid_from: Day | None = None
    valid_to: Day | None = None
    successions: tuple[Succession, ...] = ()
    place_bound: bool = False
    form_of: str | None = None


class AgenciesFile(Shape):
    """patterns/agencies.yml.

    `heads` maps the first word of a name to titles of those who sign for it, `shortened` words to their short forms;
    names of `departments` begin with those words.
    """

    heads: dict[str, Texts]
    shortened: dict[str, Texts]
    departments: Texts
    agencies: tuple[AgencyRule, ...]


class KindChange(Shape):
    """The day on which a place became another kind of unit."""

    on: Day
    kind: str


class PlaceRule(Rule):
    """A province, district or commune with the interval in which it existed."""

    name: str
    kind: str
    kind_changes: tuple[KindChange, ...] = ()
    valid_from: Day | None = None
    valid_to: Day | None = None
    merged_into: str | None = None
    merged_from: Texts = ()
    aliases: Texts = ()
    province: str | None = None
    district: str | None = None
    sample: bool = False
    shared: bool = False
    """True where other provinces have a unit of this name too: the name alone does not tell it."""
    capital: bool = False
    """True where central bodies sit too: the place line alone does not tell whose text it is."""


class PlacesFile(Shape):
    """patterns/places.yml."""

    places: tuple[PlaceRule, ...]
    districts: tuple[PlaceRule, ...] = ()
    communes: tuple[PlaceRule, ...] = ()

    @property
    def all(self) -> tuple[PlaceRule, ...]:
        """Places of all levels."""
        return (*self.places, *self.districts, *self.communes)


def with_place(name: str, place: PlaceRule) -> str:
    """Return the name of an agency with its place: "Ủy ban nhân dân huyện An Biên"."""
    kind = "" if place.kind in name.lower() or place.name.startswith("Thành phố") else f" {place.kind}"
    return f"{name}{kind} {place.name}"


class TitleLexicon(Rule):
    """Names of laws and their like, each written after one of `heads`."""

    type: str
    heads: Examples
    names: Texts


class KnownDocument(Rule):
    """A well-known document cited by its title, with what is certain about it."""

    type: str
    title: str
    aliases: Texts = ()
    only: bool = False
    """True where no other document ever had this name."""
    code: str | None = None
    date: Day | None = None
    effective_on: Day | None = None
    replaced_on: Day | None = None
    issuer: str | None = None
    confidence: Literal["A", "B", "C"] = "C"


class TitleForm(Rule):
    """How a document without a number is named, as a pattern from its label on ("Nghị quyết Đại hội XIII")."""

    type: str
    pattern: Expression


class Abbreviations(Answered):
    """Abbreviations inside names of laws, written out."""

    words: dict[str, str]


class TitlesFile(Shape):
    """patterns/titles.yml."""

    abbreviations: Abbreviations
    lexicons: tuple[TitleLexicon, ...]
    forms: tuple[TitleForm, ...]
    documents: tuple[KnownDocument, ...]


class LaterDecision(Shape):
    """A decision that approved a later phase of a programme which keeps its nickname."""

    code: str
    date: Day


class Nickname(Rule):
    """A programme nickname built from the approving decision's number."""

    names: Examples
    code: str
    type: str
    date: Day | None = None
    issuer: str | None = None
    title: str | None = None
    scope: str = "national"
    valid_from: Day | None = None
    confidence: Literal["A", "B", "C"] = "C"
    prefix_not: Texts = ()
    later: tuple[LaterDecision, ...] = ()


class Programme(Rule):
    """A programme cited by its title, with the decision that approved it."""

    title: str
    aliases: Texts = ()
    code: str
    type: str
    date: Day | None = None
    issuer: str | None = None
    confidence: Literal["A", "B", "C"] = "C"


class NicknamesFile(Shape):
    """patterns/nicknames.yml."""

    nicknames: tuple[Nickname, ...]
    programmes: tuple[Programme, ...] = ()


def level_at(path: str) -> Level:
    """Return the level of the bodies at a place path: "an-giang" → province, "an-giang/chau-thanh", "an-giang-2025/xa-go-quao" → commune.

    A commune that lies in no district, as all since 1/7/2025, has its kind in the path.
    """
    if path == CENTRAL:
        return "central"
    _province, *units = path.split("/")
    if not units:
        return "province"
    return "commune" if len(units) > 1 or units[0].startswith(_COMMUNES) else "district"
