"""Time to find what damaged codes mean in a large register, beside a lookup of undamaged ones in a dict."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgdocs.grammar import Rules
from kgdocs.link.catalogue import Catalogue, Entry
from kgdocs.link.offices import Context
from kgdocs.link.outcome import Citing
from kgdocs.link.registers import add_rows
from kgdocs.link.resolve import Resolver
from kgdocs.models import Reading, Reference, RegisterRow, Source
from tests.benchmarks.aims import Aim

AIM_MICROSECONDS = 100.0
_LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"
_BODIES = {
    "UBND": "UBND",
    "SYT": "Sở Y tế",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "STC": "Sở Tài chính",
    "SNV": "Sở Nội vụ",
    "SXD": "Sở Xây dựng",
    "STP": "Sở Tư pháp",
}
_TYPES = ("KH", "QĐ", "BC", "TB", "TTr", "CTr", "HD", "GM")
_CITING = Citing(context=Context(), own=None, own_code=None, own_symbol=None, introduced={})


@dataclass(frozen=True, slots=True)
class Linking:
    """Microseconds per code, and what became of the damaged ones."""

    rows: int
    codes: int
    damaged: float
    lookup: float
    ends: dict[str, int]

    @property
    def ratio(self) -> float:
        """Linking a damaged code in times of a dict lookup."""
        return self.damaged / self.lookup

    def aims(self) -> Iterator[Aim]:
        """What is wanted of the time of one code."""
        yield Aim(what="microseconds to link a damaged code", value=self.damaged, bound=AIM_MICROSECONDS)


def measure_linking(rules: Rules, rows: int, codes: int) -> Linking:
    """Link `codes` damaged codes against a register of `rows`, on one core."""
    dice = random.Random(20241125)
    resolver, catalogue = _register(rules, rows, dice)
    entries = [entry for entry in catalogue.entries() if entry.code]
    chosen = [dice.choice(entries) for _ in range(codes)]
    damaged = list(_damaged(rules, chosen, dice))
    resolver.resolve(damaged[0][1], _CITING)
    start = time.process_time()
    outcomes = [resolver.resolve(reference, _CITING) for _, reference in damaged]
    spent = time.process_time() - start
    ends = Counter(
        (
            "right"
            if outcome.entry is entry
            else outcome.resolution
            if outcome.entry is None
            else _other(outcome.entry, entry)
        )
        for (entry, _), outcome in zip(damaged, outcomes, strict=True)
    )
    known = {(e.key.place, e.key.name, e.key.period, e.key.family): e for e in entries}
    asked = [(e.key.place, e.key.name, e.key.period, e.key.family) for e in chosen]
    start = time.process_time()
    for key in asked:
        known[key]
    looked_up = time.process_time() - start
    return Linking(rows, len(damaged), spent / len(damaged) * 1e6, looked_up / len(asked) * 1e6, dict(ends))


def linking_lines(found: Linking) -> Iterator[str]:
    """What was measured, for the terminal."""
    yield f"Linking {found.codes:,} damaged codes against a register of {found.rows:,}:"
    yield (f"  {found.damaged:.1f} µs each, a dict lookup {found.lookup:.2f} µs, ratio {found.ratio:.0f}")
    yield from (f"  {aim.line}" for aim in found.aims())
    yield "  " + ", ".join(f"{end} {count:,}" for end, count in sorted(found.ends.items()))


def _register(rules: Rules, rows: int, dice: random.Random) -> tuple[Resolver, Catalogue]:
    """A catalogue with that many different documents of provinces."""
    provinces = [place.name for place in rules.places.values() if not place.province and not place.merged_into][:34]
    listed: dict[tuple[str, str, int], RegisterRow] = {}
    while len(listed) < rows:
        place, year, body = dice.choice(provinces), dice.randint(2012, 2024), dice.choice(list(_BODIES))
        code = f"{dice.randint(1, 2500)}/{dice.choice(_TYPES)}-{body}"
        day = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        issuer = f"{_BODIES[body]} tỉnh {place}"
        listed[place, code, year] = RegisterRow(start=0, end=0, code=code, date=day, issuer=issuer)
    catalogue = Catalogue()
    resolver = Resolver(rules, catalogue)
    source = Source(id="0", path="so.csv", format="register", state="read")
    add_rows(Reading(source=source, rows=tuple(listed.values())), resolver, catalogue, rules)
    resolver.freeze()
    return resolver, catalogue


def _damaged(rules: Rules, entries: Sequence[Entry], dice: random.Random) -> Iterator[tuple[Entry, Reference]]:
    """References to entries whose symbol has a slip; those that are no code any more are tried again."""
    for entry in entries:
        number, symbol = str(entry.code).split("/", 1)
        found = None
        while found is None:
            found = rules.codes.parse(f"{number}/{_slip(symbol, dice)}")
        reference = Reference(start=0, end=0, text="", kind="numbered", rule="code", type=entry.type, code=found.code)
        yield (
            entry,
            replace(reference, date=entry.first("date"), issuer=entry.first("issuer"), repairs=tuple(found.repairs)),
        )


def _slip(symbol: str, dice: random.Random) -> str:
    """A symbol with one letter changed, lost or added, or another separator."""
    at = dice.randrange(len(symbol))
    kind = dice.choice(("change", "lose", "add", "separator"))
    if kind == "separator":
        return symbol.replace("-", "/")
    letter = "" if kind == "lose" else dice.choice(_LETTERS)
    return symbol[:at] + letter + symbol[at + (kind != "add") :]


def _other(found: Entry, wanted: Entry) -> str:
    """What a link that is not the wanted one leads to."""
    return "a new document" if found.status == "cited" else f"WRONG {found.code} for {wanted.code}"
