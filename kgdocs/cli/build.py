"""`kgdocs build`: files and folders → database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kgdocs.cli.main import database_option, format_option, stopping
from kgdocs.cli.output import print_json, say
from kgdocs.errors import UsageError


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@database_option
@format_option
@click.option("--full", is_flag=True, help="Read every file, also those that an earlier build has read.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that read (default: one, up to four for many files)."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Read on the workers of this Dask cluster, like tcp://10.0.0.5:8786."
)
def command(
    paths: tuple[str, ...], db: str, format_: str, full: bool, workers: int | None, scheduler: str | None
) -> None:
    """Read files and folders and write the database.

    What an earlier build of the same database read of a file that has not changed is taken
    from there.

    Every file ends as read, read with a warning, or rejected with its reason. The database
    is replaced in one step, when all went well. Registers imported into it stay.

    Example: kgdocs build corpus bao-cao.md --db kgdocs.db
    """
    from kgdocs.pipeline.build import build

    if workers and scheduler:
        raise UsageError("Name --workers or --scheduler, not both.")
    with stopping(), _progress() as progress:
        summary = build(paths, db, progress=progress, full=full, workers=workers, scheduler=scheduler)
    if summary.damaged:
        say(f"kgdocs: the database was damaged; it is kept as {summary.damaged}.", err=True)
    if format_ == "json":
        told = {"rejected": summary.rejected, "warnings": summary.warned}
        lists = {name: [{"path": path, "reason": reason} for path, reason in pairs] for name, pairs in told.items()}
        print_json({**summary.counts, **lists, "damaged": str(summary.damaged) if summary.damaged else None})
        return
    for path, reason in summary.rejected:
        say(f"rejected: {path}: {reason}", err=True)
    for path, reason in summary.warned:
        say(f"warning: {path}: {reason}", err=True)
    counts = summary.counts
    say(
        f"{db}: {counts['files']} files = {counts['files_read']} read + {counts['files_warning']} with a warning"
        f" + {counts['files_rejected']} rejected; {counts['documents']} documents; {counts['references']} references ="
        f" {counts['resolved']} resolved + {counts['ambiguous']} ambiguous + {counts['unresolved']} unresolved;"
        f" {counts['relations']} relations"
    )


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
