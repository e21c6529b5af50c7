"""Who acts on whom: the reading rules of reference §5.3, one line each."""

import pytest

REPORT = "BÁO CÁO\nKết quả công tác\n\n{}\n\nI. KẾT QUẢ\n\n1. {}\n"
CASES = [
    ("the first-named document is the source", "", "Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy về thực hiện Chỉ thị số 28-CT/TW",
     {("implements", "asserted", "211-KH/TU", "28-CT/TW")}),
    ("a report's opening line is its own", "Thực hiện Kế hoạch số 56/KH-UBND ngày 05/3/2024, Sở báo cáo như sau:", "",
     {("implements", "asserted", None, "56/KH-UBND"), ("reports_on", "asserted", None, "56/KH-UBND")}),
    ("thực hiện chính sách theo nghị định is no implementing", "", "Thực hiện các chính sách trợ giúp xã hội theo Nghị định 20/2021/NĐ-CP", set()),
    ("a decree details a law", "", "Nghị định 56/2017/NĐ-CP ngày 09/5/2017, quy định chi tiết một số điều của Luật Trẻ em",
     {("details", "asserted", "56/2017/NĐ-CP", "Luật Trẻ em")}),
    ("what is to be drafted is planned", "", "Tham mưu trình UBND tỉnh Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Kiên Giang, về việc thực hiện Chỉ thị số 28-CT/TW",
     {("implements", "planned", "Kế hoạch", "211-KH/TU"), ("implements", "asserted", "211-KH/TU", "28-CT/TW")}),
    ("what is not yet there is negated", "", "xã chưa ban hành Kế hoạch thực hiện Kế hoạch số 31/KH-UBND",
     {("implements", "negated", "Kế hoạch", "31/KH-UBND")}),
    ("the draft implements, the letter comments", "", "Công văn số 496/UBND-KGVX ngày 18/3/2024 của UBND tỉnh, về việc góp ý dự thảo Quyết định của Thủ tướng Chính phủ ban hành kế hoạch thực hiện Chỉ thị số 28-CT/TW",
     {("comments_on", "asserted", "496/UBND-KGVX", "dự thảo Quyết định"), ("implements", "planned", "dự thảo Quyết định", "28-CT/TW")}),
    ("the amending act is the source, whoever says so", "", "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 được sửa đổi, bổ sung bởi Nghị định số 92/2017/NĐ-CP",
     {("amends", "asserted", "92/2017/NĐ-CP", "63/2010/NĐ-CP")}),
    ("a semicolon ends what a cue reaches", "", "Kế hoạch số 211-KH/TU; thực hiện Chỉ thị số 28-CT/TW", set()),
    ("coordination distributes", "Thực hiện Chỉ thị số 28-CT/TW, Kế hoạch số 211-KH/TU và Kế hoạch số 47/KH-UBND, Sở ban hành:", "",
     {("implements", "asserted", None, code) for code in ("28-CT/TW", "211-KH/TU", "47/KH-UBND")}
     | {("reports_on", "asserted", None, code) for code in ("28-CT/TW", "211-KH/TU", "47/KH-UBND")}),
]  # fmt: skip


def named(extraction, position):
    if position is None:
        return None
    reference = extraction.references[position]
    return str(reference.code) if reference.code else reference.text


@pytest.mark.parametrize(("opening", "body", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_relations(opening, body, expected, read):
    text = REPORT.format(opening or "Sở báo cáo như sau:", body)
    found = read(text)
    stated = {
        (r.type, r.status, named(found, r.source), named(found, r.target)) for r in found.relations if r.type != "cites"
    }
    assert stated == expected
    assert all(text[r.start : r.end] == r.text and r.rule for r in found.relations)


def test_everything_named_is_cited_unless_something_stronger_is_said(read):
    text = REPORT.format("Thực hiện Kế hoạch số 56/KH-UBND, Sở báo cáo:", "theo Nghị định 20/2021/NĐ-CP và Luật Trẻ em")
    found = read(text)
    cited = {named(found, r.target) for r in found.relations if r.type == "cites"}
    assert cited == {"20/2021/NĐ-CP", "Luật Trẻ em"}


def test_can_cu_is_a_basis_and_its_titles_are_not(read):
    text = (
        "QUYẾT ĐỊNH\nVề việc kiện toàn Ban Chỉ đạo\n\nCăn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n"
        "Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5 năm 2017 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em;\n"
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 21/TTr-SNV ngày 02/5/2024.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Kiện toàn.\n"
    )
    found = read(text)
    basis = [r for r in found.relations if r.type == "based_on"]
    assert [named(found, r.target) for r in basis] == ["Luật Trẻ em", "56/2017/NĐ-CP", "21/TTr-SNV"]
    assert all(r.source is None for r in basis)
