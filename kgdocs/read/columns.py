"""Pages set in two columns: where the gutter is, and the lines of a page column after column.

Tables and the two halves of an official header stand side by side too; only lines that fill two columns of
about the same width, most of the page, are read so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

_FEWEST = 6
"""Lines that each column has at least."""
_MOST = 3000
"""Pieces of a page that are looked at; a page of more is a drawing."""
_MIDDLE = (0.3, 0.7)
"""Where the gutter may be, in shares of the width."""
_ACROSS = 0.3
"""Share of the pieces that may lie across the gutter: titles, headings, a table."""
_FILLED = 0.7
"""Share of a column's width that its lines fill."""
_GAP = 0.9
"""Blank between two pieces of one line, in heights of its letters, from which they are two."""


@dataclass(slots=True)
class Piece:
    """A piece of a line, in points; `top` counts upwards."""

    left: float
    right: float
    bottom: float
    top: float
    text: str = ""

    def continues(self, other: "Piece") -> bool:
        """True where `other` goes on with this piece, on the same line and without a wide blank."""
        height = max(self.top - self.bottom, other.top - other.bottom, 1.0)
        level = min(self.top, other.top) - max(self.bottom, other.bottom) > -0.3 * height
        return level and -height < other.left - self.right < _GAP * height

    def extend(self, other: "Piece") -> None:
        """Take `other` into this piece."""
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.bottom, self.top = min(self.bottom, other.bottom), max(self.top, other.top)
        self.text += other.text


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces put together where the next one goes on with the one before."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].continues(piece):
            found[-1].extend(piece)
        else:
            found.append(piece)
    return found


def gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where the gutter between two columns is, None where the page has no such two."""
    if not 2 * _FEWEST <= len(pieces) <= _MOST:
        return None
    begin, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    low, high = (begin + share * (end - begin) for share in _MIDDLE)
    places = sorted({round(piece.right + 0.5, 1) for piece in pieces if low <= piece.right <= high})
    best = min(places, key=lambda place: sum(_across(piece, place) for piece in pieces), default=None)
    if best is None:
        return None
    sides = [piece for piece in pieces if piece.right <= best], [piece for piece in pieces if piece.left >= best]
    if not _are_columns(*sides, len(pieces)):
        return None
    return (max(piece.right for piece in sides[0]) + min(piece.left for piece in sides[1])) / 2


def in_columns(pieces: Sequence[Piece], place: float) -> Iterator[Piece]:
    """Yield pieces from top to bottom, those left of the gutter before those right of it, down to one that lies across."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.top, piece.left)):
        if not _across(piece, place):
            (left if piece.right <= place else right).append(piece)
            continue
        yield from (*left, *right, piece)
        left, right = [], []
    yield from (*left, *right)


def _across(piece: Piece, place: float) -> bool:
    return piece.left < place < piece.right


def _are_columns(left: Sequence[Piece], right: Sequence[Piece], count: int) -> bool:
    """True where both sides of `count` pieces have lines that fill them, beside each other for most of their height."""
    sides = (left, right)
    if min(map(len, sides)) < _FEWEST or count - sum(map(len, sides)) > _ACROSS * count:
        return False
    spans = [(min(piece.bottom for piece in side), max(piece.top for piece in side)) for side in sides]
    beside = min(top for _, top in spans) - max(bottom for bottom, _ in spans)
    return beside > 0.5 * max(top - bottom for bottom, top in spans) and all(map(_is_filled, sides))


def _is_filled(side: Sequence[Piece]) -> bool:
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    return median(piece.right - piece.left for piece in side) >= _FILLED * width
