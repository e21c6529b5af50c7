"""Documents and relations as JSON-LD with the names of ELI, self-contained: nothing is fetched to read it.

Only asserted relations become statements between documents ("A eli:based_on B"). Every relation, planned and
negated ones too, is there as a `kgdocs:Relation` with its status and evidence.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.export.urn import urn_of
from kgdocs.grammar import load_rules
from kgdocs.grammar.schema import VocabularyFile
from kgdocs.store import edges

_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_EVIDENCE = {
    "text": "kgdocs:text",
    "path": "kgdocs:path",
    "start": "kgdocs:start",
    "end": "kgdocs:end",
    "rule": "kgdocs:rule",
    "precision": "kgdocs:precision",
    "measured": "kgdocs:measured",
}


def jsonld_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a JSON-LD document, one node a line."""
    vocabulary = load_rules().vocabulary
    urns = {row["id"]: urn_of(row) for row in edges.document_rows(connection)}
    yield f'{{"@context": {_json(vocabulary.namespaces)},\n"@graph": ['
    lead = "\n"
    for node in _nodes(connection, vocabulary, urns):
        yield lead + _json(node)
        lead = ",\n"
    yield "\n]}\n"


def _nodes(
    connection: sqlite3.Connection, vocabulary: VocabularyFile, urns: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The documents, then for each relation what it states and what proves it."""
    for row in edges.document_rows(connection):
        yield _document(row, urns[row["id"]])
    for row in edges.relation_rows(connection):
        source, target = {"@id": urns[row["from_id"]]}, {"@id": urns[row["to_id"]]}
        names = vocabulary.relations[row["type"]]
        if row["status"] == "asserted":
            yield {**source, **dict.fromkeys(names, target)}
        yield {
            "@type": "kgdocs:Relation",
            "kgdocs:from": source,
            "kgdocs:to": target,
            "kgdocs:relation": {"@id": names[0]},
            "kgdocs:type": row["type"],
            "kgdocs:status": row["status"],
            "kgdocs:evidence": [_evidence(one, urns) for one in row["evidence"]],
        }


def _document(row: Mapping[str, Any], urn: str) -> dict[str, Any]:
    """A document as eli:LegalResource; what is not known is left out."""
    date = row["issued_on"]
    facts = {
        "eli:id_local": row["code"],
        "eli:title": row["title"] and {"@value": row["title"], "@language": "vi"},
        "eli:date_document": date and {"@value": date, "@type": _DATE_TYPES[len(date)]},
        "eli:type_document": row["type"] and {"@id": f"kgdocs:type/{row['type']}"},
        "eli:passed_by": row["agency_id"] and {"@id": f"kgdocs:agency/{row['agency_id']}"},
        "kgdocs:issuer": row["issuer"] and {"@value": row["issuer"], "@language": "vi"},
    }
    known = {name: value for name, value in facts.items() if value}
    return {
        "@id": urn,
        "@type": "eli:LegalResource",
        "dcterms:identifier": row["id"],
        "kgdocs:status": row["status"],
        **known,
    }


def _evidence(one: Mapping[str, Any], urns: Mapping[str, str]) -> dict[str, Any]:
    """A piece of evidence; it may have been asserted by nobody (a register)."""
    found = {name: one[key] for key, name in _EVIDENCE.items() if one[key] is not None}
    author = one["asserted_by"]
    return {**found, **({"kgdocs:asserted_by": {"@id": urns[author]}} if author else {})}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
