"""A score as lines to read and as figures for programs: in all, by kind, by relation type, by tag."""

from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.pipeline.scoring.tallies import Score, Tally

TAG_MEASURES = ("overlap", "codes", "relations")
"""The measures shown by tag."""

Figures = dict[str, float | int]


def report_lines(score: Score, *, per_document: bool = False, errors: int = 0) -> Iterator[str]:
    """Yield the lines that `kgdocs score` prints."""
    yield f"{'':24} {'precision':>9} {'recall':>9} {'F1':>9} {'right':>6} {'wrong':>6} {'missed':>6}"
    yield from _table("", score.total)
    yield from _table("kind ", score.by_kind())
    yield from _table("relation ", score.by_relation_type())
    for tag, part in score.by_tag().items():
        yield f"tag {tag:14} {len(part.documents):3} documents   {_short({m: part.total[m] for m in TAG_MEASURES})}"
    for name, document in score.documents.items() if per_document else ():
        yield f"  {name:44} {_short(document.tallies)}"
    for name, what, text in score.errors[:errors]:
        yield f"  {name} | {what} | {' '.join(text.split())[:160]}"


def _table(prefix: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    for name, tally in tallies.items():
        yield (
            f"{prefix + name:24} {tally.precision:9.4f} {tally.recall:9.4f} {tally.f1:9.4f}"
            f" {tally.right:6} {tally.wrong:6} {tally.missed:6}"
        )


def _short(tallies: Mapping[str, Tally]) -> str:
    """F1 of what was counted, on one line."""
    return "  ".join(f"{name} {tally.f1:.3f}" for name, tally in tallies.items() if tally.counted)


def report_figures(score: Score) -> dict[str, Any]:
    """The same figures as one value for JSON."""
    return {
        "documents": len(score.documents),
        "total": _figures(score.total),
        "by_kind": _figures(score.by_kind()),
        "by_relation_type": _figures(score.by_relation_type()),
        "by_tag": {
            tag: {
                "documents": len(part.documents),
                **_figures({measure: part.total[measure] for measure in TAG_MEASURES if part.total[measure].counted}),
            }
            for tag, part in score.by_tag().items()
        },
        "per_document": {name: _figures(document.tallies) for name, document in score.documents.items()},
        "errors": [{"doc": name, "what": what, "text": text} for name, what, text in score.errors],
    }


def _figures(tallies: Mapping[str, Tally]) -> dict[str, Figures]:
    return {
        name: {
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
            "right": tally.right,
            "wrong": tally.wrong,
            "missed": tally.missed,
        }
        for name, tally in tallies.items()
    }
