"""Source text + rules → references and the relations a text asserts; the only place for spaCy."""

from kgdocs.extract.extractor import Extractor

__all__ = ["Extractor"]
