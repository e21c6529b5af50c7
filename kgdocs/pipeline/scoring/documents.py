"""Texts with answers → their scores, measure by measure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kgdocs.errors import UsageError
from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.models import Header
from kgdocs.pipeline.extracting import rows
from kgdocs.pipeline.scoring.aliases import code_strict, date_norm, loose_name
from kgdocs.pipeline.scoring.relations import score_relations
from kgdocs.pipeline.scoring.spans import Row, score_spans
from kgdocs.pipeline.scoring.tallies import DocumentScore, Score, Tally
from kgdocs.read import read_layout, read_source

_PARTS = {"mentions": ("start", "end", "text", "kind"), "relations": ("type", "target")}
"""What every answer of a list must say."""


def score_folder(folder: Path, rules: Rules) -> Score:
    """Extract every text of `folder` that has answers and compare.

    Raises UsageError where the folder holds no answers, an answer has no text beside it, or a part that all must have is missing.
    """
    answers = sorted(folder.glob("*.json"))
    if not answers:
        raise UsageError(f"There are no answers (NAME.json) in {folder}.")
    extractor = Extractor(rules)
    score = Score()
    for path in answers:
        gold = _answers(path)
        source = read_source(_text_beside(path), rules)
        if source.state == "rejected":
            raise UsageError(f"{source.path}: {source.reason}")
        layout = read_layout(source.text, rules)
        extraction = extractor.extract(source.text, layout)
        predicted = list(rows(path.stem, extraction, relations=True))
        document = score.documents[path.stem] = score_document(gold, predicted, source.text)
        own = next((one for one in extraction.references if one.is_self), None)
        score_own(gold.get("self") or {}, layout.header, str(own.code) if own and own.code else None, document)
    return score


def _answers(path: Path) -> Row:
    """The answers of a file; raises UsageError, which names the place, for what are none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is not JSON in UTF-8: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("mentions"), list):
        raise UsageError(f"{path} has no list of mentions.")
    for part, names in _PARTS.items():
        for number, row in enumerate(found.get(part) or ()):
            if lacking := [name for name in names if name not in row]:
                raise UsageError(f"{path}: {part}.{number} lacks {', '.join(lacking)}.")
    return found


def _text_beside(answer: Path) -> Path:
    """The text that an answer is about."""
    found = [answer.with_suffix(ending) for ending in (".txt", ".md") if answer.with_suffix(ending).is_file()]
    if not found:
        raise UsageError(f"There is no text beside the answer {answer}.")
    return found[0]


def score_document(gold: Row, predicted: Sequence[Row], text: str = "") -> DocumentScore:
    """Compare the rows predicted for one document with its answers; `text` is what both are about."""
    document = DocumentScore(text=text, tags=tuple(gold.get("tags") or ()))
    mentions = [row for row in predicted if "start" in row]
    pairs = score_spans(gold, mentions, document)
    _codes(gold, mentions, document.tallies)
    for fact in ("issuer", "provision"):
        _fact(fact, pairs, document.tallies[fact])
    score_relations(gold, [row for row in predicted if "relation" in row], document)
    return document


def score_own(own: Row, header: Header, code: str | None, document: DocumentScore) -> None:
    """Tally what a text says of itself: its number, its whole day and, where its header has one, its type line."""
    day = header.date if header.date and len(header.date) == len("2026-12-01") else None
    pairs = {
        "code": (code_strict(own.get("code")), code_strict(code)),
        "date": (date_norm(own.get("date")), date_norm(day)),
        "type": (loose_name(own.get("type")), loose_name(header.label)),
    }
    for name, (want, got) in pairs.items():
        if name not in own:
            continue
        if want == got or (name == "type" and got is None):  # a letter has no type line
            document.tallies["own"].add(int(want is not None and want == got), 0, 0)
            continue
        document.tallies["own"].add(0, int(got is not None), int(want is not None))
        document.errors.append((f"own {name}", f"{want} | {got}"))


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
