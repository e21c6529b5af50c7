"""Findings about one text as a whole: blank number, no căn cứ, another place line, its annexed list, unnamed directives."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kgdocs.grammar.findings import AnnexPeriod
from kgdocs.grammar.folding import name_key, scan_fold, slug
from kgdocs.lineage.findings.view import Mention, Place, View, called, day, one_line, since
from kgdocs.models import AnnexItem, Block, Document, Finding, Reading
from kgdocs.models.days import first_day, latest_day


def unnumbered(view: View) -> Iterator[Finding]:
    """UNNUMBERED: a number left blank, of the text itself or of what it cites; drafts have none yet."""
    for mention in view.mentions:
        layout = mention.reading.layout
        if mention.reference.rule == "blank_number" and not (layout and layout.header.is_draft):
            itself = mention.reference.is_self or mention.target is mention.own
            yield view.about("UNNUMBERED", mention, what=view.word("itself" if itself else "other"))


def no_basis(view: View) -> Iterator[Finding]:
    """NO_BASIS: a decision read from its header on that has no căn cứ."""
    for reading in view.texts:
        own, layout = view.own_of(reading), reading.layout
        if own is None or layout is None or own.type != "quyet_dinh" or "title" not in layout.header.spans:
            continue
        kinds = {block.kind for block in layout.blocks}
        if own.id not in view.based and "basis" not in kinds and "code" in layout.header.spans:
            place = Place.at(reading, layout.header.spans["title"])
            yield view.finding("NO_BASIS", place, own, since=since(own), name=called(own))


def place_conflict(view: View) -> Iterator[Finding]:
    """PLACE_CONFLICT: the place line names another province than the issuer's; central bodies sit anywhere."""
    for reading in view.texts:
        own, layout = view.own_of(reading), reading.layout
        line = layout.header.place if layout else None
        span = layout.header.spans.get("place") if layout else None
        if own is None or line is None or span is None or own.level in (None, "central"):
            continue
        agency = view.agencies.get(own.agency_id or "")
        province = view.rules.places.get((own.agency_id or own.id).split("/")[0])
        named = view.provinces_named.get(name_key(line))
        own_name = slug(line) in (own.agency_id or "").split("/")[1:]  # a district may be called as a province is
        if agency and province and named and province.name not in named and not own_name:
            place = Place.at(reading, span)
            yield view.finding("PLACE_CONFLICT", place, own, since=since(own), place=line, agency=agency.name,
                               details={"place": line, "agency": own.agency_id})  # fmt: skip


def annex_mismatch(view: View) -> Iterator[Finding]:
    """ANNEX_MISMATCH: a list of what was issued in a period lacks a document that the text cites from it, or
    a list of what the text cites holds one that it does not."""
    for reading in view.texts:
        layout = reading.layout
        annex = next((block for block in layout.blocks if block.kind == "annex"), None) if layout else None
        if layout and annex and layout.annex_items:
            yield from _annex(view, reading, annex, layout.annex_items)


def _annex(view: View, reading: Reading, annex: Block, items: Sequence[AnnexItem]) -> Iterator[Finding]:
    heading = one_line(reading.source.text[annex.start : items[0].start].lower())
    mentions = [
        one
        for one in view.by_text.get(reading.source.id, ())
        if one.reference.kind == "numbered" and not one.reference.is_self and one.target
    ]
    body = [one for one in mentions if one.reference.start < annex.start]
    terms, own = view.rules.finding_terms.annexes, view.own_of(reading)
    period = _period(heading, terms.periods) if re.search(terms.issued.pattern, heading) else None
    if period and own:
        level = next((level for word, level in terms.level.items() if word in heading), own.level)
        listed = {one.target for one in mentions if one.reference.start >= annex.start}
        for one in _once(body):
            if one.target and one.target not in listed and _in_scope(one.target, own, level, period):
                yield view.about("ANNEX_MISMATCH", one, where=view.word("not_listed"))
    elif re.search(terms.cited.pattern, heading):
        cited = {one.target for one in body}
        for item in items:
            first = next((one for one in mentions if item.start <= one.reference.start < item.end), None)
            if first and first.target not in cited:
                yield view.about("ANNEX_MISMATCH", first, where=view.word("not_cited"))


def _once(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The first mention of each document."""
    seen = set()
    for one in mentions:
        if one.target not in seen:
            seen.add(one.target)
            yield one


def _period(heading: str, periods: Sequence[AnnexPeriod]) -> tuple[str, str] | None:
    """First and last day of the period that a heading names."""
    for rule in periods:
        if found := re.search(rule.pattern, heading):
            return f"{found['year']}-{rule.first}", f"{found['year']}-{rule.last}"
    return None


def _in_scope(target: Document, own: Document, level: str | None, period: tuple[str, str]) -> bool:
    """True for a document that a list of one province, level and period should hold."""
    province = own.id.split("/")[0]
    dated = target.issued_on is not None and len(target.issued_on) == 10 and period[0] <= target.issued_on <= period[1]
    return dated and target.level == level and target.id.split("/")[0] == province


def uncited_directive(view: View) -> Iterator[Finding]:
    """UNCITED_DIRECTIVE: a title says whose words are carried out, but not the number that has them."""
    pattern = re.compile(view.rules.finding_terms.unnamed.pattern)
    for mention in view.mentions:
        title, target = mention.reference.title, mention.target
        found = pattern.search(scan_fold(title).lower()) if title and target else None
        if title is None or target is None or found is None or _names_another(view, mention):
            continue
        if not view.is_first("UNCITED_DIRECTIVE", target.id):
            continue
        words = title[found.start() : found.end()]
        candidate = _likely(view, words, target)
        if candidate is None or all(one.target is not candidate for one in view.by_text[mention.reading.source.id]):
            yield _uncited(view, mention, words, candidate)


def _names_another(view: View, mention: Mention) -> bool:
    """True where another document is cited inside the title of a mention."""
    end, extent = mention.reference.end, mention.reference.extent
    return any(end < one.reference.start < extent for one in view.by_text[mention.reading.source.id])


def _uncited(view: View, mention: Mention, words: str, candidate: Document | None) -> Finding:
    known = view.word("unknown_directive")
    if candidate:
        known = view.word("likely_directive", name=called(candidate), date=day(candidate.issued_on))
    return view.about("UNCITED_DIRECTIVE", mention, words=one_line(words), candidate=known,
                      details={"words": words, "candidate": candidate.id if candidate else None})  # fmt: skip


def _likely(view: View, words: str, acting: Document) -> Document | None:
    """The one known directive of the year before that has most of the words in its title; offered, never linked."""
    shares = {
        document.id: shared_words(words, document.title)
        for document in view.documents.values()
        if document.type in view.rules.finding_terms.directives and document.title and document.level == "central"
        if _before(document, acting)
    }
    most = max(shares.values(), default=0.0)
    best = [one for one, share in shares.items() if share == most >= view.rules.matching.directive_words.value]
    return view.documents[best[0]] if len(best) == 1 else None


def shared_words(words: str, title: str) -> float:
    """Return how many of some words a title has, from 0 to 100."""
    wanted = set(name_key(words).split())
    return 100 * len(wanted & set(name_key(title).split())) / len(wanted)


def _before(document: Document, acting: Document) -> bool:
    """True for a document issued in the year before another."""
    if not document.issued_on or not acting.issued_on:
        return False
    start, end = date.fromisoformat(first_day(document.issued_on)), date.fromisoformat(latest_day(acting.issued_on))
    return 0 <= (end - start).days <= 366
