"""What is stated about a document, with where: by its header, by mentions, by patterns/.

Nothing stated is overwritten; the catalogue chooses what to show (design §4).
"""

from collections.abc import Mapping
from datetime import date as Day
from sys import intern

from kgdocs.grammar import Rules
from kgdocs.grammar.names import KnownDocument, Nickname, Programme
from kgdocs.link.catalogue import Catalogue, Entry
from kgdocs.link.identity import Identifier, key_of_known
from kgdocs.link.offices import Office
from kgdocs.link.statements import Sources
from kgdocs.models import Fact, Reading, Reference


def state(
    entry: Entry,
    stated: Mapping[str, str | None],
    origin: str,
    source_id: str | None = None,
    span: tuple[int, int] = (0, 0),
    text: str = "",
) -> None:
    """Add each stated value to an entry, with where and by what it is stated."""
    start, end = span
    for field, value in stated.items():
        if value:
            fact = Fact(
                field=field, value=intern(value), source_id=source_id, start=start, end=end, text=text, origin=origin
            )
            entry.tell(fact)


def header_facts(reading: Reading, entry: Entry, office: Office | None, sources: Sources) -> None:
    """What the header states, each with its place in the text."""
    header = reading.layout.header if reading.layout else None
    if header is None:
        return
    source = sources.number(reading.source.id)
    named = {name: getattr(header, name) for name in ("date", "label", "title", "issuer")}
    for field, value in {"code": entry.code, **named}.items():
        if value and (span := header.spans.get(field)):
            entry.tell_at((field, intern(value), "header"), source, span.start, span.end)
    if office and office.certain and not header.issuer:
        state(entry, {"issuer": office.rule.name}, "inferred")


def mention_facts(reference: Reference, entry: Entry, origin: str, source: int) -> None:
    """What a mention states about its document, with its place in the source of that number."""
    code = str(reference.code) if reference.code else None
    stated = {
        "code": code,
        "date": reference.date,
        "issuer": reference.issuer,
        "title": reference.title,
        "label": reference.label,
    }
    if reference.kind == "named" and not reference.title:
        stated["title"] = reference.name if reference.rule == "named" else reference.text
    if reference.kind == "draft":
        stated["title"] = " ".join(filter(None, [reference.text, reference.title]))
    for field, value in stated.items():
        if value:
            place = reference.start, reference.extent or reference.end
            entry.tell_at((field, intern(value), origin), source, *place)


def known_facts(catalogue: Catalogue, rules: Rules, identify: Identifier) -> None:
    """Add what patterns/ knows about documents that the texts cite, and issuers that symbols tell."""
    approved: tuple[Nickname | Programme, ...] = (*rules.nicknames.values(), *rules.programmes.values())
    for rule in (*rules.known.documents, *approved):
        found = identify.central(rule.code, rule.type, str(rule.date) if rule.date else None) if rule.code else None
        key = found[0] if found else key_of_known(rule) if isinstance(rule, KnownDocument) and not rule.code else None
        entry = catalogue.get(key) if key else None
        if entry:
            state(entry, {"title": rule.title, "issuer": rule.issuer, **_days(rule)}, "patterns")
    for entry in catalogue.entries():
        if entry.office and entry.office.certain and not entry.first("issuer"):
            state(entry, {"issuer": entry.office.rule.name}, "inferred")


def _days(rule: KnownDocument | Nickname | Programme) -> dict[str, str | None]:
    """The days that patterns/ know of a document."""
    days: dict[str, Day | None] = {"date": rule.date}
    if isinstance(rule, KnownDocument):
        days |= {"effective_on": rule.effective_on, "expires_on": rule.replaced_on}
    return {name: str(day) if day else None for name, day in days.items()}
