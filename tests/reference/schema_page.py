"""docs/reference/schemas.md: the list of JSON Schemas."""

from kgdocs.grammar.schema import FILES
from tests.reference.markdown import block, code, page, prose, table
from tests.reference.schemas import DIALECT, OUTPUTS

_HEAD = f"""JSON Schemas ([2020-12]({DIALECT})) of what commands print, and of the files of patterns. Those of commands name all that is printed and allow more, for
names may be added; those of patterns allow nothing else, as kgdocs does."""
_EDITOR = """An editor that knows YAML schemas (those that use yaml-language-server) tells faults while one types, when the first line of a file in `patterns/` is"""


def content() -> str:
    """Return the page."""
    outputs = [(f"[{name}.json](schemas/{name}.json)", prose(what)) for name, (what, _) in OUTPUTS.items()]
    patterns = [(code(f"{name}.yml"), f"[patterns-{name}.json](schemas/patterns-{name}.json)") for name in FILES]
    return page(
        "Schemas",
        "kgdocs/models and kgdocs/grammar",
        _HEAD,
        "## What commands print",
        table(("schema", "describes"), outputs),
        "## Files of patterns",
        table(("file", "schema"), patterns),
        _EDITOR,
        block("# yaml-language-server: $schema=../docs/reference/schemas/patterns-types.json", "text"),
        "The path leads from the file to the schema. kgdocs itself needs no such line; `kgdocs patterns check` tells the same faults, and tries the examples.",
    )
