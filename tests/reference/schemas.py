"""JSON Schemas of what commands print and of the files of patterns/, made from the types that the code uses."""

import json
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from kgdocs.grammar.schema import FILES
from kgdocs.grammar.shapes import Shape
from kgdocs.models import json_graph_rows, json_rows
from tests.reference.docstrings import doc_of, fields_of
from tests.reference.remarks import remarks_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OUTPUTS: dict[str, tuple[str, Any]] = {
    "extract": (
        "One line of what `kgdocs extract` prints, also with --relations and --all.",
        json_rows.ReferenceRow | json_rows.RelationRow | json_rows.AgencyRow,
    ),
    "check": (
        "What `kgdocs check --format json` prints: one object for one text, a list for several.",
        json_rows.CheckRow | list[json_rows.CheckRow],
    ),
    "audit": ("What `kgdocs audit --format json` prints.", json_graph_rows.AuditRow),
    "lineage": ("What `kgdocs lineage --format json` prints.", json_graph_rows.LineageRow),
    "path": ("What `kgdocs path --format json` prints.", json_graph_rows.PathRow),
}
"""Name of the schema → what it describes, and the type of it."""
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def output_schema(name: str) -> dict[str, Any]:
    """Return the schema of what a command prints. More names may be added to objects, so that it refuses none."""
    what, kind = OUTPUTS[name]
    parts: dict[str, Any] = {}
    return {"$schema": DIALECT, "title": f"kgdocs {name}", "description": what, **_schema(kind, parts), "$defs": parts}


def _schema(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; TypedDicts go into `parts` under their names."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one, parts) for one in inner]}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inner[1], parts)}
    if not is_typeddict(kind):
        raise TypeError(kind)
    if kind.__name__ not in parts:
        parts[kind.__name__] = {}  # named before it is made: it may hold itself
        parts[kind.__name__] = _object(kind, parts)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    told = fields_of(kind)
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "description": doc_of(kind),
        "properties": {
            name: {**_schema(hint, parts), **({"description": told[name]} if name in told else {})}
            for name, hint in hints.items()
        },
        "required": [name for name in hints if name in kind.__required_keys__],
    }


def patterns_schema(name: str) -> dict[str, Any]:
    """Return the schema of one file of patterns/, with what the source says of its fields."""
    shape = FILES[name]
    found = shape.model_json_schema()
    known = {one.__name__: one for one in shapes_of(shape)}
    for title, part in (*found.get("$defs", {}).items(), (shape.__name__, found)):
        told = meanings(known[title], name)
        for field, key in ((field, one.alias or field) for field, one in known[title].model_fields.items()):
            part["properties"][key].pop("title", None)
            if field in told:
                part["properties"][key]["description"] = told[field]
        if not doc_of(known[title]):
            part.pop("description", None)
    return {"$schema": DIALECT, **found, "title": f"patterns/{name}.yml"}


def meanings(shape: type[Shape], name: str) -> dict[str, str]:
    """Return field → what it means: as its source says, else as the head of its file says (in Vietnamese)."""
    return {**remarks_of(name), **fields_of(shape)}


def shapes_of(shape: type[Shape]) -> list[type[Shape]]:
    """Return a shape and all that it holds, each once."""
    found = [shape]
    for one in found:
        for field in one.model_fields.values():
            found += [inner for inner in _shapes_in(field.annotation) if inner not in found]
    return found


def _shapes_in(annotation: Any) -> list[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return [annotation]
    return list(dict.fromkeys(inner for part in get_args(annotation) for inner in _shapes_in(part)))


def files() -> dict[str, str]:
    """Return file name → content of all schemas."""
    made = {f"{name}.json": output_schema(name) for name in OUTPUTS}
    made |= {f"patterns-{name}.json": patterns_schema(name) for name in FILES}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}
