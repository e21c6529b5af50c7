"""Write docs/reference: `make reference`. A test compares what is committed with what the code says."""

import sys
from pathlib import Path

from tests.reference import api, cli, database, findings, patterns, schema_page, schemas

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"


def files() -> dict[str, str]:
    """Return path below docs/reference → content of all that is generated."""
    pages = {
        "cli.md": cli,
        "api.md": api,
        "database.md": database,
        "findings.md": findings,
        "patterns.md": patterns,
        "schemas.md": schema_page,
    }
    made = {name: module.content() for name, module in pages.items()}
    return made | {f"schemas/{name}": text for name, text in schemas.files().items()}


def write() -> None:
    """Write all files and remove schemas that are no longer made."""
    made = files()
    (FOLDER / "schemas").mkdir(parents=True, exist_ok=True)
    for left in (FOLDER / "schemas").glob("*.json"):
        if f"schemas/{left.name}" not in made:
            left.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FOLDER.name}: {len(made)} files\n")


if __name__ == "__main__":
    write()
