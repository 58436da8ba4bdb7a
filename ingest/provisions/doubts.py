"""What a person should look at in the clauses of a document: one finding for each kind of defect and instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.context import Document
from ingest.model import Finding, Span
from ingest.provisions.clauses import Instrument
from ingest.provisions.instruments import instruments
from ingest.provisions.titles import titles_that_break_off

_MESSAGES = {
    "run-on-heading": (
        "{n} heading(s) hang on the end of the paragraph before",
        "Do these words head the clauses that follow?",
    ),
    "merged-provisions": ("{n} clause(s) stand in the paragraph of another", "Are these clauses of their own?"),
    "title-cut": ("the title breaks off or may do so", "What is the whole title?"),
    "footnote-in-text": ("{n} footnote(s) stand inside a paragraph", "Do these words belong to the note alone?"),
    "page-rule-in-text": ("{n} page rule(s) stand inside a paragraph", None),
}


def findings(document: Document) -> Iterator[Finding]:
    """The doubts about each instrument, in their order."""
    found = list(instruments(document))
    cut = titles_that_break_off(document, found)
    for instrument in found:
        yield from _repaired(document, instrument)
        if instrument.title is not None and instrument.title in cut:
            yield _finding(document, "title-cut", instrument, [document.clean.span(*instrument.title)])
        yield from _notes(document, instrument)


def _label(instrument: Instrument) -> str:
    return " ".join(instrument.entity.key) if instrument.entity is not None else "an instrument"


def _repaired(document: Document, instrument: Instrument) -> Iterator[Finding]:
    """The defects that had to be repaired to read the clauses."""
    defects = sorted(instrument.defects, key=lambda defect: (defect.code, defect.start))
    for code, group in groupby(defects, key=lambda defect: defect.code):
        spans = [document.clean.span(defect.start, defect.end) for defect in group]
        yield _finding(document, code, instrument, spans)


def _finding(document: Document, code: str, instrument: Instrument, spans: Sequence[Span]) -> Finding:
    words, question = _MESSAGES[code]
    said = f"In {_label(instrument)}, {words.format(n=len(spans))}"
    return Finding(
        code=code,
        severity="info",
        message=f"{said}; read as such, and nothing of the text was changed.",
        question=question,
        passages=tuple((document.reading.checksum, span) for span in spans),
    )


def _notes(document: Document, instrument: Instrument) -> Iterator[Finding]:
    """Rules and notes that share the address of the paragraph that they stand in."""
    rules_met: list[Span] = []
    notes: list[Span] = []
    blocks = document.reading.blocks[max(0, instrument.first - 2) : instrument.last]
    for before, block in pairwise(blocks):
        if block.address is None or block.address != before.address:
            continue
        words = document.reading.text[block.span.start : block.span.end].strip()
        if block.kind == "debris" and re.fullmatch(r"_{5,}", words):
            rules_met.append(block.span)
        elif block.kind == "footnote" and before.kind == "debris":
            notes.append(block.span)
    if rules_met:
        yield _finding(document, "page-rule-in-text", instrument, rules_met)
    if notes:
        yield _finding(document, "footnote-in-text", instrument, notes)
