"""The graph as GraphML and GEXF, by networkx's own writers.

Both hold only text and numbers, so the evidence of an edge becomes its count, the words and file of its first
piece, and all of it as JSON. What is not known is "", and characters that XML cannot hold are left out.
"""

import json
import re
from typing import IO, Any

from kgdocs.lineage.graph import Graph, empty

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph, stream: IO[bytes]) -> None:
    """Write a graph as GraphML; attributes as in the graph, the id of an edge is "r" and the number of its relation."""
    import networkx as nx

    nx.write_graphml(flat(graph), stream, named_key_ids=True)


def write_gexf(graph: Graph, stream: IO[bytes]) -> None:
    """Write a graph as GEXF.

    There `label` of a document is its code, else its title; its own label is `type_label`. The
    type of an edge is its label and its attribute `relation`: GEXF's "type" means something else.
    """
    import networkx as nx

    found = flat(graph)
    for one, known in found.nodes(data=True):
        known["type_label"] = known["label"]
        known["label"] = known["code"] or known["title"] or one
    for _, _, data in found.edges(data=True):
        data["relation"] = data["label"] = data.pop("type")
    nx.write_gexf(found, stream)


def flat(graph: Graph) -> Graph:
    """Return the graph with text and numbers only; keys of edges are "r" and the number of the relation."""
    found = empty()
    for one, known in graph.nodes(data=True):
        found.add_node(one, **{name: _plain(value) for name, value in known.items()})
    for place, (source, target, data) in enumerate(graph.edges(data=True), start=1):
        evidence = data["evidence"]
        first = evidence[0] if evidence else {}
        found.add_edge(
            source, target, f"r{data.get('relation_id', place)}", type=data["type"], status=data["status"],
            evidence_count=len(evidence), text=_plain(first.get("text")), path=_plain(first.get("path")),
            evidence=_plain(json.dumps(evidence, ensure_ascii=False)),
        )  # fmt: skip
    return found


def _plain(value: Any) -> str:
    return "" if value is None else _NOT_XML.sub("", str(value))
