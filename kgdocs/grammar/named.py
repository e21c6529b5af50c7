"""What one part of the patterns calls by an id that another part must have: types, agencies, places, relations, findings."""

from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.grammar.shapes import Shape

KeyPath = tuple[str | int, ...]
_CALLED: tuple[tuple[str, str, str], ...] = (
    ("nicknames", "nicknames.type", "type"),
    ("nicknames", "programmes.type", "type"),
    ("titles", "lexicons.type", "type"),
    ("titles", "forms.type", "type"),
    ("titles", "documents.type", "type"),
    ("chains", "chains.types", "type"),
    ("chains", "chains.steps.types", "type"),
    ("chains", "chains.steps.relations", "relation"),
    ("chains", "chains.issuers", "agency"),
    ("chains", "chains.steps.agencies", "agency"),
    ("chains", "chains.steps.not_agencies", "agency"),
    ("agency_relations", "relations.own", "type"),
    ("agency_relations", "relations.cited", "type"),
    ("relations", "relations.relation", "relation"),
    ("relations", "relations.self_type", "own type"),
    ("relations", "relations.not_self_type", "own type"),
    ("relations", "relations.not_types", "type"),
    ("relations", "relations.source_types", "type"),
    ("relations", "unprinted", "relation"),
    ("relations", "ranks", "type"),
    ("vocabulary", "relations", "relation"),
    ("agencies", "agencies.form_of", "agency"),
    ("agencies", "agencies.successions.to", "agency"),
    ("places", "places.merged_into", "place"),
    ("places", "places.merged_from", "place"),
    ("places", "districts.province", "place"),
    ("places", "districts.merged_into", "place"),
    ("places", "communes.province", "place"),
    ("places", "communes.district", "place"),
    ("units", "districts.provinces", "place"),
    ("units", "communes.provinces", "place"),
    ("findings", "issued_with", "type"),
    ("findings", "central_types", "type"),
    ("findings", "normative", "type"),
    ("findings", "directives", "type"),
    ("findings", "only_issuers", "type"),
    ("drafts", "normative_types", "type"),
    ("drafts", "untitled_types", "type"),
    ("drafts", "why", "finding"),
)
"""File, path of the fields in it, and what they name; of a mapping the keys are meant."""


UNTYPED = "none"
"""In the place of the type of a document that states none: letters do not."""


def unknown_names(files: Mapping[str, Any]) -> Iterator[tuple[str, KeyPath, str]]:
    """Yield file, path and what is wrong for each id that is named and is not there; `files` are all, validated."""
    known = _known(files)
    for file, dotted, kind in _CALLED:
        for path, name in _values(files[file], dotted.split("."), ()):
            if name not in known[kind]:
                yield file, path, f"there is no {kind} {name!r}"


def _known(files: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found = {
        "type": files["types"].types,
        "agency": files["agencies"].agencies,
        "place": files["places"].all,
        "finding": (*files["findings"].findings, *files["drafts"].findings),
    }
    ids = {kind: frozenset(rule.id for rule in rules) for kind, rules in found.items()}
    return {**ids, "own type": ids["type"] | {UNTYPED}, "relation": frozenset(files["relations"].kinds)}


def _values(value: Any, names: list[str], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The strings at a path, each with its own path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Shape) and names:
        yield from _values(getattr(value, names[0]), names[1:], (*path, names[0]))
    elif isinstance(value, Mapping):
        yield from (((*path, key), key) for key in value)
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _values(one, names, (*path, at))
