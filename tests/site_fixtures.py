"""A small hand-made database for the tests of the site, hostile where texts can be."""

import asyncio
import json
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import kgdocs
from kgdocs.publish.app import create_app
from kgdocs.store.counting import fill_counts
from kgdocs.store.database import create_indexes, create_schema

OUR_SCRIPT = '<script src="/static/kgdocs.js" defer></script>'
"""The only script there is: suggestions while one types."""
HOSTILE = '"><script>alert(1)</script>'
DIRECTIVE = "trung-uong/2023/28-ct-tw"
PLAN = "kien-giang/2024/211-kh-tu"
DRAFT = "trung-uong/du-thao-quyet-dinh"
EVIL = "trung-uong/2024/1-qd-evil"
TEXT = (
    "\nKẾ HOẠCH <b>thực hiện</b> Chỉ thị số 28-CT/TW & \"Luật\" 'Trẻ em'\r\n"
    "Căn cứ Nghị định 56/2017 và Công văn 12/XYZ; </div>{{ 7*7 }} dự thảo Quyết định.\tHết\n"
)


def mention(number: int, words: str, **columns):
    """A row of `mentions` for `words` in TEXT."""
    start = TEXT.index(words)
    given = {"kind": "numbered", "target_id": None, "resolution": "unresolved", "reason": None, **columns}
    place = {
        "id": number,
        "source_id": "s1",
        "document_id": PLAN,
        "start": start,
        "end": start + len(words),
        "text": words,
    }
    return {**place, **given}


DOCUMENTS = [
    {
        "id": DIRECTIVE,
        "code": "28-CT/TW",
        "type": "chi_thi",
        "label": "Chỉ thị",
        "year": 2023,
        "issued_on": "2023-12-25",
    }
    | {"issuer": "Bộ Chính trị", "agency_id": "bo-chinh-tri", "place": "trung-uong", "title": "Bảo vệ trẻ em"}
    | {"status": "cited", "number_key": "28cttw"},
    {"id": PLAN, "code": "211-KH/TU", "type": "ke_hoach", "label": "KẾ HOẠCH", "year": 2024, "issued_on": "2024-04-25"}
    | {"issuer": "Tỉnh ủy", "place": "kien-giang", "title": "Thực hiện Chỉ thị số 28-CT/TW", "status": "read"}
    | {"number_key": "211khtu"},
    {"id": DRAFT, "type": "quyet_dinh", "label": "Quyết định", "title": "dự thảo Quyết định", "status": "draft"},
    {"id": EVIL, "code": "=1+1", "type": "quyet_dinh", "label": HOSTILE, "title": f"@{HOSTILE}", "issuer": "+cmd"}
    | {"issued_on": "2024-07", "year": 2024, "status": "listed", "number_key": "11"},
]
MENTIONS = [
    mention(1, "Chỉ thị số 28-CT/TW", target_id=DIRECTIVE, resolution="exact", reason="cùng số và ngày"),
    mention(2, "28-CT/TW", target_id=DIRECTIVE, resolution="short"),  # inside the first: not marked
    mention(3, "Nghị định 56/2017", resolution="ambiguous", reason=f"hai văn bản {HOSTILE}"),
    mention(4, "Công văn 12/XYZ", reason="không có văn bản nào"),
    mention(5, "dự thảo Quyết định", kind="draft", target_id=DRAFT, resolution="title"),
]
SAID = {
    "source": "s1",
    "path": "vb/211.txt",
    "asserted_by": PLAN,
    "start": 10,
    "end": 48,
    "text": TEXT[10:48],
    "rule": "r",
}


def step(name: str, state: str, unit: str = "u", **columns):
    """A row of `chain_steps` of the directive, in an invented province unless told otherwise."""
    basis = {"basis": f"Đã xem {HOSTILE}.", "basis_en": f"Looked at {HOSTILE}."}
    given = {"place": "song-mau", "agency": f"song-mau/{unit}", "agency_name": f"Cơ quan {unit}", "required": 1}
    about = {"directive_id": DIRECTIVE, "chain": "party_central", "step": name, "state": state, "direct": 0}
    return {**about, **given, **basis, "evidence": "[]", **columns}


CHAIN_STEPS = [
    step("central_decision", "planned", place="trung-uong", document_id=DRAFT, evidence=json.dumps([SAID])),
    step("party_plan", "done", place="kien-giang", document_id=PLAN, days=122, evidence=json.dumps([SAID, SAID])),
    step("party_plan", "missing", agency_name=f"=1+1{HOSTILE}"),
    *(step("district_plan", "unknown", f"huyen-{number}") for number in range(1, 4)),
    step("district_plan", "late", "huyen-4", document_id=EVIL, days=200, deadline="2024-06-30", carries_out=PLAN),
]


def finding(number: int, code: str, severity: str, **columns):
    """A row of `findings` at the words of the plan that cite the directive."""
    place = {"source_id": "s1", "start": 10, "end": 48, "text": TEXT[10:48], "details": "{}"}
    said = {"message": f"Hai điều khác nhau {HOSTILE}.", "message_en": f"Two facts differ {HOSTILE}."}
    return {"id": number, "code": code, "severity": severity, "document_id": DIRECTIVE, **place, **said, **columns}


FINDINGS = [
    finding(1, "UNRESOLVED", "info"),
    finding(2, "DATE_CONFLICT", "high", message="=cmd()", since="2024-04-25"),
    finding(3, "TITLE_MISMATCH", "medium", document_id=PLAN, since="2024-04-26"),
    finding(4, "MISSING_IMPLEMENTATION", "high", document_id=PLAN, details=json.dumps({"directive": DIRECTIVE})),
]
ROWS = {
    "agencies": [{"id": "bo-chinh-tri", "name": "Bộ Chính trị", "level": "central", "ladder": "party"}],
    "documents": DOCUMENTS,
    "document_ids": [{"old_id": "kien-giang/2024/211-kh-tu-cu", "document_id": PLAN}],
    "sources": [
        {"id": "s1", "path": "vb/211.txt", "format": "txt", "state": "read", "document_id": PLAN, "text": TEXT},
        {"id": "s2", "path": f"vb/{HOSTILE}.pdf", "format": "pdf", "state": "rejected", "reason": "Tệp hỏng."},
    ],
    "mentions": MENTIONS,
    "candidates": [{"mention_id": 3, "document_id": EVIL, "score": 0.5, "reason": "số giống"}],
    "document_facts": [
        {
            "document_id": PLAN,
            "field": "date",
            "value": value,
            "source_id": "s1",
            "start": 1,
            "end": 9,
            "text": "KẾ HOẠCH",
        }
        | {"origin": origin, "count": 1}
        for value, origin in (("2024-04-25", "header"), ("2024-04-26", "annex"))
    ],
    "relations": [
        {"id": 1, "from_id": PLAN, "to_id": DIRECTIVE, "type": "implements", "status": "asserted", "evidence_count": 1},
        {"id": 2, "from_id": DRAFT, "to_id": DIRECTIVE, "type": "implements", "status": "planned", "evidence_count": 1},
        {"id": 3, "from_id": PLAN, "to_id": EVIL, "type": "cites", "status": "asserted", "evidence_count": 1},
    ],
    "evidence": [
        {
            "relation_id": number,
            "source_id": "s1",
            "asserted_by": PLAN,
            "start": 10,
            "end": 48,
            "text": TEXT[10:48],
            "rule": "r",
        }
        for number in (1, 2, 3)
    ],
    "chain_steps": CHAIN_STEPS,
    "findings": FINDINGS,
    "search": [
        {"document_id": one["id"], "type": one["label"], "code": one.get("code"), "title": one["title"], "body": ""}
        for one in DOCUMENTS
    ],
    "builds": [
        {"at": "2024-12-31T18:30:00+00:00", "version": "9.9", "sources_read": 1234, "sources_warning": 0}
        | {"sources_rejected": 1, "documents": 4, "mentions": 5, "resolved": 3, "ambiguous": 1, "unresolved": 1}
        | {"relations": 3, "newest": "2024-04-25"}
    ],
}


def make_database(path: Path, rows=ROWS) -> Path:
    """Make a finished database of `rows` at `path`."""
    connection = sqlite3.connect(path)
    db = create_schema(connection)
    for table, values in rows.items():
        for row in values:
            names = ", ".join(f"[{name}]" for name in row)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    connection.commit()
    fill_counts(connection)
    create_indexes(db)
    connection.commit()
    connection.close()
    return path


HTML_PAGES = [
    "/",
    "/tra-cuu",
    "/tra-cuu?q=28-CT/TW",
    f"/van-ban/{PLAN}",
    f"/van-ban/{EVIL}",
    f"/dong-van-ban/{DIRECTIVE}",
    f"/duong-noi?tu={PLAN}&den=28-CT/TW",
    "/tuan-thu",
    f"/tuan-thu/{DIRECTIVE}",
    f"/tuan-thu/{DIRECTIVE}?ngay=2024-05-01",
    f"/tuan-thu/{EVIL}",
    "/phat-hien",
    "/phat-hien?code=DATE_CONFLICT",
    "/thong-ke",
]
JSON_PAGES = ["/.json", "/tra-cuu.json", f"/van-ban/{PLAN}.json", f"/dong-van-ban/{PLAN}.json"]
JSON_PAGES += ["/duong-noi.json", "/tuan-thu.json", f"/tuan-thu/{DIRECTIVE}.json", "/phat-hien.json", "/thong-ke.json"]
CSV_PAGES = ["/tra-cuu.csv", "/tuan-thu.csv", f"/tuan-thu/{DIRECTIVE}.csv", "/phat-hien.csv"]
ALL_PAGES = [*HTML_PAGES, *JSON_PAGES, *CSV_PAGES]


@contextmanager
def served(folder: Path, paths=None):
    """The site of the database above, or of one built of `paths`, in `folder`."""
    db = folder / "any name.db"
    if paths:
        kgdocs.build(paths, db)
    app = create_app(db if paths else make_database(db))
    yield app
    close(app)


def close(app):
    """End the threads and connections of an application."""
    app.executor.shutdown()
    for database in app.databases.values():
        database.close()


def ask(app, path, method="GET", **options):
    """The answer of an application to one request."""
    return asyncio.run(app.client.request(method, path, **options))
