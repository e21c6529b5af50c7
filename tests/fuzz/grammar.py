"""Any text → codes, dates, layout, folded forms: places inside the text, in order, and codes that read as themselves."""

import re

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key, low, name_key, plain_words, scan_fold, slug, strip_marks, word_fold
from kgdocs.grammar.found import FoundCode
from kgdocs.pipeline.library import tools
from kgdocs.read import read_layout
from tests.fuzz import texts
from tests.fuzz.texts import mutated, samples

__all__ = ["WORDS", "check", "mutated", "samples"]

WORDS = tuple(word.encode() for word in texts.WORDS)
_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def _rules() -> Rules:
    return tools()[0]


def check(content: bytes) -> None:
    """Read a text by the parts of the grammar; raises where something that they say does not hold."""
    text, rules = texts.text_of(content), _rules()
    _codes(text, rules)
    _dates(text, rules)
    _layout(text, rules)
    assert len(word_fold(text)) == len(scan_fold(text)) == len(low(text)) == len(text)
    for fold in (strip_marks, plain_words, code_key, name_key):
        fold(text)
    assert re.fullmatch(r"[a-z0-9-]*", slug(text)), slug(text)


def _codes(text: str, rules: Rules) -> None:
    reach = 0
    for found in rules.codes.find(scan_fold(text)):
        assert reach <= found.start < found.end <= len(text), found
        reach = found.end
        if isinstance(found, FoundCode):
            again = rules.codes.parse(str(found.code))
            assert again is not None, found
            assert str(again.code) == str(found.code), (found, again)
    rules.codes.parse(text)


def _dates(text: str, rules: Rules) -> None:
    for found in (rules.dates.search(text), *(rules.dates.match(text, at) for at in range(0, len(text), 7))):
        assert found is None or (0 <= found.start < found.end <= len(text) and _ISO.fullmatch(found.iso)), found
    for none in rules.dates.no_days(text):
        assert 0 <= none.start < none.end <= len(text), none


def _layout(text: str, rules: Rules) -> None:
    layout = read_layout(text, rules)
    reach = 0
    for block in layout.blocks:
        assert reach <= block.start < block.end <= len(text), block
        reach = block.end
    for span in (*layout.header.spans.values(), *layout.interruptions, *layout.annex_items):
        assert 0 <= span.start <= span.end <= len(text), span
