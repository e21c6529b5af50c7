"""What documents do to agencies: who plans together, what is set up, who is given a task."""

import json

import pytest
from click.testing import CliRunner

from kgdocs.cli.main import main
from kgdocs.link import link
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of

DOCUMENT = """ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG
Số: 31/{symbol}-UBND
Kiên Giang, ngày 05 tháng 3 năm 2024

{label}
{title}

{body}
"""
CASES = [
    ("a plan of several", "KH", "KẾ HOẠCH", "Phối hợp giữa Sở Y tế và Công an tỉnh về bảo vệ trẻ em", "I. CHUNG",
     {("coordinates", "Sở Y tế", "kien-giang/so-y-te"), ("coordinates", "Công an tỉnh", "kien-giang/cong-an-tinh")}),
    ("a body that is set up", "QĐ", "QUYẾT ĐỊNH", "Về công tác trẻ em", "Điều 1. Thành lập Hội đồng thẩm định hồ sơ gồm các ông, bà sau:",
     {("establishes", "Hội đồng thẩm định hồ sơ", None)}),
    ("tasks, each agency of a list", "KH", "KẾ HOẠCH", "Về công tác trẻ em", "I. TỔ CHỨC\n\n1. Giao Sở Y tế và Sở Tài chính tham mưu.",
     {("assigns", "Sở Y tế", "kien-giang/so-y-te"), ("assigns", "Sở Tài chính", "kien-giang/so-tai-chinh")}),
    ("who leads", "KH", "KẾ HOẠCH", "Về công tác trẻ em", "I. TỔ CHỨC\n\n- Sở Y tế chủ trì, phối hợp Công an tỉnh.",
     {("assigns", "Sở Y tế", "kien-giang/so-y-te")}),
    ("many agencies are no agency", "KH", "KẾ HOẠCH", "Về công tác trẻ em", "I. TỔ CHỨC\n\n1. Giao UBND các huyện tham mưu.", set()),
    ("a report gives no tasks", "BC", "BÁO CÁO", "Về công tác trẻ em", "I. KẾT QUẢ\n\n1. Giao Sở Y tế tham mưu.", set()),
    ("what was done before is no task", "KH", "KẾ HOẠCH", "Về công tác trẻ em", "I. TÌNH HÌNH\n\n1. UBND tỉnh đã giao Sở Y tế tham mưu.", set()),
    ("a task of another document", "KH", "KẾ HOẠCH", "Về công tác trẻ em", "I. TỔ CHỨC\n\n1. Quyết định số 12/QĐ-UBND ngày 01/3/2024 về việc giao Sở Y tế quản lý.", set()),
    ("a draft has set up nothing", "CV", "CÔNG VĂN", "Góp ý dự thảo Quyết định thành lập Ban Chỉ đạo công tác trẻ em", "I. CHUNG", set()),
]  # fmt: skip


def reading(text, rules, extractor):
    return reading_of(source_of("van-ban.txt", text.encode(), "text", rules), rules, extractor)


@pytest.mark.parametrize(
    ("symbol", "label", "title", "body", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_a_document_does_to_agencies(symbol, label, title, body, expected, rules, extractor):
    text = DOCUMENT.format(symbol=symbol, label=label, title=title, body=body)
    linked = link([reading(text, rules, extractor)], rules)
    assert {(one.type, one.agency, one.agency_id) for one in linked.agency_relations} == expected
    known = {agency.id for agency in linked.agencies}
    for one in linked.agency_relations:
        assert one.from_id == linked.own[one.evidence[0].source_id]
        assert one.agency_id is None or one.agency_id in known
        assert all(text[e.start : e.end] == e.text and e.rule for e in one.evidence)


def test_the_decision_that_is_cited_is_the_source_and_two_texts_are_one_relation(rules, extractor):
    said = "Quyết định số 77/QĐ-UBND ngày 01/3/2024 của Chủ tịch UBND tỉnh, về việc kiện toàn Ban Chỉ đạo công tác trẻ em tỉnh;"
    texts = [
        DOCUMENT.format(symbol="BC", label="BÁO CÁO", title=title, body=f"I. KẾT QUẢ\n\n1. {said}").replace(
            "31/", number
        )
        for title, number in (("Về trẻ em", "31/"), ("Về gia đình", "32/"))
    ]
    linked = link([reading(text, rules, extractor) for text in texts], rules)
    (relation,) = linked.agency_relations
    assert (relation.from_id, relation.type, relation.agency_id) == ("kien-giang/2024/77-qd-ubnd", "establishes", None)
    assert relation.agency == "Ban Chỉ đạo công tác trẻ em tỉnh"
    assert [one.asserted_by for one in relation.evidence] == [linked.own[e.source_id] for e in relation.evidence]
    assert len(relation.evidence) == 2


def test_they_are_printed_with_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        DOCUMENT.format(
            symbol="KH", label="KẾ HOẠCH", title="Về trẻ em", body="I. TỔ CHỨC\n\n1. Giao Sở Y tế tham mưu."
        )
    )
    rows = [
        json.loads(line)
        for line in CliRunner().invoke(main, ["extract", str(path), "--all", "--relations"]).output.splitlines()
    ]
    (row,) = [row for row in rows if "agency" in row]
    assert row["evidence"][0]["text"] == "Giao Sở Y tế"
    del row["evidence"]
    assert row == {"doc": "a", "relation": "assigns", "agency": "Sở Y tế", "source": None, "rule": "assignment"}
    plain = CliRunner().invoke(main, ["extract", str(path), "--relations"]).output
    assert '"agency"' not in plain
