"""The shapes of patterns/validity.yml and patterns/deadlines.yml: when documents are in force, and until when tasks are due."""

from typing import Annotated, Literal

from pydantic import Field

from kgdocs.grammar.shapes import Answered, Examples, Expression, Rule, Shape, Texts


class ValidityRule(Rule):
    """One way to state a day of entry into force or of expiry, from the cue on; group `day` is where the day begins."""

    field: Literal["effective_on", "expires_on"]
    reads: Literal["day", "last_day", "signed", "days_after"]
    pattern: Expression


class ValidityFile(Shape):
    """patterns/validity.yml."""

    cue: Expression
    own: Expression
    named: Expression
    openers: Texts
    joins: Texts
    parts: Expression
    rules: Annotated[tuple[ValidityRule, ...], Field(min_length=1)]


class TaskRule(Rule):
    """How a sentence names the task that is due."""

    id: Literal["plan", "report", "review"]
    pattern: Expression


class AudienceRule(Rule):
    """How a sentence names those who have a task, all of one level and ladder."""

    words: Examples


class DeadlineRule(Answered):
    """One written form of a deadline, from its cue on; `examples` map sentences to the day that is due.

    Group `day` is where a date begins; `d` and `m` are a day of every year; `m` and `y`, `q` and `y` a month or quarter.
    """

    id: str
    needs: Literal["nothing", "duty", "completion"]
    pattern: Expression


class DeadlinesFile(Shape):
    """patterns/deadlines.yml."""

    cue: Expression
    yearly: Texts
    duties: Texts
    completion: Expression
    refused_before: Expression
    refused_after: Expression
    recipients: Expression
    askers: Texts
    namesakes: Texts
    tasks: Annotated[tuple[TaskRule, ...], Field(min_length=1)]
    audiences: Annotated[tuple[AudienceRule, ...], Field(min_length=1)]
    deadlines: Annotated[tuple[DeadlineRule, ...], Field(min_length=1)]
