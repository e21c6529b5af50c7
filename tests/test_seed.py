"""The report that the project began with, from ../shared: documents, targets and relations that must be found."""

import sqlite3
from fnmatch import fnmatch

import pytest

import kgdocs
from kgdocs.pipeline.auditing import audit
from tests.conftest import ROOT, SHARED, needs_shared

pytestmark = needs_shared

DOCUMENTS = {
    "trung-uong/2023/28-ct-tw": ("chi_thi", "2023-12-25", "Bộ Chính trị"),
    "kien-giang/2024/211-kh-tu": ("ke_hoach", "2024-04-25", "Ban Thường vụ Tỉnh ủy Kiên Giang"),
    "kien-giang/2024/56-kh-ubnd": ("ke_hoach", "2024-03-05", "Ban Chỉ đạo thực hiện công tác Bảo vệ chăm sóc trẻ em tỉnh"),
    "trung-uong/2021/20-2021-nd-cp": ("nghi_dinh", "2021", "Chính phủ"),
    "kien-giang/2023/2454-khph-ldtbxh-gddt-yt-ca": ("ke_hoach", "2023-10-31", "Sở Lao động - Thương binh và Xã hội, Sở Giáo dục và Đào tạo, Sở Y tế, Công an tỉnh"),
    "kien-giang/2022/3931-khph-ldtbxh-cat-bdbp-sngv-hlhpn": ("ke_hoach", "2022-11-24", "Sở Lao động - Thương binh và Xã hội, Công an tỉnh, Bộ Chỉ huy Bộ đội biên phòng, Sở Ngoại vụ, Hội LHPN tỉnh"),
    "trung-uong/2020/121-2020-qh14": ("nghi_quyet", "2020-06-19", "Quốc hội"),
    "trung-uong/2017/56-2017-nd-cp": ("nghi_dinh", "2017-05-09", "Chính phủ"),
    "kien-giang/2024/47-kh-ubnd": ("ke_hoach", "2024-02-20", "UBND tỉnh"),
    "kien-giang/2024/69-kh-ubnd": ("bao_cao", "2024-02-19", "UBND tỉnh"),
    "kien-giang/2024/130-kh-ubnd": ("ke_hoach", "2024-04-26", "UBND tỉnh"),
    "kien-giang/2024/400-ubnd-kgvx": ("cong_van", "2024-03-05", "UBND tỉnh"),
    "kien-giang/2024/486-ubnd-kgvx": ("cong_van", "2024-03-15", "UBND tỉnh"),
    "kien-giang/2024/496-ubnd-kgvx": ("cong_van", "2024-03-18", "UBND tỉnh"),
    "kien-giang/2024/611-ubnd-kgvx": ("cong_van", "2024-03-30", "UBND tỉnh"),
    "kien-giang/2024/1545-qd-ubnd": ("quyet_dinh", "2024-05-28", "Chủ tịch UBND tỉnh"),
}  # fmt: skip
NAMED = {
    "trung-uong/2016/102-2016-qh13",
    "trung-uong/2022/06-qd-ttg",
    "trung-uong/2017/938-qd-ttg",
    "trung-uong/2023/1591-qd-ttg",
}
"""What nicknames and titles lead to: Luật Trẻ em, Đề án 06, Đề án 938, the programme of 1591/QĐ-TTg."""


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    db = tmp_path_factory.mktemp("seed") / "x.db"
    kgdocs.build([SHARED / "gold" / "seed"], db)
    connection = sqlite3.connect(db)
    yield connection
    connection.close()


def test_the_sixteen_documents_and_no_other(seed):
    sql = "SELECT id, type, issued_on, issuer FROM documents WHERE code IS NOT NULL"
    found = {row[0]: row[1:] for row in seed.execute(sql)}
    assert set(found) == set(DOCUMENTS) | NAMED
    assert {name: found[name] for name in DOCUMENTS} == DOCUMENTS


def test_every_numbered_mention_has_its_target(seed):
    found = seed.execute("SELECT code, target_id FROM mentions WHERE kind = 'numbered'").fetchall()
    assert len(found) == 27
    assert {target for _, target in found} == set(DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "count", "target"),
    [
        ("luật trẻ em", 2, "trung-uong/2016/102-2016-qh13"),
        ("đề án 06", 2, "trung-uong/2022/06-qd-ttg"),
        ("đề án 938", 2, "trung-uong/2017/938-qd-ttg"),
    ],
)
def test_names_and_nicknames(text, count, target, seed):
    found = [row for row in seed.execute("SELECT text, target_id FROM mentions") if row[0].lower() == text]
    assert [row[1] for row in found] == [target] * count


def test_both_self_references_are_the_report(seed):
    own = seed.execute("SELECT document_id FROM sources WHERE state = 'read'").fetchone()[0]
    blanks = seed.execute("SELECT text, target_id FROM mentions WHERE rule = 'blank_number' ORDER BY start").fetchall()
    assert blanks == [("Số: /BC-LDTBXH", own), ("Báo cáo số /BC-LĐTĐXH", own)]


def test_both_drafts(seed):
    drafts = seed.execute("SELECT text, target_id FROM mentions WHERE rule = 'draft'").fetchall()
    assert [text for text, _ in drafts] == ["dự thảo Quyết định"] * 2
    assert len({target for _, target in drafts}) == 2


RELATIONS = [
    ("kien-giang/2024/211-kh-tu", "implements", "asserted", "trung-uong/2023/28-ct-tw"),
    ("kien-giang/2024/chua-co-so/%", "reports_on", "asserted", "kien-giang/2024/56-kh-ubnd"),
    ("trung-uong/2017/56-2017-nd-cp", "details", "asserted", "trung-uong/2016/102-2016-qh13"),
    ("kien-giang/du-kien/%", "implements", "planned", "kien-giang/2024/211-kh-tu"),
    ("kien-giang/2024/496-ubnd-kgvx", "comments_on", "asserted", "trung-uong/du-thao/%28-ct-tw%"),
    ("trung-uong/du-thao/%", "implements", "planned", "trung-uong/2023/28-ct-tw"),
    ("kien-giang/2024/47-kh-ubnd", "implements", "asserted", "trung-uong/2023/1591-qd-ttg"),
]


@pytest.mark.parametrize(("source", "kind", "status", "target"), RELATIONS)
def test_relations(source, kind, status, target, seed):
    sql = "SELECT id FROM relations WHERE from_id LIKE ? AND type = ? AND status = ? AND to_id LIKE ?"
    found = seed.execute(sql, (source, kind, status, target)).fetchall()
    assert len(found) == 1
    sql = 'SELECT s.text, e."start", e."end", e.text FROM evidence e JOIN sources s ON s.id = e.source_id WHERE relation_id = ?'
    evidence = seed.execute(sql, found[0]).fetchall()
    assert evidence
    assert all(text[start:end] == said for text, start, end, said in evidence)


AGENCIES = [
    ("kien-giang/2024/1545-qd-ubnd", "establishes", ["Ban Chỉ đạo", "Tổ Giúp việc Ban chỉ đạo thực hiện công tác bảo vệ, chăm sóc trẻ em tỉnh Kiên Giang"], []),
    ("kien-giang/2023/2454-khph-ldtbxh-gddt-yt-ca", "coordinates", ["Sở Lao động - Thương binh và Xã hội", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Công an tỉnh"],
     ["kien-giang/so-lao-dong-thuong-binh-va-xa-hoi", "kien-giang/so-giao-duc-va-dao-tao", "kien-giang/so-y-te", "kien-giang/cong-an-tinh"]),
    ("kien-giang/2022/3931-khph-ldtbxh-cat-bdbp-sngv-hlhpn", "coordinates", ["Sở Lao động - Thương binh và Xã hội", "Công an tỉnh", "Bộ Chỉ huy Bộ đội biên phòng", "Sở Ngoại vụ", "Hội LHPN tỉnh"], None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "names", "ids"), AGENCIES)
def test_what_documents_do_to_agencies(source, kind, names, ids, seed):
    sql = "SELECT id, agency, agency_id FROM agency_relations WHERE from_id = ? AND type = ?"
    found = seed.execute(sql, (source, kind)).fetchall()
    assert {agency for _, agency, _ in found} == set(names)
    if ids is not None:
        assert {known for _, _, known in found if known} == set(ids)
    sql = """SELECT s.text, e."start", e."end", e.text, e.rule FROM agency_evidence e JOIN sources s ON s.id = e.source_id
             WHERE agency_relation_id = ?"""
    for relation, agency, _ in found:
        ((text, start, end, said, rule),) = seed.execute(sql, (relation,)).fetchall()
        assert rule
        assert text[start:end] == said
        assert said.endswith(agency)


def test_no_other_document_acts_on_agencies(seed):
    assert seed.execute("SELECT count(*), count(DISTINCT from_id) FROM agency_relations").fetchone() == (11, 3)
    assert (
        seed.execute("SELECT count(*) FROM agency_relations r JOIN agencies a ON a.id = r.agency_id").fetchone()[0]
        == (seed.execute("SELECT count(agency_id) FROM agency_relations").fetchone()[0])
    )


def test_evidence_tells_how_often_its_rule_is_right(seed):
    known = seed.execute("SELECT DISTINCT rule, precision, measured FROM evidence").fetchall()
    assert all((precision is None) is (measured == 0) for _, precision, measured in known)
    assert {rule: precision for rule, precision, _ in known}["plan_about_implementing"] == 1.0
    assert {rule: measured for rule, _, measured in known}["mention"] == 0


def test_the_letter_itself_implements_nothing(seed):
    sql = "SELECT count(*) FROM relations WHERE from_id = 'kien-giang/2024/496-ubnd-kgvx' AND type = 'implements'"
    assert seed.execute(sql).fetchone() == (0,)


FINDINGS = {
    "LABEL_SYMBOL": ["kien-giang/2024/69-kh-ubnd"],
    "NUMBER_ORDER": ["kien-giang/2024/69-kh-ubnd"],
    "ISSUER_SYMBOL": ["kien-giang/2024/56-kh-ubnd"] * 2,
    "UNNUMBERED": ["kien-giang/2024/chua-co-so/%"] * 2,
    "CODE_TYPO": ["kien-giang/2023/2454-%", "kien-giang/2024/chua-co-so/%", "kien-giang/2024/chua-co-so/%"],
    "ALIAS_INCONSISTENT": ["kien-giang/2022/3931-%"],
    "MISSING_IMPLEMENTATION": ["kien-giang/2024/211-kh-tu"],
    "UNCITED_DIRECTIVE": ["kien-giang/2024/400-ubnd-kgvx"],
    "TITLE_MISMATCH": ["trung-uong/2023/1591-qd-ttg"],
    "MISSING_AMENDMENT": ["trung-uong/2021/20-2021-nd-cp"],
    "WEEKEND_DATE": ["kien-giang/2024/611-ubnd-kgvx"],
}
"""Reference §9, beside one UNRESOLVED for each document that is only cited: code → documents, "%" for the rest of an id."""


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    db = tmp_path_factory.mktemp("seed") / "y.db"
    kgdocs.build([SHARED / "gold" / "seed", ROOT / "corpus" / "register.csv"], db)
    connection = sqlite3.connect(db)
    yield connection
    connection.close()


def test_exactly_these_findings(audited):
    found = audited.execute("SELECT code, document_id FROM findings WHERE code <> 'UNRESOLVED'").fetchall()
    expected = sorted((code, one) for code, documents in FINDINGS.items() for one in documents)
    assert len(found) == len(expected)
    for (code, document), (known, pattern) in zip(sorted(found), expected, strict=True):
        assert code == known
        assert fnmatch(document, pattern.replace("%", "*"))


def test_one_unresolved_for_each_document_that_texts_only_cite(audited):
    """What only a row of the register names is not cited by any text."""
    cited = audited.execute(
        "SELECT id FROM documents d WHERE status = 'cited' AND id IN (SELECT target_id FROM mentions) ORDER BY 1"
    ).fetchall()
    found = audited.execute("SELECT document_id FROM findings WHERE code = 'UNRESOLVED' ORDER BY 1").fetchall()
    assert found == cited
    assert cited


@pytest.mark.parametrize(
    ("code", "severity", "words"),
    [
        ("TITLE_MISMATCH", "info", ["đến năm 2030", "2023 - 2030"]),
        ("MISSING_AMENDMENT", "info", ["76/2024/NĐ-CP", "01/7/2024"]),
        ("WEEKEND_DATE", "info", ["30/3/2024", "thứ Bảy"]),
        ("UNCITED_DIRECTIVE", "low", ["có thể là 27/TB-VPCP ngày 20/01/2024"]),
        ("NUMBER_ORDER", "medium", ["69/KH-UBND", "19/02/2024", "47/KH-UBND", "20/02/2024"]),
        ("MISSING_IMPLEMENTATION", "high", ["211-KH/TU", "28-CT/TW", "mới dự kiến"]),
    ],
)
def test_what_findings_say(code, severity, words, audited):
    ((found, message),) = audited.execute("SELECT severity, message FROM findings WHERE code = ?", (code,))
    assert found == severity
    assert all(word in message for word in words)


def chain_of(connection, day=None):
    steps = audit(connection, day).steps
    return [
        one
        for one in steps
        if one.directive_id == "trung-uong/2023/28-ct-tw" and one.place in ("kien-giang", "trung-uong")
    ]


def test_the_chain_of_the_directive(audited):
    found = {one.step: one for one in chain_of(audited) if one.state != "unknown"}
    assert set(found) == {"party_plan", "government_plan", "central_decision"}
    party, government, central = found["party_plan"], found["government_plan"], found["central_decision"]
    assert (party.state, party.document_id, party.days) == ("done", "kien-giang/2024/211-kh-tu", 122)
    assert (government.state, government.agency) == ("planned", "kien-giang/ubnd")
    assert government.evidence[0]["text"].startswith("Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU")
    assert (central.state, central.document_id.split("/")[1]) == ("planned", "du-thao")
    unknown = [one for one in chain_of(audited) if one.state == "unknown"]
    assert len([one for one in unknown if one.step == "district_plan"]) == 15
    assert all(one.basis.startswith("Chưa biết: ") for one in unknown)


def test_on_the_first_of_march_the_plan_was_not_yet_there(audited):
    (party,) = (one for one in chain_of(audited, "2024-03-01") if one.step == "party_plan")
    assert (party.state, party.document_id, party.days) == ("unknown", None, None)
    assert not [one for one in chain_of(audited, "2024-03-01") if one.document_id]
