"""Where a number begins whose first digits are damaged or torn off."""

import re

_SPLIT_NUMBER = re.compile(r"s[ốóô]\s{0,3}:?\s{0,3}(?P<number>[0-9]{1,4}[ ])\Z", re.IGNORECASE)
_TAIL = re.compile(r"(?<![^\W_])(?!s[ốóôo]\Z)(?:[^\W_]{1,6}[.,/]?){0,2}(?<=[^\W_]|[.,/])\Z", re.IGNORECASE)
"""What may not stand right before a number: it would be the tail of a longer or damaged one ("1O5", "1.234")."""


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
