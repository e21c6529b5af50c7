"""Inputs made by chance: all that once were faulty are tried again, and a short run makes new ones (KGDOCS_FUZZ_RUNS)."""

import os
import random
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT
from tests.fuzz.coverage import IS_HERE
from tests.fuzz.files import FILES
from tests.fuzz.readers import _READERS
from tests.fuzz.running import TARGETS, begin_with, kept, run, target_named, try_kept

RUNS = os.environ.get("KGDOCS_FUZZ_RUNS", "40")


@pytest.fixture(scope="module", params=TARGETS)
def target(request):
    module = target_named(request.param)
    module.check(module.samples()[0])  # rules and pages are made before the time counts
    return request.param, module


def test_samples_and_kept_inputs_are_handled(target):
    name, module = target
    inputs = begin_with(module, name)
    assert inputs
    for content in inputs:
        try_kept(module, content)


def test_changed_samples_are_handled_and_always_the_same(target):
    _, module = target
    once, again = random.Random(5), random.Random(5)
    for content in module.samples():
        changed = module.mutated(content, once)
        assert module.mutated(content, again) == changed
        module.check(changed)


def test_every_format_has_a_file_and_harmful_ones():
    assert {name for name, _ in FILES} == set(_READERS)
    assert len(kept("readers")) >= 60
    assert {path.name.partition("-")[0] for path in kept("readers")} <= set(_READERS)


def test_a_short_run_of_all_targets():
    """In a process of its own, as `make fuzz` does it: a target that ends its process must not end the tests."""
    command = [sys.executable, "-m", "tests.fuzz", "all", "--engine", "samples", "--runs", RUNS]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [line for line in ended.stdout.splitlines() if f": {RUNS} inputs" in line and line.endswith(" 0 faults")]
    assert ended.stdout.count(" 0 faults") == len(TARGETS)


@pytest.mark.skipif(not IS_HERE, reason="needs atheris (extra fuzz: CPython 3.11 to 3.13 on Linux)")
def test_a_short_run_under_atheris():
    command = [sys.executable, "-m", "tests.fuzz", "grammar", "--engine", "atheris", "--runs", RUNS]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert f"Done {RUNS} runs" in ended.stderr


class Faulty:
    """A target that fails in every way there is."""

    WORDS = (b"x",)

    def __init__(self, fault):
        self.fault = fault

    def samples(self):
        return [b"good"]

    def mutated(self, content, chance):
        return b"bad"

    def check(self, content):
        if content == b"bad":
            self.fault()


def burn():
    until = time.process_time() + 0.3
    while time.process_time() < until:
        pass


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda: 1 // 0, "ZeroDivisionError"),
        (lambda: os.kill(os.getpid(), 9), "the process ended with -9"),
        (burn, "AssertionError: took"),
        (lambda: time.sleep(60), "no answer"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_what_goes_wrong_is_told_once_and_its_input_kept(fault, told, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.fuzz.running._HANG_SECONDS", 1.5 if told == "no answer" else 60)
    monkeypatch.setattr("tests.fuzz.running.WORST_SECONDS", 0.2)
    report = run("x", Faulty(fault), runs=2, seconds=60, seed=2, folder=tmp_path)
    (line,) = report.faults
    assert line.startswith(told)
    assert [path.read_bytes() for path in kept("x", tmp_path)] == [b"bad"]
    assert report.runs == 2
