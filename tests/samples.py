"""The samples in the documentation, run as a reader would: `make samples` writes anew what they print.

A page is one story: its samples run from top to bottom in one folder. What a fence is follows from its words:

    ```console                a line after "$ " is a command ("> " goes on with it), what follows is what it prints;
                              a line "…" stands for any lines. A command that fails must be followed by `$ echo $?`
    ```sh, ```bash            a script; it must end with 0
    ```python                 a program; the next fence is what it prints, where `<!-- sample: output -->` is above it
    ``` … title="a/b.txt"     a file of that name, whatever its language

A comment above a fence says what is special:

    <!-- sample: skip: REASON -->    it does not run (a server, a download); the reason is for the reader of the source
    <!-- sample: below LINE -->      the file is there already, and this goes below that line of it

A comment `<!-- samples: corpus -->` anywhere in a page says what its folder holds at first: `corpus` the sample texts and their
database kgdocs.db, `checkout` a copy of kgdocs to change; without one it is empty.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ("console", "sh", "bash", "python")
"""Languages of fences that must run, or say why they do not."""
CHECKED = (*RUN, "yaml", "json", "toml", "csv", "nginx", "sql")
"""Languages whose fences are files of the story, or say why they are not."""
_COPIED = ("kgdocs", "patterns", "datasette", "corpus", "tests", "pyproject.toml")
_FENCE = re.compile(
    r"(?:^<!-- sample: (?P<told>[^\n]*?) -->\n\n?)?^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<body>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)
_SYSTEM = re.compile(r"\b(?:sudo|systemctl|useradd|apt|podman|pip install)\b|(?<![\w.])/(?:etc|opt|srv|var|backup)\b")
"""What no sample may do to the machine that tests it."""
_END = "\x1e"
_ANY = "…"


class SampleError(AssertionError):
    """A sample does not do what its page says."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One fence of a page: its language, the file that it is ("" where it is none), what is told of it, where its body stands."""

    where: str
    language: str
    title: str
    told: str
    body: str
    start: int
    end: int

    @property
    def skipped(self) -> str:
        """The reason why it does not run, "" where it does."""
        return self.told.partition("skip:")[2].strip()


def pages() -> list[Path]:
    """Return the pages whose samples run: of docs/, and those beside it that are not a list of what was."""
    beside = [path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md"]
    return sorted([*beside, *(ROOT / "docs").rglob("*.md")])


def samples_of(text: str, name: str) -> list[Sample]:
    """Return the samples of a page; raises SampleError for a comment that is about none."""
    found = []
    for match in _FENCE.finditer(text):
        words = match["info"].split()
        title = re.search(r'title="([^"]+)"', match["info"])
        line = text.count("\n", 0, match.start("body"))
        body = re.sub(f"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
        found.append(
            Sample(f"{name}:{line}", words[0] if words else "", title[1] if title else "", match["told"] or "", body, *match.span("body"))
        )  # fmt: skip
    if (told := text.count("<!-- sample: ")) != sum(bool(one.told) for one in found):
        raise SampleError(f"{name}: {told} comments on samples, not all of them just above one")
    return found


def faults(samples: Sequence[Sample]) -> list[str]:
    """Return what is wrong with the samples of a page before any of them runs."""
    told = []
    for one in samples:
        if one.told and not (one.skipped or one.told == "output" or (one.told.startswith("below ") and one.title)):
            told.append(f"{one.where}: {one.told!r} says nothing that is known here")
        if one.language in CHECKED and not (one.language in RUN or one.title or one.told):
            told.append(f"{one.where}: {one.language} that is neither a file of the story nor says why not")
        if one.language in RUN and not one.skipped and not one.title and (word := _SYSTEM.search(one.body)):
            told.append(f"{one.where}: would change this machine ({word[0]})")
    return told


def folder_for(text: str, folder: Path, database: Path) -> None:
    """Put into `folder` what the page says that it begins with; `database` is that of corpus/."""
    (kind,) = re.findall(r"^<!-- samples: (\w+) -->$", text, re.MULTILINE) or ["empty"]
    if kind == "corpus":
        shutil.copytree(ROOT / "corpus", folder / "corpus")
        shutil.copy(database, folder / "kgdocs.db")
    elif kind == "checkout":
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / name)
    elif kind != "empty":
        raise SampleError(f"no folder is called {kind!r}")


def run(
    samples: Sequence[Sample], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[Sample, str]]:
    """Run the samples in `folder`; yield each that shows what is printed, with the body that it should have.

    Without an `environment` they find this kgdocs and no network. Raises SampleError for one that fails.
    """
    printed = ""
    env = environment or _environment(folder)
    for one in samples:
        if one.skipped:
            continue
        if one.title:
            _write(one, folder / one.title)
        elif one.told == "output":
            yield one, matched(one.body, printed)
        elif one.language == "console":
            yield one, _console(one, folder, env)
        elif one.language in ("sh", "bash"):
            printed = _run(one, ["bash", "-euo", "pipefail", "-c", one.body], folder, env)
        elif one.language == "python":
            printed = _run(one, ["python3", "-c", one.body], folder, env)


def _write(one: Sample, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not one.told.startswith("below "):
        path.write_text(one.body, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    above = one.told.removeprefix("below ")
    if lines.count(f"{above}\n") != 1:
        raise SampleError(f"{one.where}: {path.name} has the line {above!r} {lines.count(f'{above}{chr(10)}')} times")
    lines.insert(lines.index(f"{above}\n") + 1, one.body)
    path.write_text("".join(lines), encoding="utf-8")


def _run(one: Sample, command: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    """Return what a command prints; raises SampleError where it does not end with 0."""
    ended = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
    )  # fmt: skip
    if ended.returncode:
        raise SampleError(f"{one.where}: ends with {ended.returncode}\n{ended.stdout}")
    return ended.stdout


def _environment(folder: Path) -> dict[str, str]:
    """What a command finds: this kgdocs (or the copy in the folder) and no network."""
    nowhere = "http://127.0.0.1:9"
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(folder), "LANG": "C.UTF-8",
        "http_proxy": nowhere, "https_proxy": nowhere, "PIP_NO_INDEX": "1",
    }  # fmt: skip


def _console(one: Sample, folder: Path, environment: Mapping[str, str]) -> str:
    """Return the body that a console should show: its commands, and below each what it prints."""
    asked = re.findall(r"^\$ (.*(?:\n> .*)*)\n((?:(?!\$ ).*\n)*)", one.body, re.MULTILINE)
    if not asked:
        raise SampleError(f"{one.where}: a console without a line that begins with '$ '")
    commands = [command.replace("\n> ", "\n") for command, _ in asked]
    script = "".join(f"{command}\ncode=$?; printf '{_END}%s{_END}' $code; (exit $code)\n" for command in commands)
    parts = _run(one, ["bash", "-c", f"{script}\ntrue"], folder, environment).split(_END)
    printed, codes = parts[0:-1:2], parts[1::2]
    shown = []
    for number, (command, expected) in enumerate(asked):
        tells = commands[number + 1 : number + 2] == ["echo $?"]
        if codes[number] != "0" and not tells:
            raise SampleError(
                f"{one.where}: $ {command}\nends with {codes[number]}, which is not shown\n{printed[number]}"
            )
        shown.append(f"$ {command}\n{matched(expected, printed[number])}")
    return "".join(shown)


def matched(expected: str, printed: str) -> str:
    """Return `expected` where `printed` fits it, a line "…" being any lines, else what was printed."""
    printed = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    pieces = [re.escape(piece) for piece in re.split(f"^{_ANY}\n", expected, flags=re.MULTILINE)]
    return expected if re.fullmatch(r"(?:.*\n)*?".join(pieces), printed) else printed


def rewrite(page: Path, database: Path) -> bool:
    """Write into a page what its samples print; return whether that changed it."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder_for(text, Path(name), database)
        shown = list(run(samples_of(text, page.name), Path(name)))
    new = text
    for one, body in reversed(shown):
        new = new[: one.start] + body + new[one.end :] if body != one.body else new
    page.write_text(new, encoding="utf-8")
    return new != text


def main(names: Sequence[str]) -> None:
    """Write the samples of the pages named, else of all, anew."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "kgdocs.db"
        build = [sys.executable, "-m", "kgdocs", "build", "corpus", "--db", str(database)]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for page in [Path(name).resolve() for name in names] or pages():
            sys.stdout.write(f"{page.relative_to(ROOT)}: {'changed' if rewrite(page, database) else 'as it was'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
