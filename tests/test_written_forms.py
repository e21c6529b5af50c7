"""The table of written forms that every reader of official documents must know: raw → what is read, row by row.

Columns: text as found | type | number | year, term or date | symbol → agencies, and what is remarked.
"""

import pytest

from kgdocs.read import read_layout, source_of

ROWS = [
    # row, raw, [(type, number, date or year, symbol, agencies)]
    (1, "Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị", [("chi_thi", "28", "2023-12-25", "CT/TW", ("TW",))]),
    (2, "Chỉ thị số 28-CT/TW, ngày 25-12-2023", [("chi_thi", "28", "2023-12-25", "CT/TW", ("TW",))]),
    (3, "Kế hoạch số 211-KH/TU ngày 25/4/2024", [("ke_hoach", "211", "2024-04-25", "KH/TU", ("TU",))]),
    (4, "KH 211-KH/TU", [("ke_hoach", "211", None, "KH/TU", ("TU",))]),
    (5, "Nghị định 56/2017/NĐ-CP", [("nghi_dinh", "56", 2017, "NĐ-CP", ("CP",))]),
    (6, "NĐ 56/2017", [("nghi_dinh", "56", 2017, None, None)]),
    (7, "Nghị định 56", [("nghi_dinh", "56", None, None, None)]),
    (
        8,
        "Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội Khóa XIV",
        [("nghi_quyet", "121", "2020-06-19", "QH14", ("QH14",))],
    ),
    (9, "Luật số 102/2016/QH13", [("luat", "102", 2016, "QH13", ("QH13",))]),
    (10, "Luật Trẻ em ngày 05 tháng 4 năm 2016", [("luat", None, "2016-04-05", None, None)]),
    (
        11,
        "Kế hoạch phối hợp số 2454/KHPH-LĐTBXH-GDDT-YT-CA ngày 31/10/2023",
        [("ke_hoach", "2454", "2023-10-31", "KHPH-LĐTBXH-GDĐT-YT-CA", ("LĐTBXH", "GDĐT", "YT", "CA"))],
    ),
    (
        12,
        "Kế hoạch phối hợp 3931/KHPH-LĐTBXH-CAT-BĐBP-SNgV-HLHPN ngày 24/11/2022",
        [
            (
                "ke_hoach",
                "3931",
                "2022-11-24",
                "KHPH-LĐTBXH-CAT-BĐBP-SNgV-HLHPN",
                ("LĐTBXH", "CAT", "BĐBP", "SNgV", "HLHPN"),
            )
        ],
    ),
    (
        13,
        "Công văn số 400/UBND-KGVX ngày 05/3/2024, của UBND tỉnh",
        [("cong_van", "400", "2024-03-05", "UBND-KGVX", ("UBND", "KGVX"))],
    ),
    (
        14,
        "Văn bản số 2259/UBND - VX2 ngày 09/5/2024",
        [("cong_van", "2259", "2024-05-09", "UBND-VX2", ("UBND", "VX2"))],
    ),
    (15, "Văn bản số 27/TB-VPCP ngày 20/01/2024", [("cong_van", "27", "2024-01-20", "TB-VPCP", ("VPCP",))]),
    (16, "Công văn số 793/LĐTBXH-TE", [("cong_van", "793", None, "LĐTBXH-TE", ("LĐTBXH", "TE"))]),
    (
        17,
        "Quyết định số 1545/QĐ-UBND ngày 28/5/2024 của Chủ tịch UBND tỉnh",
        [("quyet_dinh", "1545", "2024-05-28", "QĐ-UBND", ("UBND",))],
    ),
    (18, "Báo cáo số 69/KH-UBND ngày 19/02/2024", [("bao_cao", "69", "2024-02-19", "KH-UBND", ("UBND",))]),
    (19, "Số: /BC-LDTBXH", [("bao_cao", None, None, None, None)]),
    (20, "Báo cáo số /BC-LĐTĐXH ngày /7/2024", [("bao_cao", None, "2024-07", None, None)]),
    (
        21,
        "Đề án 06 · Đề án 938, 939",
        [
            ("quyet_dinh", "06", None, None, None),
            ("quyet_dinh", "938", None, None, None),
            ("quyet_dinh", "939", None, None, None),
        ],
    ),
    (
        22,
        "Quyết định số 37/2010/QĐ-TTg ngày 22 tháng 4 năm 2010",
        [("quyet_dinh", "37", "2010-04-22", "QĐ-TTg", ("TTg",))],
    ),
    (
        23,
        "Kế hoạch số 2022/KH-UBND ngày 13 tháng 5 năm 2014",
        [("ke_hoach", "2022", "2014-05-13", "KH-UBND", ("UBND",))],
    ),
    (24, "1654/NQ-UBTVQH15", [("nghi_quyet", "1654", None, "NQ-UBTVQH15", ("UBTVQH15",))]),
    (25, "55/2011/TTLT-BGDĐT-BTC", [("thong_tu", "55", 2011, "TTLT-BGDĐT-BTC", ("BGDĐT", "BTC"))]),
    (
        26,
        "01/2014/NQLT/CP-UBTƯMTTQVN",
        [("nghi_quyet", "01", 2014, "NQLT/CP-UBTƯMTTQVN", ("CP", "UBTƯMTTQVN"))],
    ),
    (
        27,
        "01/2001/TTLT- TAND- VKS- BTP",
        [("thong_tu", "01", 2001, "TTLT-TAND-VKS-BTP", ("TAND", "VKS", "BTP"))],
    ),
    (
        28,
        "435-KH/TĐTN-CTĐ&TTN ngày 17/7/2026",
        [("ke_hoach", "435", "2026-07-17", "KH/TĐTN-CTĐ&TTN", ("TĐTN", "CTĐ&TTN"))],
    ),
    (29, "367 - QĐ/TWĐTN-VP", [("quyet_dinh", "367", None, "QĐ/TWĐTN-VP", ("TWĐTN", "VP"))]),
    (30, "Kế hoạch số 65-Ctr/TU ngày 22/04/2026", [("ke_hoach", "65", "2026-04-22", "CTr/TU", ("TU",))]),
    (31, "Nghị Quyết số 72-NQ-TW ngày 09/09/2025", [("nghi_quyet", "72", "2025-09-09", "NQ/TW", ("TW",))]),
    (
        32,
        "NGHỊ QUYẾT SỐ 18-NQ/TW VÀ NGHỊ QUYẾT SỐ 19/NQ-TW NGÀY 25/10/2017",
        [
            ("nghi_quyet", "18", None, "NQ/TW", ("TW",)),  # the date binds to the last member
            ("nghi_quyet", "19", "2017-10-25", "NQ/TW", ("TW",)),
        ],
    ),
    (33, "Nghị định số 28/CP ngày 29/4/1995", [("nghi_dinh", "28", "1995-04-29", "CP", ("CP",))]),
    (34, "Quyết định số 62/QĐ_HĐBT", [("quyet_dinh", "62", None, "QĐ-HĐBT", ("HĐBT",))]),
    (
        35,
        "03-HD/BTGDVTU · 134-CV/UBKTTU · 152-BC/ĐU",
        [
            ("huong_dan", "03", None, "HD/BTGDVTU", ("BTGDVTU",)),
            ("cong_van", "134", None, "CV/UBKTTU", ("UBKTTU",)),
            ("bao_cao", "152", None, "BC/ĐU", ("ĐU",)),
        ],
    ),
    (
        36,
        "05/VBHN-BGDĐT · 01/HNVB-VPCP",
        [
            ("van_ban_hop_nhat", "05", None, "VBHN-BGDĐT", ("BGDĐT",)),
            ("van_ban_hop_nhat", "01", None, "HNVB-VPCP", ("VPCP",)),
        ],
    ),
    (
        37,
        "các Nghị định số 20/2021/NĐ-CP, 56/2017/NĐ-CP và 130/2021/NĐ-CP",
        [
            ("nghi_dinh", "20", 2021, "NĐ-CP", ("CP",)),
            ("nghi_dinh", "56", 2017, "NĐ-CP", ("CP",)),
            ("nghi_dinh", "130", 2021, "NĐ-CP", ("CP",)),
        ],
    ),
    (38, "điểm a khoản 2 Điều 5 Nghị định số 56/2017/NĐ-CP", [("nghi_dinh", "56", 2017, "NĐ-CP", ("CP",))]),
    (
        39,
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019",
        [("luat", None, "2019-11-22", None, None)],
    ),
    (40, "NghÞ ®Þnh sè 56/2017/N§-CP", [("nghi_dinh", "56", 2017, "NĐ-CP", ("CP",))]),
    (41, "Nghị định 56/2017/NÐ-CP", [("nghi_dinh", "56", 2017, "NĐ-CP", ("CP",))]),
    (42, "Quyết định số 1591/QĐ-TTg\nngày 08/12/2023", [("quyet_dinh", "1591", "2023-12-08", "QĐ-TTg", ("TTg",))]),
    (43, "Kế hoạch số [63](http://x)/KHPH-MTTQ-UBND", [("ke_hoach", "63", None, "KHPH-MTTQ-UBND", ("MTTQ", "UBND"))]),
    (44, "Chỉ thị số 28-CT&#x002F;TW", [("chi_thi", "28", None, "CT/TW", ("TW",))]),
    (
        45,
        "Decision No. 1437/QD-TTg dated October 29, 2018",
        [("quyet_dinh", "1437", "2018-10-29", "QĐ-TTg", ("TTg",))],
    ),
]
PROVISIONS = {38: "điểm a khoản 2 Điều 5"}
ISSUERS = {1: "Bộ Chính trị", 8: "Quốc hội", 13: "UBND tỉnh", 17: "Chủ tịch UBND tỉnh"}
KINDS = {6: "short", 7: "short", 10: "named", 19: "draft", 20: "draft", 21: "short", 39: "named"}
REPAIRS = {
    11: {"GDDT→GDĐT"},
    19: {"LDTBXH→LĐTBXH"},
    20: {"LĐTĐXH→LĐTBXH"},
    30: {"Ctr→CTr"},
    31: {"separator"},
    32: {"separator"},
    34: {"separator"},
    45: {"QD→QĐ"},
}
OWN_TYPE = {18: "KH", 30: "CTr"}
"""Where the label says one type and the symbol another: both are kept."""


def found_in(raw, rules, extractor):
    text = source_of("-", raw.encode(), "text", rules).text
    return extractor.extract(text, read_layout(text, rules)).references


def read_row(reference):
    code = reference.code
    when = reference.date or (code.year if code else None) or (int(reference.year) if reference.year else None)
    number = code.number if code else reference.partial
    return (reference.type, number, when, code.symbol if code else None, code.agencies if code else None)


@pytest.mark.parametrize(("row", "raw", "expected"), ROWS, ids=[f"row {row}" for row, _, _ in ROWS])
def test_row(row, raw, expected, rules, extractor):
    references = found_in(raw, rules, extractor)
    assert [read_row(reference) for reference in references] == expected
    assert {reference.kind for reference in references} == {KINDS.get(row, "numbered")}
    assert references[0].provision == PROVISIONS.get(row)
    assert references[0].issuer == ISSUERS.get(row)
    assert {repair for reference in references for repair in reference.repairs} == REPAIRS.get(row, set())
    if row in OWN_TYPE:
        assert references[0].code.type_token == OWN_TYPE[row]


def test_every_row_is_here():
    assert [row for row, _, _ in ROWS] == list(range(1, 46))
