"""The documents known so far, by identity; what is stated about each is kept, never overwritten.

Identity is (place, symbol, number, year) for what has a code, and the title for laws,
drafts and plans (reference §1.8): a code alone is no key.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kgdocs.grammar.folding import slug
from kgdocs.grammar.names import CENTRAL
from kgdocs.link.identity import Key
from kgdocs.link.offices import UNKNOWN_PLACE, Office
from kgdocs.link.statements import Kind, Sources, StatedFacts, Statements
from kgdocs.models import ORIGINS, Document, DocumentStatus, Fact

UNNUMBERED: dict[str, DocumentStatus] = {"draft": "draft", "planned": "planned", "attached": "cited"}
"""Kinds of references whose document has a title and no number → the status of that document."""
_RANK: dict[str, int] = {"read": 0, "listed": 1, "draft": 2, "planned": 2, "cited": 3}
_IN_FORCE = ("header", "text", "computed", "register", "annex", "mention", "patterns", "inferred", "correction")
"""Whose word counts first on the day of entry into force: a list of names knows it less well than a text that says it."""
_MAX_SLUG = 72


@dataclass(slots=True)
class Entry:
    """A document in the making: the catalogue adds facts until linking is done.

    `facts` are what is stated of it by whatever is no text; of what texts state, which may be thousands of times
    the same, only the first are kept, of each kind those of a few sources.
    """

    key: Key
    status: DocumentStatus
    type: str | None = None
    code: str | None = None
    number: str | None = None
    office: Office | None = None
    facts: tuple[Fact, ...] = ()
    stated_dates: frozenset[str] = frozenset()
    serial: int = 0
    """Its number in the catalogue: what it is told by before it has an id."""
    id: str = ""
    is_known: bool = False
    """True for a document that a database has and no text of this linking is."""
    _told: Statements = field(default_factory=Statements)
    """How often each value is stated, and where in texts."""
    _firsts: dict[str, str | None] | None = None
    _days: frozenset[str] | None = None

    @property
    def place(self) -> str:
        """Place path; that of an office whose place nothing tells is unknown, though documents of it stand apart."""
        first = self.key.place.split("/")[0]
        return first if first == UNKNOWN_PLACE else self.key.place

    @property
    def is_told(self) -> bool:
        """True where anything is stated of it."""
        return len(self._told) > 0

    def tell(self, fact: Fact) -> None:
        """Keep a fact."""
        self.forget()
        self._told.count((fact.field, fact.value, fact.origin), fact.count)
        self.facts += (fact,)

    def tell_at(self, kind: Kind, source: int, start: int, end: int) -> None:
        """Count what a text states at a place, and keep it where few sources before this one state the same."""
        self.forget()
        self._told.add(kind, source, start, end)

    def all_facts(self, sources: Sources) -> StatedFacts:
        """Return what is kept, each once; of what a text states the first counts those that are not."""
        return StatedFacts(self.facts, self._told, sources)

    def statements(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield (field, value, origin, how often it is stated) of all that is stated."""
        return self._told.all()

    def told(self, name: str, origins: Container[str]) -> Counter[str]:
        """Return how often each value of a field is stated by some origins."""
        found: Counter[str] = Counter()
        for value, origin, count in self._told.of(name):
            if origin in origins:
                found[value] += count
        return found

    def forget(self) -> None:
        """Forget what was worked out and can be again: there are many documents."""
        self._firsts = self._days = None

    def values(self, name: str) -> set[str]:
        """Return all values that are stated of a field."""
        return {value for value, _, _ in self._told.of(name)}

    def date_of_office(self, day: str) -> None:
        """Note a date that a text states which names the office."""
        if day not in self.stated_dates:
            self.stated_dates |= {day}
            self._firsts = self._days = None

    def dates(self) -> frozenset[str]:
        """Full dates stated for this document by itself, a register, or texts that name its office."""
        if self._days is None:
            self._days = self.stated_dates.union(day for day in self.values("date") if len(day) == 10)
        return self._days

    def year(self) -> str:
        """Year of issue: that of its date, else the period where that is a year; "" where it is not known."""
        period = self.key.period if len(self.key.period) == 4 else ""
        return (self.first("date") or min(self.stated_dates, default="") or period)[:4]

    def first(self, name: str) -> str | None:
        """The value of a fact from the best origin; of equals, the one stated most, then the longest.

        Of days of expiry the earliest one that is stated: what has ceased to be in force cannot cease again.
        """
        if self._firsts is None:
            self._firsts = {}
        if name not in self._firsts:
            self._firsts[name] = self._first(name)
        return self._firsts[name]

    def _first(self, name: str) -> str | None:
        found = [(value, origin) for value, origin, _ in self._told.of(name)]
        if not found:
            return None
        if name == "expires_on":
            return min((origin == "inferred", value) for value, origin in found)[1]
        order = _IN_FORCE if name == "effective_on" else ORIGINS
        counts = self.told(name, ORIGINS)
        return min(found, key=lambda one: (order.index(one[1]), -counts[one[0]], -len(one[0]), one[0]))[0]


class Catalogue:
    """Entries by key; `at` and `undated` answer who has a code."""

    def __init__(self, same: Mapping[Key, Key] | None = None, text_of: Callable[[str], str] = lambda _: "") -> None:
        """Start empty; `same` tells which documents are another one, under whatever key they are asked for.

        `text_of` gives the text of a source by its id.
        """
        self.sources = Sources(text_of)
        self._same = same or {}
        self._entries: dict[Key, Entry] = {}
        self._by_code: dict[str, dict[str, dict[Key, Entry]]] = {}
        self._anywhere: dict[tuple[str, str], list[Entry]] = {}
        """Name and family → the entries of that name in all places, sorted, where they were asked for and none came since."""
        self._taken: set[str] = set()
        self._by_serial: list[Entry | None] = [None]

    def add(self, key: Key, status: DocumentStatus, printed: str | None = None) -> Entry:
        """Return the entry of `key`, made if needed; the stronger status stays.

        `printed` is the name of the code as it is spelt, where that is not the key's.
        """
        kept = self._same.get(key, key)
        entry = self._entries.get(kept)
        if entry is None:
            entry = self._entries[kept] = Entry(key=kept, status=status, serial=len(self._by_serial))
            self._by_serial.append(entry)
        for name in {key.name, printed or key.name}:
            same = self._by_code.setdefault(name, {}).setdefault(key.place, {})
            if key not in same:
                self._anywhere.pop((name, key.family), None)
            same[key] = entry
        if _RANK[status] < _RANK[entry.status]:
            entry.status = status
        return entry

    def get(self, key: Key) -> Entry | None:
        """Return the entry of exactly this key, or None."""
        return self._entries.get(self._same.get(key, key))

    def entry(self, serial: int) -> Entry:
        """Return the entry of a serial number; KeyError for one that was dropped."""
        found = self._by_serial[serial]
        if found is None:
            raise KeyError(serial)
        return found

    def named(self, name: str, place: str | None = None, family: str = "code") -> Sequence[Entry]:
        """Entries with a code or title key, in one place or anywhere, sorted."""
        places = self._by_code.get(name, {})
        if place is not None:
            return _sorted([places.get(place, {})], family)
        if (name, family) not in self._anywhere:
            self._anywhere[name, family] = _sorted(places.values(), family)
        return self._anywhere[name, family]

    def entries(self) -> list[Entry]:
        """All entries, sorted by key."""
        return sorted(self._entries.values(), key=lambda entry: entry.key)

    def drop_unused(self, used: Iterable[Entry | None]) -> None:
        """Forget what a first reading took for a document, or a database knows, and no reference may mean."""
        kept = {id(entry) for entry in used}
        self._taken.update(entry.id for entry in self._entries.values() if entry.id)
        self._entries = {
            key: entry
            for key, entry in self._entries.items()
            if id(entry) in kept or (not entry.is_known and (entry.is_told or entry.status in ("read", "listed")))
        }
        self._by_serial = [None] * len(self._by_serial)
        for entry in self._entries.values():
            self._by_serial[entry.serial] = entry

    def assign_ids(self) -> tuple[tuple[str, str], ...]:
        """Give every entry its readable id; a second one of the same name gets a number, one that has an id keeps it.

        Returns (readable name, id) of all that share a name.
        """
        taken = self._taken | {entry.id for entry in self._entries.values() if entry.id}
        shared: dict[str, list[str]] = {}
        for entry in self.entries():
            if entry.id:
                continue
            base = _readable(entry)
            entry.id, copy = base, 1
            while entry.id in taken:
                copy += 1
                entry.id = f"{base}-{copy}"
            taken.add(entry.id)
            shared.setdefault(base, []).append(entry.id)
        return tuple((base, one) for base, ids in sorted(shared.items()) if len(ids) > 1 for one in ids)


def _sorted(called: Iterable[Mapping[Key, Entry]], family: str) -> list[Entry]:
    """The entries of a family, each once, by their keys."""
    found = {entry.key: entry for same in called for key, entry in same.items() if key.family == family}
    return [found[key] for key in sorted(found)]


def _readable(entry: Entry) -> str:
    """Id and URL of a document: place/year/code, or place/year/title."""
    name = entry.key.name if entry.key.family not in ("blank", "text") else entry.key.name.rsplit(" ", 1)[0]
    words = slug(entry.code) if entry.code else _short_slug(entry.first("title") or name)
    family = {"draft": "du-thao", "planned": "du-kien", "attached": "kem-theo", "blank": "chua-co-so"}.get(
        entry.key.family
    )
    parts = [entry.place, entry.year() or entry.key.period, family, words]
    return "/".join(part for part in parts if part)


def _short_slug(title: str) -> str:
    full = slug(title)
    return full if len(full) <= _MAX_SLUG else full[:_MAX_SLUG].rsplit("-", 1)[0]


def documents(entries: Iterable[Entry], names: Mapping[str, str | None], sources: Sources) -> Iterator[Document]:
    """The finished documents; `names` tells what people call each place path and each agency id."""
    for entry in entries:
        office = entry.office
        issued = entry.first("date")
        year = entry.year()
        yield Document(
            id=entry.id,
            status=entry.status,
            type=entry.type,
            label=entry.first("label"),
            code=entry.code,
            number=entry.number,
            year=int(year) if year.isdigit() else None,
            issued_on=issued or (year if year.isdigit() else None),
            issuer=_issuer(entry, names),
            agency_id=office.id if office and office.is_known else None,
            place=names.get(entry.place) if entry.place != CENTRAL else "Trung ương",
            level=office.level if office else None,
            title=entry.first("title"),
            effective_on=entry.first("effective_on"),
            expires_on=entry.first("expires_on"),
            facts=entry.all_facts(sources),
        )
        entry.forget()


def _issuer(entry: Entry, names: Mapping[str, str | None]) -> str | None:
    """The issuer as stated; what a header prints in capitals gives way to the agency's own name."""
    stated = entry.first("issuer")
    if stated is None or not stated.isupper() or entry.office is None or not entry.office.certain:
        return stated
    return names.get(entry.office.id) or stated
