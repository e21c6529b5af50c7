"""`kgdocs explain`: how a sentence or a code is read, and what it is linked to."""

import os
import sys
from pathlib import Path

import click

from kgdocs.cli.output import say


@click.command()
@click.argument("text")
@click.option(
    "--db", envvar="KGDOCS_DB", type=click.Path(dir_okay=False), help="Link against the documents of this database too."
)
@click.option(
    "--patterns",
    "folder",
    envvar="KGDOCS_PATTERNS",
    type=click.Path(),
    help="Read by the patterns in this folder, such as an edited copy (or KGDOCS_PATTERNS).",
)
def command(text: str, db: str | None, folder: str | None) -> None:
    """Say how TEXT ("-": standard input) is read: parse, repairs, rule, link and candidates.

    Example: kgdocs explain "KH 211-KH/TU" --db kgdocs.db --patterns patterns
    """
    from kgdocs.pipeline.explaining import explain

    words = sys.stdin.buffer.read() if text == "-" else os.fsencode(text)
    for line in explain(words, Path(db) if db else None, Path(folder) if folder else None):
        say(line)
