"""The tables of relations: between documents, and of documents to agencies, with their evidence."""

from kgdocs.store.tables import Table

RELATION_TABLES: dict[str, Table] = {
    "relations": Table(
        description="Quan hệ giữa hai văn bản; văn bản tác động là from_id",
        columns={
            "id": (int, "Số thứ tự"),
            "from_id": (str, "Văn bản tác động (mới hơn)"),
            "to_id": (str, "Văn bản được tác động"),
            "type": (str, "Loại quan hệ"),
            "status": (str, "asserted (được khẳng định), planned (dự kiến), negated (phủ định)"),
            "evidence_count": (int, "Số bằng chứng"),
        },
        pk="id",
        foreign_keys=(("from_id", "documents", "id"), ("to_id", "documents", "id")),
        indexes=(("from_id", "type", "status", "to_id"), ("to_id", "type", "status", "from_id")),
    ),
    "evidence": Table(
        description="Bằng chứng của quan hệ: câu chữ nào, ở tệp nào, theo quy tắc nào",
        columns={
            "relation_id": (int, "Quan hệ"),
            "source_id": (str, "Tệp nguồn"),
            "asserted_by": (str, "Văn bản khẳng định quan hệ; trống nếu là sổ văn bản"),
            "start": (int, "Vị trí đầu"),
            "end": (int, "Vị trí cuối"),
            "text": (str, "Nguyên văn"),
            "page": (int, "Trang"),
            "rule": (str, "Quy tắc nhận ra"),
            "precision": (float, "Tỷ lệ đúng của quy tắc, đo trên các đáp án làm tay, 0–1; trống nếu chưa đo"),
            "measured": (int, "Số lần quy tắc đã được đối chiếu với đáp án"),
        },
        foreign_keys=(
            ("relation_id", "relations", "id"),
            ("source_id", "sources", "id"),
            ("asserted_by", "documents", "id"),
        ),
        indexes=(("relation_id",), ("source_id", "start")),
    ),
    "agency_relations": Table(
        description="Quan hệ của văn bản với cơ quan: phối hợp, thành lập hoặc kiện toàn, giao nhiệm vụ",
        columns={
            "id": (int, "Số thứ tự"),
            "from_id": (str, "Văn bản"),
            "agency": (str, "Cơ quan, tổ chức như in trong văn bản"),
            "agency_id": (str, "Cơ quan đã nhận diện; trống nếu chưa biết"),
            "type": (str, "coordinates (phối hợp giữa), establishes (thành lập, kiện toàn), assigns (giao nhiệm vụ)"),
            "evidence_count": (int, "Số bằng chứng"),
        },
        pk="id",
        foreign_keys=(("from_id", "documents", "id"), ("agency_id", "agencies", "id")),
        indexes=(("from_id", "type"), ("agency_id", "type")),
    ),
    "agency_evidence": Table(
        description="Bằng chứng của quan hệ với cơ quan",
        columns={
            "agency_relation_id": (int, "Quan hệ với cơ quan"),
            "source_id": (str, "Tệp nguồn"),
            "asserted_by": (str, "Văn bản khẳng định quan hệ"),
            "start": (int, "Vị trí đầu"),
            "end": (int, "Vị trí cuối"),
            "text": (str, "Nguyên văn"),
            "rule": (str, "Quy tắc nhận ra"),
        },
        foreign_keys=(
            ("agency_relation_id", "agency_relations", "id"),
            ("source_id", "sources", "id"),
            ("asserted_by", "documents", "id"),
        ),
        indexes=(("agency_relation_id",), ("source_id", "start")),
    ),
}
"""Part of the tables that schema.py lists."""
