"""The folder datasette/: strings in both languages, descriptions as in the schema, nothing from elsewhere."""

import importlib.util
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from kgdocs import models, publish
from kgdocs.paths import shipped_folder
from kgdocs.pipeline import questions
from kgdocs.publish.strings import load_strings
from kgdocs.store.schema import TABLES

FOLDER = shipped_folder("datasette")
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
PACKAGE = Path(publish.__file__).parent
USED = re.compile(r"""\bt\(\s*f?["']([a-z_0-9.]+[a-z_0-9])["']""")


def test_every_string_is_there_in_both_languages():
    for key, strings in load_strings().items():
        assert set(strings) == {"vi", "en"}, key
        assert all(text.strip() for text in strings.values()), key
        places = [sorted(re.findall(r"{(\w+)}", text)) for text in strings.values()]
        assert places[0] == places[1], key


def test_no_key_stands_twice():
    keys = re.findall(r"^([\w.-]+):", (FOLDER / "strings.yml").read_text(encoding="utf-8"), re.M)
    assert len(keys) == len(set(keys)) == len(load_strings())


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted(PACKAGE.glob("*.py"))], ids=lambda path: path.name)
def test_every_key_used_exists(path):
    used = set(USED.findall(path.read_text(encoding="utf-8")))
    assert used <= set(load_strings())


def test_keys_are_found_in_the_templates():
    assert len(list(PACKAGE.glob("*.py"))) > 10
    assert sum(len(USED.findall(path.read_text(encoding="utf-8"))) for path in TEMPLATES) > 60


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("status", get_args(models.DocumentStatus)),
        ("relation_status", get_args(models.Status)),
        ("resolution", get_args(models.Resolution)),
        ("kind", get_args(models.Kind)),
        ("state", get_args(models.SourceState)),
        ("relation", questions.LINEAGE_RELATIONS),
        ("relation_in", questions.LINEAGE_RELATIONS),
        ("origin", ("header", "text", "computed", "annex", "register", "mention", "patterns", "inferred")),
        ("field", ("code", "label", "date", "issuer", "title", "effective_on", "expires_on")),
        ("lineage.direction", ("both", "up", "down")),
    ],
)
def test_every_stored_value_has_a_word(group, values):
    assert {f"{group}.{value}" for value in values} <= set(load_strings())


def test_every_type_and_relation_of_the_patterns_has_a_word():
    types = yaml.safe_load((shipped_folder("patterns") / "types.yml").read_text(encoding="utf-8"))["types"]
    for one in types:
        assert load_strings()[f"type.{one['id']}"]["vi"] == one["name"]
    relations = yaml.safe_load((shipped_folder("patterns") / "relations.yml").read_text(encoding="utf-8"))["relations"]
    for one in relations:
        assert {f"relation.{one['relation']}", f"relation_in.{one['relation']}"} <= set(load_strings())
    ways = [
        {key.split(".")[1] for key in load_strings() if key.startswith(f"{way}.")}
        for way in ("relation", "relation_in")
    ]
    assert ways[0] == ways[1]


def test_descriptions_are_those_of_the_schema():
    described = yaml.safe_load((FOLDER / "metadata.yaml").read_text(encoding="utf-8"))["databases"]["kgdocs"]["tables"]
    titles = [one.pop("title") for one in described.values()]
    assert all(titles)
    assert len(set(titles)) == len(TABLES)
    assert [name for name, one in described.items() if one.pop("hidden", False)] == ["readings"]
    assert described == {
        name: {
            "description": table.description,
            "columns": {column: text for column, (_, text) in table.columns.items()},
        }
        for name, table in TABLES.items()
    }


def test_the_folder_never_hides_datasette():
    assert not list(FOLDER.rglob("__init__.py"))
    found = importlib.util.find_spec("datasette")
    assert found is not None
    assert found.origin is not None
    assert FOLDER not in Path(found.origin).parents


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted((FOLDER / "static").iterdir())], ids=lambda path: path.name)
def test_nothing_comes_from_another_host_and_no_script_but_ours(path):
    text = path.read_text(encoding="utf-8")
    if path.name == "kgdocs_base.html":
        text = text.replace('<script src="{{ query.base }}/static/kgdocs.js" defer></script>', "", 1)
    assert not re.search(r"https?://|:\s*url\(|@import|<script|<style|\sstyle=|\son\w+=|\|\s*safe\b", text)
