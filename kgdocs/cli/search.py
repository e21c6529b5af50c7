"""`kgdocs search`: find documents by words, with or without accents, or by half a number."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.main import database_option
from kgdocs.cli.output import say

if TYPE_CHECKING:
    from kgdocs.pipeline.questions import Hit


@click.command()
@click.argument("words", nargs=-1, required=True)
@database_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
def command(words: tuple[str, ...], db: str, limit: int) -> None:
    """Print the documents that fit WORDS, best first.

    Example: kgdocs search chi thi bao ve tre em
    """
    from kgdocs.pipeline import questions

    with closing(questions.open_readonly(Path(db))) as connection:
        result = questions.search(connection, " ".join(words), limit=limit)
    for hit in result.hits:
        say(_line(hit))
    if not result.hits:
        say(f"nothing found for: {' '.join(result.tried) or ' '.join(words)}", err=True)
    elif result.total > len(result.hits):
        say(f"{result.total - len(result.hits)} more; see --limit", err=True)


def _line(hit: "Hit") -> str:
    facts = [hit.label or "", hit.code or "", hit.issued_on or "", f"[{hit.status}]", hit.title or ""]
    return f"{hit.document_id}\t{' '.join(fact for fact in facts if fact)}"
