"""docs/reference/cli.md: the help of every command, and what holds for all of them."""

import click

from kgdocs.cli import main
from kgdocs.paths import PATTERNS_VARIABLE
from kgdocs.read import limits
from tests.reference.markdown import block, code, page, table

_WIDTH = 100
_COMMON = f"""Every command reads `-` as standard input where a file makes sense, and says what is wrong in one line on standard error. Exit codes:

{
    table(
        ("code", "means"),
        [
            ("0", "all went well"),
            (
                "1",
                "`--fail-on` found something; `patterns check` found an example that is not read as its rule says, or a faulty file; a score fell below its floor",
            ),
            ("2", "wrong usage, or input that cannot be read"),
            ("130, 143", "stopped by an interrupt or SIGTERM"),
        ],
    )
}

`python -m kgdocs` is the same as `kgdocs`."""
_COMPLETION = """The shell completes commands, options and the values that an option takes. Put one line into the file that your shell reads at its start:

| shell | file | line |
|---|---|---|
| bash (4.4 or newer) | `~/.bashrc` | `eval "$(_KGDOCS_COMPLETE=bash_source kgdocs)"` |
| zsh | `~/.zshrc` | `eval "$(_KGDOCS_COMPLETE=zsh_source kgdocs)"` |
| fish | `~/.config/fish/completions/kgdocs.fish` | `_KGDOCS_COMPLETE=fish_source kgdocs \\| source` |

`_KGDOCS_COMPLETE=bash_source kgdocs > FILE` writes the script itself, so that the shell need not ask kgdocs at each start."""


def content() -> str:
    """Return the page."""
    context = click.Context(main, info_name="kgdocs", **main.context_settings)
    parts = ["## For all commands", _COMMON, block(_help(main, context)), "## Completion", _COMPLETION, *_settings()]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        parts += _command(command, name, context)
    return page("Commands", "the commands themselves", *parts)


def _command(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """The section of one command, and those below it."""
    context = click.Context(command, info_name=name, parent=parent)
    parts = [f"## {context.command_path}", block(_help(command, context))]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            inner_context = click.Context(found, info_name=inner, parent=context)
            parts += [f"### {inner_context.command_path}", block(_help(found, inner_context))]
    return parts


def _help(command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = _WIDTH
    return command.get_help(context)


def _settings() -> list[str]:
    """The environment variables."""
    rows = [
        (code("KGDOCS_DB"), "`kgdocs.db`", "the database, where `--db` is not given"),
        (
            code(PATTERNS_VARIABLE),
            "those of kgdocs",
            "a folder of patterns that all commands and the site use, such as an edited copy",
        ),
        *((code(limit.variable), str(limit.default), limit.meaning) for limit in limits.ALL),
    ]
    return ["## Environment variables", table(("variable", "default", "is"), rows)]
