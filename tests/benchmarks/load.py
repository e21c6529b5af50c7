"""Many requests at once on a running site: `make load`, or `python -m tests.benchmarks.load --requests 10000 --at-once 50`.

A site of the sample corpus is served by `kgdocs serve` on a free port of this machine and asked for its pages in turn; no answer
may be a server's error. Client and server share the processors, so that times are those of a busy machine.
"""

import argparse
import asyncio
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx

import kgdocs

ROOT = Path(__file__).resolve().parent.parent.parent
DIRECTIVE = "trung-uong/2023/28-ct-tw"
PAGES = (
    "/", "/tra-cuu?q=tre+em", "/tra-cuu?q=28-CT/TW", f"/van-ban/{DIRECTIVE}", f"/dong-van-ban/{DIRECTIVE}", "/tuan-thu", "/phat-hien",
    f"/tuan-thu/{DIRECTIVE}", "/thong-ke", "/.json", "/tra-cuu.json?q=ke+hoach", "/goi-y.json?q=28", "/kgdocs", "/kgdocs/documents",
    "/kgdocs/documents.json", "/static/kgdocs.css",
)  # fmt: skip
_SECONDS_TO_BEGIN = 60


@dataclass(frozen=True, slots=True)
class Load:
    """Answers by status, seconds in all, and the seconds of each answer in order of size."""

    statuses: Counter[int]
    seconds: float
    times: list[float]

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which such a share of the answers came."""
        return 1000 * self.times[min(len(self.times) - 1, int(share * len(self.times)))]

    def line(self) -> str:
        """Return the figures in one line."""
        told = ", ".join(f"p{round(100 * share)} {self.percentile(share):.0f} ms" for share in (0.5, 0.95, 0.99))
        counts = ", ".join(f"{count} x {status}" for status, count in sorted(self.statuses.items()))
        return f"{len(self.times)} requests in {self.seconds:.0f} s ({len(self.times) / self.seconds:.0f} a second): {counts}; {told}"


@contextmanager
def serving(db: Path, *options: str) -> Iterator[str]:
    """Serve a database on a free port for the time of the block; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kgdocs", "serve", "--db", str(db), "--port", str(port), *options]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return when the port answers; raises RuntimeError where it does not."""
    until = time.monotonic() + _SECONDS_TO_BEGIN
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the site was not served")


async def asked(address: str, requests: int, at_once: int) -> Load:
    """Ask a site for its pages in turn, so many at once."""
    pages = iter(islice(cycle(PAGES), requests))
    statuses: Counter[int] = Counter()
    times: list[float] = []

    async def one_after_the_other(client: httpx.AsyncClient) -> None:
        for page in pages:
            began = time.perf_counter()
            answer = await client.get(page)
            times.append(time.perf_counter() - began)
            statuses[answer.status_code] += 1

    began = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        await asyncio.gather(*(one_after_the_other(client) for _ in range(at_once)))
    return Load(statuses, time.perf_counter() - began, sorted(times))


def main() -> int:
    """Build, serve, ask, and tell; 1 where an answer was no page."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--db", type=Path, help="a database that is there (default: one of corpus/)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = options.db or Path(folder) / "kgdocs.db"
        if options.db is None:
            kgdocs.build([ROOT / "corpus"], db)
        with serving(db) as address:
            load = asyncio.run(asked(address, options.requests, options.at_once))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = 1000 * (used.ru_utime + used.ru_stime) / options.requests
    print(
        f"{options.at_once} at once: {load.line()}; {each:.1f} ms of the server's processor time each, its start included"
    )
    return 0 if set(load.statuses) == {200} else 1


if __name__ == "__main__":
    sys.exit(main())
