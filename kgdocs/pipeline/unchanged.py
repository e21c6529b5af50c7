"""Whether a build would make the database that is there: the same files under the same names, read by the same kgdocs."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kgdocs.models import Source
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import File
from kgdocs.pipeline.shelf import Shelved, merged
from kgdocs.store.kept import Key, kind_of
from kgdocs.store.rows import SOURCE_FACTS, source_facts


def is_unchanged(
    target: Path,
    known: Mapping[File, Key],
    read: Mapping[File, Sequence[Shelved]],
    imported: Sequence[Source],
    memory: Memory,
) -> bool:
    """True where the files that are `known`, those that were `read` now, and the imported registers are what `target` was made of.

    What a database knows was read by what reads now (`made_by`, which covers linking too); rejected files and those that hold
    files were read again, and have to be as they were.
    """
    readings = [one for found in read.values() for one in found]
    if not memory.known.keys or not _all_known(known, readings, imported, memory.known.keys):
        return False
    stored = source_facts(target)
    names = {one: set(facts["path"].split("\n")) for one, facts in stored.items()}
    kept = {source_id for source_id, _ in _met(known, readings)}  # if only under another name
    return _names(known, readings, imported) == names and all(
        _facts(one.source) == stored[source_id] for source_id, one in merged(readings).items() if source_id not in kept
    )


def _met(known: Mapping[File, Key], readings: Iterable[Shelved]) -> set[Key]:
    """Under what the files are known that are known or were read now."""
    return {*known.values(), *(one.key for one in readings if one.reading is None)}


def _all_known(
    known: Mapping[File, Key], readings: Sequence[Shelved], imported: Sequence[Source], keys: Iterable[Key]
) -> bool:
    """True where all that was known is met again, and nothing was read that is not known."""
    met = _met(known, readings) | {(one.id, kind_of(path)) for one in imported for path in one.path.split("\n")} & set(
        keys
    )
    return met == set(keys) and all(one.again for one in readings if one.reading is None)


def _names(known: Mapping[File, Key], readings: Sequence[Shelved], imported: Sequence[Source]) -> dict[str, set[str]]:
    """Id of each source → the paths under which it is shown."""
    found: dict[str, set[str]] = {}
    for (_, name), (source_id, _) in known.items():
        found.setdefault(source_id, set()).add(name)
    for source in (*(one.source for one in readings), *imported):
        found.setdefault(source.id, set()).update(source.path.split("\n"))
    return found


def _facts(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SOURCE_FACTS}
