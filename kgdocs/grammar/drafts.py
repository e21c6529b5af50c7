"""The shape of patterns/drafts.yml: what is looked at in a draft only, and why each kind of finding matters."""

from typing import Literal

from kgdocs.grammar.findings import FindingRule
from kgdocs.grammar.shapes import Pattern, Rule, Sentence, Shape, Texts

CitedPart = Literal["label", "date", "issuer", "title", "year"]


class FirstMentionForm(Rule):
    """What the first mention of a document holds in one kind of text.

    `named` are the parts for what is cited by its name; `kind` and `basis` say in both languages for which texts, and by
    which rule. `examples` are citations that hold all parts, `not` some that lack one.
    """

    kind: Sentence
    basis: Sentence
    parts: tuple[CitedPart, ...]
    named: tuple[CitedPart, ...] = ()


class DraftsFile(Shape):
    """patterns/drafts.yml; see its head for what each part holds."""

    normative_types: Texts
    blank_date: Pattern
    numeric_date: Pattern
    written_date: Pattern
    placed_before: Pattern
    untitled_types: Texts
    amended_by: Pattern
    amended_after: Pattern
    odd_date: Pattern
    unread_code: Pattern
    without_about: Texts
    words: dict[str, Sentence]
    parts: dict[str, Sentence]
    states: dict[str, Sentence]
    forms: tuple[FirstMentionForm, ...]
    findings: tuple[FindingRule, ...]
    why: dict[str, Sentence]
