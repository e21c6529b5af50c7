"""Commands: parse, call, report. Only here do errors become exit codes."""

from kgdocs.cli.main import main

__all__ = ["main"]
