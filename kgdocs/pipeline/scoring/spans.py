"""Spans predicted ↔ spans of the answers: what is exact, what overlaps, by kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kgdocs.pipeline.scoring.tallies import KINDS, DocumentScore, Tallies, Tally

Row = Mapping[str, Any]
Pair = tuple[Row, Row]


def score_spans(gold: Row, predicted: Sequence[Row], document: DocumentScore) -> list[Pair]:
    """Tally spans into `document`; returns the pairs (answer, prediction) that overlap."""
    required = [m for m in gold["mentions"] if not m.get("optional")]
    optional = [m for m in gold["mentions"] if m.get("optional")]
    spans = {_span(m): m for m in required}
    exact = [(spans[_span(p)], p) for p in predicted if _span(p) in spans]
    rest = [p for p in predicted if _span(p) not in spans and _span(p) not in set(map(_span, optional))]
    near = _best_pairs(_without(required, (g for g, _ in exact)), rest)
    pairs = exact + near
    unpaired = _without(rest, (p for _, p in near))
    wrong = [p for p in unpaired if not _neutral(p, required, optional)]
    _tally("exact", exact, [*wrong, *(p for _, p in near)], required, document)
    _tally("overlap", pairs, wrong, required, document)
    document.missed = set(spans) - {_span(g) for g, _ in exact}
    document.wrong = {_span(p) for p in wrong} | {_span(p) for _, p in near}
    document.errors += [("missed", m["text"]) for m in _without(required, (g for g, _ in pairs))]
    document.errors += [("wrong", p["text"]) for p in wrong]
    document.errors += [("span", f"{p['text']} | {g['text']}") for g, p in near]
    return pairs


def _tally(
    measure: str, pairs: Sequence[Pair], wrong: Sequence[Row], required: Sequence[Row], document: DocumentScore
) -> None:
    """Count one measure, in all and by kind: answers by their own kind, wrong ones by the kind predicted."""
    missed = _without(required, (g for g, _ in pairs))
    document.tallies[measure].add(len(pairs), len(wrong), len(missed))
    kinds = document.kinds[measure]
    for answer, _ in pairs:
        _of_kind(kinds, answer).add(1, 0, 0)
    for prediction in wrong:
        _of_kind(kinds, prediction).add(0, 1, 0)
    for answer in missed:
        _of_kind(kinds, answer).add(0, 0, 1)


def _of_kind(kinds: Tallies, row: Row) -> Tally:
    kind = row.get("kind")
    return kinds.setdefault(kind if kind in KINDS else "numbered", Tally())


def _span(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]


def _without(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """The rows that are not one of `others`, the very objects."""
    gone = set(map(id, others))
    return [row for row in rows if id(row) not in gone]


def _overlap(first: Row, second: Row) -> int:
    return max(0, int(min(first["end"], second["end"])) - int(max(first["start"], second["start"])))


def _best_pairs(required: Sequence[Row], rest: Sequence[Row]) -> list[Pair]:
    """Pair what overlaps, the best shared part of both first."""
    scored = [
        (-_overlap(g, p) / (max(g["end"], p["end"]) - min(g["start"], p["start"])), g["start"], position, g)
        for position, p in enumerate(rest)
        for g in required
        if _overlap(g, p)
    ]
    pairs: list[Pair] = []
    used: set[int] = set()
    taken: set[int] = set()
    for _, _, position, answer in sorted(scored, key=lambda s: s[:3]):
        if position not in taken and id(answer) not in used:
            taken.add(position)
            used.add(id(answer))
            pairs.append((answer, rest[position]))
    return pairs


def _neutral(prediction: Row, required: Sequence[Row], optional: Sequence[Row]) -> bool:
    """True when a prediction lies on an optional mention rather than on a required one."""
    best = max((_overlap(m, prediction) for m in optional), default=0)
    return best > 0 and best >= max((_overlap(m, prediction) for m in required), default=0)
