"""How much of anything one file may take. Each limit is a whole number that an environment variable may change.

A file that reaches one is rejected with the limit in its reason; docs/formats.md lists them all.
"""

import os
from dataclasses import dataclass

from kgdocs.errors import UsageError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """A number with its default, and the environment variable that changes it."""

    variable: str
    default: int
    meaning: str

    @property
    def value(self) -> int:
        """The number in force; raises UsageError where the variable holds no whole number above 0."""
        told = os.environ.get(self.variable, "").strip()
        if not told:
            return self.default
        if told.isascii() and told.isdigit() and int(told) > 0:
            return int(told)
        raise UsageError(f"{self.variable} must be a whole number above 0, not {told!r}.")

    @property
    def bytes(self) -> int:
        """The number in force of megabytes, in bytes."""
        return self.value * MEGABYTE


FILE_MB = Limit("KGDOCS_FILE_MB", 64, "size of a file, or of a member of an archive, in MB")
UNPACKED_MB = Limit("KGDOCS_UNPACKED_MB", 128, "size of a Word or Excel file when unpacked, in MB")
PARTS = Limit("KGDOCS_PARTS", 5000, "parts of a Word or Excel file")
RATIO = Limit("KGDOCS_RATIO", 200, "unpacked to packed size of an Excel file, from 4 MB on")
ROWS = Limit("KGDOCS_ROWS", 300_000, "rows of a workbook")
CELLS = Limit("KGDOCS_CELLS", 5_000_000, "cells of a workbook")
PAGES = Limit("KGDOCS_PAGES", 5000, "pages of a PDF")
CHARACTERS = Limit("KGDOCS_CHARACTERS", 40_000_000, "characters of the text of a PDF")
NODES = Limit("KGDOCS_NODES", 2_000_000, "elements and pieces of text of a web page")
MEMBERS = Limit("KGDOCS_MEMBERS", 10_000, "members of an archive or a mail")
ARCHIVE_MB = Limit("KGDOCS_ARCHIVE_MB", 1024, "size of all members of an archive together, in MB")
SECONDS = Limit("KGDOCS_SECONDS", 60, "seconds for reading one file of a foreign format")
MEMORY_MB = Limit("KGDOCS_MEMORY_MB", 2048, "memory for reading one file of a foreign format, in MB")
OCR_PAGES = Limit("KGDOCS_OCR_PAGES", 300, "pages of a scan")
OCR_PAGE_SECONDS = Limit("KGDOCS_OCR_PAGE_SECONDS", 60, "seconds for one page of a scan")
OCR_SECONDS = Limit("KGDOCS_OCR_SECONDS", 1800, "seconds for all pages of a scan")
OCR_PIXELS = Limit("KGDOCS_OCR_PIXELS", 60_000_000, "points of a picture of a page")

ALL = (
    FILE_MB, UNPACKED_MB, PARTS, RATIO, ROWS, CELLS, PAGES, CHARACTERS, NODES, MEMBERS, ARCHIVE_MB, SECONDS, MEMORY_MB,
    OCR_PAGES, OCR_PAGE_SECONDS, OCR_SECONDS, OCR_PIXELS,
)  # fmt: skip


def check_limits() -> None:
    """Raise UsageError where a variable holds no number, before a file is read by it."""
    for limit in ALL:
        limit.value  # noqa: B018
