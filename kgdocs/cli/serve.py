"""`kgdocs serve`: the site."""

from pathlib import Path

import click

from kgdocs.cli.main import database_option
from kgdocs.cli.output import say


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--auth",
    "accounts",
    type=click.Path(dir_okay=False),
    help="Only for the accounts in this file (name: hash); needs kgdocs[auth].",
)
def command(db: str, host: str, port: int, accounts: str | None) -> None:
    """Serve the database as a site.

    Example: kgdocs serve --db kgdocs.db --port 8001
    """
    from kgdocs.publish.app import serve

    say(f"kgdocs: http://{host}:{port}/  (Ctrl+C ends it)")
    serve(Path(db), host, port, Path(accounts) if accounts else None)
