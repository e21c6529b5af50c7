"""Parts of codes that are damaged: where a number begins whose first digits are, and the term of an assembly."""

import re

_SPLIT_NUMBER = re.compile(r"s[ốóô]\s{0,3}:?\s{0,3}(?P<number>[0-9]{1,4}[ ])\Z", re.IGNORECASE)
_TAIL = re.compile(
    r"(?<![^\W_])(?<!\ufffd)(?!s[ốóôo]\Z)(?:(?:[^\W_]|\ufffd){1,6}[.,/]?){0,2}(?<=[^\W_]|[.,/\ufffd])\Z", re.IGNORECASE
)
"""What may not stand right before a number: it would be the tail of a longer or damaged one ("1O5", "1.234", "1�5")."""
_TERM = re.compile(r"(?P<body>QH|UBTVQH)(?P<term>[0-9A-Za-z]{1,2})")
_TERM_DIGITS = str.maketrans("lIOoAZSB", "11004258")
_FIRST_TERM_YEAR, _YEARS_OF_TERM = 1941, 5
"""Term 14 of the National Assembly ran 2016-2021, term 15 from 2021: about five years each from term 11 on."""


def damaged_from(text: str, start: int, floor: int) -> int:
    """Where the number at `start` really begins: at `start`, or before it where it is the tail of a damaged one.

    "1O5/KH-UBND", "2O/2021/NĐ-CP", "số 4 7/KH-UBND": what stands right before belongs to the number, which
    then cannot be read. Not before `floor`, the end of the code before.
    """
    before = text[start - 1 : start]
    if not before or (before in " \n(:;" and not text[max(0, start - 2) : start - 1].isdigit()):
        return start
    floor = max(floor, start - 14)
    if match := _SPLIT_NUMBER.search(text, floor, start):
        return match.start("number")
    match = _TAIL.search(text, floor, start)
    return match.start() if match else start


def term_of(token: str, number: str) -> str | None:
    """ "QHl4" behind "121/2020" → "QH14": letters in a term's place, where the year agrees; else None."""
    found = _TERM.fullmatch(token)
    if found is None or found["term"].isdigit():
        return None
    term = found["term"].translate(_TERM_DIGITS)
    year = re.search(r"(?:19|20)[0-9]{2}$", number)
    if not term.isdigit() or year is None:
        return None
    begin = _FIRST_TERM_YEAR + _YEARS_OF_TERM * (int(term) + 1)
    return found["body"] + term if begin - 1 <= int(year.group()) <= begin + _YEARS_OF_TERM + 1 else None
