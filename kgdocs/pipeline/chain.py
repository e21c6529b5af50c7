"""The chain of one directive as it stood on a day, computed from the documents around it alone.

`kgdocs audit --as-of` computes all chains from the whole graph; a page needs one. The same
steps come out (a test compares them): a chain depends on what acts on the directive, on what those
documents touch, on how many documents of the units were read, and on the delays usual by then.
"""

import sqlite3
from datetime import date, timedelta

from kgdocs.errors import UsageError
from kgdocs.grammar import Rules
from kgdocs.lineage.asof import as_of, check_day
from kgdocs.lineage.chains import Chains
from kgdocs.lineage.filling import ACTS
from kgdocs.lineage.graph import Graph, build_graph
from kgdocs.models import ChainStep
from kgdocs.models.days import first_day
from kgdocs.store import audit as store
from kgdocs.store import edges, surroundings


def chain_as_of(connection: sqlite3.Connection, directive: str, day: str, rules: Rules) -> tuple[ChainStep, ...]:
    """Return the steps of one directive as they stood on `day` ("2024-07-05"), none where it was not there yet.

    Raises UsageError where `day` is no day of the calendar, or where too many documents act on the directive.
    """
    check_day(day)
    close = surroundings.acting_documents(connection, directive, ACTS)
    if len(close) > surroundings.MAX_CLOSE:
        raise UsageError(
            f"More than {surroundings.MAX_CLOSE} documents act on {directive}; use: kgdocs audit --as-of {day}"
        )
    whole = _graph(connection, directive, close, rules)
    there = as_of(whole, day)
    if directive not in there:
        return ()
    deadlines = store.load_deadlines(connection, close)
    observed = surroundings.observed_delays(connection, day)
    return tuple(Chains(there, rules, deadlines, whole, observed).of(directive, day))


def _graph(connection: sqlite3.Connection, directive: str, close: list[str], rules: Rules) -> Graph:
    """Return the documents that the chain depends on, with the relations between those around the directive."""
    around = sorted({*close, *surroundings.documents_beside(connection, close)})
    graph = build_graph(edges.document_rows(connection, around), edges.relation_rows(connection, around))
    begun = graph.nodes[directive]["issued_on"] if directive in graph else None
    if begun:
        start = first_day(begun)
        until = (date.fromisoformat(start) + timedelta(days=rules.chains.within)).isoformat()
        seen = surroundings.issued_in(connection, {one.split("/")[0] for one in around}, start, until)
        more = build_graph(edges.document_rows(connection, sorted(set(seen) - set(around))), ())
        graph.add_nodes_from(more.nodes(data=True))
    return graph
