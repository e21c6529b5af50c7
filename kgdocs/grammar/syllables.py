"""Which strings are Vietnamese syllables, by onset, rhyme and tone (patterns/encodings.yml)."""

import unicodedata

from kgdocs.grammar.schema import SyllableParts

_ACUTE = "\u0301"
_TONES = ("", "\u0300", "\u0309", "\u0303", _ACUTE, "\u0323")
_STOP_TONES = (_ACUTE, "\u0323")
"""Syllables that end in c, ch, p or t have the acute or the dot."""


class Syllables:
    """The syllables that can be written: `word in syllables`, in lower case, capitals or with a first capital."""

    def __init__(self, parts: SyllableParts) -> None:
        rhymes = {toned for rhyme in parts.rhymes for toned in _toned(rhyme)}
        front = {rhyme for rhyme in rhymes if unicodedata.normalize("NFD", rhyme)[0] in "iey"}
        self._rhymes = (
            dict.fromkeys(("", *parts.onsets), rhymes)
            | dict.fromkeys(parts.before_front, front)
            | dict.fromkeys(parts.before_back, rhymes - front)
        )

    def __contains__(self, word: str) -> bool:
        """Compare onset and rhyme with the tables; "nGhị" is none."""
        lowered = word.lower()
        if word[1:] != lowered[1:] and word != word.upper():
            return False
        return any(lowered[cut:] in self._rhymes.get(lowered[:cut], ()) for cut in range(4))


def _toned(rhyme: str) -> list[str]:
    """A rhyme, given with the acute, in every tone that it can have."""
    decomposed = unicodedata.normalize("NFD", rhyme)
    tones = _STOP_TONES if rhyme.endswith(("c", "ch", "p", "t")) else _TONES
    return [unicodedata.normalize("NFC", decomposed.replace(_ACUTE, tone)) for tone in tones]
