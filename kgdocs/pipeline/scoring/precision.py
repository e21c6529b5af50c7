"""How often the relations that a rule reads are right: measured on hand-made answers, kept in patterns/precision.yml."""

from collections.abc import Mapping
from pathlib import Path

from kgdocs.grammar import Rules
from kgdocs.pipeline.scoring.tallies import Score

_HEAD = """# Mức tin cậy của từng mẫu quan hệ: [số lần đúng, số lần nêu] trên các tập đáp án làm tay, theo tập.
# {} là chưa đo được: không tập nào có câu mà mẫu này đọc. Ghi bằng: kgdocs score GOLD --rule-precision patterns/precision.yml
"""


def save_precision(path: Path, folder: str, score: Score, rules: Rules) -> None:
    """Write what `score` shows of each relation rule on the answers of `folder`, beside what is known of other folders."""
    lines = [_line(rule.id, folder, score, rules.relation_precision.get(rule.id, {})) for rule in rules.relations]
    path.write_text(f"{_HEAD}rules:\n{''.join(lines)}", encoding="utf-8")


def _line(rule: str, folder: str, score: Score, known: Mapping[str, tuple[int, int]]) -> str:
    """The entry of one rule."""
    shown = {name: counts for name, counts in known.items() if name != folder}
    tally = score.by_rule().get(rule)
    if tally:
        shown[folder] = (tally.right, tally.right + tally.wrong)
    counts = ", ".join(f"{name}: [{right}, {total}]" for name, (right, total) in sorted(shown.items()))
    return f"  {rule}: {{{counts}}}\n"
