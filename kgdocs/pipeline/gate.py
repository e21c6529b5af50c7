"""The accuracy gate: recorded floors that may only rise, and the recorded run per document."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kgdocs.pipeline.scoring import Score

Floors = dict[str, Any]


def recorded(path: Path) -> Floors:
    """The floors and runs recorded in `path`; empty where there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def compare(folder: str, score: Score, known: Floors) -> tuple[list[str], bool]:
    """Lines on what fell, rose, was gained and lost; True where a total is below its floor."""
    entry: Mapping[str, Any] = known.get(folder, {})
    lines, fell = [], False
    for measure, floor in entry.get("floors", {}).items():
        reached = score.total[measure].f1
        if reached < floor:
            lines.append(f"BELOW FLOOR: {folder} {measure} {reached:.4f} < {floor:.4f}")
            fell = True
    for name, run in entry.get("documents", {}).items():
        tallies = score.documents.get(name)
        for measure, before in run.items():
            now = tallies[measure].right if tallies else 0
            if now != before:
                lines.append(f"  {'gained' if now > before else 'lost'}: {name} {measure} {before} → {now} right")
    lines.append(
        f"accuracy gate: {folder}: {'below a floor' if fell else 'at or above all floors' if entry else 'no floors recorded yet'}"
    )
    return lines, fell


def save_floors(path: Path, folder: str, score: Score, known: Floors) -> None:
    """Record this run; each floor becomes the higher of the old one and what was reached, cut to 4 digits."""
    old = known.get(folder, {}).get("floors", {})
    floors = {m: max(old.get(m, 0.0), math.floor(t.f1 * 10000) / 10000) for m, t in score.total.items()}
    documents = {name: {m: t.right for m, t in tallies.items() if t.right} for name, tallies in score.documents.items()}
    text = json.dumps(
        {**known, folder: {"floors": floors, "documents": documents}}, ensure_ascii=False, indent=1, sort_keys=True
    )
    path.write_text(text + "\n", encoding="utf-8")
