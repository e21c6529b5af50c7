"""Texts to measure on: the corpus over and over, prose with few references, the shared texts."""

import random
from functools import cache
from pathlib import Path

from kgdocs.grammar import Rules, load_rules
from kgdocs.models import Source
from kgdocs.read import read_source

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "gold" / "dev"
SEED = 20240725

PLAIN_SENTENCES = (
    "Trong năm qua, các địa phương trong tỉnh đã có nhiều cố gắng trong việc chăm lo cho trẻ em có hoàn cảnh khó khăn.",
    "Toàn tỉnh hiện có {big} trẻ em, chiếm {percent} % dân số, trong đó {big}/{big} em được cấp thẻ bảo hiểm y tế.",
    "Ngày {day}/{month}, đoàn công tác đã đến thăm {small} hộ gia đình và trao {small} suất quà, tổng trị giá {small} triệu đồng.",
    "Công tác phối hợp giữa nhà trường và gia đình có lúc, có nơi còn chưa chặt chẽ; việc nắm tình hình ở cơ sở còn chậm.",
    "Đội ngũ cộng tác viên ở ấp, khu phố thay đổi thường xuyên nên việc thống kê, báo cáo gặp không ít khó khăn.",
    "Từ ngày {day} tháng {month} năm {year} đến nay, đã mở {small} lớp tập huấn cho {small} lượt người tham dự.",
    "Kinh phí thực hiện là {big} đồng, đạt {percent} % dự toán được giao đầu năm.",
    "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi giảm còn {percent} %, đạt mục tiêu đề ra.",
    "Các câu lạc bộ ở trường học sinh hoạt đều đặn, thu hút {small}/{small} em tham gia thường xuyên.",
    "Một số bậc cha mẹ đi làm ăn xa, gửi con cho ông bà trông giữ, nên việc quản lý các em còn hạn chế.",
    "Thời gian tới, đề nghị các ngành tiếp tục quan tâm, bố trí nguồn lực và kiểm tra việc thực hiện ở cơ sở.",
    "Liên hệ: số điện thoại 0297.3{small}.{small}, phòng {small}, tầng {day}.",
)
CITING_SENTENCES = (
    "Thực hiện Kế hoạch số {small}/KH-UBND ngày {day}/{month}/{year} của Ủy ban nhân dân tỉnh Sông Mẫu, các sở, ngành đã xây dựng chương trình hành động.",
    "Căn cứ Nghị định số {small}/{year}/NĐ-CP ngày {day} tháng {month} năm {year} của Chính phủ, đơn vị đã rà soát lại quy trình.",
    "Việc hỗ trợ được thực hiện theo khoản 2 Điều {day} Luật Trẻ em và Thông tư số {small}/{year}/TT-BLĐTBXH của Bộ Lao động - Thương binh và Xã hội.",
    "Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị số {day}-CT/TU ngày {day}/{month}/{year} về tăng cường công tác trẻ em.",
    "Sở đã có Công văn số {small}/SLĐTBXH-TE ngày {day}/{month}/{year} đề nghị các huyện báo cáo kết quả.",
)
CITING_SHARE = 0.08
"""Share of sentences that cite: about 0.9 references in 1,000 characters, as in a real report."""


@cache
def _source(path: Path) -> Source:
    """The text of a file as the pipeline reads it."""
    return read_source(path, _rules())


@cache
def _rules() -> Rules:
    return load_rules()


def corpus_text(size: int) -> str:
    """Return `size` characters of the corpus, over and over: dense with references."""
    paths = sorted(path for path in (ROOT / "corpus").iterdir() if path.suffix in (".txt", ".md"))
    return _filled([_source(path).text for path in paths], size)


def prose_text(size: int) -> str:
    """Return `size` characters of prose with as many references as a real report; the same every time."""
    chance = random.Random(SEED)
    pieces, length = [], 0
    while length < size:
        sentences = CITING_SENTENCES if chance.random() < CITING_SHARE else PLAIN_SENTENCES
        piece = varied(chance.choice(sentences), chance) + chance.choice((" ", " ", " ", "\n\n"))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)[:size]


def varied(sentence: str, chance: random.Random) -> str:
    """The sentence with other numbers at every place."""
    while "{" in sentence:
        for name, value in (
            ("{big}", f"{chance.randint(100, 999)}.{chance.randint(100, 999)}"),
            ("{percent}", f"{chance.randint(1, 99)},{chance.randint(0, 9)}"),
            ("{small}", str(chance.randint(10, 999))),
            ("{day}", str(chance.randint(1, 28))),
            ("{month}", str(chance.randint(1, 12))),
            ("{year}", str(chance.randint(2015, 2024))),
        ):
            sentence = sentence.replace(name, value, 1)
    return sentence


def shared_text(size: int) -> str:
    """Return `size` characters of the shared texts, empty where they are not here."""
    texts = [_source(path).text for path in sorted(SHARED.glob("*.txt"))] if SHARED.is_dir() else []
    return _filled(texts, size) if texts else ""


def _filled(texts: list[str], size: int) -> str:
    once = "\n\n".join(texts)
    return (once * (size // len(once) + 1))[:size]


TEXTS = {"corpus": corpus_text, "prose": prose_text, "shared": shared_text}
"""Name → how to make `size` characters of it."""
