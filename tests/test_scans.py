"""Scans: pictures of pages are recognised where Tesseract is there, with a warning, and refused with its name where it is not."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from kgdocs.errors import SourceError
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import ocr, source_of, source_of_upload
from kgdocs.read.pdf import page_picture, pdf_pages
from kgdocs.read.pictures import picture, picture_count
from tests.test_formats import pdf_file

FONT = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
PAGES = (
    ["Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023", "của Bộ Chính trị (văn bản mẫu)"],
    ["Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09/5/2017", "của Chính phủ (văn bản mẫu)"],
)


def has_vietnamese():
    if FONT is None or shutil.which("tesseract") is None:
        return False
    return (
        "vie"
        in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    )


needs_ocr = pytest.mark.skipif(
    not has_vietnamese(), reason="tesseract with its Vietnamese model, or the font DejaVu, is not installed"
)


def drawn(lines=(), size=(1700, 600)):
    """A picture of lines of text."""
    picture = Image.new("L", size, "white")
    for at, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 100 + 90 * at), line, font=ImageFont.truetype(FONT, 46))
    return picture


def saved(pictures, kind, **options):
    written = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(written, kind, **more, **options)
    return written.getvalue()


@needs_ocr
@pytest.mark.parametrize(("kind", "name"), [("PDF", "quet.pdf"), ("TIFF", "quet.tif")])
def test_the_citations_of_a_scan_have_their_pages(kind, name, rules, extractor):
    content = saved([drawn(lines) for lines in PAGES], kind, **({"resolution": 200} if kind == "PDF" else {}))
    source = source_of_upload(name, content, rules, ocr=True)
    assert (source.state, source.pages) == ("warning", 2)
    assert source.reason.startswith("Trang 1, 2 là chữ nhận dạng từ ảnh quét (OCR), có thể sai")
    found = {str(one.code): (one.page, one.date) for one in reading_of(source, rules, extractor).extraction.references}
    assert found == {"28-CT/TW": (1, "2023-12-25"), "56/2017/NĐ-CP": (2, "2017-05-09")}


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_alone(kind, rules):
    source = source_of_upload(f"anh.{kind.lower()}", saved([drawn(PAGES[0])], kind), rules, ocr=True)
    assert (source.state, source.format, source.pages) == ("warning", "picture", 1)
    assert "28-CT/TW" in source.text


@needs_ocr
def test_a_picture_without_words(rules):
    with pytest.raises(SourceError, match="không thấy chữ nào"):
        source_of("anh.png", saved([drawn()], "PNG"), "picture", rules)


def mixed():
    """A PDF of which the first page is text and the second a picture, with a stamp as text over it."""
    return with_picture(pdf_file([["Kế hoạch số 12/KH-UBND ngày 5/3/2024 của tỉnh (văn bản mẫu)"] * 9, ["Ký số"]]), 2)


def with_picture(content, page):
    """The PDF with a picture of one grey point over all of a page."""
    stream = b"q 1200 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
    start = content.index(b"stream\n", content.index(b"/Contents %d 0 R" % (5 + 2 * page))) + len(b"stream\n")
    head = content.rindex(b"/Length ", 0, start)
    length = int(content[head + 8 : content.index(b" ", head + 8)])
    changed = content[:head] + b"/Length %d" % (length + len(stream)) + content[content.index(b" >>", head) : start]
    return changed + stream + content[start:]


def test_a_page_that_is_a_picture_is_told(monkeypatch, rules):
    monkeypatch.setattr(ocr, "_PROGRAM", "no-such-program")
    source = source_of("x.pdf", mixed(), "pdf", rules)
    assert (source.state, source.pages) == ("warning", 2)
    assert source.reason.startswith("Trang 2 là ảnh quét, không đọc được chữ: cần nhận dạng")
    assert "12/KH-UBND" in source.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.png", saved([drawn()], "PNG")), ("x.pdf", saved([drawn()], "PDF")), ("y.pdf", pdf_file([["."]]))],
)
def test_without_the_program_the_reason_names_the_command(name, content, monkeypatch, rules):
    monkeypatch.setattr(ocr, "_PROGRAM", "no-such-program")
    with pytest.raises(SourceError, match="apt install tesseract-ocr tesseract-ocr-vie"):
        source_of_upload(name, content, rules, ocr=True)


def test_a_draft_is_not_recognised(rules):
    with pytest.raises(SourceError, match="hãy dùng bản có lớp chữ"):
        source_of_upload("x.png", saved([drawn()], "PNG"), rules)


def test_pages_that_fail_are_told_and_the_rest_is_kept(monkeypatch):
    def run(command, name, content, **limits):
        if content == b"0":
            return "Kế hoạch\n\f".encode()
        raise SourceError("Chương trình tesseract mất quá 60 giây, đã dừng.")

    monkeypatch.setattr(ocr, "run", run)
    found = ocr.recognised(lambda number: str(number).encode(), range(3))
    assert [line.text for line in found.pages[0]] == ["Kế hoạch"]
    assert (list(found.pages), found.missing) == ([0], [1, 2])
    assert "60 giây" in found.failed


def test_the_time_for_all_pages_is_limited(monkeypatch):
    monkeypatch.setenv("KGDOCS_OCR_SECONDS", "100")
    now = iter((0, 10, 95, 130, 131))
    monkeypatch.setattr(ocr.time, "monotonic", lambda: next(now))
    asked = []
    monkeypatch.setattr(ocr, "run", lambda *values, seconds, memory: asked.append(seconds) or b"x")
    found = ocr.recognised(lambda number: b"", range(4))
    assert asked == [60, 5]
    assert (found.missing, found.failed) == ([2, 3], "Nhận dạng chữ mất quá 100 giây, đã dừng.")


def test_pages_above_the_limit_are_told(monkeypatch):
    monkeypatch.setenv("KGDOCS_OCR_PAGES", "2")
    monkeypatch.setattr(ocr, "run", lambda *values, **limits: b"x")
    found = ocr.recognised(lambda number: b"", range(3))
    assert (list(found.pages), found.missing, found.failed) == ([0, 1], [2], "Có 3 trang quét, nhiều hơn 2.")


@pytest.mark.parametrize(
    ("told", "there"), [(b"List (2):\neng\nvie\n", True), (b"List (1):\neng\n", False), (None, False)]
)
def test_the_program_without_its_vietnamese_model_does_not_count(told, there, monkeypatch):
    def run(*values, **limits):
        if told is None:
            raise SourceError("Không chạy được.")
        return told

    monkeypatch.setattr(ocr, "run", run)
    monkeypatch.setattr(ocr, "is_installed", lambda program: True)
    ocr._languages.cache_clear()
    assert ocr.has_ocr() is there
    ocr._languages.cache_clear()


def opened(content):
    return Image.open(io.BytesIO(content))


def test_pages_are_drawn_with_so_many_points(monkeypatch):
    content = saved([drawn(size=(850, 1100))], "PDF", resolution=100)
    width, height = opened(page_picture(content, 0)).size
    assert (abs(width - 2550) <= 1, abs(height - 3300) <= 1) == (True, True)
    monkeypatch.setenv("KGDOCS_OCR_PIXELS", "1000000")
    width, height = opened(page_picture(content, 0)).size
    assert 900_000 < width * height <= 1_010_000


def test_a_blank_page_is_no_scan():
    pages, scanned = pdf_pages(pdf_file([["Kế hoạch số 12/KH-UBND của tỉnh"], []]))
    assert (len(pages), scanned) == (2, [])


def test_pictures_are_upright_and_on_white(monkeypatch):
    turned = Image.new("L", (40, 20), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(picture(saved([turned], "JPEG", exif=exif), 0)).size == (20, 40)
    assert opened(picture(saved([Image.new("RGBA", (4, 4), (0, 0, 0, 0))], "PNG"), 0)).getpixel((1, 1)) == 255
    assert picture_count(saved([turned, turned, turned], "TIFF")) == 3
    monkeypatch.setenv("KGDOCS_OCR_PIXELS", "100")
    with pytest.raises(SourceError, match="lớn hơn 100 điểm"):
        picture(saved([turned], "PNG"), 0)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\nhong", b"GIF89a" + bytes(30), saved([drawn()], "PNG")[:200]]
)
def test_what_is_no_picture(content):
    with pytest.raises(SourceError, match="ảnh"):
        picture(content, 0)
