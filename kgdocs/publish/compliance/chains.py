"""Kinds of chains and their steps, in the order in which patterns/chains.yml has them."""

from functools import cache
from typing import get_args

import yaml

from kgdocs.grammar.chains import ChainRule, ChainsFile, Each
from kgdocs.paths import shipped_folder

LEVELS: tuple[Each, ...] = get_args(Each)
"""For whom a step is, as patterns/chains.yml has it (`each`)."""


@cache
def chain_rules() -> dict[str, ChainRule]:
    """Return id → kind of chain; one file alone, which is read in a moment. Raises KgdocsError when the folder is missing."""
    text = (shipped_folder("patterns") / "chains.yml").read_text(encoding="utf-8")
    return {one.id: one for one in ChainsFile.model_validate(yaml.safe_load(text)).chains}


def chain_name(chain: str, language: str) -> str:
    """Return what a kind of chain is called, its id where patterns/ no longer has it."""
    rule = chain_rules().get(chain)
    return chain if rule is None else rule.name if language == "vi" else rule.english


def steps_of(level: str) -> tuple[str, ...]:
    """Return the ids of all steps that are for a level, those of all levels for ""."""
    found = (step for rule in chain_rules().values() for step in rule.steps if level in ("", step.each))
    return tuple(dict.fromkeys(step.id for step in found))


def step_order(chain: str) -> dict[str, int]:
    """Return step id → its place in the order of a kind of chain."""
    rule = chain_rules().get(chain)
    return {step.id: number for number, step in enumerate(rule.steps)} if rule else {}
