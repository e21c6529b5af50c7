"""From when until when documents are in force: what texts state, and what follows from replacing and repealing ones."""

import pytest

from kgdocs.grammar.load import load_patterns
from kgdocs.link import link
from kgdocs.paths import data_folder
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of

WORDS = load_patterns(data_folder("patterns"))[0]["validity"]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        pytest.param(rule, text, expected, id=f"{rule.id} {expected}: {text[-40:]}")
        for rule in WORDS.rules
        for expected, texts in ((True, rule.examples), (False, rule.counter_examples))
        for text in texts
    ],
)
def test_written_forms(rule, text, expected, read):
    found = [one for one in read(text).validity if one.rule == rule.id]
    assert bool(found) is expected
    assert all(one.field == rule.field and text[one.start : one.end] == one.text for one in found)
