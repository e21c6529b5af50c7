"""One piece of a text with its tag: what the token patterns of patterns/ see."""

from typing import NamedTuple


class Chunk(NamedTuple):
    """A piece [start, end) of the text with its tag and what it stands for."""

    start: int
    end: int
    tag: str
    value: object = None
