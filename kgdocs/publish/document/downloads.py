"""The text of a source as a file: exactly the text that all offsets count in."""

import re
import sqlite3

from datasette import Response

from kgdocs.publish import records
from kgdocs.publish.lineage import found_document
from kgdocs.publish.site import Missing, Query


def source_text(connection: sqlite3.Connection, query: Query) -> tuple[str, str]:
    """Return a file name and the text of the source asked for by `nguon` (from 1, in the order of the page).

    Raises Missing where there is no such document or source or it has no text, Moved where it has another id.
    """
    row = found_document(connection, query.document_id)
    found = [source["id"] for source in records.sources(connection, row["id"]) if source["length"]]
    number = query.whole("nguon", 1, 0, len(found) + 1)
    if not 1 <= number <= len(found):
        raise Missing(row["id"])
    ending = f"-{number}" if number > 1 else ""
    return re.sub(r"[^a-z0-9-]+", "-", row["id"]) + f"{ending}.txt", records.text(connection, found[number - 1])


def text_answer(name: str, text: str) -> Response:
    """Return a text to be saved, no character changed."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type="text/plain; charset=utf-8")
