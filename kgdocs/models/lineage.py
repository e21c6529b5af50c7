"""Which relations make a lineage, which way it runs along them, and the steps of a chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

StepState = Literal["done", "late", "planned", "missing", "unknown"]
STEP_STATES: tuple[StepState, ...] = get_args(StepState)

LINEAGE_RELATIONS = ("implements", "details", "guides", "comments_on", "reports_on", "promulgates")
"""What counts as lineage unless asked otherwise; "cites" would make a fan of everything."""

DOWNWARD_RELATIONS = ("promulgates",)
"""Relations whose acting document stands above: what a decision issues hangs below the decision."""


CHANGING_RELATIONS = ("amends", "corrects", "replaces", "repeals")
"""Relations after which a document is no longer what it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainStep:
    """One step of a chain: what an agency should have issued to carry a directive out, and what is known of it.

    `step` is an id of patterns/chains.yml. `days` counts from the directive to the document,
    `deadline` (ISO) is a day that a text states. `basis` tells why the state is what it is and
    what was looked through; `evidence` are rows as the graph keeps them.
    """

    directive_id: str
    chain: str
    step: str
    place: str
    agency: str | None
    agency_name: str
    document_id: str | None
    state: StepState
    days: int | None
    deadline: str | None
    basis: str
    basis_en: str
    required: bool
    direct: bool = False
    carries_out: str | None = None
    """Id of the document that the step's document carries out, or should: the nearest one that is there."""
    evidence: tuple[Mapping[str, Any], ...] = ()
