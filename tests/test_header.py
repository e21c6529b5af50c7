"""The header as conversions leave it: lines cut anywhere, columns by tabs, numbers of old, offices in no table."""

import pytest

from kgdocs.extract import Extractor
from kgdocs.read import read_layout

CUT = """ỦY BAN NHÂN DÂN
TỈNH SÔNG MẪU
-------
|
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
|
Số:
06/2024/QĐ-UBND
|
Sông Mẫu, ngày 25
tháng 01 năm 2024
|
QUYẾT ĐỊNH
QUY ĐỊNH CHẾ ĐỘ BÁO CÁO ĐỊNH KỲ
TRÊN ĐỊA BÀN TỈNH SÔNG MẪU
ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
"""
TABS = """ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TƯ PHÁP\tĐộc lập - Tự do - Hạnh phúc
Số: 1432/STP-VBQPPL\tSông Mẫu, ngày 05 tháng 10 năm 2023
V/v tham gia ý kiến

Kính gửi: Sở Công Thương
"""
OF_OLD = """HỘI ĐỒNG BỘ TRƯỞNG
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 217-HĐBT
Hà
Nội, ngày 14 tháng 11 năm 1987
QUYẾT ĐỊNH
Ban hành các chính sách đổi mới kế hoạch hóa

Căn cứ Luật Tổ chức Hội đồng Bộ trưởng ngày 4/7/1981;
"""
LAW = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Luật số: 61/2020/QH14

LUẬT
ĐẦU TƯ

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Đầu tư.

Điều 1. Phạm vi điều chỉnh
Luật này quy định về hoạt động đầu tư.

Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 9 thông
qua ngày 17 tháng 6 năm 2020.
"""
SCHOOL = """ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG CAO ĐẲNG Y TẾ SÔNG MẪU        Độc lập - Tự do - Hạnh phúc
Số: 65/QĐ-CĐYT                       Sông Mẫu, ngày 08 tháng 9 năm 2021

QUYẾT ĐỊNH
Về việc ban hành Quy chế đào tạo

Căn cứ Luật Giáo dục đại học số 08/2012/QH13;
"""
WIRE = """ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU
Số: 09/CĐ-UBND Sông Mẫu, ngày 06 tháng 9 năm 2024

CÔNG ĐIỆN
V/V TẬP TRUNG ỨNG PHÓ BÃO MẠNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU điện:
- Giám đốc các sở;
"""


def own(text, rules):
    """The document's own number as it is read, with the header."""
    layout = read_layout(text, rules)
    references = Extractor(rules).extract(text, layout).references
    return next((str(one.code) for one in references if one.is_self), None), layout.header


@pytest.mark.parametrize(
    ("text", "code", "day", "place", "issuer"),
    [
        (CUT, "06/2024/QĐ-UBND", "2024-01-25", "Sông Mẫu", "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU"),
        (TABS, "1432/STP-VBQPPL", "2023-10-05", "Sông Mẫu", "SỞ TƯ PHÁP"),
        (OF_OLD, "217-HĐBT", "1987-11-14", "Hà Nội", "HỘI ĐỒNG BỘ TRƯỞNG"),
        (LAW, "61/2020/QH14", "2020-06-17", None, "QUỐC HỘI"),
        (SCHOOL, "65/QĐ-CĐYT", "2021-09-08", "Sông Mẫu", "TRƯỜNG CAO ĐẲNG Y TẾ SÔNG MẪU"),
        (WIRE, "09/CĐ-UBND", "2024-09-06", "Sông Mẫu", "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU"),
    ],
)
def test_what_a_document_says_of_itself(rules, text, code, day, place, issuer):
    number, header = own(text, rules)
    assert (number, header.date, header.place, header.issuer) == (code, day, place, issuer)


@pytest.mark.parametrize("text", [CUT, TABS, OF_OLD, SCHOOL, WIRE])
def test_what_is_read_stands_where_it_is_said_to_stand(rules, text):
    header = read_layout(text, rules).header
    assert " ".join(text[header.spans["code"].start : header.spans["code"].end].split()) == header.code_text.replace(
        "\n", " "
    )
    assert rules.dates.search(text[header.spans["date"].start : header.spans["date"].end].replace("\n", " ")).iso == (
        header.date
    )


def test_the_title_ends_before_who_decides_and_who_is_addressed(rules):
    assert read_layout(CUT, rules).header.title == "QUY ĐỊNH CHẾ ĐỘ BÁO CÁO ĐỊNH KỲ TRÊN ĐỊA BÀN TỈNH SÔNG MẪU"
    assert read_layout(WIRE, rules).header.title == "V/V TẬP TRUNG ỨNG PHÓ BÃO MẠNH"
    longer = CUT.replace("TRÊN ĐỊA BÀN TỈNH SÔNG MẪU\nỦY", "CỦA\nỦY")
    assert read_layout(longer, rules).header.title.endswith("ĐỊNH KỲ CỦA ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU")


@pytest.mark.parametrize(
    ("under", "title"),
    [
        ("CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 217-HĐBT NGÀY 14-11-1987 BAN HÀNH CÁC CHÍNH SÁCH", "BAN HÀNH CÁC CHÍNH SÁCH"),
        ("BAN HÀNH CÁC CHÍNH SÁCH CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 217-HĐBT NGÀY 14-11-1987", "BAN HÀNH CÁC CHÍNH SÁCH"),
        ("SỬA ĐỔI NGHỊ ĐỊNH CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 50-HĐBT", "SỬA ĐỔI NGHỊ ĐỊNH CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 50-HĐBT"),
    ],
)
def test_the_title_without_what_the_header_says(rules, under, title):
    text = OF_OLD.replace("Ban hành các chính sách đổi mới kế hoạch hóa", under)
    header = read_layout(text, rules).header
    assert header.title == title
    assert text[header.spans["title"].start : header.spans["title"].end].strip() == title


def test_number_and_day_from_the_title_where_the_header_has_none(rules):
    text = OF_OLD.replace("Số: 217-HĐBT\nHà\nNội, ngày 14 tháng 11 năm 1987\n", "").replace(
        "Ban hành", "CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 217-HĐBT NGÀY 14-11-1987 BAN HÀNH"
    )
    number, header = own(text, rules)
    assert (number, header.date) == ("217-HĐBT", "1987-11-14")
    assert header.title == "BAN HÀNH các chính sách đổi mới kế hoạch hóa"


def test_the_issuer_beside_the_label(rules):
    text = (
        "BAN CHẤP HÀNH TRUNG ƯƠNG            ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Số 938-KL/TW                        Hà Nội, ngày 14 tháng 6 năm 2022\n\n"
        "KẾT LUẬN CỦA BỘ CHÍNH TRỊ\nvề tín dụng chính sách xã hội\n\nBộ Chính trị kết luận như sau:\n"
    )
    header = read_layout(text, rules).header
    assert (header.label, header.issuer, header.parent) == ("KẾT LUẬN", "BỘ CHÍNH TRỊ", "BAN CHẤP HÀNH TRUNG ƯƠNG")
    assert header.title == "về tín dụng chính sách xã hội"
    local = read_layout(
        text.replace("TRUNG ƯƠNG  ", "ĐẢNG BỘ TỈNH SÔNG MẪU").replace("BỘ CHÍNH TRỊ\n", "BAN THƯỜNG VỤ TỈNH ỦY\n"),
        rules,
    )
    assert "SÔNG MẪU" in local.header.issuer


def test_a_text_of_joined_syllables_without_capitals(rules):
    text = (
        "Quyết_định về phí chợ trên địa_bàn tỉnh sông mẫu\nUỷ_ban_nhân_dân tỉnh sông mẫu\nCăn_cứ Luật Phí và lệ_phí ;\n"
    )
    header = read_layout(text, rules).header
    assert (header.label, header.title) == ("Quyết định", "về phí chợ trên địa bàn tỉnh sông mẫu")
    assert header.issuer == "Uỷ ban nhân dân tỉnh sông mẫu"


def test_who_decides_issues_what_has_no_header(rules):
    text = (
        "NGHỊ QUYẾT\nVỀ PHÍ CHỢ\nHỘI ĐỒNG NHÂN DÂN TỈNH SÔNG MẪU\nKHÓA XVI, KỲ HỌP THỨ 5\nCăn cứ Luật Phí và lệ phí;\n"
    )
    header = read_layout(text, rules).header
    assert (header.issuer, header.title) == ("HỘI ĐỒNG NHÂN DÂN TỈNH SÔNG MẪU", "VỀ PHÍ CHỢ")


def test_who_decides_tells_the_place_that_the_header_lacks(rules):
    text = CUT.replace("ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n", "ỦY BAN NHÂN DÂN\n")
    assert read_layout(text, rules).header.issuer == "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU"


def test_a_place_that_is_whole_takes_nothing_of_the_line_above(rules):
    text = "SỞ Y TẾ\nSố: 12/SYT-NVY\nV/v phòng bệnh\ntrên địa bàn tỉnh\nSông Mẫu, ngày 05 tháng 3 năm 2024\n\nKính gửi: Sở Tài chính\n"
    header = read_layout(text, rules).header
    assert (header.place, header.title) == ("Sông Mẫu", "phòng bệnh trên địa bàn tỉnh")


def test_the_day_behind_the_number(rules):
    text = "Kết luận về phòng cháy rừng\n\nSố: 118/TB-UBND, ngày 18 tháng 7 năm 2023\n\nSau khi nghe báo cáo, Chủ tịch kết luận:\n"
    number, header = own(text, rules)
    assert (number, header.date, header.place) == ("118/TB-UBND", "2023-07-18", None)


def test_an_office_of_the_body_above_is_no_issuer_of_its_own(rules):
    text = SCHOOL.replace("TRƯỜNG CAO ĐẲNG Y TẾ SÔNG MẪU ", "ĐOÀN GIÁM SÁT                 ")
    assert read_layout(text, rules).header.issuer == "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU"


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp theo các công điện số 208/CĐ-TTg và    số 209/CĐ-TTg    ngày 05/11/2025, Thủ tướng yêu cầu:\n",
        "Bộ Ngoại giao vừa thông báo\n\nKết luận về điều ước quốc tế.\n",
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nSố:\nlượng hồ sơ là 12\n",
    ],
)
def test_what_is_no_header(rules, text):
    number, header = own(text, rules)
    assert number is None
    assert header.code_text is None
    assert header.issuer is None


def test_an_old_number_is_none_of_another_document(rules):
    """Only the header's own number needs no label: elsewhere "12-HĐBT" may be anything."""
    text = OF_OLD + "\nĐiều 1. Thực hiện theo 12-HĐBT và biểu 13-TBXH.\n"
    found = Extractor(rules).extract(text, read_layout(text, rules)).references
    assert [str(one.code) for one in found if one.code] == ["217-HĐBT"]


@pytest.mark.parametrize("mark", ["", "KHẨN\n", "HỎA TỐC\n\nĐẢNG CỘNG SẢN VIỆT NAM\n"])
def test_a_party_letter_has_its_subject_below_its_number(rules, mark):
    text = (
        "ĐẢNG ỦY XÃ TÂN CHÂU\nSố 268-CV/ĐU\nvề bổ sung kết quả; các khó khăn,\nvướng mắc và kiến nghị\n"
        f"{mark}Kính gửi: Đảng ủy Ủy ban nhân dân.\n\nThực hiện Kế hoạch số 3-KH/TU, Đảng ủy đề nghị:\n1. Báo cáo.\n"
    )
    layout = read_layout(text, rules)
    assert layout.header.title == "về bổ sung kết quả; các khó khăn, vướng mắc và kiến nghị"
    (opening,) = [block for block in layout.blocks if block.kind == "opening"]
    assert "Thực hiện Kế hoạch" in text[opening.start : opening.end]


def test_about_below_other_lines_is_no_subject(rules):
    text = "ĐẢNG ỦY XÃ TÂN CHÂU\nSố 268-CV/ĐU\nTân Châu, ngày 05 tháng 3 năm 2024\n\nVề việc này, Đảng ủy đề nghị:\n"
    assert read_layout(text, rules).header.title is None
