"""The functions that programs call: one text in, values out (design §7)."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from kgdocs.extract import Extractor
from kgdocs.extract.matching import Compile, TagMatcher
from kgdocs.grammar import Rules, load_rules
from kgdocs.models import Extraction
from kgdocs.pipeline import questions
from kgdocs.read import read_layout
from kgdocs.store.database import open_readonly


@lru_cache(maxsize=1)
def rules_at_hand() -> Rules:
    """Return the rules, read when a program first asks."""
    return load_rules()


@lru_cache(maxsize=1)
def tools(compiled: Compile = TagMatcher) -> tuple[Rules, Extractor]:
    """Return rules and extractor, made when a program first asks; `compiled` as `beside` yields it."""
    rules = rules_at_hand()
    return rules, Extractor(rules, compiled)


def extract(text: str) -> Extraction:
    """Return the references and relations of `text`; offsets refer to its NFC form."""
    rules, extractor = tools()
    normal = unicodedata.normalize("NFC", text)
    return extractor.extract(normal, read_layout(normal, rules))


def load_graph(db: str | Path, *, as_of: str | None = None) -> "questions.Graph":
    """Return the graph of a database, a networkx MultiDiGraph: nodes are document ids, edges relations with evidence.

    `docs/graph.md` lists their attributes. With `as_of`, a day like "2024-07-05", only what stood on that
    day. Raises DatabaseError when `db` is missing or not made by kgdocs, UsageError when `as_of` is no day.
    """
    connection = open_readonly(Path(db))
    try:
        return questions.load_graph(connection, as_of)
    finally:
        connection.close()
