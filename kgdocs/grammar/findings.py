"""The shape of patterns/findings.yml: what findings say, and what they compare with (reference §6.5)."""

from typing import Any

from kgdocs.grammar.shapes import Answered, Expression, Pattern, Rule, Sentence, Shape, Texts
from kgdocs.models import Severity


class FindingRule(Rule):
    """One kind of finding: code, severity and neutral wording in both languages."""

    severity: Severity
    message: str
    english: str

    def fill(self, **words: Any) -> tuple[str, str]:
        """Return the sentence in both languages; a word that is a pair has its own form in each."""
        return Sentence(vi=self.message, en=self.english).fill(**words)


class UnnamedDirective(Answered):
    """How a title (in lower case) tells of a directive without its number; `examples` map titles to those words."""

    pattern: Expression


class AnnexPeriod(Rule):
    """A period of a year that the heading of an annexed list names (group `year`), as first and last "MM-DD"."""

    pattern: Expression
    first: str
    last: str


class AnnexScope(Shape):
    """What the heading of an annexed list says it holds: what was issued in a period, or what the text cites."""

    issued: Pattern
    cited: Pattern
    level: dict[str, str]
    periods: tuple[AnnexPeriod, ...]


class FindingsFile(Shape):
    """patterns/findings.yml; see its head for what each part holds."""

    origins: dict[str, Sentence]
    words: dict[str, Sentence]
    issued_with: Texts
    issuing_tokens: Texts
    other_tokens: dict[str, Texts]
    any_label: Texts
    letters: Texts
    symbols_since: int
    labels_since: int
    signs_for: dict[str, Texts]
    only_issuers: dict[str, Texts]
    central_types: Texts
    normative: Texts
    directives: Texts
    any_organ: Texts
    assembly_terms: dict[int, tuple[int, int]]
    cited_title: Pattern
    implementing_title: Pattern
    announced: Pattern
    speaks_for: Pattern
    history: Pattern
    backward: dict[str, Sentence]
    unnamed: UnnamedDirective
    annexes: AnnexScope
    findings: tuple[FindingRule, ...]
