"""Who issues a document, as its header names it: the issuing body and its parent, each with its place.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (tên cơ quan ban hành); Hướng dẫn 36-HD/VPTW.
"""

import re
from collections.abc import Iterator

from kgdocs.grammar import Rules
from kgdocs.grammar.expressions import any_of
from kgdocs.grammar.lexicon import Hit
from kgdocs.grammar.names import AgencyRule
from kgdocs.models import Span
from kgdocs.read.lines import Line, fold_columns

HEADER_LENGTH = 4000
"""Characters above the number in which the issuer is looked for; a "line" may be a whole file."""
_WEB_TITLE = re.compile(r"\s{0,3}#")
_GAP = re.compile(r"(?<=\S)(?:[ \t]{4}|\t)")
"""What sets the columns of a header apart."""
_LONGEST_NAME = 5
"""Words of the name of a place with its kind: "THÀNH PHỐ CAO LÃNH"."""
_CELL = re.compile(r"[^\n|]+")
"""A line, or a cell of it between table bars."""


def read_issuers(
    text: str, top: list[Line], deciders: list[Line], rules: Rules, spans: dict[str, Span]
) -> dict[str, str]:
    """Return the issuing body and its parent: as the header names them, else as the lines above the căn cứ do.

    These also tell the place that a header lacks ("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN TỈNH KON TUM").
    """
    above = _above_number(text, top, rules, spans)
    stated: dict[str, Span] = {}
    decided = _deciders(text, deciders, rules, stated).get("issuer", "")
    if not decided or not decided.lower().startswith(above.get("issuer", "").lower()):
        return above
    spans |= stated
    return {**above, "issuer": decided}


def is_body(words: str, rules: Rules) -> bool:
    """Return True for the name of an agency, with its place or term, and nothing else."""
    hit = next(rules.agency_names.find(words), None)
    if hit is None or hit.start:
        return False
    behind = words[hit.end :].strip(" ,")
    place = next((one for one in rules.place_names.find(behind) if one.start == 0), None) if behind else None
    rest = behind[place.end :] if place else behind
    return (
        not rest or bool(rules.layout["term_of_body"].match(rest)) or (not place and _is_of_place(words, rest, rules))
    )


def _is_of_place(words: str, name: str, rules: Rules) -> bool:
    """True where the kind of a place stands before a short `name` at the end of `words`, or begins it: "tỉnh yên bái"."""
    kinds = any_of(("tỉnh", *rules.issuers.place_kinds))
    kind = re.search(
        rf"(?<!\w){kinds}\s{{1,3}}(?={re.escape(name)}$)|(?<!\w)(?=({kinds})\s[^,;]+$)", words, re.IGNORECASE
    )
    return kind is not None and len(name.split()) <= _LONGEST_NAME


def _above_number(text: str, top: list[Line], rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The issuing body, the last agency named above the number or what else comes first, and its parent, the one before.

    Its words may go on in the line below, behind those of the right column.
    """
    first = top[0].start if top else 0
    below = [spans[name].start for name in ("place", "label", "title") if name in spans and spans[name].start > first]
    limit = spans["code"].start if "code" in spans else min(below, default=top[0].end) if top else 0
    limit = min(limit, first + HEADER_LENGTH) if "code" not in spans else limit
    start = max(first, limit - HEADER_LENGTH)
    piece = fold_columns(text[start:limit].replace("\\", " "))  # Markdown's sign of a line break
    left = "\n".join(map(_left_cell, piece.split("\n")))
    for column in (left, piece):
        places = list(rules.place_names.find(column))
        if hits := _heading_names(column, rules, places):
            issuers = _named_issuers(column, start, hits, places, rules, spans)
            return _with_unlisted(column, start, hits[-1].end, issuers, rules, spans)
    return _spaced_issuer(piece, start, rules, spans)


def _deciders(text: str, lines: list[Line], rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The body that the lines above the căn cứ name: "BỘ TRƯỞNG BỘ TÀI CHÍNH"."""
    if not lines:
        return {}
    piece = fold_columns(text[lines[0].start : lines[-1].end])
    hits = list(rules.agency_names.find(piece))[:1]
    places = list(rules.place_names.find(piece))
    return _named_issuers(piece, lines[0].start, hits, places, rules, spans)


def _left_cell(line: str) -> str:
    """A line, of the same length, with blanks for what stands right of its first cell."""
    begin = len(line) - len(line.lstrip(" \t|"))
    end = line.find("|", begin)
    if end < 0:
        gap = _GAP.search(line, begin)
        end = gap.start() if gap else len(line)
    return line[:end].ljust(len(line))


def _named_issuers(
    piece: str, start: int, hits: list[Hit], places: list[Hit], rules: Rules, spans: dict[str, Span]
) -> dict[str, str]:
    """The last two agencies of a header, each with its place; those joined by a dash issue together."""
    issuers = {}
    bound = len(piece)
    for name, joint in zip(("issuer", "parent"), reversed(_joint(piece, hits, rules)), strict=False):
        first, last = joint[0], joint[-1]
        inside = next((p for p in places if last.start <= p.start < last.end), None)
        place = inside or next((p for p in places if last.end <= p.start < bound), None)
        words = piece[first.start : max(last.end, inside.end if inside else 0)]
        agency = rules.agencies[last.entry.value]
        if not inside and agency.place_bound:
            own = _proper_name(piece[last.end : place.start if place else bound], agency, rules)
            words += " " + ", ".join(filter(None, (own, piece[place.start : place.end] if place else "")))
        if name == "issuer" and (organ := _organ_below(piece[last.end : bound], piece[last.start : last.end], rules)):
            words = f"{organ} {words}"
        issuers[name] = " ".join(words.split())
        spans[name] = Span(start=start + first.start, end=start + last.end)
        bound = first.start
    return issuers


def _with_unlisted(
    column: str, start: int, end: int, issuers: dict[str, str], rules: Rules, spans: dict[str, Span]
) -> dict[str, str]:
    """The agencies of a header with an office that no table lists, below the last of them: it issues, that is its parent."""
    found = list(_unlisted(column, end, rules))
    name = " ".join(words for _, words in found)
    if not found or next(rules.agency_names.find(name), None):
        return issuers
    begin, (last, words) = found[0][0], found[-1]
    spans["parent"], spans["issuer"] = spans["issuer"], Span(start=start + begin, end=start + last + len(words))
    return {"issuer": name, "parent": issuers["issuer"]}


def _unlisted(column: str, end: int, rules: Rules) -> Iterator[tuple[int, str]]:
    """Where it begins, and the words, of each line of an office that is named in capitals below what ends at `end`."""
    opens = re.compile(rf"{any_of(rules.issuers.units)}(?!\w)", re.IGNORECASE)
    begun = False
    for match in _CELL.finditer(column, max(column.find("\n", end), end)):
        words = " ".join(match.group().split())
        if not words.isupper() or rules.layout["motto"].match(words) or not (begun or opens.match(words)):
            if begun or any(map(str.islower, words)):
                return
            continue
        begun = True
        yield match.start() + len(match.group()) - len(match.group().lstrip()), words


def _organ_below(behind: str, committee: str, rules: Rules) -> str | None:
    """The organ of a committee that the line below it names: "TỈNH ỦY SÔNG MẪU" over "BAN TUYÊN GIÁO"."""
    for line in re.split(r"[\n|]", behind)[1:]:
        words = " ".join(line.split())
        if any(map(str.isalpha, words)):
            whole = f"{words} {committee}"
            hit = next(rules.agency_names.find(whole), None)
            return words if hit and (hit.start, hit.end) == (0, len(whole)) else None
    return None


def _proper_name(behind: str, agency: AgencyRule, rules: Rules) -> str:
    """The name of a place that no table knows, behind an agency or below it: "HUYỆN ỦY ĐÔNG ANH"; "" where none is."""
    words = next((line for line in re.split(r"[\n|]", behind) if line.strip()), "").split()
    motto = next((i for i in range(len(words)) if rules.layout["motto"].match(" ".join(words[i:]))), len(words))
    name = " ".join(words[:motto])
    local = agency.level in ("district", "commune") or name.lower().startswith(tuple(rules.issuers.place_kinds))
    named = 0 < motto <= _LONGEST_NAME and all(map(_is_name_word, words[:motto]))
    return name if local and named else ""


def _is_name_word(word: str) -> bool:
    """True for a word of the name of a place: "ĐÔNG", "M'GAR"."""
    return word[0].isupper() and word.replace("'", "").replace("’", "").isalpha()


def _joint(piece: str, hits: list[Hit], rules: Rules) -> list[list[Hit]]:
    """Agencies in groups of those joined by a dash ("BỘ TÀI CHÍNH - BỘ Y TẾ"), or that of which a committee is ("CHI BỘ VĂN PHÒNG")."""
    of_others = re.compile(any_of(rules.issuers.committees_of), re.IGNORECASE)
    groups: list[list[Hit]] = []
    for hit in hits:
        last = groups[-1][-1] if groups else None
        joint = piece[last.end : hit.start] if last else ""
        if last and (joint.strip() == "-" or (joint == " " and of_others.fullmatch(piece, last.start, last.end))):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _heading_names(piece: str, rules: Rules, places: list[Hit]) -> list[Hit]:
    """Agencies that a header names: at the start of a line or cell, or after nothing but names and capitals.

    One in a sentence ("Hướng dẫn Quyết định … của Thủ tướng Chính phủ") is not the issuer.
    """
    found: list[Hit] = []
    known = 0
    for hit in rules.agency_names.find(piece):
        line = piece.rfind("\n", 0, hit.start) + 1
        before = piece[max(line, piece.rfind("|", 0, hit.start) + 1, known) : hit.start]
        told_in_capitals = piece[hit.start : hit.end].isupper() or not _WEB_TITLE.match(piece[line : hit.start])
        if any(map(str.islower, before)) or not told_in_capitals:
            continue
        found.append(hit)
        known = next((place.end for place in places if place.start == hit.end + 1), hit.end)
    return found


def _spaced_issuer(piece: str, start: int, rules: Rules, spans: dict[str, Span]) -> dict[str, str]:
    """The last letter-spaced cell that names an agency."""
    for match in reversed(list(_CELL.finditer(piece))):
        words = rules.spaced_names.read(match.group())
        if words and next(rules.agency_names.find(words), None):
            spans["issuer"] = Span(start=start + match.start(), end=start + match.end())
            return {"issuer": words}
    return {}
