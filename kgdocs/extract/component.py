"""A spaCy component: `nlp.add_pipe("kgdocs_references")` fills `doc.spans["references"]`.

Spans are aligned outwards to the pipeline's own tokens; their label is the kind. Offsets
refer to the Doc's text, which should be NFC.
"""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kgdocs.extract.extractor import Extractor
from kgdocs.grammar import load_rules
from kgdocs.models import Reference

NAME = "kgdocs_references"


@Language.factory(NAME, default_config={"key": "references"})  # type: ignore[untyped-decorator]
def create_component(nlp: Language, name: str, key: str) -> Callable[[Doc], Doc]:
    """Make the component; `key` is the name of the span group."""
    extractor = Extractor(load_rules())

    def component(doc: Doc) -> Doc:
        spans = [_span(doc, reference) for reference in extractor.extract(doc.text).references]
        doc.spans[key] = SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])
        return doc

    return component


def _span(doc: Doc, reference: Reference) -> Span | None:
    """The tokens that hold a reference."""
    return doc.char_span(reference.start, reference.end, label=reference.kind, alignment_mode="expand")
