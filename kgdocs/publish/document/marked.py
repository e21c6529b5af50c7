"""A text with each mention marked: tags come in, no character is added or lost."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from kgdocs.publish.records import Row
from kgdocs.publish.site import Query
from kgdocs.publish.strings import Words

UNSURE = ("ambiguous", "unresolved")


def marked_text(
    text: str,
    mentions: Sequence[Row],
    query: Query,
    *,
    span: tuple[int, int] | None = None,
    proofs: Sequence[Row] = (),
) -> Markup:
    """Return a part of `text` as HTML; stripping the tags gives back the part exactly.

    `mentions` begin in `span` (None: the whole text) and are in order. `proofs` are stretches that evidence
    stands on; where no mention is, they are marked too, so that a link can lead there.
    """
    start, stop = span or (0, len(text))
    pieces = []
    end = start
    for begin, finish, row in _marks(mentions, proofs, stop):
        pieces.append(_plain(text[end:begin]))
        pieces.append(_mark(text[begin:finish], row, query) if "id" in row else _proof(text[begin:finish], row))
        end = finish
    pieces.append(_plain(text[end:stop]))
    return Markup("").join(pieces)


def _marks(mentions: Sequence[Row], proofs: Sequence[Row], stop: int) -> list[tuple[int, int, Row]]:
    """What is marked, in order, none overlapping another: every mention shown, and proofs where no mention is."""
    shown = _shown(mentions)
    marks = [(one["start"], one["end"], one) for one in shown]
    marks += [(one["start"], min(one["end"], stop), one) for one in _free(proofs, shown)]
    return sorted(marks, key=lambda mark: mark[:2])


def _free(proofs: Sequence[Row], shown: Sequence[Row]) -> list[Row]:
    """The proofs that no mention is in, those that overlap as one with the beginnings of the others."""
    ends = [one["end"] for one in shown]
    found: list[Row] = []
    for proof in proofs:
        nearest = bisect_right(ends, proof["start"])
        if proof["start"] >= proof["end"] or (nearest < len(shown) and shown[nearest]["start"] < proof["end"]):
            continue
        if found and proof["start"] < found[-1]["end"]:
            found[-1]["end"] = max(found[-1]["end"], proof["end"])
            found[-1]["inside"].append(proof["start"])
        else:
            found.append({**proof, "inside": []})
    return found


def _shown(mentions: Sequence[Row]) -> list[Row]:
    """The mentions that are marked, each with the ids of those inside it, which links may lead to as well."""
    found: list[Row] = []
    for mention in mentions:
        if found and mention["start"] < found[-1]["end"]:
            found[-1]["inside"].append(mention["id"])
        elif mention["start"] < mention["end"]:
            found.append({**mention, "inside": []})
    return found


def _plain(text: str) -> Markup:
    """Escape a stretch of text; a carriage return would become a line feed if written as it is."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _proof(text: str, proof: Row) -> Markup:
    """Return a stretch of evidence that no mention is in."""
    name = f"v{proof['source_id'][:8]}"
    inside = _anchors(f"{name}-{start}" for start in sorted({*proof["inside"]} - {proof["start"]}))
    return Markup('<b class="proof" id="{}-{}">{}{}</b>').format(name, proof["start"], inside, _plain(text))


def _anchors(ids: Iterable[str]) -> Markup:
    """Return empty marks that links lead to."""
    return Markup("").join(Markup('<b id="{}"></b>').format(one) for one in ids)


def _mark(text: str, mention: Row, query: Query) -> Markup:
    """Return one mention: a link where its target is known, a mark where it is not; each can be reached by keyboard."""
    attributes = Markup('id="m{}" class="{}" data-tip="{}"').format(
        mention["id"], _classes(mention), _tip(mention, query.words)
    )
    inside = _anchors(f"m{one}" for one in mention["inside"])
    if mention["target_id"] is None:
        return Markup('<mark {} tabindex="0">{}{}</mark>').format(attributes, inside, _plain(text))
    if mention["target_id"] == mention["document_id"]:
        return Markup('<span {} tabindex="0">{}{}</span>').format(attributes, inside, _plain(text))
    href = query.document(mention["target_id"])
    return Markup('<a href="{}" {}>{}{}</a>').format(href, attributes, inside, _plain(text))


def state(mention: Row) -> str:
    """Return how a mention is marked: what is not sure first, then what is not yet a document."""
    if mention["resolution"] in UNSURE:
        return str(mention["resolution"])
    return mention["target_status"] if mention["target_status"] in ("draft", "planned") else "known"


def _classes(mention: Row) -> str:
    """Return the classes that the stylesheet marks a mention by."""
    return f"mention mention-{state(mention)} kind-{mention['kind']}"


def _tip(mention: Row, words: Words) -> str:
    """Return what is told beside a mention: what it leads to, its kind, how that was found, and why."""
    target = {name: mention[f"target_{name}"] for name in ("id", "code", "label", "type", "title")}
    parts = [
        words.document(target) if mention["target_id"] else "",
        words.term("kind", mention["kind"]),
        words.term("resolution", mention["resolution"]),
        words.term("status", mention["target_status"]) if mention["target_status"] in ("draft", "planned") else "",
        mention["reason"] or "",
    ]
    return " · ".join(part for part in parts if part)
