"""Codes parse from text and print back; tokens are respelt only towards the vocabulary, numbers never."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgdocs.grammar import load_rules
from kgdocs.grammar.found import DamagedCode, FoundCode

RULES = load_rules()
TYPES = sorted({token for rule in RULES.types.values() for token in rule.codes if "-" not in token})
PARTY = {token for rule in RULES.agencies.values() if rule.ladder == "party" for token in rule.codes}
STATE = {token for rule in RULES.agencies.values() for token in rule.codes if token.isalpha() and len(token) > 1}
AGENCIES = sorted(STATE - PARTY)
NUMBERS = st.integers(1, 9999).map(lambda number: f"{number:02d}")
YEARS = st.integers(1990, 2039)
FORMS = st.one_of(
    st.builds(
        "{}/{}/{}-{}".format, NUMBERS, YEARS, st.sampled_from(["NĐ", "QĐ", "TT", "NQ"]), st.sampled_from(AGENCIES)
    ),
    st.builds(
        "{}/{}-{}".format, NUMBERS, st.sampled_from(["KH", "QĐ", "BC", "TB", "CT", "TTr"]), st.sampled_from(AGENCIES)
    ),
    st.builds(
        "{}-{}/{}".format,
        NUMBERS,
        st.sampled_from(["KH", "CT", "NQ", "CTr", "KL"]),
        st.sampled_from(["TW", "TU", "HU"]),
    ),
    st.builds("{}/{}/QH{}".format, NUMBERS, YEARS, st.integers(11, 16)),
)


@given(FORMS)
def test_what_is_parsed_prints_back(printed):
    found = RULES.codes.parse(printed)
    assert found is not None
    assert str(found.code) == printed
    assert RULES.codes.parse(str(found.code)).code == found.code


@given(FORMS, st.sampled_from([" ", "\n", "  "]), st.sampled_from("-–—"))
def test_spacing_and_dashes_do_not_count(printed, blank, dash):
    damaged = printed.replace("-", f"{blank}{dash}")
    assert str(RULES.codes.parse(damaged).code) == printed


@given(st.text(max_size=40))
def test_any_text_gives_codes_with_their_own_digits(text):
    for found in (found for found in RULES.codes.find(text) if isinstance(found, FoundCode)):
        digits = "".join(char for char in text[found.start : found.end] if char.isascii() and char.isdigit())
        assert re.sub(r"^0+|[a-zđ]+$", "", found.code.number) in digits


@pytest.mark.parametrize(
    ("damaged", "official", "repairs"),
    [
        ("05/QD-UBND", "05/QĐ-UBND", ("QD→QĐ",)),
        ("12/BC-LDTBXH", "12/BC-LĐTBXH", ("LDTBXH→LĐTBXH",)),
        ("12/BC-LĐTĐXH", "12/BC-LĐTBXH", ("LĐTĐXH→LĐTBXH",)),
        ("20/2000/QĐ-TTG", "20/2000/QĐ-TTg", ("TTG→TTg",)),
        ("28/CT-TW", "28-CT/TW", ("separator",)),
        ("56KH-UBND", "56/KH-UBND", ("separator",)),
        ("28CT/TW", "28-CT/TW", ("separator",)),
        ("121/2020QH14", "121/2020/QH14", ("separator",)),
        ("123/QĐ.UB", "123/QĐ-UB", ("separator",)),
        ("62/QĐ_HĐBT", "62/QĐ-HĐBT", ("separator",)),
        ("18-NQ.TW", "18-NQ/TW", ("separator",)),
        ("12/QĐ-TTq", "12/QĐ-TTg", ("TTq→TTg",)),
        ("121/2020/QHl4", "121/2020/QH14", ("QHl4→QH14",)),
        ("02/2016/QH1A", "02/2016/QH14", ("QH1A→QH14",)),
        ("56/2017/nđ-cp", "56/2017/NĐ-CP", ("nđ→NĐ", "cp→CP")),
        ("72-NQ-TW", "72-NQ/TW", ("separator",)),
        ("56/2017/NÐ-CP", "56/2017/NĐ-CP", ()),
        ("5/2000/TT-BXD", "05/2000/TT-BXD", ()),
        ("65-Ctr/TU", "65-CTr/TU", ("Ctr→CTr",)),
        ("193/2025/NQ-QH15", "193/2025/QH15", ()),
        ("435-KH/TĐTN-CTĐ&TTN", "435-KH/TĐTN-CTĐ&TTN", ()),
        ("09 HD/TWĐTN", "09-HD/TWĐTN", ("separator",)),
        ("88  KH/TU", "88-KH/TU", ("separator",)),
        ("88 KH-UBND", "88/KH-UBND", ("separator",)),
        ("16-CT/TTg", "16/CT-TTg", ("separator",)),
        ("12-TB/VPCP", "12/TB-VPCP", ("separator",)),
        ("12-QĐ/UB", "12-QĐ/UB", ()),
        ("12-NQ/ĐU", "12-NQ/ĐU", ()),
        ("176/HĐBT", "176-HĐBT", ()),
        ("92/2OO6/NĐ-CP", "92/2006/NĐ-CP", ("2OO6→2006",)),
        ("21/l998/TT-BTC", "21/1998/TT-BTC", ("l998→1998",)),
        ("05-LĐTBXH/TT", "05-LĐTBXH/TT", ()),
    ],
)
def test_repairs_are_told(damaged, official, repairs):
    found = RULES.codes.parse(damaged)
    assert (str(found.code), found.repairs) == (official, repairs)


@pytest.mark.parametrize(
    "text",
    [
        "327.380/414.677",
        "28/6",
        "25/11",
        "07/5/2024",
        "2021 - 2030",
        "110/144",
        "(0297) 3.862.037",
        "211.500.000",
        "24/7",
        "113/114/115",
        "5G",
        "1C24TAA",
        "2/kg-m",
        "121/2030/QHl4",
    ],
)
def test_what_is_no_code(text):
    assert RULES.codes.parse(text) is None
    assert not list(RULES.codes.find(f"kết quả {text} trẻ em"))


@pytest.mark.parametrize("text", ["5 UBND/HĐND", "12 Sở/ngành", "3 TX/TP"])
def test_a_blank_is_no_separator_before_other_words(text):
    assert RULES.codes.parse(text) is None


def test_a_blank_in_the_place_of_a_separator_needs_a_label(read):
    assert read("đã cử 12 CB/TW; giao 15 KH/TU").references == ()
    assert [str(one.code) for one in read("Kế hoạch số 15 KH/TU").references] == ["15-KH/TU"]


@pytest.mark.parametrize("text", ["45/2024/HĐ-MSTT", "12/HĐ-SYT", "07-HĐ/TU", "12/HÐ-SYT"])
def test_the_code_of_contracts_is_never_taken_for_another(text):
    found = RULES.codes.parse(text)
    assert found is None or ("HĐ" in found.code.symbol and not found.repairs and found.needs_label)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 1O5/KH-UBND",
        "Quyết định số l5/QĐ-UBND",
        "Kế hoạch số A47/KH-UBND",
        "Kế hoạch số 4 7/KH-UBND",
        "Quyết định số 1 591/QĐ-TTg ngày 01/3/2024",
        "các số 5,6/QĐ-TTg",
        "1.234/QĐ-UBND",
        "Nghị định số l0/2OO6/NĐ-CP",
        "Nghị định số 1O/2OO6/NĐ-CP",
        "Nghị định số 92/9OO6/NĐ-CP",
        "Nghị định số 92/2S06/NĐ-CP",
    ],
)
def test_a_damaged_number_is_shown_and_not_guessed(text, rules):
    assert [type(found) for found in rules.codes.find(text)] == [DamagedCode]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Nghị định số 2O/2021/NĐ-CP", "2O/2021/NĐ-CP"),
        ("Quyết định số l545/QĐ-UBND", "l545/QĐ-UBND"),
        ("Kế hoạch số 4 7/KH-UBND", "4 7/KH-UBND"),
        ("Nghị định số 353/2326/NĐ-CP", "353/2326/NĐ-CP"),
    ],
)
def test_a_damaged_code_is_shown_whole(text, whole, rules):
    assert [text[found.start : found.end] for found in rules.codes.find(text)] == [whole]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("số31-QĐ/TW", "31-QĐ/TW"),
        ("Số:12/KH-UBND", "12/KH-UBND"),
        ("47/KH-UBND.pdf", "47/KH-UBND"),
        ("56/2017/NĐ-CP.html", "56/2017/NĐ-CP"),
        ("15A/KH-UBND", "15A/KH-UBND"),
        ("30a/2008/NQ-CP", "30a/2008/NQ-CP"),
        ("ngày 20/6/2024 47/KH-UBND", "47/KH-UBND"),
    ],
)
def test_what_stands_around_a_code_stays_outside(text, code, rules):
    assert [str(found.code) for found in rules.codes.find(text)] == [code]
