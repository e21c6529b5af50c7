"""Each dependency earns its place: it says why it is there, the code imports it, and what the code imports is declared."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
NEEDED = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
EXTRAS = {
    canonicalize_name(Requirement(line).name)
    for name in ("auth", "distributed", "ocr")
    for line in PROJECT["optional-dependencies"][name]
}
NOT_IMPORTED = {
    "lxml": "only kept from being too old",
    "datasette-auth-passwords": "a plugin, which Datasette loads",
}


@cache
def imported():
    """The packages, by canonical name, that modules of kgdocs import, wherever in them."""
    modules = set()
    for path in (ROOT / "kgdocs").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
    modules -= {*sys.stdlib_module_names, "kgdocs"}
    homes = metadata.packages_distributions()
    return {canonicalize_name(homes[module][0]) for module in modules}


DECLARED = re.findall(
    r'^    "([\w.-]+)[^"]*"(?:; [^"]*")?,?([^\n]*)$', TEXT.partition("[project.scripts]")[0], re.MULTILINE
)


def test_everything_declared_is_looked_at():
    lines = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    names = {canonicalize_name(Requirement(line).name) for line in lines}
    assert names <= {canonicalize_name(name) for name, _ in DECLARED}


@pytest.mark.parametrize("name", sorted(NEEDED | EXTRAS))
def test_what_is_declared_is_imported(name):
    assert (name in imported()) is (name not in NOT_IMPORTED)


def test_what_is_imported_is_declared():
    assert imported() - NEEDED - EXTRAS == set()


@pytest.mark.parametrize("name", sorted(NEEDED | EXTRAS))
def test_each_says_in_a_line_why_it_is_there(name):
    reasons = [told.partition("#")[2].strip() for one, told in DECLARED if canonicalize_name(one) == name]
    assert reasons
    assert all(len(reason.split()) >= 2 for reason in reasons)
