"""Regular expressions made from the words of patterns/, and how they are looked for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kgdocs.grammar.expressions import any_of, word_starts


def test_words_match_longest_first_with_wide_blanks():
    pattern = re.compile(any_of(["kế hoạch", "kế hoạch hành động"]))
    assert pattern.match("kế  hoạch hành động").group() == "kế  hoạch hành động"


@given(st.text(alphabet="có hiệulực_1.\n", max_size=60))
def test_words_begin_where_a_look_behind_would_say_so(text):
    cue = r"(?:có|hiệu)\s{1,3}lực(?!\w)"
    looked = [match.start() for match in re.finditer(rf"(?<!\w){cue}", text)]
    assert list(word_starts(re.compile(cue), text)) == looked


def test_a_cue_in_capitals_and_inside_a_word_is_told_apart(rules):
    cue = re.compile(rules.validity.cue)
    text = "NGHỊ ĐỊNH NÀY CÓ HIỆU LỰC; xcó hiệu lực; hết  hiệu lực"
    assert [text[start : start + 4] for start in word_starts(cue, text.lower())] == ["CÓ H", "hết "]
