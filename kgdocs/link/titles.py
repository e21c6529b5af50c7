"""Is a title that is cited the title that is known? Confirmed, other, or not to be told (design §5).

Titles are shortened, and told with more than they hold; but what they name — years, codes, agencies, places, laws,
programmes — is named rightly or names another document.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kgdocs.grammar import Rules
from kgdocs.grammar.folding import code_key, name_key, scan_fold
from kgdocs.grammar.found import FoundCode
from kgdocs.grammar.lexicon import Entry, Lexicon
from kgdocs.grammar.schema import SubjectsFile
from kgdocs.link.likeness import shared_words, title_likeness
from kgdocs.models import PartState

_YEAR = re.compile(r"(?<![\d/])(?:19|20)[0-9]{2}(?![\d/])")
_DATE = re.compile(r"(?:ngày\s{1,3}[0-9]{1,2}\s{1,3})?tháng\s{1,3}[0-9]{1,2}\s{1,3}năm\s{1,3}[0-9]{4}", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{3,}(?!\w)")
_NAMED = ("LAW", "TITLE")
_ACT = "act"
_MORE = 3
"""Words by which a stated title may be longer before its end is taken for what follows it."""


class TitleJudge:
    """Compares titles; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Keep limits, words without weight, and the names that titles hold."""
        self._rules = rules
        self._limits = rules.matching
        self._light = frozenset(word for light in rules.matching.light_words for word in name_key(light).split())
        self._matters = Lexicon(_matters(rules.subjects))
        self._conjunction = re.compile(rf"\s+(?:và|,)\s+(?={'|'.join(_labels(rules))})\S", re.IGNORECASE)
        self.subjects = lru_cache(4096)(self._subjects)

    def state(self, stated: str, known: Sequence[str], *, is_numbered: bool) -> PartState:
        """What is to be said of a stated title against those known of the document (at least one)."""
        theirs = dict.fromkeys(one for title in known for one in self._ends(title))
        pairs = [(one, other) for one in self._ends(stated) for other in theirs]
        states = {self._pair(*pair, is_numbered) for pair in pairs if pair[0] == stated or pair[1] in known}
        if all(state == "differs" for state in states) and any(
            self._pair(*pair, is_numbered) != "differs" for pair in pairs
        ):
            return "unknown"  # alike only where the ends of both are left out
        return "confirmed" if "confirmed" in states else "unknown" if "unknown" in states else "differs"

    def are_alike(self, first: str, second: str) -> bool:
        """False for titles that cannot be of one document, also where one is shortened."""
        shortened = shared_words(first, second) >= self._limits.shared_words.value
        return shortened or title_likeness(first, second) >= self._limits.other_title.value

    def _ends(self, title: str) -> dict[str, None]:
        """A title as it was read, and as it is where it ran on: up to "và Nghị quyết số …", or ", UBND tỉnh ban hành …"."""
        acting = [hit.start for hit in self._rules.agency_names.find(scan_fold(title))]
        comma = next((at for at in acting if title[:at].rstrip().endswith(",")), len(title))
        return dict.fromkeys((title, self._conjunction.split(title, maxsplit=1)[0], title[:comma].rstrip(" ,")))

    def _pair(self, stated: str, known: str, is_numbered: bool) -> PartState:
        """One title against another."""
        if self._have_other_subjects(stated, known):
            return "differs" if is_numbered else "unknown"
        if title_likeness(stated, known) >= self._limits.same_title.value and not self._strange(stated, known):
            return "confirmed" if self._acts(stated) == self._acts(known) else "unknown"
        return "differs" if is_numbered and self._are_of_two(stated, known) else "unknown"

    def _have_other_subjects(self, stated: str, known: str) -> bool:
        """True where each of two titles that are otherwise alike names something of a kind that the other lacks."""
        if not self.are_alike(stated, known) or self._is_implementing(stated, known):
            return False
        one, other = self.subjects(stated), self.subjects(known)
        return any(
            one[kind] - other[kind] and other[kind] - one[kind] for kind in one.keys() & other.keys() if kind != _ACT
        )

    def _acts(self, title: str) -> bool:
        """True for a title that changes another document: there a word makes all the difference."""
        return _ACT in self.subjects(title)

    def _is_implementing(self, stated: str, known: str) -> bool:
        """True where what is carried out may be told by other words: other documents that it carries out too."""
        pattern = self._rules.finding_terms.implementing_title.pattern
        codes = self.subjects(stated).get("code", frozenset()) & self.subjects(known).get("code", frozenset())
        return bool(codes) and re.search(pattern, known, re.IGNORECASE) is not None

    def _are_of_two(self, stated: str, known: str) -> bool:
        """True where both are surely titles and tell of different matters."""
        terms = self._rules.finding_terms
        if not re.search(terms.cited_title.pattern, stated, re.IGNORECASE):
            return False
        if re.search(terms.implementing_title.pattern, known, re.IGNORECASE):
            return False
        if not self.are_alike(stated, known):
            return True
        if _abbreviates(stated, known) or _abbreviates(known, stated):
            return False
        return self.strange_share(stated, known) >= self._limits.strange_words.value

    def strange_share(self, stated: str, known: str) -> float:
        """How many of the words of weight of a stated title the known one lacks, from 0 to 100; of a long one its beginning."""
        theirs = self._words(known)
        words = self._words(stated)[: len(theirs) + _MORE]
        strange = sum(word not in theirs for word in words)
        if set(theirs) <= set(words):  # it is all there, and what follows it was taken for more of it
            return 0.0
        return 100 * strange / len(words) if strange > 1 else 0.0

    def _strange(self, stated: str, known: str) -> bool:
        """True where a stated title has words of weight that the known one lacks."""
        return not set(self._words(stated)) <= set(self._words(known))

    def _words(self, title: str) -> list[str]:
        """The words of weight of a title, in order, without marks."""
        return [word for word in name_key(title).split() if word not in self._light]

    def _subjects(self, title: str) -> dict[str, frozenset[str]]:
        """What a title names, by kind; kinds of which it names nothing are left out."""
        found: dict[str, set[str]] = {}
        for kind, name in self._named(title):
            found.setdefault(kind, set()).add(name)
        return {kind: frozenset(names) for kind, names in found.items()}

    def _named(self, title: str) -> Iterator[tuple[str, str]]:
        folded = scan_fold(title)
        for code in self._rules.codes.find(folded):
            if isinstance(code, FoundCode):
                yield "code", code_key(str(code.code))
        yield from (("year", year) for year in _YEAR.findall(_DATE.sub(" ", title)))
        yield from (("agency", hit.entry.value) for hit in self._rules.agency_names.find(folded))
        yield from (("place", hit.entry.value) for hit in self._rules.place_names.find(folded))
        yield from ((hit.entry.tag, hit.entry.value) for hit in self._matters.find(folded))
        for hit in self._rules.lexicon.find(folded):
            if hit.entry.tag in _NAMED:
                yield hit.entry.tag, self._rules.known.key(folded[hit.start : hit.end])


def _matters(known: SubjectsFile) -> Iterator[tuple[str, Entry]]:
    """The names of subjects.yml: of a line, all stand for the first; the words that change another document for one act."""
    for group, lines in known.groups.items():
        yield from ((name, Entry(group, names[0])) for names in lines for name in names)
    yield from ((word, Entry(_ACT, _ACT)) for word in known.acts)


def _abbreviates(short: str, whole: str) -> bool:
    """True where one title has in capitals what the other writes out: "bảo vệ BMNN" and "bảo vệ bí mật nhà nước"."""
    initials = "".join(word[0] for word in name_key(whole).split())
    return any(name_key(word) in initials for word in _CAPITALS.findall(short) if name_key(word) not in name_key(whole))


def _labels(rules: Rules) -> Iterator[str]:
    """The names of types, as patterns."""
    return (re.escape(label) for rule in rules.types.values() for label in rule.labels)
