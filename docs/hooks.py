"""The language of each page of the documentation, for mkdocs: the words of the theme, screen readers and hyphenation go by it."""

from typing import Any

_VIETNAMESE = "vi/"


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Have a page drawn in the language that its text is in; pages are drawn one after another."""
    config.theme["language"] = "vi" if page.file.src_uri.startswith(_VIETNAMESE) else "en"
    return context
