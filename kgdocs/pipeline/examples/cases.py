"""The examples of patterns/ as cases: what stands where, and what must be read from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kgdocs.grammar import Rules
from kgdocs.grammar.shapes import Answered, Shape
from kgdocs.models import Extraction, Reference

SILENT = "false_friends.silent"
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One example: `kind` says how it is tried, `path` where it stands in the file `file` (without its ending).

    `expected` is what must be read: True or False where the rule must fit or must not, else the answer, None for nothing.
    """

    file: str
    kind: str
    path: KeyPath = field(repr=False)
    rule: Any = field(repr=False)
    name: str
    example: Any
    expected: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether an example was read as expected, and how it was read, in words."""

    is_right: bool
    came: str


class Tools:
    """What examples are tried with, made once from the rules: the extractor, and what is made from both.

    `read` is how a text is read whole, with the layout that it shows.
    """

    def __init__(self, rules: Rules, extractor: Any, layout_of: Any) -> None:
        """Keep the rules, an Extractor for them, and the function text, rules → Layout."""
        self.rules = rules
        self.extractor = extractor
        self._layout_of = layout_of

    def read(self, text: str) -> Extraction:
        """Return what a text cites and asserts."""
        found: Extraction = self.extractor.extract(text, self._layout_of(text, self.rules))
        return found


def cases_of(files: Mapping[str, Shape]) -> Iterator[Case]:
    """Yield every example of every rule, in the order of the files."""
    for name, shape in files.items():
        for path, rule in _tested(shape, ()):
            yield from _cases(name, path, rule)
        if name == "false_friends":
            yield from _silent(shape)


def _tested(shape: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """Every part of a file that has examples, with where it stands."""
    if isinstance(shape, Shape):
        if "examples" in type(shape).model_fields:
            yield path, shape
        for name, value in shape:
            yield from _tested(value, (*path, name))
    elif isinstance(shape, tuple):
        for at, one in enumerate(shape):
            yield from _tested(one, (*path, at))


def _cases(file: str, path: KeyPath, rule: Any) -> Iterator[Case]:
    kind = ".".join((file, *(part for part in path if isinstance(part, str))))
    name = getattr(rule, "id", None) or ".".join(map(str, path)) or file

    def case(where: str, at: str | int, example: Any, expected: Any) -> Case:
        return Case(
            file=file, kind=kind, path=(*path, where, at), rule=rule, name=name, example=example, expected=expected
        )

    if isinstance(rule, Answered):
        yield from (case("examples", text, text, answer) for text, answer in rule.examples.items())
    else:
        yield from (case("examples", at, one, True) for at, one in enumerate(rule.examples))
    expected = None if isinstance(rule, Answered) else False
    yield from (case("not", at, one, expected) for at, one in enumerate(rule.counter_examples))


def _silent(shape: Any) -> Iterator[Case]:
    """The sentences in which nothing is a reference."""
    for name, texts in shape.silent.items():
        for at, text in enumerate(texts):
            yield Case(
                file="false_friends", kind=SILENT, path=("silent", name, at), rule=shape, name=name, example=text,
                expected=False,
            )  # fmt: skip


def fits(case: Case, found: bool, came: str) -> Outcome:
    """Return the outcome of a rule that must fit, or must not."""
    return Outcome(found is case.expected, came)


def answers(case: Case, value: str | None, came: str | None = None) -> Outcome:
    """Return the outcome of a rule from which `value` was read; `came` tells more of it."""
    return Outcome(value == case.expected, came or (repr(value) if value is not None else "nothing"))


def told(references: tuple[Reference, ...] | list[Reference]) -> str:
    """Return references in words."""
    return (
        "; ".join(
            f"{' '.join(one.text.split())!r} ({one.kind}, {one.type or 'no type'}, rule {one.rule})"
            for one in references
        )
        or "no reference"
    )
