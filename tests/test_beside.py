"""spaCy's part of a check in a process of its own: the same matches, and none lost where the process dies."""

import multiprocessing
import subprocess
import sys
import threading

import pytest

from kgdocs.extract import Extractor
from kgdocs.extract.beside import beside
from kgdocs.extract.matching import TagMatcher
from kgdocs.grammar import load_rules
from tests.conftest import ROOT

TEXT = (
    "Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09/5/2017 của Chính phủ;\n"
    "Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy về thực hiện Chỉ thị số 28-CT/TW.\n"
)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


def test_another_process_finds_what_this_one_finds(rules):
    here = Extractor(rules)
    with beside() as compiled:
        extractor = Extractor(rules, compiled)
        assert multiprocessing.active_children()
        found = [extractor.extract(text) for text in (TEXT, "", TEXT * 300)]
    assert found == [here.extract(text) for text in (TEXT, "", TEXT * 300)]
    assert found[0].relations
    assert not multiprocessing.active_children()


def test_a_process_that_dies_loses_nothing(rules):
    with beside() as compiled:
        extractor = Extractor(rules, compiled)
        first = extractor.extract(TEXT)
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
        assert extractor.extract(TEXT) == first == Extractor(rules).extract(TEXT)
        assert Extractor(rules, compiled).extract(TEXT) == first


def test_beside_other_threads_nothing_is_forked():
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        with beside() as compiled:
            assert compiled is TagMatcher
            assert not multiprocessing.active_children()
    finally:
        wait.set()
        thread.join()


def test_a_check_imports_no_spacy_itself(tmp_path):
    draft = tmp_path / "a.txt"
    draft.write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from kgdocs.cli import main\n"
        f"try: main(['check', {str(draft)!r}, '--no-db', '--format', 'json'])\n"
        "except SystemExit: pass\nprint('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert '"28-CT/TW"' in done.stdout
    assert done.stdout.rstrip().endswith("False")
