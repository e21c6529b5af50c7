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
from kgdocs.models import RowFault, Source
from kgdocs.pipeline.build import check_target, joined_of, remembered, row_faults, write
from kgdocs.pipeline.reading import Reader, find_files
from kgdocs.pipeline.replacing import locked
from kgdocs.pipeline.shelf import Shelf, Shelved, ShelvedReadings
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
    with locked(target), Shelf(target) as shelf:
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules))
        with closing(reader.memory.known):
            register = _register(*file, reader, shelf)
            rows = shelf.reading(register).rows
            stored = _stored(target)
            left = [kept for one in stored if (kept := one if one.id == register.source.id else _without(one, file[1]))]
            readings = ShelvedReadings(shelf, [*_again(left, reader, shelf), register])
            joined = joined_of(readings, rules)
            faults = row_faults(joined, register.source.id)
            placed = len(rows) - sum(not fault.placed for fault in faults)
            known = any(one.imported for one in left if one.id == register.source.id) and left == stored
            changed = placed > 0 and not known
            if changed:
                write(target, readings, joined, reader)
    return Imported(name=file[1], rows=len(rows), placed=placed, faults=faults, changed=changed)


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
    with locked(target), Shelf(target) as shelf:
        stored = _stored(target)
        left = [kept for source in stored if (kept := _without(source, name))]
        if left == stored:
            known = ", ".join(one for source in stored for one in imported_names(source)) or "none"
            raise UsageError(f"No register was imported as {name!r}; imported: {known}.")
        rules = load_rules()
        reader = Reader(rules, remembered(target, rules))
        with closing(reader.memory.known):
            readings = ShelvedReadings(shelf, _again(left, reader, shelf))
        write(target, readings, joined_of(readings, rules), reader)


def _file(path: Path) -> tuple[Path, str]:
    """The file and how it is shown; raises UsageError where it cannot be a register."""
    if path.suffix.lower() not in REGISTER_FORMATS or path.is_dir():
        raise UsageError(f"{path} is no register; give a file that ends in {' or '.join(REGISTER_FORMATS)}.")
    return find_files([path])[0]


def _register(path: Path, name: str, reader: Reader, shelf: Shelf) -> Shelved:
    """Read the file of a register; raises SourceError with the reason where that is impossible."""
    (found,) = reader.recall(path, name, reader.find(path, name))
    if found.source.state == "rejected":
        raise SourceError(f"{name}: {found.source.reason}")
    shelved = shelf.put(found)
    return replace(shelved, source=replace(shelved.source, imported=True))


def _stored(target: Path) -> list[Source]:
    """The sources of a database, none where it is still to be made."""
    if not target.exists():
        return []
    check_sound(target)
    with closing(open_readonly(target)) as connection:
        return stored_sources(connection)


def _again(sources: Sequence[Source], reader: Reader, shelf: Shelf) -> list[Shelved]:
    return [shelf.put(reader.read_again(source)) for source in sources]


def _without(source: Source, name: str) -> Source | None:
    """A source without one of the names under which it was imported; None where nothing else holds it."""
    if name not in imported_names(source):
        return source
    paths = [path for path in source.path.split("\n") if path != name]
    others = any(one != name for one in imported_names(source))
    return replace(source, path="\n".join(paths), imported=others) if paths else None
