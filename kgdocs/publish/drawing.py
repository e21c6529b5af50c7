"""Lineages as pictures and as tables with evidence, bounded where a document has thousands around it."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from kgdocs.models import DOCUMENT_STATUSES
from kgdocs.models.json_graph_rows import EvidenceRow
from kgdocs.pipeline import questions
from kgdocs.publish import records
from kgdocs.publish.records import Row
from kgdocs.publish.site import Query

EVIDENCE = 4
"""Pieces of evidence shown for one relation in a table."""
_WIDE, _FITS, _TALL = 1140, 1400, 1700
"""Pixels: a picture wider than the column of text may leave it; one no wider than the second is made to fit, its
letters stay large enough; one higher than the third is printed over several sheets."""
_DEPTH, _ROWS = 2, 12
"""Steps of the small picture on a document's page, and relations in the table beside it."""
_HUB = 200
"""Relations of lineage at one document from which on its small picture goes one step only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """How a lineage is drawn: where boxes and groups lead, what is said of some of them, the name of the whole."""

    href: Callable[[str], str]
    group_href: Callable[[questions.Group], str]
    label: str
    remarks: Mapping[str, str] = field(default_factory=dict)


def picture(query: Query, lineage: questions.Lineage, rows: Mapping[str, Row], how: Drawing) -> Row:
    """Return the SVG of a lineage in its frame ("picture"), and "sheet", how to print it; `rows` name its documents."""
    words = query.words

    def of_group(group: questions.Group) -> questions.Caption:
        text = words.t("lineage.group", relation=words.term("relation", group.relation))
        return questions.Caption(heading=f"+ {words.number(group.count)}", text=text, href=how.group_href(group))

    svg = questions.picture(
        lineage,
        href=how.href,
        name=lambda node: words.document(rows[node.id]) if node.code else words.term("type", node.type) or node.id,
        date_name=words.date,
        relation_name=lambda name: words.term("relation", name),
        status_name=lambda name: words.term("mark", name),
        label=how.label,
        of_group=of_group,
        remarks=how.remarks,
    )
    return _framed(svg, how.label)


def _framed(svg: str, label: str) -> Row:
    """A picture in its frame, and how the sheet should lie that it is printed on."""
    found = re.search(r' width="(\d+)" height="(\d+)"', svg)
    wide, high = (int(found[1]), int(found[2])) if found else (0, 0)
    classes = {"is-wide": wide > _WIDE, "fits": wide <= _FITS, "is-tall": high > _TALL}
    names = "".join(f" {name}" for name, holds in classes.items() if holds)
    frame = Markup('<div class="picture{}" role="region" aria-label="{}" tabindex="0">{}</div>')
    return {"picture": frame.format(names, label, Markup(svg)), "sheet": "landscape" if wide > high else "portrait"}


def legend(lineage: questions.Lineage) -> Row:
    """Return what a legend has to explain: the (type, status) of relations, and the status of documents."""
    graph = lineage.graph
    arrows = sorted({(data["type"], data["status"]) for _, _, data in graph.edges(data=True)})
    boxes = {known["status"] for one, known in graph.nodes(data=True) if one != lineage.root}
    return {"arrows": arrows, "boxes": [one for one in DOCUMENT_STATUSES if one in boxes]}


def in_order(lineage: questions.Lineage) -> list[questions.Edge]:
    """Return the relations of the root first, then by the day of the document acted upon, of the one that acts, by ids."""
    days = {one: known["issued_on"] or "9" for one, known in lineage.graph.nodes(data=True)}
    root = lineage.root

    def key(edge: questions.Edge) -> tuple[bool, str, str, str, str]:
        far = root not in (edge.from_id, edge.to_id)
        return far, days[edge.to_id], edge.to_id, days[edge.from_id], edge.from_id

    return sorted(lineage.edges, key=key)


def table(connection: sqlite3.Connection, edges: list[questions.Edge], rows: Mapping[str, Row]) -> list[Row]:
    """Return relations as rows of a table, each with the first pieces of evidence and the places that they lead to."""
    return [
        {
            "from": rows[edge.from_id],
            "to": rows[edge.to_id],
            "type": edge.type,
            "status": edge.status,
            "count": len(edge.evidence),
            "evidence": [evidence(connection, one, edge) for one in edge.evidence[:EVIDENCE]],
        }
        for edge in edges
    ]


def evidence(connection: sqlite3.Connection, one: EvidenceRow, edge: questions.Edge) -> Row:
    """Return a piece of evidence with its source and the nearest mention there."""
    place = records.place(connection, one["source"], one["start"], one["end"], (edge.from_id, edge.to_id))
    told = ("text", "rule", "precision", "measured")
    return {**place, **{name: value for name, value in one.items() if name in told}}


def picture_of(connection: sqlite3.Connection, query: Query, row: Row, groups: Iterable[Row]) -> Row:
    """Return the small picture of a document's page and the table beside it; `groups` are its relations by type."""
    near = sum(group["count"] for group in groups if group["type"] in questions.LINEAGE_RELATIONS)
    lineage = questions.lineage(connection, row["id"], depth=_DEPTH if near < _HUB else 1)
    part, _ = questions.drawable(lineage)  # the page leads to the whole lineage in any case
    rows = records.named(connection, lineage.graph)
    edges = in_order(lineage)
    how = Drawing(
        href=query.document,
        group_href=lambda group: query.lineage(row["id"], "table", **group_arguments(group)),
        label=query.words.t("lineage.title", name=query.words.document(row)),
    )
    return {
        **(picture(query, part, rows, how) if edges else {}),
        **legend(part),
        "edges": table(connection, edges[:_ROWS], rows),
        "edge_count": len(edges),
        "truncated": lineage.truncated,
    }


def group_arguments(group: questions.Group) -> dict[str, str]:
    """Return the arguments of the lineage page that show one group as a table."""
    return {"hub": group.hub, "loai": group.relation, "phia": "in" if group.incoming else "out"}
