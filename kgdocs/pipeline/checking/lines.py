"""Verdicts → lines for a terminal: one line per finding, the place with a caret below it, what is known, what to write.

The first line has the form `file:line:column: CODE severity message` that editors understand.
"""

import unicodedata
from collections.abc import Iterator

from kgdocs.grammar import Rules
from kgdocs.models.days import plain_day
from kgdocs.pipeline.checking.json_rows import position
from kgdocs.pipeline.checking.verdicts import Check, Remark, Witness

_WIDTH = 100
"""Characters of a long line that are shown around a place."""
_NAMED = ("date", "issuer", "title")


def check_lines(found: Check, rules: Rules, language: str = "vi") -> Iterator[str]:
    """Yield the lines about one text; none where there is nothing to look at."""
    unknown = [one.finding for one in found.remarks if one.finding.code == "UNRESOLVED"]
    for one in found.remarks:
        finding = one.finding
        if finding.code == "UNRESOLVED":
            continue
        line, column = position(found.text, finding.start)
        message = finding.message if language == "vi" else finding.message_en
        yield f"{found.reading.source.path}:{line}:{column}: {finding.code} {finding.severity} {message}"
        yield from _excerpt(found.text, finding.start, finding.end)
        if told := _known(one, rules, language):
            yield f"    {_word(rules, 'known', language)}: {told}"
        if one.suggestion:
            yield f"    {_word(rules, 'suggestion', language)}: {_pasted(one)}"
        yield ""
    if unknown:
        names = "; ".join(dict.fromkeys(" ".join(one.text.split()) for one in unknown))
        told = rules.drafts.words["unresolved_all"].fill(names=names)[0 if language == "vi" else 1]
        yield f"{found.reading.source.path}: UNRESOLVED info {told}"


def summary(found: Check, rules: Rules, language: str = "vi") -> str:
    """Return how many findings there are in how many references."""
    sentence = rules.drafts.words["summary"].fill(findings=len(found.remarks), references=len(found.references))
    return sentence[0 if language == "vi" else 1]


def _excerpt(text: str, start: int, end: int) -> Iterator[str]:
    """The line of a place, cut around it where it is long, and carets below the place."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    stop = min(end, last)
    low = max(first, start - _WIDTH // 3) if last - first > _WIDTH else first
    high = min(last, max(min(stop, start + _WIDTH), low + _WIDTH))
    stop = min(stop, high)
    head, tail = ("…" if low > first else ""), ("…" if high < last else "")
    shown = text[low:high].replace("\t", " ").replace("\r", " ")
    yield f"    {head}{shown}{tail}"
    yield "    " + " " * (len(head) + _cells(text[low:start])) + "^" * max(1, _cells(text[start:stop]))


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


def _known(one: Remark, rules: Rules, language: str) -> str:
    """What others say of the document at a finding, with who they are."""
    reference = one.reference
    if reference is None or reference.target is None:
        return ""
    known = {name: [who for who in part.known if not who.is_own] for name, part in reference.parts.items()}
    told = [(name, known[name][0]) for name in _NAMED if known[name]]
    code = known["number"]
    pieces = [code[0].value] if code else []
    pieces += [plain_day(who.value) if name == "date" else " ".join(who.value.split()) for name, who in told]
    who = next(iter((*(who for _, who in told), *code)), None)
    return f"{'; '.join(pieces)} ({witness_name(who, rules, language)})" if who and pieces else ""


def witness_name(who: Witness, rules: Rules, language: str) -> str:
    """Return what a source is called: the origin of the fact and its file."""
    origin = rules.finding_terms.origins[who.origin].fill()[0 if language == "vi" else 1]
    return f"{origin}, {who.path}" if who.path else origin


def _pasted(one: Remark) -> str:
    """The words to paste; what is to be added behind a place is marked by a plus."""
    suggestion = one.suggestion
    if suggestion is None:
        return ""
    return suggestion.text if suggestion.end > suggestion.start else f"+{suggestion.text}"


def _word(rules: Rules, name: str, language: str) -> str:
    return rules.drafts.words[name].fill()[0 if language == "vi" else 1]


def explanation(code: str, rules: Rules, language: str = "vi") -> Iterator[str]:
    """Yield what a code means: severity, why it matters, its sentence, an example and a counter-example.

    Raises KeyError for a code that a check never gives.
    """
    why = rules.drafts.why[code].fill()[0 if language == "vi" else 1]
    rule = rules.findings.get(code) or rules.draft_findings[code]
    sentence = rule.message if language == "vi" else rule.english
    yield f"{code} ({rule.severity})"
    yield f"  {_word(rules, 'explained', language)}: {why}"
    yield f"  {_word(rules, 'wording', language)}: {sentence}"
    for word, examples in (("example", rule.examples), ("counter_example", rule.counter_examples)):
        shown = min(examples, key=len).split("\n=====\n")[0].replace("\n", " ⏎ ")
        yield f"  {_word(rules, word, language)}: {shown}"
