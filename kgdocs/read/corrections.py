"""A file of corrections → the decisions in it; a faulty file is refused as a whole."""

from kgdocs.errors import SourceError
from kgdocs.grammar.corrections import parse_corrections
from kgdocs.models import Correction

_SHOWN = 5
"""Faults that the reason names; all of them come from `parse_corrections`."""


def read_corrections(text: str) -> tuple[Correction, ...]:
    """Return the decisions in the text of a corrections.yml.

    Raises SourceError with the number of faults and the first of them: to follow half of what
    a person decided would be worse than to say that the file is wrong.
    """
    corrections, faults = parse_corrections(text)
    if faults:
        told = "; ".join(str(fault) for fault in faults[:_SHOWN])
        raise SourceError(f"Tệp đính chính có {len(faults)} lỗi: {told}{'; …' if len(faults) > _SHOWN else '.'}")
    return corrections
