"""What a form sends: read up to a limit, fields and files told apart; nothing of it is written anywhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from kgdocs.errors import KgdocsError

Receive = Callable[[], Awaitable[Any]]
MAX_BYTES = 2 * 1024 * 1024
"""What one form may send, its fields and names included."""
MAX_FIELDS = 20
SENT = "kgdocs.sent"
"""In the scope of a request: what its form sent."""


class Refused(KgdocsError):
    """What was sent cannot be taken: answered with 400; the message is a key of strings.yml."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """The fields of a form, and its files as (name, bytes); a file that was not chosen is left out."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


async def read_body(receive: Receive) -> bytes | None:
    """Return the body of a request, None where it is longer than MAX_BYTES."""
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":  # the client went away
            return None
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > MAX_BYTES:
            return None
        more = message.get("more_body", False)
    return b"".join(pieces)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives `body` once, then what comes after it."""
    given = False

    async def again() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def posted(content_type: str, body: bytes) -> Posted:
    """Return what a form sent; a body of plain text is the draft itself. Raises Refused where it is no form."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return Posted(files={"tep": ("-.txt", body)})
    if kind == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
        except ValueError as error:
            raise Refused("check.bad_form") from error
        return Posted(fields=dict(pairs))
    if kind == "multipart/form-data":
        return _parts(content_type, body)
    raise Refused("check.bad_form")


def _parts(content_type: str, body: bytes) -> Posted:
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if not parts or len(parts) > MAX_FIELDS:
        raise Refused("check.bad_form")
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise Refused("check.bad_form")
        filename = part.get_filename()
        if filename:
            files[name] = (filename, content)
        elif filename is None:
            fields[name] = content.decode("utf-8", "replace")
    return Posted(fields=fields, files=files)
