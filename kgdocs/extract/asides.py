"""What points at a document without being a link of its own: "Nghị định này", standards, forms, court codes.

Looked for only where somebody asks (`kgdocs extract --all`, `kgdocs explain`); none of them is in the graph.
"""

import re
from collections.abc import Iterator, Sequence

from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.folding import name_key, scan_fold, word_fold
from kgdocs.grammar.wording import AsideRule
from kgdocs.models import Reference


class AsideReader:
    """Finds the asides of patterns/asides.yml; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile their patterns."""
        self._rules = rules
        self._types = {word_fold(label): rule.id for rule in rules.types.values() for label in rule.labels}
        labels = any_of(label for rule in rules.types.values() for label in rule.labels)
        self._asides = [
            (rule, re.compile(rule.pattern.replace("{label}", labels), re.IGNORECASE if "label" in rule.pattern else 0))
            for rule in rules.asides
            if rule.pattern
        ]
        self._term_rule = next((rule for rule in rules.asides if rule.refers == "term"), None)

    def read(self, text: str, references: Sequence[Reference]) -> list[Reference]:
        """Return the asides of a text in order, none of them on a reference; `antecedent` is a position in `references`."""
        folded = scan_fold(self._rules.lost.restored(text))
        found = [*self._matched(text, folded, references), *self._terms(text, folded, references)]
        taken = [(reference.start, reference.end) for reference in references]
        kept: list[Reference] = []
        for aside in sorted(found, key=lambda a: (a.start, -a.end)):
            if all(aside.end <= start or end <= aside.start for start, end in taken):
                kept.append(aside)
                taken.append((aside.start, aside.end))
        return kept

    def _matched(self, text: str, folded: str, references: Sequence[Reference]) -> Iterator[Reference]:
        """The asides that a pattern finds; an anaphor that points at nothing is none."""
        for rule, pattern in self._asides:
            for match in pattern.finditer(folded):
                kind = self._types.get(word_fold(" ".join(match["label"].split()))) if rule.refers else None
                antecedent = self._antecedent(rule, match, kind, references)
                if rule.refers in (None, "own") or antecedent is not None:
                    yield _aside(text, rule, match.start(), match.end(), kind, antecedent)

    def _antecedent(
        self, rule: AsideRule, match: re.Match[str], kind: str | None, references: Sequence[Reference]
    ) -> int | None:
        """Position of the reference that an anaphor stands for: the last fitting one before it."""
        if rule.refers not in ("last", "issuer"):
            return None
        issuer = name_key(match["issuer"]) if rule.refers == "issuer" else None
        for index in range(len(references) - 1, -1, -1):
            reference = references[index]
            if reference.end > match.start() or reference.kind not in ("numbered", "named") or reference.type != kind:
                continue
            if issuer is None or (reference.issuer and issuer.startswith(name_key(reference.issuer))):
                return index
        return None

    def _terms(self, text: str, folded: str, references: Sequence[Reference]) -> Iterator[Reference]:
        """Later uses of a short name that the text gave to a document: "(sau đây gọi là Chương trình)"."""
        if self._term_rule is None:
            return
        for match in self._rules.defined_term.finditer(folded):
            before = [i for i, reference in enumerate(references) if reference.end <= match.start()]
            if not before or match.start() - references[before[-1]].end > 400:
                continue
            term = match["term"].strip()
            for use in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", folded[match.end() :]):
                start = match.end() + use.start()
                kind = references[before[-1]].type
                yield _aside(text, self._term_rule, start, start + len(term), kind, before[-1])


def _aside(text: str, rule: AsideRule, start: int, end: int, kind: str | None, antecedent: int | None) -> Reference:
    return Reference(
        start=start, end=end, text=text[start:end], kind=rule.kind, rule=rule.id, type=kind, antecedent=antecedent
    )
