"""Text in a legacy encoding, or UTF-8 that was misread → Unicode, with the way back (reference §3.9).

The encoding is decided for the document as a whole, by what its words say when read in it:
to convert text that is right would be worse than to leave text that is not.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kgdocs.grammar.encodings import Encodings, LegacyTable, MisreadTable, as_windows

_SYLLABLES_FROM = 0.6
"""Share of words that must be Vietnamese syllables; in French, German or English it is below a third."""
_PER_UNICODE_WORD = 50
"""Words that must become Vietnamese for each that is Vietnamese already."""
_MIXED_FROM = 2
"""Common words, or misread letters, in another encoding from which a text left as it is has a warning."""

_WORD = re.compile(r"[^\W\d_]+")
_UNICODE_LETTER = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
"""Letters of Vietnamese that no encoding from before Unicode shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """A text after the search for legacy encodings.

    `encoding` is None where it stays as found, with a `warning` where only part of it could
    be converted. `offsets` lead from each character of `text`, and its end, to the text as found.
    """

    text: str
    encoding: str | None = None
    offsets: tuple[int, ...] | None = None
    warning: str | None = None


@dataclass(slots=True)
class _Evidence:
    """Words that become Vietnamese, those of them that are common, all syllables, and the words that are none."""

    gained: int = 0
    common: int = 0
    syllables: int = 0
    others: int = 0

    @property
    def is_vietnamese(self) -> bool:
        """True where most words are syllables."""
        return self.syllables > 0 and self.syllables >= _SYLLABLES_FROM * (self.syllables + self.others)


def recover(found: str, encodings: Encodings) -> Recovery:
    """Convert a text that is clearly in a legacy encoding, or was misread; leave any other as it is."""
    if not encodings.may_apply(found):
        return Recovery(text=found)
    recovery = _recover_misread(found, encodings)
    if recovery.encoding or recovery.warning or not encodings.has_common_word(as_windows(found)):
        return recovery
    return recover_legacy(found, encodings)


def recover_legacy(found: str, encodings: Encodings, at_least: int = 1) -> Recovery:
    """Convert a text that is clearly in a legacy encoding, shown as Windows-1252 or Latin-1.

    `at_least` is the number of common words that must show.
    """
    shown = as_windows(found)
    weighed = [(_weigh(shown, table, encodings), table) for table in encodings.legacy]
    evidence, table = max(weighed, key=lambda pair: (pair[0].common, pair[0].gained))
    if evidence.common < at_least:
        return Recovery(text=found)
    already = sum(word in encodings.syllables for word in _WORD.findall(shown) if _UNICODE_LETTER.search(word))
    if evidence.is_vietnamese and evidence.gained >= _PER_UNICODE_WORD * already:
        text, offsets = _convert(shown, table)
        return Recovery(
            text=text, encoding=table.id, offsets=offsets, warning=f"Đã chuyển văn bản từ {table.name} sang Unicode."
        )
    if evidence.common < _MIXED_FROM:
        return Recovery(text=found)
    return Recovery(
        text=found, warning=f"Có {evidence.gained} từ viết bằng {table.name}, giữ nguyên vì cả văn bản không như vậy."
    )


def _weigh(shown: str, table: LegacyTable, encodings: Encodings) -> _Evidence:
    """What the words of a text say when read in one legacy encoding."""
    return _evidence(table.words.findall(shown), lambda word: table.read(word)[0], encodings)


def _evidence(words: Iterable[str], read: Callable[[str], str], encodings: Encodings) -> _Evidence:
    """Count the words, as `read` gives them; single letters and abbreviations say nothing."""
    evidence = _Evidence()
    for word, count in Counter(words).items():
        said = read(word)
        for part in _WORD.findall(said):
            if part in encodings.syllables:
                evidence.syllables += count
            elif len(part) > 1 and part[1:] == part[1:].lower():
                evidence.others += count
        core = said.strip("“”‘’–—…•")
        if said != word and core in encodings.syllables and word not in encodings.syllables:
            evidence.gained += count
            evidence.common += count if core.lower() in encodings.common else 0
    return evidence


def _convert(shown: str, table: LegacyTable) -> tuple[str, tuple[int, ...]]:
    """The text read in one legacy encoding, and the offset of each of its characters in `shown`."""
    known: dict[str, tuple[str, tuple[int, ...]]] = {}
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in table.words.finditer(shown):
        start, word = match.start(), match.group()
        if word not in known:
            known[word] = table.read(word)
        said, inside = known[word]
        pieces += [shown[done:start], said]
        offsets.extend(range(done, start))
        offsets.extend(start + offset for offset in inside)
        done = match.end()
    return "".join(pieces) + shown[done:], (*offsets, *range(done, len(shown) + 1))


def _recover_misread(found: str, encodings: Encodings) -> Recovery:
    """Undo a misreading of UTF-8 where every character can be undone and the result is Vietnamese."""
    for table in encodings.misread:
        text = table.undo(found)
        if text is None or not table.letters.search(found):
            continue
        evidence = _evidence(_WORD.findall(text), str, encodings)
        if evidence.is_vietnamese:
            widths = (len(char.encode()) for char in text)
            offsets = tuple(itertools.accumulate(widths, initial=0))
            return Recovery(
                text=text, encoding=table.id, offsets=offsets, warning=f"Đã khôi phục văn bản {table.name}."
            )
    return _damaged(found, encodings.misread)


def _damaged(found: str, tables: Iterable[MisreadTable]) -> Recovery:
    """A text left as it is, with a warning where letters of it were misread."""
    for table in tables:
        if (letters := len(table.letters.findall(found))) >= _MIXED_FROM:
            return Recovery(
                text=found, warning=f"Có {letters} chữ {table.name}, giữ nguyên vì không khôi phục được cả văn bản."
            )
    return Recovery(text=found)
