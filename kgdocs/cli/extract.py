"""`kgdocs extract`: files → references and relations as JSON Lines, no database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgdocs.cli.output import print_json, say
from kgdocs.errors import SourceError, UsageError
from kgdocs.models import Reading

if TYPE_CHECKING:
    from kgdocs.extract import Extractor
    from kgdocs.grammar import Rules


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--relations", is_flag=True, help="Print the relations asserted as well.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also planned and negated relations, all kinds of relations and those to agencies, planned and attached documents, anaphora, standards, forms and court codes.",
)
@click.option(
    "--text-out", type=click.Path(file_okay=False), help="Write the NFC text of each file here; offsets refer to it."
)
def command(files: tuple[str, ...], relations: bool, everything: bool, text_out: str | None) -> None:
    """Print the references of FILES ("-" reads a text from standard input), one JSON object per line.

    Example: kgdocs extract corpus/quyet-dinh-1591.txt --relations
    """
    from kgdocs.extract import Extractor
    from kgdocs.grammar import load_rules
    from kgdocs.pipeline.extracting import rows

    texts = _text_files(files, Path(text_out)) if text_out else {}
    rules = load_rules()
    extractor = Extractor(rules)
    failed = 0
    for name in files:
        reading = _reading(name, rules, extractor)
        if reading.extraction is None:
            failed += 1
            say(
                f"kgdocs: {name}: {reading.source.reason or 'Tệp này là sổ văn bản hoặc tệp đính chính, không có câu chữ.'}",
                err=True,
            )
            continue
        if name in texts:
            texts[name].write_text(reading.source.text, encoding="utf-8", newline="")
        asides = extractor.asides(reading.source.text, reading.extraction) if everything else ()
        found = rows(Path(name).stem, reading.extraction, relations=relations, everything=everything, asides=asides)
        for row in found:
            print_json(row, indent=None)
    if failed == len(files):
        raise SourceError("none of the files could be read.")


def _reading(name: str, rules: "Rules", extractor: "Extractor") -> Reading:
    """Read a file, or standard input for "-"."""
    from kgdocs.pipeline.reading import read_file, read_text

    if name == "-":
        return read_text(sys.stdin.buffer.read(), rules, extractor)
    return read_file(Path(name), name, rules, extractor)


def _text_files(files: tuple[str, ...], folder: Path) -> dict[str, Path]:
    """Where the text of each file goes. Raises UsageError when two would share a place, or one is an input."""
    texts = {name: folder / f"{Path(name).stem}.txt" for name in files}
    inputs = {Path(name).absolute() for name in files}
    for name, text in texts.items():
        if list(texts.values()).count(text) > 1 or text.absolute() in inputs:
            raise UsageError(f"The text of {name} would be written over another file, {text}; choose other names.")
    folder.mkdir(parents=True, exist_ok=True)
    return texts
