"""Word, web page and PDF give the words that they hold, and a reason where they hold none; the files are made here."""

import io
import sqlite3
import time
import zipfile
from contextlib import closing

import docx
import pytest

import kgdocs
from kgdocs.errors import SourceError, UsageError
from kgdocs.grammar import load_rules
from kgdocs.read import byte_offset, read_source, source_of
from kgdocs.read.furniture import PageMarks
from kgdocs.read.html import html_text, page_texts
from kgdocs.read.pdf import pages_text, pdf_pages
from kgdocs.read.pictures import picture_count
from kgdocs.read.word import word_parts, word_text
from tests.conftest import ROOT

LINES = (
    "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU",
    "Số: 88/KH-UBND",
    "Sông Mẫu, ngày 20 tháng 6 năm 2024",
    "KẾ HOẠCH",
    "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị (văn bản mẫu)",
    "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành kế hoạch.",
)
CELLS = ("Kế hoạch số 211-KH/TU", "25/4/2024")
NOTE = "Nghị định số 56/2017/NĐ-CP ngày 09/5/2017"


def word_file(lines=LINES, notes=None):
    """A Word file with a paragraph for each line and a table; `notes` become footnotes."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    for cell, words in zip(table.rows[0].cells, CELLS, strict=True):
        cell.text = words
    document.sections[0].header.paragraphs[0].text = "Công văn số 12/SYT-NVY ở đầu trang"
    written = io.BytesIO()
    document.save(written)
    return with_footnote(written.getvalue(), notes) if notes else written.getvalue()


def with_footnote(content, words):
    """The file with a part of footnotes, as Word writes it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    changed = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{part}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>',
        ),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name in changed:
                body = body.decode().replace(*changed[name]).encode()
            new.writestr(name, body)
        new.writestr("word/footnotes.xml", note)
    return written.getvalue()


def placed(numbered):
    """Where a line of a page stands: below the one before, or where it says."""
    at, line = numbered
    return (50, 780 - 16 * at, line) if isinstance(line, str) else line


def pdf_file(pages):
    """A PDF whose pages hold lines of text, each its words or (left, height, words): one font without an outline, every letter named by a ToUnicode table."""
    letters = sorted({letter for lines in pages for line in map(placed, enumerate(lines)) for letter in line[2]})
    number = {letter: at for at, letter in enumerate(letters, 1)}
    table = "".join(f"<{number[one]:04X}> <{one.encode('utf-16-be').hex().upper()}>\n" for one in letters)
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(letters)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    bodies = [
        "BT /F1 11 Tf "
        + " ".join(
            f"1 0 0 1 {left} {height} Tm <{''.join(f'{number[one]:04X}' for one in line)}> Tj"
            for left, height, line in map(placed, enumerate(lines))
        )
        + " ET"
        for lines in pages
    ]
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        f"<< /Length {len(unicode)} >>\nstream\n{unicode}\nendstream",
    ]  # fmt: skip
    for at, body in enumerate(bodies):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 1 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    out, places = b"%PDF-1.7\n", []
    for at, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{at} 0 obj\n{one}\nendobj\n".encode("latin-1")
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def html_file(lines=LINES, more=""):
    cells = "".join(f"<td>{one}</td>" for one in CELLS)
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{''.join(f'<p>{line}</p>' for line in lines)}<table><tr>{cells}</tr></table>{more}</body></html>".encode()


LAYOUT = load_rules().layout
MARKS = PageMarks(LAYOUT["page_furniture"], LAYOUT["page_counter"])
FILES = {
    "ban.docx": word_file(notes=NOTE),
    "ban.html": html_file(more=f"<footer>{NOTE}</footer>"),
    "ban.pdf": pdf_file([LINES, [*CELLS, NOTE]]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_word_is_there_once_and_in_order(name, rules, tmp_path):
    (tmp_path / name).write_bytes(FILES[name])
    source = read_source(tmp_path / name, rules)
    assert (source.state, source.format) == ("read", name.partition(".")[2])
    at = 0
    for words in (*LINES, *CELLS, NOTE):
        found = source.text.find(words, at)
        assert found >= 0, words
        at = found + len(words)
    assert source.raw_offsets is None


@pytest.mark.parametrize("name", FILES)
def test_codes_of_all_parts_are_found_in_a_build(name, tmp_path):
    (tmp_path / name).write_bytes(FILES[name])
    db = tmp_path / "x.db"
    kgdocs.build([tmp_path / name], db)
    with closing(sqlite3.connect(db)) as connection:
        codes = {row[0] for row in connection.execute("SELECT code FROM mentions")}
        pages = dict(connection.execute("SELECT code, page FROM mentions WHERE target_id IS NOT NULL"))
        kinds = {row[0] for row in connection.execute("SELECT type FROM relations")}
        evidence = {row[0] for row in connection.execute("SELECT page FROM evidence")}
    assert {"28-CT/TW", "211-KH/TU", "56/2017/NĐ-CP"} <= codes
    assert "implements" in kinds
    assert (pages["28-CT/TW"], pages["56/2017/NĐ-CP"]) == ((1, 2) if name == "ban.pdf" else (None, None))
    assert evidence == ({1, 2} if name == "ban.pdf" else {None})


def test_headers_and_footers_of_word_are_read(rules):
    assert "12/SYT-NVY" in source_of("x", FILES["ban.docx"], "docx", rules).text


def test_inline_tags_leave_no_trace_and_cells_do_not_glue(rules):
    page = (
        "<p>Chỉ thị số 28-CT/<b>T<i>W</i></b></p><table><tr><td>211-KH/TU</td><td>25/4</td></tr></table><p>a<br>b</p>"
    )
    assert html_text(page) == "Chỉ thị số 28-CT/TW\n\n211-KH/TU | 25/4\n\na\nb\n"


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<script>x()</script><style>p{}</style><template>t</template><nav>menu</nav><!-- c -->còn", "còn\n"),
        ("<div>" * 20_000 + "sâu" + "</div>" * 20_000, "sâu\n"),
        ("&lt;script&gt; &amp; 28-CT/TW &#x1EAD;", "<script> & 28-CT/TW ậ\n"),
        ("<p" + " a" * 1000 + ">dài", "dài\n"),
    ],
)
def test_hostile_pages(page, left, rules):
    assert html_text(page) == left


def test_a_page_in_the_encoding_that_it_names(rules):
    page = '<meta charset="windows-1258"><p>Kê\u0301 hoa\u0323ch</p>'.encode("cp1258")
    assert source_of("x", page, "html", rules).text == "Kế hoạch\n"
    none = ('<meta charset="utf-16-of-nobody"><p>Kế hoạch</p>', '<meta charset="undefined"><p>Kế hoạch</p>')
    for page in (*map(str.encode, none), "<p>Kế hoạch</p>".encode("utf-16")):
        assert source_of("x", page, "html", rules).text == "Kế hoạch\n"


BEFORE_UNICODE = "Thùc hiÖn ChØ thÞ sè 28-CT/TW cña Bé ChÝnh trÞ, ñy ban nh©n d©n tØnh".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ('<meta charset="windows-1258"><p>Kế hoạch'.encode(), "utf-8", "Kế hoạch\n"),
        ('<meta charset="windows-1252"><p>Kế hoạch'.encode("utf-8-sig"), "utf-8", "Kế hoạch\n"),
        ('<meta charset="utf-8"><p>Kế hoạch'.encode("utf-16"), "utf-16", "Kế hoạch\n"),
        ('<meta charset="unicode_escape"><p>\\u0041 Kế hoạch'.encode(), "utf-8", "\\u0041 Kế hoạch\n"),
        ('<meta charset="iso-8859-1"><p>Le décret – l’arrêté'.encode("cp1252"), "iso8859-1", "Le décret – l’arrêté\n"),
    ],
)
def test_what_the_bytes_say_outweighs_what_a_page_says_of_itself(content, encoding, text, rules):
    source = source_of("x", content, "html", rules)
    assert (source.text, source.encoding, source.state) == (text, encoding, "read")


@pytest.mark.parametrize(
    "named", [b"", b'<meta charset="utf-8">', b'<meta charset="windows-1252">', b'<meta charset="windows-1258">']
)
def test_a_page_from_before_unicode_is_converted_and_says_so(named, rules):
    source = source_of("x", named + b"<p class=a><b>" + BEFORE_UNICODE + b"</b></p>", "html", rules)
    assert source.text == "Thực hiện Chỉ thị số 28-CT/TW của Bộ Chính trị, ủy ban nhân dân tỉnh\n"
    assert (source.state, source.encoding) == ("warning", "tcvn3")
    assert "sang Unicode" in source.reason


def test_a_page_in_no_encoding_that_is_known(rules):
    with pytest.raises(SourceError, match="Không phải văn bản Unicode"):
        source_of("x", b"<p>K\xea ho\xe1ch", "html", rules)


def test_preformatted_lines_stay_lines():
    page = "<p>một\nhai</p><pre>\nSố: 88/KH-UBND      Sông Mẫu\r\n\n  KẾ <b>HOẠCH</b>\n</pre>ba\nbốn<pre></pre>năm\nsáu"
    assert html_text(page) == "một hai\n\nSố: 88/KH-UBND      Sông Mẫu\n\nKẾ HOẠCH\n\nba bốn\nnăm sáu\n"


@pytest.mark.parametrize(
    "piece", ["| ", "<b> </b>", "\u00a0", "|x", "\n<br>", "<li>x", "<pre> </pre>", "<td></td>", "<meta "]
)
def test_the_time_for_a_page_grows_with_its_length_only(piece):
    def seconds(count):
        page = (f"<table><tr>{piece * count}x").encode()
        best = []
        for _ in range(3):
            begin = time.perf_counter()
            page_texts(page)
            best.append(time.perf_counter() - begin)
        return min(best)

    assert seconds(40_000) < 12 * seconds(10_000) + 0.05


def test_a_code_broken_at_the_end_of_a_line_of_a_pdf():
    pages, scanned = pdf_pages(pdf_file([["Thực hiện Chỉ thị số 28-", "CT/TW của Bộ Chính trị"]]))
    assert (len(pages), scanned, "28-CT/TW" in pages_text(pages, MARKS)) == (1, [], True)


@pytest.mark.parametrize("name", FILES)
def test_no_byte_is_named_for_a_place_in_a_format_of_its_own(name, rules):
    source = source_of(name, FILES[name], name.partition(".")[2], rules)
    with pytest.raises(UsageError, match="has no place in bytes"):
        byte_offset(source, FILES[name], 0)


BAD = {
    "hong.pdf": (b"%PDF-1.7 hong", "Không phải tệp PDF"),
    "cut.pdf": (FILES["ban.pdf"][:400], "Không phải tệp PDF"),
    "scan.pdf": (pdf_file([["."]]), "bản quét"),
    "hong.docx": (b"PK\x03\x04hong", "Không phải tệp Word"),
    "cu.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Tệp Word dạng cũ"),
    "trong.html": (b"<html><body><script>x</script></body></html>", "không có nội dung"),
    "nhiphan.html": (b"\0\1\2\xff" * 50, "nhị phân"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_has_its_reason(name, rules, tmp_path):
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    source = read_source(tmp_path / name, rules)
    assert (source.state, source.text) == ("rejected", "")
    assert reason in source.reason


def test_a_word_file_that_unpacks_to_too_much(monkeypatch):
    monkeypatch.setenv("KGDOCS_UNPACKED_MB", "1")
    content = io.BytesIO(FILES["ban.docx"])
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("word/media/a.bin", bytes(2 << 20))
    assert len(content.getvalue()) < 1 << 20
    with pytest.raises(SourceError, match="quá lớn"):
        word_text(content.getvalue())


def test_a_pdf_of_too_many_pages(monkeypatch):
    monkeypatch.setenv("KGDOCS_PAGES", "1")
    with pytest.raises(SourceError, match="2 trang"):
        pdf_pages(FILES["ban.pdf"])


def test_one_bad_file_never_stops_a_build(tmp_path):
    for name, content in {**FILES, **{name: content for name, (content, _) in BAD.items()}}.items():
        (tmp_path / name).write_bytes(content)
    db = tmp_path / "x.db"
    kgdocs.build([tmp_path], db)
    with closing(sqlite3.connect(db)) as connection:
        found = dict(connection.execute("SELECT path, state FROM sources"))
        reasons = connection.execute(
            "SELECT count(*) FROM sources WHERE state = 'rejected' AND reason <> ''"
        ).fetchone()[0]
    names = {path.rpartition("/")[2]: state for path, state in found.items()}
    assert names == {**dict.fromkeys(FILES, "read"), **dict.fromkeys(BAD, "rejected")}
    assert reasons == len(BAD)


def seed_of(name):
    return (ROOT / "tests" / "fuzz" / "seeds" / "readers" / name).read_bytes().partition(b"\n")[2]


def test_a_damaged_picture_is_told_as_damaged():
    """Found by chance: a library raised what was no SourceError, which ended the reading process."""
    with pytest.raises(SourceError, match="Tệp ảnh hỏng"):
        picture_count(seed_of("picture-tiff-without-dimensions"))


def test_damaged_footnotes_cost_only_the_footnotes(tmp_path):
    """Found by chance, too."""
    content = seed_of("docx-footnotes-that-are-no-xml")
    words, warning = word_parts(content)
    assert words.strip()
    assert warning == "Không đọc được phần footnotes.xml của tệp Word (hỏng); phần còn lại đã đọc."
    for name in ("a.docx", "b.doc"):
        (tmp_path / name).write_bytes(content)
    summary = kgdocs.build([tmp_path / "a.docx"], tmp_path / "x.db")
    assert summary.counts["files_warning"] == 1
    assert summary.warned == (("a.docx", warning),)
    assert source_of("b.doc", content, "doc", load_rules()).reason == warning
