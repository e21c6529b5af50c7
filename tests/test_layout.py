"""The parts of a document: header, title, căn cứ, opening, nơi nhận, annex, interrupted sentences."""

import itertools

import pytest

from kgdocs.read import read_layout

STATE = """ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ                                  Độc lập - Tự do - Hạnh phúc

Số: 12/KH-SYT                            Sông Mẫu, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Thực hiện Kế hoạch số 88/KH-UBND về công tác trẻ em

Thực hiện Kế hoạch số 88/KH-UBND ngày 20/02/2024 của UBND tỉnh, Sở Y tế xây dựng kế hoạch:

I. MỤC ĐÍCH

1. Bảo đảm chỉ tiêu.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

DANH MỤC VĂN BẢN
1. Kế hoạch số 88/KH-UBND ngày 20/02/2024 của UBND tỉnh.
2. Công văn số 400/UBND-KGVX ngày 05/3/2024 của UBND tỉnh;
"""

DECISION = """| ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 254/QĐ-UBND | Sông Mẫu, ngày 17 tháng 02 năm 2023 |

QUYẾT ĐỊNH

Về việc kiện toàn Ban Chỉ đạo

Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;
Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5
năm 2017 của Chính phủ;
Theo đề nghị của Giám đốc Sở Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Kiện toàn Ban Chỉ đạo.
"""


def parts(text, layout):
    return {block.kind: text[block.start : block.end].strip() for block in layout.blocks}


def test_header_of_a_department(rules):
    header = read_layout(STATE, rules).header
    assert header.code_text == "Số: 12/KH-SYT"
    assert (header.place, header.date) == ("Sông Mẫu", "2024-03-05")
    assert (header.issuer, header.parent) == ("SỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU")
    assert header.label == "KẾ HOẠCH"
    assert header.title == "Thực hiện Kế hoạch số 88/KH-UBND về công tác trẻ em"
    assert header.signer == "GIÁM ĐỐC"


def test_spans_of_the_header_are_true(rules):
    header = read_layout(STATE, rules).header
    for name in ("code", "place", "label", "title"):
        span = header.spans[name]
        value = {"code": header.code_text}.get(name) or getattr(header, name)
        assert STATE[span.start : span.end] == value


WRAPPED = "UBND TỈNH KIÊN GIANG\n99/BC-UBND\n\nBÁO CÁO\nKết quả\n\nThực hiện Kế hoạch\nsố 211-KH/TU ngày 25/4/2024, Sở báo cáo:\n"


@pytest.mark.parametrize(
    "text", [WRAPPED, WRAPPED.replace("BÁO CÁO", "Báo cáo"), "theo Nghị định\nsố 56/2017/NĐ-CP\nvà"]
)
def test_a_citation_at_a_line_start_is_not_the_own_number(text, rules):
    assert read_layout(text, rules).header.code_text is None


def test_can_cu_further_down_is_no_can_cu_block(rules):
    text = "BÁO CÁO\nKết quả\n\nThực hiện Kế hoạch số 88/KH-UBND, UBND tỉnh báo cáo:\n\n1. Kết quả\n\nCăn cứ kết quả trên, đề nghị.\n"
    found = parts(text, read_layout(text, rules))
    assert found["opening"].startswith("Thực hiện Kế hoạch")
    assert "basis" not in found


def test_parts_of_a_plan(rules):
    found = parts(STATE, read_layout(STATE, rules))
    assert found["opening"].startswith("Thực hiện Kế hoạch số 88")
    assert found["body"].startswith("I. MỤC ĐÍCH")
    assert found["recipients"].startswith("Nơi nhận:")
    assert found["annex"].startswith("DANH MỤC VĂN BẢN")


def test_items_of_an_annexed_list(rules):
    layout = read_layout(STATE, rules)
    assert [item.ordinal for item in layout.annex_items] == [1, 2]
    assert STATE[layout.annex_items[1].start :].startswith("2. Công văn")


def test_can_cu_goes_on_over_line_breaks(rules):
    found = parts(DECISION, read_layout(DECISION, rules))
    assert found["basis"].startswith("Căn cứ Luật Trẻ em")
    assert found["basis"].endswith("Giám đốc Sở Nội vụ.")
    assert found["body"].startswith("QUYẾT ĐỊNH:")


def test_header_in_a_flattened_table(rules):
    header = read_layout(DECISION, rules).header
    assert header.code_text == "Số: 254/QĐ-UBND"
    assert (header.place, header.date) == ("Sông Mẫu", "2023-02-17")
    assert header.issuer == "ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU"


@pytest.mark.parametrize("text", ["", "\n\n", "một dòng", "I. MỤC", "Căn cứ", "Nơi nhận:", "¹ chú thích", "# x\n\n|||"])
def test_blocks_cover_odd_texts_without_overlap(text, rules):
    blocks = read_layout(text, rules).blocks
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks))
    assert all(0 <= block.start < block.end <= len(text) for block in blocks)


CUT = "Chỉ thị số 28-CT/TW “về chăm sóc trẻ em đáp ứng yêu cầu\n\n¹ Ghi chú ở cuối trang.\n\nphát triển đất nước” và tiếp."


def test_a_footnote_inside_a_sentence_is_found(rules):
    layout = read_layout(CUT, rules)
    assert [CUT[span.start : span.end].strip() for span in layout.interruptions] == ["¹ Ghi chú ở cuối trang."]


def test_a_title_goes_on_behind_a_footnote(read):
    assert read(CUT).references[0].title == "về chăm sóc trẻ em đáp ứng yêu cầu phát triển đất nước"


LISTS = [
    ("up to the next heading of its level", "1. Căn cứ pháp lý\n- Luật Trẻ em;\n- Luật Đầu tư.\n2. Nội dung\n- Chi", [("basis_list", "- Luật Đầu tư.")]),
    ("an article up to the next article", "Điều 1. Căn cứ xây dựng\n1. Luật Trẻ em.\n2. Luật Đầu tư.\nĐiều 2. Nội dung\n1. Chi", [("basis_list", "2. Luật Đầu tư.")]),
    ("without a number, up to a new paragraph", "Căn cứ pháp lý:\n- Luật Trẻ em;\n\nMục tiêu\n- Chi", [("basis_list", "- Luật Trẻ em;")]),
    ("up to where numbers begin anew", "DANH MỤC VĂN BẢN BÃI BỎ\n1. Luật Trẻ em.\n2. Luật Đầu tư.\n1. Nội dung", [("repeal_list", "2. Luật Đầu tư.")]),
    ("page breaks do not end it", "Điều 1. Bãi bỏ toàn bộ 15 văn bản\n1. Luật Trẻ em.\n\n92\n\n2. Luật Đầu tư.\nĐiều 2. Chi", [("repeal_list", "2. Luật Đầu tư.")]),
    ("a heading without items opens nothing", "I. CĂN CỨ\nII. NỘI DUNG\n1. Chi", [("basis_list", "I. CĂN CỨ")]),
    ("a list behind a sentence", "2. Nghị định này thay thế các Nghị định sau:\na) Luật Trẻ em;\nb) Luật Đầu tư.\n3. Chi", [("replace_list", "b) Luật Đầu tư.")]),
    ("tasks of others up to the next article", "Điều 2. Giao Sở Nội vụ:\na) bãi bỏ các văn bản sau:\n- Luật Trẻ em\nĐiều 3. Chi", [("task_list", "- Luật Trẻ em")]),
    ("tasks in one line", "Điều 2. Giao Sở Nội vụ: bãi bỏ Luật Trẻ em.\nBãi bỏ Luật Đầu tư.", [("task_list", "Điều 2. Giao Sở Nội vụ: bãi bỏ Luật Trẻ em.")]),
    ("tasks without a number up to a new paragraph", "Đề nghị Sở Nội vụ:\n- bãi bỏ Luật Trẻ em\n\nBãi bỏ Luật Đầu tư.", [("task_list", "- bãi bỏ Luật Trẻ em")]),
    ("other lists", "1. Áp dụng các văn bản sau:\n- Luật Trẻ em", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in LISTS], ids=[c[0] for c in LISTS])
def test_lists_that_a_heading_opens(text, expected, rules):
    found = read_layout(text, rules).lists
    assert [(one.kind, text[one.start : one.end].strip().split("\n")[-1]) for one in found] == expected


LETTER = """ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH SÔNG MẪU                      Độc lập - Tự do - Hạnh phúc
Số: 1206/UBND-NC
V/v trả lời kiến nghị của cử tri         Sông Mẫu, ngày 21 tháng 4 năm 2025
sau kỳ họp thứ 17 của Hội đồng
nhân dân tỉnh
{below}
Phúc đáp Công văn số 118/HĐND-TT ngày 19/3/2025, Ủy ban nhân dân tỉnh trả lời như sau:
"""


@pytest.mark.parametrize("below", ["", "                         ngày làm việc", "Kính gửi: Hội đồng nhân dân tỉnh.\n"])
def test_the_subject_of_a_letter_goes_on_below_and_not_in_the_column_beside_it(below, rules):
    text = LETTER.format(below=below)
    layout = read_layout(text, rules)
    header = layout.header
    assert header.title == "trả lời kiến nghị của cử tri sau kỳ họp thứ 17 của Hội đồng nhân dân tỉnh"
    assert (header.place, header.date) == ("Sông Mẫu", "2025-04-21")
    assert text[: header.spans["title"].end].endswith("nhân dân tỉnh")
    assert any(block.kind == "opening" and block.start <= text.index("Phúc đáp") < block.end for block in layout.blocks)
