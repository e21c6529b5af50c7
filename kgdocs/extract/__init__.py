"""Source text + rules → references and the relations a text asserts; the only place for spaCy."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgdocs.extract.extractor import Extractor

__all__ = ["Extractor"]


def __getattr__(name: str) -> Any:
    """Import the extractor when it is first asked for: `beside` is there before anything is loaded."""
    if name != "Extractor":
        raise AttributeError(f"module 'kgdocs.extract' has no attribute {name!r}")
    return importlib.import_module("kgdocs.extract.extractor").Extractor
