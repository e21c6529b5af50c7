"""The accuracy gate: recorded floors that may only rise, and the recorded run per document.

A run keeps per document how many were right of each measure, and which mentions and
relations were missed or wrong: the same number of right answers may be other answers.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kgdocs.pipeline.scoring.tallies import DocumentScore, Place, Score

Floors = dict[str, Any]

_SPAN = re.compile(r"[0-9]+-[0-9]+")
_DIFFERENCES = (
    ("missed", "gained", "lost"),
    ("wrong", "no longer wrong", "newly wrong"),
    ("relations_missed", "gained", "lost"),
    ("relations_wrong", "no longer wrong", "newly wrong"),
)
"""Lists of a run, what it means that an item left the list, and that it came."""


def recorded(path: Path) -> Floors:
    """The floors and runs recorded in `path`; empty where there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def compare(folder: str, score: Score, known: Floors) -> tuple[list[str], bool]:
    """Lines on what fell, was gained and lost; True where a figure is below its floor."""
    entry: Mapping[str, Any] = known.get(folder, {})
    below = list(_below(folder, score, entry))
    runs = entry.get("documents", {})
    changes = [
        f"  {change}"
        for name in sorted({*runs, *score.documents} if runs else ())
        for change in _changes(name, runs, score)
    ]
    state = "below a floor" if below else "at or above all floors" if entry else "no floors recorded yet"
    return [*below, *changes, f"accuracy gate: {folder}: {state}"], bool(below)


def _below(folder: str, score: Score, entry: Mapping[str, Any]) -> Iterator[str]:
    """What is below its floor: F1 of a measure, recall of a kind."""
    reached = _reached(score)
    for part, label in (("floors", ""), ("recall_by_kind", "recall of ")):
        for name, floor in entry.get(part, {}).items():
            now = reached[part].get(name, 0.0)
            if now < floor:
                yield f"BELOW FLOOR: {folder} {label}{name} {now:.4f} < {floor:.4f}"


def _reached(score: Score) -> dict[str, dict[str, float]]:
    """The figures that have floors."""
    kinds = {kind: tally for kind, tally in score.by_kind().items() if tally.right + tally.missed}
    return {
        "floors": {measure: tally.f1 for measure, tally in score.total.items()},
        "recall_by_kind": {kind: tally.recall for kind, tally in kinds.items()},
    }


def _changes(name: str, runs: Mapping[str, Any], score: Score) -> Iterator[str]:
    """What a document gained and lost against the recorded run."""
    if name not in runs or name not in score.documents:
        yield f"{'new' if name in score.documents else 'gone'}: {name}"
        return
    document = score.documents[name]
    before, now = runs[name], _run(document)
    for measure in document.tallies:
        was, right = (run.get("right", {}).get(measure, 0) for run in (before, now))
        if right != was:
            yield f"{'gained' if right > was else 'lost'}: {name} {measure} {was} → {right} right"
    for part, gone, come in _DIFFERENCES:
        was_listed, listed = (_listed(run.get(part, ())) for run in (before, now))
        yield from (f"{gone}: {name} {_shown(item, document)}" for item in _ordered(was_listed - listed))
        yield from (f"{come}: {name} {_shown(item, document)}" for item in _ordered(listed - was_listed))


def _listed(items: str | list[str]) -> set[str]:
    return set(items.split() if isinstance(items, str) else items)


def _ordered(items: set[str]) -> list[str]:
    """Spans as they come in the text, relations by name."""
    return sorted(items, key=lambda item: (int(item.partition("-")[0]) if _SPAN.fullmatch(item) else 0, item))


def _shown(item: str, document: DocumentScore) -> str:
    """A span with its words; a relation as it is."""
    if not _SPAN.fullmatch(item):
        return item
    start, end = map(int, item.split("-"))
    return f"{item} “{' '.join(document.text[start:end].split())[:100]}”"


def _run(document: DocumentScore) -> dict[str, Any]:
    """What is recorded of one document: counts, spans on one line ("12-30 45-60"), relations; nothing empty."""
    run = {
        "right": {measure: tally.right for measure, tally in document.tallies.items() if tally.right},
        "missed": _line(document.missed),
        "wrong": _line(document.wrong),
        "relations_missed": sorted(document.relations_missed),
        "relations_wrong": sorted(document.relations_wrong),
    }
    return {part: value for part, value in run.items() if value}


def _line(spans: set[Place]) -> str:
    return " ".join(f"{start}-{end}" for start, end in sorted(spans))


def save_floors(path: Path, folder: str, score: Score, known: Floors) -> None:
    """Record this run; each floor becomes the higher of the old one and what was reached, cut to 4 digits."""
    old, entry = known.get(folder, {}), {}
    for part, figures in _reached(score).items():
        kept = old.get(part, {})
        reached = {name: math.floor(value * 10000) / 10000 for name, value in figures.items()}
        entry[part] = {name: max(kept.get(name, 0.0), reached.get(name, 0.0)) for name in {**kept, **reached}}
    documents = {name: _run(document) for name, document in score.documents.items()}
    text = json.dumps(
        {**known, folder: {**entry, "documents": documents}}, ensure_ascii=False, indent=1, sort_keys=True
    )
    path.write_text(text + "\n", encoding="utf-8")
