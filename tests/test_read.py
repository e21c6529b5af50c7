"""Files become sources, read or rejected with a reason; NFC text leads back to what was found."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgdocs.errors import SourceError
from kgdocs.read import read_layout, read_register, read_source
from kgdocs.read.text import decode, to_nfc

VIETNAMESE = st.text(alphabet="aăâbdđeêghiklmnoôơpqrstuưvxyàáảãạấầẩẫậéíọờữỵ ĐẾẶ0123/-\n", max_size=80)


@given(VIETNAMESE)
def test_nfd_text_leads_back(text):
    raw = unicodedata.normalize("NFD", text)
    composed, offsets = to_nfc(raw)
    assert composed == unicodedata.normalize("NFC", raw)
    if offsets is None:
        assert composed == raw
    else:
        assert len(offsets) == len(composed) + 1
        assert list(offsets) == sorted(offsets)
        pieces = [raw[a:b] for a, b in itertools.pairwise(offsets)]
        assert "".join(pieces) == raw
        assert [unicodedata.normalize("NFC", piece) for piece in pieces] == list(composed)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Chỉ thị".encode(), "Chỉ thị"),
        ("\ufeffChỉ thị".encode(), "Chỉ thị"),
        ("Chỉ thị".encode("utf-16"), "Chỉ thị"),
    ],
)
def test_decoding(content, text, rules):
    decoded = decode(content, rules.encodings)
    assert (decoded.text, decoded.warning) == (text, None)


HEADERS = [
    ("one column", "SỞ Y TẾ\nTỈNH SÔNG MẪU\nSố: 1/BC-SYT\n", "SỞ Y TẾ TỈNH SÔNG MẪU", None),
    ("an organ of a committee", "TỈNH ỦY SÔNG MẪU\nBAN TUYÊN GIÁO\n*\nSố 21-KH/BTGTU\n", "BAN TUYÊN GIÁO TỈNH ỦY SÔNG MẪU", None),
    ("a committee over its motto", "TỈNH ỦY SÔNG MẪU\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 21-KH/TU\n", "TỈNH ỦY SÔNG MẪU", None),
    ("a district that no table knows, and its province", "ỦY BAN NHÂN DÂN\nHUYỆN LẠ\nTỈNH SÔNG MẪU\nSố: 1/KH-UBND\n", "ỦY BAN NHÂN DÂN HUYỆN LẠ, TỈNH SÔNG MẪU", None),
    ("words that go on behind the right column", "UBND TỈNH SÔNG MẪU      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ LAO ĐỘNG - THƯƠNG BINH      Độc lập - Tự do - Hạnh phúc\n  VÀ XÃ HỘI\nSố: 1/BC-SLĐTBXH\n", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "UBND TỈNH SÔNG MẪU"),
    ("cells of a table", "| **ỦY BAN NHÂN DÂN<br>XÃ TÂN MẪU** | **CỘNG HÒA XÃ HỘI** |\n|---|---|\n| Số: 12/KH-UBND | x |\n", "ỦY BAN NHÂN DÂN XÃ TÂN MẪU", None),
    ("ministries that issue together", "BỘ TÀI CHÍNH - BỘ Y TẾ\nSố: 9/2010/TTLT-BTC-BYT\n", "BỘ TÀI CHÍNH - BỘ Y TẾ", None),
    ("lines that Markdown breaks", "**ỦY BAN THƯỜNG VỤ\\        **CỘNG HÒA XÃ HỘI\\\n   QUỐC HỘI\\      Độc lập\\\nSố: 1/NQ-UBTVQH15\n", "ỦY BAN THƯỜNG VỤ QUỐC HỘI", None),
    ("letter-spaced", "B Ộ LAO ĐỘNG - THƯƠNG BINH V À X Ã HỘI\nSố: 9/LĐTBXH-TE\n", "Bộ Lao động - Thương binh và Xã hội", None),
    ("letter-spaced with its place", "| ỦY B AN NHÂN D Â N T HÀNH P HỐ HỒ C H Í M I NH | x |\n| Số: 9/QĐ-UBND | y |\n", "Ủy ban nhân dân Thành phố Hồ Chí Minh", None),
    ("letter-spaced words that are no names", "V Ề VIỆC K H Á C\nSố: 9/QĐ-X\n", None, None),
    ("an agency far above the number", "SỞ Y TẾ\n" + ("x" * 100 + "\n") * 50 + "Số: 1/BC-SYT\n", None, None),
    ("a sentence about somebody else", "# Hướng dẫn Quyết định của Thủ tướng Chính phủ\nSố: 9/QĐ-X\n", None, None),
    ("an agency that heads the title of a page", "# UBND tỉnh Sông Mẫu phê duyệt kế hoạch\nSố: 9/QĐ-X\n", None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "issuer", "parent"), [case[1:] for case in HEADERS], ids=[case[0] for case in HEADERS]
)
def test_who_issues(text, issuer, parent, rules):
    header = read_layout(text, rules).header
    assert (header.issuer, header.parent) == (issuer, parent)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("rong.txt", b"", "không có nội dung"),
        ("trang.txt", b" \n\t ", "không có nội dung"),
        ("nhi-phan.txt", b"ab\0cd", "nhị phân"),
        ("ma-la.txt", "Nghị định".encode("cp1258", errors="replace") + b"\xff", "Không phải văn bản Unicode"),
        ("ban.odt", b"PK", "Chưa đọc được định dạng .odt"),
        ("khong-duoi", b"x", "Chưa đọc được định dạng"),
    ],
)
def test_what_cannot_be_read_has_its_reason(tmp_path, name, content, reason, rules):
    path = tmp_path / name
    path.write_bytes(content)
    source = read_source(path, rules)
    assert source.state == "rejected"
    assert reason in source.reason
    assert source.text == ""


def test_damaged_characters_are_a_warning(tmp_path, rules):
    path = tmp_path / "hong.txt"
    path.write_text("Kế ho\ufffdch", encoding="utf-8")
    source = read_source(path, rules)
    assert (source.state, source.reason) == ("warning", "Có 1 ký tự hỏng trong tệp.")


def test_a_missing_file_is_a_source_too(tmp_path, rules):
    assert read_source(tmp_path / "khong-co.txt", rules).state == "rejected"


REGISTER = """"Số, ký hiệu",Loại văn bản,Ngày ban hành,Cơ quan ban hành,Trích yếu
211-KH/TU,Kế hoạch,25/4/2024,Ban Thường vụ Tỉnh ủy Kiên Giang,"về thực hiện
Chỉ thị số 28-CT/TW"
,,,,dòng không có số
47/KH-UBND,Kế hoạch,20-02-2024,UBND tỉnh Kiên Giang,
"""


def test_a_register_in_vietnamese(rules):
    rows = read_register(REGISTER, rules)
    assert [(row.line, row.code, row.date) for row in rows] == [
        (2, "211-KH/TU", "2024-04-25"),
        (4, "", None),
        (5, "47/KH-UBND", "2024-02-20"),
    ]
    assert REGISTER[rows[0].start : rows[0].end].startswith("211-KH/TU")
    assert REGISTER[rows[0].start : rows[0].end].rstrip().endswith('28-CT/TW"')
    assert REGISTER[rows[2].start : rows[2].end].startswith("47/KH-UBND")


def test_a_register_below_its_title_as_a_spreadsheet_writes_it(rules):
    text = "SỔ VĂN BẢN ĐI, NĂM 2024;;\n;;\nSố, ký hiệu;Ngày ban hành;Trích yếu\n211-KH/TU;25/4/2024;một\u2028hai, ba\n"
    (row,) = read_register(text, rules)
    assert (row.code, row.date, row.title) == ("211-KH/TU", "2024-04-25", "một\u2028hai, ba")
    assert text[row.start : row.end].startswith("211-KH/TU;")


@pytest.mark.parametrize("text", ["ngày,tên\n1,2\n", "", "so luong\n5\n"])
def test_a_table_without_codes_is_refused(text, rules):
    with pytest.raises(SourceError, match="Số, ký hiệu"):
        read_register(text, rules)
