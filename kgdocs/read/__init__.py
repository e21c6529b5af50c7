"""File → Source and Layout: formats, Unicode and legacy repair with offsets back, the parts of a document."""

from kgdocs.read.files import read_source, source_of
from kgdocs.read.layout import read_layout
from kgdocs.read.register import read_register
from kgdocs.read.text import byte_offset

__all__ = ["byte_offset", "read_layout", "read_register", "read_source", "source_of"]
