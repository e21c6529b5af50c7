"""Inputs made to be slow: what a careless pattern reads again and again, at any length.

Each is a unit repeated, so that a linear reader takes time proportional to the length.
"""

from itertools import count

REPEATED = {
    "digits and slashes": "1/",
    "digits": "1",
    "slashes": "/",
    "symbols": "-KH/TU",
    "short codes joined": "1-A1-A",
    "short codes": "1-K ",
    "blanks": " ",
    "số and blanks": "số" + " " * 50,
    "types": "Quyết định ",
    "types and số": "Nghị định số ",
    "one word": "a",
    "Luật": "Luật ",
    "ngày": "ngày ",
    "days": "ngày 5 tháng 3 ",
    "in force": "Nghị định này có hiệu lực ",
    "in force with codes": "Nghị định số 24/2024/NĐ-CP có hiệu lực từ ngày 01/7/2024, ",
    "deadlines": "trước ngày 15/12/2024 ",
    "deadlines with tasks": "báo cáo trước ngày 15/12 và xây dựng kế hoạch trong quý I/2024, ",
    "provisions": "điểm a khoản 1 ",
    "provisions in lists": "khoản 1, khoản 2 và ",
    "của Ban": "của Ban ",
    "của UBND": "của UBND tỉnh ",
    "opening quotes": "“",
    "quotes": "“a” ",
    "angle brackets": "<",
    "links": "](",
    "entities": "&#",
    "và": "và ",
    "blank numbers": "số ......... /QĐ-UBND ",
    "dots": ".",
    "line breaks": "\n",
    "căn cứ lines": "Căn cứ \n",
    "căn cứ lines with codes": "Căn cứ Nghị định số 24/2024/NĐ-CP;\n",
    "codes in a list": "số 24/2024/NĐ-CP, ",
    "footnotes": "[1] a\n\n",
    "table bars": "| ",
    "Markdown": "**",
    "headings": "# I. \n",
    "amended laws": "sửa đổi, bổ sung một số điều của Luật ",
    "cues": "triển khai thực hiện ",
    "drafts": "dự thảo ",
    "marks": "\u0323",
    "capitals": "UỶ BAN NHÂN DÂN ",
    "plans between": "Kế hoạch số 5/KHPH-SYT phối hợp giữa Sở Y tế, Công an tỉnh và ",
    "scope sentences": "Thông tư này hướng dẫn việc; ",
    "bodies": "Quyết định số 5/QĐ-UBND thành lập Ban Chỉ đạo và Tổ công tác ",
    "cues and codes": "thực hiện Kế hoạch số 5/KH-UBND và ",
    "points and codes": "theo khoản 1 Điều 5 Luật Trẻ em và ",
    "rows": "Điều 5 Luật Trẻ em; ",
}
"""Name → the unit repeated."""

STARTED = {
    "one cue, many codes": ("Kế hoạch này thực hiện ", "Quyết định số 5/QĐ-UBND, "),
    "one quote, many codes": ("“", "Quyết định số 5/QĐ-UBND "),
    "agencies of a plan": ("KẾ HOẠCH\nVề trẻ em\n\nI. NHIỆM VỤ\n1. Chung\n", "; Sở Y tế"),
    "tasks of a plan": ("KẾ HOẠCH\nVề trẻ em\n\nI. NHIỆM VỤ\n1. Chung\n", "Giao Sở Y tế, Công an tỉnh chủ trì; "),
    "annexed list": ("Nơi nhận:\nPHỤ LỤC\n", "1. Kế hoạch số 5/KH-UBND ngày 5/3/2024 thực hiện Luật Trẻ em\n"),
    "footnotes in a sentence": ("Theo Luật Trẻ em\n", "[1] Nghị định số 24/2024/NĐ-CP\n\nvà\n"),
}
"""Name → what stands once at the start, and the unit repeated behind it."""


def _counted(size: int) -> str:
    """Different codes one after another: nothing that was seen before helps."""
    pieces, length = [], 0
    for number in count(1):
        if length >= size:
            break
        piece = f"{number}/KH-UBND "
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)[:size]


INPUTS = (*REPEATED, *STARTED, "different codes")
"""The names of all inputs."""


def adversarial_text(name: str, size: int) -> str:
    """Return `size` characters of the input `name`."""
    if name == "different codes":
        return _counted(size)
    start, unit = STARTED.get(name) or ("", REPEATED[name])
    return (start + unit * (size // len(unit) + 1))[:size]
