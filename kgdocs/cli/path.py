"""`kgdocs path`: how two documents are connected, with the sentence behind each step."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.documents import named_document
from kgdocs.cli.main import as_of_option, database_option, format_option
from kgdocs.cli.output import print_json, say

if TYPE_CHECKING:
    from kgdocs.models.json_graph_rows import NodeRow
    from kgdocs.pipeline.path import DocumentPath


@click.command()
@click.argument("first")
@click.argument("second")
@database_option
@as_of_option
@format_option
@click.pass_context
def command(ctx: click.Context, first: str, second: str, db: str, as_of: str | None, format_: str) -> None:
    """Print the shortest way from document FIRST to document SECOND, each a code or an id.

    Relations of lineage are followed either way; where they do not lead there, all relations are.
    Example: kgdocs path 12/KH-UBND 28-CT/TW
    """
    from kgdocs.pipeline import questions
    from kgdocs.pipeline.path import find_path, path_json

    with closing(questions.open_readonly(Path(db))) as connection:
        ends = [named_document(ctx, connection, name) for name in (first, second)]
        found = find_path(connection, ends[0].id, ends[1].id, as_of)
    if format_ == "json":
        print_json(path_json(found))
    else:
        _print(found, as_of)


def _print(found: "DocumentPath", day: str | None) -> None:
    """Print documents and steps in turn, or that nothing connects the two."""
    if found.path is None:
        when = f" on {day}" if day else ""
        say(f"Nothing that is known connects {found.source} and {found.target}{when}.")
        if found.limited:
            say("The search ended at its limit of documents; a longer way may exist.")
        return
    if not found.path.lineage_only:
        say("No relations of lineage connect the two; the way goes along others as well.")
    here, *others = found.documents
    say(_document(here))
    for step, other in zip(found.steps, others, strict=True):
        status = "" if step["status"] == "asserted" else f" ({step['status']})"
        arrow = f"  ↓ {step['type']}{status}" if step["from"] == here["id"] else f"  ↑ {step['type']}{status}"
        say(arrow)
        for one in step["evidence"][:1]:
            words = " ".join(one["text"].split())
            say(f"      {one['path']} [{one['start']}:{one['end']}]: {words}")
        say(_document(other))
        here = other


def _document(known: "NodeRow") -> str:
    name = known["code"] or known["label"] or known["id"]
    facts = [name, known["issued_on"], known["title"]]
    return "  ".join(" ".join(str(fact).split()) for fact in facts if fact) + f"  [{known['id']}]"
