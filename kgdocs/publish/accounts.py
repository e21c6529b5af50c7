"""Who may see a site that is not for everybody: the accounts of `kgdocs serve --auth FILE`.

Documents that only some may read go into a database file of their own, served by itself: rules for single tables
leak (design §6), and a database holds words of its documents in many places.
"""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kgdocs.errors import UsageError

_PLUGIN = "datasette-auth-passwords"
_HASH = "pbkdf2_sha256$"


def access_of(path: Path) -> Mapping[str, Any]:
    """Return what Datasette has to be told so that only the accounts in `path` may see the site.

    The file is YAML with a line for each account, its name and the hash that `datasette hash-password`
    prints. Raises UsageError, in one sentence, where it is none, or the extra "auth" is not installed.
    """
    if importlib.util.find_spec(_PLUGIN.replace("-", "_")) is None:
        raise UsageError('Accounts need the extra "auth": pip install "kgdocs[auth]".')
    hashes = {f"{name}_password_hash": secret for name, secret in _accounts(path).items()}
    return {"allow": {"id": "*"}, "plugins": {_PLUGIN: hashes}}


def has_accounts(datasette: Any) -> bool:
    """Tell whether one can log in to a site."""
    return bool(datasette.plugin_config(_PLUGIN))


def _accounts(path: Path) -> dict[str, str]:
    try:
        accounts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"The accounts in {path} could not be read: {str(error).splitlines()[0]}") from error
    good = isinstance(accounts, dict) and all(str(secret).startswith(_HASH) for secret in accounts.values())
    if not accounts or not good:
        raise UsageError(
            f"{path} should hold lines like: lan: {_HASH}…  (the hash that `datasette hash-password` prints)."
        )
    return {str(name): str(secret) for name, secret in accounts.items()}
