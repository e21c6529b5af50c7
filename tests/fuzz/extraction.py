"""Any text → its references and relations: spans inside the text, in order, with the words that stand there."""

import kgdocs
from tests.fuzz import texts
from tests.fuzz.texts import mutated, samples

__all__ = ["WORDS", "check", "mutated", "samples"]

WORDS = tuple(word.encode() for word in texts.WORDS)


def check(content: bytes) -> None:
    """Read a text; raises where something that it says does not hold."""
    text = texts.text_of(content)
    found = kgdocs.extract(text)
    reach = 0
    for one in found.references:
        assert reach <= one.start < one.end <= one.facts_end <= one.extent <= len(text), one
        assert text[one.start : one.end] == one.text, one
        assert one.provision_start is None or 0 <= one.provision_start < one.start, one
        reach = one.end
    positions = range(len(found.references))
    for relation in found.relations:
        assert relation.target in positions, relation
        assert relation.source is None or relation.source in positions, relation
        assert text[relation.start : relation.end] == relation.text, relation
