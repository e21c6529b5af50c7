"""Whether a build would make the database that is there: the same files under the same names, read by the same kgdocs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kgdocs.models import Reading, Source
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import File, merge_copies
from kgdocs.store.kept import Kept, kind_of
from kgdocs.store.rows import SOURCE_FACTS, source_facts


def is_unchanged(
    target: Path,
    known: Mapping[File, Kept],
    read: Mapping[File, Sequence[Reading]],
    imported: Sequence[Source],
    memory: Memory,
) -> bool:
    """True where the files that are `known`, those that were `read` now, and the imported registers are what `target` was made of.

    What a database knows was read by what reads now (`made_by`, which covers linking too); rejected files and those that hold
    files were read again, and have to be as they were.
    """
    readings = [one for found in read.values() for one in found]
    if not memory.known or not _all_known(known, imported, memory):
        return False
    stored = source_facts(target)
    names = {one: set(facts["path"].split("\n")) for one, facts in stored.items()}
    kept = {one.source_id for one in (*known.values(), *memory.kept.values())}  # if only under another name
    return _names(known, readings, imported) == names and all(
        _facts(one.source) == stored[one.source.id] for one in merge_copies(readings) if one.source.id not in kept
    )


def _all_known(known: Mapping[File, Kept], imported: Sequence[Source], memory: Memory) -> bool:
    """True where all that was known is met again, and nothing was read that is not known."""
    met = {(one.source_id, one.kind) for one in known.values()} | memory.kept.keys()
    met |= {(one.id, kind_of(path)) for one in imported for path in one.path.split("\n")} & memory.known.keys()
    return met == memory.known.keys() and all(memory.known[key] is one for key, one in memory.kept.items())


def _names(known: Mapping[File, Kept], readings: Sequence[Reading], imported: Sequence[Source]) -> dict[str, set[str]]:
    """Id of each source → the paths under which it is shown."""
    found: dict[str, set[str]] = {}
    for (_, name), kept in known.items():
        found.setdefault(kept.source_id, set()).add(name)
    for source in (*(one.source for one in readings), *imported):
        found.setdefault(source.id, set()).update(source.path.split("\n"))
    return found


def _facts(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SOURCE_FACTS}
