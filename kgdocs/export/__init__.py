"""A finished database for other tools: CSV, JSON Lines, GraphML, GEXF, DOT, JSON-LD.

tables.py   CSV and JSON Lines, row by row
dot.py      DOT, for Graphviz
jsonld.py   JSON-LD with names of ELI
urn.py      the urn:lex of a document

GraphML and GEXF are written by networkx (`kgdocs.lineage.writers`).
"""

import io
import sqlite3
from collections.abc import Callable, Iterator
from typing import IO, Literal, get_args

from kgdocs.errors import UsageError
from kgdocs.export.dot import dot_lines
from kgdocs.export.jsonld import jsonld_lines
from kgdocs.export.tables import csv_lines, jsonl_lines
from kgdocs.lineage.graph import build_graph
from kgdocs.lineage.writers import write_gexf, write_graphml
from kgdocs.store import edges

Format = Literal["csv", "jsonl", "graphml", "gexf", "jsonld", "dot"]
What = Literal["relations", "documents"]
FORMATS: tuple[Format, ...] = get_args(Format)

_LINES: dict[str, Callable[[sqlite3.Connection], Iterator[str]]] = {
    "jsonl": jsonl_lines,
    "jsonld": jsonld_lines,
    "dot": dot_lines,
}

__all__ = ["FORMATS", "Format", "What", "export"]


def export(connection: sqlite3.Connection, format_name: Format, stream: IO[bytes], what: What = "relations") -> None:
    """Write documents and relations to `stream` (UTF-8); `what` chooses the table of a CSV.

    Raises UsageError where `what` is asked of another format: those hold both.
    """
    if format_name != "csv" and what != "relations":
        raise UsageError(f"Only CSV has one table a file; {format_name} holds documents and relations.")
    if format_name in ("graphml", "gexf"):
        graph = build_graph(edges.document_rows(connection), edges.relation_rows(connection))
        write = write_graphml if format_name == "graphml" else write_gexf
        write(graph, stream)
        return
    lines = csv_lines(connection, what) if format_name == "csv" else _LINES[format_name](connection)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    for line in lines:
        text.write(line)
    text.detach()
