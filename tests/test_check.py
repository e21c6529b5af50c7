"""A draft checked: each planted slip at its exact place with the right code and words to paste; what is right is silent."""

import json
import re
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pytest
from click.testing import CliRunner

import kgdocs
from kgdocs.cli import main
from kgdocs.errors import DatabaseError, SourceError, UsageError
from kgdocs.grammar.load import load_patterns
from kgdocs.link.titles import TitleJudge
from kgdocs.models import Document
from kgdocs.paths import shipped_folder
from kgdocs.pipeline.checking import check as checking
from kgdocs.pipeline.checking.check import check_content, check_upload
from kgdocs.pipeline.checking.citation import citation
from kgdocs.pipeline.checking.json_rows import check_json
from kgdocs.pipeline.checking.lines import check_lines, explanation
from kgdocs.pipeline.checking.marking import stretches
from kgdocs.pipeline.checking.report import report
from kgdocs.pipeline.checking.sarif import sarif
from kgdocs.pipeline.questions import open_readonly
from tests.conftest import ROOT, SHARED

FILES, _ = load_patterns(shipped_folder("patterns"))
DRAFTS = FILES["drafts"]
SEED = SHARED / "gold" / "seed" / "report-2024-children.txt"

HEAD = """VĂN BẢN MẪU
ỦY BAN NHÂN DÂN
TỈNH SÔNG MẪU
-------
Số: {number}/KH-UBND
Sông Mẫu, {date}
KẾ HOẠCH
Phòng, chống đuối nước trẻ em

"""
DECREE = "Nghị định số 20/2021/NĐ-CP ngày 15/3/2021 của Chính phủ quy định chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội"
DIRECTIVE = (
    "Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em "
    "đáp ứng yêu cầu phát triển đất nước phồn vinh, hạnh phúc"
)
PLAN = "Kế hoạch số 115-KH/TU ngày 10/4/2024 của Ban Thường vụ Tỉnh ủy Sông Mẫu về thực hiện Chỉ thị số 28-CT/TW"
REGISTER = """code,type,date,issuer,title
69/BC-UBND,Báo cáo,2024-02-19,UBND tỉnh Sông Mẫu,Kết quả thực hiện quyền trẻ em năm 2023
47/KH-UBND,Kế hoạch,2024-02-20,UBND tỉnh Sông Mẫu,"phòng, chống tai nạn thương tích trẻ em"
05/QĐ-UBND,Quyết định,2024-01-05,UBND tỉnh Sông Mẫu,ban hành quy chế phối hợp bảo vệ trẻ em
"""


def draft(body, date="ngày 05 tháng 8 năm 2024", number="300"):
    return HEAD.format(number=number, date=date) + body


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """A database of the curated register, the documents of the sample corpus, and a register of Sông Mẫu."""
    folder = tmp_path_factory.mktemp("check")
    (folder / "so-song-mau.csv").write_text(REGISTER, encoding="utf-8")
    kgdocs.build([ROOT / "corpus", folder / "so-song-mau.csv"], folder / "x.db")
    return folder / "x.db"


def told(found, code):
    return [one for one in found.remarks if one.finding.code == code]


def pasted(found, one):
    """The text with a suggestion put in its place."""
    change = one.suggestion
    return found.text[: change.start] + change.text + found.text[change.end :]


# body · code · words at the place · (after the change the text has this) or None
PLANTED = [
    ("Báo cáo số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh Sông Mẫu.", "LABEL_SYMBOL", "Báo cáo số 47/KH-UBND",
     "Kế hoạch số 47/KH-UBND ngày"),
    ("Kế hoạch số 12/KH-UBND ngày 05/3/2024 của Ban Chỉ đạo công tác trẻ em tỉnh.", "ISSUER_SYMBOL",
     "Kế hoạch số 12/KH-UBND", None),
    ("Chỉ thị số 28-CT/TW ngày 26/12/2023 của Bộ Chính trị.", "DATE_CONFLICT", "Chỉ thị số 28-CT/TW",
     "28-CT/TW ngày 25/12/2023 của"),
    ("Nghị định số 20/2021/NĐ-CP ngày 15 tháng 4 năm 2021 của Chính phủ.", "DATE_CONFLICT", "Nghị định số 20/2021/NĐ-CP",
     "NĐ-CP ngày 15 tháng 3 năm 2021 của"),
    ("Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh Sông Mẫu về phát triển giao thông nông thôn miền núi.",
     "TITLE_MISMATCH", "Kế hoạch số 47/KH-UBND", "Sông Mẫu về phòng, chống tai nạn thương tích trẻ em"),
    ("Nghị định số 15/2020/NĐ-BTC ngày 05/3/2020 của Bộ Tài chính.", "TYPE_ISSUER_INVALID", "Nghị định số 15/2020/NĐ-BTC", None),
    ("Nghị quyết số 121/2020/QH13 ngày 19/6/2020 của Quốc hội.", "YEAR_TERM_CONFLICT", "Nghị quyết số 121/2020/QH13",
     "Nghị quyết số 121/2020/QH14 ngày"),
    ("Kế hoạch số 90/KH-UBND ngày 10/9/2024 của UBND tỉnh Sông Mẫu.", "FUTURE_REFERENCE", "Kế hoạch số 90/KH-UBND", None),
    (f"Căn cứ {DECREE};\n\nUBND tỉnh ban hành kế hoạch.", "MISSING_AMENDMENT", "Nghị định số 20/2021/NĐ-CP",
     "15/3/2021 của Chính phủ (được sửa đổi, bổ sung bởi Nghị định số 76/2024/NĐ-CP ngày 01/7/2024 của Chính phủ) quy định"),
    ("Công văn số        /UBND-KGVX ngày 05/3/2024 của UBND tỉnh Sông Mẫu.", "UNNUMBERED", "Công văn số        /UBND-KGVX", None),
    ("Chỉ thị số 28/CT-TW ngày 25/12/2023 của Bộ Chính trị.", "SEPARATOR", "Chỉ thị số 28/CT-TW", "Chỉ thị số 28-CT/TW ngày"),
    ("Kế hoạch phối hợp số 2454/KHPH-LDTBXH-CA ngày 31/10/2023.", "CODE_TYPO", "Kế hoạch phối hợp số 2454/KHPH-LDTBXH-CA",
     "số 2454/KHPH-LĐTBXH-CA ngày"),
    ("Công văn số 611/UBND-KGVX ngày 30/3/2024 của UBND tỉnh Sông Mẫu.", "WEEKEND_DATE", None, None),
    ("Công văn số 612/UBND-KGVX ngày 30/4/2024 của UBND tỉnh Sông Mẫu.", "NON_WORK_PERIOD", None, None),
    ("Thực hiện Nghị quyết số 18-NQ/TW.", "AMBIGUOUS_TARGET", "Nghị quyết số 18-NQ/TW", None),
    ("Thực hiện Kế hoạch số 999/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang.", "UNRESOLVED", "Kế hoạch số 999/KH-UBND", None),
    ("Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND huyện Châu Thành, tỉnh Kiên Giang.", "DISSOLVED_ISSUER", None, None),
    ("Công văn số 400/UBND-KGVX ngày 05/3/2024 của UBND tỉnh Sông Mẫu, về việc thực hiện chỉ đạo của Phó Thủ tướng Chính phủ "
     "tại phiên họp thường kỳ của Ủy ban Quốc gia về Trẻ em năm 2023.", "UNCITED_DIRECTIVE", "Công văn số 400/UBND-KGVX", None),
    ("Kế hoạch phối hợp số 2454/KHPH-LĐTBXH-CA ngày 31/10/2023; Kế hoạch phối hợp số 3931/KHPH-LĐTBXH-CAT ngày 24/11/2022.",
     "ALIAS_INCONSISTENT", "Kế hoạch phối hợp số 3931/KHPH-LĐTBXH-CAT", None),
    (f"Quán triệt Chỉ thị 28 trong cán bộ. Thực hiện {DIRECTIVE}.", "SHORT_BEFORE_FULL", "Chỉ thị 28",
     "Quán triệt Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị về tăng cường"),
    ("Quyết định số 5/QĐ-UBND ngày 05/01/2024 của UBND tỉnh Sông Mẫu ban hành quy chế phối hợp bảo vệ trẻ em; theo Quyết định "
     "số 05/QĐ-UBND ngày 05/01/2024.", "SPELLING_INCONSISTENT", "Quyết định số 05/QĐ-UBND", None),
    ("Thực hiện Nghị quyết số 121/2020/QH14, UBND tỉnh ban hành kế hoạch.", "FIRST_MENTION", "Nghị quyết số 121/2020/QH14",
     "Thực hiện Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội về tiếp tục tăng cường hiệu lực"),
    ("Kế hoạch số 47/KH-UBND ngày 20/2/2024 của UBND tỉnh Sông Mẫu.", "DATE_FORM", "20/2/2024", "ngày 20/02/2024 của"),
    ("Kế hoạch số 56/KH-BCĐ ngày 05/03/2024 của Ban Chỉ đạo.", "DATE_FORM", "05/03/2024", "ngày 05/3/2024 của"),
    ("Căn cứ Luật Người khuyết tật số 102/2016/QH13 ngày 05/4/2016 của Quốc hội.", "TITLE_MISMATCH",
     "Luật Người khuyết tật số 102/2016/QH13", None),
    ("Quyết định số 1248/QĐ-TTg ngày 19/7/2021 của Thủ tướng Chính phủ phê duyệt Chương trình phòng, chống tai nạn, thương "
     "tích trẻ em giai đoạn 2021 - 2025.", "TITLE_MISMATCH", "Quyết định số 1248/QĐ-TTg", "trẻ em giai đoạn 2021 - 2030"),
    (f"{DIRECTIVE.replace('Bộ Chính trị', 'Ban Bí thư')}.", "PART_DIFFERS", "Chỉ thị số 28-CT/TW", "ngày 25/12/2023 của Bộ Chính trị về"),
    ("Luật Trẻ em số 102/2016/QH14 ngày 05/4/2016.", "PART_DIFFERS", "Luật Trẻ em số 102/2016/QH14", "số 102/2016/QH13 ngày"),
    ("Quyết định số 1437/QĐ-TTg ngày 29/10/2018 của Chính phủ.", "PART_DIFFERS", "Quyết định số 1437/QĐ-TTg",
     "ngày 29/10/2018 của Thủ tướng Chính phủ."),
    ("Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XIII.", "PARTY_TERM", "Nghị quyết số 18-NQ/TW", None),
    ("Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XIII.", "AMBIGUOUS_TARGET", "Nghị quyết số 18-NQ/TW", None),
    ("Kế hoạch số 47/KH-UBND ngày 30/02/2024 của UBND tỉnh Sông Mẫu.", "NO_SUCH_DAY", "ngày 30/02/2024", None),
    ("Nghị định số 56/2018/NĐ-CP ngày 09/5/2017 của Chính phủ.", "YEAR_CONFLICT", "Nghị định số 56/2018/NĐ-CP", None),
    ("Nghị định số 56/2018/NĐ-CP ngày 09/5/2018 của Chính phủ.", "OTHER_KNOWN", "Nghị định số 56/2018/NĐ-CP", None),
    ("Quyết định số 1591/QĐ-TTg ngày 08/12/2022 của Thủ tướng Chính phủ.", "OTHER_KNOWN", "Quyết định số 1591/QĐ-TTg", None),
    ("Quyết định số 159I/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ.", "UNREADABLE_NUMBER", "Quyết định số 159I/QĐ-TTg", None),
    ("Nghị định số 57/2017/NĐ-CP ngày 09/5/2017 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em.", "OTHER_KNOWN",
     "Nghị định số 57/2017/NĐ-CP", None),
    ("Luật số 202/2025/QH15 ngày 12/6/2025 của Quốc hội.", "OTHER_KNOWN", "Luật số 202/2025/QH15", None),
    ("Kế hoạch số 32/KH-UBND ngày 30/01/2024 của UBND tỉnh Cao Bằng thực hiện Chương trình chăm sóc sức khỏe tâm thần trẻ em, chăm sóc "
     "trẻ em mồ côi giai đoạn 2024 - 2030 trên địa bàn tỉnh Lạng Sơn.", "OTHER_KNOWN", "Kế hoạch số 32/KH-UBND", None),
    ("Chỉ thị số 23/CT-TTg ngày 07/01/2021 của Thủ tướng Chính phủ về việc tăng cường các giải pháp bảo đảm thực hiện quyền trẻ em.",
     "OTHER_KNOWN", "Chỉ thị số 23/CT-TTg", None),
    ("Quyết định số 1591/QĐ-TTg năm 2022 của Thủ tướng Chính phủ.", "OTHER_KNOWN", "Quyết định số 1591/QĐ-TTg", None),
    ("Kế hoạch số 793/LĐTBXH-TE ngày 29/02/2024 của Bộ Lao động - Thương binh và Xã hội.", "PART_DIFFERS", "Kế hoạch số 793/LĐTBXH-TE", None),
    ("Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội khóa XIII.", "ASSEMBLY_TERM", "Nghị quyết số 121/2020/QH14", None),
    ("Luật Trẻ em ngày 05/4/2016 của Quốc hội khóa XIV.", "ASSEMBLY_TERM", "Luật Trẻ em", None),
    ("Nghị quyết số 121/2020/QH ngày 19/6/2020 của Quốc hội.", "UNREAD_CITATION", "Nghị quyết số 121/2020/QH", None),
    ("Kế hoạch số 47//KH-UBND ngày 20/02/2024.", "UNREAD_CITATION", "Kế hoạch số 47//KH-UBND", None),
    ("Kế hoạch số 47/KH-UBND ngày 17/4/20224 của UBND tỉnh Sông Mẫu.", "NO_SUCH_DAY", "ngày 17/4/20224", None),
    ("Nghị định số 56/2017/NĐ-TTg ngày 09/5/2017.", "TYPE_ISSUER_INVALID", "Nghị định số 56/2017/NĐ-TTg", None),
    ("Nghị định số 56-2017/NĐ-CP ngày 09/5/2017.", "SEPARATOR", "Nghị định số 56-2017/NĐ-CP", "số 56/2017/NĐ-CP ngày"),
    ("Nghị định số 56/2017-NĐ-CP ngày 09/5/2017.", "SEPARATOR", "Nghị định số 56/2017-NĐ-CP", "số 56/2017/NĐ-CP ngày"),
    ("Nghị định số 56/2017/NĐ/CP ngày 09/5/2017.", "SEPARATOR", "Nghị định số 56/2017/NĐ/CP", "số 56/2017/NĐ-CP ngày"),
    ("Quyết định số 1437/QĐ-TTG ngày 29/10/2018.", "CODE_FORM", "1437/QĐ-TTG", "số 1437/QĐ-TTg ngày"),
    ("Quyết định số 1437/QÐ-TTg ngày 29/10/2018.", "CODE_FORM", "1437/QÐ-TTg", "số 1437/QĐ-TTg ngày"),
]  # fmt: skip


# title cited · state of the part
TITLES = [
    ("Nghị định số 42/2025/NĐ-CP ngày 27/02/2025 của Chính phủ", "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Bộ Nội vụ", "differs"),
    ("Nghị định số 42/2025/NĐ-CP ngày 27/02/2025 của Chính phủ", "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Bộ Y tế", "confirmed"),
    ("Nghị định số 76/2024/NĐ-CP ngày 01/7/2024 của Chính phủ", "sửa đổi, bổ sung một số điều của Nghị định số 136/2013/NĐ-CP", "differs"),
    ("Nghị định số 76/2024/NĐ-CP ngày 01/7/2024 của Chính phủ", "sửa đổi, bổ sung một số điều của Nghị định số 20/2021/NĐ-CP", "confirmed"),
    ("Nghị định số 56/2017/NĐ-CP ngày 09/5/2017 của Chính phủ", "quy định chi tiết một số điều của Luật Người khuyết tật", "differs"),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "về công tác lưu trữ trong cơ quan", "differs"),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "về công tác văn thư", "confirmed"),
    ("Quyết định số 782/QĐ-TTg ngày 27/5/2021 của Thủ tướng Chính phủ", "phê duyệt Chương trình bảo vệ và hỗ trợ trẻ em tương tác "
     "lành mạnh, sáng tạo trên môi trường mạng giai đoạn 2021 - 2025", "differs"),
    ("Chỉ thị số 23/CT-TTg ngày 26/5/2020 của Thủ tướng Chính phủ", "về việc tăng cường giải pháp bảo vệ, chăm sóc trẻ em bị ảnh hưởng "
     "bởi dịch COVID-19", "differs"),
    ("Chỉ thị số 23/CT-TTg ngày 26/5/2020 của Thủ tướng Chính phủ", "về tăng cường các giải pháp thực hiện quyền trẻ em", "unknown"),
    ("Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội", "về tăng cường phòng, chống bạo lực gia đình", "differs"),
    ("Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội", "về phòng, chống xâm hại trẻ em", "unknown"),
    ("Nghị định số 20/2021/NĐ-CP ngày 15/3/2021 của Chính phủ", "quy định chính sách TGXH đối với đối tượng BTXH", "unknown"),
]  # fmt: skip


def test_what_stands_behind_a_cut_is_not_confirmed(rules):
    """A title that ran on is compared without its end too; where both lose theirs, the ends may differ."""
    stated, known = (f"về công tác trẻ em và Nghị quyết số {number}/NQ-HĐND của HĐND tỉnh" for number in (12, 15))
    assert TitleJudge(rules).state(stated, [known], is_numbered=True) == "unknown"
    assert TitleJudge(rules).state(stated, [stated], is_numbered=True) == "confirmed"


@pytest.mark.parametrize(("cited", "title", "state"), TITLES)
def test_a_title_is_confirmed_only_where_it_names_the_same(cited, title, state, db):
    found = check_content(draft(f"1. Thực hiện {cited} {title}.\n").encode(), db)
    one = next(one for one in found.references if one.reference.text in cited)
    assert one.parts["title"].state == state
    assert bool(told(found, "TITLE_MISMATCH")) is (state == "differs")


@pytest.mark.parametrize(
    ("body", "code", "place", "after"), PLANTED, ids=[f"{at}-{one[1]}" for at, one in enumerate(PLANTED)]
)
def test_a_planted_slip_is_found_at_its_place(body, code, place, after, db):
    found = check_content(draft(f"1. {body}\n").encode(), db)
    (one,) = told(found, code)
    assert found.text[one.finding.start : one.finding.end] == one.finding.text
    assert place in (None, one.finding.text)
    assert (one.suggestion is not None) is (after is not None)
    if after:
        assert after in pasted(found, one)


WHOLE = [
    (draft("Căn cứ Luật Đất đai ngày 26/11/2003;\n").replace(
        "KẾ HOẠCH", "QUYẾT ĐỊNH").replace("KH-UBND", "QĐ-UBND"), "EXPIRED_BASIS"),
    (draft("Điều 1. Giao nhiệm vụ.\n").replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("KH-UBND", "QĐ-UBND"), "NO_BASIS"),
    (draft("Nội dung.\n").replace("Sông Mẫu, ngày", "Kiên Giang, ngày"), "PLACE_CONFLICT"),
    (draft("Nội dung.\n", "ngày 5 tháng 8 năm 2024"), "DATE_FORM"),
    (draft("Nội dung.\n", "ngày     tháng 8 năm 2024"), "BLANK_DATE"),
    (draft("Nội dung.\n", number="     "), "UNNUMBERED"),
    (draft("Nội dung khác.\n", "ngày 20 tháng 02 năm 2024", "47").replace("Phòng, chống đuối nước trẻ em", "Sắp xếp tổ chức bộ máy các cơ quan chuyên môn"),
     "DUPLICATE_CODE"),
]  # fmt: skip


def test_every_part_that_differs_has_a_finding_and_no_two_fixes_meet(db, rules):
    """Over all planted slips at once and one by one: nothing passes in silence, and a machine may apply every fix of SARIF."""
    bodies = [one[0] for one in PLANTED]
    for text in [*bodies, "\n".join(bodies)]:
        found = check_content(draft(text).encode(), db)
        for one in found.references:
            differing = [name for name, part in one.parts.items() if part.state == "differs"]
            near = [
                remark
                for remark in found.remarks
                if remark.reference is one or (one.target and remark.finding.document_id == one.target.id)
            ]
            assert not differing or near, (text, one.reference.text, differing)
        results = sarif([found], rules, "1")["runs"][0]["results"]
        regions = [
            fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
            for one in results
            for fix in one.get("fixes", ())
        ]
        spans = sorted(((r["startLine"], r["startColumn"]), (r["endLine"], r["endColumn"])) for r in regions)
        assert all(first[1] <= second[0] and first[0] < second[0] for first, second in pairwise(spans)), spans


@pytest.mark.parametrize(("text", "code"), WHOLE, ids=[one[1] for one in WHOLE])
def test_slips_of_the_text_as_a_whole(text, code, db):
    assert told(check_content(text.encode(), db), code)


def test_what_is_told_beside_a_law_is_no_missing_amendment(db):
    text = "Căn cứ Luật Ban hành văn bản quy phạm pháp luật năm 2025 (sửa đổi, bổ sung năm 2025);\n"
    assert not told(check_content(draft(text, "ngày 05 tháng 8 năm 2026").encode(), db), "MISSING_AMENDMENT")


@pytest.mark.parametrize(
    ("body", "known"),
    [
        (
            "Thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.",
            False,
        ),
        ("Theo Nghị định số 56/2011/NĐ-CP của Chính phủ.", False),
        ("Theo Nghị định số 56/2017/NĐ-CP ngày 09/5/2017 của Chính phủ và Nghị định số 56/2011/NĐ-CP.", True),
    ],
)
def test_a_number_of_another_year_or_of_the_next_document_is_no_slip(body, known, db):
    """Of each year there is a decree of that number; two resolutions of one day are cited side by side."""
    assert bool(told(check_content(draft(body).encode(), db), "OTHER_KNOWN")) is known


def test_two_documents_of_one_number_are_told_apart_by_their_titles(db):
    text = ("Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XII về tiếp tục đổi mới, sắp xếp tổ chức bộ "
            "máy của hệ thống chính trị tinh gọn, hoạt động hiệu lực, hiệu quả. Nghị quyết số 18-NQ/TW về tiếp tục đổi mới, hoàn thiện thể "
            "chế, chính sách, nâng cao hiệu lực, hiệu quả quản lý và sử dụng đất được quán triệt.\n")  # fmt: skip
    found = check_content(draft(text).encode(), db)
    targets = [one.link.target_id for one in found.references if not one.reference.is_self]
    assert targets == ["trung-uong/2017/18-nq-tw", "trung-uong/2022/18-nq-tw"]
    assert not told(found, "TITLE_MISMATCH")


WOVEN = [
    "Thực hiện Kế hoạch số 130/KH-UBND ngày 26/4/2024 của UBND tỉnh Kiên Giang.",
    "| Kế hoạch số 32/KH-UBND | 30/01/2024 | UBND tỉnh Lạng Sơn |",
    "[Chỉ thị số 28-CT/TW](https://vi.du/28) của Bộ Chính trị.",
    "Các Quyết định số: 1437/QĐ-TTg, 1472/QĐ-TTg, 23/QĐ-TTg của Thủ tướng Chính phủ.",
]


@pytest.mark.parametrize("text", WOVEN)
def test_a_suggestion_takes_nothing_away(text, db):
    """What a full citation replaces it says too: the issuer as the draft names it, table cells, links, members of lists."""
    found = check_content(draft(text + "\n").encode(), db)
    assert told(found, "FIRST_MENTION")
    assert any(one.suggestion for one in told(found, "FIRST_MENTION")) is (text == WOVEN[0])
    for one in found.remarks:
        if one.suggestion and one.finding.code == "FIRST_MENTION":
            replaced = found.text[one.suggestion.start : one.suggestion.end]
            issuer = one.reference.reference.issuer
            assert issuer is None or issuer in one.suggestion.text
            assert not set("|[]()") & set(replaced)


CHILD_PLAN = "Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ"
# body · code · words that must still stand after the suggestion, or None where there must be none
GOES_ON = [
    (f"Thực hiện Chỉ thị số 20-CT/TW ngày 05/11/2012 của Bộ Chính trị về công tác trẻ em trong tình hình mới và {PLAN}, Sở báo cáo.",
     "EXPIRED_BASIS", f"phồn vinh, hạnh phúc và {PLAN}, Sở báo cáo."),
    ("Căn cứ khoản 2 Điều 14 Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ;", "EXPIRED_BASIS", None),
    ("Căn cứ Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ (sửa đổi, bổ sung năm 2020);", "EXPIRED_BASIS", None),
    (f"Thực hiện {CHILD_PLAN} phê duyệt Chương trình phòng, chống đuối nước trẻ em, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành.",
     "TITLE_MISMATCH", "giai đoạn 2023 - 2030, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành."),
    ("Đã ban hành Kế hoạch số 47/KH-UBND (20/02/2024) của tỉnh.", "FIRST_MENTION", "phòng, chống tai nạn thương tích trẻ em của tỉnh."),
    ("Ngày 25/12/2023, Bộ Chính trị ban hành Chỉ thị số 28-CT/TW để chỉ đạo.", "FIRST_MENTION", None),
    ("Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của Quốc hội khóa XV.", "FIRST_MENTION", None),
    ("Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09/5/2018 của Chính phủ;", "DATE_CONFLICT",
     "56/2017/NĐ-CP ngày 09/5/2017 của Chính phủ"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "code", "after"), GOES_ON, ids=range(len(GOES_ON)))
def test_a_suggestion_leaves_the_sentence_whole(body, code, after, db):
    found = check_content(draft(body).encode(), db)
    (one,) = told(found, code)
    assert (one.suggestion is None) == (after is None)
    assert after is None or after in pasted(found, one)


HISTORY = [
    ("Từ năm 2013 đến năm 2020, thực hiện {}, tỉnh đã chi trả trợ cấp.", False),
    ("Năm 2019, căn cứ {}, Sở đã chi trả trợ cấp.", False),
    ("Thực hiện {}, trong 08 năm qua tỉnh đã chi trả trợ cấp.", False),
    ("Năm 2024, thực hiện {}, tỉnh chi trả trợ cấp.", True),
    ("Căn cứ {};", True),
    ("Căn cứ {} về trợ giúp xã hội giai đoạn 2013 - 2020;", True),
]


@pytest.mark.parametrize(("body", "grave"), HISTORY)
def test_what_a_text_tells_of_the_past_is_no_expired_basis(body, grave, db):
    cited = "Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ"
    assert bool(told(check_content(draft(body.format(cited)).encode(), db), "EXPIRED_BASIS")) is grave


def test_a_day_that_differs_is_grave_only_where_the_office_is_named(db):
    named, unnamed = (
        told(check_content(draft(f"Kế hoạch số 47/KH-UBND ngày 12/3/2024{issuer}.").encode(), db), "DATE_CONFLICT")
        for issuer in (" của UBND tỉnh Sông Mẫu", "")
    )
    assert [(one.finding.severity, bool(one.suggestion)) for one in named] == [("high", True)]
    assert [(one.finding.severity, bool(one.suggestion)) for one in unnamed] == [("low", False)]


@pytest.mark.parametrize(
    ("issuer", "state"),
    [("Quốc hội", "confirmed"), ("Chủ tịch Quốc hội", "unknown"), ("Phó Chủ tịch Quốc hội", "unknown"), ("Chính phủ", "differs")],
)  # fmt: skip
def test_who_only_speaks_for_a_body_does_not_confirm_it(issuer, state, db):
    found = check_content(draft(f"Nghị quyết số 121/2020/QH14 ngày 19/6/2020 của {issuer}.").encode(), db)
    (one,) = (one for one in found.references if not one.reference.is_self)
    assert one.parts["issuer"].state == state


CLEAN = [
    draft(f"Thực hiện {DIRECTIVE} và {PLAN}, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:\n\n1. Tổ chức quán triệt Chỉ thị số "
          "28-CT/TW.\n2. Lồng ghép với Kế hoạch số 115-KH/TU, số liệu tăng 12/15, ngày 25/11.\n"),
    draft(f"Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n\nCăn cứ {DECREE};\n\nỦy ban nhân dân tỉnh ban hành kế hoạch.\n",
          "ngày 05 tháng 6 năm 2024"),
    "VĂN BẢN MẪU\nTỉ lệ 45/50; 2,090 tỷ đồng; ngày 28/6; tháng 6/2024; đường dây 111.\n",
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_clean_drafts_are_silent(text, db, rules):
    found = check_content(text.encode(), db)
    assert list(check_lines(found, rules)) == []


def test_a_draft_without_a_database_says_nothing_of_what_it_cannot_know(rules):
    text = draft("Thực hiện Kế hoạch số 999/KH-UBND ngày 20/02/2024 của UBND tỉnh Kiên Giang về trẻ em.\n")
    found = check_content(text.encode())
    assert list(check_lines(found, rules)) == []
    row = check_json(found)["references"][-1]
    assert set(row["parts"].values()) == {"unknown"}


def test_the_blank_number_and_date_of_the_draft_itself_are_for_information(db):
    text = draft("Thực hiện công tác trẻ em.\n", "ngày     tháng 8 năm 2024", "     ")
    found = check_content(text.encode(), db)
    assert {one.finding.code: one.finding.severity for one in found.remarks} == {
        "BLANK_DATE": "info",
        "UNNUMBERED": "info",
    }


def test_the_json_is_that_of_the_design(db):
    body = f"Thực hiện {DIRECTIVE}; Chỉ thị số 20-CT/TW ngày 06/11/2012 của Bộ Chính trị; Kế hoạch số 999/KH-UBND ngày 20/02/2024."
    value = json.loads(json.dumps(check_json(check_content(draft(body).encode(), db))))
    assert {"source", "findings", "references"} <= set(value)
    rows = {row["code"]: row for row in value["references"] if row["kind"] == "numbered"}
    assert rows["28-CT/TW"]["parts"] == dict.fromkeys(("number", "symbol", "date", "issuer", "title"), "confirmed")
    assert rows["28-CT/TW"]["target"] == "trung-uong/2023/28-ct-tw"
    assert rows["28-CT/TW"]["known"]["date"][0]["path"].endswith("register.csv")
    assert rows["20-CT/TW"]["parts"]["date"] == "differs"
    assert rows["20-CT/TW"]["known"]["date"][0]["value"] == "2012-11-05"
    assert set(rows["999/KH-UBND"]["parts"].values()) == {"unknown"}
    text = check_content(draft(body).encode(), db).text
    for one in value["findings"]:
        assert {"code", "severity", "message", "document_id", "source", "start", "end", "text", "details"} <= set(one)
        assert text[one["start"] : one["end"]] == one["text"]
    for row in value["references"]:
        assert text[row["start"] : row["end"]] == row["text"]


def test_a_repealed_basis_names_what_replaced_it(tmp_path):
    old = "CHÍNH PHỦ\n-------\nSố: 20/2021/NĐ-CP\nHà Nội, ngày 15 tháng 3 năm 2021\nNGHỊ ĐỊNH\nQuy định chính sách trợ giúp xã hội\n\n"
    (tmp_path / "a.txt").write_text(
        old + "Điều 1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.\nĐiều 2. Nghị định này thay thế Nghị định "
        "số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ.", encoding="utf-8")  # fmt: skip
    kgdocs.build([tmp_path / "a.txt"], tmp_path / "x.db")
    text = draft("Căn cứ Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ;\n\nQUYẾT ĐỊNH:\n").replace(
        "KẾ HOẠCH", "QUYẾT ĐỊNH").replace("KH-UBND", "QĐ-UBND")  # fmt: skip
    found = check_content(text.encode(), tmp_path / "x.db")
    (one,) = told(found, "EXPIRED_BASIS")
    assert one.finding.severity == "high"
    assert "Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15/3/2021 của Chính phủ quy định chính sách" in pasted(found, one)
    assert [change.type for change in one.reference.changes] == ["replaces"]
    assert not told(check_content(text.encode(), tmp_path / "x.db", as_of="2021-05-05"), "EXPIRED_BASIS")


def test_an_assumed_day_makes_no_grave_finding(db):
    text = "Căn cứ Luật Đất đai ngày 26/11/2003;\n\nNội dung."
    assert not check_content(text.encode(), db).reaches("medium")


def test_verdicts_are_those_of_a_build(db):
    """A dated text checked against the database leads where it led when that database was built with it."""
    with closing(open_readonly(db)) as connection:
        sql = 'SELECT m."start", m.target_id, m.resolution FROM mentions m JOIN sources s ON s.id = m.source_id WHERE s.path LIKE ?'
        compared = 0
        for path in sorted((ROOT / "corpus").glob("*.*")):
            if path.suffix not in (".txt", ".md"):
                continue
            built = {row[0]: tuple(row[1:]) for row in connection.execute(sql, (f"%{path.name}",))}
            for one in kgdocs.check(path, db).references:
                if not one.reference.is_self:
                    compared += 1
                    assert (one.link.target_id, one.link.resolution) == built[one.reference.start], one.reference.text
    assert compared > 100


NARROWED = [
    *(body for body, *_ in PLANTED),
    *(f"{cited} {title}." for cited, title, _ in TITLES),
    "Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09/5/2018 của Chính phủ;",  # the year of the day is not that of the code
    "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2021 của Bộ Chính trị.",  # numbers of the Party run through a term
    "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND huyện.",
    "Kế hoạch số 47/KH-UBND ngày 20/02/2024.",
    "Kế hoạch số 47/KH-UBND năm 2024 của UBND tỉnh Sông Mẫu.",
    "Nghị quyết số 121/2020/QH14; Luật Trẻ em; Chỉ thị 28.",
]


@pytest.mark.parametrize("body", NARROWED, ids=range(len(NARROWED)))
def test_what_is_asked_for_is_all_that_may_be_meant(body, db, monkeypatch):
    few = check_content(draft(body).encode(), db)
    real = checking.candidates

    def every(connection, asked, without):
        return real(connection, replace(asked, begun=frozenset({("", None)})), without)

    monkeypatch.setattr(checking, "candidates", every)
    many = check_content(draft(body).encode(), db)
    assert [(one.link.resolution, one.link.target_id, one.parts) for one in few.references] == [
        (one.link.resolution, one.link.target_id, one.parts) for one in many.references
    ]


def test_nothing_is_stored(db):
    before = db.read_bytes()
    check_content(draft("Kế hoạch số 1/KH-UBND ngày 02/01/2024.").encode(), db)
    assert db.read_bytes() == before


@pytest.mark.skipif(not SEED.is_file(), reason="needs ../shared/gold/seed (a text that is not ours to publish)")
def test_the_seed_report_as_a_draft(tmp_path, db):
    found = kgdocs.check(SEED, db)
    at = {(one.finding.code, one.finding.text) for one in found.remarks}
    assert ("LABEL_SYMBOL", "Báo cáo số 69/KH-UBND") in at
    assert sum(code == "ISSUER_SYMBOL" and "56/KH-UBND" in text for code, text in at) == 1
    assert [one.finding.severity for one in told(found, "UNNUMBERED")] == ["info", "info"]
    assert {one.suggestion.text for one in told(found, "CODE_TYPO")} == {"LĐTBXH", "GDĐT"}
    printed = {one.finding.details["printed"] for one in told(found, "CODE_TYPO")}
    assert printed == {"LDTBXH", "LĐTĐXH", "GDDT"}
    silent = ("28/6", "6/2024", "25/11", "2,090", "111")
    lines = found.text.split("\n")
    for number in (33, 61, 71, 72, 73, 79, 85, 97, 119, 123):
        start = sum(len(line) + 1 for line in lines[: number - 1])
        inside = [one for one in found.remarks if start <= one.finding.start < start + len(lines[number - 1])]
        assert not any(word == one.finding.text for one in inside for word in silent)
    grave = {one.finding.code for one in found.remarks if one.finding.severity in ("high", "medium")}
    assert grave <= {"LABEL_SYMBOL", "ISSUER_SYMBOL", "NUMBER_ORDER"}


def test_every_code_is_explained(rules):
    only_of_chains = {"MISSING_IMPLEMENTATION", "LATE_IMPLEMENTATION", "CHAIN_BROKEN"}
    assert set(rules.drafts.why) == (set(rules.findings) | set(rules.draft_findings)) - only_of_chains
    for code in rules.drafts.why:
        lines = list(explanation(code, rules, "en"))
        assert lines[0].startswith(code)
        assert len(lines) == 5


def test_the_stretches_of_a_text_are_the_text(db):
    found = check_content(draft("Chỉ thị số 28/CT-TW ngày 26/12/2023 của Bộ Chính trị.").encode(), db)
    assert "".join(found.text[one.start : one.end] for one in stretches(found)) == found.text


def test_the_html_report_stands_alone(db, rules):
    hostile = draft('Chỉ thị số 28/CT-TW ngày 26/12/2023 <script>alert(1)</script> "x" của Bộ Chính trị.')
    page = report([check_content(hostile.encode(), db)], rules)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(?:href|src)="(?!#)', page)


def test_sarif_has_the_shape_of_2_1_0(db, rules):
    found = check_content(draft("Chỉ thị số 28/CT-TW ngày 25/12/2023 của Bộ Chính trị.").encode(), db)
    value = json.loads(json.dumps(sarif([found], rules, "1.0")))
    assert value["version"] == "2.1.0"
    (run,) = value["runs"]
    codes = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    lines = found.text.split("\n")
    for result in run["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"]:
            shown = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert shown in [one.finding.text for one in found.remarks]
    assert any("fixes" in result for result in run["results"])


def run(*arguments, text=None):
    return CliRunner().invoke(main, ["check", *map(str, arguments)], input=text)


def test_the_command_prints_place_caret_and_suggestion(tmp_path, db):
    path = tmp_path / "du-thao.txt"
    path.write_text(draft("Theo Chỉ thị số 28/CT-TW ngày 25/12/2023 của Bộ Chính trị."), encoding="utf-8")
    shown = run(path, "--db", db)
    assert shown.exit_code == 0
    lines = shown.output.split("\n")
    (at,) = [number for number, line in enumerate(lines) if " SEPARATOR info " in line]
    assert lines[at].startswith(f"{path}:10:6: SEPARATOR")
    assert lines[at + 1].index("Chỉ thị số 28/CT-TW") == lines[at + 2].index("^")
    assert lines[at + 2].strip() == "^" * len("Chỉ thị số 28/CT-TW")
    assert "nên viết: 28-CT/TW" in shown.output
    assert run(path, "--db", db, "--fail-on", "high").exit_code == 0
    assert run(path, "--db", db, "--fail-on", "info").exit_code == 1


def test_the_command_reads_standard_input_and_prints_every_format(db):
    text = draft("Chỉ thị số 28/CT-TW ngày 25/12/2023 của Bộ Chính trị.")
    assert json.loads(run("-", "--db", db, "--format", "json", text=text).output)["source"] == "-"
    assert json.loads(run("-", "--db", db, "--format", "sarif", text=text).output)["version"] == "2.1.0"
    assert run("-", "--db", db, "--format", "html", text=text).output.startswith("<!DOCTYPE html>")
    assert run("-", "--no-db", text=CLEAN[2]).output == ""
    assert "LABEL_SYMBOL (high)" in run("--explain", "label_symbol").output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ"), ("x.txt", b""), ("x.txt", b" \n "), ("x.txt", b"\x00\x01\x02\xff\xfe\x80" * 50),
        ("x.csv", "Số, ký hiệu\n1/KH-UBND\n".encode()), ("none.txt", None),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(tmp_path, name, content, db):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    shown = run(path, "--db", db)
    assert shown.exit_code == 2
    assert re.fullmatch(r"kgdocs: [^\n]+\n", shown.stderr)
    assert "Traceback" not in shown.output


def test_wrong_usage_is_told(tmp_path, db):
    assert run().exit_code == 2
    assert run("--explain", "NIX").exit_code == 2
    assert run("-", "--as-of", "2024-13-01", text="x").exit_code == 2
    assert run("-", "--db", tmp_path / "none.db", text="x").exit_code == 2
    with pytest.raises(UsageError):
        check_content(b"x", as_of="soon")
    with pytest.raises(DatabaseError):
        check_content(b"x", tmp_path / "none.db")
    with pytest.raises(SourceError):
        check_upload("x.csv", "Số, ký hiệu\n1/KH-UBND\n".encode(), None)


def test_a_year_with_letters_for_digits_is_told_at_its_place():
    found = check_content("Căn cứ Nghị định số 56/2O17/NĐ-CP ngày 09/5/2017 của Chính phủ.".encode())
    (one,) = told(found, "CODE_TYPO")
    assert (one.finding.severity, one.finding.details["printed"]) == ("medium", "2O17")
    assert (found.text[one.suggestion.start : one.suggestion.end], one.suggestion.text) == ("2O17", "2017")


def test_half_of_a_damaged_date_is_not_mended():
    found = check_content("Căn cứ Nghị định số 30/2020/NĐ-CP ngày O5/3/2020 của Chính phủ.".encode())
    assert told(found, "NO_SUCH_DAY")
    assert not told(found, "DATE_FORM")


PLACES = {
    "EXPIRED_BASIS": "Căn cứ Luật Đất đai ngày 26/11/2003", "NO_BASIS": "Phòng, chống đuối nước trẻ em", "PLACE_CONFLICT": "Kiên Giang",
    "DATE_FORM": "ngày 5 tháng 8", "BLANK_DATE": "ngày     tháng", "UNNUMBERED": "Số:      /KH-UBND",
    "DUPLICATE_CODE": "Sắp xếp tổ chức bộ máy các cơ quan chuyên môn",
}  # fmt: skip
"""Code → the words at which the slip of a whole draft is told."""
ACROSS = [
    ("Theo Nghị định số 36/2005/NĐ-CP ngày 17/3/2005 của Chính phủ được sửa đổi, bổ sung bởi Nghị định số 63/2004/NĐ-CP ngày 08/6/2004 của Chính phủ.",
     "BACKWARD_RELATION",
     "Nghị định số 36/2005/NĐ-CP ngày 17/3/2005 của Chính phủ được sửa đổi, bổ sung bởi Nghị định số 63/2004/NĐ-CP"),
    ("Kế hoạch số 147/KH-UBND ngày 20/02/2024 của UBND tỉnh Lạng Sơn và Kế hoạch số 169/KH-UBND ngày 19/02/2024 của UBND tỉnh Lạng Sơn.", "NUMBER_ORDER",
     "Kế hoạch số 169/KH-UBND ngày 19/02/2024 của UBND tỉnh Lạng Sơn"),
]  # fmt: skip
"""Slips between two citations: body, code, words at the place."""


@pytest.mark.parametrize(("text", "code"), WHOLE)
def test_slips_of_whole_drafts_are_told_at_their_place(text, code, db):
    assert PLACES[code] in {one.finding.text for one in told(check_content(text.encode(), db), code)}


@pytest.mark.parametrize(("body", "code", "place"), ACROSS)
def test_slips_between_citations_are_told_at_their_place(body, code, place, db):
    found = check_content(draft(body).encode(), db)
    (one,) = told(found, code)
    assert (one.finding.text, one.suggestion) == (place, None)
    assert found.text[one.finding.start : one.finding.end] == place


def test_a_list_that_lacks_what_the_text_names_is_told_at_the_citation(rules):
    (one,) = told(check_content(rules.findings["ANNEX_MISMATCH"].examples[0].encode()), "ANNEX_MISMATCH")
    assert one.finding.text == "Kế hoạch số 47/KH-UBND"


def test_a_constitution_is_cited_by_its_name_and_nothing_by_a_number_that_it_has_not(rules):
    known = {
        "status": "listed",
        "title": "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        "issued_on": "2013-11-28",
    }
    named = Document(id="trung-uong/2013/hien-phap", type="hien_phap", **known)
    assert citation(named, rules) == "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013"
    letter = Document(id="x", status="read", type="cong_van", title="về rà soát", issued_on="2024-03-05")
    assert citation(letter, rules) == "Công văn ngày 05/3/2024 về rà soát"
