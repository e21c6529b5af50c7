"""Programs of the system that read Word files from before 2007: asked in order, guarded, and named where none is there."""

import shutil
import stat
import sys
import time

import pytest

from kgdocs.errors import SourceError
from kgdocs.read import programs, source_of, word97, word_text
from tests.legacy_word import legacy_word
from tests.test_formats import FILES, LINES, html_file

DOC = legacy_word(LINES)
MEMORY = 1 << 30


@pytest.fixture
def bin_folder(tmp_path, monkeypatch):
    """The only folder in which programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder, name, body):
    """A program that is a few lines of Python."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport os, sys, time, pathlib\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(shutil.which("antiword") is None, reason="the program antiword is not installed")
def test_antiword_reads_every_word(rules, tmp_path):
    source = source_of("x.doc", DOC, "doc", rules)
    assert (source.state, source.format, source.pages) == ("read", "doc", None)
    assert source.text.strip().split("\n") == list(LINES)


@pytest.mark.skipif(shutil.which("antiword") is None, reason="the program antiword is not installed")
def test_antiword_refuses(rules):
    with pytest.raises(SourceError, match="có mật khẩu"):
        source_of("x.doc", legacy_word(LINES, encrypted=True), "doc", rules)
    with pytest.raises(SourceError, match="không đọc được tệp"):
        source_of("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "doc", rules)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_word():
    (program,) = (one for one in word97._PROGRAMS if one.command[0] == "soffice")
    assert word_text(word97._asked(program, DOC)).strip().split("\n") == list(LINES)


def test_without_a_program_the_reason_names_the_command(bin_folder, rules):
    with pytest.raises(SourceError, match="apt install antiword"):
        source_of("x.doc", DOC, "doc", rules)


def test_other_formats_by_the_name_of_doc_need_no_program(bin_folder, rules):
    for content in (FILES["ban.docx"], b"\n " + html_file()):
        assert LINES[-1] in source_of("x.doc", content, "doc", rules).text


def test_the_next_program_is_asked_where_one_fails(bin_folder, rules):
    program(bin_folder, "antiword", "sys.exit('hỏng')")
    with pytest.raises(SourceError, match="antiword không đọc được tệp: hỏng"):
        source_of("x.doc", DOC, "doc", rules)
    made = bin_folder.parent / "made.docx"
    made.write_bytes(FILES["ban.docx"])
    program(bin_folder, "soffice", f"pathlib.Path('tep.docx').write_bytes(pathlib.Path({str(made)!r}).read_bytes())")
    assert LINES[-1] in source_of("x.doc", DOC, "doc", rules).text


def test_catdoc_is_the_last(bin_folder, rules):
    program(bin_folder, "catdoc", "sys.stdout.buffer.write('Kế hoạch số 47/KH-UBND'.encode())")
    assert source_of("x.doc", DOC, "doc", rules).text == "Kế hoạch số 47/KH-UBND"


def test_a_program_sees_its_folder_and_nothing_else(bin_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET", "x")
    program(bin_folder, "look", "print(sorted(os.environ), os.getcwd(), os.listdir('.'), sys.argv[1:])")
    told = programs.run(["look", "$(id); rm -rf /"], "tep", b"x", seconds=20, memory=MEMORY).decode()
    assert "SECRET" not in told
    assert "$(id); rm -rf /" in told
    folder = told.split("] ")[1].split(" [")[0]
    assert folder.rpartition("/")[2].startswith("kgdocs-")
    assert not (tmp_path / folder).exists()


def test_a_program_that_does_not_end_is_ended_with_what_it_began(bin_folder, tmp_path):
    late = tmp_path / "late"
    body = f"if not os.fork(): time.sleep(3); open({str(late)!r}, 'w').close()\ntime.sleep(60)"
    program(bin_folder, "slow", body)
    begin = time.monotonic()
    with pytest.raises(SourceError, match="mất quá 1 giây"):
        programs.run(["slow"], "tep", b"x", seconds=1, memory=MEMORY)
    assert time.monotonic() - begin < 20
    time.sleep(3)
    assert not late.exists()


@pytest.mark.parametrize(
    "body",
    [
        "time.sleep(0.3); x = bytearray(3 << 30)",  # memory
        "time.sleep(0.3); open('big', 'wb').write(bytes(3 << 20))",  # what it writes
        "os.abort()",
    ],
)
def test_a_program_that_takes_too_much_fails(bin_folder, monkeypatch, body):
    monkeypatch.setenv("KGDOCS_UNPACKED_MB", "2")
    program(bin_folder, "greedy", body)
    with pytest.raises(SourceError, match="greedy không đọc được tệp"):
        programs.run(["greedy"], "tep", b"x", seconds=30, memory=MEMORY)


def test_a_program_that_cannot_be_run(bin_folder):
    path = program(bin_folder, "broken", "")
    path.write_bytes(b"\x7fELFhong")
    with pytest.raises(SourceError, match="Không chạy được chương trình broken"):
        programs.run(["broken"], "tep", b"x", seconds=30, memory=MEMORY)


def test_a_program_that_writes_nothing_where_it_should(bin_folder):
    program(bin_folder, "idle", "pass")
    with pytest.raises(SourceError, match="idle không đọc được tệp"):
        programs.run(["idle"], "tep", b"x", seconds=30, memory=MEMORY, output="tep.docx")
