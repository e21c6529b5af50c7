"""Register, dated agencies, resolving references to documents; the only place for rapidfuzz."""

from kgdocs.link.linker import join, link

__all__ = ["join", "link"]
