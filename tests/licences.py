"""The licence of every package that kgdocs or its development needs: `make licences` writes docs/licences.md.

What a package says of itself comes in three forms (an SPDX expression, a classifier, free words); all are told as SPDX.
"""

import re
import sys
from collections import deque
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU", "PSF-2.0", "Public-Domain", "Zlib",
}  # fmt: skip
WEAK_COPYLEFT = {"MPL-2.0"}
"""Its files stay under it; nothing is asked of programs that use them unchanged, as kgdocs does."""
_AS_SPDX = {
    "Apache 2": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "BSD License": "BSD", "ISC License": "ISC", "ISC License (ISCL)": "ISC", "MIT License": "MIT", "Public Domain": "Public-Domain",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "BSD-3-Clause and Public-Domain": "BSD-3-Clause AND Public-Domain",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
_NOT_TOLD = {
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT AND MPL-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
"""Packages whose metadata says nothing of use; the licence is that of their files."""
_GROUPS = (
    ("kgdocs", "kgdocs itself", ""),
    ("auth", "extra auth", "auth"),
    ("ocr", "extra ocr", "ocr"),
    ("distributed", "extra distributed", "distributed"),
    ("dev", "development only", "dev,browser,fuzz,docs"),
)
_HEAD = """# Licences

kgdocs is under Apache-2.0. It contains none of these packages: pip installs them, each under its own licence. The list is
written by `make licences` from what the packages say of themselves, at the versions of `constraints.txt`; a test compares the two.

All but five are permissive and ask for their notices to be kept. **MPL-2.0 is a weak copyleft**: changed files of the package itself
must stay under it. kgdocs uses `certifi` and `tqdm` (both needed by others: HTTP in Datasette, progress bars in spaCy) and, in
development, `hypothesis`, `pathspec` and axe in `axe-playwright-python`, unchanged and as packages of their own, so that nothing is asked of kgdocs or of who uses it.
Who hands out a container with kgdocs hands out these packages too: leave their folders `*.dist-info`, which hold the licences, in it.

The programs that kgdocs may call are not part of it: antiword and catdoc (GPL), LibreOffice (MPL-2.0) and Tesseract (Apache-2.0). They
run as processes of their own, so that their licences reach no further.

"""


def licence_of(package: metadata.Distribution) -> str:
    """Return the licence of a package as SPDX; raises ValueError where it says none that is known here."""
    name = canonicalize_name(package.name)
    told = package.metadata
    classifiers = {
        line.split("::")[-1].strip() for line in told.get_all("Classifier") or [] if line.startswith("License")
    }
    for words in (_NOT_TOLD.get(name), told.get("License-Expression"), told.get("License"), *sorted(classifiers)):
        spdx = _AS_SPDX.get(words or "", words or "")
        if spdx and parts_of(spdx) <= PERMISSIVE | WEAK_COPYLEFT:
            return spdx
    raise ValueError(f"{name} says no licence that is known: {told.get('License')}, {classifiers}")


def parts_of(licence: str) -> set[str]:
    """Return the licences in an SPDX expression."""
    return set(re.split(r" (?:AND|OR) ", licence))


def closure(extras: Iterable[str]) -> set[str]:
    """Return the names of all packages that kgdocs needs with these extras, as far as they are installed."""
    found: set[str] = set()
    left = deque([("kgdocs", frozenset(extras))])
    while left:
        name, wanted = left.popleft()
        for line in metadata.distribution(name).requires or ():
            need = Requirement(line)
            key = canonicalize_name(need.name)
            applies = need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *wanted))
            if applies and key not in found and _is_installed(key):
                found.add(key)
                left.append((key, frozenset(need.extras)))
    return found


def _is_installed(name: str) -> bool:
    return any(True for _ in metadata.distributions(name=name))


def listed() -> dict[str, str]:
    """Return name → licence as the page lists them."""
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def page() -> str:
    """Return the page, of all packages that are installed here."""
    rows, told = [], set[str]()
    for _, meaning, extras in _GROUPS:
        names = closure(extras.split(",")) - told
        rows += [f"| `{name}` | {licence_of(metadata.distribution(name))} | {meaning} |" for name in sorted(names)]
        told |= names
    return _HEAD + "| package | licence | needed by |\n|---|---|---|\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: {len(listed())} packages\n")
