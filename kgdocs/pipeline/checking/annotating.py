"""Verdicts → the drafter's own Word file with a comment at each place that is to be looked at."""

from pathlib import Path

from kgdocs.errors import UsageError
from kgdocs.grammar import Rules
from kgdocs.pipeline.checking.verdicts import Check, Remark
from kgdocs.read import Comment, commented, file_content

AUTHOR = "kgdocs"
_LEFT_OUT = ("UNRESOLVED",)
"""Nobody wants a comment at each document that was merely not read."""


def annotate(found: Check, source: Path, target: Path, rules: Rules, language: str = "vi") -> int:
    """Write the Word file `source`, which `found` is about, with comments to `target`; returns how many.

    Raises UsageError where `source` is no Word file, where `target` is that file or cannot be written.
    """
    if source.suffix.lower() != ".docx":
        raise UsageError(f"Comments can be put into a .docx only, not into {source}.")
    if target.exists() and target.samefile(source):
        raise UsageError(f"{target} is the draft itself; name another file for the comments.")
    told = [one for one in found.remarks if one.finding.code not in _LEFT_OUT]
    comments = [Comment(*_place(found, one), _words(one, rules, language)) for one in told]
    try:
        target.write_bytes(commented(file_content(source), comments, AUTHOR))
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
    return len(comments)


def _place(found: Check, one: Remark) -> tuple[int, int]:
    """Where a finding stands in the text of the file as found, before it was normalised."""
    offsets = found.reading.source.raw_offsets
    start, end = one.finding.start, one.finding.end
    return (offsets[start], offsets[end]) if offsets else (start, end)


def _words(one: Remark, rules: Rules, language: str) -> str:
    """The sentence of a finding, its code, and what to write."""
    message = one.finding.message if language == "vi" else one.finding.message_en
    lead = rules.drafts.words["suggestion"].fill()[0 if language == "vi" else 1]
    return f"{message} [{one.finding.code}]" + (f"\n{lead}: {one.suggestion.text}" if one.suggestion else "")
