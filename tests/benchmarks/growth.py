"""How time grows with the length of inputs made to be slow, each in a child process that may be ended."""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.read import read_layout
from tests.benchmarks.adversarial import INPUTS, adversarial_text
from tests.benchmarks.aims import Aim

AIM = 6.0
"""The most that four times the length may take, in times."""
LIMIT_SECONDS = 60
LIMIT_BYTES = 6_000_000_000
WORKS = ("layout", "extract")
REPEATED_BELOW = 2.0
"""Seconds below which a measurement is made again and the better one kept."""

Seconds = dict[str, float]


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of each work on the short and on the long input; None where it was not done within the limits."""

    name: str
    short: Seconds | None
    long: Seconds | None
    reason: str = ""

    def ratio(self, *works: str) -> float | None:
        """Time of the long input in times of the short one."""
        if self.short is None or self.long is None:
            return None
        return sum(self.long[work] for work in works) / sum(self.short[work] for work in works)

    @property
    def is_linear(self) -> bool:
        """True where the whole stays within the aim."""
        ratio = self.ratio(*WORKS)
        return ratio is not None and ratio <= AIM


def measure_growth(rules: Rules, short: int, long: int) -> Iterator[Growth]:
    """Yield the growth of every input, a child process for each."""
    extractor = Extractor(rules)
    for name in INPUTS:
        yield _in_child(name, rules, extractor, short, long)


def _in_child(name: str, rules: Rules, extractor: Extractor, short: int, long: int) -> Growth:
    """Measure in a forked process; end it at the time limit."""
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(send, name, rules, extractor, (short, long)))
    child.start()
    send.close()
    results: list[Seconds] = []
    reason = ""
    while len(results) < 2 and not reason:
        try:
            result = receive.recv() if receive.poll(LIMIT_SECONDS) else f"> {LIMIT_SECONDS} s"
        except EOFError:
            result = "the process ended"
        if isinstance(result, str):
            reason = result
        else:
            results.append(result)
    child.kill()
    child.join()
    return Growth(name, results[0] if results else None, results[1] if len(results) > 1 else None, reason)


def _child(send: Connection, name: str, rules: Rules, extractor: Extractor, sizes: tuple[int, ...]) -> None:
    """Send the seconds for each size, or why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    try:
        for size in sizes:
            text = adversarial_text(name, size)
            first = _timed(text, rules, extractor)
            again = _timed(text, rules, extractor) if sum(first.values()) < REPEATED_BELOW else first
            send.send({work: min(first[work], again[work]) for work in WORKS})
    except MemoryError:
        send.send(f"> {LIMIT_BYTES // 10**9} GB")


def _timed(text: str, rules: Rules, extractor: Extractor) -> Seconds:
    """Processor seconds of layout and extraction."""
    start = time.process_time()
    layout = read_layout(text, rules)
    middle = time.process_time()
    extractor.extract(text, layout)
    return {"layout": middle - start, "extract": time.process_time() - middle}


def growth_line(growth: Growth, short: int, long: int) -> str:
    """What `make bench` prints of one input."""
    sizes = f"{_kilobytes(long)} / {_kilobytes(short)}"
    ratio = growth.ratio(*WORKS)
    if ratio is None or growth.long is None:
        short_state = "" if growth.short is None else f" ({_kilobytes(short)} was done)"
        return f"{growth.name:26} {sizes}: {growth.reason}{short_state}   NOT LINEAR"
    parts = " ".join(f"{work} {1e6 * growth.long[work] / long:6.2f}" for work in WORKS)
    state = "" if growth.is_linear else f"   NOT LINEAR (aim ≤ {AIM:.0f})"
    return f"{growth.name:26} {sizes} = {ratio:5.1f}   µs per character: {parts}{state}"


def growth_aim(growths: list[Growth]) -> Aim:
    """No input may take more than linear time."""
    slow = sum(not growth.is_linear for growth in growths)
    return Aim(
        what=f"of {len(growths)} inputs made to be slow, those read in more than linear time", value=slow, bound=0
    )


def _kilobytes(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} KB"


def growth_figures(growths: list[Growth], short: int, long: int) -> dict[str, object]:
    """The same as one value for JSON."""
    return {
        "aim": AIM,
        "characters": [short, long],
        "inputs": {
            growth.name: {
                "ratio": _rounded(growth.ratio(*WORKS)),
                **{f"ratio_{work}": _rounded(growth.ratio(work)) for work in WORKS},
                "microseconds_per_character": {
                    work: round(1e6 * growth.long[work] / long, 3) for work in WORKS if growth.long
                },
                "linear": growth.is_linear,
                "reason": growth.reason,
            }
            for growth in growths
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
