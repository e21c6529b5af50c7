"""`kgdocs score`: precision, recall and F1 against hand-made answers, and the accuracy gate."""

from pathlib import Path

import click


@click.command()
@click.argument("gold", type=click.Path(file_okay=False))
@click.option("--per-document", is_flag=True, help="One line per document.")
@click.option("--errors", default=0, show_default=True, help="How many errors to print.")
@click.option(
    "--floors", type=click.Path(dir_okay=False), help="Fail where a figure is below the one recorded in this file."
)
@click.option("--record", is_flag=True, help="Raise the recorded floors to what was reached.")
@click.pass_context
def command(ctx: click.Context, gold: str, per_document: bool, errors: int, floors: str | None, record: bool) -> None:
    """Extract the texts of the folder GOLD and compare with the answers beside them.

    With --floors, says per document what was gained and lost against the recorded run, and
    exits 1 where a total fell below its floor.

    Example: kgdocs score corpus --floors tests/floors.json
    """
    from kgdocs.grammar import load_rules
    from kgdocs.pipeline.gate import compare, recorded, save_floors
    from kgdocs.pipeline.scoring import score_folder

    score = score_folder(Path(gold), load_rules())
    for name, tally in score.total.items():
        click.echo(
            f"{name:18} F1 {tally.f1:.4f}   right {tally.right:5}  wrong {tally.wrong:4}  missed {tally.missed:4}"
        )
    if per_document:
        for name, tallies in score.documents.items():
            click.echo(
                f"  {name:44} "
                + "  ".join(f"{m} {t.f1:.3f}" for m, t in tallies.items() if t.right + t.wrong + t.missed)
            )
    for name, what, text in score.errors[:errors]:
        click.echo(f"  {name} | {what} | {' '.join(text.split())[:160]}")
    if not floors:
        return
    known = recorded(Path(floors))
    lines, fell = compare(Path(gold).resolve().name, score, known)
    click.echo("\n".join(lines))
    if fell:
        ctx.exit(1)
    if record:
        save_floors(Path(floors), Path(gold).resolve().name, score, known)
