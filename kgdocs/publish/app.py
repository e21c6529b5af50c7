"""The Datasette application of one kgdocs database, and the server that runs it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from datasette.app import Datasette, DatasetteClient
from datasette.plugins import pm

from kgdocs.paths import shipped_folder
from kgdocs.publish import plugin
from kgdocs.publish.accounts import access_of
from kgdocs.publish.database import ServedDatabase
from kgdocs.publish.versions import settled

DATABASE = "kgdocs"
"""The name of the database in addresses, metadata and permissions, whatever the file is called."""


def create_app(db: Path, access: Mapping[str, Any] | None = None) -> Datasette:
    """Return the site of the database `db`, opened read-only and never as immutable.

    `access` says who may see it, with the keys `allow`, `allow_sql`, `plugins` and `databases` of Datasette's metadata.

    Raises DatabaseError when the file is missing, was not made by kgdocs, or by another
    version; KgdocsError when the site folder is missing.
    """
    if not pm.is_registered(plugin):  # a checkout without the entry point
        pm.register(plugin, name=DATABASE)
    folder = shipped_folder("datasette")
    metadata = {**yaml.safe_load((folder / "metadata.yaml").read_text(encoding="utf-8")), **(access or {})}
    datasette = Datasette(
        [],
        **settled(metadata),
        settings=json.loads((folder / "settings.json").read_text(encoding="utf-8")),
    )
    datasette.add_database(ServedDatabase(datasette, db), name=DATABASE)
    datasette.remove_database("_memory")
    datasette.client = DatasetteClient(datasette)  # the first one was made before there was a database
    return datasette


def serve(db: Path, host: str, port: int, accounts: Path | None = None) -> None:
    """Serve the site of `db` until interrupted, with `accounts` only to those; raises as `create_app` and `access_of` do."""
    import uvicorn

    uvicorn.run(
        create_app(db, access_of(accounts) if accounts else None).app(), host=host, port=port, log_level="warning"
    )
