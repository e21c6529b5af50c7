"""`kgdocs compare`: what two reports of different times name, side by side."""

from contextlib import closing
from pathlib import Path

import click

from kgdocs.cli.documents import named_document
from kgdocs.cli.main import database_option, format_option
from kgdocs.cli.output import print_json, say


@click.command()
@click.argument("earlier")
@click.argument("later")
@database_option
@format_option
@click.pass_context
def command(ctx: click.Context, earlier: str, later: str, db: str, format_: str) -> None:
    """Print what the report LATER cites that EARLIER did not, what it no longer cites, and what was planned and is issued.

    Each is a code or an id of a document that was read.
    Example: kgdocs compare song-mau/2024/45-bc-ubnd song-mau/2024/98-bc-ubnd
    """
    from kgdocs.pipeline import auditing, questions

    with closing(questions.open_readonly(Path(db))) as connection:
        ids = [named_document(ctx, connection, name).id for name in (earlier, later)]
        found, graph = auditing.compare_reports(connection, *ids)
    if format_ == "json":
        plans = [{"planned": one.planned_id, "issued": one.document_id} for one in found.plans]
        lists = {name: list(getattr(found, name)) for name in ("appeared", "vanished", "kept")}
        print_json({"earlier": ids[0], "later": ids[1], **lists, "plans": plans})
        return
    for name in ("appeared", "vanished"):
        say(f"{name}: {len(getattr(found, name))}")
        for one in getattr(found, name):
            say(f"  {graph.nodes[one]['code'] or graph.nodes[one]['title'] or one}  [{one}]")
    say(f"named by both: {len(found.kept)}")
    for plan in found.plans:
        told = (
            f"now {graph.nodes[plan.document_id]['code'] or plan.document_id}" if plan.document_id else "still planned"
        )
        say(f"planned: {graph.nodes[plan.planned_id]['title'] or plan.planned_id}: {told}")
