"""kgdocs: which document carries out which directive, on what evidence, and what is missing.

`extract(text)` reads one text, `build(paths, db)` makes a database, `load_graph(db)` gives
its graph. Each imports what it needs when it is first used.
"""

from typing import Any

__version__ = "0.1.0"

__all__ = ["build", "extract", "load_graph"]

_HOMES = {
    "build": "kgdocs.pipeline.build",
    "extract": "kgdocs.pipeline.library",
    "load_graph": "kgdocs.pipeline.library",
}


def __getattr__(name: str) -> Any:
    """Import a public function from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kgdocs' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
