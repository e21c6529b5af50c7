"""Spelling made comparable: the folds that matching, comparing, searching and ids rest on.

`scan_fold` keeps the length of the text, so that offsets into its result are offsets into
the text itself. The other folds make keys and lose the offsets.
"""

import re
import unicodedata
from functools import lru_cache

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\f\v"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SLASHES = "\u2044\u2215\uff0f\\"
_CYRILLIC = dict(zip("АВСЕНКМОРТХ", "ABCEHKMOPTX", strict=True))
_FULL_WIDTH = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}

_SCAN: dict[int, str] = str.maketrans(
    _FULL_WIDTH
    | _CYRILLIC
    | dict.fromkeys(_SPACES + _INVISIBLE + "_*\r", " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SLASHES, "/")
    | {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
)
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _SCAN) + "]")
_MARKUP = re.compile(r"<[^<>]{1,400}>|&#?\w{2,8};|\]\([^()\s]{1,300}\)|\[(?=[^\[\]\n]{1,200}\]\([^()\s]{1,300}\))")
_SCANNED_Q = re.compile("Ọ(?=u|Đ(?!\\w))")
"""What scanning makes of "Quyết định" and "QĐ"; no Vietnamese word is written so."""
_CODE_UNDERSCORE = re.compile(r"(?<=[0-9]/)([A-ZĐ][A-Za-zĐđ]{0,5})_(?=[A-ZĐ])")
_NUMERIC_ENTITY = re.compile(r"&#(?:x(?P<hex>[0-9a-f]{1,6})|(?P<decimal>[0-9]{1,7}));")

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_TONE_PLACEMENT = {
    plain + unicodedata.normalize("NFC", vowel + mark): unicodedata.normalize("NFC", plain + mark) + vowel
    for plain, vowel in ("oa", "oe", "uy")
    for mark in _TONE_MARKS
}
_TONE_PAIR = re.compile("|".join(_TONE_PLACEMENT) + r"|qui(?!\w)|[íìỉĩị](?!\w)")
_Y_FOR_I = dict(zip("íìỉĩị", "ýỳỷỹỵ", strict=True)) | {"qui": "quy"}
_OTHER_SPELLING = {new: old for old, new in _TONE_PLACEMENT.items()} | {y: i for i, y in _Y_FOR_I.items()}
_TWO_SPELLINGS = re.compile("|".join(_TONE_PLACEMENT.values()) + r"|quy(?!\w)|(?<=(?<!\w)[hklmst])[ýỳỷỹỵ](?!\w)")
_MAX_MIXED = 3
_Y_AFTER = "hklmst"
"""Consonants after which both spellings are met: lí/lý, kĩ/kỹ, mĩ/mỹ, sĩ/sỹ, tỉ/tỷ, hi/hy (reference §3.8)."""


def scan_fold(text: str) -> str:
    """Return `text`, of the same length, with look-alikes unified and markup blanked.

    Dashes, slashes, spaces, Đ look-alikes, homoglyphs, Markdown emphasis, word joints of
    segmented texts ("Luật_Trẻ_em") and tags are made plain (reference §3.2, §3.8).
    """
    if "_" in text:
        text = _CODE_UNDERSCORE.sub(r"\1.", text)  # "62/QĐ_HĐBT"; elsewhere "_" joins the syllables of a word
    if "Ọ" in text:
        text = _SCANNED_Q.sub("Q", text)
    if "<" in text or "&" in text or "](" in text:
        text = _MARKUP.sub(_blank, text)
    return _ODD.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    """The plain character for an odd one; odd ones are rare, so that this beats translating every character."""
    return _SCAN[ord(match.group())]


def _blank(match: re.Match[str]) -> str:
    """Replace markup by what it stands for, padded with spaces to its length."""
    found = match.group()
    if found.startswith("]("):
        return "\x1f" * len(found)  # white space that a code may hold whatever its length: "[63](address)/KHPH"
    return _entity(found.lower()).ljust(len(found))


def _entity(found: str) -> str:
    """The plain separator that an HTML entity stands for ("&#8209;" → "-"); a blank for any other markup."""
    number = _NUMERIC_ENTITY.fullmatch(found)
    if number is None:
        return "&" if found == "&amp;" else " "
    code = int(number["hex"], 16) if number["hex"] else int(number["decimal"])
    char = chr(code) if code < 0x110000 else " "
    plain = _SCAN.get(code, char)
    return plain if plain in "/-" else " "


def word_fold(text: str) -> str:
    """Return `text`, of the same length, in lower case, "hoà" as "hòa" and "lí" as "lý"."""
    return _TONE_PAIR.sub(_one_spelling, low(text))


def low(text: str) -> str:
    """Return `text`, of the same length, in lower case."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lowered


def syllable_spellings(folded: str) -> list[str]:
    """All spellings of words that `word_fold` makes one: "ủy ban" → "ủy ban", "uỷ ban"; the folded one first.

    With more than three such syllables only one spelling for all at a time.
    """
    places = list(_TWO_SPELLINGS.finditer(folded))
    if len(places) > _MAX_MIXED:
        return [folded, _TWO_SPELLINGS.sub(lambda match: _OTHER_SPELLING[match.group()], folded)]
    found = [folded]
    for match in reversed(places):
        other = _OTHER_SPELLING[match.group()]
        found += [text[: match.start()] + other + text[match.end() :] for text in found]
    return found


def _one_spelling(match: re.Match[str]) -> str:
    """The spelling that two spellings of a syllable share."""
    found = match.group()
    if found in _TONE_PLACEMENT:
        return _TONE_PLACEMENT[found]
    start, text = match.start(), match.string
    alone = found == "qui" or (
        text[start - 1 : start] in _Y_AFTER and start > 0 and not text[max(0, start - 2) : start - 1].isalnum()
    )
    return _Y_FOR_I[found] if alone else found


def strip_marks(text: str) -> str:
    """Return `text` without Vietnamese marks; đ becomes d."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def plain_words(text: str) -> str:
    """The words of `text` in lower case, without marks and punctuation, one blank apart."""
    return " ".join(re.findall(r"[0-9a-z]+", strip_marks(text.lower())))


@lru_cache(maxsize=65536)
def code_key(text: str) -> str:
    """Key under which spellings of one code meet: no case, marks, separators or leading zeros.

    "05/QĐ-UBND", "5/QD - UBND" → "5qdubnd". Two codes with one key may still be two documents.
    """
    folded = strip_marks(text).lower()
    return re.sub(r"[^0-9a-z]+", "", folded.lstrip("0 "))


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Key under which spellings of one name meet (reference §2.6): words without case and marks."""
    folded = strip_marks(word_fold(text)).replace("&", " va ")
    return " ".join(re.sub(r"[^0-9a-z]+", " ", folded).split())


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """URL part of a text: "211-KH/TU" → "211-kh-tu", "Kiên Giang" → "kien-giang"."""
    return re.sub(r"[^0-9a-z]+", "-", strip_marks(text).lower()).strip("-")
