"""File → Source and Layout: formats, Unicode and legacy repair with offsets back, the parts of a document."""

from kgdocs.read.containers import container_source, is_container, members
from kgdocs.read.corrections import read_corrections
from kgdocs.read.files import REGISTER_FORMATS, file_content, read_source, rejected, source_of, source_of_upload
from kgdocs.read.layout import read_layout
from kgdocs.read.programs import PROGRAMS
from kgdocs.read.register import read_register, read_sheets
from kgdocs.read.text import byte_offset
from kgdocs.read.word import Comment, commented, word_text

__all__ = [
    "PROGRAMS",
    "REGISTER_FORMATS",
    "Comment",
    "byte_offset",
    "commented",
    "container_source",
    "file_content",
    "is_container",
    "members",
    "read_corrections",
    "read_layout",
    "read_register",
    "read_sheets",
    "read_source",
    "rejected",
    "source_of",
    "source_of_upload",
    "word_text",
]
