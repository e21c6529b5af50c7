"""The graph as DOT, which Graphviz draws: the upper documents left, as on the site."""

import re
import sqlite3
from collections.abc import Iterator

from kgdocs.store import edges

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MAX_LINE = 300
"""Characters of a title in the picture; CSV, JSON Lines and the graph formats have all of it."""
_STYLE = {"asserted": "solid", "planned": "dashed", "negated": "dotted"}


def dot_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the lines of a digraph; an edge is labelled with its relation, and what is not asserted is not solid."""
    yield "digraph kgdocs {\n  rankdir=RL;\n  node [shape=box];\n"
    for row in edges.document_rows(connection):
        name = row["code"] or row["label"] or row["id"]
        label = "\n".join(_short(part) for part in (name, row["issued_on"], row["title"]) if part)
        style = ' style="dashed"' if row["status"] in ("draft", "planned") else ""
        yield f"  {quoted(row['id'])} [label={quoted(label)}{style}];\n"
    for row in edges.bare_relations(connection):
        label = row["type"] if row["status"] == "asserted" else f"{row['type']} ({row['status']})"
        ends = f"{quoted(row['from_id'])} -> {quoted(row['to_id'])}"
        yield f"  {ends} [label={quoted(label)} style={quoted(_STYLE[row['status']])}];\n"
    yield "}\n"


def _short(text: str) -> str:
    """A line of a label: Graphviz reads no string beyond 16,384 bytes, and nobody a box that long."""
    return text if len(text) <= MAX_LINE else f"{text[: MAX_LINE - 1]}…"


def quoted(text: str) -> str:
    """Return a string of DOT: quotes and backslashes escaped, line breaks as \\n, control characters as spaces."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(" ", escaped.replace("\r\n", "\n")).replace("\n", "\\n") + '"'
