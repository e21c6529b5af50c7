"""What holds for every text, however odd: spans, relations, Unicode forms, independence of far sentences, length."""

import re
import signal
import unicodedata
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kgdocs.errors import SourceError
from kgdocs.read import read_layout, read_source
from kgdocs.read.files import source_of
from tests.benchmarks.adversarial import INPUTS, adversarial_text
from tests.conftest import ROOT, SHARED

FRAGMENTS = (
    "Kế hoạch số ", "Quyết định số ", "Nghị định ", "Công văn ", "Báo cáo số      ", "dự thảo Nghị quyết ", "Luật Trẻ em",
    "Bộ luật Dân sự", "Hiến pháp", "28-CT/TW", "211-KH/TU", "24/2024/NĐ-CP", "5/KH-UBND", "/QĐ-UBND", "1-K", "327.380/414.677",
    " ngày 5/3/2024", " ngày 5 tháng 3 năm 2024", " năm 2024", " của UBND ", "tỉnh Kiên Giang", " của Chính phủ",
    "điểm a khoản 2 ", "Điều 5 ", "khoản 1, 2 và 3 ", "thực hiện ", "Căn cứ ", "hướng dẫn ", "sửa đổi, bổ sung ", "thay thế ",
    "bãi bỏ ", "được sửa đổi bởi ", "ban hành kèm theo ", "góp ý ", "chưa ban hành ", "tham mưu trình ", "về việc ",
    "và ", "của ", "số", "ngày", "Nơi nhận:\n", "PHỤ LỤC\n", "1. ", "I. ", "KẾ HOẠCH\n", "BÁO CÁO\n", "QUYẾT ĐỊNH:\n",
    "Số: 12/KH-UBND\n", "[1] ", "# ", "**", "| ", "\n", "\n\n", "\r\n", "\t", "\u00a0", " ", ", ", "; ", ". ", ": ", "“", "”",
    '"', "(", ")", "-", "–", "—", "\u00ad", "/", "\u0301", "\u0323", "\u0302", "\ufffe", "\u200b", "ﬁ", "İ", "ẞ", "đ", "Đ", "Ð",
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
AS_FOUND = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), ANY), max_size=40).map("".join)
TEXTS = AS_FOUND.map(lambda text: unicodedata.normalize("NFC", text))

often = settings(deadline=None, max_examples=500, derandomize=True)
rarely = settings(deadline=None, max_examples=60, derandomize=True)


@pytest.fixture(scope="module")
def layout_of(rules):
    """Text → Layout; fixtures of these tests are functions, so that a failing example prints short."""
    return lambda text: read_layout(text, rules)


@often
@given(TEXTS)
def test_references_are_where_they_say(read, text):
    references = read(text).references
    reach = 0
    for reference in references:
        assert reach <= reference.start < reference.end <= len(text)
        assert text[reference.start : reference.end] == reference.text
        assert reference.end <= reference.facts_end <= reference.extent <= len(text)
        assert reference.provision_start is None or 0 <= reference.provision_start < reference.start
        reach = reference.end


@often
@given(TEXTS)
def test_relations_are_between_references_and_show_their_evidence(read, text):
    found = read(text)
    positions = range(len(found.references))
    for relation in found.relations:
        assert relation.target in positions
        assert relation.source is None or relation.source in positions
        assert relation.source != relation.target
        assert 0 <= relation.start < relation.end <= len(text)
        assert text[relation.start : relation.end] == relation.text
    stated = [(relation.type, relation.source, relation.target) for relation in found.relations]
    assert len(stated) == len(set(stated))


@often
@given(TEXTS)
def test_blocks_follow_each_other_inside_the_text(layout_of, text):
    layout = layout_of(text)
    reach = 0
    for block in layout.blocks:
        assert reach <= block.start < block.end <= len(text)
        reach = block.end
    spans = (*layout.header.spans.values(), *layout.interruptions, *layout.annex_items)
    assert [span for span in spans if not 0 <= span.start <= span.end <= len(text)] == []


def source_in(form, text, rules):
    """The Source of the bytes of `text` in a Unicode form; texts that are refused are not looked at."""
    try:
        return source_of("x.txt", unicodedata.normalize(form, text).encode(), "text", rules)
    except SourceError:
        assume(False)


@often
@given(AS_FOUND)
def test_decomposed_bytes_read_as_composed_ones_do(layout_of, read, rules, text):
    composed, decomposed = source_in("NFC", text, rules), source_in("NFD", text, rules)
    assert decomposed.text == composed.text
    assert layout_of(decomposed.text) == layout_of(composed.text)
    assert read(decomposed.text) == read(composed.text)


@often
@given(AS_FOUND)
def test_offsets_lead_back_to_the_words_as_found(read, rules, text):
    source = source_in("NFD", text, rules)
    found = unicodedata.normalize("NFD", text)
    back = source.raw_offsets or range(len(found) + 1)
    for reference in read(source.text).references:
        if unicodedata.combining(source.text[reference.end : reference.end + 1] or " "):
            continue  # a mark too many behind the mention: see below
        raw = found[back[reference.start] : back[reference.end]]
        assert unicodedata.normalize("NFC", raw) == reference.text


def test_offsets_inside_a_cluster_lead_back_too(read, rules):
    found = unicodedata.normalize("NFD", "Bộ luật Dân sự\u0301")
    source = source_in("NFD", found, rules)
    (reference,) = read(source.text).references
    raw = found[source.raw_offsets[reference.start] : source.raw_offsets[reference.end]]
    assert unicodedata.normalize("NFC", raw) == reference.text == "Bộ luật Dân sự"


KNOWN = "Quyết định số 9182/QĐ-UBND ngày 17/8/2023 của UBND tỉnh Sông Mẫu. "
BOUNDARY = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=[A-ZĐÁÀẢÃẠÂĂÊÔƠƯÍÌÝÚÙÉÈÓÒ])|\n[ \t]*\n\s*(?=\S)")
READ_TEXTS = sorted(
    path
    for folder in (ROOT / "corpus", SHARED / "gold" / "dev", SHARED / "gold" / "seed")
    for path in (folder.iterdir() if folder.is_dir() else ())
    if path.suffix in (".txt", ".md")
)


@pytest.fixture(scope="module")
def read_once(layout_of, read, rules):
    """Path → (text, its references, its sentence boundaries behind header and title)."""

    @cache
    def reading(path):
        text = read_source(path, rules).text
        begin = next(block.start for block in layout_of(text).blocks if block.kind not in ("header", "title"))
        boundaries = [match.end() for match in BOUNDARY.finditer(text, begin)]
        return text, read(text).references, boundaries

    return reading


def facts(reference, shift=0):
    return reference.start + shift, reference.text, reference.kind, reference.code, reference.date, reference.issuer


@rarely
@given(st.sampled_from(READ_TEXTS), st.integers(0, 10_000))
def test_a_sentence_put_in_is_read_and_changes_nothing_far_from_it(read_once, read, path, choice):
    text, before, boundaries = read_once(path)
    assume(boundaries)
    index = choice % len(boundaries)
    at = boundaries[index]
    first = boundaries[index - 1] if index else 0
    last = boundaries[index + 1] if index + 1 < len(boundaries) else len(text)
    put_in = KNOWN + ("\n\n" if text[at - 1] == "\n" else "")
    width = len(put_in)
    after = read(text[:at] + put_in + text[at:]).references
    known = [facts(reference, -at) for reference in after if at <= reference.start < at + width]
    assert [(*fact[:3], str(fact[3]), *fact[4:]) for fact in known] == [
        (0, "Quyết định số 9182/QĐ-UBND", "numbered", "9182/QĐ-UBND", "2023-08-17", "UBND tỉnh Sông Mẫu")
    ]
    assert [facts(r) for r in before if r.end <= first] == [facts(r) for r in after if r.end <= first]
    assert [facts(r, width) for r in before if r.start >= last] == [facts(r) for r in after if r.start >= last + width]


LIMIT_SECONDS = 30
"""Processor time after which an input is taken to be read in more than linear time; the slowest needs a second."""
LENGTH, DENSE_LENGTH = 200_000, 50_000
DENSE = {
    "short codes", "Luật", "blank numbers", "căn cứ lines with codes", "codes in a list", "amended laws", "cues and codes",
    "points and codes", "rows", "one cue, many codes", "one quote, many codes", "annexed list", "footnotes in a sentence",
    "different codes", "drafts", "line breaks",
}  # fmt: skip
"""Inputs full of references, read at a lower length: time goes into what is found."""


@pytest.fixture
def within_the_limit():
    """End a test that runs away: regular expressions let signals through."""

    def stop(*_):
        raise TimeoutError(f"more than {LIMIT_SECONDS} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("within_the_limit")
@pytest.mark.parametrize("name", INPUTS)
def test_inputs_made_to_be_slow_are_read(name, read):
    text = adversarial_text(name, DENSE_LENGTH if name in DENSE else LENGTH)
    for reference in read(text).references:
        assert text[reference.start : reference.end] == reference.text


def evidence_length(found):
    return sum(len(relation.text) for relation in found.relations)


@pytest.mark.parametrize("name", INPUTS)
def test_evidence_grows_with_the_text(name, read):
    short, long = (evidence_length(read(adversarial_text(name, size))) for size in (2_000, 8_000))
    assert long <= 6 * short
