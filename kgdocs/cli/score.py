"""`kgdocs score`: precision, recall and F1 against hand-made answers, and the accuracy gate."""

import json
from pathlib import Path

import click

from kgdocs.cli.output import say


@click.command()
@click.argument("gold", type=click.Path(file_okay=False))
@click.option("--per-document", is_flag=True, help="One line per document.")
@click.option("--errors", default=0, show_default=True, help="How many errors to print.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--floors", type=click.Path(dir_okay=False), help="Fail where a figure is below the one recorded in this file."
)
@click.option("--record", is_flag=True, help="Raise the recorded floors to what was reached.")
@click.option(
    "--rule-precision",
    type=click.Path(dir_okay=False),
    help="Write into this file how often each relation rule was right on GOLD.",
)
@click.pass_context
def command(
    ctx: click.Context,
    gold: str,
    per_document: bool,
    errors: int,
    form: str,
    floors: str | None,
    record: bool,
    rule_precision: str | None,
) -> None:
    """Extract the texts of the folder GOLD and compare with the answers beside them.

    Prints the figures in all, by kind of mention, by type of relation and by tag of the
    answers; as JSON with every error and the figures of every document. With --floors,
    says per document what was gained and lost against the recorded run, and exits 1 where
    a figure fell below its floor. With --rule-precision, keeps per relation rule how many of
    the relations that it read are right.

    Example: kgdocs score corpus --floors tests/floors.json
    """
    from kgdocs.grammar import load_rules
    from kgdocs.pipeline.scoring import score_folder
    from kgdocs.pipeline.scoring.gate import compare, recorded, save_floors
    from kgdocs.pipeline.scoring.precision import save_precision
    from kgdocs.pipeline.scoring.report import report_figures, report_lines

    name = Path(gold).resolve().name
    rules = load_rules()
    score = score_folder(Path(gold), rules)
    if rule_precision:
        save_precision(Path(rule_precision), name, score, rules)
    known = recorded(Path(floors)) if floors else {}
    gate, fell = compare(name, score, known) if floors else ([], False)
    if form == "json":
        figures = report_figures(score)
        say(json.dumps({**figures, "gate": gate, "below_floor": fell} if floors else figures, ensure_ascii=False))
    else:
        lines = report_lines(score, per_document=per_document, errors=errors)
        say("\n".join([*lines, *gate]))
    if fell:
        ctx.exit(1)
    if floors and record:
        save_floors(Path(floors), name, score, known)
