"""A Word file of the time before 2007 (.doc), as small as programs take it: one piece of text, no formats."""

import struct

_SECTOR = 512
_SMALL = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT_AT = 0x600
_PIECES = bytes(21)
_STYLES = struct.pack("<HHHHHHHHHH", 18, 1, 10, 1, 1, 1, 0, 0, 0, 0) + struct.pack("<H", 0)


def legacy_word(lines, encrypted=False):
    """The bytes of a .doc whose paragraphs are these lines."""
    text = "".join(f"{line}\r" for line in lines)
    return _compound({"WordDocument": _document(text, encrypted), "1Table": _table(len(text))})


def _document(text, encrypted):
    """The head of the document, with the places that readers look for, and its text."""
    head = bytearray(_TEXT_AT)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<II", head, 0x18, _TEXT_AT, _TEXT_AT + 2 * len(text))
    struct.pack_into("<I", head, 0x4C, len(text))
    struct.pack_into("<II", head, 0xA2, len(_PIECES), len(_STYLES))
    struct.pack_into("<II", head, 0x1A2, 0, len(_PIECES))
    return bytes(head) + text.encode("utf-16-le")


def _table(length):
    """The table of pieces: one, in UTF-16."""
    pieces = struct.pack("<II", 0, length) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    return b"\x02" + struct.pack("<I", len(pieces)) + pieces + _STYLES


def _compound(streams):
    """A compound file: its allocation table, its directory, then each stream in sectors that follow one another."""
    bodies = {name: body.ljust(_SMALL, b"\0") for name, body in streams.items()}
    table, sectors, starts = [_FAT, _END], [], {}
    for name, body in bodies.items():
        count = -(-len(body) // _SECTOR)
        starts[name] = len(table)
        table += [*range(len(table) + 1, len(table) + count), _END]
        sectors.append(body.ljust(count * _SECTOR, b"\0"))
    table += [_FREE] * (_SECTOR // 4 - len(table))
    names = list(bodies)
    directory = _entry("Root Entry", 5, 1, _END, 0, (_FREE, _FREE))
    directory += b"".join(
        _entry(name, 2, _FREE, starts[name], len(bodies[name]), (_FREE, at + 2 if at + 1 < len(names) else _FREE))
        for at, name in enumerate(names)
    )
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(_SECTOR, b"\0"))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, _SMALL, _END, 0, _END, 0, 0)
    for at in range(80, _SECTOR, 4):
        struct.pack_into("<I", head, at, _FREE)
    return bytes(head) + struct.pack(f"<{_SECTOR // 4}I", *table) + directory.ljust(_SECTOR, b"\0") + b"".join(sectors)


def _entry(name, kind, child, start, size, beside):
    """An entry of the directory."""
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, *beside, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
