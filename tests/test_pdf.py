"""Pages of a PDF: sentences go over them, running headers and numbers stand in none, columns are read one after the other."""

import pytest

from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of
from kgdocs.read.columns import Piece, gutter, in_columns
from kgdocs.read.furniture import PageLine, without_furniture
from tests.test_formats import LINES, MARKS, pdf_file

HEADER = "Kế hoạch số 88/KH-UBND của tỉnh Sông Mẫu (văn bản mẫu)"


def pages_of(*texts):
    """Pages of lines, from the top to the bottom."""
    return [[PageLine(line, -at) for at, line in enumerate(lines)] for lines in texts]


def test_a_running_header_is_kept_once_and_numbers_not_at_all():
    pages = [[HEADER, f"một {at}", f"hai {at}", f"- {at} -", "Người lập: A"] for at in (1, 2, 3)]
    assert without_furniture(pages_of(*pages), MARKS) == [
        [HEADER, "một 1", "hai 1"], ["một 2", "hai 2"], ["một 3", "hai 3", "Người lập: A"],
    ]  # fmt: skip


def test_a_header_that_begins_on_the_second_page_stands_at_the_end_of_the_last():
    pages = [["một"], *([f"{at}", HEADER, f"lời {at} của trang"] for at in (2, 3, 4))]
    assert without_furniture(pages_of(*pages), MARKS) == [
        ["một"], ["lời 2 của trang"], ["lời 3 của trang"], ["lời 4 của trang", HEADER],
    ]  # fmt: skip


def test_numbers_of_pages_behind_a_cover():
    pages = [[f"lời {at * at}"] if at % 4 else [f"{at - 2}", f"chữ {at * at}"] for at in range(1, 14)]
    assert [lines[0][:3] for lines in without_furniture(pages_of(*pages), MARKS)] == [
        ["lời", "chữ"][at % 4 == 0] for at in range(1, 14)
    ]


def test_a_header_of_two_pages_of_three():
    pages = [["một"], ["2", HEADER, "lời"], ["3", HEADER, "chữ"]]
    assert without_furniture(pages_of(*pages), MARKS) == [["một"], ["lời"], ["chữ", HEADER]]


def test_a_number_that_counts_the_pages_inside_a_header():
    pages = [["nhan đề", "một"], *([f"{HEADER} - trang {at}", f"lời {at * 7}"] for at in (2, 3, 4))]
    assert [len(lines) for lines in without_furniture(pages_of(*pages), MARKS)] == [2, 1, 1, 2]


@pytest.mark.parametrize(
    "pages",
    [
        [[f"{at}. Kế hoạch số {at * at + 40}/KH-UBND", f"chữ {at}"] for at in (1, 2, 3, 4)],  # items that go on
        [[f"PHỤ LỤC {at}", f"chữ {at}"] for at in (1, 2, 3, 4)],
        [["7", "chữ"], ["9", "lời"], ["12", "câu"]],  # numbers that are not those of the pages
        [["một", "lời"], ["hai", HEADER, "câu"], ["ba", HEADER, "chữ"], ["bốn", HEADER, "lời"]],  # not at the edge
        [[HEADER, f"chữ {at}"] if at in (3, 4) else [f"lời {at * at}"] for at in range(12)],  # on two pages of twelve
        # a line that the text repeats inside the pages
        [[HEADER, "một", f"x{at}", "hai", "ba", HEADER, "bốn", "năm", "sáu", f"y{at}"] for at in range(5)],
        [[]],
        [],
    ],
)
def test_lines_that_belong_to_the_text_stay(pages):
    assert without_furniture(pages_of(*pages), MARKS) == pages


def test_the_edge_is_where_a_line_stands_not_where_the_file_has_it():
    pages = [
        [PageLine(f"chữ {at}", 700), PageLine("2", 40) if at == 2 else PageLine("x", 60), PageLine(f"lời {at}", 90)]
        for at in (1, 2)
    ]
    assert without_furniture(pages, MARKS)[1] == ["chữ 2", "lời 2"]


def prose(left, count, words, first=0):
    """Lines of a column, 15 points apart."""
    return [(left, 700 - 15 * (first + at), f"{words} {at:02}") for at in range(count)]


def column(words, count=12):
    return [f"{words} dòng chữ thứ {at:02} của cột" for at in range(count)]


def rows(left, right):
    """Lines of two columns, drawn row by row."""
    pairs = zip(left, right, strict=True)
    return [
        line for at, pair in enumerate(pairs) for line in ((50, 700 - 15 * at, pair[0]), (300, 700 - 15 * at, pair[1]))
    ]


def text_of(pages, rules):
    return source_of("x.pdf", pdf_file(pages), "pdf", rules).text


def test_two_columns_are_read_one_after_the_other(rules):
    left, right = column("Một"), column("Hai")
    title = (50, 740, "Nhan đề dài đi ngang qua cả hai cột của trang văn bản mẫu này, không đứt")
    note = (50, 480, "Dòng cuối dài đi ngang qua cả hai cột của trang văn bản mẫu này, không đứt")
    found = text_of([[title, *rows(left, right), note]], rules).split("\n")
    assert found == [title[2], *left, *right, note[2], ""]


def test_a_sentence_goes_from_one_column_to_the_next(rules, extractor):
    left, right = column("Một"), column("Hai")
    left[-1], right[0] = "theo tinh thần Chỉ thị số 28-", "CT/TW ngày 25/12/2023 của Bộ"
    source = source_of("x.pdf", pdf_file([rows(left, right)]), "pdf", rules)
    (found,) = reading_of(source, rules, extractor).extraction.references
    assert (str(found.code), found.date, found.page) == ("28-CT/TW", "2023-12-25", 1)


@pytest.mark.parametrize(
    "lines",
    [
        rows(["1", "2", "3", "4", "5", "6", "7"], column("Tên văn bản", 7)),  # a table
        rows(["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "a", "b", "c", "d"], column("TM", 7)),  # the end of a document
        rows(column("Một", 4), column("Hai", 4)),  # too little for columns
        [
            (50, 700 - 15 * at, f"{at} dòng chữ đi ngang qua cả trang giấy, từ lề này đến lề kia của trang")
            for at in range(20)
        ],
    ],
)
def test_what_is_not_set_in_columns_stays_as_it_is(lines, rules):
    left = [line for *_, line in lines][:2]
    found = text_of([lines], rules)
    assert 0 <= found.index(left[0]) < found.index(left[1])
    assert found.index(left[1]) - found.index(left[0]) < 90


def test_pieces_across_the_gutter_cut_the_columns():
    left, right = (
        [Piece(a, b, 100 - 10 * at, 109 - 10 * at, f"{a}-{at}") for at in range(8)] for a, b in ((0, 100), (120, 220))
    )
    across = Piece(0, 220, 60.5, 69.5, "ngang")
    place = gutter([*left, *right])
    assert 100 < place < 120
    found = [piece.text for piece in in_columns([*right, across, *left], place)]
    assert found == [
        "0-0",
        "0-1",
        "0-2",
        "0-3",
        "120-0",
        "120-1",
        "120-2",
        "120-3",
        "ngang",
        "0-4",
        "0-5",
        "0-6",
        "0-7",
        *(f"120-{at}" for at in range(4, 8)),
    ]


OVER = [
    [*LINES[:4], "Căn cứ tình hình của tỉnh, Ủy ban nhân dân tỉnh ban hành kế hoạch thực hiện Chỉ thị số"],
    ["2", HEADER, "28-CT/TW ngày 25/12/2023 của Bộ Chính trị; căn cứ Nghị định số 56/2017/NĐ-"],
    ["3", HEADER, "CP ngày 09/5/2017 của Chính phủ."],
    ["4", HEADER, "Thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Tỉnh ủy."],
]


def test_a_citation_goes_over_a_page_past_header_and_number(rules, extractor):
    source = source_of("x.pdf", pdf_file(OVER), "pdf", rules)
    found = {str(one.code): one for one in reading_of(source, rules, extractor).extraction.references}
    assert {code: found[code].page for code in ("28-CT/TW", "56/2017/NĐ-CP", "211-KH/TU")} == {
        "28-CT/TW": 1,
        "56/2017/NĐ-CP": 2,
        "211-KH/TU": 4,
    }
    for one in found.values():
        assert source.text[one.start : one.end] == one.text
    assert source.pages == 4


def test_words_broken_at_the_end_of_a_line(rules):
    lines = [
        "Chương trình Inter-",
        "net của UNICEF, kinh tế-",
        "xã hội, Kế hoạch số 12/KH-",
        "UBND, bà Mi-a Vơ-ne-",
        "xu-ê-la",
    ]
    assert (
        text_of([lines], rules)
        == "Chương trình Internet của UNICEF, kinh tế-xã hội, Kế hoạch số 12/KH-UBND, bà Mi-a Vơ-ne-xu-ê-la\n"
    )
