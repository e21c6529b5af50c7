"""`kgdocs register`: an office's own lists of issued documents, kept in a database until they are removed."""

from typing import TYPE_CHECKING

import click

from kgdocs.cli.main import database_option, format_option, stopping
from kgdocs.cli.output import print_json, say

if TYPE_CHECKING:
    from kgdocs.models import RowFault


@click.group()
def command() -> None:
    """Import registers (CSV, XLSX) into a database; list and remove them.

    An imported register counts in every later build of the same database.

    Example: kgdocs register import so-van-ban-2024.xlsx --db kgdocs.db
    """


@command.command("import")
@click.argument("file", type=click.Path())
@database_option
@format_option
@click.pass_context
def import_(ctx: click.Context, file: str, db: str, format_: str) -> None:
    """Add the register FILE and link all again; one of the same name is replaced.

    Its header row names the columns: Số, ký hiệu (required), Loại văn bản, Ngày ban hành,
    Cơ quan ban hành, Trích yếu. Prints how many rows were read and placed, then a line for
    each row that was not understood. Exits 2 when no row could be placed.

    Example: kgdocs register import so-van-ban-2024.xlsx --db kgdocs.db
    """
    from kgdocs.pipeline.registers import import_register

    with stopping():
        done = import_register(file, db)
    if format_ == "json":
        print_json(
            {
                "name": done.name,
                "rows": done.rows,
                "placed": done.placed,
                "changed": done.changed,
                "faults": [_fault_json(fault) for fault in done.faults],
            }
        )
    else:
        same = "" if done.changed or not done.placed else "; the database has them already and stays as it is"
        say(f"{done.name}: {done.rows} rows read, {done.placed} placed{same}")
        for fault in done.faults:
            say(_fault_line(fault))
    if not done.placed:
        say(f"kgdocs: no row of {file} could be placed; the database stays as it is.", err=True)
        ctx.exit(2)


@command.command("list")
@database_option
@format_option
def list_(db: str, format_: str) -> None:
    """Print the imported registers, each with what was not understood of it.

    Example: kgdocs register list --db kgdocs.db
    """
    from kgdocs.pipeline.registers import imported_registers

    found = imported_registers(db)
    if format_ == "json":
        print_json(found)
        return
    for one in found:
        say("\t".join(filter(None, (one["name"], one["state"], one["reason"]))))
    if not found:
        say("no register was imported", err=True)


@command.command()
@click.argument("name")
@database_option
def remove(name: str, db: str) -> None:
    """Take the register that was imported as NAME out of the database and link all again.

    Example: kgdocs register remove so-van-ban-2024.xlsx --db kgdocs.db
    """
    from kgdocs.pipeline.registers import remove_register

    with stopping():
        remove_register(name, db)
    say(f"{name}: removed")


def _fault_line(fault: "RowFault") -> str:
    """Line, code and reason of a row, and whether it was left out."""
    sheet = f"{fault.sheet}, " if fault.sheet is not None else ""
    kept = "" if fault.placed else "not placed: "
    return f"{sheet}line {fault.line}: {fault.code or '-'}: {kept}{fault.reason}"


def _fault_json(fault: "RowFault") -> dict[str, object]:
    return {
        "sheet": fault.sheet,
        "line": fault.line,
        "code": fault.code,
        "reason": fault.reason,
        "placed": fault.placed,
    }
