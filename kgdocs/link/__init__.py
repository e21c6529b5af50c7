"""Register, dated agencies, resolving references to documents; the only place for rapidfuzz."""

from kgdocs.link.linker import link

__all__ = ["link"]
