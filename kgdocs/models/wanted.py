"""What a text may mean, as keys under which a database can be asked for it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Keys of the documents that the references of one text may mean.

    `codes` are number keys ("28cttw"). `begun` are beginnings of number keys with the type that the document must have,
    None where any will do ("56", "nghi_dinh"). `uncoded` are types of documents without a code. Of the many documents of
    one number only those of `days` (ISO, whole or in part) and of `places` (paths of places) are asked for, and a few others.
    """

    codes: frozenset[str] = frozenset()
    begun: frozenset[tuple[str, str | None]] = frozenset()
    uncoded: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
