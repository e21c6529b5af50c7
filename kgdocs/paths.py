"""Where patterns/ and the site folder datasette/ are, in a checkout or installed.

A wheel carries both folders inside the package (`kgdocs/_data/`); a checkout and an
editable install use the folders beside it. The installed place is tried first: in an
installed environment the folder beside the package would be Datasette's own.
"""

from pathlib import Path

from kgdocs.errors import KgdocsError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder `name` ("patterns" or "datasette") that this kgdocs uses.

    Raises KgdocsError when the installation lost its data.
    """
    packaged = _PACKAGE / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise KgdocsError(f"The folder {name!r} of kgdocs is missing; install kgdocs again.")
