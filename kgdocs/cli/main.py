"""The `kgdocs` command and what its subcommands share.

Each command imports what it needs when it runs, so that `--help` stays quick and a search
does not pay for spaCy (design §7).
"""

import atexit
import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from kgdocs import __version__
from kgdocs.cli.output import say
from kgdocs.errors import KgdocsError
from kgdocs.paths import patterns_hash, shipped_folder

COMMANDS = {
    "build": "kgdocs.cli.build",
    "serve": "kgdocs.cli.serve",
    "extract": "kgdocs.cli.extract",
    "explain": "kgdocs.cli.explain",
    "lineage": "kgdocs.cli.lineage",
    "audit": "kgdocs.cli.audit",
    "check": "kgdocs.cli.check",
    "compare": "kgdocs.cli.compare",
    "path": "kgdocs.cli.path",
    "search": "kgdocs.cli.search",
    "export": "kgdocs.cli.export",
    "score": "kgdocs.cli.score",
    "register": "kgdocs.cli.register",
    "patterns": "kgdocs.cli.patterns",
}
"""Command → the module that defines it under the name `command`."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def main(
        self,
        args: Any = None,
        prog_name: Any = None,
        complete_var: Any = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program; wrong usage ends in one sentence and exit code 2."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            value = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            sys.exit(_tell(error))
        except click.Abort:
            say("kgdocs: stopped.", err=True)
            sys.exit(130)
        sys.exit(value if isinstance(value, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours ends in one sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except KgdocsError as error:
            say(f"kgdocs: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(ctx.meta.get(VERDICT, 0))


atexit.register(gc.freeze)  # else Python looks through all of spaCy once more before it ends: a third of a second
VERDICT = "kgdocs.verdict"
"""Where a command keeps its exit code before it prints: a reader that stops early, as `head` does, changes no verdict."""


@contextmanager
def stopping() -> Iterator[None]:
    """Let SIGTERM end the command as an interrupt does: what was begun is cleaned up, one sentence, exit code 143."""

    command = os.getpid()

    def stop(number: int, _: Any) -> None:
        if os.getpid() != command:  # a process that it has forked
            os._exit(128 + number)
        signal.signal(number, signal.SIG_IGN)  # what is cleaned up now is not to be stopped again
        say("kgdocs: stopped.", err=True)
        sys.exit(128 + number)

    known = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, known)


def _tell(error: click.ClickException) -> int:
    """Print an error of the command line, wrong usage in one line, and return its exit code."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    else:
        say(f"kgdocs: {error.format_message()} See {context.command_path} --help.", err=True)
    return error.exit_code


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the version and the hash that a build records of its patterns; nothing heavy is imported."""
    if not asked or ctx.resilient_parsing:
        return
    try:
        known = patterns_hash(shipped_folder("patterns"))
    except KgdocsError as error:
        say(f"kgdocs: {error}", err=True)
        ctx.exit(2)
    say(f"kgdocs, version {__version__}, patterns {known}")
    ctx.exit(0)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and the hash of the patterns, and exit.",
)
def main() -> None:
    """Which document carries out which directive, on what evidence, and what is missing.

    Example: kgdocs build corpus --db kgdocs.db && kgdocs lineage 28-CT/TW
    """


database_option = click.option(
    "--db",
    "db",
    envvar="KGDOCS_DB",
    default="kgdocs.db",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="The database file (or KGDOCS_DB).",
)

format_option = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)

as_of_option = click.option("--as-of", metavar="DATE", help="As it stood on this day, like 2024-07-05.")
