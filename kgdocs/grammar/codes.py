"""Codes (số, ký hiệu): found by an anchor scan, read by the forms of patterns/codes.yml.

A code is read from its compact string: blanks gone, separators plain. Tokens are respelt
only towards the vocabulary of types and agencies, and every respelling is told; a number
is never changed but for the leading zero that State and Party codes carry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgdocs.grammar.folding import scan_fold, strip_marks
from kgdocs.grammar.schema import CodeForm, CodesFile
from kgdocs.models import Code

_TOKEN = r"[A-ZĐĂÂÊÔƠƯ](?:[A-Za-zĐđĂÂÊÔƠƯ0-9&]|\.(?=[A-ZĐ])){0,15}(?!\w)"
_SEPARATOR = r"\s{0,10}[/-]\s{0,10}"
_ANCHOR = re.compile(
    rf"[0-9]{{1,5}}(?:bis|[A-Da-dđ])?(?:{_SEPARATOR}[0-9]{{4}}){{0,2}}(?:{_SEPARATOR}{_TOKEN}"
    rf"(?:{_SEPARATOR}[0-9]{{4}}(?=\s{{0,3}}/))?){{1,10}}(?:\([A-Z][A-Z0-9]{{0,3}}\))?"
)
_DAMAGED_NUMBER = re.compile(
    r"(?:[0-9]|[0-9][.,/]|s[ốóô]\s{0,3}:?\s{0,3}[0-9]{1,4}[ ]|(?<!\w)(?!s[ốóô])\w?[^\W0-9]|[0-9][^\W0-9])\Z",
    re.IGNORECASE,
)
"""What may not stand right before a number: it would be the tail of a longer or damaged one ("1O5", "4 7")."""
_NUMBER_HEAD = re.compile(r"[0-9]{1,5}(?:bis|[A-Da-dđ])?(?:[/-](?:19|20)[0-9]{2})?")
_CONFUSED = ("ĐDBP", "O0Q", "I1L", "S5", "B8")
"""Characters that scanning and typing take for one another (reference §3.10)."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code at [start, end) of a text, with the form that read it and what was repaired."""

    start: int
    end: int
    code: Code
    form: str
    repairs: tuple[str, ...]
    needs_label: bool


class Vocabulary:
    """The spellings that tokens of symbols have, and the way back from damaged ones."""

    def __init__(self, tokens: Iterable[str]) -> None:
        """Index the official spellings."""
        self._exact = frozenset(tokens)
        folded: dict[str, set[str]] = {}
        for token in self._exact:
            folded.setdefault(strip_marks(token).lower(), set()).add(token)
        self._folded = {key: found.pop() for key, found in folded.items() if len(found) == 1}

    def __contains__(self, token: str) -> bool:
        """True for an official spelling."""
        return token in self._exact

    def repaired(self, token: str) -> str | None:
        """The one official spelling that `token` damages (case, lost marks, confused letter), or None."""
        if token in self._exact:
            return token
        if len(token) < 2:
            return None
        if found := self._folded.get(strip_marks(token).lower()):
            return found
        found_all = {variant for variant in _confusions(token) if variant in self._exact}
        return found_all.pop() if len(found_all) == 1 and len(token) > 3 else None


def _confusions(token: str) -> Iterator[str]:
    """Yield `token` with one letter exchanged for one that is taken for it."""
    for position, char in enumerate(token):
        for group in _CONFUSED:
            if char in group:
                yield from (token[:position] + other + token[position + 1 :] for other in group if other != char)


class CodeGrammar:
    """The forms of codes, compiled with the vocabulary of types and agencies."""

    def __init__(
        self, patterns: CodesFile, types: Iterable[str], agencies: Iterable[str], organs: Iterable[str]
    ) -> None:
        """Compile the forms; `organs` are the agency codes of the Party (TW, TU …)."""
        self.types, self.agencies = Vocabulary(types), Vocabulary(agencies)
        fragments = dict(patterns.fragments)
        fragments["type"] = _alternation(types)
        fragments["agency"] = _alternation(agencies)
        fragments["party_organ"] = _alternation(organs)
        self._forms = [(form, re.compile(_expand(form.pattern, fragments))) for form in patterns.forms]

    def find(self, text: str) -> Iterator[FoundCode]:
        """Yield the codes in a scan-folded text, left to right."""
        for match in _ANCHOR.finditer(text):
            start = match.start()
            if _DAMAGED_NUMBER.search(text, max(0, start - 12), start):
                continue
            if found := self._longest(text, start, match.end()):
                yield found

    def parse(self, text: str) -> FoundCode | None:
        """Read a text that is one code and nothing else, such as "211-KH/TU"; None if it is none."""
        folded = scan_fold(text.strip())
        found = next(self.find(folded), None)
        return found if found and found.start == 0 and found.end == len(folded) else None

    def _longest(self, text: str, start: int, end: int) -> FoundCode | None:
        """Read [start, end); while no form fits, give up its last token."""
        while end > start:
            compact = re.sub(r"\s+", "", text[start:end]).rstrip(".")
            if read := self._read(compact):
                code, form, repairs = read
                end = start + len(text[start:end].rstrip(". \n"))
                return FoundCode(start, end, code, form.id, repairs, form.needs_label)
            cut = max(text.rfind("-", start, end), text.rfind("/", start, end), text.rfind("(", start, end))
            end = start + len(text[start:cut].rstrip()) if cut > start else start
        return None

    def _read(self, compact: str) -> tuple[Code, CodeForm, tuple[str, ...]] | None:
        """Read a compact string by the first form that fits; as printed first, then respelt."""
        respelt, repairs = self._respell(compact)
        for form, pattern in self._forms:
            if match := pattern.fullmatch(respelt):
                code = _code(match, form)
                told = repairs + ((form.repair,) if form.repair else ())
                return code, form, told
        return None

    def _respell(self, compact: str) -> tuple[str, tuple[str, ...]]:
        """Restore the official spelling of the type and of the agencies that follow it."""
        head = _NUMBER_HEAD.match(compact)
        if head is None:
            return compact, ()
        parts = re.split(r"([/-])", compact[head.end() :])
        repairs = []
        limit = 1
        for position in range(2, len(parts), 2):
            index = position // 2
            if index > limit:
                break
            token = parts[position]
            better = self._better(token, first=index == 1)
            if index == 1 and better in self.types:
                limit = 10 if len(better) > 3 else 2
            if better != token:
                parts[position] = better
                repairs.append(f"{token}→{better}")
        return compact[: head.end()] + "".join(parts), tuple(repairs)

    def _better(self, token: str, *, first: bool) -> str:
        """The official spelling of a token in the place of a type (`first`) or an agency."""
        if (token in self.types and first) or token in self.agencies:
            return token
        found = (self.types.repaired(token) if first else None) or self.agencies.repaired(token)
        return found or token


def _alternation(tokens: Iterable[str]) -> str:
    """A group that matches any of `tokens`, longest first."""
    return "(?:" + "|".join(re.escape(token) for token in sorted(set(tokens), key=lambda t: (-len(t), t))) + ")"


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    """Put the named fragments into a pattern; fragments may name fragments, four deep."""
    for _ in range(4):
        pattern = re.sub(r"\{([a-z_]+)\}", lambda match: fragments[match.group(1)], pattern)
    return pattern


def _code(match: re.Match[str], form: CodeForm) -> Code:
    """Make the value from a match; `form.symbol` says how a misplaced symbol is put right."""
    groups = match.groupdict()
    symbol = form.symbol.format(**groups) if form.symbol else groups["symbol"]
    number = groups["number"].zfill(2)  # "5/2000/TT-BXD" is officially written 05
    type_token = groups.get("type")
    return Code(
        number=number,
        year=int(groups["year"]) if groups.get("year") else None,
        separator=form.separator,
        symbol=symbol,
        family=form.family,
        type_token=type_token,
        agencies=_agencies(symbol, type_token),
    )


def _agencies(symbol: str, type_token: str | None) -> tuple[str, ...]:
    """The tokens of a symbol that name agencies or units, in order, without the type."""
    rest = symbol[len(type_token) :] if type_token and symbol.startswith(type_token) else symbol
    return tuple(part for part in re.split(r"[/-]", re.sub(r"\(.*\)$", "", rest)) if part)
