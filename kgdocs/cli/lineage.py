"""`kgdocs lineage`: who carries out a document, and what it carries out."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgdocs.cli.main import database_option, print_json

if TYPE_CHECKING:
    from kgdocs.pipeline.questions import Branch, Found

_WIDTH_OF_A_FILE = 2000
"""Columns where the output is no terminal: titles are not cut."""


@click.command()
@click.argument("document")
@database_option
@click.option("--up", is_flag=True, help="Only what the document carries out.")
@click.option("--down", is_flag=True, help="Only those that carry it out.")
@click.option("--depth", default=6, show_default=True, type=click.IntRange(1, 50))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, document: str, db: str, up: bool, down: bool, depth: int, format_: str) -> None:
    """Print the lineage of DOCUMENT, a code or an id; a code that fits several lists them and exits 2.

    Example: kgdocs lineage 28-CT/TW --down
    """
    from kgdocs.pipeline import questions

    with closing(questions.open_readonly(Path(db))) as connection:
        found = questions.find_documents(connection, document)
        if len(found) != 1:
            _tell(document, found, questions.similar_codes(connection, document) if not found else [])
            ctx.exit(2)
        both = up == down
        lineage = questions.lineage(connection, found[0].id, up=up or both, down=down or both, depth=depth)
    if format_ == "json":
        print_json(questions.lineage_json(lineage))
        return
    trees = []
    if both or up:
        trees.append(("carries out", questions.tree(lineage, "up")))
    if both or down:
        trees.append(("is carried out by", questions.tree(lineage, "down")))
    _print(trees)


def _print(directions: list[tuple[str, "Branch"]]) -> None:
    """Print the document, and a tree for each direction."""
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    def grow(parent: Tree, branches: tuple["Branch", ...]) -> Tree:
        for under in branches:
            grow(parent.add(_line(under, Text)), under.children)
        return parent

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_OF_A_FILE
    console.print(_line(directions[0][1], Text))
    for heading, branch in directions:
        known = "" if branch.children else " nothing that is known"
        console.print(grow(Tree(Text(heading + known, "dim")), branch.children))


def _line(branch: "Branch", text: Any) -> Any:
    """One document of the tree: relation, code, date, status where it is not issued, title."""
    known = branch.document
    line = text()
    if branch.relation:
        line.append(f"{branch.relation}{'' if branch.status == 'asserted' else f' ({branch.status})'}  ", "dim")
    line.append(known["code"] or known["label"] or branch.id, "bold")
    facts = [known["issued_on"], known["status"] if known["status"] in ("draft", "planned") else None]
    line.append("".join(f"  {fact}" for fact in facts if fact))
    line.append(f"  {known['title']}" if known["title"] else "")
    return line.append("  (see above)", "dim") if branch.repeated else line


def _tell(document: str, found: list["Found"], similar: list[str]) -> None:
    """Say that nothing, or more than one document, has this code."""
    if not found:
        hint = f" Did you mean {', '.join(similar)}?" if similar else ""
        click.echo(f"kgdocs: no document has the code or id {document!r}.{hint}", err=True)
        return
    click.echo(f"kgdocs: {document!r} fits {len(found)} documents; name one by its id:", err=True)
    for one in found:
        click.echo(f"  {one.id}  {one.title or ''}", err=True)
