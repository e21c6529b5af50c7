"""A spaCy tokenizer that keeps document numbers whole, so that references end where tokens end.

`spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "kgdocs.tokenizer.v1"}}})` uses it;
spaCy's own tokenizers split "28-CT/TW" or glue the comma behind it.
"""

import re
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kgdocs.grammar import Rules, load_rules
from kgdocs.grammar.folding import scan_fold

NAME = "kgdocs.tokenizer.v1"
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@spacy.registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], "CodeTokenizer"]:
    """Return what spaCy calls with the pipeline to get its tokenizer."""
    return lambda nlp: CodeTokenizer(nlp.vocab, load_rules())


class CodeTokenizer:
    """Text → Doc whose tokens are document numbers, words, marks, and white space that is not one blank."""

    def __init__(self, vocab: Vocab, rules: Rules) -> None:
        """Keep the vocabulary of the pipeline and the forms of codes."""
        self._vocab = vocab
        self._codes = rules.codes

    def __call__(self, text: str) -> Doc:
        """Return a Doc with the text of `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in self._pieces(text):
            if piece.startswith(" ") and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                piece = piece[1:]
            if piece:
                words.append(piece)
                spaces.append(False)
        return Doc(self._vocab, words=words, spaces=spaces)

    def to_bytes(self, **options: object) -> bytes:
        """Nothing to save: all is in patterns/."""
        return b""

    def from_bytes(self, data: bytes, **options: object) -> "CodeTokenizer":
        """Nothing to load."""
        return self

    def to_disk(self, path: object, **options: object) -> None:
        """Nothing to save: all is in patterns/."""

    def from_disk(self, path: object, **options: object) -> "CodeTokenizer":
        """Nothing to load."""
        return self

    def _pieces(self, text: str) -> Iterator[str]:
        """Codes whole, and between them words, marks and white space."""
        position = 0
        for code in self._codes.find(scan_fold(text)):
            yield from _PIECE.findall(text[position : code.start])
            yield text[code.start : code.end]
            position = code.end
        yield from _PIECE.findall(text[position:])
