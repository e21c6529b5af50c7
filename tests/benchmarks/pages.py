"""What a page of the site costs, against the SQL that it asks, on a made-up country of n documents.

Server time is that of the whole application, asked in-process; the same statements with the same values are then run
on a plain connection of sqlite3. Both are medians over the rounds of the processor time of all threads, one request at a time.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from kgdocs.publish.app import create_app
from tests.benchmarks.aims import Aim

AIM_MS, AIM_RATIO = 50, 3
"""A page should take no more than so many milliseconds, or no more than so many times its own SQL."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of one page, in milliseconds; `sql` is that of its statements alone."""

    page: str
    server: float
    sql: float
    bytes: int

    @property
    def is_good(self) -> bool:
        """True within the larger of the two aims."""
        return self.server <= max(AIM_MS, AIM_RATIO * self.sql)


def measure_pages(db: Path, rounds: int) -> Iterator[Cost]:
    """Yield what each page costs on the country."""
    app = create_app(db)
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as plain:
        for page in pages(plain):
            statements: list[str] = []
            answer = _ask(app, page, statements)
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
            server = median(_seconds(lambda page=page: _ask(app, page)) for _ in range(rounds))
            sql = median(_seconds(lambda asked=statements: _run(plain, asked)) for _ in range(rounds))
            yield Cost(page, server * 1000, sql * 1000, len(answer.content))
    app.executor.shutdown()


def pages(connection: sqlite3.Connection) -> list[str]:
    """Addresses of every kind of page: with the most, with something and with nothing to show."""
    hub, hub_code = _one(connection, "SELECT id, code FROM documents ORDER BY cited_count DESC LIMIT 1")
    (usual,) = _one(
        connection,
        "SELECT id FROM documents WHERE type = 'ke_hoach' AND level = 'province' ORDER BY id LIMIT 1 OFFSET 1000",
    )
    (place,) = _one(connection, "SELECT place FROM documents WHERE level = 'province' LIMIT 1")
    (directive,) = _one(connection, "SELECT directive_id FROM chain_steps GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    return [
        "/", "/tra-cuu", "/tra-cuu?q=28-CT/TW", "/tra-cuu?q=bao+ve+tre+em", "/tra-cuu?q=chuyển+đổi+số&type=cong_van",
        "/tra-cuu?agency=trung-uong/thu-tuong-chinh-phu", f"/tra-cuu?place={place}&year=2024", "/tra-cuu?q=9999999/XX-YY",
        f"/van-ban/{usual}", f"/van-ban/{hub}", f"/dong-van-ban/{usual}", f"/dong-van-ban/{hub}",
        f"/duong-noi?tu={usual}&den={hub}", f"/duong-noi?tu={hub_code}&den=khong-co",
        "/tuan-thu", f"/tuan-thu?place={place}", "/tuan-thu?state=missing&sort=date", f"/tuan-thu/{directive}",
        "/phat-hien", "/phat-hien?code=LABEL_SYMBOL", f"/phat-hien?place={place}", "/thong-ke",
    ]  # fmt: skip


def _one(connection: sqlite3.Connection, sql: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = connection.execute(sql).fetchone()
    return found


def _ask(app: Any, page: str, statements: list[str] | None = None) -> Any:
    """Ask for a page; its statements are added to `statements`, those inside of others left out."""
    database = next(one for name, one in app.databases.items() if not name.startswith("_"))
    if statements is not None:

        def note(sql: str) -> None:
            if not sql.startswith("--"):
                statements.append(sql)

        def watch(connection: sqlite3.Connection, on: bool) -> None:
            connection.set_trace_callback(note if on else None)

        known = database.execute_fn

        async def traced(fn: Callable[[sqlite3.Connection], Any]) -> Any:
            def inside(connection: sqlite3.Connection) -> Any:
                watch(connection, True)
                try:
                    return fn(connection)
                finally:
                    watch(connection, False)

            return await known(inside)

        database.execute_fn = traced
        try:
            return asyncio.run(app.client.get(page))
        finally:
            del database.execute_fn
    return asyncio.run(app.client.get(page))


def _run(connection: sqlite3.Connection, statements: list[str]) -> None:
    for sql in statements:
        connection.execute(sql).fetchall()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def pages_aim(costs: list[Cost]) -> Aim:
    """All pages within their bounds."""
    return Aim(
        what=f"of {len(costs)} pages, those above both bounds", value=sum(not one.is_good for one in costs), bound=0
    )


def page_lines(costs: list[Cost], documents: int) -> Iterator[str]:
    """Yield the table to print."""
    yield f"pages of the site, {documents:,} documents: server and SQL alone, median ms of processor time; aim {AIM_MS} ms or {AIM_RATIO} times the SQL"
    for one in costs:
        mark = "" if one.is_good else "  above the aim"
        yield f"  {one.page[:64]:64} {one.server:8.1f} {one.sql:8.1f}  x{one.server / max(one.sql, 0.01):5.1f}  {one.bytes // 1024:5d} KB{mark}"
