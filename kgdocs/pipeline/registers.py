"""Registers imported into a database: they stay through later builds, until they are removed.

All is linked again from what the database itself kept of its sources, so that the files need
not be there, and the result is that of a build of the same files.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from kgdocs.errors import SourceError, UsageError
from kgdocs.grammar import load_rules
from kgdocs.models import Reading, RowFault, Source
from kgdocs.pipeline.build import check_target, join, remembered, row_faults, write
from kgdocs.pipeline.reading import Reader, find_files, merge_copies, read_again
from kgdocs.pipeline.replacing import locked
from kgdocs.read import REGISTER_FORMATS
from kgdocs.store.database import check_ours, check_sound, open_readonly
from kgdocs.store.rows import imported_names, imported_rows, stored_sources


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import did: rows read, rows that became documents, and what was not understood.

    `changed` is false where the database stays as it was: it had the same content already, or
    no row could be placed.
    """

    name: str
    rows: int
    placed: int
    faults: tuple[RowFault, ...]
    changed: bool


def import_register(path: str | Path, db: str | Path) -> Imported:
    """Add the register at `path` (CSV or XLSX) to the database `db`, made if it is not there, and link all again.

    A register of the same file name is replaced. Raises UsageError when `path` is no file with
    the ending of a register, SourceError when it cannot be read, DatabaseError when `db` is
    not ours, of another version or cannot be written, BuildInProgress when a build is writing it.
    """
    target, file = Path(db), _file(Path(path))
    check_target(target)
    with locked(target):
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules))
        register = _register(*file, reader)
        stored = _stored(target)
        left = [kept for one in stored if (kept := one if one.id == register.source.id else _without(one, file[1]))]
        readings, linked = join(merge_copies([*_again(left, reader), register]), rules)
        faults = row_faults(linked, register.source.id)
        placed = len(register.rows) - sum(not fault.placed for fault in faults)
        known = any(one.imported for one in left if one.id == register.source.id) and left == stored
        changed = placed > 0 and not known
        if changed:
            write(target, readings, linked, reader)
    return Imported(name=file[1], rows=len(register.rows), placed=placed, faults=faults, changed=changed)


def imported_registers(db: str | Path) -> list[dict[str, str | None]]:
    """Return name, id, state and reason of the imported registers of a database, by name.

    Raises DatabaseError when `db` is missing or not made by this version of kgdocs.
    """
    with closing(open_readonly(Path(db))) as connection:
        return imported_rows(connection)


def remove_register(name: str, db: str | Path) -> None:
    """Take the register imported as `name` out of the database, and link all again.

    Raises UsageError when there is none of this name, DatabaseError and BuildInProgress as
    `import_register` does.
    """
    target = Path(db)
    check_ours(target)
    with locked(target):
        stored = _stored(target)
        left = [kept for source in stored if (kept := _without(source, name))]
        if left == stored:
            known = ", ".join(one for source in stored for one in imported_names(source)) or "none"
            raise UsageError(f"No register was imported as {name!r}; imported: {known}.")
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules))
        readings, linked = join(merge_copies(_again(left, reader)), rules)
        write(target, readings, linked, reader)


def _file(path: Path) -> tuple[Path, str]:
    """The file and how it is shown; raises UsageError where it cannot be a register."""
    if path.suffix.lower() not in REGISTER_FORMATS or path.is_dir():
        raise UsageError(f"{path} is no register; give a file that ends in {' or '.join(REGISTER_FORMATS)}.")
    return find_files([path])[0]


def _register(path: Path, name: str, reader: Reader) -> Reading:
    """Read the file of a register; raises SourceError with the reason where that is impossible."""
    known = reader.recall(path, name)
    (reading,) = [known] if known else reader.read(path, name)
    if reading.source.state == "rejected":
        raise SourceError(f"{name}: {reading.source.reason}")
    return replace(reading, source=replace(reading.source, imported=True))


def _stored(target: Path) -> list[Source]:
    """The sources of a database, none where it is still to be made."""
    if not target.exists():
        return []
    check_sound(target)
    with closing(open_readonly(target)) as connection:
        return stored_sources(connection)


def _again(sources: Sequence[Source], reader: Reader) -> list[Reading]:
    return [read_again(source, reader) for source in sources]


def _without(source: Source, name: str) -> Source | None:
    """A source without one of the names under which it was imported; None where nothing else holds it."""
    if name not in imported_names(source):
        return source
    paths = [path for path in source.path.split("\n") if path != name]
    others = any(one != name for one in imported_names(source))
    return replace(source, path="\n".join(paths), imported=others) if paths else None
