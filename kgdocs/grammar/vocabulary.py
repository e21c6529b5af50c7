"""The spellings that tokens of symbols have, and the way back from damaged ones."""

from collections.abc import Iterable, Iterator

from kgdocs.grammar.folding import strip_marks

_CONFUSED = ("ĐD", "ĐB", "ĐP", "O0Q", "I1L", "S5", "gq9", "ri")
"""Characters that scanning and typing take for one another (reference §3.10)."""


_SCANNED = str.maketrans("OolI", "0011")


def scanned_digits(text: str) -> str:
    """`text` with the letters that scanning makes of 0 and 1 undone, where it is nothing but such letters and digits."""
    plain = text.translate(_SCANNED)
    return plain if plain.isascii() and plain.isdigit() else text


class Vocabulary:
    """The spellings that tokens of symbols have, and the way back from damaged ones."""

    def __init__(self, tokens: Iterable[str]) -> None:
        """Index the official spellings."""
        self._exact = frozenset(tokens)
        folded: dict[str, set[str]] = {}
        for token in self._exact:
            folded.setdefault(strip_marks(token).lower(), set()).add(token)
        self._folded = {key: found.pop() for key, found in folded.items() if len(found) == 1}

    def __contains__(self, token: str) -> bool:
        """True for an official spelling."""
        return token in self._exact

    def repaired(self, token: str) -> str | None:
        """The one official spelling that `token` damages (case, lost marks, confused letter), or None."""
        if token in self._exact:
            return token
        if len(token) < 2:
            return None
        if token.upper() in self._exact:
            return token.upper()
        if found := self._folded.get(strip_marks(token).lower()):
            return found
        found_all = {variant for variant in _confusions(token) if variant in self._exact}
        one = found_all.pop() if len(found_all) == 1 else None
        return one if one and (len(token) > 3 or (len(token) == 3 and not one.isupper())) else None


def _confusions(token: str) -> Iterator[str]:
    """Yield `token` with one letter exchanged for one that is taken for it."""
    for position, char in enumerate(token):
        for group in _CONFUSED:
            if char in group:
                yield from (token[:position] + other + token[position + 1 :] for other in group if other != char)
