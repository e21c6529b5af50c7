"""What the targets that take a text share: its words, samples, and how an input becomes one."""

import random
import unicodedata

from tests.fuzz.mutation import mutated_text

LONGEST = (24, 48, 120)
"""Characters of a text: short ones are tried more often in the same time."""
WORDS = (
    "Kế hoạch số ", "Quyết định số ", "Nghị định ", "Công văn ", "Chỉ thị số ", "dự thảo Nghị quyết ", "Luật Trẻ em", "Bộ luật Dân sự",
    "Hiến pháp", "Đề án 06", "28-CT/TW", "211-KH/TU", "24/2024/NĐ-CP", "5/KH-UBND", "/QĐ-UBND", "1-K", "327.380/414.677", "36O/QĐ-UBND",
    "56-2017/NĐ-CP", "29/2025/NĐ-C P", "ngày 5/3/2024", " ngày 5 tháng 3 năm 2024", "ngày 30/02/2024", "tháng 13 năm 2024", "ngày …/…/2024",
    " năm 2024", " của UBND ", "tỉnh Sông Mẫu", " của Chính phủ", "điểm a khoản 2 ", "Điều 5 ", "khoản 1, 2 và 3 ", "thực hiện ",
    "Căn cứ ", "sửa đổi, bổ sung ", "thay thế ", "bãi bỏ ", "được sửa đổi bởi ", "ban hành kèm theo ", "chưa ban hành ", "về việc ",
    "có hiệu lực từ ", "trong thời hạn 30 ngày ", "và ", "của ", "số", "ngày", "Nơi nhận:\n", "PHỤ LỤC\n", "1. ", "I. ", "KẾ HOẠCH\n",
    "QUYẾT ĐỊNH:\n", "Số: 12/KH-UBND\n", "ỦY BAN NHÂN DÂN\n", "[1] ", "# ", "**", "| ", "\n", "\n\n", "\r\n", "\t", "\f", "\u00a0", " ", ", ",
    "; ", ". ", ": ", "“", "”", '"', "(", ")", "-", "–", "—", "\u00ad", "/", "\u0301", "\u0323", "\u0302", "\ufffe", "\u200b", "\u202e",
    "ﬁ", "İ", "ẞ", "đ", "Đ", "Ð", "４７", "٤٧", "²", "１", "&amp;", "&#0;", "1" * 40, "\0", "\x1b[2J", "K" + "\u0301" * 30,
)  # fmt: skip
SAMPLES = (
    "Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị và Kế hoạch số 211-KH/TU ngày 25/4/2024 của Tỉnh ủy.",
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\n-------\nSố: 12/KH-UBND\nSông Mẫu, ngày 05 tháng 8 năm 2024\nKẾ HOẠCH\nCông tác trẻ em (văn bản mẫu)\n",
    "Căn cứ Luật Trẻ em ngày 05/4/2016;\nCăn cứ Nghị định số 56/2017/NĐ-CP (sửa đổi, bổ sung bởi Nghị định số 24/2024/NĐ-CP);",
    "Kế hoạch này thay thế điểm a khoản 2 Điều 5 Quyết định số 9182/QĐ-UBND, 9183/QĐ-UBND và dự thảo Nghị quyết về việc hỗ trợ.",
    "",
)


def text_of(content: bytes) -> str:
    """The text that an input stands for, whatever its bytes."""
    return unicodedata.normalize("NFC", content.decode("utf-8", "replace"))[:600]


def samples() -> list[bytes]:
    """Return short texts to begin with."""
    return [text.encode() for text in SAMPLES]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a changed text."""
    return mutated_text(content.decode("utf-8", "replace"), WORDS, chance, chance.choice(LONGEST)).encode(
        "utf-8", "replace"
    )
