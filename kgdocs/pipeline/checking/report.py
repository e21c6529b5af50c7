"""Verdicts → one HTML file that stands alone: no address of another file or host, printable, readable without script."""

from collections.abc import Iterator, Sequence
from html import escape

from kgdocs.grammar import Rules
from kgdocs.pipeline.checking.json_rows import position
from kgdocs.pipeline.checking.lines import summary, witness_name
from kgdocs.pipeline.checking.marking import gravest, stretches
from kgdocs.pipeline.checking.verdicts import Check, CheckedReference, Remark

_STYLE = """
body{font:16px/1.55 system-ui,sans-serif;margin:1.5rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24}
pre{white-space:pre-wrap;font:inherit;border:1px solid #d3d8de;padding:1rem;border-radius:4px}
.two{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.5rem;align-items:start}
mark{background:#fff1b8;color:inherit}mark.high{background:#ffd9d9}mark.info,mark.low{background:#eef3f8}
ol{padding-left:1.4rem}li{margin-bottom:.8rem}.code{font-family:monospace;font-size:.9em}
table{border-collapse:collapse;width:100%;font-size:.92rem}td,th{border:1px solid #d3d8de;padding:.3rem .5rem;text-align:left;vertical-align:top}
ins{background:#e3f4e6;text-decoration:none}@media print{.two{display:block}}@media(max-width:50rem){.two{display:block}}
"""


def report(found: Sequence[Check], rules: Rules, language: str = "vi") -> str:
    """Return a whole HTML document about one or more texts."""
    names = ", ".join(_name(one) for one in found)
    body = "".join(piece for number, one in enumerate(found) for piece in _text(one, rules, language, number))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(names)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _name(found: Check) -> str:
    """The name of the file alone: where it lies is nobody else's business."""
    return found.reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]


def _text(found: Check, rules: Rules, language: str, number: int) -> Iterator[str]:
    yield f"<h1>{escape(_name(found))}</h1>"
    words = rules.drafts.words
    at = 0 if language == "vi" else 1
    yield f"<p>{escape(summary(found, rules, language) if found.remarks else words['none'].fill()[at])}</p>"
    if not found.with_database:
        yield f"<p>{escape(words['no_database'].fill()[at])}</p>"
    yield f'<div class="two"><pre lang="vi">{_marked(found, number)}</pre><ol>'
    yield from (_remark(found, one, rules, language, f"{number}-{at}") for at, one in enumerate(found.remarks))
    yield "</ol></div><table><tbody>"
    yield from (_row(one, rules, language) for one in found.references if one.target and not one.reference.is_self)
    yield "</tbody></table>"


def _marked(found: Check, number: int) -> str:
    pieces = []
    for one in stretches(found):
        words = escape(found.text[one.start : one.end])
        if one.remarks:
            worst = gravest([found.remarks[at] for at in one.remarks])
            words = f'<a href="#r{number}-{one.remarks[0]}"><mark class="{worst}">{words}</mark></a>'
        elif one.reference is not None:
            words = f"<u>{words}</u>"
        pieces.append(words)
    return "".join(pieces)


def _remark(found: Check, one: Remark, rules: Rules, language: str, name: str) -> str:
    finding = one.finding
    line, column = position(found.text, finding.start)
    message = finding.message if language == "vi" else finding.message_en
    suggestion = f"<br><ins>{escape(one.suggestion.text)}</ins>" if one.suggestion else ""
    return (
        f'<li id="r{name}"><span class="code">{line}:{column} {finding.code} {finding.severity}</span><br>'
        f"{escape(message)}{suggestion}</li>"
    )


def _row(one: CheckedReference, rules: Rules, language: str) -> str:
    """A reference with the verdict on each part."""
    at = 0 if language == "vi" else 1
    terms = rules.drafts
    cells = []
    for name, verdict in one.parts.items():
        state = terms.states[verdict.state].fill()[at]
        who = (
            f" – {verdict.known[0].value} ({witness_name(verdict.known[0], rules, language)})" if verdict.known else ""
        )
        cells.append(f"<td>{escape(terms.parts[name].fill()[at])}: {escape(state + who)}</td>")
    return f"<tr><th>{escape(' '.join(one.reference.text.split()))}</th>{''.join(cells)}</tr>"
