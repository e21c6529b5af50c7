"""`kgdocs audit`: which steps of which chain are there, and what a person should look at."""

import csv
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.main import VERDICT, as_of_option, database_option
from kgdocs.cli.output import print_json, say
from kgdocs.models import SEVERITIES, Severity

if TYPE_CHECKING:
    from kgdocs.models import ChainStep
    from kgdocs.pipeline.auditing import Audit

_CSV = (
    "kind", "code", "state", "directive_id", "place", "agency", "document_id", "document", "days", "deadline",
    "message", "path", "start", "end", "text",
)  # fmt: skip


@click.command()
@database_option
@as_of_option
@click.option("--format", "format_", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit 1 where there is a finding of this severity or above.",
)
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of text and CSV."
)
@click.pass_context
def command(ctx: click.Context, db: str, as_of: str | None, format_: str, fail_on: Severity | None, lang: str) -> None:
    """Print the chains of all directives, step by step, and the findings.

    A step is done, late, planned, missing or unknown; "missing" is said only where documents of that
    agency were read. Example: kgdocs audit --as-of 2024-03-01 --fail-on high
    """
    from kgdocs.pipeline import auditing, questions

    with closing(questions.open_readonly(Path(db))) as connection:
        found = auditing.audit(connection, as_of)
    ctx.meta[VERDICT] = int(fail_on is not None and found.reaches(fail_on))
    if format_ == "json":
        print_json(auditing.audit_json(found))
    elif format_ == "csv":
        _print_csv(found, lang)
    else:
        for line in (*_chains(found, lang), *_findings(found, lang)):
            say(line)
    ctx.exit(ctx.meta[VERDICT])


def _chains(found: "Audit", lang: str) -> Iterator[str]:
    """The steps of each directive and place; those of which the same is unknown on one line."""
    for directive, steps in groupby(found.steps, key=lambda step: step.directive_id):
        node = found.graph.nodes[directive]
        yield f"{node['code'] or directive}  {node['issued_on'] or ''}  {node['title'] or ''}  [{directive}]"
        for place, here in groupby(steps, key=lambda step: step.place):
            yield f"  {place}"
            for (name, state), alike in groupby(here, key=lambda step: (step.step, step.state)):
                members = list(alike)
                if state == "unknown" and len(members) > 1:
                    yield f"    {name}: {state} ({len(members)})  {_basis(members[0], lang)} …"
                else:
                    yield from (f"    {name}: {state}  {_step(found, step, lang)}" for step in members)
        yield ""


def _step(found: "Audit", step: "ChainStep", lang: str) -> str:
    """What fills a step, or why nothing is known to."""
    days = f", {step.days} days" if step.days is not None else ""
    name = found.code_of(step.document_id) or step.document_id
    what = f"{step.agency_name}: {name}{days}. " if name else f"{step.agency_name}. "
    return what + _basis(step, lang)


def _basis(step: "ChainStep", lang: str) -> str:
    return step.basis if lang == "vi" else step.basis_en


def _findings(found: "Audit", lang: str) -> Iterator[str]:
    """One line for each finding: severity, code, place, sentence."""
    for one in sorted(found.findings, key=lambda one: SEVERITIES.index(one.severity)):
        message = one.message if lang == "vi" else one.message_en
        yield f"{one.severity:6}  {one.code:22}  {found.paths.get(one.source_id, '')}:{one.start}  {message}"
    yield f"{len(found.findings)} findings, {len(found.steps)} steps"


def _print_csv(found: "Audit", lang: str) -> None:
    """Steps and findings as rows of one table, no cell of which a spreadsheet calculates."""
    from kgdocs.pipeline.cells import plain_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_CSV)
    for step in found.steps:
        first = step.evidence[0] if step.evidence else {}
        writer.writerow(
            plain_cell(cell)
            for cell in (
                "step", step.step, step.state, step.directive_id, step.place, step.agency_name, step.document_id,
                found.code_of(step.document_id), step.days, step.deadline, _basis(step, lang), first.get("path"),
                first.get("start"), first.get("end"), first.get("text"),
            )
        )  # fmt: skip
    for one in found.findings:
        message = one.message if lang == "vi" else one.message_en
        writer.writerow(
            plain_cell(cell)
            for cell in (
                "finding", one.code, one.severity, None, None, None, one.document_id, found.code_of(one.document_id),
                None, None, message, found.paths.get(one.source_id), one.start, one.end, one.text,
            )
        )  # fmt: skip
