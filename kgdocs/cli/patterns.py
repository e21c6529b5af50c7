"""`kgdocs patterns`: the rules as files, and whether each reads its own examples as it says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.output import say
from kgdocs.errors import PatternsError
from kgdocs.paths import shipped_folder

if TYPE_CHECKING:
    from kgdocs.pipeline.examples.trying import Failure

_SHOWN = 160
"""Characters of an example that are shown; its line says where the whole stands."""


@click.group()
def command() -> None:
    """Check a folder of patterns that was edited; list its files.

    FOLDER is by default the one that kgdocs uses: its own, or that named by KGDOCS_PATTERNS.

    Example: kgdocs patterns check patterns
    """


@command.command("check")
@click.argument("folder", required=False, type=click.Path())
@click.pass_context
def check(ctx: click.Context, folder: str | None) -> None:
    """Try every rule of FOLDER on its own examples and counter-examples.

    Prints one line for each fault of a file, or for each example that is not read as its rule says, and exits 1;
    exits 2 where the folder cannot be read.

    Example: kgdocs patterns check patterns
    """
    from kgdocs.pipeline.examples.trying import check_patterns

    try:
        report = check_patterns(_folder(folder))
    except PatternsError as error:
        for fault in error.faults:
            say(fault)
        ctx.exit(1)
    for failure in report.failures:
        say(_line(failure))
    examples = sum(report.counts.values())
    if report.failures:
        say(f"{len(report.failures)} of {examples} examples are not read as their rules say")
        ctx.exit(1)
    say(f"{len(report.counts)} files, {examples} examples: all are read as their rules say")


@command.command("list")
@click.argument("folder", required=False, type=click.Path())
def list_(folder: str | None) -> None:
    """List the files of FOLDER with their rules and examples.

    Example: kgdocs patterns list
    """
    from kgdocs.pipeline.examples.trying import count_rules

    where = _folder(folder)
    say(str(where))
    for name, (rules, examples) in count_rules(where).items():
        say(f"{name + '.yml':24} {rules:5} rules {examples:6} examples")


def _folder(named: str | None) -> Path:
    return Path(named) if named else shipped_folder("patterns")


def _line(failure: "Failure") -> str:
    """One line for an example that was not read as expected."""
    example = failure.example.replace("\n", " ⏎ ")
    shown = example if len(example) <= _SHOWN else f"{example[:_SHOWN]}…"
    came = failure.came.replace("\n", " ⏎ ")
    return f"{failure.file}:{failure.line}: {failure.rule}: “{shown}”: expected {failure.expected}, came {came}"
