"""`python -m kgdocs`."""

from kgdocs.cli import main

if __name__ == "__main__":  # a child process that reads files imports this module too
    main(prog_name="kgdocs")
