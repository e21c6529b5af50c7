"""What stands below the fields of classes: Python keeps no docstrings of attributes, their source does."""

import ast
import inspect
import sys
from functools import cache


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """Class → field → docstring, in the order of the source."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {node.name: _of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> dict[str, str]:
    found = {}
    for statement, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            found[statement.target.id] = " ".join(after.value.value.split())
    return found


def fields_of(kind: type) -> dict[str, str]:
    """Return field → docstring of a class and those that it is made from (a TypedDict forgets its bases but in `__orig_bases__`)."""
    found: dict[str, str] = {}
    for base in (*getattr(kind, "__orig_bases__", kind.__bases__), kind):
        if isinstance(base, type) and base.__module__.startswith("kgdocs"):
            found |= fields_of(base) if base is not kind else _of_module(kind.__module__).get(kind.__name__, {})
    return found


def doc_of(kind: type) -> str:
    """Return what a class says of itself, "" where it says nothing or only what its base says."""
    return inspect.cleandoc(kind.__dict__.get("__doc__") or "")
