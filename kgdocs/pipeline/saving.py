"""What was linked → graph, chains, findings, and all of it → the rows of a new database."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path

from kgdocs.grammar import Rules
from kgdocs.lineage.chains import Chains
from kgdocs.lineage.findings import View, document_findings, step_findings, text_findings
from kgdocs.lineage.linked import LinkedGraph
from kgdocs.models import Joined
from kgdocs.pipeline.garbage import collected
from kgdocs.pipeline.shelf import ShelvedReadings
from kgdocs.store.database import new_database
from kgdocs.store.save import Saved, Saver


def save(
    path: Path, readings: ShelvedReadings, joined: Joined, rules: Rules, about: Mapping[str, str], made_by: str
) -> Saved:
    """Fill the empty file `path`; returns the row of `builds` and how many rows every table was given.

    The texts are gone through one by one, so that memory does not grow with them. `about` gives "at", "version" and
    "patterns_hash", `made_by` what has read.
    """
    with new_database(path) as connection:
        saver = Saver(connection, joined, readings.path_of)
        with collected():  # of many documents what this needs takes as much as the indexes that come then
            _save_texts(saver, readings, joined, rules)
        return saver.finish(readings.text_of, about, readings.rows(made_by))


def _save_texts(saver: Saver, readings: ShelvedReadings, joined: Joined, rules: Rules) -> None:
    """Write what texts say and what all of them say together; then chains, and what is found."""
    view = View(joined, joined.edges, rules, text_of=readings.text_of)
    for reading in readings:
        text = joined.texts.of(reading) if reading.extraction is not None else None
        saver.add(reading, text)
        if text:
            saver.findings(text_findings(view, reading, text.links))
    joined.texts.close()
    saver.close_texts()
    graph = LinkedGraph(joined.documents, joined.agencies, zip(joined.edges, count(1), strict=False), saver.evidence_of)
    saver.findings(document_findings(view, graph))
    for steps in Chains(graph, rules, joined.deadlines).by_directive():
        saver.steps(steps)
        saver.findings(step_findings(view, steps))
