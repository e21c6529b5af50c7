"""Texts as conversions leave them: lines cut at their width or joined, letters lost for good, blanks lost between words."""

import re
from functools import cache
from unicodedata import normalize

import pytest

from kgdocs.grammar.lost import LostLetters
from kgdocs.read.layout import read_layout
from tests.conftest import ROOT
from tests.damaged import cut_lines, join_lines, lose_blanks, lose_letters

TEXTS = sorted((ROOT / "corpus").rglob("*.txt"))


@cache
def text_of(path) -> str:
    return normalize("NFC", path.read_text(encoding="utf-8"))


def read(extractor, rules, text: str):
    """What is cited, each with its place, code and date, and which of it the text acts upon."""
    extraction = extractor.extract(text, read_layout(text, rules))
    references = extraction.references
    found = [(r.start, r.end, str(r.code) if r.code else None, r.date) for r in references]
    relations = {(one.type, found[one.target][2] or references[one.target].name) for one in extraction.relations}
    return found, relations


@pytest.mark.parametrize("width", [78, 32])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_lines_cut_at_their_width_say_the_same(extractor, rules, path, width):
    text = text_of(path)
    assert read(extractor, rules, cut_lines(text, width)[0]) == read(extractor, rules, text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_that_lost_its_lines_says_the_same(extractor, rules, path):
    text = text_of(path)
    joined = join_lines(text)[0]
    assert "\n" not in joined
    assert read(extractor, rules, joined) == read(extractor, rules, text)
    whole, flat = read_layout(text, rules).header, read_layout(joined, rules).header
    assert (flat.date, flat.place, flat.label) == (whole.date, whole.place, whole.label)


def test_what_is_quoted_of_a_text_without_lines_is_as_it_stands(extractor, rules):
    text = join_lines(text_of(ROOT / "corpus" / "mau-quyet-dinh-640-song-mau.txt"))[0]
    extraction = extractor.extract(text, read_layout(text, rules))
    assert extraction.relations
    for one in (*extraction.references, *extraction.relations):
        assert text[one.start : one.end] == one.text


def test_lines_of_a_usual_length_stay(rules):
    text = "Căn cứ Luật Trẻ em; Căn cứ Luật Đất đai. Điều 1. Phạm vi " * 3 + "\n"
    assert rules.lost_lines.restored(text * 9) == text * 9
    flat = (text * 9).replace("\n", " ")
    assert rules.lost_lines.restored(flat) != flat
    assert len(rules.lost_lines.restored(flat)) == len(flat)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_cited_by_a_number_is_found_where_letters_were_lost(extractor, rules, path):
    text = text_of(path)
    whole, lost = read(extractor, rules, text)[0], read(extractor, rules, lose_letters(text)[0])[0]
    numbered = [one for one in whole if one[2]]
    assert numbered
    assert [one for one in numbered if one not in lost] == []


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Ch�nh phủ", "Chính phủ"),
        ("ng�y 14 th�ng 11", "ngày 14 tháng 11"),
        ("Th�ng tư số 5", "Thông tư số 5"),
        ("CỘNG H�A X� HỘI", "CỘNG HÒA XÃ HỘI"),
        ("ng�y� ��th�ng 11", "ngày    tháng 11"),
        ("Số:����/KH-UBND", "Số:    /KH-UBND"),
        ("nguyên vẹn", "nguyên vẹn"),
        ("số 2�/2021/NĐ-CP", "số 2�/2021/NĐ-CP"),
        ("2026�, 1�5", "2026�, 1�5"),
    ],
)
def test_letters_come_back_from_the_words_of_patterns(rules, damaged, whole):
    assert rules.lost.restored(damaged) == whole


@pytest.mark.parametrize("number", ["2�", "�2", "1�5", "2�1"])
def test_a_number_that_lost_a_digit_is_never_read(extractor, number):
    found = extractor.references(f"Căn cứ Nghị định số {number}/2021/NĐ-CP ng�y 15/3/2021 của Ch�nh phủ;")
    assert [one.code for one in found if one.code] == []


def test_a_word_that_two_letters_fit_stays_as_it_is():
    letters = LostLetters({"words": ("bài bãi", "căn cứ")})
    assert letters.restored("b� c�n c� kh�c") == "b� c�n c� kh�c"
    assert LostLetters({"words": ("bài nói", "bãi bỏ")}).restored("b�i bỏ, b�i nói") == "bãi bỏ, bài nói"


def test_blanks_lost_before_a_capital(extractor):
    found = extractor.references(
        "Thực hiệnQuyết định số 1489/QĐ-TTg ngày 08/10/2012 và cácNghị định số 5/2020/NĐ-CP, năm 2015Luật Trẻ em."
    )
    assert [one.text for one in found] == ["Quyết định số 1489/QĐ-TTg", "Nghị định số 5/2020/NĐ-CP", "Luật Trẻ em"]
    assert [one.text for one in extractor.references("theo NQLuật Trẻ em")] == []


def facts(extractor, rules, text: str):
    """What is cited without the blanks in it, with code, date and issuer; and what the text does, with its words."""
    extraction = extractor.extract(text, read_layout(text, rules))
    names = ["".join(one.text.split()) for one in extraction.references]
    cited = [
        (name, str(one.code), one.date, one.issuer) for name, one in zip(names, extraction.references, strict=True)
    ]
    for one in (*extraction.references, *extraction.relations, *extraction.validity, *extraction.deadlines):
        assert one.text == text[one.start : one.end]
    return cited, {(one.type, names[one.target]) for one in extraction.relations}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_words_that_lost_the_blank_between_them_say_the_same(extractor, rules, path):
    text = text_of(path)
    glued = re.sub(r"(?<=\bthực) (?=hiện\b)|(?<=\bnhân) (?=dân\b)|(?<=\bban) (?=hành\b)|(?<=ngày) (?=[0-9])", "", text)
    glued = re.sub(
        r"(?<=[à-ỹ]) (?=số [0-9])|(?<=\bcủa) (?=[A-ZĐ][à-ỹ])|(?<=\bbảo) (?=vệ\b)|(?<=\bchăm) (?=sóc\b)", "", glued
    )
    assert rules.glued.parted(text) is None
    assert rules.glued.parted(glued).text == text
    assert facts(extractor, rules, glued) == facts(extractor, rules, text)


def test_where_blanks_are_put_back(rules):
    glued = "Thực hiệnNghịquyết số60/2010/NQ-HĐND củaChính phủ, theo Điều5 của Thôngtư số 42/2014/TT-BCTngày 18/11/2014"
    parted = rules.glued.parted(glued)
    assert (
        parted.text
        == "Thực hiện Nghị quyết số 60/2010/NQ-HĐND của Chính phủ, theo Điều 5 của Thông tư số 42/2014/TT-BCT ngày 18/11/2014"
    )
    assert all(glued[parted.back(at)] == letter for at, letter in enumerate(parted.text) if at not in parted.blanks)
    assert all(parted.text[parted.forward(at)] == letter for at, letter in enumerate(glued))
    for whole in (
        "Nguyễn Đăk Krông nghiêng ngả",
        "kếhoạch số 5",
        "TTLT-BTC ngày 5; ĐCTUBTƯMTTQVN",
        "thông tin 30a, B2, 5km",
    ):
        assert rules.glued.parted(whole) is None


def test_a_text_that_lost_its_lines_has_its_articles_in_the_body(extractor, rules):
    basis = "QUYẾT ĐỊNH Về chế độ báo cáo - Căn cứ Luật Thanh niên số 57/2020/QH14; - Xét đề nghị của Chánh Văn phòng, "
    articles = (
        "QUYẾT ĐỊNH Điều 1. Báo cáo chuyên đề về: a) thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị; "
    )
    flat = basis + articles + "b) các việc được giao khác trong năm, theo mẫu gửi kèm. " * 20
    _, relations = read(extractor, rules, flat)
    assert ("implements", "28-CT/TW") not in relations
    assert ("based_on", "57/2020/QH14") in relations


def test_words_that_a_blank_line_parts_are_two(rules):
    found = [(one.start, one.end) for one in rules.lexicon.find("HƯỚNG DẪN\n\nThực hiện Nghị định")]
    assert (0, 9) in found
    assert (11, 20) in found


def test_answers_lead_to_the_same_words_in_a_damaged_text():
    whole = "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016 của Quốc hội " * 20
    text, place = lose_blanks(whole)
    assert len(text) < len(whole)
    for at in (index for index, letter in enumerate(whole) if letter.isalnum()):
        assert text[place(at)] == whole[at]
