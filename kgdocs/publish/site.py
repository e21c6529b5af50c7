"""One kgdocs site inside a Datasette instance: its database, its permission, its addresses."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit

from kgdocs.errors import DatabaseError, KgdocsError
from kgdocs.models.days import is_day
from kgdocs.pipeline import questions
from kgdocs.publish.document.parts import SURE
from kgdocs.publish.strings import LANGUAGES, Words
from kgdocs.publish.versions import may_view

T = TypeVar("T")
_TIME_LIMIT_MS = 5000
"""The time that the database has for one page of ours."""
_SITES: "WeakKeyDictionary[Any, Site]" = WeakKeyDictionary()


class Missing(KgdocsError):
    """What was asked for does not exist: answered with 404."""


class Invalid(KgdocsError):
    """An argument does not fit: answered with 400 and this one sentence."""


class Slow(KgdocsError):
    """The database did not answer within the time for one page: answered with 503."""


class Moved(KgdocsError):
    """A document has another id now, the one given: answered with 301."""


class Elsewhere(KgdocsError):
    """What was asked is shown at another address, the one given: answered with 302."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a page was asked: the document id in its path, its arguments, its language, its format (".json" or "")."""

    words: Words
    base: str
    document_id: str
    arguments: Mapping[str, tuple[str, ...]]
    form: str = ""

    def one(self, name: str, default: str = "") -> str:
        """Return the first value of an argument, trimmed."""
        return (self.arguments.get(name) or (default,))[0].strip()

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of an argument."""
        return tuple(value for value in self.arguments.get(name, ()) if value)

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """Return an argument as a whole number within bounds, `default` where it is none."""
        text = self.one(name)
        return min(max(int(text[:9]), low), high) if text.isascii() and text.isdigit() else default

    def url(self, path: str, fragment: str = "", /, **arguments: Any) -> str:
        """Return the address of a page of ours, in the language of this one."""
        kept = {name: value for name, value in arguments.items() if value not in (None, "", ())}
        if self.words.language != LANGUAGES[0]:
            kept["lang"] = self.words.language
        query = urlencode(kept, doseq=True)
        return self.base + quote(path) + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")

    def document(self, document_id: str, fragment: str = "") -> str:
        """Return the address of a document's page."""
        return self.url(f"/van-ban/{document_id}", fragment)

    def dossier(self, document_id: str, fragment: str = "") -> str:
        """Return the address of a directive's dossier."""
        return self.url(f"/tuan-thu/{document_id}", fragment)

    def spot(self, document_id: str, one: Mapping[str, Any]) -> str:
        """Return the address of a place in a document's text, as `spots.place` gives it, in whatever part it is."""
        mention = one.get("mention_id")
        start = one["mention_start"] if mention else one.get("start")
        if start is None:
            return self.document(document_id, "text")
        where = {"luot": mention} if mention else {"vi-tri": f"{one['source_id'][:8]}-{start}"}
        fragment = f"m{mention}" if mention else f"v{where['vi-tri']}"
        return self.url(f"/van-ban/{document_id}", fragment, **(where if start >= SURE else {}))

    def lineage(self, document_id: str, fragment: str = "", /, **arguments: Any) -> str:
        """Return the address of a document's lineage page."""
        return self.url(f"/dong-van-ban/{document_id}", fragment, **arguments)

    def day(self, name: str) -> str | None:
        """Return an argument that is a day ("2024-07-05"), None where it is not given; raises Invalid where it is none."""
        text = self.one(name)
        if text and not is_day(text):
            raise Invalid(self.words.t("site.bad_day", value=text[:40]))
        return text or None


@dataclass(frozen=True, slots=True)
class Site:
    """The pages over one database of ours."""

    datasette: Any
    database: str

    async def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Run a question on the database, within the time for one page."""

        def limited(connection: sqlite3.Connection) -> T:
            try:
                with sqlite_timelimit(connection, _TIME_LIMIT_MS):
                    return question(connection)
            except sqlite3.OperationalError as error:
                if str(error) == "interrupted":
                    raise Slow from error
                raise

        answer: T = await self.datasette.get_database(self.database).execute_fn(limited)
        return answer

    async def allows(self, actor: Any) -> bool:
        """Tell whether `actor` may see the database, and with it every page of ours."""
        return await may_view(self.datasette, actor, self.database)


def site_of(datasette: Any) -> Site | None:
    """Return the site over the first database of ours, None where `datasette` serves none."""
    if datasette not in _SITES:
        found = (_site(datasette, name) for name in datasette.databases)
        site = next((one for one in found if one), None)
        if site is None:
            return None
        _SITES[datasette] = site
    return _SITES[datasette]


def _site(datasette: Any, name: str) -> Site | None:
    """Return the site over the database `name` if kgdocs made it."""
    path = datasette.databases[name].path
    try:
        questions.check_ours(Path(path or ""))
    except DatabaseError:
        return None
    return Site(datasette, name)


def query_of(site: Site, request: Any, document_id: str = "") -> Query:
    """Return what `request` asks for, `?lang=en` included."""
    arguments = {name: tuple(request.args.getlist(name)) for name in request.args}
    asked = (arguments.get("lang") or LANGUAGES)[0]
    words = Words(asked if asked in LANGUAGES else LANGUAGES[0])
    form = request.url_vars.get("format") or ""
    return Query(words, site.datasette.setting("base_url").rstrip("/"), document_id, arguments, form)
