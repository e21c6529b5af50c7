"""The passages of cases/references.yml: what must be found in each, in the words of a lawyer."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import yaml

from kgdocs.models import Reference
from kgdocs.pipeline.extracting import PRINTED_KINDS
from kgdocs.pipeline.scoring.aliases import code_strict, date_norm, loose_name
from kgdocs.read import read_layout, source_of

PATH = Path(__file__).parent / "cases" / "references.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["cases"]
FACTS = {"code": code_strict, "date": date_norm, "issuer": loose_name, "provision": loose_name}
"""What a passage may state with a mention, and how two readings of it are compared."""

Spans = dict[tuple[int, int], Mapping[str, Any]]


def required(case: Mapping[str, Any]) -> Spans:
    """Where each required mention stands; one text that occurs twice is matched in order."""
    spans: Spans = {}
    position = 0
    for mention in case["mentions"]:
        start = case["text"].index(mention["text"], position)
        position = start + len(mention["text"])
        spans[start, position] = mention
    return spans


def optional(case: Mapping[str, Any]) -> set[tuple[int, int]]:
    """Every place of the spans that may be found or not."""
    return {match.span() for words in case.get("optional", []) for match in re.finditer(re.escape(words), case["text"])}


def stated(mention: Mapping[str, Any], fact: str) -> list[Any]:
    value = mention.get(fact)
    return value if isinstance(value, list) else [value]


def wanted(mention: Mapping[str, Any], fact: str) -> list[str | None]:
    """The readings of a fact that are right; none stated is a reading too."""
    return [reading.isoformat() if isinstance(reading, date) else reading for reading in stated(mention, fact)]


def found_fact(reference: Reference, fact: str) -> str | None:
    value = getattr(reference, fact)
    return None if value is None else str(value)


def differences(case: Mapping[str, Any], references: list[Reference]) -> Iterator[str]:
    """Yield one line for each mention missed, each found too much, each fact told otherwise."""
    spans, free = required(case), optional(case)
    found = {(reference.start, reference.end): reference for reference in references}
    for span, mention in spans.items():
        reference = found.get(span)
        if reference is None:
            yield f"missed      “{mention['text']}” ({mention['kind']})"
            continue
        if reference.kind != mention["kind"]:
            yield f"differing   “{mention['text']}”: kind {reference.kind}, expected {mention['kind']}"
        for fact, fold in FACTS.items():
            want, got = wanted(mention, fact), found_fact(reference, fact)
            if want != ["any"] and fold(got) not in map(fold, want):
                expected = " or ".join(reading or "none" for reading in want)
                yield f"differing   “{mention['text']}”: {fact} {got or 'none'}, expected {expected}"
    for span, reference in found.items():
        if span not in spans and span not in free:
            yield f"unexpected  “{reference.text}” ({reference.kind}, {reference.code or 'no code'})"


def test_the_file_is_well_formed():
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids)), "an id is used twice"
    for case in CASES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case["id"]), case["id"]
        assert set(case) <= {"id", "class", "text", "form", "mentions", "optional"}, case["id"]
        assert isinstance(case["class"], str), case["id"]
        assert case.get("form") in (None, "NFD"), case["id"]
        assert case["text"] == normalize("NFC", case["text"]), case["id"]
        assert len(required(case)) == len(case["mentions"]), case["id"]
        for mention in case["mentions"]:
            assert {"text", "kind"} <= set(mention) <= {"text", "kind", *FACTS}, (case["id"], mention)
            assert mention["kind"] in PRINTED_KINDS, (case["id"], mention)
            for fact in FACTS:
                shape = date if fact == "date" else str
                assert all(
                    isinstance(reading, shape | None) or reading == "any" for reading in stated(mention, fact)
                ), f"{case['id']}: {fact} of “{mention['text']}”"
        for words in case.get("optional", []):
            assert words in case["text"], (case["id"], words)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_found(case, rules, extractor):
    written = normalize(case.get("form", "NFC"), case["text"])
    source = source_of("-", written.encode(), "text", rules)
    extraction = extractor.extract(source.text, read_layout(source.text, rules))
    references = [reference for reference in extraction.references if reference.kind in PRINTED_KINDS]
    told = "\n  ".join(differences(case, references))
    assert not told, f"{case['id']} (class {case['class']})\n{case['text']}\n  {told}"
