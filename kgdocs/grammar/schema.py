"""The shape of every file in patterns/: unknown keys are refused, rules without examples too."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, model_validator

from kgdocs.grammar.chains import ChainsFile
from kgdocs.grammar.drafts import DraftsFile
from kgdocs.grammar.findings import FindingsFile
from kgdocs.grammar.forms import CodesFile
from kgdocs.grammar.names import AgenciesFile, NicknamesFile, PlacesFile, TitlesFile
from kgdocs.grammar.registers import RegistersFile
from kgdocs.grammar.shapes import Answered, Examples, Expression, Phrases, Rule, Shape, Texts, TokenPattern
from kgdocs.grammar.units import UnitsFile
from kgdocs.grammar.validity import DeadlinesFile, ValidityFile
from kgdocs.grammar.wording import (
    AsidesFile,
    CitedTitlesFile,
    DatesFile,
    FalseFriendsFile,
    IssuersFile,
    LawNamesFile,
    OccasionsFile,
    ProvisionsFile,
    TermsFile,
)


class TypeRule(Rule):
    """A document type (tên loại) with its labels and type codes."""

    name: str
    labels: Examples
    coded: Texts = ()
    short: Texts = ()
    english: Texts = ()
    codes: Texts = ()
    bare: bool = False
    by_number: bool = False
    """True where a label with its capital and a number of two digits or more are a usual name ("Đề án 31")."""
    central_only: bool = False
    """True where only central bodies issue it."""
    two_series: bool = False
    """True where an office numbers normative documents (with the year in the code) and others apart."""
    party_series: bool = False
    """True where the Party numbers the type by itself, though another type has its code."""
    sole_symbol: str | None = None
    sole_symbol_from: int = 0


class TypesFile(Shape):
    """patterns/types.yml."""

    types: tuple[TypeRule, ...]


class LayoutPart(Rule):
    """How the lines of one part of a document begin."""

    pattern: Expression


class LayoutFile(Shape):
    """patterns/layout.yml."""

    parts: tuple[LayoutPart, ...]


class LineBegin(Rule):
    """How a line begins; `alone`: the next begins behind what matches."""

    pattern: Expression
    head: bool = False
    """True where it is so only above the first căn cứ, article or section."""
    alone: bool = False


class LostLinesFile(Shape):
    """patterns/lost_lines.yml."""

    longest: PositiveInt
    begins: tuple[LineBegin, ...]


class ReferenceRule(Rule):
    """A sequence of tags that forms a reference; `pattern` is in spaCy's Matcher form."""

    kind: str
    pattern: TokenPattern
    mark: Texts = ()


class ReferencesFile(Shape):
    """patterns/references.yml."""

    number_words: Texts
    defined_term: Expression
    short_cues: Texts
    short_ends: Texts
    references: tuple[ReferenceRule, ...]


class RelationRule(Rule):
    """A sequence of tags that states a relation; `pattern` is in spaCy's Matcher form."""

    relation: str
    pattern: TokenPattern
    source: Literal["document", "first", "last"]
    status: Literal["asserted", "planned", "negated"] = "asserted"
    where: Texts = ()
    self_type: Texts = ()
    not_self_type: Texts = ()
    not_types: Texts = ()
    source_types: Texts = ()
    """Types of a source that is a reference; empty: any."""
    not_followed: str | None = None
    """Expression for what must not stand behind the target; None: anything may."""
    not_plain: Texts = ()
    """Tags that are plain words for other rules, and not for this one."""
    outer: bool = False
    """True where the document that is named first must not stand in the title of an earlier one."""
    subject_of: Texts = ()
    """Tags of a predicate whose subjects, in front of it, are the targets ("A và B hết hiệu lực"); empty: those in the pattern."""
    provision: bool | None = None
    """True where the target must be named with an article, an annex of it; False where it must not."""
    same_type: bool = False
    """True where source and target are of one type."""
    spread: bool | Literal["clause"] = False
    """True where the list that the last mention opens goes on; "clause": up to a semicolon, which ends what is said."""
    sources: Literal["joined", "listed"] | None = None
    """Where the source is named last: what is joined to it by commas and "và", or listed behind it, is a source too."""
    last_only: bool = False
    """True where only the last mention of the pattern is a target; those before it are others' or another rule's."""
    partial: bool = False
    """True where the relation is to a part of the target ("bãi bỏ các quy định tại …"), which stays in force."""


class RelationsFile(Shape):
    """patterns/relations.yml."""

    kinds: Texts
    unprinted: Texts
    ranks: dict[str, int]
    plain: Texts
    cues: dict[str, Phrases]
    relations: tuple[RelationRule, ...]


class VocabularyFile(Shape):
    """patterns/vocabulary.yml: relation → its names ("prefix:name") in published vocabularies and ours."""

    namespaces: dict[str, str]
    relations: dict[str, Examples]

    @model_validator(mode="after")
    def _prefixes_are_known(self) -> "VocabularyFile":
        """Every name has a prefix that stands for something."""
        names = {name for found in self.relations.values() for name in found}
        if strange := sorted(name for name in names if name.partition(":")[0] not in self.namespaces):
            raise ValueError(f"no namespace for {', '.join(strange)}")
        return self


class AgencyRelationRule(Rule):
    """Words in front of a name, or of a list of names, of agencies that a document acts on.

    `cue` (in titles) and `article` (in the document's own text) end where the first name begins;
    `behind` must follow the names. `own` are the types of documents that say it of themselves,
    `cited` those of which another text says it.
    """

    relation: Literal["coordinates", "establishes", "assigns"]
    cue: Expression | None = None
    article: Expression | None = None
    behind: Expression | None = None
    names: Expression | None = None
    """How a name begins that is in no list of agencies; None where only known agencies count."""
    own: Texts = ()
    cited: Texts = ()


class AgencyRelationsFile(Shape):
    """patterns/agency_relations.yml."""

    many: Expression
    several: Expression
    relations: tuple[AgencyRelationRule, ...]


class PrecisionFile(Shape):
    """patterns/precision.yml: rule → folder of answers → (right, shown); empty where nothing was measured."""

    rules: dict[str, dict[str, tuple[int, int]]]


class SyllableParts(Shape):
    """What Vietnamese syllables are made of; rhymes carry the acute where a tone mark may stand."""

    onsets: Examples
    before_front: Examples
    before_back: Examples
    rhymes: Examples


class LegacyEncoding(Answered):
    """An encoding from before Unicode, as Windows-1252 shows it; `capitals` may be punctuation as well."""

    id: str
    name: str
    letters: Annotated[dict[str, str], Field(min_length=1)]
    capitals: dict[str, str] = Field(default_factory=dict)


class Misreading(Answered):
    """UTF-8 whose bytes were shown as characters of the single-byte encoding `codec`."""

    id: str
    name: str
    codec: Literal["cp437", "cp1252", "latin-1"]


class EncodingsFile(Shape):
    """patterns/encodings.yml."""

    syllables: SyllableParts
    common: Examples
    legacy: tuple[LegacyEncoding, ...]
    misread: tuple[Misreading, ...]


class Threshold(Shape):
    """A limit of likeness with its reason, pairs that reach it and pairs that must not."""

    value: float
    reason: str
    examples: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]
    counter_examples: Annotated[tuple[tuple[str, str], ...], Field(min_length=1, alias="not")]


class MatchingFile(Shape):
    """patterns/matching.yml."""

    same_title: Threshold
    rival_title: Threshold
    other_title: Threshold
    shared_words: Threshold
    strange_words: Threshold
    light_words: Texts
    directive_words: Threshold
    symbol_edits: Threshold


class SubjectsFile(Shape):
    """patterns/subjects.yml; `examples` are pairs of titles with other subjects, `not` pairs without."""

    groups: Annotated[dict[str, tuple[Texts, ...]], Field(min_length=1)]
    acts: Texts
    examples: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]
    counter_examples: Annotated[tuple[tuple[str, str], ...], Field(min_length=1, alias="not")]


FILES: dict[str, type[Shape]] = {
    "types": TypesFile,
    "codes": CodesFile,
    "dates": DatesFile,
    "encodings": EncodingsFile,
    "provisions": ProvisionsFile,
    "issuers": IssuersFile,
    "occasions": OccasionsFile,
    "cited_titles": CitedTitlesFile,
    "law_names": LawNamesFile,
    "false_friends": FalseFriendsFile,
    "asides": AsidesFile,
    "validity": ValidityFile,
    "deadlines": DeadlinesFile,
    "terms": TermsFile,
    "matching": MatchingFile,
    "subjects": SubjectsFile,
    "layout": LayoutFile,
    "lost_lines": LostLinesFile,
    "references": ReferencesFile,
    "relations": RelationsFile,
    "agency_relations": AgencyRelationsFile,
    "precision": PrecisionFile,
    "vocabulary": VocabularyFile,
    "agencies": AgenciesFile,
    "places": PlacesFile,
    "units": UnitsFile,
    "titles": TitlesFile,
    "nicknames": NicknamesFile,
    "chains": ChainsFile,
    "findings": FindingsFile,
    "drafts": DraftsFile,
    "registers": RegistersFile,
}
"""The files of patterns/ and the shape of each."""
