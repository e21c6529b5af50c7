"""The shapes of patterns/validity.yml and patterns/deadlines.yml: when documents are in force, and until when tasks are due."""

from typing import Annotated, Literal

from pydantic import Field

from kgdocs.grammar.shapes import Answered, Examples, Rule, Shape, Texts


class ValidityRule(Rule):
    """One way to state a day of entry into force or of expiry, from the cue on; group `day` is where the day begins."""

    field: Literal["effective_on", "expires_on"]
    reads: Literal["day", "last_day", "signed", "days_after"]
    pattern: str


class ValidityFile(Shape):
    """patterns/validity.yml."""

    cue: str
    own: str
    named: str
    openers: Texts
    joins: Texts
    parts: str
    rules: Annotated[tuple[ValidityRule, ...], Field(min_length=1)]


class TaskRule(Rule):
    """How a sentence names the task that is due."""

    id: Literal["plan", "report", "review"]
    pattern: str


class AudienceRule(Rule):
    """How a sentence names those who have a task, all of one level and ladder."""

    words: Examples


class DeadlineRule(Answered):
    """One written form of a deadline, from its cue on; `examples` map sentences to the day that is due.

    Group `day` is where a date begins; `d` and `m` are a day of every year; `m` and `y`, `q` and `y` a month or quarter.
    """

    id: str
    needs: Literal["nothing", "duty", "completion"]
    pattern: str


class DeadlinesFile(Shape):
    """patterns/deadlines.yml."""

    cue: str
    yearly: Texts
    duties: Texts
    completion: str
    refused_before: str
    refused_after: str
    recipients: str
    askers: Texts
    namesakes: Texts
    tasks: Annotated[tuple[TaskRule, ...], Field(min_length=1)]
    audiences: Annotated[tuple[AudienceRule, ...], Field(min_length=1)]
    deadlines: Annotated[tuple[DeadlineRule, ...], Field(min_length=1)]
