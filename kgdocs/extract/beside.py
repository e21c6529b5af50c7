"""spaCy's Matcher in a process of its own, which loads spaCy while the one that asks loads everything else.

A command that reads one text spends more time on importing spaCy than on its own work. The matcher needs only the tags
of a text, and is asked twice; so a check begins this process first and meets it when the text has been read.
"""

import multiprocessing
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from kgdocs.extract.matching import Compile, Match, PatternRule, Tagged, TagMatcher


class _Pattern(NamedTuple):
    """A rule as it is sent."""

    id: str
    pattern: tuple[dict[str, Any], ...]


@contextmanager
def beside() -> Iterator[Compile]:
    """Begin the process, and yield what compiles patterns there; it ends with the block.

    Where no process may be forked, because other threads run or the system cannot, it is `TagMatcher` itself.
    """
    if threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield TagMatcher
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, ours), daemon=True)
    process.start()
    theirs.close()
    asked: list[_Beside] = []

    def compiled(rules: Sequence[PatternRule]) -> _Beside:
        asked.append(_Beside(rules, ours, len(asked)))
        return asked[-1]

    try:
        yield compiled
    finally:
        process.kill()
        process.join()
        ours.close()


class _Beside:
    """Patterns that are compiled in the process while this one goes on."""

    def __init__(self, rules: Sequence[PatternRule], line: Connection, number: int) -> None:
        """Send the patterns; `number` is how many matchers the process was given before."""
        self._rules, self._line, self._number = rules, line, number
        self._own: TagMatcher | None = None
        with suppress(OSError):  # where it has died, that is seen when it is asked
            line.send([_Pattern(rule.id, rule.pattern) for rule in rules])

    def find(self, tokens: Sequence[Tagged]) -> list[Match]:
        """Return the matches over `tokens`, sorted by place; found in this process where the other one has died."""
        if self._own is None:
            try:
                self._line.send((self._number, [token.tag for token in tokens]))
                found: list[Match] = self._line.recv()
                return found
            except (EOFError, OSError):
                self._own = TagMatcher(self._rules)
        return self._own.find(tokens)


def _serve(line: Connection, other_end: Connection) -> None:
    """The process: patterns are compiled, questions answered, until the line is closed."""
    other_end.close()  # the fork has it too
    TagMatcher(())  # loads spaCy, before there is anything to compile
    matchers: list[TagMatcher] = []
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            said = line.recv()
            if isinstance(said, list):
                matchers.append(TagMatcher(said))
            else:
                number, tags = said
                line.send(matchers[number].find_tags(tags))
