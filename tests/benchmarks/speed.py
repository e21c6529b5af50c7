"""Speed as multiples of reference points that are measured in the same rounds on the same text."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import spacy

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.read import read_layout
from tests.benchmarks.aims import Aim
from tests.benchmarks.texts import TEXTS

PLAIN = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ]+")
ANCHOR = re.compile(r"[0-9][0-9/]{0,9}[-/][A-ZĐ][A-Za-zĐđƯưÔôƠơ]{0,9}(?:[-/][A-ZĐƯ][A-Za-zĐđƯưÔôƠơ&]{0,15}){0,4}")
PIECE = 25_000
"""Characters that spaCy's tokeniser gets at a time: on one long text its time grows with the square of the length."""
LEAST_SECONDS = 0.01
"""A work that takes less is repeated within a round, so that the clock does not decide."""
RATE_AIM = 0.85
"""The least rate on the longest text, in rates of the shortest."""
PLAIN_AIM = 1 / 5
"""The least rate of references and relations, in rates of plain re."""
WORKS = {"references": "references with all fields", "relations": "references and relations", "layout": "layout"}


@dataclass(slots=True)
class Measured:
    """Seconds per round of each work on one text, and what was found in it."""

    text: str
    size: int
    references: int
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, work: str, reference: str) -> float:
        """Median over the rounds of the time of `work` in times of `reference`."""
        pairs = zip(self.seconds[work], self.seconds[reference], strict=True)
        return statistics.median(first / second for first, second in pairs)


def measure_speed(rules: Rules, sizes: tuple[int, ...], rounds: int) -> Iterator[Measured]:
    """Yield the times of every text and size; rounds go through all sizes of a text in turn."""
    extractor = Extractor(rules)
    words = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    for name, make in TEXTS.items():
        works = {}
        for size in sizes:
            if text := make(size):
                layout = read_layout(text, rules)
                found = len(extractor.extract(text, layout).references)
                works[size] = Measured(name, size, found), _works(text, rules, extractor, words)
        for _ in range(rounds):
            for measured, work in works.values():
                for label, call in work.items():
                    measured.seconds.setdefault(label, []).append(_seconds(call))
        yield from (measured for measured, _ in works.values())


def has_references_alone(extractor_type: type = Extractor) -> bool:
    """True where references can be read without relations."""
    return hasattr(extractor_type, "references")


def _works(text: str, rules: Rules, extractor: Extractor, words: spacy.Language) -> dict[str, Callable[[], object]]:
    """What is timed: reference points first."""
    layout = read_layout(text, rules)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    alone = getattr(extractor, "references", extractor.extract)
    return {
        "plain": lambda: PLAIN.findall(text),
        "anchor": lambda: ANCHOR.findall(text),
        "spaCy": lambda: [words.tokenizer(piece) for piece in pieces],
        "layout": lambda: read_layout(text, rules),
        "references": lambda: alone(text, layout),
        "relations": lambda: extractor.extract(text, layout),
    }


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    calls, start = 0, time.process_time()
    while (spent := time.process_time() - start) < LEAST_SECONDS:
        work()
        calls += 1
    return spent / calls


def speed_lines(measured: list[Measured]) -> Iterator[str]:
    """Yield what `make bench` prints of the speeds."""
    if not has_references_alone():
        yield "The extractor reads no references alone yet: the lines of references are those of references and relations."
    for one in measured:
        yield (
            f"{one.text}, {one.size} characters, {one.references} references "
            f"({1000 * one.references / one.size:.2f} in 1,000 characters)"
        )
        yield (
            f"    reference points: the bounded anchor runs at {1 / one.ratio('anchor', 'plain'):.2f} x plain re, "
            f"spaCy's tokeniser alone at 1/{one.ratio('spaCy', 'plain'):.1f}"
        )
        for work, label in WORKS.items():
            multiple, anchor, tokens = (one.ratio(work, point) for point in ("plain", "anchor", "spaCy"))
            yield (
                f"    {label} run at 1/{multiple:.1f} of plain re, "
                f"1/{anchor:.1f} of the bounded anchor, {1 / tokens:.2f} x spaCy's tokeniser alone"
            )
    yield from (line for *_, line in _rates(measured))


def speed_aims(measured: list[Measured]) -> Iterator[Aim]:
    """What is wanted of references and relations: their rate on each text, and that it does not fall with the length."""
    for text in TEXTS:
        sizes = sorted((one for one in measured if one.text == text), key=lambda one: one.size)
        if sizes:
            what = f"{text}: references and relations in rates of plain re"
            yield Aim(what=what, value=1 / sizes[0].ratio("relations", "plain"), bound=PLAIN_AIM, at_least=True)
    for text, work, rate, _ in _rates(measured):
        if work == "relations":
            what = f"{text}: references and relations of the longest text in rates of the shortest"
            yield Aim(what=what, value=rate, bound=RATE_AIM, at_least=True)


def _rates(measured: list[Measured]) -> Iterator[tuple[str, str, float, str]]:
    """(text, work, rate of the longest in rates of the shortest, the line that says so)."""
    for text in TEXTS:
        sizes = sorted((one for one in measured if one.text == text), key=lambda one: one.size)
        for work, label in WORKS.items() if len(sizes) > 1 else ():
            short, long = sizes[0], sizes[-1]
            pairs = zip(short.seconds[work], long.seconds[work], strict=True)
            rate = statistics.median((a / short.size) / (b / long.size) for a, b in pairs)
            line = f"{long.size // 1000}k run at {rate:.2f} of the rate of {short.size // 1000}k (aim ≥ {RATE_AIM})"
            yield text, work, rate, f"{text}, {label}: {line}"


def speed_figures(measured: list[Measured]) -> dict[str, object]:
    """The same as one value for JSON."""
    return {
        "references_alone": has_references_alone(),
        "texts": [
            {
                "text": one.text,
                "characters": one.size,
                "references": one.references,
                "times_plain": {work: round(one.ratio(work, "plain"), 3) for work in one.seconds},
                "times_anchor": {work: round(one.ratio(work, "anchor"), 3) for work in one.seconds},
                "times_spacy": {work: round(one.ratio(work, "spaCy"), 4) for work in one.seconds},
            }
            for one in measured
        ],
        "rate_of_longest": [
            {"text": text, "work": work, "rate": round(rate, 3)} for text, work, rate, _ in _rates(measured)
        ],
    }
