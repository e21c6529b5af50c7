"""docs/reference/database.md: tables and columns, as the database and the site describe them."""

from kgdocs.store.schema import SCHEMA_VERSION, TABLES
from kgdocs.store.tables import Table
from tests.reference.markdown import code, page, plain, table

_SQL = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}
_HEAD = f"""A build writes one SQLite file. These are its tables, with the descriptions (in Vietnamese) that the site shows too; names of tables and
columns are fixed, more may be added. This is form {SCHEMA_VERSION} of the database (`PRAGMA user_version`); see [versions](../versioning.md). The tables
of the full-text index (`search_fts` and those that begin with it) belong to kgdocs alone.

Places (`start`, `end`) count characters of `sources.text`, end exclusive. Dates are ISO and may be partial: `2024-07`, `2016`."""


def content() -> str:
    """Return the page."""
    parts = [
        _HEAD,
        table(
            ("table", "holds"), ((f"[{code(name)}](#{name})", plain(one.description)) for name, one in TABLES.items())
        ),
    ]
    for name, one in TABLES.items():
        parts += [f"## {name}", plain(one.description), _columns(one)]
        if one.indexes:
            parts.append("Indexes: " + ", ".join(code(", ".join(index)) for index in one.indexes) + ".")
    return page("Database", "kgdocs/store/schema.py", *parts)


def _columns(one: Table) -> str:
    leads = {column: f"[{code(f'{other}.{key}')}](#{other})" for column, other, key in one.foreign_keys}
    rows = [
        (code(name), _SQL[kind], "primary key" if name == one.pk else leads.get(name, ""), plain(what))
        for name, (kind, what) in one.columns.items()
    ]
    return table(("column", "type", "key", "is"), rows)
