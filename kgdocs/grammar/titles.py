"""Names of laws: abbreviations written out, and which documents have a name (patterns/titles.yml)."""

import re
from collections.abc import Iterable, Mapping

from kgdocs.grammar.folding import name_key
from kgdocs.grammar.names import KnownDocument, TitleForm, TitlesFile


class KnownTitles:
    """The well-known documents by every name that they have, compiled once."""

    def __init__(self, patterns: TitlesFile) -> None:
        """Compile the abbreviations and index the documents by title and aliases."""
        self.documents = patterns.documents
        self._whole: Mapping[str, str] = patterns.abbreviations.words
        shorts = "|".join(re.escape(short) for short in sorted(self._whole, key=len, reverse=True))
        self._short = re.compile(rf"(?<!\w)(?:{shorts})(?!\w)")
        self._called: dict[str, tuple[KnownDocument, ...]] = {}
        self._of_code: dict[str, tuple[KnownDocument, ...]] = {}
        for document in self.documents:
            if document.code:
                self._of_code[document.code] = (*self._of_code.get(document.code, ()), document)
            for key in dict.fromkeys(map(self.key, (document.title, *document.aliases))):
                self._called[key] = (*self._called.get(key, ()), document)

    def key(self, name: str) -> str:
        """Return the key under which spellings of a name meet: "Luật BHYT" is "Luật Bảo hiểm y tế"."""
        return name_key(self._short.sub(lambda match: self._whole[match.group()], name))

    def of_code(self, code: str) -> tuple[KnownDocument, ...]:
        """Return the documents with a number and symbol, in the order of the file."""
        return self._of_code.get(code, ())

    def called(self, name: str) -> tuple[KnownDocument, ...]:
        """Return the documents that a name may mean, in the order of the file."""
        return self._called.get(self.key(name), ())


def title_forms(forms: Iterable[TitleForm]) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return type → the compiled patterns of its forms."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for form in forms:
        found[form.type] = (*found.get(form.type, ()), re.compile(form.pattern, re.IGNORECASE))
    return found
