"""The words of the site: strings.yml in two languages, dates, and names of documents."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

import yaml

from kgdocs.models.days import plain_day
from kgdocs.paths import shipped_folder

LANGUAGES = ("vi", "en")
_VIETNAM = timezone(timedelta(hours=7))
_SHORT = 90
"""Letters of a title that stands for a missing number in lists and links."""
_MONTHS = {"01": "January", "02": "February", "03": "March", "04": "April", "05": "May", "06": "June"} | {
    "07": "July", "08": "August", "09": "September", "10": "October", "11": "November", "12": "December"
}  # fmt: skip


@cache
def load_strings() -> dict[str, dict[str, str]]:
    """Return key → language → string of strings.yml; raises KgdocsError when the folder is missing."""
    text = (shipped_folder("datasette") / "strings.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


@cache
def _places() -> list[dict[str, Any]]:
    """The places of patterns/places.yml."""
    text = (shipped_folder("patterns") / "places.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["places"]
    return found


@cache
def place_names() -> dict[str, str]:
    """Return place id → name, as patterns/places.yml has them."""
    return {place["id"]: place["name"] for place in _places()}


@cache
def younger_places() -> dict[str, str]:
    """Return place id → the day from which it exists (ISO), for those named like an older one: provinces of 2025."""
    names = Counter(place_names().values())
    dated = (place for place in _places() if place.get("valid_from"))
    return {place["id"]: str(place["valid_from"]) for place in dated if names[place["name"]] > 1}


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the site says in one language."""

    language: str

    def t(self, key: str, **values: Any) -> str:
        """Return the string `key` with its {places} filled; raises KeyError when there is none."""
        return load_strings()[key][self.language].format(**values)

    def term(self, group: str, value: str | None) -> str:
        """Return the word for a stored value ("status", "read"); one without a word stands for itself."""
        known = load_strings().get(f"{group}.{value}")
        return known[self.language] if known else value or ""

    def place(self, value: str | None) -> str:
        """Return the name of a place, with its beginning where an older one had that name; itself where patterns/ does not know it."""
        name = place_names().get(value or "") or self.term("place", value)
        since = younger_places().get(value or "")
        return self.t("site.place_since", name=name, date=self.date(since)) if since else name

    def number(self, value: int | None) -> str:
        """Return a whole number with its thousands parted as the language does."""
        grouped = f"{value or 0:,}"
        return grouped.replace(",", ".") if self.language == "vi" else grouped

    def date(self, iso: str | None) -> str:
        """Return a date, possibly partial, as people write it: 05/3/2024, 7/2024, 2016; what is no date, as it is."""
        parts = (iso or "").split("-")
        if not all(part.isdigit() for part in parts):
            return iso or ""
        year, *rest = parts
        if self.language == "vi":
            return plain_day(iso or "")
        name = [_MONTHS.get(rest[0], rest[0])] if rest else []
        return " ".join([*(part.lstrip("0") for part in rest[1:]), *name, year])

    def yearly(self, due: str) -> str:
        """Return a day of every year ("--12-15") as people write it: 15/12, 15 December; what is none, as it is."""
        month, _, day = due.removeprefix("--").partition("-")
        if not (month in _MONTHS and day.isdigit()):
            return due
        return f"{day}/{month}" if self.language == "vi" else f"{day.lstrip('0')} {_MONTHS[month]}"

    def moment(self, iso: str | None) -> str:
        """Return a moment as date and time in Vietnam; what is no moment, as it is."""
        try:
            moment = datetime.fromisoformat(iso or "")
        except ValueError:
            return iso or ""
        local = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(_VIETNAM)
        return f"{self.date(local.date().isoformat())} {local:%H:%M}"

    def type(self, one: Mapping[str, Any]) -> str:
        """Return the name of a document's type: as the catalogue has it, else as printed."""
        known = self.term("type", one.get("type"))
        label = str(one.get("label") or "")
        return known or (label.capitalize() if label.isupper() else label)

    def document(self, one: Mapping[str, Any]) -> str:
        """Return the short name of a document: type and number, or its title cut short, or what is known."""
        name = self.heading(one)
        return name if one.get("code") or len(name) <= _SHORT else f"{name[:_SHORT].rsplit(' ', 1)[0]}…"

    def heading(self, one: Mapping[str, Any]) -> str:
        """Return the name of a document in full: type and number, else type and title, else what is known."""
        kind, title = self.type(one), str(one.get("title") or "")
        if one.get("code"):
            return f"{kind} {one['code']}".strip()
        said = Words(LANGUAGES[0]).type(one) if kind else ""
        if said.casefold() in title.casefold()[: len(said) + 10]:  # "dự thảo Quyết định …" names its type itself
            return title or kind or str(one.get("id") or "")
        return f"{kind}: {title}" if title else kind
