"""What was read lies on the disk while a build goes on: the same comes of it, and memory does not grow with it."""

import gc
import multiprocessing
import random
import sqlite3
import tracemalloc
import weakref
from collections import Counter
from contextlib import closing

import pytest

import kgdocs
from kgdocs.errors import DatabaseError
from kgdocs.grammar import load_rules
from kgdocs.lineage.linked import graph_of
from kgdocs.link import join, link
from kgdocs.link.catalogue import Entry
from kgdocs.link.identity import Key
from kgdocs.link.statements import Sources
from kgdocs.models import Fact, Reading, Readings, Source
from kgdocs.models.wanted import Wanted, WantedCode
from kgdocs.pipeline import shelf as module
from kgdocs.pipeline.garbage import collected, uncollected
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import Reader, find_files, read_file
from kgdocs.pipeline.shelf import Shelf, ShelvedReadings
from kgdocs.store.candidates import candidates
from kgdocs.store.database import open_readonly
from kgdocs.store.kept import Kept
from tests.conftest import ROOT
from tests.test_incremental import content

CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def reader():
    return Reader(load_rules(), Memory())


@pytest.fixture(scope="module")
def readings(reader):
    """The readings of all files of the corpus."""
    return [read_file(*file, reader.rules, reader.extractor) for file in find_files([CORPUS])]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """The database of the corpus."""
    path = tmp_path_factory.mktemp("corpus") / "kgdocs.db"
    kgdocs.build([CORPUS], path)
    return path


@pytest.mark.parametrize("at_hand", [0, 50_000])
def test_a_build_is_the_same_wherever_its_readings_are(db, tmp_path, monkeypatch, at_hand):
    monkeypatch.setattr(module, "_AT_HAND", at_hand)
    kgdocs.build([CORPUS], tmp_path / "x.db")
    assert content(tmp_path / "x.db") == content(db)


def test_readings_come_by_their_sources_and_as_they_were(reader, readings, tmp_path):
    shuffled = random.Random(3).sample(readings, len(readings))
    with Shelf(tmp_path / "x.db") as shelf:
        found = ShelvedReadings(shelf, [shelf.put(one) for file in find_files([CORPUS]) for one in reader.read(*file)])
        again = ShelvedReadings(shelf, [shelf.put(Kept.of(one, f".{at}")) for at, one in enumerate(shuffled)])
        at_hand = Readings(readings)
        assert list(found) == list(again) == list(at_hand)
        assert list(found.texts()) == list(at_hand.texts())
        assert list(found.lists()) == list(at_hand.lists())
        assert [found.text_of(one.source.id) for one in at_hand] == [one.source.text for one in at_hand]
        assert all(one.text == "" for one in found.sources())
    assert list(tmp_path.iterdir()) == []


def test_linking_texts_one_by_one_says_what_linking_all_says(reader, readings):
    whole, joined = link(readings, reader.rules), join(Readings(readings), reader.rules)
    texts = {one.source.id: joined.texts.of(one) for one in Readings(readings).texts()}
    assert {source: text.links for source, text in texts.items()} == whole.links
    edges = {(one.from_id, one.to_id, one.type, one.status): len(one.evidence) for one in whole.relations}
    assert dict(zip(joined.edges, joined.evidence_counts, strict=True)) == edges
    assert list(joined.edges.values()) == list(range(1, len(edges) + 1))


def test_a_text_that_was_rejected_keeps_its_reason(tmp_path):
    refused = Reading(source=Source(id="a" * 64, path="a.exe", format="exe", state="rejected", reason="Không đọc."))
    with Shelf(tmp_path / "x.db") as shelf:
        found = ShelvedReadings(shelf, [shelf.put(refused)])
        assert list(found) == [refused]
        assert list(found.texts()) == list(found.lists()) == []


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(DatabaseError, match="Cannot write"):
        Shelf(tmp_path / "khong-co" / "x.db")


def test_memory_does_not_grow_with_texts(reader, tmp_path, monkeypatch):
    """Of a text of 200 kB a shelf keeps its name and place, some hundred bytes."""
    monkeypatch.setattr(module, "_AT_HAND", 0)
    with Shelf(tmp_path / "x.db") as shelf:
        tracemalloc.start()
        try:
            shelved = [shelf.put(_long(number)) for number in range(30)]
            readings = ShelvedReadings(shelf, shelved)
            assert sum(len(one.source.text) for one in readings) > 6_000_000
            kept, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert kept < 1_000_000


def _long(number: int) -> Kept:
    source = Source(id=f"{number:064x}", path=f"{number}.txt", format="text", state="read", text="chữ " * 60_000)
    return Kept.of(Reading(source=source), ".txt")


def test_the_graph_of_what_was_linked_is_the_one_read_back(reader, readings, db):
    linked = graph_of(link(readings, reader.rules), {one.source.id: one.source.path for one in readings})
    stored = kgdocs.load_graph(db)
    assert sorted(linked) == sorted(stored)
    for one, node in stored.nodes(data=True):
        assert {name: linked.nodes[one][name] for name in node} == node
    for ask in ("in_edges", "out_edges"):
        for one in stored:
            assert _told(getattr(linked, ask)(one)) == _told(getattr(stored, ask)(one, data=True))
    assert _told(linked.edges()) == _told(stored.edges(data=True))


def _told(edges):
    """Edges with their relation and how much evidence they have."""
    return sorted(
        (source, target, data["type"], data["status"], len(data["evidence"]), data["evidence"][0]["text"])
        for source, target, data in edges
    )


def test_what_many_state_alike_is_kept_of_the_first_sources_and_counted(tmp_path):
    cited = "Căn cứ Chỉ thị số 28-CT/TW ngày 25 tháng 12 năm 2023 của Bộ Chính trị;\n"
    head = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\nSố: {}/KH-UBND\nSông Mẫu, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\nBảo vệ trẻ em\n\n"
    for number in range(1, 8):
        (tmp_path / f"{number}.txt").write_text(head.format(number) + cited * 2, encoding="utf-8")
    (tmp_path / "khac.txt").write_text(head.format(9) + cited.replace("25 tháng", "26 tháng"), encoding="utf-8")
    kgdocs.build([tmp_path], tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        (mentions,) = connection.execute("SELECT cited_count FROM documents WHERE code = '28-CT/TW'").fetchone()
        found = connection.execute(
            """SELECT value, "count", source_id FROM document_facts f JOIN documents d ON d.id = f.document_id
               WHERE d.code = '28-CT/TW' AND field = 'date' AND origin = 'mention' ORDER BY f.rowid"""
        ).fetchall()
    assert mentions == 15
    assert [(value, count) for value, count, _ in found] == [
        ("2023-12-25", 12),
        ("2023-12-25", 1),
        ("2023-12-25", 1),
        ("2023-12-26", 1),
    ]
    assert len({source for _, _, source in found}) == 4


def test_what_a_checked_text_stands_for_goes_to_the_next_that_states_it(tmp_path):
    """A majority stays one for the text that happens to be the first of it."""
    head = (
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\nSố: {}/KH-UBND\nSông Mẫu, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\nBảo vệ đê\n\n"
    )
    cited = "Căn cứ Quyết định số 999/QĐ-UBND ngày {} của Ủy ban nhân dân tỉnh Sông Mẫu;\n"
    for number in range(1, 15):
        day = "25/12/2023" if number <= 10 else "26/12/2023"
        (tmp_path / f"{number}.txt").write_text(head.format(number) + cited.format(day), encoding="utf-8")
    kgdocs.build([tmp_path], tmp_path / "x.db")
    with closing(open_readonly(tmp_path / "x.db")) as connection:
        (target,) = connection.execute("SELECT id FROM documents WHERE code = '999/QĐ-UBND'").fetchone()
        for (source,) in connection.execute("SELECT id FROM sources WHERE path LIKE '%.txt'").fetchall():
            wanted = Wanted(codes={"999qdubnd": WantedCode(anywhere=True)})
            (found,) = [one for one in candidates(connection, wanted, source) if one.id == target]
            days = Counter()
            for fact in found.facts:
                days[fact.value] += fact.count if fact.field == "date" else 0
            assert (days["2023-12-25"], days["2023-12-26"]) in {(9, 4), (10, 3)}


def test_facts_that_a_database_counted_are_counted_once(reader):
    entry = Entry(key=Key("a", "1|qdubnd", "2024"), status="cited")
    stated = {"field": "date", "value": "2024-01-02", "start": 0, "end": 1, "text": "x", "origin": "mention"}
    for source, count in (("s1", 12), ("s2", 1), ("s3", 1)):
        entry.tell(Fact(**stated, source_id=source, count=count))
    sources = Sources(lambda _: "x")
    entry.tell_at(("date", "2024-01-02", "mention"), sources.number("s4"), 0, 1)
    assert sum(fact.count for fact in entry.all_facts(sources)) == 15
    assert entry.told("date", {"mention"}) == {"2024-01-02": 15}


def test_a_shelf_that_cannot_be_written_ends_the_processes_that_read(tmp_path, monkeypatch):
    for number in range(120):
        (tmp_path / f"{number}.txt").write_text(f"Kế hoạch số {number + 1}/KH-UBND ngày 05/3/2024.", encoding="utf-8")

    def full(*_):
        raise DatabaseError("Cannot write: no room.")

    before = set(multiprocessing.active_children())
    monkeypatch.setattr(Shelf, "put", full)
    with pytest.raises(DatabaseError, match="no room") as held:
        kgdocs.build([tmp_path], tmp_path / "x.db", workers=2)
    left = set(multiprocessing.active_children()) - before
    for child in left:
        child.kill()  # else the tests would wait for it at their end
    assert left == set(), held


class _Ring:
    """Something that holds itself."""

    def __init__(self):
        self.own = self


def test_what_holds_itself_goes_at_the_end_of_its_block():
    gc.unfreeze()  # what other tests froze
    with uncollected():
        kept = _Ring()
        known = weakref.ref(kept)
        with collected():
            gone = weakref.ref(_Ring())
            assert gone() is not None
        assert gone() is None
        assert known() is kept
    assert gc.get_freeze_count() == 0
