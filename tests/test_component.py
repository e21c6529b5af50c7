"""The spaCy component, found by its entry point or imported, fills aligned spans."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kgdocs.extract import component
from kgdocs.read import read_source
from tests.conftest import ROOT, SHARED, needs_shared

TEXT = "Kế hoạch số 211-KH/TU ngày 25/4/2024 về thực hiện Chỉ thị số 28-CT/TW."


def test_the_component_fills_spans():
    nlp = spacy.blank("xx")
    nlp.add_pipe(component.NAME)
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["references"]] == ["Kế hoạch số 211-KH/TU", "Chỉ thị số 28-CT/TW"]
    assert {span.label_ for span in doc.spans["references"]} == {"numbered"}


TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "kgdocs.tokenizer.v1"}}}
TEXTS = sorted(
    path
    for folder in (ROOT / "corpus", SHARED / "gold" / "dev", SHARED / "gold" / "seed")
    for path in (folder.iterdir() if folder.is_dir() else ())
    if path.suffix in (".txt", ".md")
)


@pytest.fixture(scope="module")
def whole():
    """A pipeline whose tokenizer keeps codes whole."""
    nlp = spacy.blank("xx", config=TOKENIZER)
    nlp.add_pipe(component.NAME)
    return nlp


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_every_reference_is_aligned_with_whole_tokens(path, whole, rules, extractor):
    text = read_source(path, rules).text
    doc = whole(text)
    assert doc.text == text
    spans = [(span.start_char, span.end_char) for span in doc.spans["references"]]
    assert spans == [(reference.start, reference.end) for reference in extractor.extract(text).references]


def test_codes_are_one_token_each(whole):
    doc = whole("Kế hoạch  số 2454/KHPH-LĐTBXH-GDDT,\nngày 28 - CT / TW.")
    assert [token.text for token in doc][-3:] == ["ngày", "28 - CT / TW", "."]
    assert "2454/KHPH-LĐTBXH-GDDT" in [token.text for token in doc]
    assert doc.text == "Kế hoạch  số 2454/KHPH-LĐTBXH-GDDT,\nngày 28 - CT / TW."


@given(st.text(max_size=60))
def test_the_tokens_of_any_text_make_up_the_text(whole, text):
    assert whole.tokenizer(text).text == text


def test_the_pipeline_is_saved_and_loaded(whole, tmp_path):
    whole.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    before, after = whole(TEXT), again(TEXT)
    assert [span.text for span in after.spans["references"]] == [span.text for span in before.spans["references"]]


@needs_shared
def test_the_seed_has_its_numbered_mentions_aligned(whole, rules):
    text = read_source(SHARED / "gold" / "seed" / "report-2024-children.txt", rules).text
    doc = whole(text)
    spans = [span for span in doc.spans["references"] if span.label_ == "numbered"]
    assert len(spans) == 27


def test_spans_may_go_under_another_key():
    nlp = spacy.blank("xx")
    nlp.add_pipe(component.NAME, config={"key": "vien_dan"})
    assert len(nlp(TEXT).spans["vien_dan"]) == 2
