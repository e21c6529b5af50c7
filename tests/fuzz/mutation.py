"""Inputs made from samples by small random changes: of bytes, of texts, and of the members of a ZIP archive.

A byte changed inside a packed member only breaks its checksum; so members are unpacked, changed and packed again.
"""

import io
import random
import zipfile
from collections.abc import Sequence

INTERESTING = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\r\n",
    b"-1",
    b"99999999999",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\0",
    b"%s",
    b"../",
)
_MOST_CHANGES = 6
_LONGEST_COPY = 64


def mutated_bytes(content: bytes, words: Sequence[bytes], chance: random.Random, longest: int) -> bytes:
    """Return `content` with a few changes; `words` are put in now and then."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randint(0, len(changed))
        until = min(len(changed), at + chance.randint(1, _LONGEST_COPY))
        match chance.randrange(6):
            case 0 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at:until]
            case 2:
                changed[at:at] = changed[at:until] * chance.choice((1, 1, 1, 20))
            case 3:
                changed[at:until] = chance.choice(INTERESTING)
            case 4:
                del changed[chance.randint(0, len(changed)) :]
            case _:
                changed[at:at] = chance.choice(words)
    return bytes(changed[:longest])


def mutated_text(text: str, words: Sequence[str], chance: random.Random, longest: int) -> str:
    """Return `text` with a few changes, mostly words put in, taken out or doubled."""
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randint(0, len(text))
        until = min(len(text), at + chance.randint(1, 12))
        match chance.randrange(8):
            case 0 | 1 | 2 | 3:
                text = text[:at] + chance.choice(words) + text[at:]
            case 4:
                text = text[:at] + text[until:]
            case 5:
                text = text[:at] + text[at:until] * 2 + text[until:]
            case 6:
                text = text[:at] + _any_letter(chance) + text[at + 1 :]
            case _:
                text = text[at:] + text[:at]
    cut = chance.randint(0, max(0, len(text) - longest))
    return text[cut : cut + longest]


def mutated_archive(content: bytes, words: Sequence[bytes], chance: random.Random, longest: int) -> bytes:
    """Return a ZIP archive with one member changed; one that is damaged is changed as bytes are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {part.filename: archive.read(part) for part in archive.infolist()}
    except Exception:  # whatever zipfile makes of a damaged archive; what matters is what our readers make of it
        members = {}
    if not members:
        return mutated_bytes(content, words, chance, longest)
    chosen = chance.choice(sorted(members))
    if chance.random() < 0.05:
        members.pop(chosen)
    else:
        members[chosen] = mutated_bytes(members[chosen], words, chance, longest)
    return packed(members)


def packed(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of these members, always the same for the same."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _any_letter(chance: random.Random) -> str:
    """Any character but a surrogate, mostly one of the first planes' scripts."""
    letter = chr(
        chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0x250, 0x3000), chance.randrange(0x110000)))
    )
    return " " if "\ud800" <= letter <= "\udfff" else letter
