"""Legacy encodings and misread UTF-8 become Unicode with the way back to the bytes; all else stays."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgdocs.errors import SourceError, UsageError
from kgdocs.grammar.encodings import as_windows, single_bytes
from kgdocs.grammar.load import load_patterns
from kgdocs.paths import shipped_folder
from kgdocs.pipeline.explaining import explain
from kgdocs.read import byte_offset, read_layout, read_register, read_source, source_of
from kgdocs.read.text import decode

PATTERNS = load_patterns(shipped_folder("patterns"))[0]["encodings"]
TCVN3, VNI = PATTERNS.legacy
LOWER = [
    letter
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
] + ["đ"]
LETTERS = LOWER + [letter.upper() for letter in LOWER]
OPENING = "Nghị định số 56/2017/NĐ-CP của Chính phủ"
BYTE_OF = {char: value for value, char in enumerate(single_bytes("cp1252"))}


def codes_of(table, *, capitals=True):
    """Letter → its first code in a table of patterns/encodings.yml."""
    codes = {}
    for code, letter in (table.letters | (table.capitals if capitals else {})).items():
        codes.setdefault(letter, code)
    return codes


def spelt(table, text):
    """A text as a file in a legacy encoding looks in Windows-1252."""
    codes = codes_of(table)
    return "".join(codes.get(char, char) for char in text)


def in_bytes(looks):
    """The single bytes that Windows-1252 shows as these characters."""
    return bytes(BYTE_OF[char] for char in looks)


def misread(text, codec):
    """UTF-8 shown byte by byte in another encoding."""
    shown = single_bytes(codec)
    return "".join(shown[value] for value in text.encode())


WAYS = {
    "utf-8": (str.encode, "utf-8"),
    "utf-8 with a mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "utf-8"),
    "utf-8, decomposed": (lambda text: unicodedata.normalize("NFD", text).encode(), "utf-8"),
    "utf-16": (lambda text: text.encode("utf-16"), "utf-16"),
    "utf-16, big-endian": (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "utf-16"),
    "tcvn3 in bytes": (lambda text: in_bytes(spelt(TCVN3, text)), "tcvn3"),
    "tcvn3 in utf-8": (lambda text: spelt(TCVN3, text).encode(), "tcvn3"),
    "tcvn3 as latin-1": (lambda text: in_bytes(spelt(TCVN3, text)).decode("latin-1").encode(), "tcvn3"),
    "vni in bytes": (lambda text: in_bytes(spelt(VNI, text)), "vni"),
    "vni in utf-16": (lambda text: spelt(VNI, text).encode("utf-16"), "vni"),
    "cp437": (lambda text: misread(text, "cp437").encode(), "utf-8 as cp437"),
    "cp1252": (lambda text: misread(text, "cp1252").encode(), "utf-8 as cp1252"),
    "latin-1": (lambda text: misread(text, "latin-1").encode(), "utf-8 as latin-1"),
}

WORDS = st.sampled_from([form for word in PATTERNS.common for form in (word, word.upper(), word.capitalize())])
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["28-CT/TW", "2024", "an", "(ban)"])), max_size=12).map(
    lambda words: " ".join([OPENING, *words])
)


@given(text=TEXTS, way=st.sampled_from(sorted(WAYS)))
def test_every_word_leads_back_to_its_bytes(text, way, rules):
    encode, encoding = WAYS[way]
    content = encode(text)
    source = source_of("a.txt", content, "text", rules)
    assert (source.text, source.encoding) == (text, encoding)
    at, mark = 0, len(encode("")) if encode("") in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff") else 0
    for word in text.split(" "):
        start, end = (byte_offset(source, content, position) for position in (at, at + len(word)))
        assert content[start:end] == encode(word)[mark:]
        at += len(word) + 1


def test_positions_outside_the_text_are_refused(rules):
    source = source_of("a.txt", b"abc", "text", rules)
    assert byte_offset(source, b"abc", 3) == 3
    for position in (-1, 4):
        with pytest.raises(UsageError, match="outside the text"):
            byte_offset(source, b"abc", position)


@pytest.mark.parametrize("letter", LOWER + list("ĂÂĐÊÔƠƯ"))
def test_every_letter_of_tcvn3(letter, rules):
    code = codes_of(TCVN3, capitals=False)[letter]
    assert len(code) == 1
    assert decode(f"{spelt(TCVN3, OPENING)} {code}".encode(), rules.encodings).text == f"{OPENING} {letter}"


@pytest.mark.parametrize("table", PATTERNS.legacy, ids=lambda table: table.id)
def test_all_letters_can_be_written(table):
    assert len(LETTERS) == 134
    assert set(LETTERS) == set(codes_of(table))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_of_vni_between_others(letter, rules):
    vni = next(table for table in rules.encodings.legacy if table.id == "vni")
    for word in (f"h{letter}", f"t{letter}n", f"i{letter}", f"ư{letter}", f"u{letter}ng", letter):
        said, offsets = vni.read(spelt(VNI, word))
        assert said == word
        assert [offset for offset in offsets if offset < 0] == []
        assert len(offsets) == len(said)


def test_no_code_of_vni_says_two_things():
    assert all(code.upper() in VNI.letters for code in VNI.letters)
    assert all(VNI.letters[code.upper()] == letter.upper() for code, letter in VNI.letters.items())


@pytest.mark.skipif(shutil.which("iconv") is None, reason="needs iconv")
def test_tcvn3_agrees_with_iconv():
    codes = {BYTE_OF[code]: letter for code, letter in (TCVN3.letters | TCVN3.capitals).items()}
    run = ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"]
    content = b" ".join(bytes([value]) for value in sorted(codes))
    result = subprocess.run(run, input=content, capture_output=True, check=False)
    if result.returncode:
        pytest.skip("this iconv does not know TCVN5712-1")
    assert unicodedata.normalize("NFC", result.stdout.decode()).split(" ") == [codes[value] for value in sorted(codes)]


def test_signs_of_windows_stay_signs_in_tcvn3(rules):
    looks = "“QuyÕt ®Þnh” – ‘chØ thÞ’ … 100 € • C¸c §iÒu"
    assert decode(in_bytes(looks), rules.encodings).text == "“Quyết định” – ‘chỉ thị’ … 100 € • Các Điều"


def test_capitals_of_the_standard_are_read_where_they_make_syllables(rules):
    content = in_bytes(spelt(TCVN3, "CỘNG HÒA XÃ HỘI, ỦY BAN NHÂN DÂN, Ở tỉnh"))
    assert decode(content, rules.encodings).text == "CỘNG HÒA XÃ HỘI, ỦY BAN NHÂN DÂN, Ở tỉnh"


def test_capitals_of_the_capital_font_stay_what_the_bytes_say(rules):
    assert decode("céng hoµ X· HéI chñ nghÜa".encode(), rules.encodings).text == "cộng hoà Xã HộI chủ nghĩa"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("C¨n cø NghÞ ®Þnh sè 56/2017/N§-CP ngµy 09/5/2017 cña ChÝnh phñ;".encode(), "tcvn3"),
        (in_bytes("C¨n cø NghÞ ®Þnh sè 56/2017/N§-CP ngµy 09/5/2017 cña ChÝnh phñ;"), "tcvn3"),
        ("Caên cöù Nghò ñònh soá 56/2017/NÑ-CP ngaøy 09/5/2017 cuûa Chính phuû;".encode(), "vni"),
        (in_bytes("Caên cöù Nghò ñònh soá 56/2017/NÑ-CP ngaøy 09/5/2017 cuûa Chính phuû;"), "vni"),
        (
            misread("Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09/5/2017 của Chính phủ;", "cp437").encode(),
            "utf-8 as cp437",
        ),
    ],
)
def test_references_are_found_at_the_bytes_of_the_code(content, encoding, rules, extractor):
    source = source_of("a.txt", content, "text", rules)
    assert (source.encoding, source.state) == (encoding, "warning")
    (reference,) = extractor.extract(source.text, read_layout(source.text, rules)).references
    assert (str(reference.code), reference.date) == ("56/2017/NĐ-CP", "2017-05-09")
    assert source.text[reference.start : reference.end] == reference.text
    start, end = (byte_offset(source, content, position) for position in (reference.start, reference.end))
    assert content[start:end].startswith(b"Ngh")
    assert content[start:end].endswith(b"-CP")


@pytest.mark.parametrize(
    "text", ["QuyÕt ®Þnh", "ChØ thÞ 28-CT/TW", "LuËt TrÎ em", "KÕ ho¹ch", "C¨n cø", "Uû ban nh©n d©n"]
)
def test_few_words_suffice_for_tcvn3(text, rules):
    assert decode(text.encode(), rules.encodings).encoding == "tcvn3"


@pytest.mark.parametrize(
    "text", ["Quyeát ñònh", "Chæ thò 28-CT/TW", "Luaät Treû em", "KEÁ HOAÏCH", "Coâng vaên", "Uûy ban"]
)
def test_few_words_suffice_for_vni(text, rules):
    assert decode(text.encode(), rules.encodings).encoding == "vni"


UNTOUCHED = [
    "Nghị định 56/2017/NÐ-CP",
    "QÐ-UBND, NÐ-CP, HÐND",
    "Luật\u00a0Trẻ em, Chỉ thị 28\u00adCT/TW, m², 30°C, «an toàn», © 2024 Bộ Y tế, Lego®",
    "Ông Müller và bà Françoise dự Hội nghị; năm học ở España; công ty Bjørn & Søn",
    "Les États généraux de la forêt : où est né l'été ? Un dû, tôt ou tard, là-bas, déjà réglé à Orléans.",
    "Die Straße nach München ist für größere Züge gesperrt; über Österreich führt der Weg zurück.",
    "The naïve café owner’s résumé — a façade, © 2024, § 5 of the Act, 10 × 20 µm.",
    "Señor Muñoz vivió en Logroño; él no está aquí, ¿verdad?",
    "På øen så vi blåbær og æbler; då må två gå så.",
    "Ke hoach thuc hien Chi thi 28-CT/TW",
    "──────── ║ ╗",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_right_stays_as_it_is(text, rules):
    for content in (text.encode(), (text + "\n").encode() * 200):
        decoded = decode(content, rules.encodings)
        assert (decoded.text, decoded.encoding, decoded.warning) == (content.decode(), "utf-8", None)


@pytest.mark.parametrize("text", [text for text in UNTOUCHED[4:9] if not text.isascii()])
def test_bytes_of_other_languages_are_refused(text, rules):
    with pytest.raises(SourceError, match="Không phải văn bản Unicode"):
        decode(in_bytes(text), rules.encodings)


@pytest.mark.parametrize("repeat", [1, 100])
def test_a_text_of_which_a_part_is_legacy_stays_with_a_warning(repeat, rules):
    text = f"{OPENING} về trẻ em.\n" * repeat + "C¨n cø LuËt TrÎ em\n"
    decoded = decode(text.encode(), rules.encodings)
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert decoded.warning.startswith("Có 4 từ viết bằng bảng mã TCVN3 (ABC), giữ nguyên")


def test_a_legacy_text_with_a_word_in_unicode_is_still_legacy(rules):
    decoded = decode(("C¨n cø LuËt TrÎ em\n" * 40 + "Nghị định").encode(), rules.encodings)
    assert decoded.text == "Căn cứ Luật Trẻ em\n" * 40 + "Nghị định"


def test_a_long_text_without_blanks_takes_no_longer(rules):
    text = "C¨n cø LuËt TrÎ em " + "a" * 300_000
    assert decode(text.encode(), rules.encodings).encoding == "tcvn3"


def test_a_register_in_a_legacy_encoding(tmp_path, rules):
    path = tmp_path / "so.csv"
    path.write_bytes(in_bytes(spelt(TCVN3, "Số, ký hiệu;Trích yếu\n28-CT/TW;Chỉ thị về bảo vệ trẻ em\n")))
    (row,) = read_register(read_source(path, rules).text, rules)
    assert (row.code, row.title) == ("28-CT/TW", "Chỉ thị về bảo vệ trẻ em")


@pytest.mark.parametrize("codec", ["cp437", "cp1252", "latin-1"])
def test_misread_text_that_is_damaged_stays_with_a_warning(codec, rules):
    text = misread(OPENING, codec)[:-1] + "?"
    decoded = decode(text.encode(), rules.encodings)
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert "bị đọc nhầm thành" in decoded.warning
    assert "giữ nguyên" in decoded.warning


def test_a_warning_about_the_encoding_joins_the_one_about_damage(tmp_path, rules):
    path = tmp_path / "cu.txt"
    path.write_text("QuyÕt ®Þnh vÒ trÎ em \ufffd", encoding="utf-8")
    source = read_source(path, rules)
    assert (source.state, source.encoding) == ("warning", "tcvn3")
    assert source.reason == "Đã chuyển văn bản từ bảng mã TCVN3 (ABC) sang Unicode. Có 1 ký tự hỏng trong tệp."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(128, 256)), "Không phải văn bản Unicode"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "nhị phân"),
        (b"\xff\xfea", "Không phải văn bản Unicode (UTF-16)"),
        ("Nghị định".encode() + b"\xe1", "lỗi từ byte thứ 14"),
    ],
)
def test_rubbish_is_refused_with_its_reason(content, reason, rules):
    with pytest.raises(SourceError) as caught:
        decode(content, rules.encodings)
    assert reason in str(caught.value)


@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=80).map(str.encode),
        st.text("ĐÐ®§ß╗║Ãûñ\u00adaeo“", max_size=80).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused(content, rules):
    try:
        source = source_of("a.txt", content, "text", rules)
    except SourceError:
        return
    positions = [byte_offset(source, content, position) for position in range(len(source.text) + 1)]
    assert positions == sorted(positions)
    assert positions[-1] == len(content)


def test_controls_of_latin_1_are_shown_as_windows_does():
    assert as_windows("a\x93b\x81") == "a“b\x81"
    assert as_windows("ab") == "ab"


def test_explain_names_the_encoding():
    assert explain("NghÞ ®Þnh sè 56/2017/N§-CP".encode())[0] == "encoding: tcvn3, converted to Unicode"
    assert not explain("Nghị định số 56/2017/NĐ-CP".encode())[0].startswith("encoding")
