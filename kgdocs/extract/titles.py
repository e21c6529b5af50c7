"""The title stated behind a mention, and where it ends (patterns/cited_titles.yml)."""

import re
from collections.abc import Sequence

from kgdocs.extract.phrases import closed_before
from kgdocs.extract.windows import PARAGRAPH_END
from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.models import Span

_QUOTE_OPEN = re.compile(r"(?:(?!\n[ \t]*\n)[\s*,]){0,4}(?:[“«]|(?<=\s)\")[\s*]{0,3}")
_QUOTE_CLOSE = re.compile(r"[”\"»]")
_UNQUOTED_END = rf";|[.](?=\s(?!\s?(?-i:ngày|NGÀY)\s[0-9])|$)|\n[ \t]*\n|{PARAGRAPH_END}|\||\n[ \t]{{0,8}}(?:-{{3}}|\((?:ban hành |kèm theo ))"
_DATED_CLAUSE = r"(?<=[a-zà-ỹ]),\s{1,3}ngày\s{1,3}[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2},\s{1,3}(?=[A-ZĐỦ])"
"""What begins with a day of its own, and is not that of a number before: "…, ngày 04/8/2024, Đảng ủy tổ chức …"."""
_FIRST_WORD = re.compile(r"\s{1,3}(?P<word>[^\W\d_]{2,})")
_DATED = re.compile(r"[^,.;:()|\n]{3,160}?\sngày\s[0-9][^,.;:()|\n]{3,80}", re.IGNORECASE)
_LINE = re.compile(r"\n(?=[-A-ZĐ])")
_COLON = re.compile(r":(?!\S)")
_MAX_SUBJECT = 110
"""Characters between the first word of a subject and its verb."""
MAX_TITLE, MAX_NOTE = 700, 600


class TitleReader:
    """Finds titles behind mentions; made once from the rules."""

    def __init__(self, rules: Rules) -> None:
        """Compile what opens a title and what ends one."""
        words = rules.cited_titles
        self._effect = re.compile(rf"\s{{0,3}},?\s{{1,3}}{any_of(rules.issuers.effects)}", re.IGNORECASE)
        self._opener = re.compile(
            rf"(?!\s{{0,2}},\s{{1,2}}{any_of(words.clause_openers)}(?!\w))"
            rf"(?:(?!\n[ \t]*\n)[\s,*]){{0,5}}(?!{any_of(words.not_openers)}){any_of(words.openers)}(?!\w)",
            re.IGNORECASE,
        )
        self._end = re.compile(rf"{_UNQUOTED_END}|[\s(,]{{1,4}}{any_of(words.closers)}(?!\w)", re.IGNORECASE)
        subject = any_of((*words.subjects, *rules.issuers.heads))
        between = rf"(?:(?!(?<!\w){any_of(words.breaks)}(?!\w))(?:[^,;:.|]|,\s(?=[A-ZĐĂÂÊÔƠƯ]))){{0,{_MAX_SUBJECT}}}?"
        clause = rf",\s{{1,3}}{subject}(?!\w){between}(?<=\s){any_of(words.verbs)}(?!\w)"
        self._clause = re.compile(rf"(?i:{rules.issuers.prefixes})|(?P<clause>{clause}|{_DATED_CLAUSE})")
        self._tail = re.compile(rf"[\s,(]{{1,4}}{any_of(words.tails)}\s{{0,3}}\Z", re.IGNORECASE)
        self._next_parts = [rules.layout[part] for part in ("basis_line", "place_line", "addressee_line")]

    def title(self, folded: str, end: int, interruptions: Sequence[Span]) -> tuple[int, int] | None:
        """Span of the title stated behind `end`: quoted, or opened by a word such as "về"; None if none."""
        limit = min(len(folded), end + MAX_TITLE)
        start = self._opener.match(folded, end)
        quote = _QUOTE_OPEN.match(folded, start.end() if start else end) or _QUOTE_OPEN.match(folded, end)
        if quote:
            close = _QUOTE_CLOSE.search(folded, quote.end(), limit)
            while close and any(span.start <= close.start() < span.end for span in interruptions):
                close = _QUOTE_CLOSE.search(folded, close.end(), limit)
            return (quote.end(), close.start()) if close else None
        if start is None:
            return self._note(folded, end)
        begin = start.start() + len(start.group()) - len(start.group().lstrip(" ,*\n"))
        stop = self._end.search(folded, begin, limit)
        last = self._before_next_part(folded, begin, stop.start() if stop else limit)
        last = self._before_list(folded, start.end(), self._before_clause(folded, begin, last))
        closed = closed_before(folded, begin, last)
        last = last if closed is None else closed
        return (begin, last) if folded[start.end() : last].strip(" :,\n") else None

    def is_noted(self, folded: str, end: int) -> bool:
        """True where ", có hiệu lực" follows: a codification note, whose last date is that of its first document."""
        return self._effect.match(folded, end) is not None

    def _before_next_part(self, folded: str, begin: int, end: int) -> int:
        """Where a title in [begin, end) ends: before a line that begins another part, which nothing may part from it."""
        lines = (line.end() for line in _LINE.finditer(folded, begin, end))
        return next((at - 1 for at in lines if any(part.match(folded, at) for part in self._next_parts)), end)

    def _before_clause(self, folded: str, begin: int, end: int) -> int:
        """Where a title in [begin, end) ends: before the main clause of the sentence, "…, Sở Y tế báo cáo như sau"."""
        found = self._clause.finditer(folded, begin, end)
        return next((one.start() for one in found if one["clause"]), end)

    def _before_list(self, folded: str, begin: int, end: int) -> int:
        """Where a title in [begin, end) ends: before the words that lead to a list, "…, gồm:", and before a colon at its end."""
        for colon in _COLON.finditer(folded, begin, end):
            if tail := self._tail.search(folded, begin, colon.start()):
                return tail.start()
        return begin + len(folded[begin:end].rstrip(" :\n"))

    def _note(self, folded: str, end: int) -> tuple[int, int] | None:
        """The title of a codification note: with its capital letter right behind the code, up to ", có hiệu lực"."""
        word = _FIRST_WORD.match(folded, end)
        if word is None or not word["word"][0].isupper():
            return None
        stop = self._effect.search(folded, end, end + MAX_NOTE) or _DATED.match(folded, end)
        if stop is None or re.search(_UNQUOTED_END, folded[end : stop.start()]):
            return None
        return word.start("word"), stop.start() if stop.re is self._effect else stop.end()
