"""`python -m kgdocs`."""

from kgdocs.cli import main

main(prog_name="kgdocs")
