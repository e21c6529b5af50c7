"""What the site of the documentation says of its pages' languages: screen readers and hyphenation go by it."""

from typing import Any

_VIETNAMESE = "vi/"


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Return the page with the language that its text is in, for mkdocs."""
    if page.file.src_uri.startswith(_VIETNAMESE):
        return output.replace('<html lang="en"', '<html lang="vi"', 1)
    return output
