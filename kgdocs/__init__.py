"""kgdocs: which document carries out which directive, on what evidence, and what is missing.

`extract(text)` reads one text, `build(paths, db)` makes a database, `load_graph(db)` gives
its graph, `check(path, db)` verifies the citations of a draft. Each imports what it needs when it is first used.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

__all__ = ["build", "check", "extract", "load_graph"]

_HOMES = {
    "build": "kgdocs.pipeline.build",
    "check": "kgdocs.pipeline.checking.check",
    "extract": "kgdocs.pipeline.library",
    "load_graph": "kgdocs.pipeline.library",
}


class _Library(ModuleType):
    """The package, in which `extract` is the function although a stage has the same name.

    Importing the stage would bind it here; `from kgdocs.extract import …` does not need that.
    """

    @property
    def extract(self) -> Any:
        """The function that reads one text."""
        return __getattr__("extract")

    @extract.setter
    def extract(self, stage: ModuleType) -> None:
        """Let the import system have its way without hiding the function."""


def __getattr__(name: str) -> Any:
    """Import a public function from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kgdocs' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


sys.modules[__name__].__class__ = _Library
