"""`kgdocs export`: documents and relations for spreadsheets, graph tools and programs."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kgdocs.cli.main import database_option
from kgdocs.errors import UsageError

if TYPE_CHECKING:
    from kgdocs.export import Format, What

_FORMATS = ("csv", "jsonl", "graphml", "gexf", "jsonld", "dot")


@click.command()
@database_option
@click.option("--format", "format_", type=click.Choice(_FORMATS), required=True)
@click.option(
    "--what",
    type=click.Choice(["relations", "documents"]),
    default="relations",
    show_default=True,
    help="The table of a CSV.",
)
@click.option("-o", "--output", default="-", metavar="PATH", help="The file to write; - is standard output.")
def command(db: str, format_: "Format", what: "What", output: str) -> None:
    """Write the documents and relations of a database in a form that other tools read.

    Example: kgdocs export --format csv -o relations.csv
    """
    from kgdocs.export import export
    from kgdocs.pipeline.questions import open_readonly

    with closing(open_readonly(Path(db))) as connection:
        if output == "-":
            export(connection, format_, sys.stdout.buffer, what)
            return
        path = Path(output)
        if path.exists() and path.samefile(db):
            raise UsageError(f"{output} is the database itself; name another file.")
        with _replacing(path) as stream:
            export(connection, format_, stream, what)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a file that takes the place of `path` once all is written; raises UsageError where that cannot be."""
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():  # a pipe or a device is written as it is
            with target.open("wb") as stream:
                yield stream
            return
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            unfinished = Path(folder) / target.name
            with unfinished.open("wb") as stream:
                yield stream
            unfinished.replace(target)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
