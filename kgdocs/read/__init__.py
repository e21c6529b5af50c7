"""File → Source and Layout: formats, Unicode repair with offsets back, the parts of a document."""

from kgdocs.read.files import read_source, source_of
from kgdocs.read.layout import read_layout
from kgdocs.read.register import read_register

__all__ = ["read_layout", "read_register", "read_source", "source_of"]
