"""Codes (số, ký hiệu): found by an anchor scan, read by the forms of patterns/codes.yml.

A code is read from its compact string: blanks gone, separators plain. Tokens are respelt
only towards the vocabulary of types and agencies, a year with O or l for its digits becomes the year,
and every respelling is told; a number is never changed but for the leading zero that State and Party codes carry.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kgdocs.grammar.damaged import damaged_from, term_of
from kgdocs.grammar.expressions import VOCABULARY_FRAGMENTS, expand
from kgdocs.grammar.folding import scan_fold
from kgdocs.grammar.forms import CodeForm, CodesFile
from kgdocs.grammar.found import DamagedCode, FoundCode
from kgdocs.grammar.vocabulary import Vocabulary, scanned_digits
from kgdocs.models import Code

_TOKEN = r"[A-ZĐĂÂÊÔƠƯ](?:[A-Za-zĐđĂÂÊÔƠƯ0-9&]|[.+](?=[A-ZĐ])){0,15}(?!\w)"
_OLD_YEAR = r"(?:(?:(?<=UB)|(?<=UBT)|(?<=UBH))[./-](?:[7-9][0-9]|0[0-4])|(?<=SL)/[4-7][0-9])(?![\w%]|[.,/-]\w)"
"""The last two digits of a year that end an old code: "1110/QĐ.UBT.94", "152/QĐ-UB-95", "02-SL/76"."""
_SEPARATOR = r"(?:\s{0,10}+|\x1f{1,400}+)[/-]\s{0,10}+"
_SUFFIX = r"(?:(?:bis|[A-Da-dđ])(?=\s{0,10}[/-])|\.[0-9]{1,2}(?=/20[0-9]{2}/NQ-CP))?"
"""What may follow a number: "12bis", "30a", and "66.1" of the Government's resolutions under Resolution 206/2025/QH15."""
_DIGIT_LIKE = "[0-9OolISBZ/]"
_TORN_YEAR = re.compile(r"/(?:19|20) [0-9]{2}\s?/")
_YEAR_PRINTED = r"(?:[0-9]{4}|(?:19|20) [0-9]{2}(?=\s?/\s?[A-ZĐ]{2}))"
"""A year, which a blank may have torn: "63/20 14/NĐ-CP"."""
_ANCHOR = re.compile(
    rf"[0-9]{{1,5}}+(?:{_SUFFIX}(?:{_SEPARATOR}{_YEAR_PRINTED}){{0,2}}|{_DIGIT_LIKE}{{1,5}}(?=/[^\\s/]{{1,6}}[/-]|-[^\\s/]{{1,4}}/))(?:"
    rf"(?:{_SEPARATOR}| {{0,2}}(?=QH[0-9]|[A-ZĐ][A-Za-zĐ]{{1,3}}\s?[/-]\s?[A-ZĐ])){_TOKEN}(?:{_SEPARATOR}[0-9]{{4}}(?=\s{{0,3}}/))?"
    rf"(?:{_SEPARATOR}{_TOKEN}(?:{_SEPARATOR}[0-9]{{4}}(?=\s{{0,3}}/))?){{0,9}}(?:\([A-Z][A-Z0-9]{{0,3}}\)|{_OLD_YEAR})?"
    r"|[/-][a-zđ]{1,6}[/-][a-zđ]{2,12}[0-9]{0,2}(?!\w))"
)
"""Where a code may be: a number, perhaps a year, then tokens; one separator may be lost, or all letters small."""
_BLANK_SEPARATOR = re.compile(r"[0-9a-dđ]{1,6} +(?P<type>[A-Za-zĐ]+)")
"""A blank in the place of the first separator: "09 HD/TWĐTN"."""
_NUMBER_HEAD = re.compile(rf"[0-9]{{1,5}}{_SUFFIX}(?:[/-](?:19|20)[0-9]{{2}})?")
_UNDATED = 6
"""Characters of a number without a year at most."""
_ODD_DIGITS = re.compile(r"(?P<number>[0-9][0-9OolISBZ]{0,5})(?P<year>/[0-9OolISBZ]{4})?(?=[/-][A-ZĐ])")
_YEAR = re.compile(r"19[4-9][0-9]|20[0-4][0-9]")
"""A year in which the State issued documents or soon will."""
_BLANK_BEFORE = re.compile(r"[\s.…_:]/\Z")
_WORD_BEFORE = re.compile(r"(?<!\w)[A-ZĐ][A-Za-zĐđ]{0,4}\Z")
_TORN = re.compile(r" {1,2}(?P<rest>[A-Za-zĐđ]{1,6})(?!\w)")
_JOINED = re.compile(r"[._]")
_BULLET = re.compile(r"\n\s{0,4}-\s")
"""The mark of the next item of a list, which is no part of a code that ends the line before."""
_TORN_AGENCY = re.compile(r"(?P<agency>[A-ZĐ][A-Za-zĐđ]{1,8})(?=,?\s{1,3}(?:ngày|của)\s|[,;.)])")
_LOST_DASH = re.compile(rf"\s{{1,2}}{_TORN_AGENCY.pattern}")
_NEXT_LABEL = re.compile(r"\s-\s{1,3}[A-Za-zĐđ]{1,6}\Z")
_NUMBER_BEHIND = re.compile(r"\s{1,3}(?:s[ốóô]\s{0,3}:?\s{0,3})?[0-9]")
"""Together the short label of another code behind a dash: "155/2018/NĐ-CP - TT 09/2023/TT-BYT"."""
_DOTTED_YEAR = re.compile(r"(?<=[A-ZĐ])\.(?=[0-9]{2}\Z)")


class CodeGrammar:
    """The forms of codes, compiled with the vocabulary of types and agencies."""

    def __init__(
        self, patterns: CodesFile, types: Iterable[str], agencies: Iterable[str], organs: Iterable[str]
    ) -> None:
        """Compile the forms; `organs` are the agency codes of the Party (TW, TU …)."""
        self.types, self.agencies = Vocabulary(types), Vocabulary(agencies)
        words = map(_alternation, (types, agencies, organs))
        fragments = {**patterns.fragments, **dict(zip(VOCABULARY_FRAGMENTS, words, strict=True))}
        self._kept = frozenset(patterns.kept)
        self._undated = frozenset((agency,) for agency in patterns.undated)
        self._read = lru_cache(65536)(self._read_uncached)
        self._forms = [(form, re.compile(expand(form.pattern, fragments))) for form in patterns.forms]

    def find(self, text: str) -> Iterator[FoundCode | DamagedCode]:
        """Yield the codes in a scan-folded text, left to right."""
        end = 0
        for match in _ANCHOR.finditer(text):
            start = match.start()
            if text[start : start + 2] in ("19", "20") and _BLANK_BEFORE.search(text, max(0, start - 2), start):
                continue  # "số …/2025/QĐ-UBND": the number is still blank
            head = start if self._is_label(text, start) else damaged_from(text, start, end)
            found = self._longest(text, start, match.end()) or self._with_odd_digits(match)
            if found is None:
                continue
            if head < start:
                found = DamagedCode(head, found.end)
            elif isinstance(found, FoundCode):
                found = self._with_lost_dash(text, self._rejoined(text, found))
            end = found.end
            yield found

    def _is_label(self, text: str, start: int) -> bool:
        """True where a short label is written right before the number: "NĐ60/2021/NĐ-CP"."""
        word = _WORD_BEFORE.search(text, max(0, start - 6), start)
        return word is not None and word.group() in self.types

    def _rejoined(self, text: str, found: FoundCode) -> FoundCode:
        """The code with the rest of its last token, where a blank tore it: "29/2025/NĐ-C P"."""
        rest = _TORN.match(text, found.end)
        last = found.code.agencies[-1] if found.code.agencies else None
        if rest is None or last is None or last in self.agencies or last + rest["rest"] not in self.agencies:
            return found
        whole = self._read("".join(text[found.start : rest.end()].split()))
        if whole is None:
            return found
        code, form, repairs = whole
        return FoundCode(found.start, rest.end(), code, form.id, (*repairs, "blank"), found.needs_label)

    def _with_lost_dash(self, text: str, found: FoundCode) -> FoundCode:
        """The code with its agency, where the dash between its type and that is lost: "17/2018/QĐ UBND ngày"."""
        behind = _LOST_DASH.match(text, found.end)
        compact = "".join(text[found.start : found.end].split())
        if behind is None or compact.rpartition("/")[2] not in self.types or behind["agency"] not in self.agencies:
            return found
        read = self._read(f"{compact}-{behind['agency']}")
        if read is None or not (read[0].year or read[0].agencies in self._undated):
            return found
        code, form, repairs = read
        return FoundCode(found.start, behind.end("agency"), code, form.id, (*repairs, "separator"), found.needs_label)

    def parse(self, text: str) -> FoundCode | None:
        """Read a text that is one code and nothing else, such as "211-KH/TU"; None if it is none."""
        folded = scan_fold(text.strip())
        found = next(self.find(folded), None)
        whole = found is not None and (found.start, found.end) == (0, len(folded))
        return found if whole and isinstance(found, FoundCode) else None

    def _longest(self, text: str, start: int, end: int) -> FoundCode | None:
        """Read [start, end); while no form fits, give up its last token."""
        blank = _BLANK_SEPARATOR.match(text, start, end)
        if blank and blank["type"] not in self.types:
            return None
        last = end = self._own_end(text, start, end)
        while end > start:
            compact = "".join(text[start:end].split()).rstrip(".")
            read = self._read(compact)
            if read and not (read[1].needs_word and (end < last or text[end : end + 1] in ("/", "-"))):
                code, form, repairs = read
                if " " in text[start:end] and _TORN_YEAR.search(text, start, end):
                    repairs = (*repairs, "blank")
                end = start + len(text[start:end].rstrip(". \n"))
                labelled = form.needs_label or compact.islower() or bool(blank)
                return FoundCode(start, end, code, form.id, repairs, labelled, form.needs_word)
            cut = max(text.rfind("-", start, end), text.rfind("/", start, end), text.rfind("(", start, end))
            end = start + len(text[start:cut].rstrip()) if cut > start else start
        return None

    def _own_end(self, text: str, start: int, end: int) -> int:
        """Where what may be one code ends: before the next item of a list, and before the label of another code."""
        bullet = _BULLET.search(text, start, end)
        if bullet and not self._is_torn(text, start, bullet):
            return bullet.start()
        label = _NEXT_LABEL.search(text, start, end) if _NUMBER_BEHIND.match(text, end) else None
        return label.start() if label else end

    def _is_torn(self, text: str, start: int, dash: re.Match[str]) -> bool:
        """True where a line ends behind the type of a code, and the next one begins with its agency: "199/2013/NĐ⏎- CP ngày"."""
        behind = _TORN_AGENCY.match(text, dash.end())
        last = re.split(r"[/-]", text[start : dash.start()])[-1].strip()
        return last in self.types and behind is not None and behind["agency"] in self.agencies

    def _with_odd_digits(self, match: re.Match[str]) -> FoundCode | DamagedCode | None:
        """A code whose number or year is damaged ("36O/QĐ-UBND", "353/2326/NĐ-CP"): what follows is one all the same.

        A year that scanning damaged is undone ("92/2OO6/NĐ-CP"), a number never.
        """
        compact = "".join(match.group().split())
        digits = _ODD_DIGITS.match(compact)
        if digits is None:
            return None
        printed = (digits["year"] or "")[1:]
        year = scanned_digits(printed)
        is_sure = year != printed and _YEAR.fullmatch(year) and digits["number"].isdigit()
        if is_sure and (read := self._read(f"{digits['number']}/{year}{compact[digits.end() :]}")):
            code, form, repairs = read
            return FoundCode(match.start(), match.end(), code, form.id, (f"{printed}→{year}", *repairs), True)
        whole = self._read(f"1{'/2000' if printed else ''}{compact[digits.end() :]}")
        return DamagedCode(match.start(), match.end()) if whole else None

    def _read_uncached(self, compact: str) -> tuple[Code, CodeForm, tuple[str, ...]] | None:
        """Read a compact string by the first form that fits; as printed first, then respelt."""
        respelt, repairs = self._respell(compact)
        for form, pattern in self._forms:
            if match := pattern.fullmatch(respelt):
                code = _code(match, form)
                told = dict.fromkeys((*repairs, form.repair) if form.repair else repairs)
                return code, form, tuple(told)
        return None

    def _respell(self, compact: str) -> tuple[str, tuple[str, ...]]:
        """Restore lost separators, and the official spelling of the type and of the agencies that follow it."""
        head = _NUMBER_HEAD.match(compact)
        if head is None:
            return compact, ()
        printed = compact[head.end() :]
        whole = self._parted(printed, is_dated=len(head.group()) > _UNDATED)
        rest, repairs = self._separated(whole)
        repairs = repairs or (["separator"] if whole != printed else [])
        parts = re.split(r"([/-])", rest)
        limit = 1
        for position in range(2, len(parts), 2):
            index = position // 2
            if index > limit:
                break
            token = parts[position]
            better = term_of(token, head.group()) or self._better(token, first=index == 1)
            if index == 1 and better in self.types:
                limit = 10 if len(better) > 3 else 2
            if better != token:
                parts[position] = better
                repairs.append(f"{token}→{better}")
        return head.group() + "".join(parts), tuple(repairs)

    def _parted(self, rest: str, *, is_dated: bool) -> str:
        """The part behind the number with the dashes that were lost between type and agencies: "/NĐCP", "/TTLTBKHĐTBTC".

        Behind a number without its year only where the agency is one of the State's that all know.
        """
        token = rest[1:]
        if not token.isalpha() or token in self.types or token in self.agencies or token in self._kept:
            return rest
        ways = [
            (token[:cut], *owners)
            for cut in range(2, len(token) - 1)
            if token[:cut] in self.types and (owners := self._owners(token[cut:]))
        ]
        sure = len(ways) == 1 and (is_dated or ways[0][1:] in self._undated)
        return f"{rest[0]}{'-'.join(ways[0])}" if sure else rest

    def _owners(self, token: str) -> tuple[str, ...]:
        """The agency, or the two, whose codes a token is made of."""
        if token in self.agencies:
            return (token,)
        pairs = [(token[:cut], token[cut:]) for cut in range(3, len(token) - 2)]
        found = [pair for pair in pairs if pair[0] in self.agencies and pair[1] in self.agencies]
        return found[0] if len(found) == 1 else ()

    def _separated(self, rest: str) -> tuple[str, list[str]]:
        """The part behind the number with a separator before it ("56KH-UBND") and none as "." or "_" ("QĐ.UB").

        The State writes 56/KH-UBND, the Party 28-CT/TW: the separator that is there tells the one that is lost.
        """
        lost = rest[:1] not in ("/", "-", "")
        type_token, other, _ = rest.partition("/")
        fixed = f"{'-' if other and type_token in self.types else '/'}{rest}" if lost else rest
        parts = re.split(r"([/-])", fixed)
        for position in range(2, len(parts), 2):
            tokens = _JOINED.split(parts[position])
            if len(tokens) > 1 and "".join(tokens) in self.types:
                parts[position] = "".join(tokens)
            elif len(tokens) > 1 and tokens[0] in self.types:
                parts[position] = "-".join(tokens)
        fixed = _DOTTED_YEAR.sub("-", "".join(parts))
        return fixed, ["separator"] if fixed != rest else []

    def _better(self, token: str, *, first: bool) -> str:
        """The official spelling of a token in the place of a type (`first`) or an agency."""
        if (token in self.types and first) or token in self.agencies or token in self._kept:
            return token
        found = (self.types.repaired(token) if first else None) or self.agencies.repaired(token)
        return found or token


def _alternation(tokens: Iterable[str]) -> str:
    """A group that matches any of `tokens`, longest first."""
    return "(?:" + "|".join(re.escape(token) for token in sorted(set(tokens), key=lambda t: (-len(t), t))) + ")"


def _code(match: re.Match[str], form: CodeForm) -> Code:
    """Make the value from a match; `form.symbol` says how a misplaced symbol is put right."""
    groups = match.groupdict()
    symbol = form.symbol.format(**groups) if form.symbol else groups["symbol"]
    number = groups["number"] if form.printed else groups["number"].zfill(2)  # "5/2000/TT-BXD" is officially written 05
    type_token = groups.get("type")
    return Code(
        number=number,
        year=int(groups["year"]) if groups.get("year") else None,
        separator=groups.get("separator") or form.separator,
        symbol=symbol,
        family=form.family,
        type_token=type_token,
        agencies=_agencies(symbol, type_token),
    )


def _agencies(symbol: str, type_token: str | None) -> tuple[str, ...]:
    """The tokens of a symbol that name agencies or units, in order, without the type."""
    rest = symbol[len(type_token) :] if type_token and symbol.startswith(type_token) else symbol
    return tuple(part for part in re.split(r"[/-]", re.sub(r"\(.*\)$", "", rest)) if part)
