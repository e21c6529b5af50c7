"""What stands below the fields of classes: Python keeps no docstrings of attributes, their source does."""

import ast
import inspect
import sys
from functools import cache


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module as they are written."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


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
    """Return field → docstring of a class and those that it is made from.

    These are read in the source: what a TypedDict is made from it tells only from Python 3.12 on.
    """
    node = _classes(kind.__module__).get(kind.__name__)
    if node is None:
        return {}
    names = [base.id for base in node.bases if isinstance(base, ast.Name)]
    bases = [getattr(sys.modules[kind.__module__], name, None) for name in names]
    inherited = [fields_of(base) for base in bases if isinstance(base, type) and base.__module__.startswith("kgdocs")]
    return {name: doc for fields in (*inherited, _of_class(node)) for name, doc in fields.items()}


def doc_of(kind: type) -> str:
    """Return what a class says of itself, "" where it says nothing or only what its base says."""
    return inspect.cleandoc(kind.__dict__.get("__doc__") or "")
