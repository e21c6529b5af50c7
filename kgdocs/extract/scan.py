"""One pass over a text: its folded form, its codes, and every word and name of patterns/ in it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import low, scan_fold, strip_marks
from kgdocs.grammar.found import DamagedCode, FoundCode
from kgdocs.grammar.lexicon import Entry, Hit
from kgdocs.models import Span

_BRACKETED = re.compile(
    r"\((?:(?:sau|gọi|viết)\s[^()\n]{0,40}\s)?[“\"]?(?P<term>[A-ZĐ](?:[A-ZĐ]|&(?=[A-ZĐ])){3,15})[”\"]?\)"
)
"""Where a text may give a law an abbreviation."""
_NAMES_TRIED, _MAX_NAME = 3, 240
"""Laws before the bracket that are tried, and the characters at most from their beginning to it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What later steps look things up in, by offset; `folded`, and `lowered`, the same in lower case, have the length of `text`."""

    text: str
    folded: str
    lowered: str
    codes: list[FoundCode | DamagedCode]
    hits: list[Hit]
    agencies: dict[int, int] = field(default_factory=dict)
    """Start → end of every agency named."""
    agency_starts: list[int] = field(default_factory=list)
    laws: dict[int, int] = field(default_factory=dict)
    """Start → end of every law named by a name that is listed."""
    titled: dict[int, int] = field(default_factory=dict)
    """Start → end of every document named by a known form without a number ("Nghị quyết Đại hội XIII")."""
    hit_at: dict[int, Hit] = field(default_factory=dict)


def scan(text: str, rules: Rules, furniture: Sequence[Span] = ()) -> Scan:
    """Scan an NFC text; `furniture` (running headers, page numbers inside a sentence) counts as blank."""
    folded = scan_fold(rules.lost.restored(text))
    for span in furniture:
        folded = folded[: span.start] + "\x1f" * (span.end - span.start) + folded[span.end :]
    hits = _with_terms(folded, list(rules.lexicon.find(folded)), rules)
    hits = _with_glued(folded, _with_initials(folded, hits), rules)
    by_tag: dict[str, dict[int, int]] = {"AGENCY": {}, "LAW": {}, "TYPE": {}}
    for hit in hits:
        if (places := by_tag.get(hit.entry.tag)) is not None:
            places[hit.start] = hit.end
    hit_at = {hit.start: hit for hit in hits}
    return Scan(
        text=text,
        folded=folded,
        lowered=low(folded),
        codes=list(rules.codes.find(folded)),
        hits=hits,
        agency_starts=list(by_tag["AGENCY"]),
        agencies=by_tag["AGENCY"],
        laws=by_tag["LAW"],
        titled=_titled(folded, [hit_at[start] for start in by_tag["TYPE"]], rules),
        hit_at=hit_at,
    )


def _with_initials(folded: str, hits: list[Hit]) -> list[Hit]:
    """Put in the abbreviations that the text itself gives to laws: "Luật Thi hành án dân sự (LTHADS)".

    The letters are those of all the words of the name that stands before, so that they are of no other.
    """
    brackets = list(_BRACKETED.finditer(folded))
    laws = [hit for hit in hits if hit.entry.tag in ("LAW", "LAW_HEAD")] if brackets else []
    found: dict[str, str] = {}
    for match in brackets:
        last = bisect_left(laws, match.start(), key=lambda hit: hit.start)
        for law in reversed(laws[max(0, last - _NAMES_TRIED) : last]):
            if match.start() - law.start < _MAX_NAME and _initials(folded[law.start : match.start()], match["term"]):
                found[match["term"]] = law.entry.value
                break
    if not found:
        return hits
    known = {hit.start for hit in hits}
    each = re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", folded)
    new = [Hit(m.start(), m.end(), Entry("LAW", found[m.group()])) for m in each if m.start() not in known]
    return sorted([*hits, *new], key=lambda hit: hit.start)


def _initials(words: str, term: str) -> bool:
    """True where `words` begin with a name whose initials are the letters of `term`; "và" may have none."""
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", words) if word.lower() != "và")
    return strip_marks(letters).upper().startswith(strip_marks(term.replace("&", "")))


def _titled(folded: str, labels: list[Hit], rules: Rules) -> dict[int, int]:
    """Documents named by a form of titles.yml, from their label on."""
    found = {}
    for hit in (hit for hit in labels if hit.entry.value in rules.title_forms):
        matches = [form.match(folded, hit.start) for form in rules.title_forms[hit.entry.value]]
        ends = [match.end() for match in matches if match]
        if ends:
            found[hit.start] = max(ends)
    return found


def _with_glued(folded: str, hits: list[Hit], rules: Rules) -> list[Hit]:
    """Put in the short labels that are glued to their number: "NĐ37", "TT20"."""
    glued = [
        Hit(match.start(), match.end("label"), Entry("SHORT", rules.short_labels[match["label"]], capital=True))
        for match in rules.glued_short.finditer(folded)
        if not folded[match.start() - 1 : match.start()].isalnum()
    ]
    return sorted([*hits, *glued], key=lambda hit: hit.start) if glued else hits


def _with_terms(folded: str, hits: list[Hit], rules: Rules) -> list[Hit]:
    """Put in the short names that the text itself gives to laws: "(sau đây gọi là Luật CT)"; "Luật 48" is a number."""
    heads = {hit.start: hit for hit in hits if hit.entry.tag == "LAW_HEAD"}
    terms = {match["term"].strip() for match in rules.defined_term.finditer(folded)} if "sau đây" in folded else set()
    terms = {
        term for term in terms if " " in term and not term[-1:].isdigit()
    }  # "(sau đây gọi chung là Luật)" names none
    for term in sorted(terms, key=len):
        for match in re.finditer(re.escape(term) + r"(?!\w)", folded):
            if head := heads.get(match.start()):
                heads[match.start()] = Hit(head.start, match.end(), Entry("LAW", head.entry.value))
    return [heads.get(hit.start, hit) if hit.entry.tag == "LAW_HEAD" else hit for hit in hits] if terms else hits
