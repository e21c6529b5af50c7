"""What is counted: right, wrong and missed; of one document, and summed over all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

MEASURES = (
    "exact",
    "overlap",
    "codes",
    "code_and_date",
    "issuer",
    "provision",
    "relations",
    "relations_sourced",
    "own",
)
KINDS = ("numbered", "named", "short", "draft")
SPANS = ("exact", "overlap")
"""The measures that are also counted by kind."""

Place = tuple[int, int]
Tallies = dict[str, "Tally"]


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed of one measure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def counted(self) -> int:
        """How many answers and predictions there were; 0 where a measure says nothing."""
        return self.right + self.wrong + self.missed

    @property
    def precision(self) -> float:
        """Right among what was predicted; where nothing was, 1.0 if nothing was missed."""
        predicted = self.right + self.wrong
        return self.right / predicted if predicted else float(not self.missed)

    @property
    def recall(self) -> float:
        """Right among what there was to find; where nothing was, 1.0 if nothing was predicted."""
        required = self.right + self.missed
        return self.right / required if required else float(not self.wrong)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where there was nothing to find and nothing found."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.counted else 1.0


@dataclass(slots=True)
class DocumentScore:
    """The tallies of one document, and which answers were missed and which predictions wrong.

    `kinds` holds, per measure of SPANS, a tally per kind: right and missed by the kind of the
    answer, wrong by the kind predicted. `rules` holds right and wrong relations by the rule that read them. `missed` and `wrong` are exact spans.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    tallies: Tallies = field(default_factory=lambda: {measure: Tally() for measure in MEASURES})
    kinds: dict[str, Tallies] = field(default_factory=lambda: {measure: {} for measure in SPANS})
    relation_types: Tallies = field(default_factory=dict)
    rules: Tallies = field(default_factory=dict)
    missed: set[Place] = field(default_factory=set)
    wrong: set[Place] = field(default_factory=set)
    relations_missed: set[str] = field(default_factory=set)
    relations_wrong: set[str] = field(default_factory=set)
    errors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """The scores of documents by name, and their sums."""

    documents: dict[str, DocumentScore] = field(default_factory=dict)

    @property
    def total(self) -> Tallies:
        """Tallies by measure over all documents."""
        return _sum(self.documents.values(), lambda document: document.tallies, MEASURES)

    def by_kind(self, measure: str = "exact") -> Tallies:
        """Tallies of spans by kind, in the order of KINDS; kinds that never occur are left out."""
        found = _sum(self.documents.values(), lambda document: document.kinds[measure])
        return {kind: found[kind] for kind in KINDS if kind in found}

    def by_relation_type(self) -> Tallies:
        """Tallies of the documents' own relations by type."""
        return dict(sorted(_sum(self.documents.values(), lambda document: document.relation_types).items()))

    def by_rule(self) -> Tallies:
        """Tallies of relations, merely cited apart, by the rule that read them."""
        return dict(sorted(_sum(self.documents.values(), lambda document: document.rules).items()))

    def by_tag(self) -> dict[str, "Score"]:
        """The scores of the documents with each tag."""
        tags = sorted({tag for document in self.documents.values() for tag in document.tags})
        return {
            tag: Score({name: document for name, document in self.documents.items() if tag in document.tags})
            for tag in tags
        }

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """(document, what, text) of everything missed and wrong."""
        return [(name, what, text) for name, document in self.documents.items() for what, text in document.errors]


def _sum(
    documents: Iterable[DocumentScore],
    part: Callable[[DocumentScore], Mapping[str, Tally]],
    names: Iterable[str] = (),
) -> Tallies:
    total = {name: Tally() for name in names}
    for document in documents:
        for name, tally in part(document).items():
            total.setdefault(name, Tally()).add(tally.right, tally.wrong, tally.missed)
    return total
