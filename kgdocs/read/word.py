"""A Word file (DOCX) → the words of its paragraphs, and back: comments put at places of that text, nothing else changed.

Paragraphs come in the order of the file, those of tables and text boxes among them, one per line; a row of a table with at least
three columns is a line of cells between bars, as in Markdown, where its cells are short. Tables of two columns are mostly there for the
look: the heads and ends of documents. Behind the body come footnotes and endnotes, then headers and footers. What is tracked as deleted is left out, what is tracked as inserted counts,
comments do not. A text box stands in the file twice, for new programs and for old ones, and is read once.
"""

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.read import limits
from kgdocs.read.archive import DAMAGED, blocks, office_archive

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = (f"{_WORD}del", f"{_WORD}moveFrom")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INITIALS = "KG"
_LEAST_COLUMNS, _MOST_IN_CELL = 3, 2
"""Columns of a table, and paragraphs of its cells, with which a row is one line."""
_AROUND = ("footnotes", "endnotes", "header", "footer")
_MISSING = "Không đọc được phần {} của tệp Word (hỏng); phần còn lại đã đọc."


@dataclass(frozen=True, slots=True)
class Comment:
    """Words to stand beside [start, end) of the text of a Word file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of a paragraph with its place in the text, or what stands between cells."""

    start: int
    end: int
    text: str
    run: Any = None


def word_text(content: bytes) -> str:
    """Return the text of a Word file; raises SourceError for what is none, is protected or is too large."""
    return word_parts(content)[0]


def word_parts(content: bytes) -> tuple[str, str | None]:
    """Return the text of a Word file, and what is to be warned of where notes around its body are damaged.

    Raises SourceError as `word_text` does.
    """
    with _damaged():
        document = _opened(content)
        body = "\n".join("".join(piece.text for piece in line) for line in _lines(document))
        around, damaged = _around(document)
        return "\n\n".join((body, *around)), _MISSING.format(", ".join(damaged)) if damaged else None


def commented(content: bytes, comments: Sequence[Comment], author: str) -> bytes:
    """Return the Word file with comments at the runs that hold their places; raises SourceError as `word_text` does.

    Places count in the text that `word_text` gives. Runs are not cut: a comment covers the whole of those it touches.
    """
    with _damaged():
        document = _opened(content)
        pieces = [piece for line in _lines(document) for piece in line if piece.run is not None and piece.text]
        for comment in comments:
            inside = [
                piece.run
                for piece in pieces
                if piece.start < max(comment.end, comment.start + 1) and comment.start < piece.end
            ]
            before = [piece.run for piece in pieces if piece.end <= comment.start][-1:]
            if touched := inside or before:
                document.add_comment([touched[0], touched[-1]], text=comment.text, author=author, initials=_INITIALS)
        written = io.BytesIO()
        document.save(written)
        return written.getvalue()


@contextlib.contextmanager
def _damaged() -> Iterator[None]:
    """Raise SourceError for whatever python-docx raises where damaged XML leads it, in any of the parts."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (SourceError, MemoryError):
        raise
    except Exception as error:
        raise SourceError("Không phải tệp Word (.docx), hoặc tệp hỏng.") from error


def _opened(content: bytes) -> Any:
    """The file, opened by python-docx; refused before that where it could exhaust memory."""
    _check_archive(content)
    import docx

    return docx.Document(io.BytesIO(content))


def _check_archive(content: bytes) -> None:
    """Refuse what is no archive, is protected, or would be too large once unpacked."""
    try:
        with office_archive(content, "Word", ".docx") as archive:
            parts = archive.infolist()
            ordered = sorted(parts, key=lambda part: part.header_offset)
            overlap = any(
                one.header_offset + one.compress_size > other.header_offset for one, other in pairwise(ordered)
            )
            if overlap or len(parts) > limits.PARTS.value or _size(archive, parts) > limits.UNPACKED_MB.bytes:
                raise SourceError("Tệp Word quá lớn khi giải nén.")
    except DAMAGED as error:
        raise SourceError("Không phải tệp Word (.docx), hoặc tệp hỏng.") from error


def _size(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> int:
    """How large the parts really are together, counted up to the limit."""
    size, most = 0, limits.UNPACKED_MB.bytes
    for block in (block for part in parts for block in blocks(archive, part)):
        size += len(block)
        if size > most:
            break
    return size


def _lines(document: Any) -> Iterator[list[_Piece]]:
    """The runs of each line, with their places in the text."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    at = 0
    for parts in _parts(document.element.body):
        line = []
        for part in parts:
            if isinstance(part, str):
                words = [(part, None)]
            else:
                runs = (
                    Run(found, Paragraph(part, document)) for found in part.iter(f"{_WORD}r") if _is_of(found, part)
                )
                words = [(run.text, run) for run in runs]
            for text, run in words:
                line.append(_Piece(at, at + len(text), text, run))
                at += len(text)
        yield line
        at += 1


def _parts(body: Any) -> Iterator[list[Any]]:
    """The paragraphs of each line; those of a row with the marks between its cells."""
    rows = {row for table in body.iter(f"{_WORD}tbl") for row in _rows(table)}
    done = None
    for paragraph in _paragraphs(body):
        row = next(paragraph.iterancestors(f"{_WORD}tr"), None)
        if row is None or row not in rows:
            yield [paragraph]
        elif row is not done:
            cells = [list(_paragraphs(cell)) for cell in row.iter(f"{_WORD}tc")]
            yield [part for cell in cells for part in ("| ", *_joined(cell), " ")] + ["|"]
            done = row


def _rows(table: Any) -> list[Any]:
    """The rows of a table that are lines: of several columns, with short cells, no tables in them."""
    rows = table.findall(f"{_WORD}tr")
    columns = max((len(list(row.iter(f"{_WORD}tc"))) for row in rows), default=0)
    return [row for row in rows if _is_line(row)] if columns >= _LEAST_COLUMNS else []


def _is_line(row: Any) -> bool:
    cells = row.iter(f"{_WORD}tc")
    short = all(sum(bool(_paragraph_text(one).strip()) for one in _paragraphs(cell)) <= _MOST_IN_CELL for cell in cells)
    return short and next(row.iter(f"{_WORD}tbl"), None) is None


def _joined(cell: Sequence[Any]) -> Iterator[Any]:
    """The paragraphs of a cell with blanks between them."""
    for index, paragraph in enumerate(cell):
        yield from (" ", paragraph) if index else (paragraph,)


def _around(document: Any) -> tuple[list[str], list[str]]:
    """The words of footnotes, endnotes, headers and footers, each part once; and the names of those that are damaged."""
    from docx.oxml import parse_xml

    found, damaged = [], []
    parts = {part.partname: part for part in document.part.package.iter_parts()}
    for kind in _AROUND:
        for name in sorted(parts):
            if kind in str(name).rpartition("/")[2]:
                try:
                    root = parse_xml(parts[name].blob)
                except SyntaxError:  # as lxml calls what is no XML
                    damaged.append(str(name).rpartition("/")[2])
                    continue
                lines = (_paragraph_text(one) for one in _paragraphs(root))
                if words := "\n".join(line for line in lines if line.strip()):
                    found.append(words)
    return found, damaged


def _paragraphs(root: Any) -> Iterator[Any]:
    """The paragraphs below an element that count, in order."""
    return (paragraph for paragraph in root.iter(f"{_WORD}p") if not any(map(_hides, paragraph.iterancestors())))


def _hides(element: Any) -> bool:
    """True for what is tracked as deleted, and for the copy that old programs show of a text box that is there already."""
    if element.tag != f"{_COMPATIBILITY}Fallback":
        return element.tag in _DELETED
    choices = element.itersiblings(f"{_COMPATIBILITY}Choice", preceding=True)
    return any(next(choice.iter(f"{_WORD}p"), None) is not None for choice in choices)


def _paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph, tabs and line breaks among them."""
    marks = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}noBreakHyphen": "-"}
    runs = (run for run in paragraph.iter(f"{_WORD}r") if _is_of(run, paragraph))
    return "".join(
        (part.text or "") if part.tag == f"{_WORD}t" else marks.get(part.tag, "") for run in runs for part in run
    )


def _is_of(run: Any, paragraph: Any) -> bool:
    """True for a run of this very paragraph that is not tracked as deleted; a text box has paragraphs of its own."""
    for above in run.iterancestors():
        if above is paragraph:
            return True
        if above.tag == f"{_WORD}p" or above.tag in _DELETED:
            return False
    return False
