"""What fills the steps of a chain while it is walked, directive by directive and place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kgdocs.grammar.chains import ChainRule


@dataclass(frozen=True, slots=True)
class Filler:
    """A document that fills a step, with the edge by which it does."""

    document_id: str
    target_id: str
    status: str
    evidence: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Walk:
    """What the steps of one directive in one place have brought so far: step → documents that fill it."""

    directive: str
    chain: ChainRule
    place: str
    acts: bool = True
    """False where the place only names the directive."""
    filled: dict[str, list[Filler]] = field(default_factory=dict)
