"""Relations predicted ↔ relations of the answers, from the document and from those that it lists."""

from collections.abc import Mapping, Sequence

from kgdocs.pipeline.scoring.aliases import Aliases, code_strict
from kgdocs.pipeline.scoring.spans import Row
from kgdocs.pipeline.scoring.tallies import DocumentScore, Tally

Stated = Sequence[tuple[str, str]]


def score_relations(gold: Row, predicted: Sequence[Row], document: DocumentScore) -> None:
    """Tally relations of the document itself, and of the documents that it lists."""
    aliases = Aliases(gold)
    own_code = code_strict((gold.get("self") or {}).get("code"))
    own = [
        row for row in predicted if row.get("source") is None or (own_code and code_strict(row["source"]) == own_code)
    ]
    if gold.get("relations") is not None:
        stated = [(r["type"], r["target"]) for r in gold["relations"]]
        _record("relations", None, _compared(stated, own, aliases), document)
        _judge(stated, own, aliases, document)
    wanted = _wanted(gold)
    if not wanted:
        return
    others = [row for row in predicted if row not in own]
    for source in sorted({*wanted, *(code_strict(row["source"]) for row in others)}, key=str):
        found = [row for row in others if code_strict(row["source"]) == source]
        compared = _compared(sorted(wanted.get(source, ())), found, aliases)
        _judge(sorted(wanted.get(source, ())), found, aliases, document)
        _record("relations_sourced", source, compared, document)


def _wanted(gold: Row) -> Mapping[str | None, set[tuple[str, str]]]:
    """The relations of listed documents by their source."""
    wanted: dict[str | None, set[tuple[str, str]]] = {}
    for item in gold.get("listed") or []:
        wanted.setdefault(code_strict(item["code"]), set()).update((r["type"], r["target"]) for r in item["relations"])
    for relation in gold.get("third_party_relations") or []:
        wanted.setdefault(code_strict(relation["source"]), set()).add((relation["type"], relation["target"]))
    return wanted


def _compared(wanted: Stated, predicted: Sequence[Row], aliases: Aliases) -> list[tuple[str, set[str], set[str]]]:
    """(target, types wanted, types predicted) of one source, the targets taken to those of the answers.

    A predicted `cites` beside a stronger type says nothing; targets that are neutral are left out.
    """
    want: dict[str, set[str]] = {}
    for kind, target in wanted:
        want.setdefault(aliases.norm(target) or "", set()).add(kind)
    got: dict[str, set[str]] = {}
    for row in predicted:
        got.setdefault(aliases.norm(row["target"]) or "", set()).add(row["relation"])
    taken = {target: aliases.find(target, want) for target in sorted(got)}
    compared = []
    for target in want:
        types = {kind for found, answer in taken.items() if answer == target for kind in got[found]}
        compared.append((target, want[target], _strong(types)))
    for target, answer in taken.items():
        if answer is None and not aliases.is_neutral(target):
            compared.append((target, set(), _strong(got[target])))
    return compared


def _strong(types: set[str]) -> set[str]:
    return types - {"cites"} or types


def _record(
    measure: str, source: str | None, compared: Sequence[tuple[str, set[str], set[str]]], document: DocumentScore
) -> None:
    """Tally what was compared; own relations also by type."""
    prefix = f"{source} " if source else ""
    for target, want, got in compared:
        document.tallies[measure].add(len(got & want), len(got - want), len(want - got))
        for kind in got | want if source is None else ():
            tally = document.relation_types.setdefault(kind, Tally())
            tally.add(int(kind in got & want), int(kind not in want), int(kind not in got))
        missed, wrong = ([f"{prefix}{kind} {target}" for kind in sorted(s)] for s in (want - got, got - want))
        document.relations_missed.update(missed)
        document.relations_wrong.update(wrong)
        document.errors += [("relation missed", relation) for relation in missed]
        document.errors += [("relation wrong", relation) for relation in wrong]


def _judge(wanted: Stated, predicted: Sequence[Row], aliases: Aliases, document: DocumentScore) -> None:
    """Tally by rule which relations of one source are right; those to neutral targets say nothing."""
    want = {(kind, aliases.norm(target) or "") for kind, target in wanted}
    targets = {target for _, target in want}
    for row in predicted:
        target = aliases.norm(row["target"]) or ""
        answer = aliases.find(target, targets)
        if row["relation"] == "cites" or "rule" not in row or (answer is None and aliases.is_neutral(target)):
            continue
        right = (row["relation"], answer) in want
        document.rules.setdefault(row["rule"], Tally()).add(int(right), int(not right), 0)
