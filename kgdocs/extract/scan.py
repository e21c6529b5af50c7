"""One pass over a text: its folded form, its codes, and every word and name of patterns/ in it."""

from dataclasses import dataclass, field

from kgdocs.grammar import Rules
from kgdocs.grammar.codes import FoundCode
from kgdocs.grammar.folding import scan_fold
from kgdocs.grammar.lexicon import Hit


@dataclass(frozen=True, slots=True)
class Scan:
    """What later steps look things up in, by offset; `folded` has the length of `text`."""

    text: str
    folded: str
    codes: list[FoundCode]
    hits: list[Hit]
    agencies: dict[int, int] = field(default_factory=dict)
    """Start → end of every agency named."""
    agency_starts: list[int] = field(default_factory=list)
    laws: dict[int, int] = field(default_factory=dict)
    """Start → end of every law named by a name that is listed."""
    hit_at: dict[int, Hit] = field(default_factory=dict)


def scan(text: str, rules: Rules) -> Scan:
    """Scan an NFC text."""
    folded = scan_fold(text)
    hits = list(rules.lexicon.find(folded))
    return Scan(
        text=text,
        folded=folded,
        codes=list(rules.codes.find(folded)),
        hits=hits,
        agency_starts=[hit.start for hit in hits if hit.entry.tag == "AGENCY"],
        agencies={hit.start: hit.end for hit in hits if hit.entry.tag == "AGENCY"},
        laws={hit.start: hit.end for hit in hits if hit.entry.tag == "LAW"},
        hit_at={hit.start: hit for hit in hits},
    )
