"""The twelve words each name something, what they name is told in docs/explanation/walk.md, and no name says nothing."""

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "explanation" / "walk.md").read_text(encoding="utf-8")
WORDS = {
    word: (vietnamese, code)
    for word, vietnamese, code in re.findall(
        r"^\| (\w+) \| [^|]+ \| ([^|]+) \| `([\w.]+)` \|$", PAGE.partition("## Twelve words")[2], re.MULTILINE
    )
}
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "data", "misc", "stuff"}
GIVEN_BY_LIBRARIES = {
    ("kgdocs/extract/tokenizer.py", "data"),  # spaCy calls from_bytes(data)
    ("kgdocs/lineage/linked.py", "data"),  # asked as networkx asks a graph: edges(data=True)
}


def parts(name: str) -> set[str]:
    """The words of a name: "RegisterRow" → register, row."""
    return {one.lower() for one in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)}


@cache
def names() -> tuple[tuple[str, str, str], ...]:
    """Kind, file and name of every module, class, function and parameter."""
    return tuple(_names())


def _names() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "kgdocs").rglob("*.py")):
        where = str(path.relative_to(ROOT))
        yield "module", where, path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield "class", where, node.name
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield "function", where, node.name
            elif isinstance(node, ast.arg):
                yield "parameter", where, node.arg


def test_there_are_twelve():
    assert len(WORDS) == 12
    assert all(vietnamese for vietnamese, _ in WORDS.values())


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_what_the_page_says_that_it_is(word):
    module, _, name = WORDS[word][1].rpartition(".")
    owner = importlib.import_module(module)
    found = getattr(owner, name, None) or importlib.import_module(WORDS[word][1])
    assert word in {one.removesuffix("s") for one in parts(name)}
    assert found.__doc__


@pytest.mark.parametrize("word", WORDS)
def test_a_word_names_a_module_class_function_or_parameter(word):
    assert {kind for kind, _, name in names() if name.lower() in (word, f"{word}s")}


def test_no_name_says_nothing():
    empty = {(where, name) for _, where, name in names() if parts(name) & SAYS_NOTHING}
    assert empty == GIVEN_BY_LIBRARIES


def test_what_the_words_stand_for_is_defined_once():
    """No second class is called like one of the values that travel."""
    values = {name for kind, where, name in names() if kind == "class" and where.startswith("kgdocs/models/")}
    again = [
        (where, name) for kind, where, name in names() if kind == "class" and name in values and "/models/" not in where
    ]
    assert len(values) > 40
    assert again == []


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`(kgdocs/[\w/]+(?:\.py)?/?)`", PAGE))
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one).exists()] == []
