"""The two lines of Datasette that the site runs on, 0.65 and 1.0; all that differs between them for us stands here."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from datasette import Forbidden
from datasette.version import __version__

IS_FIRST = not __version__.startswith("0.")
"""True on 1.0 and what comes after it."""
_CONFIGURED = ("allow", "allow_sql", "queries")
"""Keys that 0.65 reads from the metadata of the instance or of a database, and 1.0 from the configuration."""


def settled(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Datasette is made with, from metadata in the form of 0.65: `metadata`, and on 1.0 `config` beside it."""
    if not IS_FIRST:
        return {"metadata": deepcopy(dict(metadata))}
    told = deepcopy(dict(metadata))
    config = {name: told.pop(name) for name in (*_CONFIGURED, "plugins") if name in told}
    databases = told.get("databases", {})
    config["databases"] = {
        name: {key: one.pop(key) for key in _CONFIGURED if key in one} for name, one in databases.items()
    }
    return {"metadata": told, "config": config}


async def may_view(datasette: Any, actor: Any, database: str) -> bool:
    """Tell whether `actor` may see the instance and a database."""
    if IS_FIRST:
        from datasette.resources import DatabaseResource

        seen = await datasette.allowed(action="view-instance", actor=actor)
        return bool(
            seen and await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=actor)
        )
    try:
        await datasette.ensure_permissions(actor, [("view-database", database), "view-instance"])
    except Forbidden:
        return False
    return bool(await datasette.permission_allowed(actor, "view-database", resource=database, default=True))
