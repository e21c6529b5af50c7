"""Datasette's own pages, kept as the expert view, in our two languages: their words come from strings.yml.

The templates stay Datasette's; only words of theirs are exchanged while they are loaded. A key
`stock.…` has in English the words exactly as they stand in those templates, between tags or in an
attribute. A word that another version of Datasette no longer has is simply not found.
"""

import re
from collections.abc import Callable
from functools import cache

from jinja2 import BaseLoader, Environment
from jinja2.runtime import Context
from jinja2.utils import pass_context

from kgdocs.publish.strings import LANGUAGES, load_strings

PREFIX, OPERATORS = "stock.", "stock_op."
_BEFORE, _AFTER = r'(?P<before>[>"}]\s*)', r'(?=\s*(?:["<{,:]|$))'
_DISPLAYED = re.compile(r">\{\{ (display|show_hide_text|item\.label) \}\}<")
"""How templates show words that Datasette's own code chooses: operators of filters, "hide", "home"."""


class StockLoader(BaseLoader):
    """Loads Datasette's templates with its words exchanged for ours."""

    def __init__(self, stock: BaseLoader) -> None:
        """Keep the loader of the templates as they are."""
        self._stock = stock

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template; raises TemplateNotFound as the loader beneath does."""
        source, path, fresh = self._stock.get_source(environment, template)
        return translated(source), path, fresh

    def list_templates(self) -> list[str]:
        """Return what there is."""
        return self._stock.list_templates()


def translated(source: str) -> str:
    """Return the source of a stock template with a choice of language in place of each word that we know."""
    source = source.replace("<html>", '<html lang="{{ stock_language() }}">').replace(
        '<html lang="en">', '<html lang="{{ stock_language() }}">'
    )
    pattern, words = _catalogue()
    source = pattern.sub(lambda match: match["before"] + _choice(match["word"], words[match["word"]]), source)
    return _DISPLAYED.sub(r">{{ stock_word(\1) }}<", source)


def _choice(english: str, vietnamese: str) -> str:
    return f'{{% if stock_language() == "{LANGUAGES[0]}" %}}{vietnamese}{{% else %}}{english}{{% endif %}}'


@cache
def _catalogue() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words as the templates have them, the longest first, and what each is in Vietnamese."""
    words = {one["en"]: one["vi"] for key, one in load_strings().items() if key.startswith(PREFIX)}
    any_word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(f"{_BEFORE}(?P<word>{any_word}){_AFTER}", re.MULTILINE), words


@pass_context
def stock_language(context: Context) -> str:
    """Return the language that a page of Datasette is asked for in."""
    request = context.get("request")
    asked = request.args.get("_lang") if request is not None else None  # "lang" would be the name of a column
    return asked if asked in LANGUAGES else LANGUAGES[0]


@pass_context
def stock_word(context: Context, display: str) -> str:
    """Return our word for one that Datasette's own code chooses ("contains", "hide"), itself where we have none."""
    known = load_strings().get(OPERATORS + display.replace(" ", "_"))
    return known[stock_language(context)] if known else display
