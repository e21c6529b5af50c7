"""The spellings of one agency's name (reference §2.6), so that patterns/ lists each name once."""

from collections.abc import Iterable, Iterator, Mapping


def spellings(
    names: Iterable[str], heads: Mapping[str, tuple[str, ...]], shortened: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield every spelling of `names`: joints, "&" for "và", words `shortened`, and the heads who sign for the body.

    `heads` maps the first word of a name to titles put before it: "Sở" → "Giám đốc" gives
    "Giám đốc Sở Y tế"; `shortened` maps words to their short forms: "Trung ương" → "TW". The names themselves come first.
    """
    names = tuple(names)
    yield from names
    names = tuple(dict.fromkeys(variant for name in names for variant in _shortened(name, shortened)))
    for name in names:
        for variant in _joints(name):
            yield variant
            for title in heads.get(name.split()[0], ()):
                yield f"{title} {variant}"


def _shortened(name: str, shortened: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A name as it is, and with each of its words that has short forms so written."""
    yield name
    for words, forms in shortened.items():
        if words in name:
            yield from (name.replace(words, form) for form in forms)


def _joints(name: str) -> Iterator[str]:
    """The ways in which the parts of a name are joined."""
    for joined in dict.fromkeys((name, *(name.replace(" - ", joint) for joint in ("-", ", ", " ")))):
        yield joined
        if " và " in joined:
            yield joined.replace(" và ", " & ")
            yield joined.replace(" và ", "&")
        if "&" in joined:
            yield joined.replace("&", " và ")
