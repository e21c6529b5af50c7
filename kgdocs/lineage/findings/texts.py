"""Findings about one text as a whole: blank number, no căn cứ, another place line, its annexed list, unnamed directives."""

import re
from collections.abc import Iterator
from datetime import date

from kgdocs.grammar.folding import name_key, scan_fold
from kgdocs.lineage.findings.view import Mention, Place, View, called, day, since
from kgdocs.models import Block, Document, Finding, Reading
from kgdocs.models.days import first_day, latest_day

_LIKELY = 0.7
"""Share of the words of an unnamed directive that a known title must have to be offered as the one that may be meant."""
_DIRECTIVES = ("thong_bao", "chi_thi", "ket_luan", "cong_dien", "nghi_quyet", "quyet_dinh", "cong_van")


def unnumbered(view: View) -> Iterator[Finding]:
    """UNNUMBERED: a number left blank, of the text itself or of what it cites; drafts have none yet."""
    for mention in view.mentions:
        layout = mention.reading.layout
        if mention.reference.rule == "blank_number" and not (layout and layout.header.is_draft):
            what = (
                ("chính văn bản", "the text itself")
                if mention.reference.is_self or mention.target is mention.own
                else ("văn bản được viện dẫn", "a cited document")
            )
            yield view.about("UNNUMBERED", mention, what=what)


def no_basis(view: View) -> Iterator[Finding]:
    """NO_BASIS: a decision read from its header on that has no căn cứ."""
    for reading in view.texts:
        own, layout = view.own.get(reading.source.id), reading.layout
        if own is None or layout is None or own.type != "quyet_dinh" or "title" not in layout.header.spans:
            continue
        kinds = {block.kind for block in layout.blocks}
        based = any(data["type"] == "based_on" for _, _, data in view.graph.out_edges(own.id, data=True))
        if not based and "basis" not in kinds and "code" in layout.header.spans:
            span = layout.header.spans["title"]
            place = Place(reading.source.id, span.start, span.end, reading.source.text[span.start : span.end])
            yield view.finding("NO_BASIS", place, own, since=since(own), name=called(own))


def place_conflict(view: View) -> Iterator[Finding]:
    """PLACE_CONFLICT: the place line names another province than the issuer's; central bodies sit anywhere."""
    for reading in view.texts:
        own, layout = view.own.get(reading.source.id), reading.layout
        line = layout.header.place if layout else None
        span = layout.header.spans.get("place") if layout else None
        if own is None or line is None or span is None or own.level in (None, "central"):
            continue
        agency = view.agencies.get(own.agency_id or "")
        province = view.rules.places.get((own.agency_id or own.id).split("/")[0])
        named = [rule for rule in view.rules.places.values() if not rule.province and not rule.district
                 and name_key(line) in {name_key(one) for one in (rule.name, *rule.aliases)}]  # fmt: skip
        if agency and province and named and province.name not in {rule.name for rule in named}:
            place = Place(reading.source.id, span.start, span.end, reading.source.text[span.start : span.end])
            yield view.finding("PLACE_CONFLICT", place, own, since=since(own), place=line, agency=agency.name,
                               details={"place": line, "agency": own.agency_id})  # fmt: skip


def annex_mismatch(view: View) -> Iterator[Finding]:
    """ANNEX_MISMATCH: a list of what was issued in a period lacks a document that the text cites from it, or
    a list of what the text cites holds one that it does not."""
    for reading in view.texts:
        annex = (
            next((block for block in reading.layout.blocks if block.kind == "annex"), None) if reading.layout else None
        )
        if annex and reading.layout and reading.layout.annex_items:
            yield from _annex(view, reading, annex)


def _annex(view: View, reading: Reading, annex: Block) -> Iterator[Finding]:
    items = reading.layout.annex_items if reading.layout else ()
    heading = " ".join(reading.source.text[annex.start : items[0].start].lower().split())
    mentions = [
        one
        for one in view.by_text.get(reading.source.id, ())
        if one.reference.kind == "numbered" and not one.reference.is_self
    ]
    listed = {one.target.id for one in mentions if one.target and one.reference.start >= annex.start}
    body = {one.target.id: one for one in reversed(mentions) if one.target and one.reference.start < annex.start}
    terms = view.rules.finding_terms.annexes
    own = view.own.get(reading.source.id)
    period = _period(heading, terms.periods) if re.search(terms.issued, heading) else None
    if period and own:
        level = next((level for word, level in terms.level.items() if word in heading), own.level)
        for one in sorted(body.values(), key=lambda one: one.reference.start):
            if one.target and one.target.id not in listed and _in_scope(one.target, own, level, period):
                yield view.about(
                    "ANNEX_MISMATCH",
                    one,
                    where=("có trong bài, không có trong danh mục", "in the text, not in the list"),
                )
    elif re.search(terms.cited, heading):
        firsts = {
            item.start: next((one for one in mentions if item.start <= one.reference.start < item.end), None)
            for item in items
        }
        for one in (found for found in firsts.values() if found):
            if one.target and one.target.id not in body:
                yield view.about(
                    "ANNEX_MISMATCH",
                    one,
                    where=("có trong danh mục, không có trong bài", "in the list, not in the text"),
                )


def _period(heading: str, periods: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """First and last day of the period that a heading names."""
    for pattern, (first, last) in periods.items():
        if found := re.search(pattern, heading):
            return f"{found['year']}-{first}", f"{found['year']}-{last}"
    return None


def _in_scope(target: Document, own: Document, level: str | None, period: tuple[str, str]) -> bool:
    """True for a document that a list of one province, level and period should hold."""
    province = own.id.split("/")[0]
    dated = target.issued_on is not None and len(target.issued_on) == 10 and period[0] <= target.issued_on <= period[1]
    return dated and target.level == level and target.id.split("/")[0] == province


def uncited_directive(view: View) -> Iterator[Finding]:
    """UNCITED_DIRECTIVE: a title says whose words are carried out, but not the number that has them."""
    pattern = re.compile(view.rules.finding_terms.unnamed_pattern)
    seen: set[str] = set()
    for mention in view.mentions:
        title, target = mention.reference.title, mention.target
        if not title or target is None or target.id in seen:
            continue
        found = pattern.search(scan_fold(title).lower())
        others = (one for one in view.by_text[mention.reading.source.id] if one is not mention)
        inside = any(mention.reference.end < one.reference.start < mention.reference.extent for one in others)
        if found is None or inside:
            continue
        seen.add(target.id)
        candidate = _likely(view, title[found.start() : found.end()], target)
        if candidate is None or all(one.target is not candidate for one in view.by_text[mention.reading.source.id]):
            yield _uncited(view, mention, title[found.start() : found.end()], candidate)


def _uncited(view: View, mention: Mention, words: str, candidate: Document | None) -> Finding:
    known = ("; chưa rõ là văn bản nào", "; which document is meant is not known")
    if candidate:
        name, issued = called(candidate), day(candidate.issued_on)
        known = (f"; có thể là {name} ngày {issued}", f"; it may be {name} of {issued}")
    return view.about("UNCITED_DIRECTIVE", mention, words=" ".join(words.split()), candidate=known,
                      details={"words": words, "candidate": candidate.id if candidate else None})  # fmt: skip


def _likely(view: View, words: str, acting: Document) -> Document | None:
    """The one known directive of the year before that has most of the words in its title; offered, never linked."""
    wanted = set(name_key(words).split())
    found = []
    for document in view.linked.documents:
        if (
            document.type in _DIRECTIVES
            and document.title
            and document.level == "central"
            and _before(document, acting)
        ):
            share = len(wanted & set(name_key(document.title).split())) / len(wanted)
            if share >= _LIKELY:
                found.append((share, document))
    best = [document for share, document in found if share == max(one for one, _ in found)]
    return best[0] if len(best) == 1 else None


def _before(document: Document, acting: Document) -> bool:
    """True for a document issued in the year before another."""
    if not document.issued_on or not acting.issued_on:
        return False
    start, end = date.fromisoformat(first_day(document.issued_on)), date.fromisoformat(latest_day(acting.issued_on))
    return 0 <= (end - start).days <= 366
