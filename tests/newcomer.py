"""A newcomer with nothing but this folder, or a wheel, follows README and tutorials to the letter, on each Python that is here.

`make newcomer` does that with every Python from 3.11 to 3.13 that is on PATH or that pyenv has; a version that is not here is
told and left out. Three ways are gone with each, in fresh folders with environments of their own:

    README           a copy of the checkout: `make serve`, then every question of the table, then what the page shows
    tutorial         the same copy: installed as the tutorial says, then the tutorial from its first line to its last
    from the wheel   the wheel alone, with its pins: the tutorial in Vietnamese, then its database with
                     `datasette kgdocs.db`, without our command

What a page shows and what is printed must be the same, as in tests/test_samples.py; here the pages install kgdocs themselves.
Only the registries of packages are asked over the network.
"""

import difflib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.samples import ROOT, SampleError, run, samples_of

VERSIONS = ((3, 11), (3, 12), (3, 13))
"""The versions of Python that are tried."""
INSTALLING, SERVING = "an installation", "a server"
"""Why tests/test_samples.py skips a fence that runs here."""
_KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "TMPDIR",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
)
"""What of the environment a newcomer has too, beside all that begins with PIP_."""
_PATIENCE = 240
"""Seconds that a site may take until it answers: `make serve` installs first."""
_DRAFT = "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.\n"


def pythons(environment: Mapping[str, str] = os.environ) -> dict[tuple[int, int], Path]:
    """Return version → interpreter, as found on PATH and below the versions of pyenv; this one for its own version."""
    found: dict[tuple[int, int], Path] = {}
    if (own := sys.version_info[:2]) in VERSIONS:
        found[own] = Path(getattr(sys, "_base_executable", sys.executable))
    for version in VERSIONS:
        for path in _candidates(version, environment):
            if version not in found and version_of(path) == version:
                found[version] = path
    return dict(sorted(found.items()))


def _candidates(version: tuple[int, int], environment: Mapping[str, str]) -> Iterator[Path]:
    """Where a version of Python may be."""
    name = f"python{version[0]}.{version[1]}"
    for folder in environment.get("PATH", "").split(os.pathsep):
        yield from (Path(folder) / one for one in (name, "python3") if folder)
    pyenv = Path(environment.get("PYENV_ROOT") or Path(environment.get("HOME", "/")) / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version[0]}.{version[1]}.*/bin/python3"), reverse=True)


def version_of(path: Path) -> tuple[int, int] | None:
    """Return the version of an interpreter that can make environments, None where it is none (a shim without a version is not)."""
    if not path.is_file():
        return None
    code = "import ensurepip, sys, venv; print(*sys.version_info[:2])"
    told = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    words = told.stdout.split()
    return (int(words[0]), int(words[1])) if told.returncode == 0 and len(words) == 2 else None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with one Python, in one fresh folder."""

    folder: Path
    environment: Mapping[str, str]

    def installed_in(self, environment: Path) -> "Newcomer":
        """Return the same person after activating an environment."""
        path = f"{environment / 'bin'}{os.pathsep}{self.environment['PATH']}"
        return Newcomer(self.folder, {**self.environment, "PATH": path, "VIRTUAL_ENV": str(environment)})

    def shell(self, script: str, folder: Path) -> None:
        """Run a script; raises SampleError where it does not end with 0."""
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=dict(self.environment),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if ended.returncode:
            raise SampleError(f"$ {script.strip()}\nends with {ended.returncode}\n{ended.stdout[-4000:]}")


def newcomer(python: Path, folder: Path) -> Newcomer:
    """Return somebody whose `python3` is `python`, with nothing else of who runs this."""
    tools = folder / "bin"
    tools.mkdir(parents=True)
    for name in ("python3", "python"):
        (tools / name).write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("PIP_")}
    path = os.pathsep.join([str(tools), kept.get("PATH", "/usr/bin:/bin")])
    quiet = {"PIP_QUIET": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return Newcomer(folder, {"LANG": "C.UTF-8", **kept, **quiet, "PATH": path})


def fences(page: str, reason: str, root: Path = ROOT) -> list[str]:
    """Return the fences of a page that are skipped elsewhere for this reason; raises SampleError where there is none."""
    found = [one.body for one in samples_of((root / page).read_text(encoding="utf-8"), page) if reason in one.skipped]
    if not found:
        raise SampleError(f"{page}: no fence is skipped as {reason!r}")
    return found


def follow(who: Newcomer, page: str, folder: Path) -> int:
    """Run what a page shows, in `folder`; return how many fences print something. Raises SampleError where one does not as shown."""
    checked = 0
    for one, body in run(samples_of((ROOT / page).read_text(encoding="utf-8"), page), folder, who.environment):
        if one.body != body:
            told = difflib.unified_diff(one.body.splitlines(), body.splitlines(), "shown", "printed", lineterm="")
            raise SampleError(f"{one.where}\n" + "\n".join(told))
        checked += 1
    return checked


def readme(who: Newcomer, checkout: Path) -> str:
    """Go through the README: `make serve`, the questions, the samples."""
    (script,) = fences("README.md", SERVING)
    command = next(line.partition("#")[0].strip() for line in script.splitlines() if line.startswith("make serve"))
    with served(who, f"{command} PORT={{}}", checkout) as address:
        _shows(f"{address}/tra-cuu?q=28-CT%2FTW", "28-CT/TW")
    inside = who.installed_in(checkout / ".venv")
    (checkout / "draft.txt").write_text(_DRAFT, encoding="utf-8")
    asked = questions((ROOT / "README.md").read_text(encoding="utf-8"))
    for question in asked:
        inside.shell(question, checkout)
    return f"{len(asked)} questions, {follow(inside, 'README.md', checkout)} samples"


def questions(text: str) -> list[str]:
    """Return the commands of the table of questions; the reports that one compares are two of corpus/."""
    table = text.split("| question | command |")[1].split("\n\n")[0]
    found = re.findall(r"\| `(kgdocs [^`]+)`", table)
    return [one.replace("EARLIER LATER", "31/KH-UBND 45/BC-UBND") for one in found]


def tutorial(who: Newcomer, checkout: Path) -> str:
    """Go through the tutorial, from the installation to the site."""
    (installation,) = fences("docs/tutorial.md", INSTALLING)
    where = checkout.parent / "thu-nghiem"
    who.shell(installation, checkout)
    return _to_the_end(who.installed_in(checkout / ".venv"), "docs/tutorial.md", where)


def from_the_wheel(who: Newcomer, wheel: Path) -> str:
    """Go through the tutorial in Vietnamese with what a wheel holds."""
    where = who.folder / "thu-nghiem"
    where.mkdir()
    pins = shlex.quote(str(ROOT / "constraints.txt"))
    who.shell(
        f"python3 -m venv .venv && .venv/bin/pip install --constraint {pins} {shlex.quote(str(wheel))}", who.folder
    )
    inside = who.installed_in(who.folder / ".venv")
    told = _to_the_end(inside, "docs/vi/bai-dau-tien.md", where)
    with served(inside, "datasette kgdocs.db --port {}", where) as address:
        _shows(f"{address}/tuan-thu", "28-CT/TW")
    return f"{told}, with Datasette alone too"


def _to_the_end(who: Newcomer, page: str, folder: Path) -> str:
    """The samples of a tutorial, then its site; and the rules, which came with the package."""
    checked = follow(who, page, folder)
    (script,) = fences(page, SERVING)
    with served(who, f"{script.partition('#')[0].strip()} --port {{}}", folder) as address:
        _shows(f"{address}/tuan-thu", "28-CT/TW")
    who.shell("kgdocs --version && kgdocs patterns list", folder)
    return f"{checked} samples, and the site"


@contextmanager
def served(who: Newcomer, command: str, folder: Path) -> Iterator[str]:
    """Run a command that serves a site on a free port, which stands for {} in it; yield the address, then interrupt it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as told:
        process = subprocess.Popen(
            ["bash", "-c", command.format(port)], cwd=folder, env=dict(who.environment), stdin=subprocess.DEVNULL,
            stdout=told, stderr=told, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        except SampleError as error:
            told.seek(0)
            raise SampleError(f"$ {command.format(port)}\n{error}\n{told.read()[-4000:]}") from error
        finally:
            _interrupt(process)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until something listens."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SampleError(
        "nothing is served" if process.poll() is None else f"ended with {process.returncode} before serving"
    )


def _interrupt(process: "subprocess.Popen[bytes]") -> None:
    """End a server and what it began, as Ctrl-C does."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _shows(address: str, words: str) -> None:
    """Ask for a page of a site; raises SampleError where these words are not on it."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        text = answer.read().decode("utf-8")
    if words not in text:
        raise SampleError(f"{address} does not show {words!r}:\n{text[:500]}")


def copied(to: Path) -> Path:
    """Copy what belongs to the checkout, without what was made in it: the tracked files, all where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [os.fsdecode(one) for one in listed.stdout.split(b"\0") if one and (ROOT / os.fsdecode(one)).is_file()]
    if not names:
        shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".venv*", "*.db*", "__pycache__", "build", ".*_cache"))
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)
    return to


def wheel_in(folder: Path) -> Path:
    """Make the wheel; raises CalledProcessError where that fails."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def _ways(python: Path, folder: Path, wheel: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """The three ways, by name; each has a folder of its own."""
    for name, way in (("README", readme), ("tutorial", tutorial)):
        who = newcomer(python, folder / name)
        yield name, lambda way=way, who=who: way(who, copied(who.folder / "kgdocs"))  # type: ignore[misc]
    who = newcomer(python, folder / "wheel")
    yield "from the wheel", lambda: from_the_wheel(who, wheel)


def _tried(version: str, name: str, way: Callable[[], str]) -> bool:
    """Go one way and tell how it went."""
    start = time.monotonic()
    try:
        told, is_good = way(), True
    except (SampleError, OSError, subprocess.SubprocessError) as error:
        told, is_good = f"FAILED\n{error}", False
    sys.stdout.write(f"Python {version}, {name}: {told} ({time.monotonic() - start:.0f} s)\n")
    sys.stdout.flush()
    return is_good


def main(arguments: Sequence[str]) -> int:
    """Try the interpreters named, else all that are found; return 1 where a way does not lead to its end."""
    found = {version_of(Path(one)): Path(one) for one in arguments} or pythons()
    for version in VERSIONS:
        if version not in found and not arguments:
            sys.stdout.write(f"Python {version[0]}.{version[1]} is not on this machine\n")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(min(3, os.cpu_count() or 1)) as several:
        wheel = wheel_in(Path(name))
        tries = [
            several.submit(_tried, ".".join(map(str, version or ())), told, way)
            for version, python in found.items()
            for told, way in _ways(python, Path(name) / ".".join(map(str, version or ())), wheel)
        ]
        return 0 if all([one.result() for one in tries]) else 1  # noqa: C419 - all are waited for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
