"""`kgdocs lineage`: who carries out a document, and what it carries out."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgdocs.cli.documents import named_document
from kgdocs.cli.main import as_of_option, database_option, format_option
from kgdocs.cli.output import print_json, say, shown
from kgdocs.errors import UsageError

if TYPE_CHECKING:
    from kgdocs.pipeline.questions import Branch

_WIDTH_OF_A_FILE = 2000
"""Columns where the output is no terminal: titles are not cut."""


@click.command()
@click.argument("document")
@database_option
@click.option("--up", is_flag=True, help="Only what the document carries out.")
@click.option("--down", is_flag=True, help="Only those that carry it out.")
@click.option("--depth", default=6, show_default=True, type=click.IntRange(1, 50))
@click.option("--relation", "relations", multiple=True, metavar="NAME", help="Follow only these; may be repeated.")
@as_of_option
@format_option
@click.pass_context
def command(ctx: click.Context, /, document: str, db: str, format_: str, **asked: Any) -> None:
    """Print the lineage of DOCUMENT, a code or an id; a code that fits several lists them and exits 2.

    Example: kgdocs lineage 28-CT/TW --down
    """
    from kgdocs.pipeline import questions

    both = asked["up"] == asked["down"]
    relations = _checked(asked["relations"]) or questions.LINEAGE_RELATIONS
    with closing(questions.open_readonly(Path(db))) as connection:
        found = named_document(ctx, connection, document)
        lineage = questions.lineage(
            connection, found.id, up=asked["up"] or both, down=asked["down"] or both, depth=asked["depth"],
            relations=relations, as_of_day=asked["as_of"],
        )  # fmt: skip
    if found.id not in lineage.graph:
        raise UsageError(f"{document!r} was not there on {asked['as_of']}, as far as its date is known.")
    value = questions.lineage_json(lineage)
    if format_ == "json":
        print_json(value)
        return
    trees = []
    if both or asked["up"]:
        trees.append(("carries out", questions.tree(lineage, "up")))
    if both or asked["down"]:
        trees.append(("is carried out by", questions.tree(lineage, "down")))
    _print(trees)
    _print_cycles(value["cycles"])


def _checked(relations: tuple[str, ...]) -> tuple[str, ...]:
    """The relations asked for; raises UsageError for one that there is not."""
    if not relations:
        return ()
    from kgdocs.grammar import load_rules

    kinds = load_rules().relation_kinds
    for one in relations:
        if one not in kinds:
            raise UsageError(f"There is no relation {one!r}; there are {', '.join(sorted(kinds))}.")
    return relations


def _print_cycles(cycles: list[list[str]]) -> None:
    """Name the chains that lead back to where they began, which an office would want to look at."""
    if cycles:
        told = "; ".join(" → ".join([*cycle, cycle[0]]) for cycle in cycles)
        say(f"in a circle: {told}")


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
    line.append(shown(known["code"] or known["label"] or branch.id), "bold")
    facts = [known["issued_on"], known["status"] if known["status"] in ("draft", "planned") else None]
    line.append("".join(f"  {fact}" for fact in facts if fact))
    line.append(f"  {shown(known['title'])}" if known["title"] else "")
    return line.append("  (see above)", "dim") if branch.repeated else line
