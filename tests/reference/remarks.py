"""The remarks at the head of a file of patterns, and what they say of each field."""

import re
from functools import cache
from itertools import takewhile

from kgdocs.paths import shipped_folder

_NAMES = r"[a-z_]+(?:(?:, | / )[a-z_]+)*"
_NEXT = re.compile(rf"(?:^|; )({_NAMES}) {{2,}}(?=\S)")
"""A field, or several, two blanks or more, and then what it is; the next one may follow behind a semicolon."""


def head_of(name: str) -> str:
    """Return the remarks at the beginning of a file."""
    lines = (shipped_folder("patterns") / f"{name}.yml").read_text(encoding="utf-8").splitlines()
    head = takewhile(lambda line: line.startswith("#"), lines)
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in head)


@cache
def remarks_of(name: str) -> dict[str, str]:
    """Return field → what the head of a file says of it, in Vietnamese; a longer line goes on behind three blanks."""
    joined: list[str] = []
    for line in head_of(name).splitlines():
        if line.startswith("   ") and joined and not _NEXT.match(line.strip()):
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line.strip())
    found: dict[str, str] = {}
    for line in joined:
        _, *pieces = _NEXT.split(line) if _NEXT.match(line) else [line]
        for fields, words in zip(pieces[::2], pieces[1::2], strict=True):
            found |= dict.fromkeys(re.split(", | / ", fields), words.strip())
            if inner := _NEXT.match(words):
                found[inner[1]] = words[inner.end() :].strip()
    return found
