"""What single clauses of a text state: days of validity, deadlines, and what is done to agencies."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Validity:
    """Hiệu lực: a day that a text states for a document, in half-open terms [effective_on, expires_on).

    `reference` is a position among the text's references; None means the text's own document.
    `day` is ISO; None where the text counts from the day of signing, `after` days later (0: that day).
    """

    field: Literal["effective_on", "expires_on"]
    day: str | None
    after: int
    reference: int | None
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """Thời hạn: until when the text's own document wants a task done (reference §6.3).

    `due` is the last day, inclusive: ISO, or "--12-15" for a day of every year. `audience` holds the levels
    that the sentence names as those who have the task. `text` is the clause.
    """

    due: str
    task: Literal["plan", "report", "review"] | None
    audience: tuple[str, ...]
    start: int
    end: int
    text: str
    rule: str

    @property
    def recurring(self) -> bool:
        """True where the day comes back every year."""
        return self.due.startswith("--")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyAssertion:
    """What a text states that a document does to an agency. `source` None means: the text's own document.

    `source` is a position among the text's references, `agency` the name as printed; `start`, `end`,
    `text` the evidence.
    """

    type: str
    rule: str
    source: int | None
    agency: str
    start: int
    end: int
    text: str
