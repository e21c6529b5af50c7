"""Drafts in Word: read paragraph by paragraph, given back with comments at their citations and nothing else changed."""

import io
import unicodedata
import zipfile

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import parse_xml

import kgdocs
from kgdocs.cli import main
from kgdocs.errors import SourceError
from kgdocs.pipeline.checking.check import check_content
from kgdocs.read import Comment, commented, word_text
from tests.test_check import draft

BODY = "Thực hiện Chỉ thị số 28/CT-TW ngày 25/12/2023 của Bộ Chính trị, Chỉ thị số 20/CT-TW ngày 05/11/2012 của Bộ Chính trị."


def word(lines, split=7):
    """A Word file of these lines, each in runs of `split` characters."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for at in range(0, len(line), split):
            paragraph.add_run(line[at : at + split]).bold = at % 2 == 1
    document.add_table(1, 2).cell(0, 1).text = "Kế hoạch số 12/KH-UBND ngày 5/3/2024"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "du-thao.docx"
    made.write_bytes(word([*draft("").split("\n"), BODY]))
    return made


def test_a_word_file_is_checked_like_its_text(path):
    found = kgdocs.check(path)
    assert BODY in found.text
    same = check_content(found.text.encode())
    assert [one.finding.code for one in found.remarks] == [one.finding.code for one in same.remarks]
    assert [one.finding.code for one in found.remarks].count("SEPARATOR") == 2
    assert "DATE_FORM" in [one.finding.code for one in found.remarks]  # in a table


def test_comments_stand_at_the_citations_and_nothing_else_changes(path, tmp_path):
    target = tmp_path / "out.docx"
    shown = CliRunner().invoke(main, ["check", str(path), "--no-db", "--annotate", str(target)])
    assert shown.exit_code == 0, shown.output
    before, after = path.read_bytes(), target.read_bytes()
    assert word_text(after) == word_text(before)
    found = kgdocs.check(path)
    document = docx.Document(io.BytesIO(after))
    comments = list(document.comments)
    assert len(comments) == len(found.remarks)
    assert {comment.author for comment in comments} == {"kgdocs"}
    assert any("[SEPARATOR]\nnên viết: 28-CT/TW" in comment.text for comment in comments)
    parts = [zipfile.ZipFile(io.BytesIO(one)) for one in (before, after)]
    names = [{part.filename for part in archive.infolist()} for archive in parts]
    assert names[1] - names[0] <= {"word/comments.xml"}
    assert parts[0].read("word/styles.xml").count(b"<w:style ") <= parts[1].read("word/styles.xml").count(b"<w:style ")
    looks = [
        [(run.text, run.bold) for one in docx.Document(io.BytesIO(file)).paragraphs for run in one.runs if run.text]
        for file in (before, after)
    ]
    assert looks[0] == looks[1]


def test_a_comment_covers_the_runs_that_hold_its_place():
    content = word(["Kế hoạch số 47/KH-UBND"], split=6)
    after = docx.Document(io.BytesIO(commented(content, [Comment(12, 22, "x")], "kgdocs")))
    names = [element.tag.rpartition("}")[2] for element in after.paragraphs[0]._p]
    first, last = names.index("commentRangeStart"), names.index("commentRangeEnd")
    covered = [element for element in list(after.paragraphs[0]._p)[first + 1 : last] if element.tag.endswith("}r")]
    assert "".join(run.text for run in covered) == "47/KH-UBND"


def test_deleted_words_are_left_out_and_inserted_ones_count():
    document = docx.Document()
    paragraph = document.add_paragraph("Kế hoạch số ")
    for tag, words in (("del", "46"), ("ins", "47/KH-UBND")):
        run = paragraph.add_run(words)._r
        around = run.makeelement(run.tag.replace("}r", f"}}{tag}"), {})
        run.addprevious(around)
        around.append(run)
    written = io.BytesIO()
    document.save(written)
    assert word_text(written.getvalue()) == "Kế hoạch số 47/KH-UBND"


def boxed(outer, inner, around=None):
    """A Word file with a text box as Word writes it: once for new programs, once for those that know no such shapes."""
    document = docx.Document()
    run = document.add_paragraph(outer).runs[0]._r
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = f"<w:txbxContent><w:p><w:r><w:t>{inner}</w:t></w:r></w:p></w:txbxContent>"
    both = (
        f'<mc:AlternateContent {space} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box if around is None else ""}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    run.append(parse_xml(both))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_text_box_is_read_once_and_its_comment_stands_in_the_copy_that_is_shown():
    content = boxed("Kế hoạch số 47/KH-UBND", "Chỉ thị số 28-CT/TW")
    assert word_text(content) == "Kế hoạch số 47/KH-UBND\nChỉ thị số 28-CT/TW"
    after = docx.Document(io.BytesIO(commented(content, [Comment(35, 43, "x")], "kgdocs"))).element
    (mark,) = [one for one in after.iter() if one.tag.endswith("}commentRangeStart")]
    assert [one.tag.rpartition("}")[2] for one in mark.iterancestors()][3] == "Choice"


def test_a_text_box_that_is_there_for_old_programs_only():
    assert word_text(boxed("Kế hoạch", "Chỉ thị số 28-CT/TW", around="old")) == "Kế hoạch\nChỉ thị số 28-CT/TW"


def test_a_text_box_inside_what_is_deleted_is_left_out():
    document = docx.Document(io.BytesIO(boxed("Kế hoạch", "Chỉ thị số 28-CT/TW")))
    run = document.paragraphs[0].runs[0]._r
    around = run.makeelement(run.tag.replace("}r", "}del"), {})
    run.addprevious(around)
    around.append(run)
    written = io.BytesIO()
    document.save(written)
    assert word_text(written.getvalue()) == ""


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_comments_stand_right_however_letters_are_composed(form, tmp_path):
    lines = [unicodedata.normalize(form, line) for line in (*draft("").split("\n"), BODY)]
    (tmp_path / "in.docx").write_bytes(word(lines, split=1))
    shown = CliRunner().invoke(
        main, ["check", str(tmp_path / "in.docx"), "--no-db", "--annotate", str(tmp_path / "out.docx")]
    )
    assert shown.exit_code == 0, shown.output
    found = kgdocs.check(tmp_path / "in.docx")
    told = [one.finding for one in found.remarks if one.finding.code != "UNRESOLVED"]
    shown = [found.text[one.start : one.end] for one in told]
    document = docx.Document(tmp_path / "out.docx")
    inside = {comment.comment_id: commented_words(document, comment.comment_id) for comment in document.comments}
    pairs = [(words, inside[at]) for at, words in enumerate(shown) if words in BODY]  # a cell is one run
    assert any("28/CT-TW" in words for words, _ in pairs)
    assert [unicodedata.normalize("NFC", covered) for _, covered in pairs] == [words for words, _ in pairs]


def commented_words(document, number):
    """The words of the runs between the two marks of a comment."""
    words, inside = [], False
    for element in document.element.body.iter():
        name = element.tag.rpartition("}")[2]
        if name.startswith("commentRange") and int(element.get(element.tag.replace(name, "id"))) == number:
            inside = name == "commentRangeStart"
        elif inside and name == "r":
            words.append(element.text)
    return "".join(words)


def packed(name, content):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Không phải tệp Word"), (b"PK\x03\x04rest", "Không phải tệp Word"), (packed("a.xml", b"x"), "Không phải tệp Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dạng cũ"), (packed("word/document.xml", b"\0" * (129 << 20)), "quá lớn"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_told_in_one_sentence(content, sentence, tmp_path):
    with pytest.raises(SourceError, match=sentence):
        word_text(content)
    (tmp_path / "x.docx").write_bytes(content)
    shown = CliRunner().invoke(main, ["check", str(tmp_path / "x.docx"), "--no-db"])
    assert shown.exit_code == 2
    assert shown.stderr.count("\n") == 1
    assert sentence in shown.stderr


def test_comments_need_one_word_file_and_another_target(path, tmp_path):
    (tmp_path / "a.txt").write_text("chữ", encoding="utf-8")
    for files, target in (
        ([path], path),
        ([tmp_path / "a.txt"], tmp_path / "o.docx"),
        ([path, path], tmp_path / "o.docx"),
    ):
        shown = CliRunner().invoke(main, ["check", *map(str, files), "--no-db", "--annotate", str(target)])
        assert shown.exit_code == 2
        assert not (tmp_path / "o.docx").exists()


def tabled(*rows):
    """A Word file with one table; the paragraphs of a cell are parted by line breaks."""
    document = docx.Document()
    document.add_paragraph("DANH MỤC VĂN BẢN")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            first, *more = words.split("\n")
            cell.text = first
            for one in more:
                cell.add_paragraph(one)
    document.add_paragraph("Hết.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


HEAD = ("STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu")


def test_a_row_of_a_table_is_a_line_of_cells():
    content = tabled(HEAD, ("1", "Chỉ thị số 28-CT/TW", "25/12/2023", "", "Về công tác\nbảo vệ trẻ em"))
    assert word_text(content).split("\n") == [
        "DANH MỤC VĂN BẢN", "| STT | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu |",
        "| 1 | Chỉ thị số 28-CT/TW | 25/12/2023 |  | Về công tác bảo vệ trẻ em |", "Hết.",
    ]  # fmt: skip


def test_issuer_and_title_of_a_row_are_read_and_its_comment_stands_in_the_cell():
    content = tabled(
        HEAD, ("1", "Kế hoạch số 47/KH-UBND", "21/02/2024", "UBND tỉnh Lạng Sơn", "Phòng, chống đuối nước trẻ em")
    )
    text = word_text(content)
    (found,) = kgdocs.extract(text).references
    assert (found.issuer, found.date, found.title) == (
        "UBND tỉnh Lạng Sơn",
        "2024-02-21",
        "Phòng, chống đuối nước trẻ em",
    )
    after = docx.Document(io.BytesIO(commented(content, [Comment(found.start, found.end, "x")], "kgdocs")))
    cell = after.tables[0].rows[1].cells[1]
    assert "commentRangeStart" in cell._tc.xml
    assert after.element.xml.count("<w:commentRangeStart") == 1


@pytest.mark.parametrize(
    "row",
    [("ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("a", "b", "một\nhai\nba")],
)
def test_heads_of_documents_and_long_cells_stay_lines_of_their_own(row):
    assert word_text(tabled(row)).split("\n") == ["DANH MỤC VĂN BẢN", *"\n".join(row).split("\n"), "Hết."]


def test_a_cell_inside_a_control_is_not_lost():
    content = tabled(HEAD, ("1", "Chỉ thị số 28-CT/TW", "25/12/2023", "Bộ Chính trị", "Về công tác trẻ em"))
    document = docx.Document(io.BytesIO(content))
    cell = document.tables[0].rows[1].cells[1]._tc
    control = parse_xml(
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtContent/></w:sdt>'
    )
    cell.addprevious(control)
    control[0].append(cell)
    written = io.BytesIO()
    document.save(written)
    assert word_text(written.getvalue()) == word_text(content)
