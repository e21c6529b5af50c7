"""What persons decided in corrections.yml is followed, marked, and survives; what cannot be followed is told."""

import random

import pytest

from kgdocs.link import link
from kgdocs.models import Reading
from kgdocs.read import read_corrections, source_of
from tests.test_identity import ISSUED, PLANNED
from tests.test_link import KG, REGISTER, linked, plan, reading, row

__all__ = ["linked", "reading"]


@pytest.fixture(scope="session")
def decided(rules, reading):
    """Decisions and texts (and register rows) → what linking them gives, with the links of each text."""

    def run(decisions: str, *texts: str, rows=REGISTER, order=None):
        readings = [reading(text, f"tep/van-ban-{i}.txt") for i, text in enumerate(texts)]
        register = Reading(source=source_of("so.csv", b"x", "register", rules), rows=rows)
        text = "corrections:\n" + "".join(f"  - {{{one}, by: An, on: 2026-11-25}}\n" for one in decisions.splitlines())
        source = source_of("corrections.yml", text.encode(), "corrections", rules)
        everything = [*readings, register, Reading(source=source, corrections=read_corrections(text))]
        if order is not None:
            random.Random(order).shuffle(everything)
        result = link(everything, rules)
        return result, [result.links[one.source.id] for one in readings], result.skipped.get(source.id, ())

    return run


LANG_SON = "lang-son/2024/47-kh-ubnd"
KIEN_GIANG = "kien-giang/2024/47-kh-ubnd"
BARE = "Kế hoạch số 47/KH-UBND"
MEANS = [
    ("everywhere, by its words", f"means: {LANG_SON}, mention: {BARE}", LANG_SON),
    ("… or by its code", f"means: {LANG_SON}, mention: 47/KH-UBND", LANG_SON),
    ("… however it is spaced", f'means: {LANG_SON}, mention: "kế hoạch  số 47/KH-UBND"', LANG_SON),
    ("in one file", f"means: {LANG_SON}, mention: {BARE}, source: van-ban-0.txt", LANG_SON),
    ("at one place", f"means: {LANG_SON}, mention: {BARE}, at: 0", LANG_SON),
    ("the narrower goes first", f"means: {KIEN_GIANG}, mention: {BARE}\nmeans: {LANG_SON}, mention: {BARE}, at: 0", LANG_SON),
    ("not in another file", f"means: {LANG_SON}, mention: {BARE}, source: van-ban-7.txt", None),
    ("nor in one whose name only ends so", f"means: {LANG_SON}, mention: {BARE}, source: n-0.txt", None),
    ("nor at another place", f"means: {LANG_SON}, mention: {BARE}, at: 5", None),
    ("nor another mention", f"means: {LANG_SON}, mention: Kế hoạch số 47/KH-UB", None),
    ("by an id that redirects", f"means: lang-son/47-kh-ubnd, mention: {BARE}", LANG_SON),
]  # fmt: skip


@pytest.mark.parametrize(("decision", "target"), [case[1:] for case in MEANS], ids=[case[0] for case in MEANS])
def test_what_a_mention_means(decision, target, decided):
    _, links, faults = decided(decision, BARE)
    assert links[0][0].target_id == target
    assert links[0][0].resolution == ("corrected" if target else "ambiguous")
    assert bool(faults) is (target is None)
    if target:
        assert links[0][0].reason == "Theo quyết định của An ngày 25/11/2026."


def test_decisions_of_two_files_that_contradict_each_other_are_not_followed(rules, reading):
    text = reading(BARE)
    files = []
    for name, target in (("a/corrections.yml", LANG_SON), ("b/corrections.yml", KIEN_GIANG)):
        words = f"corrections:\n  - {{means: {target}, mention: {BARE}, by: An, on: 2026-11-25}}\n"
        source = source_of(name, words.encode(), "corrections", rules)
        files.append(Reading(source=source, corrections=read_corrections(words)))
    register = Reading(source=source_of("so.csv", b"x", "register", rules), rows=REGISTER)
    result = link([text, register, *files], rules)
    assert result.links[text.source.id][0].resolution == "ambiguous"
    told = [fault for one in files for fault in result.skipped[one.source.id]]
    assert [fault.reason for fault in told] == ["trái với một quyết định khác về cùng lượt viện dẫn"] * 2


def test_a_decision_beats_what_the_text_says_and_its_facts_follow(decided):
    text = KG.replace("{}", f"{BARE} ngày 20/02/2024 của UBND tỉnh Kiên Giang")
    result, links, _ = decided(f"means: {LANG_SON}, mention: {BARE}", text)
    assert (links[0][-1].resolution, links[0][-1].target_id) == ("corrected", LANG_SON)
    document = next(one for one in result.documents if one.id == LANG_SON)
    assert "UBND tỉnh Kiên Giang" in {fact.value for fact in document.facts if fact.field == "issuer"}
    assert {part.name: part.state for part in links[0][-1].parts}["issuer"] == "differs"


@pytest.mark.parametrize(
    ("decision", "where"),
    [
        ("means: kien-giang/2024/1-kh-ubnd, mention: 47/KH-UBND", "kien-giang/2024/1-kh-ubnd"),
        ("same: [kien-giang/2024/47-kh-ubnd, x/y]", "x/y"),
        ("different: [x/y, kien-giang/2024/47-kh-ubnd]", "x/y"),
        ("means: kien-giang/2024/47-kh-ubnd, mention: Chỉ thị 99", "Chỉ thị 99"),
    ],
)
def test_what_cannot_be_followed_is_told_with_its_line(decision, where, decided):
    _, links, faults = decided(f"different: [{LANG_SON}, {KIEN_GIANG}]\n{decision}", BARE)
    assert links[0][0].resolution == "ambiguous"
    assert [(fault.line, fault.code, fault.placed) for fault in faults] == [(3, where, False)]
    assert faults[0].reason in ("chưa có văn bản này trong kho", "không thấy lượt viện dẫn này")


def test_two_documents_are_one(decided):
    old, new = "kien-giang/2024/55-kh-ubnd", "kien-giang/2024/56-kh-ubnd"
    texts = [
        KG.replace("{}", "Kế hoạch số 56/KH-UBND ngày 06/3/2024 của UBND tỉnh"),
        KG.replace("{}", "Kế hoạch số 55/KH-UBND ngày 06/3/2024").replace("Số: 99", "Số: 98"),
    ]
    result, links, faults = decided(f"same: [{old}, {new}]", *texts)
    assert not faults
    assert {found[-1].target_id for found in links} == {old}
    assert result.redirects[new] == old
    assert new not in {document.id for document in result.documents}
    document = next(one for one in result.documents if one.id == old)
    marks = [(fact.value, fact.origin) for fact in document.facts if fact.field == "same_as"]
    assert marks == [(new, "correction")]
    assert {fact.value for fact in document.facts if fact.field == "code"} == {"55/KH-UBND", "56/KH-UBND"}


def test_three_documents_are_one_whatever_the_order_of_decisions(decided):
    ids = [f"kien-giang/2024/{number}-kh-ubnd" for number in (61, 62, 63)]
    text = KG.replace("{}", "; ".join(f"Kế hoạch số {n}/KH-UBND ngày 06/3/2024 của UBND tỉnh" for n in (61, 62, 63)))
    pairs = [f"same: [{ids[0]}, {ids[1]}]", f"same: [{ids[2]}, {ids[1]}]"]
    for decisions in (pairs, pairs[::-1]):
        _, links, _ = decided("\n".join(decisions), text)
        assert len({one.target_id for one in links[0][1:]}) == 1


def test_a_text_of_its_own_is_the_registers_document(decided):
    text = "KẾ HOẠCH\nCông tác trẻ em\n\nNội dung.\n"
    plain, _, _ = decided(f"different: [{LANG_SON}, {KIEN_GIANG}]", text)
    own = next(iter(plain.own.values()))
    result, _, _ = decided(f"same: [{LANG_SON}, {own}]", text)
    assert list(result.own.values()) == [LANG_SON]
    assert result.redirects[own] == LANG_SON


def test_a_planned_document_stays_apart_from_what_was_issued(decided):
    before, _, _ = decided(f"different: [{LANG_SON}, {KIEN_GIANG}]", PLANNED)
    planned = next(document.id for document in before.documents if document.status == "planned")
    result, _, faults = decided(f"different: [{planned}, kien-giang/2024/77-kh-ubnd]", PLANNED, ISSUED)
    assert not faults
    assert planned in {document.id for document in result.documents}
    assert planned not in result.redirects


def test_a_slip_that_is_none(decided):
    text = KG.replace("{}", "Kế hoạch số 55/KH-UBNN ngày 06/3/2024 của UBND tỉnh Kiên Giang")
    known, slip = "kien-giang/2024/55-kh-ubnd", "kien-giang/2024/55-kh-ubnn"
    _, links, _ = decided(f"different: [{LANG_SON}, {KIEN_GIANG}]", text)
    assert links[0][-1].target_id == known
    result, links, faults = decided(f"different: [{known}, {slip}]", text)
    assert not faults
    assert (links[0][-1].resolution, links[0][-1].target_id) == ("corrected", slip)
    assert slip not in result.redirects


def test_decisions_survive_what_arrives_later_and_any_order(decided):
    decision = f"means: {LANG_SON}, mention: {BARE}"
    _, before, _ = decided(decision, BARE)
    assert before[0][0].target_id == LANG_SON
    later = (*REGISTER, row("47/KH-UBND", "2024-02-22", "UBND tỉnh Sông Mẫu"))
    results = [decided(decision, BARE, plan("Kiên Giang", 5), rows=later, order=order) for order in range(4)]
    assert {links[0][0].target_id for _, links, _ in results} == {LANG_SON}
    assert len({repr(sorted(map(repr, result.documents))) for result, _, _ in results}) == 1


def test_without_decisions_nothing_changes(linked):
    result, links = linked(BARE, rows=REGISTER)
    assert links[0][0].resolution == "ambiguous"
    assert not [fact for document in result.documents for fact in document.facts if fact.origin == "correction"]


def test_a_draft_that_is_said_to_be_an_issued_document_may_be_named_first(decided):
    draft = "trung-uong/du-thao/du-thao-quyet-dinh-ve-cham-soc-tre-em"
    text = (
        "Theo dự thảo Quyết định của Thủ tướng Chính phủ về chăm sóc trẻ em.\nQuyết định số 1591/QĐ-TTg ngày 8/12/2024."
    )
    plain, _, _ = decided("", text)
    ids = [one.id for one in plain.documents]
    assert [one for one in ids if "du-thao" in one] == [draft]
    (issued,) = [one for one in ids if one.endswith("1591-qd-ttg")]
    for first, second in ((draft, issued), (issued, draft)):
        result, links, faults = decided(f"same: [{first}, {second}]", text)
        assert faults == ()
        assert len({one.target_id for one in links[0]}) == 1
        assert len(result.documents) == len(plain.documents) - 1
