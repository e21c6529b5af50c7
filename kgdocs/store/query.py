"""What a person types into a search box → full-text expressions and number keys.

The index holds exact spellings (`unicode61 remove_diacritics 0`). A word typed without
accents is expanded to the spellings that occur; a word typed with accents stays exact, but
"hoà" and "hòa" are one word. Punctuation only separates words: "56/2017" is a phrase.
"""

import itertools
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgdocs.grammar.folding import code_key, strip_marks, word_fold

MAX_WORDS = 32
MAX_SPELLINGS = 24
MAX_PHRASES = 64

_TOKEN = re.compile(r"[^\W_]+")
_NUMBER_WORDS = {"so"}
_SPELLINGS = "SELECT term FROM terms WHERE folded = ? ORDER BY documents DESC, term LIMIT ?"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query with the spellings that stand for it, the typed one first."""

    typed: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stood between two spaces; several words are a phrase: "211-KH/TU" → 211, kh, tu."""

    words: tuple[Word, ...]

    @property
    def is_number(self) -> bool:
        """True where a number begins: "211-KH/TU", "56/2017", "28"."""
        return self.words[0].typed[0].isdigit()

    def expression(self) -> str:
        """This phrase in the query language of FTS5."""
        if len(self.words) == 1:
            return _any(_quote([spelling]) for spelling in self.words[0].spellings)
        combined = itertools.product(*(word.spellings for word in self.words))
        return _any(_quote(phrase) for phrase in itertools.islice(combined, MAX_PHRASES))


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A way to read a query as a number: its key, the other words, and how it may go on.

    `open_ended`: more digits may follow ("56/20" is the beginning of 56/2017; "28" is not
    the beginning of 281). `exact_only`: a code among other words.
    """

    key: str
    rest: tuple[Phrase, ...]
    open_ended: bool = False
    exact_only: bool = False


def read_query(connection: sqlite3.Connection, text: str, *, loose: bool = False) -> tuple[Phrase, ...]:
    """Split `text` into phrases and look up their spellings; `loose` ignores typed accents."""
    phrases, left = [], MAX_WORDS
    for part in unicodedata.normalize("NFC", text).lower().split():
        tokens = _TOKEN.findall(part)[:left]
        left -= len(tokens)
        if tokens:
            phrases.append(Phrase(tuple(Word(token, _spellings(connection, token, loose)) for token in tokens)))
    return tuple(phrases)


def is_accented(text: str) -> bool:
    """True where `text` has a letter that loses something when its marks are stripped."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return strip_marks(lowered) != lowered


def match_expression(phrases: Sequence[Phrase]) -> str:
    """All phrases must occur, in any order and column."""
    return " AND ".join(phrase.expression() for phrase in phrases)


def phrase_expression(phrases: Sequence[Phrase]) -> str | None:
    """All words in this order, or None where there would be too many spellings of the phrase."""
    words = [word for phrase in phrases for word in phrase.words]
    count = 1
    for word in words:
        count *= len(word.spellings)
    if count > MAX_PHRASES:
        return None
    return _any(_quote(phrase) for phrase in itertools.product(*(word.spellings for word in words)))


def number_readings(phrases: Sequence[Phrase]) -> tuple[NumberReading, ...]:
    """The numbers that a query may mean: from its first number to the end, and each code in it."""
    first = next((place for place, phrase in enumerate(phrases) if phrase.is_number), None)
    if first is None:
        return ()
    tail = [word.typed for phrase in phrases[first:] for word in phrase.words]
    readings = [NumberReading(code_key(" ".join(tail)), _content(phrases[:first]), open_ended=len(tail) > 1)]
    for place, phrase in enumerate(phrases[first:], first):
        if phrase.is_number and len(phrase.words) > 1 and len(phrases) > first + 1:
            others = _content([*phrases[:place], *phrases[place + 1 :]])
            key = code_key(" ".join(word.typed for word in phrase.words))
            readings.append(NumberReading(key, others, exact_only=True))
    return tuple(reading for reading in readings if reading.key)


def _content(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Phrases without "số", which only announces a number."""
    return tuple(phrase for phrase in phrases if strip_marks(phrase.words[0].typed) not in _NUMBER_WORDS)


def _spellings(connection: sqlite3.Connection, word: str, loose: bool) -> tuple[str, ...]:
    """The typed word, then the spellings in the vocabulary that it stands for, the commonest first."""
    folded = strip_marks(word)
    if loose or folded == word:
        found = [term for (term,) in connection.execute(_SPELLINGS, (folded, MAX_SPELLINGS))]
        if folded not in (word, *found):
            found.append(folded)
    else:
        same = word_fold(word)
        every = connection.execute(_SPELLINGS, (folded, -1))
        found = [term for (term,) in every if word_fold(term) == same]
    return (word, *(term for term in found if term != word))


def _quote(words: Iterable[str]) -> str:
    return '"' + " ".join(words) + '"'


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"
