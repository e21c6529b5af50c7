"""Extraction measured against hand-made answers: precision, recall, F1; by kind, by tag, per document.

The answers are NAME.json beside NAME.txt or NAME.md; offsets are characters of the NFC
text. Mentions marked optional count neither when found nor when missed.
"""

from kgdocs.pipeline.scoring.documents import score_document, score_folder
from kgdocs.pipeline.scoring.tallies import KINDS, MEASURES, DocumentScore, Score, Tally

__all__ = ["KINDS", "MEASURES", "DocumentScore", "Score", "Tally", "score_document", "score_folder"]
