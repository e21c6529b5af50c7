"""Chains: which directive begins one, what fills each step, and what may be said of a step that nothing fills."""

import pytest

from kgdocs.grammar.load import load_patterns
from kgdocs.lineage.asof import as_of
from kgdocs.lineage.chains import Chains
from kgdocs.lineage.compare import compare
from kgdocs.lineage.graph import build_graph
from kgdocs.lineage.statistics import coverage, delay_counts
from kgdocs.lineage.units import Units
from kgdocs.models import Deadline, StatedDeadline
from kgdocs.paths import shipped_folder

FILES, _ = load_patterns(shipped_folder("patterns"))
RULES = FILES["chains"]


def node(id_, code, type_, day, agency, level, status="read", title=""):
    return {
        "id": id_, "code": code, "type": type_, "label": None, "title": title, "issued_on": day, "issuer": agency,
        "agency_id": agency, "place": None, "level": level, "status": status,
    }  # fmt: skip


DIRECTIVE = node("trung-uong/2022/11-ct-tw", "11-CT/TW", "chi_thi", "2022-01-10", "trung-uong/bo-chinh-tri", "central")
PARTY = node("song-mau/2022/5-kh-tu", "5-KH/TU", "ke_hoach", "2022-03-01", "song-mau/ban-thuong-vu-tinh-uy", "province")
STATE = node("song-mau/2022/9-kh-ubnd", "9-KH-UBND", "ke_hoach", "2022-04-01", "song-mau/ubnd", "province")
OTHER = node("song-mau/2022/8-kh-ubnd", "8-KH-UBND", "ke_hoach", "2022-05-01", "song-mau/ubnd", "province")
LETTER = node("song-mau/2022/7-ubnd-vx", "7/UBND-VX", "cong_van", "2022-05-01", "song-mau/ubnd", "province")
DISTRICT = node(
    "song-mau/an-mau/2022/3-kh-ubnd", "3-KH-UBND", "ke_hoach", "2022-06-01", "song-mau/an-mau/ubnd", "district"
)
LATER = node("song-mau/2023/1-bc-ubnd", "1/BC-UBND", "bao_cao", "2023-06-01", "song-mau/ubnd", "province")
DRAFT = node("song-mau/du-kien/ke-hoach", None, "ke_hoach", None, "song-mau/ubnd", "province", "planned")


def edge(source, target, kind="implements", status="asserted"):
    words = {
        "source": "s",
        "path": "a.txt",
        "asserted_by": LATER["id"],
        "asserted_on": "2023-06-01",
        "start": 0,
        "end": 3,
    }
    return {"from_id": source["id"], "to_id": target["id"], "type": kind, "status": status,
            "evidence": [{**words, "text": "trình kế hoạch", "page": None, "rule": "x"}]}  # fmt: skip


def steps(rules, documents, relations, deadlines=(), day=None):
    graph = build_graph(documents, relations)
    found = Chains(graph, rules, deadlines).all(day)
    return {(one.place, one.step, one.agency): one for one in found if one.directive_id == DIRECTIVE["id"]}


def state(found, step, agency):
    return found["song-mau", step, f"song-mau/{agency}"]


def test_a_chain_down_two_ladders(rules):
    found = steps(
        rules, [DIRECTIVE, PARTY, STATE, DISTRICT], [edge(PARTY, DIRECTIVE), edge(STATE, PARTY), edge(DISTRICT, STATE)]
    )
    party, government = state(found, "party_plan", "ban-thuong-vu-tinh-uy"), state(found, "government_plan", "ubnd")
    district = found["song-mau", "district_plan", "song-mau/an-mau/ubnd"]
    assert [(one.state, one.document_id, one.days) for one in (party, government, district)] == [
        ("done", PARTY["id"], 50), ("done", STATE["id"], 81), ("done", DISTRICT["id"], 142),
    ]  # fmt: skip
    assert [one.carries_out for one in (party, government, district)] == [DIRECTIVE["id"], PARTY["id"], STATE["id"]]
    assert party.evidence[0]["text"] == "trình kế hoạch"
    other = found["song-mau", "district_plan", "song-mau/binh-mau/ubnd"]
    assert (other.state, other.document_id) == ("unknown", None)


def test_of_several_plans_that_are_carried_out_the_first_by_id_is_told(rules):
    plans = [{**STATE, "id": f"song-mau/2022/{number}-kh-ubnd"} for number in range(21, 29)]
    relations = [edge(plan, DIRECTIVE) for plan in plans] + [edge(DISTRICT, plan) for plan in reversed(plans)]
    found = steps(rules, [DIRECTIVE, *plans, DISTRICT], relations)
    told = {one.carries_out for one in found.values() if one.document_id == DISTRICT["id"]}
    assert told == {plans[0]["id"]}


def test_nothing_is_missing_where_nothing_of_that_agency_was_read(rules):
    found = steps(rules, [DIRECTIVE, PARTY, LATER], [edge(PARTY, DIRECTIVE)])
    one = state(found, "government_plan", "ubnd")
    assert one.state == "unknown"
    assert "không có văn bản nào cùng loại" in one.basis
    assert one.required


def test_missing_says_what_was_looked_through(rules):
    found = steps(rules, [DIRECTIVE, PARTY, OTHER, LATER], [edge(PARTY, DIRECTIVE)])
    one = state(found, "government_plan", "ubnd")
    assert (one.state, one.carries_out) == ("missing", PARTY["id"])
    assert one.basis.startswith("Đã xem 1 văn bản cùng loại của Ủy ban nhân dân tỉnh Sông Mẫu từ 01/3/2022")


def test_a_letter_is_no_sign_that_plans_were_read(rules):
    found = steps(rules, [DIRECTIVE, PARTY, LETTER, LATER], [edge(PARTY, DIRECTIVE)])
    assert state(found, "government_plan", "ubnd").state == "unknown"


def test_documents_of_another_time_are_no_sign_either(rules):
    old = {**OTHER, "issued_on": "2021-05-01"}
    late = {**OTHER, "id": "song-mau/2024/8-kh-ubnd", "issued_on": "2024-05-01"}
    found = steps(rules, [DIRECTIVE, PARTY, old, late, LATER], [edge(PARTY, DIRECTIVE)])
    assert state(found, "government_plan", "ubnd").state == "unknown"


def test_districts_wait_for_the_province(rules):
    own = {**DISTRICT, "id": "song-mau/an-mau/2022/4-kh-ubnd", "issued_on": "2022-09-01"}
    waiting = steps(rules, [DIRECTIVE, LATER, own], [edge(LATER, DIRECTIVE, "reports_on")])
    told = steps(rules, [DIRECTIVE, STATE, LATER, own], [edge(STATE, DIRECTIVE)])
    states = [found["song-mau", "district_plan", "song-mau/an-mau/ubnd"].state for found in (waiting, told)]
    assert states == ["unknown", "missing"]


def test_a_directive_of_the_province_speaks_to_its_districts_itself(rules):
    plan = {
        **DISTRICT,
        "id": "song-mau/an-mau/2022/4-kh-hu",
        "code": "4-KH/HU",
        "agency_id": "song-mau/an-mau/huyen-uy",
    }
    graph = build_graph([PARTY, STATE, LATER, plan], [edge(STATE, PARTY)])
    for day, expected in (("2022-06-01", "unknown"), ("2022-12-31", "missing")):
        found = {one.agency: one.state for one in Chains(graph, rules).all(day) if one.step == "district_party_plan"}
        assert found["song-mau/an-mau/huyen-uy"] == expected


def test_it_is_too_early_before_the_usual_time_has_passed(rules):
    found = steps(rules, [DIRECTIVE, PARTY, OTHER], [edge(PARTY, DIRECTIVE)], day="2022-03-15")
    one = state(found, "government_plan", "ubnd")
    assert one.state == "unknown"
    assert "chưa quá thời gian thường thấy" in one.basis


def test_a_place_that_only_names_the_directive_needs_more_reading(rules):
    others = [{**OTHER, "id": f"song-mau/2022/{n}-kh-ubnd", "code": f"{n}/KH-UBND"} for n in (10, 11, 12)]
    for count, expected in ((1, "unknown"), (3, "missing")):
        found = steps(rules, [DIRECTIVE, LATER, *others[:count]], [edge(LATER, DIRECTIVE, "cites")])
        assert state(found, "government_plan", "ubnd").state == expected


def test_documents_from_before_what_is_to_be_carried_out_are_no_sign(rules):
    between = {**OTHER, "issued_on": "2022-02-01"}  # after the directive, before the Party committee's plan
    found = steps(rules, [DIRECTIVE, PARTY, between, LATER], [edge(PARTY, DIRECTIVE)])
    assert state(found, "government_plan", "ubnd").state == "unknown"
    found = steps(rules, [DIRECTIVE, PARTY, OTHER], [edge(PARTY, DIRECTIVE)], day="2022-05-05")
    one = state(found, "government_plan", "ubnd")
    assert (one.state, "đến 11/6/2022" in one.basis) == ("unknown", True)  # the usual time runs from 01/3/2022


def test_nothing_is_counted_from_a_document_without_a_date(rules):
    undated = {**PARTY, "issued_on": None}
    found = steps(rules, [DIRECTIVE, undated, OTHER, LATER], [edge(undated, DIRECTIVE)])
    one = state(found, "government_plan", "ubnd")
    assert (one.state, one.basis) == ("unknown", "Chưa biết: không rõ ngày của 5-KH/TU.")


@pytest.mark.parametrize("kind", ["cites", "based_on", "disseminates"])
def test_a_plan_that_names_what_it_may_carry_out_leaves_the_step_unknown(kind, rules):
    named = [edge(PARTY, DIRECTIVE), edge(OTHER, PARTY, kind)]
    one = state(steps(rules, [DIRECTIVE, PARTY, OTHER, LATER], named), "government_plan", "ubnd")
    assert (one.state, one.document_id) == ("unknown", None)
    assert "8-KH-UBND có nêu 5-KH/TU" in one.basis
    assert one.evidence
    elsewhere = [edge(PARTY, DIRECTIVE), edge(LATER, PARTY, kind)]
    assert (
        state(steps(rules, [DIRECTIVE, PARTY, OTHER, LATER], elsewhere), "government_plan", "ubnd").state == "missing"
    )


def test_a_document_older_than_what_it_is_said_to_carry_out_fills_nothing_for_sure(rules):
    old = {**STATE, "issued_on": "2022-02-01"}
    one = state(
        steps(rules, [DIRECTIVE, PARTY, old], [edge(PARTY, DIRECTIVE), edge(old, PARTY)]), "government_plan", "ubnd"
    )
    assert (one.state, one.document_id, one.days) == ("unknown", old["id"], None)
    assert "01/02/2022, trước ngày 01/3/2022" in one.basis


def test_a_unit_that_was_dissolved_before_it_had_to_act_misses_nothing(rules):
    late = {**PARTY, "issued_on": "2025-05-01"}
    state_plan = {**STATE, "issued_on": "2025-05-20"}
    own = {**DISTRICT, "id": "song-mau/an-mau/2025/4-kh-ubnd", "issued_on": "2025-06-10"}
    later = {**LATER, "issued_on": "2026-06-01"}
    begun = {**DIRECTIVE, "issued_on": "2025-04-01"}
    found = steps(rules, [begun, late, state_plan, own, later], [edge(late, DIRECTIVE), edge(state_plan, late)])
    one = found["song-mau", "district_plan", "song-mau/an-mau/ubnd"]
    assert one.state == "unknown"
    assert "chấm dứt hoạt động từ 01/7/2025" in one.basis


@pytest.mark.parametrize(
    ("status", "expected"), [("planned", "planned"), ("negated", "missing"), ("asserted", "planned")]
)
def test_what_is_planned_or_denied(status, expected, rules):
    found = steps(rules, [DIRECTIVE, PARTY, DRAFT, LATER], [edge(PARTY, DIRECTIVE), edge(DRAFT, PARTY, status=status)])
    one = state(found, "government_plan", "ubnd")
    assert (one.state, one.days) == (expected, None)
    assert "trình kế hoạch" in one.basis
    assert one.evidence


def due(day, task="plan", audience=("province_state",), document=PARTY):
    limit = Deadline(due=day, task=task, audience=audience, start=0, end=1, text=f"trước ngày {day}", rule="x")
    return StatedDeadline(document_id=document["id"], source_id="s", deadline=limit)


@pytest.mark.parametrize(
    ("deadline", "expected", "stated"),
    [
        (due("2022-03-31"), "late", "2022-03-31"),
        (due("2022-04-01"), "done", "2022-04-01"),  # the last day counts
        (due("2022-03-31", document=DIRECTIVE), "late", "2022-03-31"),
        (due("2022-03-31", audience=("district",)), "done", None),
        (due("2022-03-31", task="report"), "done", None),
        (due("--12-15"), "done", None),
    ],
)
def test_only_a_stated_deadline_makes_late(deadline, expected, stated, rules):
    found = steps(rules, [DIRECTIVE, PARTY, STATE], [edge(PARTY, DIRECTIVE), edge(STATE, PARTY)], [deadline])
    one = state(found, "government_plan", "ubnd")
    assert (one.state, one.deadline) == (expected, stated)
    assert ("Thời hạn" in one.basis) is bool(stated)


def test_before_a_stated_deadline_nothing_is_missing(rules):
    documents, relations = [DIRECTIVE, PARTY, OTHER, LATER], [edge(PARTY, DIRECTIVE)]
    early = steps(rules, documents, relations, [due("2022-12-31")], day="2022-12-31")
    after = steps(rules, documents, relations, [due("2022-12-31")], day="2023-01-01")
    assert state(early, "government_plan", "ubnd").state == "unknown"
    assert state(after, "government_plan", "ubnd").state == "missing"


def test_observed_practice_is_labelled_and_no_deadline(rules):
    pairs = [
        node(
            f"kien-giang/2021/{n}-kh-ubnd", f"{n}/KH-UBND", "ke_hoach", f"2021-{n:02}-15", "kien-giang/ubnd", "province"
        )
        for n in range(1, 13)
    ]
    aim = node(
        "trung-uong/2021/1-ct-ttg", "1/CT-TTg", "chi_thi", "2021-01-01", "trung-uong/thu-tuong-chinh-phu", "central"
    )
    found = steps(rules, [DIRECTIVE, PARTY, aim, *pairs], [edge(PARTY, DIRECTIVE), *(edge(one, aim) for one in pairs)])
    one = state(found, "party_plan", "ban-thuong-vu-tinh-uy")
    assert (one.state, one.deadline) == ("done", None)
    assert "thực tế trong dữ liệu: trung vị" in one.basis


def test_a_draft_is_no_directive_and_a_plan_that_carries_out_is_a_step(rules):
    graph = build_graph(
        [DIRECTIVE, PARTY, STATE, DRAFT], [edge(PARTY, DIRECTIVE), edge(STATE, PARTY), edge(STATE, DRAFT)]
    )
    assert {one.directive_id for one in Chains(graph, rules).all()} == {DIRECTIVE["id"]}


def test_a_circle_ends(rules):
    graph = build_graph(
        [DIRECTIVE, PARTY, STATE],
        [edge(PARTY, DIRECTIVE), edge(STATE, PARTY), edge(PARTY, STATE), edge(DIRECTIVE, STATE)],
    )
    assert Chains(graph, rules).all()


def test_as_of_a_day_shows_what_was_not_yet_there(rules):
    whole = build_graph([DIRECTIVE, PARTY, LATER], [edge(PARTY, DIRECTIVE), edge(LATER, PARTY, "reports_on")])
    then = as_of(whole, "2022-02-01")
    found = {one.step: one for one in Chains(then, rules, (), whole).all("2022-02-01") if one.place == "song-mau"}
    assert (found["party_plan"].state, found["party_plan"].document_id) == ("unknown", None)


@pytest.mark.parametrize(("day", "districts"), [("2025-06-30", 15), ("2025-07-01", 0)])
def test_units_are_those_of_the_time(day, districts, rules):
    step = next(one for one in RULES.chains[0].steps if one.id == "district_plan")
    units = Units(rules).of(step, "kien-giang", day)
    assert len(units) == districts
    assert all(unit.name.startswith("Ủy ban nhân dân ") for unit in units)


def test_departments_are_those_of_the_time(rules):
    step = next(one for one in RULES.chains[0].steps if one.id == "department_plan")
    before, after = (
        {unit.agency for unit in Units(rules).of(step, "kien-giang", day)} for day in ("2024-01-01", "2025-04-01")
    )
    assert "kien-giang/so-lao-dong-thuong-binh-va-xa-hoi" in before - after
    assert "kien-giang/so-y-te" in before & after


def test_delays_and_coverage(rules):
    graph = build_graph([DIRECTIVE, PARTY, STATE], [edge(PARTY, DIRECTIVE), edge(STATE, PARTY), edge(STATE, DIRECTIVE)])
    counts = {(one.by, one.key): (one.count, one.shortest, one.middle, one.longest) for one in delay_counts(graph)}
    assert counts["directive", DIRECTIVE["id"]] == (2, 50, 65.5, 81)
    assert counts["place", "song-mau"] == (3, 31, 50, 81)
    assert counts["level", "province"] == (3, 31, 50, 81)
    covered = {(one.place, one.step): one for one in coverage(Chains(graph, rules).all())}
    assert covered["song-mau", "government_plan"].states == {"done": 1}
    assert covered["song-mau", "district_plan"].expected == 2


def test_two_reports_side_by_side():
    graph = build_graph(
        [DIRECTIVE, PARTY, STATE, OTHER, DRAFT],
        [edge(DRAFT, PARTY, status="planned"), edge(STATE, PARTY), edge(PARTY, DIRECTIVE)],
    )
    found = compare(
        graph,
        {DIRECTIVE["id"]: False, OTHER["id"]: False, DRAFT["id"]: True},
        {DIRECTIVE["id"]: False, STATE["id"]: False, PARTY["id"]: False},
    )
    assert (found.appeared, found.vanished, found.kept) == ((PARTY["id"],), (OTHER["id"],), (DIRECTIVE["id"],))
    assert [(one.planned_id, one.document_id) for one in found.plans] == [(DRAFT["id"], STATE["id"])]
    still = compare(graph, {DRAFT["id"]: True}, {DRAFT["id"]: True})
    assert [(one.planned_id, one.document_id) for one in still.plans] == [(DRAFT["id"], None)]
