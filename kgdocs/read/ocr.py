"""Pictures of pages → their words, by the program Tesseract with its Vietnamese model, where the system has it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kgdocs.errors import SourceError
from kgdocs.read import limits
from kgdocs.read.furniture import PageLine
from kgdocs.read.programs import is_installed, run

DOTS_PER_INCH = 300
NO_OCR = "cần nhận dạng chữ (OCR) trước khi đọc; hãy cài bằng lệnh: apt install tesseract-ocr tesseract-ocr-vie."
_PROGRAM = "tesseract"
_LANGUAGE = "vie"
_NAME = "trang.pgm"
_SECONDS_TO_TELL = 20
_COMMAND = (_PROGRAM, _NAME, "-", "-l", _LANGUAGE, "--dpi", str(DOTS_PER_INCH))


@dataclass(frozen=True, slots=True)
class Recognised:
    """Lines of the pages that were recognised, those that were not, and why the first of them was not."""

    pages: Mapping[int, list[PageLine]]
    missing: Sequence[int] = ()
    failed: str | None = None


def has_ocr() -> bool:
    """True where the system has the program with its Vietnamese model."""
    return is_installed(_PROGRAM) and _LANGUAGE in _languages(_PROGRAM)


@cache
def _languages(program: str) -> frozenset[str]:
    """The models that the program has; none where it cannot tell."""
    try:
        told = run([program, "--list-langs"], _NAME, b"", seconds=_SECONDS_TO_TELL, memory=limits.MEMORY_MB.bytes)
    except SourceError:
        return frozenset()
    return frozenset(told.decode("utf-8", "replace").split())


def recognised(picture: Callable[[int], bytes], numbers: Sequence[int]) -> Recognised:
    """Recognise pages, of which `picture` gives the picture (PGM) by number, until the time for all is over."""
    most = limits.OCR_PAGES.value
    end = time.monotonic() + limits.OCR_SECONDS.value
    pages: dict[int, list[PageLine]] = {}
    refused = dict.fromkeys(numbers[most:], f"Có {len(numbers)} trang quét, nhiều hơn {most}.")
    for number in numbers[:most]:
        left = end - time.monotonic()
        if left <= 0:
            refused[number] = f"Nhận dạng chữ mất quá {limits.OCR_SECONDS.value} giây, đã dừng."
            continue
        try:
            pages[number] = _lines(picture(number), min(left, limits.OCR_PAGE_SECONDS.value))
        except SourceError as error:
            refused[number] = str(error)
    return Recognised(pages, sorted(refused), next(iter(refused.values()), None))


def _lines(picture: bytes, seconds: float) -> list[PageLine]:
    """The lines of one page, from the top to the bottom."""
    found = run(_COMMAND, _NAME, picture, seconds=seconds, memory=limits.MEMORY_MB.bytes)
    words = found.decode("utf-8", "replace").replace("\f", " ").rstrip()
    return [PageLine(line, -at) for at, line in enumerate(words.split("\n"))]
