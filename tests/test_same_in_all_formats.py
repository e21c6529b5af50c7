"""One document as Word, PDF, web page, text, mail attachment and old Word gives the same references, each at its place."""

import io
import shutil
import textwrap
import unicodedata

import docx
import pytest

from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import Reader
from kgdocs.store.kept import Kept, unpacked
from tests.legacy_word import legacy_word
from tests.test_containers import archive
from tests.test_formats import pdf_file

LINES = (
    "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU",
    "Số: 88/KH-UBND",
    "Sông Mẫu, ngày 20 tháng 6 năm 2024",
    "KẾ HOẠCH",
    "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị (văn bản mẫu)",
    "Căn cứ Luật Trẻ em năm 2016;",
    "Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5 năm 2017 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em;",
    "Thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Tỉnh ủy và Chỉ thị số 28-CT/TW, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:",
    "1. Các sở, ban, ngành thực hiện Quyết định số 1591/QĐ-UBND ngày 08/7/2024 của Chủ tịch Ủy ban nhân dân tỉnh.",
    "2. Kế hoạch này thay thế Kế hoạch số 45/KH-UBND ngày 10/3/2020 của Ủy ban nhân dân tỉnh.",
)
SETS = ((40, 7), (34, 7), (52, 7), (61, 6), (94, 6))
"""Letters in a line of a PDF and lines on its pages; nothing in the other formats is wrapped."""


def plain_word():
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pages(width, count):
    """The document on pages of so many lines, each but the first with its header and number."""
    lines = [row for line in LINES for row in textwrap.wrap(line, width, break_on_hyphens=False)]
    cut = [lines[at : at + count] for at in range(0, len(lines), count)]
    return [page if at == 0 else [f"{at + 1}", "Kế hoạch của tỉnh Sông Mẫu", *page] for at, page in enumerate(cut)]


TEXT = "\n".join(LINES)
FILES = {
    "ban.txt": TEXT.encode(),
    "nfd.txt": unicodedata.normalize("NFD", TEXT).encode("utf-16"),
    "ban.docx": plain_word(),
    "ban.html": f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}</body></html>".encode(),
    "pre.html": f"<meta charset=windows-1258><pre>{TEXT}</pre>".encode(),
    **{f"ban{width}.pdf": pdf_file(pages(width, count)) for width, count in SETS},
    "goi.zip": archive({"ban.docx": plain_word()}),
    "ban.doc": legacy_word(LINES),
}


def squeezed(words):
    return " ".join(words.split())


def reading_of(read):
    """What was read of a file, unpacked where it is kept."""
    return unpacked(read.plain, read.text, read.source) if isinstance(read, Kept) else read


@pytest.fixture(scope="module")
def readings(tmp_path_factory, rules, extractor):
    """The reading of each file."""
    folder = tmp_path_factory.mktemp("formats")
    found = {}
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
        found[name] = reading_of(Reader(rules, Memory()).read(folder / name, name)[0])
    return found


def wanted(name):
    if name == "ban.doc" and shutil.which("antiword") is None:
        pytest.skip("the program antiword is not installed")
    return name


@pytest.mark.parametrize("name", FILES)
def test_every_reference_is_the_same_and_at_its_place(name, readings):
    reading, text = readings[wanted(name)], readings["ban.txt"]
    assert len(text.extraction.references) >= 7
    assert told(reading) == told(text)
    for one in reading.extraction.references:
        assert reading.source.text[one.start : one.end] == one.text


def told(reading):
    """What is said of each reference, and how many words stand before it; running headers and page breaks are no words."""
    text = reading.source.text.replace("Kế hoạch của tỉnh Sông Mẫu", "")
    return [
        (squeezed(one.text), str(one.code), one.kind, one.type, one.date, one.issuer and squeezed(one.issuer), one.title and squeezed(one.title),
         len(squeezed(text[: one.start])))
        for one in reading.extraction.references
    ]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_relation_and_the_header_are_the_same(name, readings):
    reading, text = readings[wanted(name)], readings["ban.txt"]
    assert asserted(reading) == asserted(text)
    assert {kind for kind, *_ in asserted(text)} >= {"implements", "based_on", "replaces"}
    header, same = reading.layout.header, text.layout.header
    for part in ("code_text", "date", "place", "issuer", "label"):
        assert getattr(header, part) == getattr(same, part)
    assert squeezed(header.title) == squeezed(same.title)


def asserted(reading):
    return [(one.type, one.status, one.target, one.source) for one in reading.extraction.relations]


@pytest.mark.parametrize(("width", "count"), SETS)
def test_pages_of_the_pdf_are_those_on_which_a_reference_begins(width, count, readings):
    reading = readings[f"ban{width}.pdf"]
    for one in reading.extraction.references:
        assert one.page == reading.source.text[: one.start].count("\f") + 1
    (replaced,) = (one.page for one in reading.extraction.references if str(one.code) == "45/KH-UBND")
    page = squeezed(" ".join(pages(width, count)[replaced - 1]))
    assert "45/KH-UBND" in page or page.endswith(("Kế", "hoạch", "số"))


def test_a_reference_goes_over_a_page(readings):
    found = [one.text for width, _ in SETS for one in readings[f"ban{width}.pdf"].extraction.references]
    assert any("\f" in words for words in found)
