"""Extraction measured against hand-made answers: precision, recall, F1, per document.

The answers are NAME.json beside NAME.txt or NAME.md; offsets are characters of the NFC
text. Mentions marked optional count neither when found nor when missed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgdocs.errors import UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.pipeline.aliases import Aliases, code_strict, date_norm, loose_name
from kgdocs.pipeline.extracting import rows
from kgdocs.read import read_layout, read_source

Row = Mapping[str, Any]
MEASURES = ("exact", "overlap", "codes", "code_and_date", "issuer", "provision", "relations", "relations_sourced")


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed of one measure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where there was nothing to find and nothing found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Score:
    """Tallies by measure, in all and per document, and what was missed and wrong."""

    total: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    documents: dict[str, dict[str, Tally]] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)


def score_folder(folder: Path, rules: Rules) -> Score:
    """Extract every text of `folder` that has answers and compare.

    Raises UsageError where the folder holds no answers or an answer has no text beside it.
    """
    answers = sorted(folder.glob("*.json"))
    if not answers:
        raise UsageError(f"There are no answers (NAME.json) in {folder}.")
    extractor = Extractor(rules)
    score = Score()
    for path in answers:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = read_source(_text_beside(path), rules)
        if source.state == "rejected":
            raise UsageError(f"{source.path}: {source.reason}")
        extraction = extractor.extract(source.text, read_layout(source.text, rules))
        score_document(path.stem, gold, list(rows(path.stem, extraction, relations=True)), score)
    return score


def _text_beside(answer: Path) -> Path:
    """The text that an answer is about."""
    found = [answer.with_suffix(ending) for ending in (".txt", ".md") if answer.with_suffix(ending).is_file()]
    if not found:
        raise UsageError(f"There is no text beside the answer {answer}.")
    return found[0]


def score_document(name: str, gold: Row, predicted: Sequence[Row], score: Score) -> None:
    """Compare the rows predicted for one document with its answers and add to `score`."""
    tallies = score.documents.setdefault(name, {measure: Tally() for measure in MEASURES})
    mentions = [row for row in predicted if "start" in row]
    pairs = _mentions(name, gold, mentions, tallies, score.errors)
    _codes(gold, mentions, tallies)
    for fact in ("issuer", "provision"):
        _fact(fact, pairs, tallies[fact])
    _relations(name, gold, [row for row in predicted if "relation" in row], tallies, score.errors)
    for measure in MEASURES:
        found = tallies[measure]
        score.total[measure].add(found.right, found.wrong, found.missed)


def _overlap(first: Row, second: Row) -> int:
    return max(0, int(min(first["end"], second["end"])) - int(max(first["start"], second["start"])))


def _mentions(
    name: str, gold: Row, predicted: Sequence[Row], tallies: Mapping[str, Tally], errors: list[tuple[str, str, str]]
) -> list[tuple[Row, Row]]:
    """Tally spans; returns the pairs (answer, prediction) that overlap."""
    required = [m for m in gold["mentions"] if not m.get("optional")]
    optional = [m for m in gold["mentions"] if m.get("optional")]
    spans = {(m["start"], m["end"]): m for m in required}
    exact = [(spans[p["start"], p["end"]], p) for p in predicted if (p["start"], p["end"]) in spans]
    free = {(m["start"], m["end"]) for m in optional}
    rest = [p for p in predicted if (p["start"], p["end"]) not in spans and (p["start"], p["end"]) not in free]
    pairs = exact + _best_pairs([m for m in required if not any(m is g for g, _ in exact)], rest)
    paired = {id(p) for _, p in pairs}
    wrong = [p for p in rest if id(p) not in paired and not _neutral(p, required, optional)]
    tallies["exact"].add(len(exact), len(wrong) + len(pairs) - len(exact), len(required) - len(exact))
    tallies["overlap"].add(len(pairs), len(wrong), len(required) - len(pairs))
    errors += [(name, "missed", m["text"]) for m in required if not any(m is g for g, _ in pairs)]
    errors += [(name, "wrong", p["text"]) for p in wrong]
    errors += [(name, "span", f"{p['text']} | {g['text']}") for g, p in pairs[len(exact) :]]
    return pairs


def _best_pairs(required: Sequence[Row], rest: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair what overlaps, the best shared part of both first."""
    scored = [
        (-_overlap(g, p) / (max(g["end"], p["end"]) - min(g["start"], p["start"])), g["start"], position, g)
        for position, p in enumerate(rest)
        for g in required
        if _overlap(g, p)
    ]
    pairs: list[tuple[Row, Row]] = []
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


def _codes(gold: Row, predicted: Sequence[Row], tallies: Mapping[str, Tally]) -> None:
    """Tally the set of codes, and of (code, date), of the document."""
    required = [m for m in gold["mentions"] if not m.get("optional")]
    own = gold.get("self") or {}
    want = {code_strict(m.get("code")) for m in required} - {None}
    free = {code_strict(m.get(f)) for m in gold["mentions"] for f in ("code", "resolves_to")} | {
        code_strict(own.get("code"))
    }
    got = {code_strict(p.get("code")) for p in predicted} - {None}
    _sets(tallies["codes"], want, got, free)
    dated = {(code_strict(m["code"]), date_norm(m["date"])) for m in required if m.get("code") and m.get("date")}
    known = {
        (code_strict(m.get("code")), date_norm(m.get(f)))
        for m in (*gold["mentions"], own)
        for f in ("date", "date_alt")
        if m.get("code")
    }
    found = {(code_strict(p["code"]), date_norm(p["date"])) for p in predicted if p.get("code") and p.get("date")}
    _sets(tallies["code_and_date"], dated, found, known)


def _sets(tally: Tally, want: set[Any], got: set[Any], free: set[Any]) -> None:
    tally.add(len(want & got), len(got - want - free), len(want - got))


def _fact(name: str, pairs: Iterable[tuple[Row, Row]], tally: Tally) -> None:
    """Tally a fact stated with the mention, over the pairs."""
    for answer, prediction in pairs:
        want, got = loose_name(answer.get(name)), loose_name(prediction.get(name))
        if want is None and (got is None or got == loose_name(answer.get(f"{name}_alt"))):
            continue
        same = want is not None and want == got
        tally.add(int(same), int(got is not None and not same), int(want is not None and not same))


def _relations(
    name: str, gold: Row, predicted: Sequence[Row], tallies: Mapping[str, Tally], errors: list[tuple[str, str, str]]
) -> None:
    """Tally relations of the document itself, and of the documents that it lists."""
    aliases = Aliases(gold)
    own_code = code_strict((gold.get("self") or {}).get("code"))
    own = [
        row for row in predicted if row.get("source") is None or (own_code and code_strict(row["source"]) == own_code)
    ]
    if gold.get("relations") is not None:
        _one_source(
            name, [(r["type"], r["target"]) for r in gold["relations"]], own, aliases, tallies["relations"], errors
        )
    wanted: dict[str | None, set[tuple[str, str]]] = {}
    for item in gold.get("listed") or []:
        wanted.setdefault(code_strict(item["code"]), set()).update((r["type"], r["target"]) for r in item["relations"])
    for relation in gold.get("third_party_relations") or []:
        wanted.setdefault(code_strict(relation["source"]), set()).add((relation["type"], relation["target"]))
    if not wanted:
        return
    others = [row for row in predicted if row not in own]
    for source in sorted({*wanted, *(code_strict(row["source"]) for row in others)}, key=str):
        found = [row for row in others if code_strict(row["source"]) == source]
        _one_source(name, sorted(wanted.get(source, ())), found, aliases, tallies["relations_sourced"], errors)


def _one_source(
    name: str,
    wanted: Sequence[tuple[str, str]],
    predicted: Sequence[Row],
    aliases: Aliases,
    tally: Tally,
    errors: list[tuple[str, str, str]],
) -> None:
    """Tally the relations of one source: types per target, the targets taken to those of the answers."""
    want: dict[str, set[str]] = {}
    for kind, target in wanted:
        want.setdefault(aliases.norm(target) or "", set()).add(kind)
    got: dict[str, set[str]] = {}
    for row in predicted:
        got.setdefault(aliases.norm(row["target"]) or "", set()).add(row["relation"])
    taken = {target: aliases.find(target, want) for target in sorted(got)}
    for target in want:
        types = set().union(*(got[g] for g, w in taken.items() if w == target)) if target in taken.values() else set()
        types -= {"cites"} if len(types) > 1 else set()
        tally.add(len(types & want[target]), len(types - want[target]), len(want[target] - types))
        errors += [(name, "relation missed", f"{kind} {target}") for kind in sorted(want[target] - types)]
        errors += [(name, "relation wrong", f"{kind} {target}") for kind in sorted(types - want[target])]
    for target, found in taken.items():
        if found is None and not aliases.is_neutral(target):
            kinds = got[target] - {"cites"} or got[target]
            tally.add(0, len(kinds), 0)
            errors += [(name, "relation wrong", f"{kind} {target}") for kind in sorted(kinds)]
