"""Everything that patterns/ says, compiled once by the caller and passed on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kgdocs.grammar.chains import ChainsFile
from kgdocs.grammar.codes import CodeGrammar
from kgdocs.grammar.dates import DateGrammar
from kgdocs.grammar.drafts import DraftsFile
from kgdocs.grammar.encodings import Encodings
from kgdocs.grammar.entries import agency_entries, entries, ministry_entries, place_entries
from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.findings import FindingRule, FindingsFile
from kgdocs.grammar.folding import strip_marks
from kgdocs.grammar.glued import GluedWords
from kgdocs.grammar.laws import LawNames, law_names
from kgdocs.grammar.lexicon import Lexicon
from kgdocs.grammar.load import load_patterns
from kgdocs.grammar.lost import LostLetters
from kgdocs.grammar.lost_lines import LostLines
from kgdocs.grammar.names import AgenciesFile, AgencyRule, Nickname, PlaceRule, Programme, TitlesFile
from kgdocs.grammar.registers import RegisterColumns
from kgdocs.grammar.schema import (
    AgencyRelationRule,
    MatchingFile,
    ReferenceRule,
    RelationRule,
    SubjectsFile,
    TypeRule,
    VocabularyFile,
)
from kgdocs.grammar.spacing import SpacedNames
from kgdocs.grammar.terms import TermTable
from kgdocs.grammar.titles import KnownTitles, title_forms
from kgdocs.grammar.units import Units
from kgdocs.grammar.validity import DeadlinesFile, ValidityFile
from kgdocs.grammar.wording import AsideRule, CitedTitlesFile, FalseFriend, IssuersFile, OccasionsFile, ProvisionsFile
from kgdocs.paths import shipped_folder

_SHORT_END = r"[.,;:!?()|\[\]“”\"«»\n]|\Z|ngày\s{1,3}[0-9…]|năm\s{1,3}(?:19|20)"
_AS_THEY_ARE = (
    *("provisions", "issuers", "occasions", "cited_titles", "validity"),
    *("deadlines", "subjects", "vocabulary", "drafts", "chains", "matching"),
)
"""Files that are parts of the rules just as they were read."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The compiled patterns; see the files of patterns/ for what each part holds."""

    hash: str
    types: Mapping[str, TypeRule]
    type_of_token: Mapping[str, str]
    """Type code in a symbol → type id ("KHPH" → "ke_hoach")."""
    codes: CodeGrammar
    dates: DateGrammar
    encodings: Encodings
    terms: TermTable
    matching: MatchingFile
    provisions: ProvisionsFile
    issuers: IssuersFile
    occasions: OccasionsFile
    cited_titles: CitedTitlesFile
    subjects: SubjectsFile
    law_names: LawNames
    title_forms: Mapping[str, tuple[re.Pattern[str], ...]]
    """Type id → how documents of that type are named without a number, from the label on."""
    lost: LostLetters
    """Puts letters in that a conversion lost."""
    lost_lines: LostLines
    defined_term: re.Pattern[str]
    """Where a text gives a document a short name of its own; group `term`."""
    short_labels: Mapping[str, str]
    """Short label → type id ("NĐ" → "nghi_dinh")."""
    glued_short: re.Pattern[str]
    """A short label glued to its number; group `label`."""
    short_cue: re.Pattern[str]
    """Words before a short form that make it a citation ("theo NĐ 08"), up to its label."""
    short_end: re.Pattern[str]
    """What stands right behind the number of a short form that is no count of things."""
    labels: Mapping[str, str]
    """Label in lower case → type id; of two types the first."""
    plain_labels: Mapping[str, str]
    """Label without marks → type id: labels that lost their marks ("thong tu")."""
    coded_labels: Mapping[str, str]
    """Label without marks → type id: labels that are common words, and stand only before a code of their type."""
    false_friends: tuple[FalseFriend, ...]
    asides: tuple[AsideRule, ...]
    validity: ValidityFile
    deadlines: DeadlinesFile
    layout: Mapping[str, re.Pattern[str]]
    references: tuple[ReferenceRule, ...]
    relations: tuple[RelationRule, ...]
    relation_kinds: frozenset[str]
    partial_relations: frozenset[str]
    """Rules of relations to a part of a document only."""
    relations_beside_cites: frozenset[str]
    """Kinds of relations that leave the mere citation standing: the hand-made answers know only that one."""
    plain_tags: tuple[str, ...]
    """Tags of cues that are plain words where a relation's pattern accepts any."""
    relation_ranks: Mapping[str, int]
    """Type → its rank: a document does not change one of a higher rank, which has the lower number."""
    vocabulary: VocabularyFile
    """Relations by the names of ELI and other vocabularies."""
    relation_precision: Mapping[str, Mapping[str, tuple[int, int]]]
    """Relation rule → folder of hand-made answers → how many relations that it read there are right, and how many it read."""
    agency_relations: tuple[AgencyRelationRule, ...]
    """How a text says what a document does to agencies."""
    many_agencies: tuple[str, str]
    """What follows a name, and how one begins, that means many agencies ("UBND các huyện")."""
    agencies: Mapping[str, AgencyRule]
    department_codes: frozenset[str]
    """Codes of departments: two of one place never share one."""
    departments: tuple[AgencyRule, ...]
    agencies_of_code: Mapping[str, tuple[AgencyRule, ...]]
    """Code in symbols → the agencies that have it."""
    agencies_of_every_level: frozenset[str]
    """Agencies that provinces, districts and communes have alike."""
    places: Mapping[str, PlaceRule]
    units: Units
    known: KnownTitles
    nicknames: Mapping[str, Nickname]
    programmes: Mapping[str, Programme]
    lexicon: Lexicon
    """Types, cues, agencies, names of laws, nicknames and programmes, by tag."""
    agency_names: Lexicon
    place_names: Lexicon
    place_heads: frozenset[str]
    """First words of all names of places, in lower case."""
    ministry_names: Lexicon
    """Names of ministries without "Bộ"."""
    spaced_names: SpacedNames
    """Names of agencies and places in letter-spaced words."""
    registers: RegisterColumns
    """The names that the columns of registers have."""
    chains: ChainsFile
    findings: Mapping[str, FindingRule]
    draft_findings: Mapping[str, FindingRule]
    """Kinds of findings that only a draft has."""
    drafts: DraftsFile
    """What is looked at in a draft only, and why each kind of finding matters."""
    finding_terms: FindingsFile
    """What findings compare with: exceptions, terms of the National Assembly, words for where a fact is stated."""

    @cached_property
    def glued(self) -> GluedWords:
        """Parts words that lost the blank between them."""
        return GluedWords(self.encodings.syllables, self.lost)

    def precision_of(self, relation_rule: str) -> tuple[float | None, int]:
        """How often a relation rule was right on all hand-made answers, and how many of its relations were checked."""
        counts = self.relation_precision.get(relation_rule, {}).values()
        shown = sum(total for _, total in counts)
        return (round(sum(right for right, _ in counts) / shown, 4) if shown else None), shown

    def nickname_of(self, name: str) -> str | None:
        """Id of the nickname written `name`, None where there is none."""
        hit = next(self.lexicon.find(name), None)
        return (
            hit.entry.value if hit and hit.entry.tag == "NICKNAME" and (hit.start, hit.end) == (0, len(name)) else None
        )


def load_rules(folder: Path | None = None) -> Rules:
    """Read, validate and compile the patterns in `folder` (by default those of kgdocs).

    Raises PatternsError naming every fault.
    """
    files, digest = load_patterns(folder or shipped_folder("patterns"))
    types = {rule.id: rule for rule in files["types"].types}
    agencies = {rule.id: rule for rule in files["agencies"].agencies}
    places = {rule.id: rule for rule in files["places"].all}
    return Rules(
        hash=digest,
        types=types,
        type_of_token=_type_tokens(types),
        codes=_code_grammar(files, types, agencies),
        dates=DateGrammar(files["dates"]),
        encodings=Encodings(files["encodings"]),
        lost=LostLetters(files),
        lost_lines=LostLines(files["lost_lines"]),
        terms=TermTable(files["terms"]),
        **{name: files[name] for name in _AS_THEY_ARE},
        law_names=law_names(files["law_names"], _law_titles(files["titles"])),
        title_forms=title_forms(files["titles"].forms),
        defined_term=re.compile(files["references"].defined_term, re.IGNORECASE),
        **_short_forms(files, types),
        labels={label.lower(): rule.id for rule in reversed(types.values()) for label in rule.labels},
        plain_labels={strip_marks(label.lower()): rule.id for rule in types.values() for label in rule.labels},
        coded_labels={strip_marks(label.lower()): rule.id for rule in types.values() for label in rule.coded},
        false_friends=files["false_friends"].false_friends,
        asides=files["asides"].asides,
        layout={part.id: re.compile(part.pattern, re.IGNORECASE) for part in files["layout"].parts},
        references=files["references"].references,
        **_relations(files),
        agencies=agencies,
        **_agency_groups(files["agencies"]),
        places=places,
        units=Units(files["units"], places),
        known=KnownTitles(files["titles"]),
        nicknames={rule.id: rule for rule in files["nicknames"].nicknames},
        programmes={rule.id: rule for rule in files["nicknames"].programmes},
        findings={rule.id: rule for rule in files["findings"].findings},
        draft_findings={rule.id: rule for rule in files["drafts"].findings},
        finding_terms=files["findings"],
        registers=RegisterColumns(files["registers"]),
        **_lexicons(files, agencies, places),
    )


def _relations(files: Mapping[str, Any]) -> dict[str, Any]:
    """What relations between documents, and of documents to agencies, are read with."""
    relations = files["relations"]
    return {
        "relations": relations.relations,
        "relation_kinds": frozenset(relations.kinds),
        "partial_relations": frozenset(rule.id for rule in relations.relations if rule.partial),
        "relations_beside_cites": frozenset(relations.unprinted),
        "plain_tags": relations.plain,
        "relation_ranks": relations.ranks,
        "relation_precision": files["precision"].rules,
        "agency_relations": files["agency_relations"].relations,
        "many_agencies": (files["agency_relations"].many, files["agency_relations"].several),
    }


def _short_forms(files: Mapping[str, Any], types: Mapping[str, TypeRule]) -> dict[str, Any]:
    """What short forms of references are made of."""
    shorts = {short: rule.id for rule in types.values() for short in rule.short}
    labels = "|".join(re.escape(short) for short in sorted(shorts, key=len, reverse=True))
    cues, ends = any_of(files["references"].short_cues), any_of(files["references"].short_ends)
    return {
        "short_labels": shorts,
        "glued_short": re.compile(rf"(?P<label>{labels})(?=[0-9]{{1,4}}(?![\w/-]))"),
        "short_cue": re.compile(rf"(?<!\w){cues}\s{{1,3}}(?:các\s{{1,3}})?\Z", re.IGNORECASE),
        "short_end": re.compile(rf"\s{{0,3}}(?:{_SHORT_END}|{ends}(?!\w))", re.IGNORECASE),
    }


def _lexicons(
    files: Mapping[str, Any], agencies: Mapping[str, AgencyRule], places: Mapping[str, PlaceRule]
) -> dict[str, Any]:
    """The words and names to look for, compiled."""
    agency_names = [*agency_entries(agencies, files["agencies"])]
    return {
        "lexicon": Lexicon(entries(files)),
        "agency_names": Lexicon(agency_names),
        "place_names": Lexicon(place_entries(places)),
        "place_heads": frozenset(name.split()[0].lower() for name, _ in place_entries(places)),
        "ministry_names": Lexicon(ministry_entries(agencies)),
        "spaced_names": SpacedNames(name for name, _ in (*agency_names, *place_entries(places))),
    }


def _agency_groups(patterns: AgenciesFile) -> dict[str, Any]:
    """Agencies by what they have in common."""
    departments = tuple(rule for rule in patterns.agencies if rule.name.split()[0] in patterns.departments)
    by_code: dict[str, list[AgencyRule]] = {}
    for rule in patterns.agencies:
        for code in rule.codes:
            by_code.setdefault(code, []).append(rule)
    return {
        "departments": departments,
        "department_codes": frozenset(code for rule in departments for code in rule.codes),
        "agencies_of_code": {code: tuple(rules) for code, rules in by_code.items()},
        "agencies_of_every_level": frozenset(rule.form_of for rule in patterns.agencies if rule.form_of),
    }


def _law_titles(titles: TitlesFile) -> Iterator[str]:
    """Every listed name of more than one word, with its head."""
    for lexicon in titles.lexicons:
        yield from (f"{head} {name}" for head in lexicon.heads for name in lexicon.names if " " in name)


def _type_tokens(types: Mapping[str, TypeRule]) -> dict[str, str]:
    """Type code → type id; where two types share a code, the first listed has it."""
    tokens: dict[str, str] = {}
    for rule in types.values():
        for token in rule.codes:
            tokens.setdefault(token, rule.id)
    return tokens


def _code_grammar(
    files: Mapping[str, object], types: Mapping[str, TypeRule], agencies: Mapping[str, AgencyRule]
) -> CodeGrammar:
    """Compile the code forms with the vocabulary of types and agencies."""
    return CodeGrammar(
        files["codes"],  # type: ignore[arg-type]
        types=[token for rule in types.values() for token in rule.codes],
        agencies=[token for rule in agencies.values() for token in rule.codes],
        organs=[token for rule in agencies.values() if rule.ladder == "party" for token in rule.codes],
    )
