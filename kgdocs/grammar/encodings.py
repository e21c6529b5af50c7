"""Legacy encodings and misread UTF-8 (patterns/encodings.yml), compiled: how their text looks and what it says.

Text in a legacy encoding is handled as Windows-1252 shows it, one character per byte; the
five bytes that Windows-1252 leaves open are the control characters of Latin-1.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kgdocs.grammar.schema import EncodingsFile, LegacyEncoding, Misreading
from kgdocs.grammar.syllables import Syllables

_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
_LETTERS = "".join(sorted(letter for letter in _VIETNAMESE if len(letter) == 1 and not letter.isascii()))
_FREQUENT = "đĐưƯăâêạảậệịứẢỆ"
SHORT = 2000
"""Characters within which a text may lack the frequent letters."""
_WORD_WITHIN = 12
"""Characters on either side of a letter within which its word lies; the longest syllable has ten in VNI."""
_CONTROLS = re.compile("[\x80-\x9f]")


def single_bytes(codec: str) -> tuple[str, ...]:
    """The character of each byte in a single-byte encoding; bytes it leaves open are as in Latin-1."""
    shown = (bytes([value]).decode(codec, "replace") for value in range(256))
    return tuple(chr(value) if char == "\ufffd" else char for value, char in enumerate(shown))


_WINDOWS = {value: char for value, char in enumerate(single_bytes("cp1252")) if 0x80 <= value < 0xA0}


def as_windows(text: str) -> str:
    """Return `text`, of the same length, with control characters of Latin-1 as Windows-1252 shows their bytes."""
    return text.translate(_WINDOWS) if _CONTROLS.search(text) else text


class LegacyTable:
    """One legacy encoding: its words in a text, and what each says in Unicode."""

    def __init__(self, encoding: LegacyEncoding, syllables: Syllables) -> None:
        self.id, self.name = encoding.id, encoding.name
        self._syllables = syllables
        self._capitals = frozenset(encoding.capitals)
        self.letters = encoding.letters
        self._all = {**encoding.letters, **encoding.capitals}
        self._sure_codes = _any_of(encoding.letters)
        self._codes = _any_of(self._all)
        self.words = re.compile(f"[A-Za-z{_class(self._all)}]+")

    def read(self, word: str) -> tuple[str, tuple[int, ...]]:
        """Return a word in Unicode and, for each of its characters, the offset in `word`.

        Codes that may also be punctuation are letters where they make the word a syllable; a
        dash, a quote or a sign of currency that stands alone is what it looks like.
        """
        if (len(word) > 1 or unicodedata.category(word) in ("Lu", "Ll", "So")) and not self._capitals.isdisjoint(word):
            whole = self._substitute(self._codes, word)
            if whole[0] in self._syllables:
                return whole
        return self._substitute(self._sure_codes, word)

    def _substitute(self, codes: re.Pattern[str], word: str) -> tuple[str, tuple[int, ...]]:
        pieces, offsets, done = [], [], 0
        for match in codes.finditer(word):
            pieces += [word[done : match.start()], self._all[match.group()]]
            offsets += [*range(done, match.start()), match.start()]
            done = match.end()
        return "".join(pieces) + word[done:], (*offsets, *range(done, len(word)))


class MisreadTable:
    """One way to misread UTF-8: its characters as bytes, and how Vietnamese letters look in it."""

    def __init__(self, reading: Misreading) -> None:
        self.id, self.name = reading.id, reading.name
        shown = single_bytes(reading.codec)
        self._bytes = {char: value for value, char in enumerate(shown)}
        self.looks = {letter: "".join(shown[value] for value in letter.encode()) for letter in _LETTERS}
        self.letters = _any_of(self.looks.values())

    def undo(self, text: str) -> str | None:
        """The text as it was before it was misread; None where that cannot be said of every character."""
        try:
            return bytes([self._bytes[char] for char in text]).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None


class Encodings:
    """The compiled tables and the evidence that tells them from text that is already right."""

    def __init__(self, patterns: EncodingsFile) -> None:
        self.syllables = Syllables(patterns.syllables)
        self.common = frozenset(patterns.common)
        self.legacy = tuple(LegacyTable(encoding, self.syllables) for encoding in patterns.legacy)
        self.misread = tuple(MisreadTable(reading) for reading in patterns.misread)
        self._sequences = _any_of(
            [code for table in self.legacy for code in table.letters if len(code) > 1]
            + [look for table in self.misread for look in table.looks.values()]
        )
        self._strange = self._strange_looks(_LETTERS)
        self._strange_letter = re.compile(f"[{re.escape(self._strange)}]")
        self._strange_and_frequent = self._strange_looks(_FREQUENT)

    def _strange_looks(self, letters: str) -> str:
        """The characters by which these letters are told, where they are written in another encoding."""
        codes = {code for table in self.legacy for code, letter in table.letters.items() if letter in letters}
        leads = {look[0] for table in self.misread for letter, look in table.looks.items() if letter in letters}
        return "".join(sorted(char for char in {*"".join(codes), *leads} - _VIETNAMESE if not char.isascii()))

    def may_apply(self, text: str) -> bool:
        """False where nothing points to one of these encodings; cheap, for it is asked of every text.

        A long text has the frequent letters; in a short one every letter is looked for, and
        those too that look like other letters of Vietnamese and are told by the one before.
        """
        if text.isascii():
            return False
        if len(text) > SHORT:
            return any(char in text for char in self._strange_and_frequent)
        return any(char in text for char in self._strange) or bool(self._sequences.search(text))

    def has_common_word(self, text: str) -> bool:
        """False where no common word begins to show in a long text; spares weighing every word of it."""
        if len(text) <= SHORT:
            return True
        return any(
            table.read(word)[0].lower() in self.common
            for hit in self._strange_letter.finditer(text)
            for table in self.legacy
            for word in table.words.findall(text[max(0, hit.start() - _WORD_WITHIN) : hit.end() + _WORD_WITHIN])
            if not word.isascii()
        )


def _class(codes: Mapping[str, str]) -> str:
    """The characters of `codes` for a character class."""
    return re.escape("".join(sorted({char for code in codes for char in code if not "A" <= char <= "z"})))


def _any_of(codes: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches the longest of `codes` at a position."""
    return re.compile("|".join(re.escape(code) for code in sorted(codes, key=lambda code: (-len(code), code))))
