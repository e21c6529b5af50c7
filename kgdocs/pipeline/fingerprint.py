"""What reads a file: another kgdocs, other patterns or other libraries may read it differently."""

import contextlib
import hashlib
import importlib.metadata
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import kgdocs
from kgdocs.grammar import Rules
from kgdocs.read import PROGRAMS, limits

_LENGTH = 16
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def made_by(rules: Rules) -> str:
    """Return a short hash of all that decides what is read out of a file beside the file itself.

    The text of this package counts, not only its version: in a checkout it changes without one.
    """
    digest = hashlib.sha256(f"{kgdocs.__version__} {rules.hash} {sys.version}".encode())
    top = Path(kgdocs.__file__).parent
    for path in sorted(top.rglob("*.py")):
        digest.update(path.relative_to(top).as_posix().encode())
        digest.update(path.read_bytes())
    for line in (*_libraries(), *_surroundings()):
        digest.update(line.encode())
    return digest.hexdigest()[:_LENGTH]


def _libraries() -> list[str]:
    """The libraries that kgdocs names, with the versions that are there."""
    found = []
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # a checkout that is not installed
        for wanted in importlib.metadata.requires("kgdocs") or ():
            name = _NAME.match(wanted)
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # of an extra that is not installed
                found.append(f"{wanted} {importlib.metadata.version(name.group())}" if name else wanted)
    return sorted(found)


def _surroundings() -> Iterator[str]:
    """The limits of a file, and the programs of the system that read for us."""
    yield from (f"{limit.variable}={limit.value}" for limit in limits.ALL)
    yield from filter(None, map(shutil.which, PROGRAMS))
