"""An agency in its place, and from where a document cites."""

from dataclasses import dataclass

from kgdocs.grammar.names import AgencyRule, level_at

UNKNOWN_PLACE = "khong-ro"
"""Place of documents whose agency no table knows, or whose office has a place that nothing tells."""
_LEVELS = ("central", "province", "district", "commune")


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """An agency in its place; `place` is a path such as "kien-giang/chau-thanh", None if unknown."""

    rule: AgencyRule
    place: str | None
    stated: bool
    """True where the text names the agency, False where the symbol alone tells it."""
    unplaced: str | None = None
    """A smaller unit that the text names, of a province that nothing tells ("huyện Quảng Ninh")."""
    certain: bool = True
    """False where the symbol fits several organs of one level (…/TW): the level is known, the organ is not."""
    by_level: bool = False
    """True where a ministry and departments have the symbol, and the citing text is of a central body."""

    @property
    def id(self) -> str:
        """Stable id of the agency in its place; "UBND tỉnh" and "UBND" of one place are one body."""
        return f"{self.place or UNKNOWN_PLACE}/{self.rule.form_of or self.rule.id}"

    @property
    def is_known(self) -> bool:
        """True where the organ and its place are known: many offices without a place are not one agency."""
        return self.certain and self.place is not None

    @property
    def level(self) -> str:
        """central, province, district or commune, by the place where there is one."""
        if not self.rule.place_bound or not self.place:
            return self.rule.level
        return max(self.rule.level, level_at(self.place), key=_LEVELS.index)


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Where the citing document stands: the place of its issuer, its level and its date."""

    place: str | None = None
    level: str | None = None
    date: str | None = None
