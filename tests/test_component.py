"""The spaCy component, found by its entry point or imported, fills aligned spans."""

import spacy

from kgdocs.extract import component

TEXT = "Kế hoạch số 211-KH/TU ngày 25/4/2024 về thực hiện Chỉ thị số 28-CT/TW."


def test_the_component_fills_spans():
    nlp = spacy.blank("xx")
    nlp.add_pipe(component.NAME)
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["references"]] == ["Kế hoạch số 211-KH/TU", "Chỉ thị số 28-CT/TW"]
    assert {span.label_ for span in doc.spans["references"]} == {"numbered"}


def test_spans_may_go_under_another_key():
    nlp = spacy.blank("xx")
    nlp.add_pipe(component.NAME, config={"key": "vien_dan"})
    assert len(nlp(TEXT).spans["vien_dan"]) == 2
