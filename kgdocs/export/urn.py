"""The urn:lex of a document, after RFC 9676, made of its id and what is known of it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from kgdocs.grammar.names import CENTRAL

_YEAR = re.compile(r"[0-9]{4}")
_NOT_KNOWN = "unknown"


def urn_of(document: Mapping[str, Any]) -> str:
    """Return e.g. "urn:lex:vn;kien.giang:ubnd:ke.hoach:2024-02-20;47-kh-ubnd".

    Its parts are the place, the agency, the type, the date as far as it is known, and what else
    the id has. Two documents never share one: all parts of the id are in it.
    """
    place, year, rest = _parts(document["id"])
    areas = "" if place == [CENTRAL] else "".join(f";{_word(part)}" for part in place)
    agency = _word((document["agency_id"] or _NOT_KNOWN).rsplit("/", 1)[-1])
    kind = _word((document["type"] or _NOT_KNOWN).replace("_", "-"))
    issued_on = document["issued_on"] or ""
    date = issued_on if year and issued_on.startswith(year) else year or _NOT_KNOWN
    return f"urn:lex:vn{areas}:{agency}:{kind}:{date};{'.'.join(_safe(part) for part in rest)}"


def _parts(document_id: str) -> tuple[list[str], str | None, list[str]]:
    """An id as place, year (None where it has none) and what follows; the place is never empty."""
    head, *parts = document_id.split("/")
    if not parts:
        return [""], None, [head]
    years = [at for at, part in enumerate(parts[:-1]) if _YEAR.fullmatch(part)]
    if not years:
        return [head], None, parts
    return [head, *parts[: years[0]]], parts[years[0]], parts[years[0] + 1 :]


def _word(name: str) -> str:
    return _safe(name).replace("-", ".")


def _safe(part: str) -> str:
    return quote(part, safe="").replace(".", "%2E")
