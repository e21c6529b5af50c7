"""A full text with each mention marked: tags come in, no character is added or lost."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from kgdocs.publish.site import Query
from kgdocs.publish.strings import Words

UNSURE = ("ambiguous", "unresolved")


def shown_mentions(mentions: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the mentions that are marked: in order, those inside another left out."""
    end = 0
    for mention in mentions:
        if end <= mention["start"] < mention["end"]:
            end = mention["end"]
            yield mention


def marked_text(text: str, mentions: Sequence[dict[str, Any]], query: Query) -> Markup:
    """Return `text` as HTML; stripping the tags gives back `text` exactly."""
    pieces = []
    end = 0
    for mention in shown_mentions(mentions):
        pieces.append(_plain(text[end : mention["start"]]))
        end = mention["end"]
        pieces.append(_mark(text[mention["start"] : end], mention, query))
    pieces.append(_plain(text[end:]))
    return Markup("").join(pieces)


def _plain(text: str) -> Markup:
    """Escape a stretch of text; a carriage return would become a line feed if written as it is."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _mark(text: str, mention: dict[str, Any], query: Query) -> Markup:
    """Return one mention: a link where its target is known, a mark where it is not."""
    attributes = Markup('id="m{}" class="{}" title="{}"').format(
        mention["id"], _classes(mention), _title(mention, query.words)
    )
    if mention["target_id"] is None:
        return Markup("<mark {}>{}</mark>").format(attributes, _plain(text))
    if mention["target_id"] == mention["document_id"]:
        return Markup("<span {}>{}</span>").format(attributes, _plain(text))
    href = query.document(mention["target_id"])
    return Markup('<a href="{}" {}>{}</a>').format(href, attributes, _plain(text))


def _classes(mention: dict[str, Any]) -> str:
    """Return the classes that the stylesheet marks a mention by."""
    if mention["resolution"] in UNSURE:
        state = mention["resolution"]
    elif mention["target_status"] in ("draft", "planned"):
        state = mention["target_status"]
    else:
        state = "known"
    return f"mention mention-{state}"


def _title(mention: dict[str, Any], words: Words) -> str:
    """Return the tooltip: what the mention leads to, how that was found, and why."""
    target = {name: mention[f"target_{name}"] for name in ("id", "code", "label", "type", "title")}
    parts = [
        words.document(target) if mention["target_id"] else "",
        words.term("resolution", mention["resolution"]),
        words.term("status", mention["target_status"]) if mention["target_status"] in ("draft", "planned") else "",
        mention["reason"] or "",
    ]
    return " · ".join(part for part in parts if part)
