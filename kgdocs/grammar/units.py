"""Districts and communes by their names: in which province the one of a name lies (patterns/units.yml)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from kgdocs.grammar.folding import slug
from kgdocs.grammar.names import PlaceRule
from kgdocs.grammar.shapes import Answered, Shape, Texts

_WHOLE = len("2025-07-01")


class UnitTable(Answered):
    """The units of one level: `provinces` has kinds and names by place id, `spoken` other words for a kind.

    `examples` are days with names, and lead to the place id of a province.
    """

    valid_from: date
    valid_to: date | None = None
    spoken: dict[str, str]
    provinces: dict[str, dict[str, Texts]]


class UnitsFile(Shape):
    """patterns/units.yml."""

    districts: UnitTable
    communes: UnitTable


class Units:
    """Districts and communes by kind and name; made once from the patterns."""

    def __init__(self, patterns: UnitsFile, places: Mapping[str, PlaceRule]) -> None:
        """Index the units: names are compared as the parts of place paths are. `places` tell which provinces were merged into which."""
        self._levels = [_Level(patterns.districts), _Level(patterns.communes)]
        self._names = {path: name for level in self._levels for path, name in level.names()}
        self._places = places

    def province(self, kind: str, name: str, day: str | None, home: str = "") -> str | None:
        """Return the province in which a unit of this kind and name lies or lay, as spoken of on a day (ISO).

        That is `home`, the province of which is spoken, or one that was merged into it, where that has such a unit; `home` too where its units
        are not listed, or nobody is known to have it; else the only one that has. None where several have it, or it is not known.
        """
        known = [level for level in self._levels if day and len(day) == _WHOLE and level.began <= day]
        found = {one for level in known for one in level.provinces(kind.lower(), name)}
        own = self._with_merged(home) & found
        if len(own) == 1:
            return own.pop()
        listed = any(level.lists(one) for level in known for one in self._with_merged(home))
        if home and not own and not (found and listed):
            return home
        return found.pop() if len(found) == 1 else None

    def _with_merged(self, province: str) -> set[str]:
        """A province and those that were merged into it."""
        place = self._places.get(province)
        return {province, *(place.merged_from if place else ())}

    def began(self) -> list[str]:
        """Return the day (ISO) from which the units of each level are listed."""
        return [level.began for level in self._levels]

    def name(self, path: str) -> str | None:
        """Return the name with its kind of the unit at a place path ("an-giang-2025/xa-go-quao": "xã Gò Quao"), None for others."""
        return self._names.get(path)


class _Level:
    """The units of one level."""

    def __init__(self, table: UnitTable) -> None:
        self._table = table
        self.began = str(table.valid_from)
        self._spoken = {word.lower(): kind for word, kind in table.spoken.items()}
        self._provinces: dict[tuple[str, str], set[str]] = {}
        for province, kinds in table.provinces.items():
            for kind, names in kinds.items():
                for name in names:
                    self._provinces.setdefault((kind, slug(name)), set()).add(province)

    def lists(self, province: str) -> bool:
        """True for a province whose units are listed."""
        return province in self._table.provinces

    def provinces(self, kind: str, name: str) -> Collection[str]:
        """The provinces with a unit of a kind and name."""
        return self._provinces.get((self._spoken.get(kind, kind), slug(name)), ())

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield place path and name with its kind; a commune's path has its kind, a district's has not."""
        for province, kinds in self._table.provinces.items():
            for kind, names in kinds.items():
                for name in names:
                    whole = f"{kind} {name}"
                    yield f"{province}/{slug(whole if self._table.valid_to is None else name)}", whole
