"""`kgdocs check`: the citations of a draft, verified part by part before it is signed."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.main import VERDICT
from kgdocs.cli.output import print_json, say
from kgdocs.errors import SourceError, UsageError
from kgdocs.extract.beside import beside
from kgdocs.extract.matching import Compile
from kgdocs.models import SEVERITIES, Severity
from kgdocs.pipeline.garbage import uncollected

if TYPE_CHECKING:
    from kgdocs.pipeline.checking.verdicts import Check


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option(
    "--db",
    envvar="KGDOCS_DB",
    type=click.Path(dir_okay=False),
    help="Compare with this database (or KGDOCS_DB; kgdocs.db where it is there).",
)
@click.option("--no-db", is_flag=True, help="Compare within the text and with the built-in lists only.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "html", "sarif"]), default="text", show_default=True
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit 1 where there is a finding of this severity or above.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day on which the draft is to be signed, like 2024-07-05; by default the date in its header, else today.",
)
@click.option(
    "--annotate", metavar="OUT.docx", help="Write the one Word file that is checked with comments at its citations."
)
@click.option("--explain", metavar="CODE", help="Say what a code means and how to mend it.")
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of text and HTML."
)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    db: str | None,
    no_db: bool,
    format_: str,
    fail_on: Severity | None,
    as_of: str | None,
    annotate: str | None,
    explain: str | None,
    lang: str,
) -> None:
    """Check the citations of FILES ("-" reads a text from standard input) before they are signed.

    One line per finding with its place, what is known and what to write; nothing where all is well.
    Example: kgdocs check corpus/mau-ke-hoach-88-ubnd-tinh-song-mau.md --db kgdocs.db --fail-on high
    """
    if explain:
        _explain(explain, lang)
        return
    if not files:
        raise UsageError("Name a file to check, or - for standard input.")
    with uncollected(), beside() as compiled:
        found, faults = _checked(files, None if no_db else _database(db), as_of, compiled)
    ctx.meta[VERDICT] = int(fail_on is not None and any(one.reaches(fail_on) for one in found))
    if annotate:
        _annotate(found, files, annotate, lang)
    ctx.meta[VERDICT] = 2 if faults else ctx.meta[VERDICT]
    if found:
        _print(found, format_, lang)
    for fault in faults:
        say(f"kgdocs: {fault}", err=True)
    ctx.exit(ctx.meta[VERDICT])


def _database(named: str | None) -> str | None:
    """The database named, else kgdocs.db in the working directory where there is one."""
    return named or ("kgdocs.db" if os.path.exists("kgdocs.db") else None)


def _checked(
    files: tuple[str, ...], db: str | None, as_of: str | None, compiled: Compile
) -> "tuple[list[Check], list[SourceError]]":
    """The texts that were checked, and why others could not be read."""
    found, faults = [], []
    for name in files:
        try:
            found.append(_check(name, db, as_of, compiled))
        except SourceError as error:
            faults.append(error)
    return found, faults


def _check(name: str, db: str | None, as_of: str | None, compiled: Compile) -> "Check":
    """Check one text; what is no file is told before anything is loaded."""
    if name != "-" and not os.path.exists(name):
        raise SourceError(f"{name}: Không có tệp này.")
    from kgdocs.pipeline.checking.check import check, check_content

    if name != "-":
        return check(Path(name), db, as_of=as_of, compiled=compiled)
    try:
        return check_content(sys.stdin.buffer.read(), db, as_of=as_of, compiled=compiled)
    except SourceError as error:
        raise SourceError(f"-: {error}") from error


def _annotate(found: "list[Check]", files: tuple[str, ...], target: str, lang: str) -> None:
    from kgdocs.pipeline.checking.annotating import annotate
    from kgdocs.pipeline.library import rules_at_hand

    if len(files) != 1:
        raise UsageError("--annotate takes one Word file at a time.")
    annotate(found[0], Path(files[0]), Path(target), rules_at_hand(), lang)


def _explain(code: str, lang: str) -> None:
    from kgdocs.grammar import load_rules
    from kgdocs.pipeline.checking.lines import explanation

    rules = load_rules()
    if code.upper() not in rules.drafts.why:
        raise UsageError(f"There is no code {code}; there are {', '.join(sorted(rules.drafts.why))}.")
    say("\n".join(explanation(code.upper(), rules, lang)))


def _print(found: "list[Check]", format_: str, lang: str) -> None:
    if format_ == "json":
        from kgdocs.pipeline.checking.json_rows import check_json

        values = [check_json(one) for one in found]
        print_json(values[0] if len(values) == 1 else values)
    elif format_ == "sarif":
        from kgdocs import __version__
        from kgdocs.pipeline.checking.sarif import sarif
        from kgdocs.pipeline.library import rules_at_hand

        print_json(sarif(found, rules_at_hand(), __version__))
    else:
        for line in _lines(found, format_, lang):
            say(line)


def _lines(found: "list[Check]", format_: str, lang: str) -> Iterator[str]:
    from kgdocs.pipeline.checking.lines import check_lines, summary
    from kgdocs.pipeline.checking.report import report
    from kgdocs.pipeline.library import rules_at_hand

    rules = rules_at_hand()
    if format_ == "html":
        yield report(found, rules, lang)
        return
    for one in found:
        yield from check_lines(one, rules, lang)
        if one.remarks:
            yield summary(one, rules, lang)
