"""docs/reference/patterns.md: the files of patterns/, with what their heads say and the shape of what they hold."""

from typing import Any

from kgdocs.grammar.schema import FILES
from kgdocs.grammar.shapes import Shape
from tests.reference.docstrings import doc_of
from tests.reference.markdown import block, code, page, prose, table
from tests.reference.remarks import head_of
from tests.reference.schemas import meanings, shapes_of

_HEAD = """What kgdocs knows of documents is in these files. Each rule carries `examples`, which it must match, and `not`, which it must not;
`kgdocs patterns check` tries them all. The remarks at the head of each file are in Vietnamese, for those who keep them. Below stand the fields with
their types: a field that is required is marked; no other fields are allowed. [Schemas](schemas.md) say the same to an editor.

`not` stands for the field `counter_examples`. An *expression* is a regular expression in Python's form."""


def content() -> str:
    """Return the page."""
    rows = [
        (
            f"[{code(f'{name}.yml')}](#{name}yml)",
            ", ".join(code(field) for field in FILES[name].model_fields if field not in _EXAMPLES),
        )
        for name in FILES
    ]
    parts = [_HEAD, table(("file", "holds"), rows)]
    for name, shape in FILES.items():
        parts += [f"## {name}.yml", block(head_of(name))]
        for one in shapes_of(shape):
            title = "" if one is shape else f"**{code(one.__name__)}**"
            parts += [f"{title} {_said(one)}".strip(), _fields(one, name)]
    return page("Patterns", "kgdocs/grammar and the heads of patterns/*.yml", *[part for part in parts if part])


_EXAMPLES = ("examples", "counter_examples")


def _said(shape: type[Shape]) -> str:
    """What a shape says of itself beside the name of its file."""
    words = doc_of(shape)
    return "" if words.startswith("patterns/") and words.endswith(".yml.") else prose(words)


def _fields(shape: type[Shape], file: str) -> str:
    """The fields of a shape with their types."""
    told, properties = meanings(shape, file), shape.model_json_schema()["properties"]
    rows = []
    for name, field in shape.model_fields.items():
        key = field.alias or name
        empty = field.is_required() or field.default in (None, False, "", 0, ())
        default = "required" if field.is_required() else "" if empty else f"else {code(str(field.default))}"
        rows.append((code(key), _words(properties[key]), default, prose(told.get(name, ""))))
    return table(("field", "is", "", "meaning"), rows)


def _words(schema: dict[str, Any]) -> str:
    """A type in words."""
    if "$ref" in schema:
        return code(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(_words(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(code(str(one)) for one in schema["enum"])
    if "const" in schema:
        return code(str(schema["const"]))
    kind = schema.get("type")
    if kind == "array" and "prefixItems" in schema:
        return "pair of " + " and ".join(_words(one) for one in schema["prefixItems"])
    if kind == "array":
        return f"list of {_words(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"mapping to {_words(schema['additionalProperties'])}"
    if kind == "object":
        return "mapping"
    if "format" in schema:
        return {"date": "date", "python-regex": "expression"}[schema["format"]]
    return {"boolean": "true or false", "integer": "whole number"}.get(str(kind), str(kind))
