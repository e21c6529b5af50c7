"""Fixtures that many tests share: the compiled rules, one extractor, the shared texts."""

from pathlib import Path

import pytest

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules, load_rules
from kgdocs.models import Extraction
from kgdocs.read import read_layout

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared (texts that are not ours to publish)")


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def extractor(rules) -> Extractor:
    return Extractor(rules)


@pytest.fixture(scope="session")
def read(rules, extractor):
    """Text → Extraction, with the layout that the text itself shows."""

    def extract(text: str) -> Extraction:
        return extractor.extract(text, read_layout(text, rules))

    return extract
