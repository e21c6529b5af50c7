"""The made-up country as a folder of texts, about 5 kB each, so that whole builds can be measured."""

import random
from collections.abc import Sequence
from pathlib import Path

from kgdocs.grammar import Rules
from tests.benchmarks.country import KINDS, Country, Made, made_documents, one_of
from tests.benchmarks.texts import PLAIN_SENTENCES, SEED, varied

CITED, SENTENCES = 8, 27
_HEADS = (
    ("BỘ CHÍNH TRỊ", "Hà Nội"),
    ("THỦ TƯỚNG CHÍNH PHỦ", "Hà Nội"),
    ("TỈNH ỦY {place}", "{place}"),
    ("ỦY BAN NHÂN DÂN\nTỈNH {place}", "{place}"),
    ("UBND TỈNH {place}\nSỞ Y TẾ", "{place}"),
    ("ỦY BAN NHÂN DÂN\nTỈNH {place}", "{place}"),
    ("ỦY BAN NHÂN DÂN\nHUYỆN {unit}", "{unit}"),
)
_NAMES = (
    "của Bộ Chính trị",
    "của Thủ tướng Chính phủ",
    "của Tỉnh ủy {place}",
    "của Ủy ban nhân dân tỉnh {place}",
    "của Sở Y tế tỉnh {place}",
    "của Ủy ban nhân dân tỉnh {place}",
    "của Ủy ban nhân dân huyện {unit}, tỉnh {place}",
)


def write_files(folder: Path, rules: Rules, count: int) -> list[Path]:
    """Write about `count` texts below `folder` and return their paths; the same every time."""
    dice = random.Random(SEED)
    country = made_documents(rules, count, dice)
    paths = []
    for at, one in enumerate(country.documents):
        path = folder / f"{at // 1000:03}" / f"{at:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(country, one, rules, dice), encoding="utf-8")
        paths.append(path)
    return paths


def change_files(paths: Sequence[Path], share: float, seed: int = SEED) -> list[Path]:
    """Write a further sentence into a share of the files; returns those changed."""
    dice = random.Random(seed)
    chosen = dice.sample(list(paths), max(1, round(len(paths) * share)))
    for path in chosen:
        with path.open("a", encoding="utf-8") as file:
            file.write(
                f"\nBổ sung: thực hiện Kế hoạch số {dice.randint(1, 400)}/KH-UBND ngày 05/3/2023 của UBND tỉnh.\n"
            )
    return chosen


def _text(country: Country, one: Made, rules: Rules, dice: random.Random) -> str:
    """One document: header, what it carries out, sentences that cite others and some that do not."""
    day = one.day.split("-")
    issuer, seat = (_filled(words, one, rules) for words in _HEADS[one.kind])
    place = f"{seat.title()}, ngày {day[2]} tháng {day[1]} năm {day[0]}"
    head = f"{issuer.upper()}\nSố: {one.code}\n{place}\n\n{KINDS[one.kind].label.upper()}\n{one.title}\n\n"
    targets = [_cited(country, dice) for _ in range(CITED)]
    if one.above is not None:
        targets.insert(0, one.above)
    sentences = [varied(dice.choice(PLAIN_SENTENCES), dice) for _ in range(SENTENCES)]
    for number, target in enumerate(targets):
        verb = "Thực hiện" if number == 0 else "Theo nội dung"
        words = f"{verb} {_called(country.documents[target], rules)}, đơn vị đã triển khai đến cơ sở."
        sentences.insert(0 if number == 0 else dice.randrange(1, len(sentences)), words)
    return head + "\n\n".join(sentences) + "\n"


def _cited(country: Country, dice: random.Random) -> int:
    return one_of(country.of_kind[dice.choice((0, 1, 2, 3, 3, 3))], dice)


def _called(one: Made, rules: Rules) -> str:
    day = "/".join(reversed(one.day.split("-")))
    return f"{KINDS[one.kind].label} số {one.code} ngày {day} {_filled(_NAMES[one.kind], one, rules)}"


def _filled(words: str, one: Made, rules: Rules) -> str:
    """Words with the names of the province and of the district of a document."""
    place, _, unit = one.place.partition("/")
    known = rules.places.get(place)
    number = unit.removeprefix("huyen-") or "0"
    return words.format(place=known.name if known else place, unit=f"An Mẫu {'ABCDEGHIKLMN'[int(number)]}")
