"""Parts of a citation verified, other ids redirected, planned documents that were issued, late arrivals."""

import pytest

from tests.test_link import KG, REGISTER, linked, plan, reading, row

__all__ = ["linked", "reading"]

PLAN_47 = row("47/KH-UBND", "2024-02-20", "UBND tỉnh Kiên Giang", "về thực hiện Chương trình chăm sóc trẻ em mồ côi")
PLAN_49 = row(
    "49/KH-UBND", "2024-02-21", "UBND tỉnh Kiên Giang", "về phòng, chống đuối nước trẻ em giai đoạn 2024 - 2030"
)


def states(link):
    return {part.name: part.state for part in link.parts}


VERIFIED = [
    ("all as the register has it", "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang về thực hiện Chương trình chăm sóc trẻ em mồ côi.",
     {"number": "confirmed", "symbol": "confirmed", "date": "confirmed", "issuer": "confirmed", "title": "confirmed"}),
    ("another day", "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh Kiên Giang",
     {"number": "confirmed", "symbol": "confirmed", "date": "differs", "issuer": "confirmed", "title": "unknown"}),
    ("the chairman signs for the committee", "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của Chủ tịch UBND tỉnh",
     {"number": "confirmed", "symbol": "confirmed", "date": "confirmed", "issuer": "confirmed", "title": "unknown"}),
    ("another title", "Kế hoạch số 49/KH-UBND ngày 21/02/2024 của UBND tỉnh về trồng rừng ven biển.",
     {"number": "confirmed", "symbol": "confirmed", "date": "confirmed", "issuer": "confirmed", "title": "differs"}),
    ("another period", "Kế hoạch số 49/KH-UBND ngày 21/02/2024 của UBND tỉnh về phòng, chống đuối nước trẻ em giai đoạn 2024 - 2025.",
     {"number": "confirmed", "symbol": "confirmed", "date": "confirmed", "issuer": "confirmed", "title": "differs"}),
    ("what carries out another may be told in other words", "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh về phòng cháy rừng.",
     {"number": "confirmed", "symbol": "confirmed", "date": "confirmed", "issuer": "confirmed", "title": "unknown"}),
    ("a slip in the symbol", "Kế hoạch số 47/KH-UBNN ngày 20/02/2024 của UBND tỉnh Kiên Giang",
     {"number": "confirmed", "symbol": "differs", "date": "confirmed", "issuer": "confirmed", "title": "unknown"}),
    ("nobody else knows it", "Kế hoạch số 48/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang",
     dict.fromkeys(("number", "symbol", "date", "issuer", "title"), "unknown")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in VERIFIED], ids=[case[0] for case in VERIFIED])
def test_parts(text, expected, linked):
    _, links = linked(KG.replace("{}", text), rows=(PLAN_47, PLAN_49))
    assert states(links[0][-1]) == expected


def test_what_differs_is_told_with_both_facts(linked):
    _, links = linked(KG.replace("{}", "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh"), rows=(PLAN_47,))
    date = next(part for part in links[0][-1].parts if part.name == "date")
    assert (date.stated, date.known) == ("2024-02-21", ("2024-02-20",))


def test_another_text_may_contradict_but_not_a_mention_itself(linked):
    first = plan("Kiên Giang", 1, "Kế hoạch số 48/KH-UBND ngày 20/02/2024 của UBND tỉnh")
    second = plan("Kiên Giang", 2, "Kế hoạch số 48/KH-UBND ngày 22/02/2024 của UBND tỉnh")
    _, alone = linked(first)
    assert states(alone[0][-1])["date"] == "unknown"
    _, both = linked(first, second)
    assert [states(links[-1])["date"] for links in both] == ["differs", "differs"]


REDIRECTS = [
    ("before its year was known", "kien-giang/47-kh-ubnd", "kien-giang/2024/47-kh-ubnd"),
    ("by its term", "trung-uong/2021-2026/28-ct-tw", "trung-uong/2023/28-ct-tw"),
    ("two terms have it", "trung-uong/18-nq-tw", None),
    ("each by its term", "trung-uong/2016-2021/18-nq-tw", "trung-uong/2017/18-nq-tw"),
    ("two provinces have it, each its own", "lang-son/47-kh-ubnd", "lang-son/2024/47-kh-ubnd"),
]


@pytest.mark.parametrize(("old", "new"), [case[1:] for case in REDIRECTS], ids=[case[0] for case in REDIRECTS])
def test_redirects(old, new, linked):
    result, _ = linked(rows=REGISTER)
    assert result.redirects.get(old) == new
    assert not set(result.redirects) & {document.id for document in result.documents}


def test_a_law_is_found_under_its_title_and_another_spelling_under_its_own(linked):
    text = plan(
        "Kiên Giang", 9, "Luật Trẻ em; Chỉ thị số 28/CT-TW ngày 25/12/2023; Kế hoạch số 05/KH-SLDTBXH ngày 01/3/2024"
    )
    result, _ = linked(text)
    assert result.redirects["trung-uong/luat-tre-em"] == "trung-uong/2016/102-2016-qh13"
    assert set(result.redirects.values()) <= {document.id for document in result.documents}


def test_documents_that_would_share_an_id_are_listed(linked):
    text = "KẾ HOẠCH\nCông tác trẻ em\n\nNội dung {}.\n"
    result, _ = linked(text.format(1), text.format(2))
    assert [name for name, _ in result.collisions] == ["khong-ro/cong-tac-tre-em"] * 2
    assert {one for _, one in result.collisions} == set(result.own.values())


PLANNED = """SỞ Y TẾ
TỈNH KIÊN GIANG
Số: 7/BC-SYT
Kiên Giang, ngày 05 tháng 3 năm 2024

BÁO CÁO
Công tác trẻ em

Sở tham mưu trình UBND tỉnh Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy.
"""
ISSUED = plan(
    "Kiên Giang",
    77,
    "Thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy, UBND tỉnh ban hành Kế hoạch như sau:\nNội dung.",
    "Kế hoạch thực hiện",
).replace("tháng 3", "tháng 6")


def test_a_planned_document_that_was_issued_is_that_document(linked):
    before, _ = linked(PLANNED)
    provisional = next(document.id for document in before.documents if document.status == "planned")
    after, _ = linked(PLANNED, ISSUED)
    assert after.redirects[provisional] == "kien-giang/2024/77-kh-ubnd"
    assert provisional not in {document.id for document in after.documents}
    edges = {(r.from_id, r.type, r.status) for r in after.relations if r.to_id == "kien-giang/2024/211-kh-tu"}
    assert ("kien-giang/2024/77-kh-ubnd", "implements", "planned") in edges
    assert ("kien-giang/2024/77-kh-ubnd", "implements", "asserted") in edges


def test_with_two_that_it_may_have_become_nothing_is_decided(linked):
    other = ISSUED.replace("Số: 77", "Số: 78").replace("ngày 05", "ngày 06")
    result, _ = linked(PLANNED, ISSUED, other)
    assert [document.status for document in result.documents].count("planned") == 1


def test_an_older_document_is_not_what_was_planned_later(linked):
    result, _ = linked(PLANNED.replace("năm 2024\n", "năm 2025\n"), ISSUED)
    assert [document.status for document in result.documents].count("planned") == 1


def test_a_reference_that_nobody_knew_is_promoted_by_what_arrives_later(linked):
    text = "Kế hoạch số 47/KH-UBND ngày 21/02/2024"
    _, early = linked(text)
    assert early[0][0].resolution == "unresolved"
    _, late = linked(text, rows=(row("47/KH-UBND", "2024-02-21", "UBND tỉnh Lạng Sơn"),))
    assert (late[0][0].resolution, late[0][0].target_id) == ("context", "lang-son/2024/47-kh-ubnd")


def test_a_second_office_takes_the_certainty_away_again(linked):
    text = "Kế hoạch số 47/KH-UBND"
    rows = (row("47/KH-UBND", "2024-02-21", "UBND tỉnh Lạng Sơn"), row("47/KH-UBND", "2024-02-20", "UBND tỉnh Cà Mau"))
    _, links = linked(text, rows=rows)
    assert links[0][0].resolution == "ambiguous"
    assert len(links[0][0].candidates) == 2
