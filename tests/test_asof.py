"""The graph as it stood on a day: partial dates, undated documents, planned relations, who asserted what."""

import pytest

from kgdocs.errors import UsageError
from kgdocs.lineage.asof import as_of
from kgdocs.lineage.graph import build_graph
from kgdocs.models.days import is_day, is_there, latest_day

DATED = {
    "directive": "2023-12-25",
    "plan": "2024-04",
    "report": "2024-07-05",
    "old": "2021",
    "draft": None,
    "law": None,
}


def graph(*relations):
    """Documents of DATED and relations (from, to, status, asserted by …); evidence names nobody where that is None."""
    documents = [{"id": one, "issued_on": day, "status": "cited"} for one, day in DATED.items()]
    rows = [
        {"from_id": source, "to_id": target, "type": "implements", "status": status}
        | {"evidence": [{"asserted_by": author, "text": f"{author} says so"} for author in authors]}
        for source, target, status, *authors in relations
    ]
    return build_graph(documents, rows)


def stood(day, *relations):
    """Edges as (from, to, authors) on a day."""
    edges = as_of(graph(*relations), day).edges(data=True)
    return sorted((source, target, [one["asserted_by"] for one in data["evidence"]]) for source, target, data in edges)


@pytest.mark.parametrize(
    ("partial", "latest"),
    [
        ("2024-07-05", "2024-07-05"), ("2024-07", "2024-07-31"), ("2024-02", "2024-02-29"), ("2023-02", "2023-02-28"),
        ("2024-12", "2024-12-31"), ("2021", "2021-12-31"),
    ],
)  # fmt: skip
def test_the_latest_day_of_a_partial_date(partial, latest):
    assert latest_day(partial) == latest


@pytest.mark.parametrize("text", ["", "abc", "24", "2024-13", "2024-02-30", "202a"])
def test_what_is_no_date_has_no_latest_day(text):
    with pytest.raises(ValueError, match=r".+"):
        latest_day(text)


@pytest.mark.parametrize(
    ("issued_on", "day", "there"),
    [
        ("2024-07-05", "2024-07-05", True), ("2024-07-05", "2024-07-04", False), ("2024-07", "2024-07-30", False),
        ("2024-07", "2024-07-31", True), ("2021", "2021-12-30", False), ("2021", "2022-01-01", True),
        (None, "2024-01-01", False), ("", "2024-01-01", False),
    ],
)  # fmt: skip
def test_when_a_document_is_there(issued_on, day, there):
    assert is_there(issued_on, day) is there


@pytest.mark.parametrize("day", ["2024-13-01", "2024-02-30", "abc", "", "2024", "2024-07", "20240705", "2024-07-05T00"])
def test_what_is_no_day_is_told_in_one_sentence(day):
    assert not is_day(day)
    with pytest.raises(UsageError, match="is no day of the calendar") as told:
        as_of(graph(), day)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2021-06-01", set()), ("2021-12-31", {"old"}), ("2023-12-25", {"old", "directive"}),
        ("2024-04-29", {"old", "directive"}), ("2024-04-30", {"old", "directive", "plan"}),
        ("2024-07-05", {"old", "directive", "plan", "report"}),
    ],
)  # fmt: skip
def test_documents_come_with_their_day(day, there):
    assert set(as_of(graph(), day)) == there


def test_an_asserted_relation_stands_from_its_documents_on_whoever_tells_of_it_and_when():
    edge = ("plan", "directive", "asserted", "report", "plan")
    assert stood("2024-04-29", edge) == []
    assert stood("2024-05-01", edge) == [("plan", "directive", ["report", "plan"])]


def test_a_register_counts_between_dated_documents_only():
    assert stood("2024-05-01", ("plan", "directive", "asserted", None)) == [("plan", "directive", [None])]
    assert stood("2024-05-01", ("draft", "directive", "asserted", None)) == []
    assert stood("2024-05-01", ("plan", "directive", "planned", None)) == []


def test_an_undated_document_is_there_from_the_first_dated_one_that_tells_of_it():
    edges = [("draft", "directive", "asserted", "report", "plan"), ("plan", "law", "asserted", "plan")]
    assert "draft" not in as_of(graph(*edges), "2024-04-01")
    assert stood("2024-05-01", *edges) == [("draft", "directive", ["plan"]), ("plan", "law", ["plan"])]
    assert stood("2024-08-01", *edges)[0] == ("draft", "directive", ["report", "plan"])


def test_what_an_undated_document_says_cannot_be_placed_in_time():
    edges = [("draft", "directive", "asserted", "draft"), ("plan", "draft", "asserted", "plan")]
    assert stood("2024-08-01", *edges) == [("plan", "draft", ["plan"])]


@pytest.mark.parametrize("status", ["planned", "negated"])
def test_what_is_planned_or_denied_stands_as_far_as_it_was_said(status):
    edge = ("plan", "directive", status, "report")
    assert stood("2024-05-01", edge) == []
    assert stood("2024-07-05", edge) == [("plan", "directive", ["report"])]


def test_an_undated_document_told_of_together_with_one_to_come_is_there_without_the_relation():
    found = as_of(graph(("report", "law", "asserted", "plan")), "2024-05-01")
    assert "law" in found
    assert not found.edges


def test_a_document_issued_later_is_there_as_planned_once_a_text_says_so():
    told = ("report", "directive", "planned", "plan"), ("report", "directive", "asserted", "report")
    before, after, issued = (as_of(graph(*told), day) for day in ("2024-04-01", "2024-05-01", "2024-08-01"))
    assert "report" not in before
    assert (after.nodes["report"]["status"], after.nodes["report"]["issued_on"]) == ("planned", None)
    assert [key for _, _, key in after.edges(keys=True)] == ["implements:planned"]
    assert issued.nodes["report"]["issued_on"] == DATED["report"]
    assert len(issued.edges) == 2


def test_the_date_in_the_evidence_counts_where_the_document_is_not_in_the_graph():
    part = graph(("draft", "directive", "planned", "elsewhere"))
    assert stood("2024-08-01", ("draft", "directive", "planned", "elsewhere")) == []
    for _, _, data in part.edges(data=True):
        data["evidence"][0]["asserted_on"] = "2024-06"
    assert not as_of(part, "2024-06-29").edges
    assert len(as_of(part, "2024-06-30").edges) == 1


def test_the_graph_that_was_given_is_left_as_it_is():
    whole = graph(("draft", "directive", "asserted", "report", "plan"))
    found = as_of(whole, "2024-05-01")
    found.nodes["directive"]["status"] = "changed"
    assert len(whole) == len(DATED)
    assert whole.nodes["directive"]["status"] == "cited"
    assert [len(data["evidence"]) for _, _, data in whole.edges(data=True)] == [2]
    assert found.edges["draft", "directive", "implements:asserted"]["type"] == "implements"
