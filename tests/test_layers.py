"""The rule of design §3: stages import only the common ground, third parties have one place each."""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kgdocs"
STAGES = {"grammar", "read", "extract", "link", "lineage", "store", "publish"}
COMMON = {"models", "errors", "paths", "grammar"}
ONLY_PLACE = {
    "spacy": "extract",
    "rapidfuzz": "link",
    "networkx": "lineage",
    "holidays": "lineage",
    "sqlite_utils": "store",
    "datasette": "publish",
    "yaml": {"grammar", "publish"},
    "ahocorasick": "grammar",
    "pydantic": "grammar",
    "openpyxl": "read",
    "docx": "read",
    "pypdfium2": "read",
    "selectolax": "read",
    "PIL": "read",
    "distributed": "pipeline",
    "jinja2": "publish",
    "markupsafe": "publish",
    "uvicorn": "publish",
    "click": "cli",
    "rich": "cli",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> list[tuple[ast.stmt, str]]:
    """Every imported module of a file with its statement, those for type checking left out."""
    tree = tree_of(path)
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node, node.module or ""))
    return found


def stage_of(path: Path) -> str:
    """First part of a module's name inside the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_stages_import_only_the_common_ground(path):
    stage = stage_of(path)
    allowed = {
        **{name: COMMON | {name} for name in STAGES},
        "publish": COMMON | {"publish", "pipeline"},
        "grammar": {"models", "errors", "paths", "grammar"},
        "models": {"models"},
        "errors": {"errors"},
        "paths": {"errors"},
    }.get(stage)
    used = {name.split(".")[1] for _, name in imports(path) if name.startswith("kgdocs.")}
    if allowed is not None:
        assert used <= allowed
    if stage != "publish" and stage != "cli":
        assert "publish" not in used


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_place(path):
    for _, name in imports(path):
        home = ONLY_PLACE.get(name.split(".")[0])
        if home is not None:
            assert stage_of(path) in ({home} if isinstance(home, str) else home), f"{name} in {path}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_house_numbers(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= 50, f"{node.name} is too long"
    if stage_of(path) != "cli":
        inner = {
            id(statement)
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for statement in ast.walk(node)
        }
        assert not [name for statement, name in imports(path) if id(statement) in inner and name.startswith("kgdocs")]


def test_common_ground_needs_no_third_party():
    standard = {"collections", "dataclasses", "datetime", "hashlib", "os", "typing", "pathlib", "kgdocs"}
    for path in (*PACKAGE.glob("models/*.py"), PACKAGE / "errors.py", PACKAGE / "paths.py"):
        assert {module.split(".")[0] for _, module in imports(path)} <= standard


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_name_is_bound_twice(path):
    """A constant, function or class that stands twice in a module is a leftover: only the last one counts."""
    bound = [
        name
        for node in tree_of(path).body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            else [target.id for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.Assign)
            else [node.target.id]
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            else []
        )
    ]
    assert len(bound) == len(set(bound)), [name for name in bound if bound.count(name) > 1]
