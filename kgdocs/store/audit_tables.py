"""The tables of the audit: steps of chains and findings."""

from kgdocs.store.tables import Table

CHAIN_STEPS = Table(
    description="Chuỗi thực hiện: các bước phải có của một văn bản chỉ đạo, ở từng địa phương, từng đơn vị",
    columns={
        "directive_id": (str, "Văn bản chỉ đạo"),
        "chain": (str, "Loại chuỗi (patterns/chains.yml)"),
        "step": (str, "Bước"),
        "place": (str, "Mã địa phương; trung-uong là trung ương"),
        "agency": (str, "Mã cơ quan phải thực hiện; trống nếu không xác định một cơ quan"),
        "agency_name": (str, "Tên cơ quan hoặc đơn vị phải thực hiện"),
        "document_id": (str, "Văn bản đáp ứng bước này"),
        "state": (str, "done (đã có), late (chậm), planned (dự kiến), missing (thiếu), unknown (chưa biết)"),
        "days": (int, "Số ngày kể từ văn bản chỉ đạo"),
        "deadline": (str, "Thời hạn nêu trong văn bản (ISO)"),
        "basis": (str, "Vì sao có trạng thái này, đã xem những gì"),
        "basis_en": (str, "Như basis, tiếng Anh"),
        "required": (int, "1: bước phải có; 0: bước không phải lúc nào cũng có"),
        "direct": (int, "1: được làm thẳng, không cần bước trước"),
        "carries_out": (str, "Văn bản mà bước này thực hiện hoặc phải thực hiện"),
        "evidence": (str, "Bằng chứng (JSON): tệp nguồn, vị trí, nguyên văn, quy tắc"),
    },
    foreign_keys=(
        ("directive_id", "documents", "id"),
        ("document_id", "documents", "id"),
        ("carries_out", "documents", "id"),
    ),
    indexes=(
        ("directive_id", "place", "step", "state"),
        ("state", "directive_id", "place", "step"),
        ("place", "directive_id", "step", "state"),
        ("document_id",),
    ),
)
FINDINGS = Table(
    description="Phát hiện: khác biệt cần người xem lại, nêu trung tính, có bằng chứng",
    columns={
        "id": (int, "Số thứ tự"),
        "code": (str, "Mã phát hiện"),
        "severity": (str, "Mức: high, medium, low, info"),
        "document_id": (str, "Văn bản liên quan"),
        "source_id": (str, "Tệp nguồn"),
        "start": (int, "Vị trí đầu"),
        "end": (int, "Vị trí cuối"),
        "text": (str, "Nguyên văn ở vị trí ấy"),
        "message": (str, "Nội dung"),
        "message_en": (str, "Nội dung, tiếng Anh"),
        "details": (str, "Chi tiết (JSON)"),
        "since": (str, "Ngày mà cả hai điều khác nhau đều đã có; trống nếu không rõ ngày"),
    },
    pk="id",
    foreign_keys=(("document_id", "documents", "id"), ("source_id", "sources", "id")),
    indexes=(("code", "severity"), ("severity",), ("document_id", "code", "severity"), ("source_id", "start")),
)
FINDING_COUNTS = Table(
    description="Số phát hiện đếm sẵn theo loại, mức, cơ quan và địa phương",
    columns={
        "code": (str, "Mã phát hiện"),
        "severity": (str, "Mức: high, medium, low, info"),
        "agency_id": (str, "Cơ quan ban hành văn bản liên quan; trống nếu chưa nhận diện"),
        "place": (str, "Phần đầu mã văn bản liên quan: địa phương hoặc trung ương; trống nếu không có văn bản"),
        "count": (int, "Số phát hiện"),
    },
)
"""A page over all findings adds these up; a million findings are not looked at for it."""
