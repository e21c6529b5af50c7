"""A checked text cut into stretches, each with the references and findings that lie over it, for pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kgdocs.models import SEVERITIES
from kgdocs.pipeline.checking.verdicts import Check, Remark


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) of a text under the same remarks (positions in the check) and reference."""

    start: int
    end: int
    remarks: tuple[int, ...] = ()
    reference: int | None = None


def stretches(found: Check) -> Iterator[Stretch]:
    """Yield the whole text in stretches, in order; put together they are the text."""
    spans = [(one.finding.start, one.finding.end) for one in found.remarks]
    cited = [(one.reference.start, one.reference.end) for one in found.references]
    cuts = sorted({0, len(found.text), *(at for span in (*spans, *cited) for at in span)})
    for start, end in pairwise(cuts):
        over = tuple(at for at, span in enumerate(spans) if span[0] <= start and end <= span[1])
        inside = next((at for at, span in enumerate(cited) if span[0] <= start and end <= span[1]), None)
        yield Stretch(start, end, over, inside)


def gravest(remarks: list[Remark]) -> str:
    """Return the gravest severity of some remarks; "info" where there are none."""
    return min((one.finding.severity for one in remarks), key=SEVERITIES.index, default="info")
