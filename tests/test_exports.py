"""The public list is what is importable: the API cannot grow by accident."""

import sys

import kgdocs


def test_the_public_list():
    assert sorted(kgdocs.__all__) == kgdocs.__all__
    assert all(callable(getattr(kgdocs, name)) for name in kgdocs.__all__)


def test_extract_is_a_function_although_a_stage_has_its_name():
    from kgdocs.extract import Extractor

    assert Extractor.__name__ == "Extractor"
    assert "kgdocs.extract" in sys.modules
    assert kgdocs.extract("Chỉ thị số 28-CT/TW").references[0].text == "Chỉ thị số 28-CT/TW"
