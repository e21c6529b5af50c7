"""Where patterns/ and the site folder datasette/ are, in a checkout or installed.

A wheel carries both folders inside the package (`kgdocs/_data/`); a checkout and an
editable install use the folders beside it. The installed place is tried first: in an
installed environment the folder beside the package would be Datasette's own.
`KGDOCS_PATTERNS` names a folder of patterns to be used instead, such as an edited copy.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from kgdocs.errors import KgdocsError

PATTERNS_VARIABLE = "KGDOCS_PATTERNS"
_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """Return the folder `name` ("patterns" or "datasette") that this kgdocs uses.

    Raises KgdocsError when the installation lost its data.
    """
    if name == "patterns" and (chosen := os.environ.get(PATTERNS_VARIABLE)):
        return Path(chosen)
    packaged = _PACKAGE / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise KgdocsError(f"The folder {name!r} of kgdocs is missing; install kgdocs again.")


def patterns_hash(folder: Path) -> str:
    """Return the hash of the patterns in `folder`, in hexadecimal, as every build records it.

    Needs no library, so that `kgdocs --version` is quick. Raises KgdocsError when the folder cannot be read.
    """
    try:
        return hash_of({path.stem: path.read_bytes() for path in folder.iterdir() if path.suffix == ".yml"})
    except OSError as error:
        raise KgdocsError(f"{folder}: the patterns cannot be read ({error.strerror}).") from error


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return one SHA-256 for files given as name → content."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    return digest.hexdigest()
