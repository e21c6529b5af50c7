"""docs/reference/api.md: what the pages of the site answer to other programs, as the page /api says it."""

from kgdocs.publish.api import ENTRIES
from kgdocs.publish.strings import Words
from tests.reference.markdown import code, page, plain, table

_HEAD = """The same addresses answer people with pages and programs with JSON or CSV; a site says so itself at `/api` and `/api.json`. Names are fixed,
more may be added. `ID` is the id of a document, such as `trung-uong/2023/28-ct-tw`; an old id is answered with a redirect to the present one.
Errors are JSON where JSON was asked: 400 for an argument that does not fit, 403, 404, 405, 500, 503 for a question that took too long. Datasette's
own pages and their JSON are there as well, below the name of the database; see [the database](database.md).

In Python, `kgdocs.extract`, `kgdocs.build`, `kgdocs.check` and `kgdocs.load_graph` do what the commands do."""


def content() -> str:
    """Return the page."""
    words = Words("en")
    parts = [_HEAD]
    for entry in ENTRIES:
        name = entry.path.strip("/").replace("/", ".") or "home"
        forms = [f"/{form}" if entry.path == "/" else f"{entry.path}{form}" for form in entry.forms]
        parts += [f"## {code(entry.path)}", plain(words.t(f"api.what.{name}"))]
        parts += [f"Answers as {', '.join(map(code, forms))}. Names in its JSON: {', '.join(map(code, entry.fields))}."]
        if entry.arguments:
            rows = [(code(one), plain(words.t(f"api.argument.{one}"))) for one in entry.arguments]
            parts.append(table(("argument", "is"), rows))
    return page("API of the site", "kgdocs/publish/api.py and datasette/strings.yml", *parts)
