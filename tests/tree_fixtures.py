"""Hand-made databases of documents around each other, for the pages of lineage, path and document."""

from itertools import count

from site_fixtures import HOSTILE

TOP, PROVINCE, DISTRICT, COMMUNE = (
    "trung-uong/2023/1-ct-tw",
    "song-mau/2024/2-kh",
    "song-mau/an-mau/2024/3-kh",
    "xa/4-kh",
)
OTHER, PLANNED, LONELY = "binh-mau/2024/5-kh", "song-mau/ke-hoach-du-kien", "song-mau/2024/9-qd"
PLACES = {TOP: ("Trung ương", "central"), PROVINCE: ("Sông Mẫu", "province"), DISTRICT: ("An Mẫu, Sông Mẫu", "district")} | {
    COMMUNE: ("Tân Mẫu, An Mẫu, Sông Mẫu", "commune"), OTHER: ("Bình Mẫu", "province"), LONELY: ("Sông Mẫu", "province")
}  # fmt: skip
DAYS = {TOP: "2023-12-25", PROVINCE: "2024-02-01", DISTRICT: "2024-03-01", COMMUNE: "2024-04-01", OTHER: "2024-02-15"}
CODES = {TOP: "1-CT/TW", PROVINCE: "2/KH-UBND", DISTRICT: "3/KH-UBND", COMMUNE: "3/KH-UBND", OTHER: "5/KH-UBND"}
TEXT = "Văn bản mẫu. Thực hiện Kế hoạch số 2/KH-UBND, Ủy ban nhân dân huyện An Mẫu báo cáo trước ngày 15/12 hằng năm.\n"


def document(one, **columns):
    place, level = PLACES.get(one, (None, None))
    code = CODES.get(one)
    given = {
        "id": one,
        "code": code,
        "type": "ke_hoach",
        "label": "Kế hoạch",
        "issued_on": DAYS.get(one),
        "place": place,
    }
    key = "".join(letter for letter in (code or "").lower() if letter.isalnum()) or None
    return {**given, "level": level, "title": f"Văn bản mẫu {one}", "status": "read", "number_key": key, **columns}


def relation(number, source, target, kind="implements", status="asserted"):
    return {"id": number, "from_id": source, "to_id": target, "type": kind, "status": status, "evidence_count": 1}


def proof(number, by, words="Thực hiện Kế hoạch số 2/KH-UBND", **columns):
    start = TEXT.index(words)
    place = {"source_id": "s3", "asserted_by": by, "start": start, "end": start + len(words), "text": words}
    return {"relation_id": number, **place, "rule": "r", "precision": 33 / 35, "measured": 35, **columns}


EDGES = [
    (PROVINCE, TOP, "implements", "asserted"), (OTHER, TOP, "implements", "asserted"),
    (DISTRICT, PROVINCE, "implements", "asserted"), (COMMUNE, DISTRICT, "implements", "asserted"),
    (PLANNED, PROVINCE, "implements", "planned"), (OTHER, DISTRICT, "cites", "asserted"),
]  # fmt: skip
RELATIONS = [relation(number, *edge) for number, edge in enumerate(EDGES, start=1)]
ROWS = {
    "agencies": [{"id": "an-mau", "name": "UBND huyện An Mẫu", "level": "district", "place": "An Mẫu, Sông Mẫu"}],
    "documents": [
        *(document(one) for one in (TOP, PROVINCE, COMMUNE, OTHER)),
        document(DISTRICT, agency_id="an-mau"),
        document(PLANNED, status="planned", label=HOSTILE, title=HOSTILE),
        document(LONELY, code=HOSTILE, number_key="x", issued_on="2024-05-01"),
        document("song-mau/an-mau/2024/2-qd", code="2/QĐ-UBND", issued_on="2024-02-20", agency_id="an-mau"),
        document("song-mau/an-mau/2024/8-qd", code="8/QĐ-UBND", issued_on="2024-06-20", agency_id="an-mau"),
    ],
    "document_ids": [{"old_id": "cu/3-kh", "document_id": DISTRICT}],
    "sources": [
        {"id": "s3", "path": "3.txt", "format": "text", "state": "read", "document_id": DISTRICT, "text": TEXT},
        {"id": "t3", "path": "3b.txt", "format": "text", "state": "read", "document_id": DISTRICT, "text": "Bản hai.\r\n"},
    ],
    "mentions": [
        {"id": 7, "source_id": "s3", "document_id": DISTRICT, "start": 23, "end": 44, "text": TEXT[23:44], "kind": "numbered"}
        | {"target_id": PROVINCE, "resolution": "context"},
    ],
    "relations": RELATIONS,
    "evidence": [proof(one["id"], one["from_id"]) for one in RELATIONS],
    "deadlines": [
        {"document_id": DISTRICT, "task": "report", "audience": "district", "due": "--12-15", "recurring": 1}
        | {"source_id": "s3", "start": 46, "end": 108, "text": TEXT[46:108], "rule": "r"},
    ],
    "agency_relations": [
        {"id": 1, "from_id": DISTRICT, "agency": f"Phòng {HOSTILE}", "type": "coordinates", "evidence_count": 1}
    ],
    "agency_evidence": [
        {"agency_relation_id": 1, "source_id": "s3", "asserted_by": DISTRICT, "start": 46, "end": 60, "text": TEXT[46:60]}
        | {"rule": "r"}
    ],
    "builds": [{"at": "2025-01-01T00:00:00+00:00", "version": "9.9", "sources_read": 2}],
}  # fmt: skip


def hub(implementers):
    """A directive that `implementers` documents carry out, each by one sentence, and one mention each."""
    numbers = count(1)
    ids = [f"d/{number}" for number in range(implementers)]
    relations = [relation(next(numbers), one, TOP) for one in ids]
    sources = [
        {
            "id": f"s{number}",
            "path": f"{number}.txt",
            "format": "text",
            "state": "read",
            "document_id": one,
            "text": TEXT,
        }
        for number, one in enumerate(ids, start=1)
    ]
    return {
        "documents": [document(TOP), *(document(one, code=f"{one[2:]}/KH-UBND") for one in ids)],
        "sources": sources,
        "relations": relations,
        "evidence": [proof(one["id"], one["from_id"], source_id=f"s{one['id']}") for one in relations],
        "mentions": [
            {
                "id": number,
                "source_id": f"s{number}",
                "document_id": one,
                "start": 0,
                "end": 7,
                "text": f"cách viết {number}",
            }
            | {"kind": "numbered", "target_id": TOP, "resolution": "exact"}
            for number, one in enumerate(ids, start=1)
        ],
    }
