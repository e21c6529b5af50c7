"""Which strings name one document, as far as the hand-made answers of one text tell."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from kgdocs.grammar.folding import strip_marks

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−\u00ad﹘﹣－", "-") | {"／": "/", "⁄": "/"})
_WITH_CODE = re.compile(
    r"(?is)(.*?)(?:^|\bsố[\s_*:]*|\s)(\d+[0-9a-zđ]*\s*[-/]\s*[^\s,;]+(?:\s*-\s*[A-ZĐ][^\s,;]*)*)\s*$"
)
_LAW = re.compile(r"(?i)(luật|bộ[\s_]luật|pháp[\s_]lệnh)\b")


def _text(value: Any) -> str | None:
    return unicodedata.normalize("NFC", value).strip() or None if isinstance(value, str) else None


def code_strict(value: Any) -> str | None:
    """A code for strict comparison: case, blanks and the shape of dashes do not count."""
    text = _text(value)
    return re.sub(r"[\s_*]+", "", text.translate(_DASHES)).upper().strip(".,;:()[]\"'") or None if text else None


def date_norm(value: Any) -> str | None:
    """A date as the answers write it."""
    return _text(value)


def loose_name(value: Any) -> str | None:
    """A name for loose comparison: letters without marks, and digits."""
    text = _text(value)
    return re.sub(r"[^0-9a-z]+", " ", strip_marks(text).casefold()).strip() or None if text else None


def _folded_code(value: str) -> str | None:
    text = code_strict(value)
    return re.sub(r"^0+(?=\d)", "", re.sub(r"[^0-9A-Z]+", "-", strip_marks(text).upper()).strip("-")) if text else None


def _is_code(value: str) -> bool:
    return bool(re.match(r"^\d+[0-9A-ZĐ]*[-/]", code_strict(value) or ""))


def _name(value: str) -> str | None:
    text = re.sub(r"[\s_*|\"“”'‘’]+", " ", value.translate(_DASHES)).casefold()
    return re.sub(r"\s+([,;.:)])", r"\1", text).strip(" .,;:") or None


class Aliases:
    """The names that the answers of one text give to each document."""

    def __init__(self, gold: Mapping[str, Any]) -> None:
        """Group the names of every mention of the answers."""
        self._groups: dict[str, set[str]] = {}
        self._neutral: list[str] = []
        for mention in gold["mentions"]:
            keys = {key for key in map(self.norm, _names(mention)) if key}
            for key in keys:
                self._groups.setdefault(key, set()).update(keys)
            if mention.get("optional") or mention.get("kind") == "draft":
                self._neutral += [value for f in ("code", "resolves_to", "name", "text") if (value := mention.get(f))]
        if own := (gold.get("self") or {}).get("code"):
            self._neutral.append(own)

    def norm(self, value: Any) -> str | None:
        """A target's code where it has one, else its name."""
        text = _text(value)
        if text is None:
            return None
        match = _WITH_CODE.match(text)
        if match and not re.match(r"(?i)dự[\s_]thảo\b", text) and (len(match[1].split()) <= 4 or _LAW.match(match[1])):
            return code_strict(match[2])
        return _name(text)

    def same(self, first: str, second: str) -> bool:
        """True when two normalised names mean one document."""
        group = {first} | self._groups.get(first, set())
        other = {second} | self._groups.get(second, set())
        if group & other or (_is_code(first) and _folded_code(first) == _folded_code(second)):
            return True
        names = [(a, b) for a in group for b in other if not _is_code(a) and not _is_code(b)]
        return any(_alike(a, b) for a, b in names)

    def find(self, target: str, wanted: Iterable[str]) -> str | None:
        """The wanted target that `target` names."""
        wanted = sorted(wanted)
        return target if target in wanted else next((w for w in wanted if self.same(target, w)), None)

    def is_neutral(self, target: str) -> bool:
        """True when a target is optional in the answers, a draft, or the document itself."""
        return any(self.same(target, key) for key in map(self.norm, self._neutral) if key)


def _names(mention: Mapping[str, Any]) -> Iterable[str]:
    """Every way in which a mention's document may be called."""
    text = _text(mention.get("text")) or ""
    yield from (value for f in ("code", "resolves_to", "name") if (value := mention.get(f)))
    yield text
    short = re.sub(r"(?is)[\s_*]+số[\s_*:]*\d.*$", "", text)
    if short != text and re.match(r"(?i)(luật|bộ[\s_]luật|pháp[\s_]lệnh)[\s_]+(?!số\b)\w", short):
        yield short
    if mention.get("type") and mention.get("code"):
        yield f"{mention['type']} {mention['code']}"
    if mention.get("year") and mention.get("kind") == "named":
        yield f"{mention.get('name') or text} {mention['year']}"
        yield f"{mention.get('name') or text} năm {mention['year']}"


def _alike(first: str, second: str) -> bool:
    """Long names may differ a little; short ones must be equal: laws differ by one word."""
    a, b = sorted((loose_name(first) or "", loose_name(second) or ""), key=len)
    if not a or a == b:
        return bool(a)
    if len(a) >= 25 and b.startswith(a) and len(a) >= 0.5 * len(b):
        return True
    return len(a) >= 40 and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.92
