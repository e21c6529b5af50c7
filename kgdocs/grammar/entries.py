"""What the lexicons hold: the words and names of patterns/ with the tags under which patterns speak of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from kgdocs.grammar.lexicon import Entry, lexicon_key
from kgdocs.grammar.names import AgenciesFile, AgencyRule, PlaceRule
from kgdocs.grammar.spellings import spellings

_REPORT = "REPORT"


def entries(files: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """All words and names that extraction looks for, the more specific first."""
    titles, nicknames = files["titles"], files["nicknames"]
    for nickname in nicknames.nicknames:
        yield from ((name, Entry("NICKNAME", nickname.id)) for name in nickname.names)
    for programme in nicknames.programmes:
        yield from (
            (title, Entry("TITLE", programme.id, capital=True)) for title in (programme.title, *programme.aliases)
        )
    for lexicon in titles.lexicons:
        for head in lexicon.heads:
            yield from ((f"{head} {name}", Entry("LAW", lexicon.type, capital=True)) for name in lexicon.names)
            yield (head, Entry("LAW_HEAD", lexicon.type, capital=True))
    for kind, heads in files["law_names"].damaged_heads.items():
        yield from ((head, Entry("LAW_LIKE", kind, capital=True)) for head in heads)
    labels = {lexicon_key(label): rule.id for rule in files["types"].types for label in rule.labels}
    for tag, words in files["relations"].cues.items():
        yield from ((word, Entry(tag, word, label=_label_of(tag, lexicon_key(word), labels))) for word in words)
    for rule in files["types"].types:
        yield from ((label, Entry("TYPE", rule.id)) for label in rule.labels)
        yield from ((short, Entry("SHORT", rule.id, capital=True)) for short in rule.short)
        yield from ((label, Entry("TYPE", rule.id, capital=True)) for label in rule.english)
    yield from ((word, Entry("SO", word)) for word in files["references"].number_words)
    known = {rule.id: rule for rule in files["agencies"].agencies}
    yield from agency_entries(known, files["agencies"])


def _label_of(tag: str, words: str, labels: Mapping[str, str]) -> str:
    """The type whose label a cue is, or begins with in "báo cáo kết quả (thanh tra số 02/BC-TTr)"; "" where there is none."""
    begun = (kind for label, kind in labels.items() if tag == _REPORT and words.startswith(f"{label} "))
    return labels.get(words) or next(begun, "")


def agency_entries(agencies: Mapping[str, AgencyRule], patterns: AgenciesFile) -> Iterator[tuple[str, Entry]]:
    """Every name of every agency, as printed before respelt."""
    for rule in agencies.values():
        yield from ((name, Entry("AGENCY", rule.id)) for name in (rule.name, *rule.aliases))
    for rule in agencies.values():
        names = spellings((rule.name, *rule.aliases), patterns.heads, patterns.shortened)
        yield from ((name, Entry("AGENCY", rule.id)) for name in names)


def ministry_entries(agencies: Mapping[str, AgencyRule]) -> Iterator[tuple[str, Entry]]:
    """Every name of every ministry without "Bộ", as in "Liên Bộ: Tài chính - Y tế"."""
    names = {rule.id: [n for n in (rule.name, *rule.aliases) if n.startswith("Bộ ")] for rule in agencies.values()}
    for agency, full in names.items():
        for name in spellings([name.removeprefix("Bộ ") for name in full], {}, {}):
            yield name, Entry("AGENCY", agency)


def place_entries(places: Mapping[str, PlaceRule]) -> Iterator[tuple[str, Entry]]:
    """Every name of every place, with and without its kind; provinces come first."""
    for rule in places.values():
        for name in (rule.name, *rule.aliases):
            whole = name if name.lower().startswith(rule.kind) else f"{rule.kind} {name}"
            yield whole, Entry("PLACE", rule.id)
    for rule in places.values():
        if rule.province is None and rule.district is None:
            yield from ((name, Entry("PLACE", rule.id, capital=True)) for name in (rule.name, *rule.aliases))
