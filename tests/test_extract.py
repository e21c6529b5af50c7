"""References as people write them; each case in NFC, in NFD and with a line break inside."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kgdocs
from kgdocs.extract.scan import scan
from kgdocs.extract.tables import TableReader
from kgdocs.models import Span
from tests.conftest import ROOT

CASES = [
    ("Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị", "28-CT/TW", "2023-12-25", "Bộ Chính trị"),
    ("Chỉ thị số 28-CT/TW, ngày 25-12-2023", "28-CT/TW", "2023-12-25", None),
    ("KH 211-KH/TU", "211-KH/TU", None, None),
    ("Nghị định 56/2017/NĐ-CP", "56/2017/NĐ-CP", None, None),
    ("Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội Khóa XIV", "121/2020/QH14", "2020-06-19", "Quốc hội"),
    ("Luật số 102/2016/QH13", "102/2016/QH13", None, None),
    ("Công văn số 400/UBND-KGVX ngày 05/3/2024, của UBND tỉnh", "400/UBND-KGVX", "2024-03-05", "UBND tỉnh"),
    ("Văn bản số 2259/UBND - VX2 ngày 09/5/2024", "2259/UBND-VX2", "2024-05-09", None),
    ("Văn bản số 27/TB-VPCP ngày 20/01/2024", "27/TB-VPCP", "2024-01-20", None),
    (
        "Quyết định số 1545/QĐ-UBND ngày 28/5/2024 của Chủ tịch UBND tỉnh",
        "1545/QĐ-UBND",
        "2024-05-28",
        "Chủ tịch UBND tỉnh",
    ),
    ("Báo cáo số 69/KH-UBND ngày 19/02/2024", "69/KH-UBND", "2024-02-19", None),
    ("Quyết định số 37/2010/QĐ-TTg ngày 22 tháng 4 năm 2010", "37/2010/QĐ-TTg", "2010-04-22", None),
    ("Kế hoạch số 2022/KH-UBND ngày 13 tháng 5 năm 2014", "2022/KH-UBND", "2014-05-13", None),
    ("Thông tư liên tịch số 55/2011/TTLT-BGDĐT-BTC", "55/2011/TTLT-BGDĐT-BTC", None, None),
    ("Nghị quyết liên tịch số 01/2014/NQLT/CP-UBTƯMTTQVN", "01/2014/NQLT/CP-UBTƯMTTQVN", None, None),
    ("Thông tư liên tịch số 01/2001/TTLT- TAND- VKS- BTP", "01/2001/TTLT-TAND-VKS-BTP", None, None),
    ("Kế hoạch số 435-KH/TĐTN-CTĐ&TTN ngày 17/7/2026", "435-KH/TĐTN-CTĐ&TTN", "2026-07-17", None),
    ("Quyết định số 367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", None, None),
    ("Nghị Quyết số 72-NQ-TW ngày 09/09/2025", "72-NQ/TW", "2025-09-09", None),
    ("Nghị định số 28/CP ngày 29/4/1995", "28-CP", "1995-04-29", None),
    ("Công văn số 134-CV/UBKTTU", "134-CV/UBKTTU", None, None),
    ("Báo cáo số 152-BC/ĐU", "152-BC/ĐU", None, None),
    ("Văn bản hợp nhất số 05/VBHN-BGDĐT", "05/VBHN-BGDĐT", None, None),
    ("Nghị định 56/2017/NÐ-CP", "56/2017/NĐ-CP", None, None),
    ("Kế hoạch số 12/KH-UBND ngày 05/3/2024 của UBND huyện An Biên", "12/KH-UBND", "2024-03-05", "UBND huyện An Biên"),
    (
        "Thông tư số 03/2003/TT-BKH ngày 19 tháng 5 năm 2003 của Bộ Kế hoạch và Đầu tư hướng dẫn",
        "03/2003/TT-BKH",
        "2003-05-19",
        "Bộ Kế hoạch và Đầu tư",
    ),
]
VARIANTS = {
    "CRLF": lambda text: text.replace(" ", "\r\n", 2),
    "as written": lambda text: text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
    "line break": lambda text: text.replace(" ", "\n", 2),
    "segmented": lambda text: text.replace(" ", "_", 1),
    "bold": lambda text: f"**{text}**",
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("text", "code", "date", "issuer"), CASES, ids=[case[1] for case in CASES])
def test_one_reference(text, code, date, issuer, variant):
    written = VARIANTS[variant](f"theo {text};")
    found = kgdocs.extract(written).references
    assert [str(reference.code) for reference in found] == [code]
    assert found[0].date == date
    assert issuer is None or found[0].issuer.lower() == issuer.lower()


LISTS = [
    (
        "các Nghị định số 20/2021/NĐ-CP, 56/2017/NĐ-CP và 130/2021/NĐ-CP",
        ["20/2021/NĐ-CP", "56/2017/NĐ-CP", "130/2021/NĐ-CP"],
        "nghi_dinh",
    ),
    ("NGHỊ QUYẾT SỐ 18-NQ/TW VÀ NGHỊ QUYẾT SỐ 19/NQ-TW NGÀY 25/10/2017", ["18-NQ/TW", "19-NQ/TW"], "nghi_quyet"),
    ("Nghị quyết số 18-NQ/TW và số 19-NQ/TW ngày 25/10/2017", ["18-NQ/TW", "19-NQ/TW"], "nghi_quyet"),
]


@pytest.mark.parametrize(("text", "codes", "kind"), LISTS)
def test_lists_have_one_type(text, codes, kind, read):
    found = read(text).references
    assert [(str(reference.code), reference.type) for reference in found] == [(code, kind) for code in codes]


NAMES = [
    ("theo Luật Trẻ em năm 2016 và", "Luật Trẻ em", "2016"),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019",
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        None,
    ),
    ("Bộ luật Hình sự năm 2015 (sửa đổi, bổ sung năm 2017)", "Bộ luật Hình sự", "2015"),
]


@pytest.mark.parametrize(("text", "name", "year"), NAMES)
def test_laws_by_name(text, name, year, read):
    found = read(text).references
    assert [(reference.kind, reference.text, reference.year) for reference in found] == [("named", name, year)]


def test_short_forms_take_the_code_that_the_text_introduced(read):
    found = read("theo Quyết định số 20/2000/QĐ-TTg (sau đây gọi tắt là QĐ 20). Điều 1 QĐ 20 quy định").references
    assert [(reference.kind, str(reference.code)) for reference in found] == [
        ("numbered", "20/2000/QĐ-TTg"),
        ("short", "20/2000/QĐ-TTg"),
        ("short", "20/2000/QĐ-TTg"),
    ]
    assert found[2].provision == "Điều 1"


SHORT_LISTS = [
    ("các Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị", ["Nghị quyết 57", "59", "66", "68"]),
    ("theo Nghị quyết số 18, 19 (khóa XII); các Kết luận 62, 74", ["Nghị quyết số 18", "19", "Kết luận 62", "74"]),
    ("Quyết định 1180,\n1181 và 1182 của UBND tỉnh", ["Quyết định 1180", "1181", "1182"]),
    ("Thực hiện Quy định 114, Quy chế 08, Thông báo 12 của", ["Quy định 114", "Quy chế 08", "Thông báo 12"]),
    ("Nghị quyết 57, 59 và 3 thông tư", ["Nghị quyết 57"]),
    ("Nghị quyết 57, 2025; Nghị quyết 66, 1.500 tỷ", ["Nghị quyết 57", "Nghị quyết 66"]),
    ("Nghị quyết 57, 12/3/2025; Nghị quyết 66, 15% hộ", ["Nghị quyết 57", "Nghị quyết 66"]),
    ("theo Quyết định số 12/QĐ-UBND, Kế hoạch 2024 của UBND tỉnh", ["Quyết định số 12/QĐ-UBND"]),
    ("Biên bản 12, 13", []),
]


@pytest.mark.parametrize(("text", "mentions"), SHORT_LISTS)
def test_lists_of_numbers_under_one_label(text, mentions, read):
    found = read(text).references
    assert [reference.text for reference in found] == mentions
    assert all(reference.type for reference in found)


def test_a_nickname_takes_the_code_only_where_the_text_gives_it(read):
    whole = read("Nghị quyết số 30a/2008/NQ-CP (gọi tắt là Nghị quyết 30a)").references
    assert [str(reference.code) for reference in whole] == ["30a/2008/NQ-CP"] * 2
    other = read("Nghị quyết số 30/2008/NQ-CP; các huyện theo Nghị quyết 30a").references
    assert other[1].code is None


SILENT = [
    "kết quả 327.380/414.677 trẻ em (tỷ lệ 79%); 282.315/414.677 (tỷ lệ 68%)",
    "Tổng đài Quốc gia bảo vệ Trẻ em số 111",
    "Ngày gia đình Việt Nam 28/6; tháng 6/2024; ngày (25/11)",
    "tổng trị giá 211.500.000 đồng, 2,090 tỷ đồng",
    "giai đoạn 2021 - 2030, năm học 2023 - 2024, nhiệm kỳ 2020-2025",
    "số 12/5 đường 30/4, hẻm 56/12; thửa đất số 56, tờ bản đồ số 12",
    "QCVN 01:2021/BXD; TCVN 6909:2001; ISO/IEC 27001:2022",
    "Mẫu số 01/GTGT; Biểu số 03/BC-UBND; Hợp đồng số 12/2024/HĐKT",
    "ban hành đầy đủ các kế hoạch, văn bản chỉ đạo của tỉnh",
    "từ 7h30 đến 18h, 24/7; gọi 113/114/115; Covid-19",
]


@pytest.mark.parametrize("text", SILENT)
def test_false_friends_stay_silent(text, read):
    assert read(text).references == ()


def corpus_and_gold():
    folders = [ROOT / "corpus", ROOT.parent / "shared" / "gold" / "dev", ROOT.parent / "shared" / "gold" / "seed"]
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.[tm][xd]*"))]


@pytest.mark.parametrize("path", corpus_and_gold(), ids=lambda path: path.stem)
def test_every_span_gives_back_its_text(path):
    text = unicodedata.normalize("NFC", path.read_bytes().decode())
    extraction = kgdocs.extract(text)
    assert extraction.references
    for reference in extraction.references:
        assert text[reference.start : reference.end] == reference.text
        assert reference.end <= reference.facts_end <= reference.extent <= len(text)
        assert (reference.provision is None) == (reference.provision_start is None)
        assert reference.provision_start is None or 0 <= reference.provision_start < reference.start
    for relation in extraction.relations:
        assert text[relation.start : relation.end] == relation.text
    starts = [(reference.start, reference.end) for reference in extraction.references]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(starts))


PIECES = st.sampled_from(
    ["Kế hoạch ", "số ", "211-KH/TU", " ngày 25/4/2024", " của ", "UBND tỉnh", ", ", "; ", "\n\n", "Luật Trẻ em", "thực hiện ",
     "dự thảo ", "Căn cứ ", "“", "”", "28", "/", "Điều 5 ", "và ", "Đề án 06", "<b>", "&#47;", "¹ ", "…", "\u0301"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join))
def test_any_text_is_read_without_error(text):
    normal = unicodedata.normalize("NFC", text)
    for reference in kgdocs.extract(text).references:
        assert normal[reference.start : reference.end] == reference.text


@pytest.mark.parametrize("path", corpus_and_gold(), ids=lambda path: path.stem)
def test_line_ends_of_another_system_change_nothing(path):
    text = unicodedata.normalize("NFC", path.read_bytes().decode()).replace("\r\n", "\n")
    plain, windows = kgdocs.extract(text), kgdocs.extract(text.replace("\n", "\r\n"))

    def told(extraction):
        references = [
            (" ".join(r.text.split()), r.kind, r.code, r.date, r.issuer, r.title) for r in extraction.references
        ]
        return references, [(r.type, r.status, r.source, r.target) for r in extraction.relations]

    assert told(windows) == told(plain)


TABLES = {
    "a deadline is no date of issue": (
        "| TT | Nội dung | Văn bản | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Quán triệt | Chỉ thị số 28-CT/TW | 30/9/2024 |\n| 2 | Tập huấn | Luật Trẻ em năm 2016 | 15/11/2024 |",
        [None, None],
    ),
    "the column that says so, not the first": (
        "Số, ký hiệu | Ngày đến | Ngày ban hành\n1591/QĐ-TTg | 15/12/2023 | 08/12/2023",
        ["2023-12-08"],
    ),
    "entry into force": (
        "| Văn bản | Ngày ban hành | Ngày hiệu lực |\n|---|---|---|\n| 20/2021/NĐ-CP | 15/3/2021 | 01/7/2021 |\n"
        "\nVăn bản | Ngày hiệu lực\n56/2017/NĐ-CP | 01/7/2017",
        ["2021-03-15", None],
    ),
    "behind the title": (
        "| **TT** | **Số, ký hiệu** | **Trích yếu** | **Ngày, tháng, năm** |\n|:-:|---|---|---|\n"
        "| 1 | 12/KH-UBND | Kế hoạch thực hiện Chỉ thị số 28-CT/TW | 14/3/2024 |",
        ["2024-03-14", None],
    ),
    "a day of the words around the mention": (
        "Tên văn bản | Ngày ban hành\nKế hoạch thực hiện Chỉ thị số 28-CT/TW | 14/3/2024",
        [None],
    ),
    "two documents with a day each": (
        "Văn bản | Ngày ban hành | Văn bản thay thế | Ngày ban hành\n"
        "67/2007/NĐ-CP | 13/4/2007 | 136/2013/NĐ-CP | 21/10/2013",
        ["2007-04-13", "2013-10-21"],
    ),
    "two documents with one day": (
        "Văn bản | Văn bản thay thế | Ngày ban hành\n67/2007/NĐ-CP | 136/2013/NĐ-CP | 21/10/2013",
        [None, None],
    ),
    "an empty cell that is not written": (
        "TT | Số, ký hiệu | Ngày ban hành | Ghi chú\n1 | 28-CT/TW | 25/12/2023\n"
        "\nTT | Văn bản | Thời hạn | Ngày ban hành\n1 | 47/KH-UBND | 20/02/2024",
        ["2023-12-25", None],
    ),
    "no head": (
        "1 | 28-CT/TW | 25/12/2023 | x\n2 | Quán triệt Kế hoạch số 47/KH-UBND | 20/02/2024",
        ["2023-12-25", None],
    ),
    "wide blanks": (
        "TT      Nội dung      Văn bản      Thời hạn\n1      Họp      Chỉ thị số 28-CT/TW      30/9/2024\n"
        "\nTT      Số, ký hiệu      Ngày ban hành\n1      47/KH-UBND      20/02/2024\n"
        "\nQuyết định      12/QĐ-UBND      05/01/2023",
        [None, "2024-02-20", "2023-01-05"],
    ),
    "a cell a line": (
        "TT\nVăn bản\nThời hạn\n1\nChỉ thị số 28-CT/TW\n30/9/2024\n2\nLuật Trẻ em năm 2016\nTháng 11/2024\n"
        "TT\nSố, ký hiệu\nNgày ban hành\n1\n47/KH-UBND\n20/02/2024\n"
        "Số, ký hiệu\nNgày đến\nNgày ban hành\n1591/QĐ-TTg\n15/12/2023\n08/12/2023\n12/QĐ-UBND\n\n05/01/2023",
        [None, None, "2024-02-20", "2023-12-08", None],
    ),
    "a citation over two lines": (
        "Thời hạn\nTrước quý IV\nThực hiện Chỉ thị số 28-CT/TW\nngày 25/12/2023\ncủa Bộ Chính trị",
        ["2023-12-25"],
    ),
}


@pytest.mark.parametrize(("text", "dates"), TABLES.values(), ids=TABLES)
def test_days_of_documents_in_other_cells(text, dates, read):
    assert [reference.date for reference in read(text).references] == dates


def test_a_page_break_does_not_part_a_table_from_its_head(rules, extractor):
    text = "Văn bản | Thời hạn\n28-CT/TW | 30/9/2024\nTrang 2\n47/KH-UBND | 15/11/2024"
    at = text.index("Trang 2")
    found = scan(text, rules, [Span(start=at, end=at + 7)])
    assert [table.start for table in TableReader(rules).tables(found)] == [0]
    assert len(TableReader(rules).tables(scan(text, rules))) == 2


def test_the_day_of_the_next_clause_is_that_of_its_own_document(read):
    first, second = read(
        "Ngày 20/02/2024 UBND tỉnh ban hành Kế hoạch số 47/KH-UBND, ngày 05/3/2024 ban hành Công văn số 400/UBND-KGVX."
    ).references
    assert (first.date, first.title, second.date) == ("2024-02-20", None, "2024-03-05")


def test_the_year_of_the_next_clause_is_not_that_of_a_law(read):
    years = [
        r.year for r in read("Theo Luật Trẻ em, năm 2024 xã đã hỗ trợ 30 trẻ; theo Luật Giáo dục, năm 2019.").references
    ]
    assert years == [None, "2019"]


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("của Chính phủ, tỉnh đã chi trả trợ cấp", "Chính phủ"),
        ("của UBND tỉnh Sông Mẫu, huyện đã triển khai", "UBND tỉnh Sông Mẫu"),
        ("của UBND xã Bình An, huyện Châu Thành, tỉnh Bến Tre", "UBND xã Bình An, huyện Châu Thành, tỉnh Bến Tre"),
        ("của UBND quận 7, 12 phường đã chi trả", "UBND quận 7"),
        ("của UBND phường 12/2 đã", "UBND phường"),
        ("của UBND phường 3 khu phố", "UBND phường"),
        ("của Đảng ủy và Sở Y tế", "Đảng ủy và Sở Y tế"),
    ],
)
def test_the_next_clause_is_no_place_of_the_issuer(said, issuer):
    (one,) = kgdocs.extract(f"Theo Quyết định số 12/QĐ-UBND ngày 21/10/2023 {said}.").references
    assert one.issuer == issuer


def test_a_numbered_ward_does_not_end_the_list_of_what_is_replaced(read):
    text = (
        "QUYẾT ĐỊNH\nĐiều 2. Quyết định này thay thế Quyết định số 21/QĐ-UBND ngày 03/4/2019 của UBND phường 2 "
        "và Quyết định số 33/QĐ-UBND ngày 08/5/2019 của UBND phường 6."
    )
    extraction = read(text)
    assert [one.issuer for one in extraction.references] == ["UBND phường 2", "UBND phường 6"]
    assert [(one.type, one.target) for one in extraction.relations] == [("replaces", 0), ("replaces", 1)]


def test_a_number_in_a_cell_of_its_own_belongs_to_no_label(read):
    cells = "1\n98-KH/TU\n18/3/2019\nTỉnh ủy\nXây dựng phương án\n2\n16/NQ-HĐND\n31/10/2019\nHĐND huyện\nKế hoạch\n3\n45/QĐ-UBND"
    assert [str(one.code) for one in read(cells).references] == ["98-KH/TU", "16/NQ-HĐND", "45/QĐ-UBND"]
    wrapped = read("các Quyết định số 318,\n319/QĐ-TTg").references
    assert [str(one.code) for one in wrapped] == ["318/QĐ-TTg", "319/QĐ-TTg"]


LAW = """QUỐC HỘI
Luật số: 12/2030/QH17

LUẬT
ĐẦU TƯ

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Đầu tư.

Điều 1. Luật này quy định về đầu tư.
Điều 2. Dự án đã được cấp phép theo Luật Đầu tư năm 2020 và Luật Đầu tư được tiếp tục thực hiện.
"""


def test_the_title_of_a_law_is_no_citation_of_itself(read):
    named = [(one.text, one.year) for one in read(LAW).references if one.kind == "named"]
    assert named == [
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", None),
        ("Luật Đầu tư", "2020"),
        ("Luật Đầu tư", None),  # of the law before
    ]


ROWS = """| STT | Cơ quan ban hành | Số, ký hiệu | Ngày ban hành | {} |
|---|---|---|---|---|
| 1 | Bộ Chính trị | Chỉ thị số 28-CT/TW | 25/12/2023 | Về tăng cường công tác bảo vệ trẻ em |
| 2 | UBND tỉnh Lạng Sơn | Kế hoạch số 47/KH-UBND | 21/02/2024 | Thực hiện Chỉ thị số 28-CT/TW |
| 3 | đã nhận | Kế hoạch số 48/KH-UBND | 22/02/2024 | {} |
"""


def test_issuer_and_title_stand_in_columns_that_are_named_so():
    first, second, inside, third = kgdocs.extract(ROWS.format("Trích yếu", "xong")).references
    assert (first.issuer, first.title) == ("Bộ Chính trị", "Về tăng cường công tác bảo vệ trẻ em")
    assert (second.issuer, second.date, second.title) == (
        "UBND tỉnh Lạng Sơn",
        "2024-02-21",
        "Thực hiện Chỉ thị số 28-CT/TW",
    )
    assert (inside.issuer, inside.title) == (None, None)
    assert (third.issuer, third.title) == (None, None)


@pytest.mark.parametrize("head", ["Nội dung", "Ghi chú", "Kết quả"])
def test_other_columns_are_no_titles(head):
    assert [one.title for one in kgdocs.extract(ROWS.format(head, "đã xong trong năm")).references] == [None] * 4


def test_a_row_that_lacks_cells_has_no_columns():
    text = ROWS.format("Trích yếu", "Về công tác trẻ em").replace("| 3 | đã nhận |", "| UBND tỉnh Lạng Sơn |")
    assert kgdocs.extract(text).references[-1].issuer is None


@pytest.mark.parametrize("blank", ["…", "...", "     ", "___", ". . ."])
@pytest.mark.parametrize("code", ["/2025/QĐ-UBND", "/2025/NQ-HĐND", "/KH-UBND"])
def test_a_number_still_blank_is_a_draft_with_and_without_its_year(blank, code):
    (found,) = kgdocs.extract(f"Ban hành kèm theo Quyết định số {blank}{code} của UBND tỉnh").references
    assert (found.kind, found.code) == ("draft", None)
    assert found.text == f"Quyết định số {blank}{code}"


@pytest.mark.parametrize("text", ["Kế hoạch số 2025/KH-UBND", "Quyết định số 12/2025/QĐ-UBND", "(2025/KH-UBND)"])
def test_a_number_like_a_year_is_no_blank(text):
    assert kgdocs.extract(text).references[0].kind == "numbered"


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("issuer", "place"), [("Văn phòng Chính phủ", "Lâm Đồng"), ("UBND tỉnh", "Sông Mẫu"), ("UBND tỉnh", "Kiên Giang")]
)
def test_the_place_line_below_the_subject_of_a_letter_is_no_seat(blank, issuer, place, read):
    found = read(
        f"SỞ Y TẾ\nSố: 12/SYT-NVY\nV/v triển khai Công văn số 1099/VPCP-CĐS của {issuer}{blank}"
        f"{place}, ngày 05 tháng 4 năm 2026\n\nKính gửi: Sở Tài chính\n"
    )
    (cited,) = [one for one in found.references if not one.is_self]
    assert (cited.issuer, cited.date) == (issuer, None)
