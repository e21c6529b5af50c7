"""What a table of the database is described by, and the tables with long descriptions."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: its description, columns (name → type, description) and constraints."""

    description: str
    columns: dict[str, tuple[type, str]]
    pk: str | None = None
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = field(default=())


DEADLINES = Table(
    description="Thời hạn mà văn bản giao việc: việc gì, cấp nào, đến ngày nào",
    columns={
        "document_id": (str, "Văn bản đặt ra thời hạn"),
        "task": (
            str,
            "Việc phải làm: plan (xây dựng kế hoạch), report (báo cáo), review (sơ kết, tổng kết); trống: việc khác",
        ),
        "audience": (
            str,
            "Cấp được giao việc, cách nhau bằng dấu phẩy: province_party, province_state, department, district_party, "
            "district, commune, ministry; trống: câu không nêu",
        ),
        "due": (str, "Ngày cuối cùng, tính cả ngày đó (ISO); --MM-DD là ngày của mỗi năm"),
        "recurring": (int, "1: lặp lại mỗi năm; 0: một lần"),
        "source_id": (str, "Tệp nguồn"),
        "start": (int, "Vị trí đầu"),
        "end": (int, "Vị trí cuối"),
        "text": (str, "Nguyên văn"),
        "rule": (str, "Quy tắc nhận ra"),
    },
    foreign_keys=(("document_id", "documents", "id"), ("source_id", "sources", "id")),
    indexes=(("document_id",), ("source_id", "start")),
)
"""Until when documents want tasks done."""

READINGS = Table(
    description="Kết quả đọc từng tệp, giữ lại để lần xây dựng sau không phải đọc lại tệp không đổi; dành cho chương trình",
    columns={
        "source_id": (str, "Tệp nguồn"),
        "kind": (str, "Phần tên tệp quyết định cách đọc, như .txt"),
        "made_by": (str, "Mã băm của chương trình và patterns/ đã đọc tệp"),
        "content": (bytes, "Kết quả đọc, không kèm toàn văn (JSON nén bằng zlib)"),
    },
    foreign_keys=(("source_id", "sources", "id"),),
    indexes=(("source_id",),),
)
"""What was read out of unchanged files, for the next build."""
