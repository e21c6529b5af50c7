"""References and the words between them as one row of tokens, for the patterns of relations."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgdocs.extract.chunk import Chunk
from kgdocs.models import Block, Reference

_TAGS = {"draft": "DRAFT_REF", "planned": "PLANNED_REF", "attached": "ATTACHED_REF"}
_RULE_TAGS = {"absent_plan": "ABSENT_REF", "blank_number": "REF"}
_PLURALS = frozenset({"các", "những"})
_SHORT = 8
ITEM_TAGS = {
    "basis_list": "BASIS_ITEM",
    "part_repeal_list": "PART_REPEAL_ITEM",
    "repeal_list": "REPEAL_ITEM",
    "replace_list": "REPLACE_ITEM",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A reference or a word between references; `reference` is its position in the list."""

    start: int
    end: int
    tag: str
    reference: int | None = None


def tokens_of(
    text: str,
    chunks: Sequence[Chunk],
    references: Sequence[Reference],
    lists: Sequence[Block] = (),
    begins: Sequence[int] = (),
) -> Iterator[Token]:
    """Chunks with each reference, its provision, date and issuer included, as one token.

    A text begins as a sentence does, and so does each of its parts (`begins`, in order). Inside `lists`, the marks of their
    items have tags of their own.
    """
    yield Token(0, 0, "STOP")
    position = 0
    parts = deque(begins)
    upcoming = iter(enumerate(references))
    following = next(upcoming, None)
    for chunk in chunks:
        while parts and parts[0] < chunk.end:
            begin = parts.popleft()
            if begin <= chunk.start:  # else the words of the chunk go over from one part to the next
                yield Token(begin, begin, "STOP")
        if following and chunk.start >= following[1].start:
            index, reference = following
            yield Token(reference.start, reference.end, _tag_of(reference), index)
            position = max(reference.facts_end, reference.end)
            following = next(upcoming, None)
        if chunk.start >= position and not (following and _in_provision(chunk, following[1])):
            yield Token(chunk.start, chunk.end, _chunk_tag(text, chunk, lists))
    if following:
        yield Token(following[1].start, following[1].end, _tag_of(following[1]), following[0])


def _in_provision(chunk: Chunk, reference: Reference) -> bool:
    """True for "điều 40, 41 và 83 của" in front of a mention: commas there join no documents."""
    return reference.provision_start is not None and chunk.start >= reference.provision_start


def _tag_of(reference: Reference) -> str:
    if reference.is_self:
        return "SELF_REF"
    return _RULE_TAGS.get(reference.rule) or _TAGS.get(reference.kind, "REF")


def _chunk_tag(text: str, chunk: Chunk, lists: Sequence[Block]) -> str:
    """The tag of a word: "các" alone is PLURAL, the mark of an item in one of `lists` that of its list."""
    if chunk.tag == "GAP":
        short = chunk.end - chunk.start < _SHORT
        return "PLURAL" if short and text[chunk.start : chunk.end].strip().lower() in _PLURALS else "GAP"
    tag = "SEMICOLON" if chunk.tag == "STOP" and text[chunk.start] == ";" else chunk.tag
    if lists and tag in ("ITEM", "SEMICOLON"):
        mark = chunk.end - 1  # an item begins with the end of the line before
        kind = next((block.kind for block in lists if block.start <= mark < block.end), "")
        return ITEM_TAGS.get(kind, tag)
    return tag
