"""A made-up country of offices in one finished database: n documents, ten times as many mentions, the same every time.

Rows are written as `kgdocs.store.save` would write them, without the reading and linking before it, so that
the pages of the site can be measured at a size that nobody has collected. Names of places and offices are those of
patterns/, what they issued is invented.
"""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from kgdocs import __version__
from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key
from kgdocs.store.counting import fill_counts
from kgdocs.store.database import create_indexes, create_schema
from kgdocs.store.schema import SCHEMA_VERSION, TABLES
from kgdocs.store.search import fill_terms
from tests.benchmarks.texts import PLAIN_SENTENCES, SEED, varied

Row = Sequence[Any]
BATCH = 5000
MENTIONS = 10
"""Mentions of a document, on average."""
FIRST, DAYS = date(2015, 1, 1), 3900
SUBJECTS = (
    "chăm sóc, giáo dục và bảo vệ trẻ em", "phòng, chống đuối nước", "chuyển đổi số", "cải cách hành chính", "an toàn thực phẩm",
    "phòng cháy, chữa cháy rừng", "giảm nghèo bền vững", "xây dựng nông thôn mới", "phòng, chống ma túy", "bình đẳng giới",
    "an toàn giao thông", "phát triển nhà ở xã hội", "tiêm chủng mở rộng", "bảo vệ môi trường", "phổ biến, giáo dục pháp luật",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What one level of offices issues: share of all documents, type, label, symbol, level, and the kind that it carries out."""

    share: float
    type: str
    label: str
    symbol: str
    agency: str
    level: str
    above: int | None


KINDS = (
    Kind(0.003, "chi_thi", "Chỉ thị", "{n}-CT/TW", "bo-chinh-tri", "central", None),
    Kind(0.017, "quyet_dinh", "Quyết định", "{n}/QĐ-TTg", "thu-tuong-chinh-phu", "central", None),
    Kind(0.05, "ke_hoach", "Kế hoạch", "{n}-KH/TU", "ban-thuong-vu-tinh-uy", "province", 0),
    Kind(0.25, "ke_hoach", "Kế hoạch", "{n}/KH-UBND", "ubnd", "province", 2),
    Kind(0.33, "cong_van", "Công văn", "{n}/SYT-NVY", "so-y-te", "province", 3),
    Kind(0.20, "bao_cao", "Báo cáo", "{n}/BC-UBND", "ubnd", "province", 1),
    Kind(0.15, "ke_hoach", "Kế hoạch", "{n}/KH-UBND", "ubnd", "district", 3),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the country."""

    id: str
    kind: int
    code: str
    day: str
    agency: str
    place: str
    title: str
    above: int | None


@dataclass(slots=True)
class Country:
    """Documents in order, and positions of each kind."""

    documents: list[Made] = field(default_factory=list)
    of_kind: list[list[int]] = field(default_factory=lambda: [[] for _ in KINDS])


def make_country(path: Path, rules: Rules, count: int) -> Path:
    """Write a database of `count` documents to `path`, which must not be there, and return it."""
    dice = random.Random(SEED)
    country = made_documents(rules, count, dice)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")
        db = create_schema(connection)
        with connection:
            _insert(connection, "agencies", _agencies(country, rules))
            _fill(connection, country, dice)
            _insert(connection, "chain_steps", _steps(country, rules, dice))
            _insert(connection, "findings", _findings(country, dice))
            _insert(connection, "builds", [_build(connection)])
        fill_counts(connection)
        create_indexes(db)
        fill_terms(db)
        connection.execute("ANALYZE")
        connection.commit()
    return path


def made_documents(rules: Rules, count: int, dice: random.Random) -> Country:
    """All documents; those above others come first, and a few of them are above very many."""
    country = Country()
    provinces = [one.id for one in rules.places.values() if not one.province and not one.district and not one.sample]
    numbers: dict[tuple[str, str, int], int] = {}
    for kind, rule in enumerate(KINDS):
        for _ in range(max(1, round(count * rule.share))):
            day = (FIRST + timedelta(days=dice.randrange(DAYS))).isoformat()
            place = "trung-uong" if rule.level == "central" else dice.choice(provinces)
            unit = f"{place}/huyen-{dice.randrange(12)}" if rule.level == "district" else place
            number = numbers[unit, rule.symbol, int(day[:4])] = numbers.get((unit, rule.symbol, int(day[:4])), 0) + 1
            code = rule.symbol.format(n=number)
            above = one_of(country.of_kind[rule.above], dice) if rule.above is not None else None
            subject = dice.choice(SUBJECTS)
            title = f"Thực hiện {country.documents[above].code} về {subject}" if above is not None else f"về {subject}"
            one = f"{unit}/{day[:4]}/{code_key(code)}-{rule.type.replace('_', '-')}"
            country.of_kind[kind].append(len(country.documents))
            country.documents.append(Made(one, kind, code, day, f"{unit}/{rule.agency}", unit, title, above))
    return country


def one_of(positions: Sequence[int], dice: random.Random) -> int:
    """One of them, the first ones far more often: what is cited much is cited more."""
    return positions[int(len(positions) * dice.random() ** 3)]


def _agencies(country: Country, rules: Rules) -> Iterator[Row]:
    for agency in sorted({one.agency for one in country.documents}):
        place, _, name = agency.rpartition("/")
        rule = rules.agencies[name]
        level = "district" if place.count("/") else rule.level
        yield agency, f"{rule.name} {place}", level, rule.ladder, place, None, None


def _fill(connection: sqlite3.Connection, country: Country, dice: random.Random) -> None:
    """Documents, their texts with mentions, the relations that these assert, and what is searched."""
    cited = [0] * len(country.documents)
    popular = [country.of_kind[kind] for kind in range(4)]
    weights = list(accumulate((5, 3, 1, 1)))
    relation = mention = 0
    batches: dict[str, list[Row]] = {
        name: [] for name in ("sources", "mentions", "relations", "evidence", "search", "document_facts")
    }
    for at, one in enumerate(country.documents):
        targets = {one.above} if one.above is not None else set()
        while len(targets) < MENTIONS:
            targets.add(one_of(dice.choices(popular, cum_weights=weights)[0], dice))
        targets.discard(at)
        text, spans = _text(country, one, sorted(targets), dice)
        source = f"{at:064x}"
        batches["sources"].append(
            _row(
                "sources",
                id=source,
                path=f"van-ban/{at}.txt",
                format="text",
                state="read",
                document_id=one.id,
                text=text,
                imported=0,
            )
        )
        batches["search"].append(
            _row(
                "search",
                document_id=one.id,
                type=KINDS[one.kind].label,
                code=one.code,
                title=one.title,
                issuer=one.agency,
                body=text,
            )
        )
        batches["document_facts"].append(
            _row(
                "document_facts",
                document_id=one.id,
                field="date",
                value=one.day,
                source_id=source,
                start=0,
                end=10,
                text=text[:10],
                origin="header",
                count=1,
            )
        )
        for target, (start, end) in spans:
            cited[target] += 1
            mention += 1
            relation += 1
            other = country.documents[target]
            kind = (
                "implements"
                if target == one.above and one.kind != 5
                else "reports_on"
                if target == one.above
                else "cites"
            )
            batches["mentions"].append(
                _row(
                    "mentions",
                    id=mention,
                    source_id=source,
                    document_id=one.id,
                    start=start,
                    end=end,
                    text=text[start:end],
                    kind="numbered",
                    type=KINDS[other.kind].type,
                    code=other.code,
                    rule="coded",
                    repairs="[]",
                    target_id=other.id,
                    resolution="exact",
                    score=1.0,
                    parts="{}",
                )
            )
            batches["relations"].append(
                _row(
                    "relations",
                    id=relation,
                    from_id=one.id,
                    to_id=other.id,
                    type=kind,
                    status="asserted",
                    evidence_count=1,
                )
            )
            batches["evidence"].append(
                _row(
                    "evidence",
                    relation_id=relation,
                    source_id=source,
                    asserted_by=one.id,
                    start=start,
                    end=end,
                    text=text[start:end],
                    rule="mention",
                    measured=0,
                )
            )
        if len(batches["sources"]) == BATCH:
            _flush(connection, batches)
    _flush(connection, batches)
    _insert(
        connection, "documents", (_document(one, count) for one, count in zip(country.documents, cited, strict=True))
    )


def _text(
    country: Country, one: Made, targets: Sequence[int], dice: random.Random
) -> tuple[str, list[tuple[int, tuple[int, int]]]]:
    """A text that cites the targets, with where it does."""
    pieces = [f"Số: {one.code}\n{KINDS[one.kind].label.upper()}\n{one.title}\n\n"]
    length, spans = len(pieces[0]), []
    for target in targets:
        other = country.documents[target]
        words = f"{KINDS[other.kind].label} số {other.code} ngày {other.day}"
        for piece in (varied(dice.choice(PLAIN_SENTENCES), dice) + "\n", "Thực hiện ", words, ".\n"):
            if piece is words:
                spans.append((target, (length, length + len(words))))
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), spans


def _document(one: Made, cited: int) -> Row:
    kind = KINDS[one.kind]
    return _row(
        "documents", id=one.id, code=one.code, type=kind.type, label=kind.label, number=one.code.split("/")[0].split("-")[0],
        year=int(one.day[:4]), issued_on=one.day, issuer=None, agency_id=one.agency, place=one.place, level=kind.level,
        title=one.title, status="read", number_key=code_key(one.code), cited_count=cited,
    )  # fmt: skip


def _steps(country: Country, rules: Rules, dice: random.Random) -> Iterator[Row]:
    """For each Party directive the steps in every place that carries it out, a twentieth of them with nothing in them."""
    chain = next(one for one in rules.chains.chains if one.id == "party_central")
    below: dict[int, dict[str, int]] = {}
    for at in country.of_kind[2]:
        one = country.documents[at]
        if one.above is not None:
            below.setdefault(one.above, {}).setdefault(one.place, at)
    for directive, places in sorted(below.items()):
        for place, plan in sorted(places.items()):
            for step in chain.steps:
                filled = step.id == "party_plan"
                state = "done" if filled else dice.choice(("done", "late", "planned", "missing", *["unknown"] * 6))
                days = dice.randrange(20, 400) if state in ("done", "late") else None
                above, one = country.documents[directive], country.documents[plan]
                yield _row(
                    "chain_steps", directive_id=above.id, chain=chain.id, step=step.id, place=place, agency=f"{place}/ubnd",
                    agency_name=f"Cơ quan {place}", document_id=one.id if state in ("done", "late") else None, state=state, days=days,
                    basis="Văn bản mẫu.", basis_en="A sample.", required=int(step.required), direct=int(step.direct),
                    carries_out=above.id, evidence="[]",
                )  # fmt: skip


def _findings(country: Country, dice: random.Random) -> Iterator[Row]:
    """One finding for every second document."""
    kinds = (
        ("MISSING_IMPLEMENTATION", "high"),
        ("LABEL_SYMBOL", "high"),
        ("NUMBER_ORDER", "medium"),
        ("WEEKEND_DATE", "info"),
        *[("UNRESOLVED", "info")] * 6,
    )
    for number in range(len(country.documents) // 2):
        at = dice.randrange(len(country.documents))
        one = country.documents[at]
        code, severity = dice.choice(kinds)
        yield _row(
            "findings", id=number + 1, code=code, severity=severity, document_id=one.id, source_id=f"{at:064x}", start=0, end=10,
            text=f"Số: {one.code}"[:10], message="Một điều cần xem lại.", message_en="Something to look at.", details="{}", since=one.day,
        )  # fmt: skip


def _build(connection: sqlite3.Connection) -> Row:
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("sources", "documents", "mentions", "relations")
    }
    return _row(
        "builds", at="2026-01-01T00:00:00+00:00", version=__version__, schema_version=SCHEMA_VERSION, patterns_hash="", sources_read=counts["sources"],
        sources_warning=0, sources_rejected=0, documents=counts["documents"], mentions=counts["mentions"], resolved=counts["mentions"],
        ambiguous=0, unresolved=0, relations=counts["relations"], newest="2025-09-01",
    )  # fmt: skip


def _row(table: str, **values: Any) -> Row:
    """The values in the order of the table's columns."""
    return [values.get(name) for name in TABLES[table].columns]


def _flush(connection: sqlite3.Connection, batches: dict[str, list[Row]]) -> None:
    for table, rows in batches.items():
        _insert(connection, table, rows)
        rows.clear()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(TABLES[table].columns))})", rows)


if __name__ == "__main__":
    import sys

    from kgdocs.grammar import load_rules

    made = make_country(Path(sys.argv[1]), load_rules(), int(sys.argv[2]))
    print(json.dumps({"bytes": made.stat().st_size}))
