"""Runs under atheris: libFuzzer changes the inputs and keeps those that reach new code of kgdocs.

It ends at the first fault and keeps its input; a corpus of inputs lives in a scratch folder for the time of the run.
"""

import importlib.util
import random
import sys
import tempfile
from pathlib import Path

from tests.fuzz.running import SEEDS, WORST_SECONDS, begin_with, target_named

IS_HERE = importlib.util.find_spec("atheris") is not None
_LONGEST = 1 << 16


def run_covered(name: str, *, runs: int, seconds: float, seed: int, folder: Path = SEEDS) -> None:
    """Try inputs until `runs` or `seconds` are reached; libFuzzer ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["kgdocs"]):
        target = target_named(name)
        target.check(target.samples()[0])

    def changed(content: bytes, longest: int, chosen: int) -> bytes:
        """Half of the changes know the format, the others are those of libFuzzer."""
        chance = random.Random(chosen)
        return (target.mutated(content, chance) if chosen % 2 else bytes(atheris.Mutate(content, longest)))[:longest]

    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch)
        for number, content in enumerate(begin_with(target, name, folder)):
            (corpus / f"{number:05d}").write_bytes(content)
        (folder / name).mkdir(parents=True, exist_ok=True)
        options = [f"-runs={runs}", f"-max_total_time={int(seconds)}", f"-seed={seed}", f"-max_len={_LONGEST}"]
        options += [
            f"-artifact_prefix={folder / name}/fault-",
            f"-timeout={int(WORST_SECONDS)}",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], target.check, custom_mutator=changed)
        atheris.Fuzz()
