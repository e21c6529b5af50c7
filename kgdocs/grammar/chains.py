"""The shape of patterns/chains.yml: what a directive should produce, step by step (reference §6.1–6.3)."""

from datetime import date
from typing import Literal

from kgdocs.grammar.shapes import Examples, Ladder, Level, Rule, Sentence, Shape, Texts

Each = Literal["centre", "province", "department", "district", "commune"]


class StepRule(Shape):
    """One step: who should act, with what, to carry out what."""

    id: str
    name: str
    english: str
    each: Each
    level: Level | None = None
    ladders: tuple[Ladder, ...] = ()
    agencies: Texts = ()
    not_agencies: Texts = ()
    types: Texts = ()
    relations: Texts = ("implements", "details", "guides")
    carries_out: Examples
    audience: Texts = ()
    task: Literal["plan", "report", "review"] = "plan"
    required: bool = False
    direct: bool = False
    every: bool = False
    found_only: bool = False
    until: date | None = None


class ChainRule(Rule):
    """The steps that a kind of directive should produce."""

    name: str
    english: str
    types: Examples
    level: Level
    ladder: Ladder
    issuers: Texts = ()
    titles: Texts = ()
    local: bool = False
    steps: tuple[StepRule, ...]


class ChainsFile(Shape):
    """patterns/chains.yml; `usual_days` and `within` are days, `observed_pairs` and `named_at_least` counts."""

    usual_days: int
    observed_pairs: int
    within: int
    named_at_least: int
    reasons: dict[str, Sentence]
    chains: tuple[ChainRule, ...]
