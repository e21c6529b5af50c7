"""Small valid files of each format, to be changed: as small as they can be, so that one takes a millisecond."""

import io
from email.message import EmailMessage

import openpyxl
from PIL import Image

from tests.fuzz.mutation import packed
from tests.test_formats import LINES, html_file, pdf_file

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LEGACY = bytes.fromhex(
    "54 68 f9 63 20 68 69 d6 6e 20 43 68 d8 20 74 68 de 20 73 e8 20 32 38 2d 43 54 2f 54 57 20 63 f1 61 20 42 e9 20 43 68 dd 6e 68 20 74 72 de"
)
"""A line in TCVN3."""
_TEXT = "\n".join(LINES)


def _paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _word() -> bytes:
    """A Word file with a table, a text box, a deletion, a footnote and a header."""
    box = f"<w:p><w:r><w:pict><w:txbxContent>{_paragraph('Trong khung')}</w:txbxContent></w:pict></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{_paragraph('Kế hoạch số 211-KH/TU')}</w:tc><w:tc>{_paragraph('25/4/2024')}</w:tc></w:tr></w:tbl>"
    gone = '<w:p><w:del w:id="1"><w:r><w:delText>đã bỏ</w:delText></w:r></w:del></w:p>'
    body = "".join(map(_paragraph, LINES)) + table + box + gone
    parts = {"document": "document.main", "footnotes": "footnotes", "header1": "header"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{kind}+xml"/>' for name, kind in parts.items()
    )
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate((("footnotes", "footnotes.xml"), ("header", "header1.xml")))
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="1">{_paragraph("Chú thích")}</w:footnote></w:footnotes>',
        "word/header1.xml": f'<w:hdr xmlns:w="{_W}">{_paragraph("Đầu trang")}</w:hdr>',
    }
    return packed({name: content.encode() for name, content in made.items()})


def _workbook() -> bytes:
    made = openpyxl.Workbook()
    for row in (
        ["Sổ văn bản đi"],
        ["Số, ký hiệu", "Ngày ban hành", "Trích yếu"],
        ["47/KH-UBND", 45342, "Công tác trẻ em"],
    ):
        made.active.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Gửi văn bản mẫu"
    message.set_content("Kính gửi các sở. Gửi kèm Kế hoạch số 12/KH-UBND.")
    message.add_alternative("<p>Kính gửi các sở.</p>", subtype="html")
    message.add_attachment(_TEXT.encode(), maintype="application", subtype="octet-stream", filename="kế hoạch.txt")
    return message.as_bytes()


def _picture(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "L", (24, 16), 200 if kind != "PNG" else (9, 9, 9, 0)).save(written, kind)
    return written.getvalue()


FILES = (
    ("text", _TEXT.encode()),
    ("text", _TEXT.encode("utf-16")),
    ("text", LEGACY),
    ("markdown", f"# {LINES[3]}\n\n| a | b |\n|---|---|\n| {LINES[1]} | x |\n".encode()),
    ("register", "Số, ký hiệu;Ngày ban hành;Trích yếu\n47/KH-UBND;20/02/2024;\"Công tác\ntrẻ em\"\n".encode()),
    ("corrections", "corrections:\n  - means: trung-uong/2023/28-ct-tw\n    mention: Chỉ thị 28\n    by: An\n    on: 2026-11-25\n".encode()),
    ("docx", _word()),
    ("comments", _word()),
    ("xlsx", _workbook()),
    ("html", html_file(LINES)),
    ("pdf", pdf_file([LINES, LINES[:3]])),
    ("zip", packed({"a.txt": _TEXT.encode(), "b/c.html": b"<p>x", "d.zip": packed({"a": b"x"})})),
    ("eml", _mail()),
    *(("picture", _picture(kind)) for kind in ("PNG", "JPEG", "TIFF")),
)  # fmt: skip
"""Name of a format, and a file."""
