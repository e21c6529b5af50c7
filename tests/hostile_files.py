"""Files made to harm a reader, one kind in a folder of its own, with how each must end; written anew for each run.

Every kind holds at least one file. `state` is that of all its sources, or of those whose path `part` names; `reason` is a
pattern that the reason must match. All texts are invented ("văn bản mẫu", tỉnh Sông Mẫu).
"""

import io
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

HEAD = "VĂN BẢN MẪU\nỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n-------\nSố: {number}/KH-UBND\nSông Mẫu, ngày 05 tháng 8 năm 2024\nKẾ HOẠCH\n{title}\n\n"
BODY = "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.\n"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
REFERENCES = int(os.environ.get("KGDOCS_HOSTILE_REFERENCES", "5000"))
"""How many the text of many references has; a million was seen to end well."""
Make = Callable[[Path], object]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How to make the files of a kind in a folder, and how they must end."""

    name: str
    make: Make
    state: str
    reason: str = ""
    part: str = ""


KINDS: list[Kind] = []


def kind(name: str, state: str, reason: str = "", part: str = "") -> Callable[[Make], Make]:
    """Register what makes the files of a kind."""

    def keep(make: Make) -> Make:
        KINDS.append(Kind(name=name, make=make, state=state, reason=reason, part=part))
        return make

    return keep


def write(
    name: str, content: bytes | str, state: str, reason: str = "", *, file: str = "a.txt", part: str = ""
) -> None:
    """Register a kind that is one file of known content."""
    data = content.encode() if isinstance(content, str) else content
    kind(name, state, reason, part)(lambda folder: (folder / file).write_bytes(data))


def plan(title: str = "Công tác trẻ em", body: str = BODY, number: int = 12) -> str:
    """The text of an invented plan."""
    return HEAD.format(number=number, title=title) + body


# --- texts -----------------------------------------------------------------------------------------------------------
write("empty", b"", "rejected", "không có nội dung")
write("only blanks", " \n\t\r\n" * 1000, "rejected", "không có nội dung")
write("only a byte-order mark", b"\xef\xbb\xbf", "rejected", "không có nội dung")
write("only unseen characters", "\u200b\u200d\ufeff" * 50, "read")
write("zero bytes", b"\0" * 10_000, "rejected", "nhị phân")
write("a program", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "rejected", "nhị phân|Unicode")
write("random bytes", random.Random(7).randbytes(20_000), "rejected", "nhị phân|Unicode")
write("a zero byte in a text", plan().replace("trẻ em", "trẻ\0em", 1), "rejected", "nhị phân")
write("UTF-8 cut in a letter", plan().encode()[:-1] + "ế".encode()[:2], "rejected", "UTF-8")
write("a surrogate written as UTF-8", plan().encode() + b"\xed\xa0\x80", "rejected", "UTF-8")
write("an overlong byte sequence", plan().encode() + b"\xc0\xaf", "rejected", "UTF-8")
write("UTF-16", plan().encode("utf-16"), "read")
write("UTF-16 of half a character", b"\xff\xfe" + plan().encode("utf-16-le")[:-1], "rejected", "UTF-16")
write("replacement characters", plan("Công tác tr\ufffd em"), "warning", "ký tự hỏng")
write("right-to-left override", plan(body="Kế hoạch số 47/KH-\u202eDNBU\u202c ngày 20/02/2024.\n"), "read")
write("Cyrillic letters in a symbol", plan(body="Kế hoạch số 47/КН-UВND ngày 20/02/2024.\n"), "read")
write("full-width digits", plan(body="Kế hoạch số ４７/KH-UBND ngày ２０/02/2024.\n"), "read")
write("Arabic-Indic digits", plan(body="Kế hoạch số ٤٧/KH-UBND ngày ٢٠/٠٢/٢٠٢٤.\n"), "read")
write(
    "zero-width characters in a code", plan(body="Kế hoạch số 4\u200b7/\u2060KH-\ufeffUBND ngày 20/02/2024.\n"), "read"
)
write("a hundred marks on one letter", plan(body="Kế hoạch e" + "\u0301" * 20_000 + " số 47/KH-UBND.\n"), "read")
write("400 digits", plan(body=f"Kế hoạch số {'1' * 400}/KH-UBND ngày {'9' * 400}/{'8' * 400}/2024.\n"), "read")
write("400 digits in the number of its own", HEAD.format(number="7" * 400, title="Công tác") + BODY, "read")
write("a year 99999", plan(body="Nghị định số 56/99999/NĐ-CP ngày 09/5/99999; ngày 00/00/0000.\n"), "read")
write("a line of 3 MB", plan(body="Kế hoạch số 47/KH-UBND và " * 10_000 + "x" * 2_500_000), "read")
write("a million digits", plan(body="1" * 1_000_000), "read")
write("a million dashes and strokes", plan(body="/-" * 500_000), "read")
write("dates without end", plan(body="ngày 1/1/" * 100_000), "read")
write("brackets", plan(body="(" * 300_000), "read")
write("quotation marks", plan(body="về “" * 100_000), "read")
write("lists of articles", plan(body="khoản 1, Điều 2, " * 50_000 + "Nghị định số 56/2017/NĐ-CP\n"), "read")
write("names of laws without end", plan(body="Luật Trẻ em, " * 20_000), "read")
write(
    "thousands of references",
    plan(body="".join(f"Kế hoạch số {n}/KH-UBND ngày 20/02/2024.\n" for n in range(REFERENCES))),
    "read",
)
write("a script for a title", plan(EVIL, number=700), "read")
write("SQL for a title", plan("'; DROP TABLE documents; --", number=701), "read")
write("a formula for a title", plan("=cmd|' /C calc'!A0", number=702), "read")
write("a template for a title", plan("{{ config.items() }} {% raw %}", number=703), "read")
write("commands for a terminal", plan("\x1b[2J\x1b]0;owned\x07\x9b31m", number=13), "read")
write("a text of a format not read", '{"a": 1}', "rejected", "định dạng .json", file="a.json")
write("no ending", plan(), "rejected", "không có phần mở rộng", file="ke-hoach")
write("a picture called text", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "rejected", "nhị phân|Unicode")


@kind("a file of 70 MB", "rejected", "lớn hơn")
def _(folder):
    with (folder / "a.txt").open("wb") as file:
        file.truncate(70 * 1024 * 1024)


@kind("a chain of 5,000 documents", "read")
def _(folder):
    for number in range(2, 302):
        body = f"Thực hiện Kế hoạch số {number - 1}/KH-UBND ngày 05/8/2024 của UBND tỉnh Sông Mẫu.\n"
        (folder / f"{number}.txt").write_text(plan(f"Bước {number}", body, number), encoding="utf-8")


@kind("a ring of documents", "read")
def _(folder):
    for number, other in ((901, 902), (902, 903), (903, 901)):
        body = f"Thực hiện Kế hoạch số {other}/KH-UBND ngày 05/8/2024 của UBND tỉnh Sông Mẫu.\n"
        (folder / f"{number}.txt").write_text(plan(f"Vòng {number}", body, number), encoding="utf-8")


@kind("a document that carries out itself", "read")
def _(folder):
    body = "Thực hiện Kế hoạch số 950/KH-UBND ngày 05/8/2024 của UBND tỉnh Sông Mẫu.\n"
    (folder / "a.txt").write_text(plan("Chính mình", body, 950), encoding="utf-8")


@kind("a hundred copies", "read")
def _(folder):
    for number in range(100):
        (folder / f"{number}.txt").write_text(plan("Bản sao", number=77), encoding="utf-8")


# --- names, links, things that are no files ---------------------------------------------------------------------------
@kind("odd file names", "read")
def _(folder):
    names = (
        "hai\ndòng.txt",
        "nháy'\".txt",
        "-rf.txt",
        "%2e%2e.txt",
        "<b>.txt",
        "a;b&c|d.txt",
        "=1+1.txt",
        "\x1b[31m.txt",
    )
    for number, name in enumerate((*names, "dài" * 60 + ".txt")):
        (folder / name).write_text(plan(f"Tên {number}", number=200 + number), encoding="utf-8")


@kind("a name that is no UTF-8", "read")
def _(folder):
    with open(os.fsencode(folder) + b"/t\xean-\xff.txt", "wb") as file:
        file.write(plan("Tên lạ", number=300).encode())


@kind("a path of 4,000 characters", "read")
def _(folder):
    here = os.open(folder, os.O_RDONLY)
    for _ in range(16):
        os.mkdir("n" * 240, dir_fd=here)
        below = os.open("n" * 240, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    with os.fdopen(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:
        file.write(plan("Ở sâu", number=301).encode())
    os.close(here)


@kind("links that lead in a ring", "rejected", "không|Không|vòng|loop|symbolic", part="link")
def _(folder):
    (folder / "link.txt").symlink_to(folder / "link2.txt")
    (folder / "link2.txt").symlink_to(folder / "link.txt")


@kind("a link to the folder above", "rejected", "Không phải tệp thường", part="link")
def _(folder):
    (folder / "link").symlink_to(folder, target_is_directory=True)
    (folder / "a.txt").write_text(plan("Cạnh liên kết", number=302), encoding="utf-8")


@kind("a link to nothing", "rejected", "Không có tệp này", part="link")
def _(folder):
    (folder / "link.txt").symlink_to(folder / "khong-co.txt")


@kind("a pipe", "rejected", "Không phải tệp thường")
def _(folder):
    os.mkfifo(folder / "a.txt")


@kind("a socket", "rejected", "Không phải tệp thường")
def _(folder):
    back = os.getcwd()
    os.chdir(folder)  # the name of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("a.txt")
    finally:
        os.chdir(back)


@kind("a device", "rejected", "Không phải tệp thường")
def _(folder):
    (folder / "a.txt").symlink_to("/dev/zero")


@kind("a folder with the name of a file", "rejected", "không có nội dung")
def _(folder):
    (folder / "van-ban.txt").mkdir()
    (folder / "van-ban.txt" / "rong.txt").write_bytes(b"")


# --- archives and mails -----------------------------------------------------------------------------------------------
def packed(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return written.getvalue()


BOMB = b"\0" * (70 * 1024 * 1024)
SMALL = {"a.txt": plan("Trong gói", number=400)}
write("a ZIP of nothing but a bomb", packed({"a.txt": BOMB}), "rejected", "lớn hơn", file="a.zip", part="a.zip/")
write("names that climb out of a ZIP", packed({"../../../../etc/x.txt": SMALL["a.txt"]}), "read", file="a.zip")
write("a ZIP in a ZIP", packed({"b.zip": packed(SMALL)}), "rejected", "nằm trong", file="a.zip", part="a.zip/")
write("a ZIP cut off", packed(SMALL)[:-30], "rejected", "ZIP", file="a.zip")
write("no ZIP at all", b"khong phai zip", "rejected", "ZIP", file="a.zip")
write("a ZIP of nothing", packed({}), "rejected", "Không có tệp nào", file="a.zip")
write(
    "a ZIP with a damaged member",
    packed({"a.txt": b"x" * 4000}, zipfile.ZIP_STORED).replace(b"x" * 9, b"y" * 9),
    "rejected",
    "giải nén",
    file="a.zip",
    part="a.zip/",
)


def flagged(content: bytes) -> bytes:
    """A ZIP whose members say that they need a password."""
    return content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


write("a ZIP with a password", flagged(packed(SMALL)), "rejected", "mật khẩu", file="a.zip", part="a.zip/")


@kind("one name twice in a ZIP", "read")
def _(folder):
    import warnings

    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as new:
        warnings.simplefilter("ignore")
        new.writestr("a.txt", plan("Một", number=401))
        new.writestr("a.txt", plan("Hai", number=402))
    (folder / "a.zip").write_bytes(written.getvalue())


@kind("a ZIP of 12,000 names", "rejected", "hơn 10000 tệp", part="a.zip\0")
def _(folder):
    (folder / "a.zip").write_bytes(packed({f"{n}.xyz": b"" for n in range(12_000)}))


def lying(content: bytes, claimed: int) -> bytes:
    """A ZIP whose directory says that members unpack to so few bytes."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", claimed) + content[at + 28 :]


write("a ZIP that lies about sizes", lying(packed({"a.txt": BOMB}), 100), "rejected", file="a.zip", part="a.zip/")


def mail(**parts: bytes) -> EmailMessage:
    """A mail with attachments by name."""
    message = EmailMessage()
    message["Subject"] = "Gửi văn bản mẫu"
    message.set_content("Kính gửi các sở. Gửi kèm Kế hoạch số 12/KH-UBND.")
    for name, content in parts.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"../../{name}.txt")
    return message


write("a mail with names that climb", mail(a=plan("Đính kèm", number=403).encode()).as_bytes(), "read", file="a.eml")
write(
    "a mail in parts without end",
    (
        "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000
    ).encode(),
    "rejected",
    file="a.eml",
)
write("a mail without a head", b"\xff\xfe\0\1" * 100, "rejected", file="a.eml")
write(
    "a mail in an encoding that is none",
    b"Subject: x\nContent-Type: text/plain; charset=khong-co\n\n" + plan("Thư", number=404).encode(),
    "rejected",
    file="a.eml",
)

# --- Word ---------------------------------------------------------------------------------------------------------------
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(document: str | bytes, **more: str | bytes) -> bytes:
    """A Word file with this document part."""
    return packed({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document, **more})


def paragraphs(*lines: str) -> str:
    """The body of a Word file."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'


LINES = plan("Tệp Word", number=500).split("\n")
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)
write("a small Word file", word(paragraphs(*LINES)), "read", file="a.docx")
write("Word: entities from outside", word(XXE + paragraphs("&e;").split("?>", 1)[1]), "rejected", file="a.docx")
write("Word: a billion laughs", word(LAUGHS + "]>" + paragraphs("&m;").split("?>", 1)[1]), "rejected", file="a.docx")
write("Word: no document", packed({"[Content_Types].xml": TYPES}), "rejected", "Word", file="a.docx")
write("Word: an archive of something else", packed(SMALL), "rejected", "Word", file="a.docx")
write("Word: cut off", word(paragraphs(*LINES))[:-100], "rejected", "Word", file="a.docx")
write("Word: a text", plan("Gọi là Word"), "rejected", "Word", file="a.docx")
write("Word: XML that ends early", word(paragraphs(*LINES)[:-40]), "rejected", "Word", file="a.docx")
write(
    "Word: tags 20,000 deep",
    word(f"<w:document {W}><w:body>{'<w:p>' * 20_000}{'</w:p>' * 20_000}</w:body></w:document>"),
    "rejected",
    file="a.docx",
)
write("Word: a bomb", word(paragraphs("x" * (140 * 1024 * 1024))), "rejected", "quá lớn", file="a.docx")
write(
    "Word: of before 2007",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "rejected",
    "dạng cũ|hỏng",
    file="a.docx",
)
write(
    "Word: with a password",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "rejected",
    "mật khẩu",
    file="a.docx",
)
write(
    "Word: a picture from outside",
    word(
        paragraphs(*LINES),
        **{
            "word/_rels/document.xml.rels": RELS.replace("word/document.xml", "http://127.0.0.1:9/x.png")
            .replace('Id="r1"', 'Id="r2" TargetMode="External"')
            .replace('officeDocument"', 'image"')
        },
    ),
    "read",
    file="a.docx",
)


@kind("Word: members that overlap", "rejected", "quá lớn|hỏng")
def _(folder):
    """Many entries of the directory lead to one member."""
    content = word(paragraphs(*LINES))
    start = content.index(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    directory = content[start:end] * 40
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 120, 120, len(directory), start, 0)
    (folder / "a.docx").write_bytes(content[:start] + directory + tail)


# --- web pages ------------------------------------------------------------------------------------------------------------
PAGE = f"<html><body><p>{plan('Trang mạng', number=600)}</p>%s<p>Căn cứ Quyết định số 1591/QĐ-TTg ngày 08/12/2023.</p></body></html>"
write("HTML: nested 50,000 deep", PAGE % ("<div>" * 50_000), "read", file="a.html")
write("HTML: an attribute of 11 MB", PAGE % f'<p title="{"x" * 11_000_000}">x</p>', "read", file="a.html")
write("HTML: 200,000 tags not closed", PAGE % ("<b>" * 200_000), "read", file="a.html")
write(
    "HTML: scripts and styles",
    PAGE % f"<script>var a = 'Kế hoạch số 666/KH-UBND'</script><style>p {{}}</style>{EVIL}",
    "read",
    file="a.html",
)
write(
    "HTML: characters that are none",
    PAGE % "&#x110000;&#0;&#xD800;&nbsp;&bogus;",
    "warning",
    "ký tự hỏng",
    file="a.html",
)
write("HTML: of nothing", "<html><body></body></html>", "rejected", "không có nội dung", file="a.html")
write("HTML: an open comment", PAGE % "<!-- ", "read", file="a.html")

# --- PDF --------------------------------------------------------------------------------------------------------------------


def pdf(objects: list[bytes], trailer: bytes = b"<< /Root 1 0 R >>") -> bytes:
    """A PDF of numbered objects."""
    content = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return content + b"trailer\n" + trailer + b"\n%%EOF\n"


def stream(data: bytes) -> bytes:
    """A packed stream."""
    small = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(small), small)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
WORDS = (
    b"BT /F1 12 Tf 50 700 Td "
    + b"(Ke hoach so 12/KH-UBND ngay 05/8/2024 cua UBND tinh Song Mau) Tj 0 -20 Td " * 8
    + b"ET"
)
write("PDF: one page", pdf([CATALOG, PAGES, ONE_PAGE, stream(WORDS)]), "read", file="a.pdf")
write("PDF: only its first bytes", b"%PDF-1.7\n", "rejected", "PDF", file="a.pdf")
write("PDF: a text", plan("Gọi là PDF"), "rejected", "PDF", file="a.pdf")
write("PDF: pages in a ring", pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"]), "rejected", file="a.pdf")
write(
    "PDF: a million pages said",
    pdf([CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", ONE_PAGE, stream(WORDS)]),
    "rejected|read",
    file="a.pdf",
)
write(
    "PDF: a stream of 200 MB",
    pdf([CATALOG, PAGES, ONE_PAGE, stream(b"q Q " * (50 * 1024 * 1024))]),
    "rejected",
    file="a.pdf",
)
write("PDF: a scan", pdf([CATALOG, PAGES, ONE_PAGE, stream(b"q Q")]), "rejected", file="a.pdf")
write(
    "PDF: with a password",
    pdf(
        [CATALOG, PAGES, ONE_PAGE, stream(WORDS)],
        b"<< /Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -64 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00><00>] >>",
    ),
    "rejected",
    "mật khẩu|hỏng",
    file="a.pdf",
)

# --- registers and decisions ------------------------------------------------------------------------------------------------
write("CSV: a quotation mark not closed", 'code,date\n"12/KH-UBND,2024-01-01\n', "warning|rejected", file="so.csv")
write("CSV: a cell of 3 MB", "code,title\n12/QĐ-TTg," + "x" * 3_000_000 + "\n", "warning|rejected|read", file="so.csv")
write("CSV: no column of codes", "a,b\n1,2\n", "rejected", file="so.csv")
write("CSV: 60,000 columns", ",".join(["code"] + ["x"] * 60_000) + "\n", "rejected|warning|read", file="so.csv")
write(
    "CSV: formulas",
    'code,date,issuer,title\n77/QĐ-TTg,2024-01-05,Thủ tướng Chính phủ,"=HYPERLINK(""http://x"")"\n',
    "read|warning",
    file="so.csv",
)
write("XLSX: cut off", packed({"xl/workbook.xml": "<x/>"})[:-10], "rejected", file="so.xlsx")
write(
    "XLSX: a bomb",
    packed({"[Content_Types].xml": "<x/>", "xl/worksheets/sheet1.xml": b"\0" * (160 * 1024 * 1024)}),
    "rejected",
    file="so.xlsx",
)
write(
    "XLSX: entities from outside",
    packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": XXE + "<x>&e;</x>"}),
    "rejected",
    file="so.xlsx",
)
write(
    "decisions that are a bomb of YAML",
    "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
    "rejected",
    file="corrections.yml",
)
write(
    "decisions that make objects",
    "!!python/object/apply:os.system ['touch owned']\n",
    "rejected",
    file="corrections.yml",
)


def make_all(top: Path) -> None:
    """Write the files of every kind, each in a folder of its own."""
    for number, one in enumerate(KINDS):
        folder = top / f"{number:03d}"
        folder.mkdir()
        one.make(folder)
