"""References and relations beside eyecite, the best-known reader of citations in English, per character.

eyecite stands in an environment of its own (`make .venv-bench/.installed`), for one of its packages installs a module
named `tests`. Each reads its own language, with about as many citations in 1,000 characters, in pieces of a length that
does not grow: eyecite's time grows faster than the text.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules
from kgdocs.read import read_layout
from tests.benchmarks.aims import Aim
from tests.benchmarks.texts import ROOT, prose_text

PIECE, PIECES = 25_000, 4
AIM = 60.0
"""The least rate in characters, in rates of eyecite."""
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
_RATE = Path(__file__).with_name("eyecite_rate.py")
ABSENT = "eyecite is not installed, so that it is not measured against; make .venv-bench/.installed puts it into an environment of its own."


@dataclass(frozen=True, slots=True)
class Peer:
    """Seconds of each round for 1,000 characters, and citations in 1,000 characters, of both."""

    ours: list[float]
    theirs: list[float]
    our_citations: float
    their_citations: float

    @property
    def ratio(self) -> float:
        """How many times eyecite's rate ours is: the median over the rounds."""
        return median(theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True))

    def aims(self) -> Iterator[Aim]:
        """What is wanted of the ratio."""
        yield Aim(
            what="references and relations in rates of eyecite per character",
            value=self.ratio,
            bound=AIM,
            at_least=True,
        )


def measure_peers(rules: Rules, rounds: int) -> Peer | None:
    """Read with both in turn; None where eyecite is not installed."""
    if not PYTHON.is_file():
        return None
    extractor = Extractor(rules)
    text = prose_text(PIECE * PIECES)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    layouts = [read_layout(piece, rules) for piece in pieces]
    found = sum(len(extractor.extract(*pair).references) for pair in zip(pieces, layouts, strict=True))
    ours, answers = [], []
    command = [str(PYTHON), str(_RATE), *[str(PIECE)] * PIECES]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        for _ in range(rounds):
            begun = time.process_time()
            for piece, layout in zip(pieces, layouts, strict=True):
                extractor.extract(piece, layout)
            ours.append((time.process_time() - begun) / len(text) * 1000)
            peer.stdin.write("\n")
            peer.stdin.flush()
            answers.append(json.loads(peer.stdout.readline()))
        peer.stdin.close()
    theirs = [one["seconds"] / one["characters"] * 1000 for one in answers]
    last = answers[-1]
    return Peer(ours, theirs, 1000 * found / len(text), 1000 * last["citations"] / last["characters"])


def peer_lines(found: Peer | None) -> Iterator[str]:
    """What `make bench` prints of it."""
    if found is None:
        yield ABSENT
        return
    yield (
        f"eyecite on its own English, {found.their_citations:.2f} citations in 1,000 characters, beside ours on prose with "
        f"{found.our_citations:.2f} references, {PIECES} pieces of {PIECE:,} characters:"
    )
    yield from (f"  {aim.line}" for aim in found.aims())
