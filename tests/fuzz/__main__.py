"""Try kgdocs on inputs made by chance: `python -m tests.fuzz TARGET --runs N --seconds S`, or `make fuzz`.

Nothing but what a target declares may come out, within 2 seconds for each input. What does is kept in
tests/fuzz/seeds/TARGET, and tried by the tests from then on. The same seed makes the same inputs.
"""

import argparse
import subprocess
import sys

from tests.fuzz.coverage import IS_HERE, run_covered
from tests.fuzz.running import TARGETS, run, target_named


def main() -> int:
    """Run what was asked for; 1 where an input was faulty."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", choices=(*TARGETS, "all"), default="all")
    parser.add_argument("--runs", type=int, default=2_000, help="inputs of each target (default 2000)")
    parser.add_argument("--seconds", type=float, default=600, help="time for each target (default 600)")
    parser.add_argument("--seed", type=int, default=1, help="of the chance (default 1)")
    parser.add_argument(
        "--engine", choices=("samples", "atheris", "auto"), default="auto",
        help="changed samples; atheris, led by what code is reached; auto: atheris where it is installed",
    )  # fmt: skip
    options = parser.parse_args()
    engine = ("atheris" if IS_HERE else "samples") if options.engine == "auto" else options.engine
    names = TARGETS if options.target == "all" else (options.target,)
    if engine == "samples":
        return max([_run(name, options) for name in names])
    if len(names) == 1:
        run_covered(names[0], runs=options.runs, seconds=options.seconds, seed=options.seed)
    return max([_apart(name, options) for name in names])


def _run(name: str, options: argparse.Namespace) -> int:
    """Run one target and tell what came of it."""
    report = run(name, target_named(name), runs=options.runs, seconds=options.seconds, seed=options.seed)
    rate = report.runs / max(report.seconds, 0.001)
    print(
        f"{name}: {report.runs} inputs in {report.seconds:.0f} s ({rate:.0f} a second), slowest {report.worst:.3f} s, {len(report.faults)} faults"
    )
    print("".join(f"  {fault}\n" for fault in report.faults), end="", flush=True)
    return 1 if report.faults else 0


def _apart(name: str, options: argparse.Namespace) -> int:
    """Run one target under atheris in a process of its own, which libFuzzer ends."""
    told = ("--runs", str(options.runs), "--seconds", str(options.seconds), "--seed", str(options.seed))
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, *told, "--engine", "atheris"], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
