"""Until when a text wants tasks done (patterns/deadlines.yml, reference §6.3); a date alone is no deadline."""

import re
from calendar import monthrange
from datetime import date, timedelta

from kgdocs.extract.scan import Scan
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of, word_starts
from kgdocs.grammar.folding import word_fold
from kgdocs.grammar.validity import DeadlineRule
from kgdocs.models import Deadline, Layout

_BEFORE, _AFTER, _AT_HEAD, _PASSED = 500, 300, 12, 160
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_ITEM = r"\n[ ]{0,20}\n|\n(?=[ ]{0,20}(?:[-+•]|[0-9]{1,2}[.)]|[a-zđ]\)|Điều\s))|(?<=\n)[ ]{0,20}[-+•]\s"
_SENTENCE = re.compile(rf"[.!?|](?=\s)|{_ITEM}")
_CLAUSE = re.compile(rf"[.;!?|](?=\s)|{_ITEM}")


class DeadlineReader:
    """Reads deadlines; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what deadlines.yml says."""
        words = rules.deadlines
        self._dates = rules.dates
        self._cue = re.compile(words.cue)
        self._yearly = _compiled(any_of(words.yearly))
        self._tasks = [(rule.id, _compiled(rule.pattern)) for rule in words.tasks]
        self._duty = _compiled(rf"(?<!\w){any_of(words.duties)}(?!\w)")
        self._completion = _compiled(words.completion)
        self._refused_before = _compiled(words.refused_before)
        self._refused_after = _compiled(words.refused_after)
        self._recipient = _compiled(words.recipients)
        self._asker = _compiled(rf"\s{{1,3}}{any_of(words.askers)}(?!\w)")
        self._level_of = dict.fromkeys(map(word_fold, words.namesakes)) | {
            word_fold(word): rule.id for rule in words.audiences for word in rule.words
        }
        self._audience = _compiled(rf"(?<!\w){any_of(self._level_of)}(?!\w)")
        self._rules = [(rule, _compiled(rule.pattern)) for rule in words.deadlines]

    def read(self, scan: Scan, layout: Layout | None) -> tuple[Deadline, ...]:
        """Return the deadlines of a text in order; a day before the text's own date is none."""
        issued = (layout.header.date if layout else None) or ""
        found: list[Deadline] = []
        for cue in word_starts(self._cue, scan.lowered):
            if found and cue < found[-1].end:
                continue
            deadline = self._at(scan, cue, found[-1].end if found else 0, issued)
            if deadline and (deadline.recurring or deadline.due[: len(issued)] >= issued):
                found.append(deadline)
        return tuple(found)

    def _at(self, scan: Scan, cue: int, last: int, issued: str) -> Deadline | None:
        """The deadline whose words begin at `cue`; `last` is where the one before it ended, `issued` the text's own day."""
        for rule, pattern in self._rules:
            match = pattern.match(scan.folded, cue)
            read = self._due(match, issued) if match else None
            if read is not None:
                return self._deadline(scan, rule, cue, read, last)
        return None

    def _due(self, match: re.Match[str], issued: str) -> tuple[str, int] | None:
        """The last day that a match states and where the words end; None where there is no such day."""
        groups = match.groupdict()
        if "n" in groups:
            return _days_after(issued, int(groups["n"]), match)
        if "day" in groups:
            found = self._dates.match(match.string, match.start("day"))
            return (found.iso, found.end) if found and len(found.iso) == 10 else None
        if "d" in groups:
            return (due, match.end()) if (due := _every_year(int(groups["d"]), int(groups["m"]))) else None
        quarter = groups.get("q")
        month = _QUARTERS.get(quarter.upper(), 0) * 3 or int(quarter) * 3 if quarter else int(groups["m"])
        return (_month_end(int(groups["y"]), month), match.end()) if 1 <= month <= 12 else None

    def _deadline(self, scan: Scan, rule: DeadlineRule, cue: int, read: tuple[str, int], last: int) -> Deadline | None:
        """The deadline with its sentence, where that gives a task; None where the day is about something else."""
        folded, (due, end) = scan.folded, read
        start = _sentence_start(folded, cue, _CLAUSE)
        after = self._yearly.match(folded, end + _blanks(folded, end))
        if rule.id == "before_day_of_every_year" and not after and not self._yearly.search(folded, start, cue):
            return None
        end = after.end() if after else end
        before = folded[max(start, last) : cue]
        if self._refused_after.match(folded, end) or self._refused_before.search(before[-_PASSED:]):
            return None
        at_head = cue - start <= _AT_HEAD
        stop = _sentence_end(folded, end) if at_head else cue
        said = folded[end:stop] if at_head else before
        if not self._is_given(rule, said):
            return None
        end = stop if at_head else end
        audience = self._audience_of(said if at_head else folded[start:cue])
        if not audience and not at_head and folded[max(0, start - 40) : start].rstrip().endswith(";"):
            audience = self._audience_of(folded[_sentence_start(folded, cue, _SENTENCE) : start])
        return Deadline(
            due=due,
            task=self._task(said),  # type: ignore[arg-type]
            audience=audience,
            start=start,
            end=end,
            text=scan.text[start:end],
            rule=rule.id,
        )

    def _is_given(self, rule: DeadlineRule, said: str) -> bool:
        """True where the words of the sentence give a task, as far as the rule needs it."""
        if rule.needs == "completion":
            return self._completion.search(said) is not None
        return rule.needs == "nothing" or self._first_duty(said) is not None

    def _first_duty(self, said: str) -> int | None:
        """Where the first words that give a task begin."""
        matches = (pattern.search(said) for pattern in (self._duty, *(pattern for _, pattern in self._tasks)))
        return min((match.start() for match in matches if match), default=None)

    def _task(self, said: str) -> str | None:
        """The task that is named last before the day."""
        found = [(match.start(), name) for name, pattern in self._tasks for match in pattern.finditer(said)]
        return max(found)[1] if found else None

    def _audience_of(self, said: str) -> tuple[str, ...]:
        """Levels of those named before the first duty, in order; who receives or assists is left out."""
        duty = self._first_duty(said)
        levels = [
            self._level_of[" ".join(match.group().split())]
            for match in self._audience.finditer(word_fold(said), 0, len(said) if duty is None else duty)
            if not self._recipient.search(said, max(0, match.start() - 24), match.start())
            and not self._asker.match(said, match.end())
        ]
        return tuple(level for level in dict.fromkeys(levels) if level)


def _sentence_start(folded: str, cue: int, boundary: re.Pattern[str]) -> int:
    """Where the clause before `cue` begins; a clause that is too long begins with a whole word."""
    base = max(0, cue - _BEFORE)
    whole = folded.find(" ", base, cue) if base else 0
    end = max((match.end() for match in boundary.finditer(folded, base, cue)), default=max(base, whole))
    return end + _blanks(folded, end)


def _sentence_end(folded: str, start: int) -> int:
    """Where the clause that goes on at `start` ends."""
    stop = min(len(folded), start + _AFTER)
    return next((match.start() for match in _CLAUSE.finditer(folded, start, stop)), stop)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _blanks(folded: str, start: int) -> int:
    """How many blanks stand at `start`."""
    piece = folded[start : start + 40]
    return len(piece) - len(piece.lstrip(" \n\x1f"))


def _every_year(day: int, month: int) -> str | None:
    """ "--12-15"; None where no year has such a day."""
    try:
        return f"--{date(2000, month, day):%m-%d}"
    except ValueError:
        return None


def _days_after(issued: str, days: int, match: re.Match[str]) -> tuple[str, int] | None:
    """So many days after the text's own day; None where that is not known."""
    if len(issued) != 10:
        return None
    return (date.fromisoformat(issued) + timedelta(days=days)).isoformat(), match.end()


def _month_end(year: int, month: int) -> str:
    return date(year, month, monthrange(year, month)[1]).isoformat()
