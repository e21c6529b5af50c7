"""What was read out of a text, with all its places moved to those of another form of the same text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from kgdocs.models.texts import Extraction, Header, Layout, Reference

_T = TypeVar("_T")
Move = Callable[[int], int]
"""A place in one form of the text → the place in the other."""
_FURTHER = ("provision_start", "facts_end", "extent")


def moved_layout(layout: Layout, move: Move) -> Layout:
    """Return a layout whose places are those of the other form."""
    spans = {name: _moved(span, move) for name, span in layout.header.spans.items()}
    header: Header = replace(layout.header, spans=spans)
    parts = ("blocks", "annex_items", "lists", "interruptions", "furniture")
    return replace(
        layout,
        header=header,
        pages=tuple(move(page) for page in layout.pages),
        **{name: tuple(_moved(one, move) for one in getattr(layout, name)) for name in parts},
    )


def moved_extraction(extraction: Extraction, move: Move, text: str) -> Extraction:
    """Return an extraction whose places are those in `text`, its words as they stand there."""
    parts = ("relations", "validity", "deadlines", "agencies")
    return replace(
        extraction,
        references=tuple(moved_reference(one, move, text) for one in extraction.references),
        **{name: tuple(_quoted(one, move, text) for one in getattr(extraction, name)) for name in parts},
    )


def moved_reference(reference: Reference, move: Move, text: str) -> Reference:
    """Return a reference whose places are those in `text`; 0 stands for none."""
    further: dict[str, Any] = {name: move(at) for name in _FURTHER if (at := getattr(reference, name))}
    return replace(_quoted(reference, move, text), **further)


def _quoted(one: _T, move: Move, text: str) -> _T:
    """Something with a place and the words there."""
    moved: Any = _moved(one, move)
    return replace(moved, text=text[moved.start : moved.end])  # type: ignore[no-any-return]


def _moved(one: _T, move: Move) -> _T:
    """Something with a place."""
    found: Any = one
    return replace(found, start=move(found.start), end=move(found.end))  # type: ignore[no-any-return]
