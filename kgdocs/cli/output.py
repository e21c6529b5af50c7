"""What commands print: what documents and file names say is shown, and never a command to the terminal."""

import re
from typing import Any

import click

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters but line feed and tab, and those that turn the direction of a line."""


def shown(text: str) -> str:
    r"""Return a text for a terminal: control characters and changes of direction are written out, like "\x1b"."""
    return _CONTROL.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def say(text: str = "", *, err: bool = False) -> None:
    """Print lines for people, on standard output or, with `err`, standard error."""
    click.echo(shown(text), err=err)


def print_json(value: Any, indent: int | None = 2) -> None:
    """Print one JSON value: letters as they are, control characters as JSON escapes them."""
    import json

    printed = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(_CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", printed))
