"""ZIP archives and mails: each member is a file of its own, with a name that says where it was, or a reason."""

import hashlib
import io
import sqlite3
import zipfile
from contextlib import closing
from email.message import EmailMessage

import pytest

import kgdocs
from kgdocs.errors import SourceError
from kgdocs.pipeline.memory import Memory
from kgdocs.pipeline.reading import Reader
from kgdocs.read import members
from tests.test_formats import FILES, LINES

TEXT = "\n".join(LINES).encode()


def archive(parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()


def mail(html=False):
    message = EmailMessage()
    message["Subject"] = "Gửi kế hoạch (văn bản mẫu)"
    message.set_content("Gửi kèm Kế hoạch số 12/KH-UBND.", subtype="html" if html else "plain")
    message.add_attachment(FILES["ban.docx"], maintype="application", subtype="octet-stream", filename="kế hoạch.docx")
    return message.as_bytes()


def test_members_are_given_in_order():
    found = dict(members("a.zip", archive({"một/hai.txt": TEXT, "ban.pdf": FILES["ban.pdf"]})))
    assert found == {"một/hai.txt": TEXT, "ban.pdf": FILES["ban.pdf"]}


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_gives_its_words_and_what_is_attached(html):
    (body, words), (name, content) = members("thu.eml", mail(html))
    assert (body, b"12/KH-UBND" in words) == ("thu.html" if html else "thu.txt", True)
    assert (name, content) == ("kế hoạch.docx", FILES["ban.docx"])


def test_a_name_that_is_not_marked_as_utf8():
    broken = archive({"kế hoạch.txt": TEXT})
    info = zipfile.ZipFile(io.BytesIO(broken)).infolist()[0]
    unmarked = broken.replace(info.flag_bits.to_bytes(2, "little"), b"\0\0")
    assert [name for name, _ in members("a.zip", unmarked)] == ["kế hoạch.txt"]


@pytest.mark.parametrize("content", [b"PK\x03\x04hong", b"", b"khong phai zip"])
def test_what_is_no_archive(content):
    with pytest.raises(SourceError, match="Không phải tệp ZIP"):
        list(members("a.zip", content))


def test_what_is_no_mail():
    with pytest.raises(SourceError, match="Không phải thư"):
        list(members("a.eml", b""))


def test_a_damaged_member_is_told_and_the_rest_is_read():
    packed = bytearray(archive({"hong.txt": TEXT, "lành.txt": TEXT}))
    packed[40:60] = bytes(byte ^ 0xFF for byte in packed[40:60])  # the bytes of the first member
    damaged, whole = members("a.zip", bytes(packed))
    assert damaged[1].startswith("Không giải nén được")
    assert whole == ("lành.txt", TEXT)


def told(content):
    try:
        return [words for _, words in members("a.eml", content)]
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("header", ["Content-Type: text/plain; 0*", "Content-Disposition: attachment; \0*"])
def test_a_mail_with_a_damaged_header(header):  # some versions of Python raise an IndexError for these
    content = f"From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n{header}\n\nAB\n--x--\n"
    assert told(content.encode()) in ([b"AB"], "Không phải thư (.eml), hoặc tệp hỏng.")


def test_a_container_in_a_container_is_told(monkeypatch):
    assert dict(members("a.zip", archive({"b.zip": b"x"})))["b.zip"].startswith("Tệp chứa tệp")
    monkeypatch.setenv("KGDOCS_FILE_MB", "1")
    assert dict(members("a.zip", archive({"lon.txt": b"0" * 2_000_000})))["lon.txt"].startswith("Tệp lớn hơn")
    monkeypatch.setenv("KGDOCS_ARCHIVE_MB", "1")
    with pytest.raises(SourceError, match="quá lớn khi giải nén"):
        list(members("a.zip", archive({"a.txt": b"0" * 600_000, "b.txt": b"1" * 600_000})))


def test_a_container_of_which_only_a_part_came_out(monkeypatch, tmp_path, rules, extractor):
    monkeypatch.setenv("KGDOCS_MEMBERS", "1")
    content = archive({"a.txt": TEXT, "b.txt": TEXT})
    (tmp_path / "goi.zip").write_bytes(content)
    member, container = (one.source for one in Reader(rules, Memory()).read(tmp_path / "goi.zip", "goi.zip"))
    assert (member.path, member.state) == ("goi.zip/a.txt", "read")
    assert (container.state, container.reason, container.text) == ("warning", "Tệp chứa hơn 1 tệp.", "")
    assert container.id == hashlib.sha256(content).hexdigest()


def test_a_build_reads_what_is_inside(tmp_path):
    (tmp_path / "goi.zip").write_bytes(
        archive({"ke-hoach.txt": TEXT, "../../ra-ngoai.html": FILES["ban.html"], "x.exe": b"MZ"})
    )
    (tmp_path / "thu.eml").write_bytes(mail())
    (tmp_path / "la.zip").write_bytes(archive({"a.exe": b"MZ1", "b.exe": b"MZ2"}))
    (tmp_path / "hong.zip").write_bytes(b"PK hong")
    (tmp_path / "rong.zip").write_bytes(archive({}))
    db = tmp_path / "x.db"
    kgdocs.build([tmp_path], db)
    with closing(sqlite3.connect(db)) as connection:
        found = {
            path.partition("/")[2]: (state, reason)
            for path, state, reason in connection.execute("SELECT path, state, reason FROM sources")
        }
        codes = {row[0] for row in connection.execute("SELECT code FROM mentions")}
    assert {name: state for name, (state, _) in found.items()} == {
        "goi.zip/ke-hoach.txt": "read", "goi.zip/../../ra-ngoai.html": "read", "goi.zip/x.exe": "rejected",
        "thu.eml/thu.txt": "read", "thu.eml/kế hoạch.docx": "read", "hong.zip": "rejected", "rong.zip": "rejected",
        "la.zip/a.exe": "rejected", "la.zip/b.exe": "rejected", "goi.zip": "warning", "thu.eml": "read", "la.zip": "rejected",
    }  # fmt: skip
    assert {path.name for path in tmp_path.iterdir() if path != db} == {name for name in found if "/" not in name}
    assert found["rong.zip"][1] == "Không có tệp nào bên trong."
    assert found["hong.zip"][1] == "Không phải tệp ZIP, hoặc tệp hỏng."
    assert found["goi.zip"][1] == "1 trong 3 tệp bên trong không đọc được."
    assert found["la.zip"][1] == "2 trong 2 tệp bên trong không đọc được."
    assert {"28-CT/TW", "12/KH-UBND"} <= codes
