"""Texts with hand-made answers as conversions leave them: lines cut or joined, blanks or letters lost; the answers lead to the same places.

`python -m tests.damaged FOLDER OUT --how lines|flat|blanks|letters` writes them, for `kgdocs score OUT`.
"""

import argparse
import json
import random
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kgdocs.grammar.lost import LOST

_LATIN = re.compile("[àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]")
"""Vietnamese letters that Latin-1 has; a conversion that takes UTF-8 for bytes loses them."""
_BLANK = re.compile(r"(?<=[^\W\d_A-ZĐ]) (?=[^\W\d_])")
SHARE, WIDTH = 0.04, 32
"""Share of the blanks between words that is lost, and the width at which lines are cut."""

Moved = tuple[str, Callable[[int], int]]
"""A damaged text, and where a place of the whole one is in it."""


def cut_lines(text: str, width: int = WIDTH) -> Moved:
    """Cut lines at blanks so that none is much longer than `width`; rows of tables and columns stay."""
    lines = []
    for line in text.split("\n"):
        begin, letters = 0, list(line)
        while "|" not in line and "  " not in line and len(line) - begin > width:
            at = line.rfind(" ", begin, begin + width)
            if at <= begin:
                break
            letters[at], begin = "\n", at + 1
        lines.append("".join(letters))
    return "\n".join(lines), lambda place: place


def join_lines(text: str) -> Moved:
    """Put blanks for all line breaks, and for tabs."""
    return text.translate({ord("\n"): " ", ord("\t"): " "}), lambda place: place


def lose_letters(text: str) -> Moved:
    """Put the sign of a lost letter for each that Latin-1 has."""
    return _LATIN.sub(LOST, text), lambda place: place


def lose_blanks(text: str) -> Moved:
    """Take out one in twenty-five of the blanks behind small letters, always the same ones of a text."""
    dice = random.Random(text)
    lost = [match.start() for match in _BLANK.finditer(text) if dice.random() < SHARE]
    parts = [text[start + 1 : end] for start, end in zip((-1, *lost), (*lost, len(text)), strict=True)]
    return "".join(parts), lambda place: place - bisect_left(lost, place)


HOW: dict[str, Callable[[str], Moved]] = {
    "lines": cut_lines,
    "flat": join_lines,
    "blanks": lose_blanks,
    "letters": lose_letters,
}


def damaged(answers: Any, moved: Moved) -> Any:
    """Return hand-made answers with the places and words that they have in the damaged text."""
    text, place = moved
    for one in answers["mentions"]:
        one["start"], one["end"] = place(one["start"]), place(one["end"])
        one["text"] = text[one["start"] : one["end"]]
        for field in ("issuer", "issuer_alt", "provision"):
            if LOST in text and one.get(field):
                one[field] = lose_letters(one[field])[0]
    return answers


def main() -> None:
    """Write damaged copies of a folder of texts with answers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--how", choices=HOW, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True)
    for path in sorted(asked.folder.glob("*.txt")):
        whole = unicodedata.normalize("NFC", path.read_bytes().decode())
        moved = HOW[asked.how](whole)
        (asked.out / path.name).write_bytes(moved[0].encode())
        answers = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        told = json.dumps(damaged(answers, moved), ensure_ascii=False, indent=1)
        (asked.out / path.with_suffix(".json").name).write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
