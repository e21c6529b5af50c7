"""What a text may mean, as keys under which a database can be asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedCode:
    """What narrows the documents of one number, of which there may be one in every place and every year.

    Asked for are those of `days` (ISO, whole or in part) and those of `places` (paths of places; "tinh/2024" where only
    those of a year may be meant). `anywhere` asks for a few of the others too: no office tells whose document it is.
    """

    days: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    anywhere: bool = False

    def __or__(self, other: "WantedCode") -> "WantedCode":
        """What either asks for."""
        return WantedCode(
            days=self.days | other.days, places=self.places | other.places, anywhere=self.anywhere or other.anywhere
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Keys of the documents that the references of one text may mean.

    `codes` are number keys ("28cttw"). `begun` are beginnings of number keys with the type that the document must have,
    None where any will do ("56", "nghi_dinh"). `uncoded` are types of documents without a code.
    """

    codes: Mapping[str, WantedCode] = field(default_factory=dict)
    begun: frozenset[tuple[str, str | None]] = frozenset()
    uncoded: frozenset[str] = frozenset()
