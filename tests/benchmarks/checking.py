"""How long a drafter waits for `kgdocs check` on a draft of 60 pages against the made-up country, start included."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from docx import Document

from tests.benchmarks.aims import Aim

AIM = 2.0
"""Seconds of the clock that a check may take, on two cores."""
_PARAGRAPHS, _SEED = 146, 5
_MORE = (
    "Các chỉ tiêu cơ bản đạt và vượt so với kế hoạch đề ra; một số nơi còn chậm, báo cáo chưa đầy đủ, cần khắc phục trong"
    " thời gian tới. "
)


@dataclass(frozen=True, slots=True)
class Checking:
    """Medians in seconds of the clock; `spacy` is the import of spaCy alone, in the same rounds."""

    documents: int
    characters: int
    citations: int
    seconds: float
    spacy: float

    def aims(self) -> Iterator[Aim]:
        """What is wanted of the wait."""
        yield Aim(what="seconds of a check of a draft of 60 pages, start included", value=self.seconds, bound=AIM)


def measure_checking(db: Path, folder: Path, rounds: int) -> Checking:
    """Write a draft that cites the documents of `db`, and check it."""
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        paragraphs = list(_paragraphs(connection, random.Random(_SEED)))
    draft = Document()
    for one in paragraphs:
        draft.add_paragraph(one)
    path = folder / "draft.docx"
    draft.save(str(path))
    check = [sys.executable, "-m", "kgdocs", "check", str(path), "--db", str(db), "--format", "json"]
    times = [(_seconds(check), _seconds([sys.executable, "-c", "import spacy"])) for _ in range(rounds)]
    return Checking(
        documents=documents,
        characters=sum(map(len, paragraphs)),
        citations=2 * _PARAGRAPHS,
        seconds=median(one for one, _ in times),
        spacy=median(one for _, one in times),
    )


def _paragraphs(connection: sqlite3.Connection, dice: random.Random) -> Iterator[str]:
    """The draft: each paragraph cites one document in full and another one by its number."""
    yield "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU"
    yield "BÁO CÁO"
    yield "Kết quả thực hiện các văn bản (văn bản mẫu)"
    for number in range(1, _PARAGRAPHS + 1):
        label, code, day, issuer, title = _document(connection, dice)
        other_label, other_code, *_ = _document(connection, dice)
        year, month, date = day.split("-")
        yield (
            f"{number}. Thực hiện {label} số {code} ngày {date}/{month}/{year} của {issuer} {title}, các sở, ngành, địa phương"
            f" đã quán triệt đến cán bộ, đảng viên và Nhân dân; việc sơ kết gắn với {other_label} số {other_code}. {_MORE * 5}"
        )


def _document(connection: sqlite3.Connection, dice: random.Random) -> tuple[str, str, str, str, str]:
    """Label, code, date, issuer and title of a document that has them all."""
    (last,) = connection.execute("SELECT max(rowid) FROM documents").fetchone()
    found: tuple[str, str, str, str, str] = connection.execute(
        "SELECT label, code, issued_on, agencies.name, title FROM documents JOIN agencies ON agencies.id = agency_id"
        " WHERE documents.rowid >= ? LIMIT 1",
        (dice.randrange(last * 9 // 10),),
    ).fetchone()
    return found


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def checking_lines(found: Checking) -> Iterator[str]:
    """What was measured, for the terminal."""
    yield (
        f"check of a draft of {found.characters:,} characters with {found.citations} citations, {found.documents:,} documents:"
        f" {found.seconds / found.spacy:.1f} times `import spacy`"
    )
    yield from (f"  {aim.line}" for aim in found.aims())
