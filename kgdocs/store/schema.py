"""The tables of the database, each column described once, in Vietnamese, for the site.

design.md §6 fixes the names that other programs rely on; columns beyond it are ours.
`TABLES` drives the creation of the tables, the descriptions shown by Datasette, and
the test that compares the two.
"""

from kgdocs.store.audit_tables import CHAIN_STEPS, FINDING_COUNTS, FINDINGS
from kgdocs.store.relation_tables import RELATION_TABLES
from kgdocs.store.tables import DEADLINES, READINGS, Table

SCHEMA_VERSION = 7


TABLES: dict[str, Table] = {
    "sources": Table(
        description="Tệp nguồn: mỗi tệp được đưa vào, đọc được hay không, đều có một dòng",
        columns={
            "id": (str, "Mã băm SHA-256 của nội dung tệp"),
            "path": (str, "Đường dẫn tệp như khi được đưa vào; các bản trùng nội dung cách nhau bằng dấu xuống dòng"),
            "format": (
                str,
                "Định dạng tệp, như text, register (sổ CSV), xlsx (sổ Excel), corrections (tệp đính chính)",
            ),
            "state": (str, "Kết quả đọc: read (đã đọc), warning (đọc có cảnh báo), rejected (không đọc được)"),
            "reason": (str, "Lý do cảnh báo hoặc không đọc được"),
            "document_id": (str, "Văn bản chứa trong tệp"),
            "text": (str, "Toàn văn dạng Unicode NFC; mọi vị trí start, end tính theo văn bản này"),
            "pages": (int, "Số trang, nếu định dạng có trang"),
            "encoding": (str, "Bảng mã mà tệp được đọc"),
            "warning": (str, "Cảnh báo khi giải mã tệp; có trong reason"),
            "imported": (
                int,
                "1: sổ văn bản đã nạp riêng (register import), giữ lại khi xây dựng lại; 0: tệp của lần xây dựng",
            ),
        },
        pk="id",
        foreign_keys=(("document_id", "documents", "id"),),
        indexes=(("document_id",), ("state",)),
    ),
    "documents": Table(
        description="Văn bản: đã đọc toàn văn, có trong danh mục, chỉ được viện dẫn, dự thảo hoặc dự kiến ban hành",
        columns={
            "id": (str, "Mã văn bản, ổn định và đọc được, cũng là địa chỉ trang"),
            "code": (str, "Số, ký hiệu"),
            "type": (str, "Mã loại văn bản"),
            "label": (str, "Tên loại như in trong văn bản"),
            "number": (str, "Số"),
            "year": (int, "Năm ban hành"),
            "issued_on": (str, "Ngày ban hành (ISO, có thể chỉ biết tháng hoặc năm)"),
            "issuer": (str, "Cơ quan ban hành như được nêu"),
            "agency_id": (str, "Cơ quan ban hành đã nhận diện"),
            "place": (str, "Địa phương của cơ quan ban hành"),
            "level": (str, "Cấp: central, province, district, commune"),
            "title": (str, "Trích yếu"),
            "status": (
                str,
                "read (đã đọc), listed (trong danh mục), cited (chỉ được viện dẫn), draft (dự thảo), planned (dự kiến)",
            ),
            "effective_on": (str, "Ngày có hiệu lực (tính cả ngày này), có bằng chứng trong document_facts"),
            "expires_on": (
                str,
                "Ngày hết hiệu lực: ngày đầu tiên không còn hiệu lực, có bằng chứng trong document_facts",
            ),
            "number_key": (str, "Số, ký hiệu bỏ dấu và dấu phân cách, để tra nhanh"),
            "cited_count": (int, "Số lượt viện dẫn đến văn bản này"),
        },
        pk="id",
        foreign_keys=(("agency_id", "agencies", "id"),),
        indexes=(
            ("number_key", "issued_on"),
            ("number_key", "id"),
            ("type", "issued_on"),
            ("place", "issued_on"),
            ("status", "issued_on"),
            ("agency_id",),
            ("cited_count",),
            ("year",),
            ("issued_on",),
        ),
    ),
    "document_facts": Table(
        description="Mỗi dữ kiện về văn bản kèm nguồn: cùng một văn bản có thể được nêu khác nhau",
        columns={
            "document_id": (str, "Văn bản"),
            "field": (
                str,
                "Tên dữ kiện: code, label, date, issuer, title, effective_on, expires_on, same_as (cũng là văn bản)",
            ),
            "value": (str, "Giá trị như được nêu (ngày ở dạng ISO)"),
            "source_id": (str, "Tệp nguồn nêu dữ kiện"),
            "start": (int, "Vị trí đầu trong toàn văn tệp nguồn"),
            "end": (int, "Vị trí cuối trong toàn văn tệp nguồn"),
            "text": (str, "Nguyên văn làm bằng chứng"),
            "origin": (
                str,
                "Nơi nêu: header (thể thức văn bản), text (văn bản quy định), computed (tính từ ngày ký theo văn bản), annex (danh mục), "
                "register (sổ), mention (viện dẫn), patterns (bảng tên gọi), inferred (suy từ ký hiệu, hoặc từ ngày ban hành của văn bản "
                "thay thế, bãi bỏ), correction (người dùng quyết định)",
            ),
            "count": (
                int,
                "Số lần nêu mà dòng này thay cho: điều nhiều nơi viện dẫn nêu như nhau chỉ giữ vài nguồn đầu, còn lại xem mentions",
            ),
        },
        foreign_keys=(("document_id", "documents", "id"), ("source_id", "sources", "id")),
        indexes=(("document_id", "field"),),
    ),
    "document_ids": Table(
        description="Mã văn bản cũ chuyển hướng đến mã hiện nay",
        columns={
            "old_id": (str, "Mã cũ"),
            "document_id": (str, "Mã hiện nay"),
        },
        pk="old_id",
        foreign_keys=(("document_id", "documents", "id"),),
    ),
    "id_collisions": Table(
        description="Những văn bản lẽ ra cùng một mã, được phân biệt bằng số thứ tự ở cuối mã",
        columns={
            "name": (str, "Mã chung"),
            "document_id": (str, "Mã đã phân biệt"),
        },
        foreign_keys=(("document_id", "documents", "id"),),
    ),
    "agencies": Table(
        description="Cơ quan ban hành, kèm khoảng thời gian tồn tại",
        columns={
            "id": (str, "Mã cơ quan"),
            "name": (str, "Tên cơ quan"),
            "level": (str, "Cấp: central, province, district, commune"),
            "ladder": (str, "Hệ thống: state (Nhà nước), party (Đảng), mass (đoàn thể)"),
            "place": (str, "Địa phương"),
            "valid_from": (str, "Bắt đầu tồn tại"),
            "valid_to": (str, "Chấm dứt (không tính ngày này)"),
        },
        pk="id",
    ),
    "mentions": Table(
        description="Lượt viện dẫn: mỗi chỗ một văn bản được nhắc đến, với vị trí chính xác",
        columns={
            "id": (int, "Số thứ tự"),
            "source_id": (str, "Tệp nguồn"),
            "document_id": (str, "Văn bản viện dẫn (văn bản chứa lượt này)"),
            "start": (int, "Vị trí đầu"),
            "end": (int, "Vị trí cuối"),
            "text": (str, "Nguyên văn"),
            "kind": (
                str,
                "Dạng: numbered (có số), named (tên gọi), short (rút gọn), draft (dự thảo, chưa có số), planned (dự kiến)",
            ),
            "type": (str, "Mã loại văn bản"),
            "code": (str, "Số, ký hiệu đã chuẩn hóa"),
            "date": (str, "Ngày nêu kèm (ISO)"),
            "issuer": (str, "Cơ quan ban hành nêu kèm"),
            "title": (str, "Trích yếu nêu kèm"),
            "provision": (str, "Điều, khoản, điểm nêu kèm"),
            "page": (int, "Trang"),
            "rule": (str, "Quy tắc nhận ra"),
            "repairs": (str, "Các sửa chữa khi đọc số, ký hiệu (JSON)"),
            "target_id": (str, "Văn bản được viện dẫn"),
            "resolution": (
                str,
                "Cách xác định: exact, context, nickname, title, repaired, short, corrected (người dùng quyết định), ambiguous, unresolved",
            ),
            "score": (float, "Độ tin cậy của liên kết, 0–1"),
            "reason": (str, "Vì sao liên kết như vậy, hoặc vì sao không"),
            "parts": (str, "Đối chiếu từng phần (JSON): số, ký hiệu, ngày, cơ quan, trích yếu; khớp, khác hay chưa rõ"),
        },
        pk="id",
        foreign_keys=(
            ("source_id", "sources", "id"),
            ("document_id", "documents", "id"),
            ("target_id", "documents", "id"),
        ),
        indexes=(("source_id", "start"), ("target_id", "document_id"), ("document_id",), ("resolution",)),
    ),
    "spellings": Table(
        description="Cách viết: mỗi văn bản được nơi khác viện dẫn bằng những chữ nào, bao nhiêu lượt",
        columns={
            "document_id": (str, "Văn bản được viện dẫn"),
            "text": (str, "Nguyên văn"),
            "count": (int, "Số lượt"),
            "sources": (int, "Số tệp nguồn"),
        },
        foreign_keys=(("document_id", "documents", "id"),),
        indexes=(("document_id", "count"),),
    ),
    "candidates": Table(
        description="Các văn bản đã xét cho một lượt viện dẫn nhưng không được liên kết",
        columns={
            "mention_id": (int, "Lượt viện dẫn"),
            "document_id": (str, "Văn bản được xét"),
            "score": (float, "Điểm"),
            "reason": (str, "Lý do"),
        },
        foreign_keys=(("mention_id", "mentions", "id"), ("document_id", "documents", "id")),
        indexes=(("mention_id",),),
    ),
    **RELATION_TABLES,
    "deadlines": DEADLINES,
    "chain_steps": CHAIN_STEPS,
    "findings": FINDINGS,
    "finding_counts": FINDING_COUNTS,
    "terms": Table(
        description="Từ vựng tìm kiếm: từ bỏ dấu và các cách viết có dấu gặp trong văn bản",
        columns={
            "folded": (str, "Từ bỏ dấu"),
            "term": (str, "Từ có dấu"),
            "documents": (int, "Số văn bản có từ này"),
        },
        indexes=(("folded",),),
    ),
    "search": Table(
        description="Nội dung được lập chỉ mục tìm kiếm, mỗi văn bản một dòng",
        columns={
            "document_id": (str, "Văn bản"),
            "type": (str, "Tên loại"),
            "code": (str, "Số, ký hiệu"),
            "title": (str, "Trích yếu"),
            "issuer": (str, "Cơ quan ban hành"),
            "body": (str, "Toàn văn"),
        },
        pk="document_id",
        foreign_keys=(("document_id", "documents", "id"),),
    ),
    "readings": READINGS,
    "builds": Table(
        description="Lần xây dựng cơ sở dữ liệu",
        columns={
            "at": (str, "Thời điểm (UTC, ISO)"),
            "version": (str, "Phiên bản kgdocs"),
            "schema_version": (int, "Phiên bản lược đồ"),
            "patterns_hash": (str, "Mã băm của patterns/"),
            "sources_read": (int, "Số tệp đã đọc"),
            "sources_warning": (int, "Số tệp đọc có cảnh báo"),
            "sources_rejected": (int, "Số tệp không đọc được"),
            "documents": (int, "Số văn bản"),
            "mentions": (int, "Số lượt viện dẫn"),
            "resolved": (int, "Số lượt đã xác định"),
            "ambiguous": (int, "Số lượt còn nhiều khả năng"),
            "unresolved": (int, "Số lượt chưa xác định"),
            "relations": (int, "Số quan hệ"),
            "newest": (str, "Ngày ban hành mới nhất đã đọc"),
        },
    ),
}

FULL_TEXT_TABLE = "search"
FULL_TEXT_COLUMNS = ("type", "code", "title", "issuer", "body")
FULL_TEXT_TOKENIZER = "unicode61 remove_diacritics 0"
"""Exact spelling is indexed; unaccented words are expanded through `terms` when searching."""
