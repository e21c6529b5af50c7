"""Phrases of patterns/ that are written once for many: "(để|nhằm|) (tiếp tục|) thực hiện"."""

import re
from collections.abc import Iterable
from itertools import product

_GROUP = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


def expanded(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return every phrase that `phrases` stand for, each once, in order: of "(a|b|)" one of "a", "b" and nothing stands there."""
    return tuple(dict.fromkeys(phrase for written in phrases for phrase in _readings(written)))


def _readings(written: str) -> Iterable[str]:
    """All readings of one phrase."""
    pieces = _GROUP.split(written)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return (" ".join("".join(chosen).split()) for chosen in product(*choices))
