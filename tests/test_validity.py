"""From when until when documents are in force: what texts state, and what follows from replacing and repealing ones."""

import pytest

from kgdocs.grammar.load import load_patterns
from kgdocs.link import link
from kgdocs.paths import shipped_folder
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of

WORDS = load_patterns(shipped_folder("patterns"))[0]["validity"]


DECREE = """CHÍNH PHỦ
Số: 500/2022/NĐ-CP
Hà Nội, ngày 20 tháng 5 năm 2022

NGHỊ ĐỊNH
Về công tác mẫu

Điều 1. Phạm vi
Quy định về công tác mẫu.

Điều 9. Hiệu lực thi hành
1. {force}
2. {change}
"""
IN_FORCE = "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2022."
REPLACES = "Nghị định này thay thế Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ."
NEW, OLD = "trung-uong/2022/500-2022-nd-cp", "trung-uong/2012/400-2012-nd-cp"


@pytest.fixture(scope="session")
def days(rules, extractor):
    """Texts (and a register) → what linking says of each document."""

    def run(*texts: str, register: str = ""):
        readings = [
            reading_of(source_of(f"{i}.txt", text.encode(), "text", rules), rules, extractor)
            for i, text in enumerate(texts)
        ]
        if register:
            readings.append(reading_of(source_of("so.csv", register.encode(), "register", rules), rules, extractor))
        return {document.id: document for document in link(readings, rules).documents}

    return run


def facts(document, field):
    return [(fact.value, fact.origin) for fact in document.facts if fact.field == field]


@pytest.mark.parametrize(
    ("force", "day", "origin"),
    [
        (IN_FORCE, "2022-07-01", "text"),
        ("Nghị định này có hiệu lực kể từ ngày ký ban hành.", "2022-05-20", "text"),
        ("Nghị định này có hiệu lực sau 45 ngày kể từ ngày ký.", "2022-07-04", "computed"),
    ],
)
def test_own_day_of_entry_into_force(force, day, origin, days):
    document = days(DECREE.format(force=force, change="Bộ trưởng chịu trách nhiệm thi hành."))[NEW]
    assert document.effective_on == day
    (fact,) = [fact for fact in document.facts if fact.field == "effective_on"]
    assert (fact.value, fact.origin, fact.text) == (day, origin, force[: len(fact.text)])


def test_no_day_without_the_day_of_signing(days):
    text = DECREE.replace("ngày 20 tháng 5", "ngày     tháng 5").format(
        force="Nghị định này có hiệu lực kể từ ngày ký.", change="Không có."
    )
    assert all(document.effective_on is None for document in days(text).values())


def test_own_term_ends_on_the_next_day(days):
    force = "Nghị định này có hiệu lực từ ngày 01/7/2022 đến hết ngày 31/12/2022."
    document = days(DECREE.format(force=force, change="Không có."))[NEW]
    assert (document.effective_on, document.expires_on) == ("2022-07-01", "2023-01-01")


def test_what_is_replaced_expires_when_the_new_text_enters_into_force(days):
    found = days(DECREE.format(force=IN_FORCE, change=REPLACES))
    assert found[OLD].expires_on == "2022-07-01"
    (fact,) = [fact for fact in found[OLD].facts if fact.field == "expires_on"]
    assert (fact.origin, fact.source_id is not None) == ("mention", True)
    assert "thay thế Nghị định số 400/2012/NĐ-CP" in fact.text


def test_without_that_day_the_day_of_issue_is_inferred(days):
    found = days(DECREE.format(force="Bộ trưởng chịu trách nhiệm thi hành.", change=REPLACES))
    assert facts(found[OLD], "expires_on") == [("2022-05-20", "inferred")]


@pytest.mark.parametrize(
    "change",
    [
        "Bãi bỏ Điều 3 Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ.",
        "Bãi bỏ một phần Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ.",
        "Bãi bỏ một phần các văn bản sau đây:\n1. Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ.",
        "Bãi bỏ các quy định tại mục 2 Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ.",
        "Sửa đổi Điều 3 Nghị định số 400/2012/NĐ-CP ngày 03 tháng 4 năm 2012 của Chính phủ.",
    ],
)
def test_a_part_that_goes_leaves_the_document_in_force(change, days):
    assert days(DECREE.format(force=IN_FORCE, change=change))[OLD].expires_on is None


def test_the_earliest_stated_day_wins(days):
    said = "BÁO CÁO\nVề rà soát\n\nNghị định số 400/2012/NĐ-CP ngày 03/4/2012 của Chính phủ hết hiệu lực kể từ ngày 01/6/2022.\n"
    found = days(DECREE.format(force=IN_FORCE, change=REPLACES), said)
    assert found[OLD].expires_on == "2022-06-01"
    assert len(facts(found[OLD], "expires_on")) == 2


def test_own_words_go_before_registers_and_those_before_mentions(days):
    said = "BÁO CÁO\nVề rà soát\n\nNghị định số 500/2022/NĐ-CP ngày 20/5/2022 của Chính phủ có hiệu lực từ ngày 05/7/2022.\n"
    register = "code,date,issuer,effective_on\n500/2022/NĐ-CP,2022-05-20,Chính phủ,2022-07-03\n"
    own = DECREE.format(force=IN_FORCE, change="Không có.")
    assert days(said)[NEW].effective_on == "2022-07-05"
    assert days(said, register=register)[NEW].effective_on == "2022-07-03"
    assert days(own, said, register=register)[NEW].effective_on == "2022-07-01"


def test_the_register_of_the_corpus_ends_what_it_replaces(days):
    """136/2013/NĐ-CP and the law of 2004 are listed nowhere: here a text cites them."""
    register = (shipped_folder("patterns").parent / "corpus" / "register.csv").read_text(encoding="utf-8")
    cites = (
        "BÁO CÁO\nVề rà soát\n\nTheo Nghị định số 136/2013/NĐ-CP ngày 21/10/2013 của Chính phủ và Luật số 25/2004/QH11."
    )
    found = {document.code: document for document in days(cites, register=register).values()}
    assert found["136/2013/NĐ-CP"].expires_on == "2021-07-01"
    assert found["25/2004/QH11"].expires_on == "2017-06-01"
    assert [one.origin for one in found["136/2013/NĐ-CP"].facts if one.field == "expires_on"] == ["register"]


def test_another_year_is_another_document(days):
    """A row that replaces 9/2010 says nothing of 9/1998."""
    register = "code,date,issuer,relations\n30/2020/NĐ-CP,2020-03-05,Chính phủ,replaces 09/2010/NĐ-CP\n"
    cites = "BÁO CÁO\nVề rà soát\n\nTheo Nghị định số 09/1998/NĐ-CP ngày 23/01/1998 của Chính phủ."
    ended = [one.code for one in days(cites, register=register).values() if one.expires_on]
    assert ended == ["09/2010/NĐ-CP"]


def test_a_draft_ends_nothing(days):
    draft = DECREE.replace("Số: 500/2022", "DỰ THẢO\nSố:    /2022").format(force=IN_FORCE, change=REPLACES)
    assert days(draft)[OLD].expires_on is None
