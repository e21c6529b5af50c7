"""The document that a user names, or a clear word about why it is not found."""

import sqlite3
from typing import TYPE_CHECKING

import click

from kgdocs.cli.output import say

if TYPE_CHECKING:
    from kgdocs.pipeline.questions import NamedDocument

_LONGEST = 80
"""Characters of a name that a sentence repeats."""


def named_document(ctx: click.Context, connection: sqlite3.Connection, name: str) -> "NamedDocument":
    """Return the document with this code or id; says what is near, or lists those that fit, and exits 2."""
    from kgdocs.pipeline import questions

    found = questions.find_documents(connection, name)
    if len(found) != 1:
        _tell(name, found, questions.similar_codes(connection, name) if not found else [])
        ctx.exit(2)
    return found[0]


def _tell(document: str, found: list["NamedDocument"], similar: list[str]) -> None:
    """Say that nothing, or more than one document, has this code."""
    if not found:
        hint = f" Did you mean {', '.join(similar)}?" if similar else ""
        say(f"kgdocs: no document has the code or id {_short(document)!r}.{hint}", err=True)
        return
    say(f"kgdocs: {_short(document)!r} fits {len(found)} documents; name one by its id:", err=True)
    for one in found:
        say(f"  {one.id}  {one.title or ''}", err=True)


def _short(name: str) -> str:
    """A name as far as a sentence can hold it."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
