"""What a person should look at in the clauses of a document: one finding for each kind of defect and instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.context import Document
from ingest.discourse.scope import is_instrument
from ingest.model import Finding, Span
from ingest.provisions.clauses import Instrument
from ingest.provisions.instruments import instruments
from ingest.provisions.numbering import Oddity, oddities
from ingest.provisions.titles import titles_that_break_off
from ingest.text import CleanBlock

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
        yield from _odd(document, instrument)


def _label(instrument: Instrument) -> str:
    return " ".join(instrument.entity.key) if instrument.entity is not None else "an instrument"


def _repaired(document: Document, instrument: Instrument) -> Iterator[Finding]:
    """The defects that had to be repaired to read the clauses."""
    defects = sorted(instrument.defects, key=lambda defect: (defect.code, defect.start))
    for code, group in groupby(defects, key=lambda defect: defect.code):
        spans = [document.clean.span(defect.start, defect.end) for defect in group]
        yield _finding(document, code, instrument, spans)


_ODD = {
    "repeated-paragraph-number": (
        "the number {0} stands on two clauses that follow each other",
        "Which number was the second one to have?",
    ),
    "skipped-paragraph-number": (
        "{0} is followed by {1}; there is no {2}",
        "Was {2} left out, or is the numbering wrong?",
    ),
    "head-without-clause": ("no clause stands below a head", "What does this head govern?"),
}


def _odd(document: Document, instrument: Instrument) -> Iterator[Finding]:
    """What does not add up in its numbers and heads: a finding each, with the places to compare."""
    for odd in oddities(document.clean.text, instrument):
        if _is_audited(document, odd):
            continue
        words, question = _ODD[odd.code]
        yield Finding(
            code=odd.code,
            severity="info",
            message=f"In {_label(instrument)}, {words.format(*odd.words)}.",
            question=question.format(*odd.words),
            passages=tuple((document.reading.checksum, document.clean.span(*place)) for place in odd.places),
        )


def _is_audited(document: Document, odd: Oddity) -> bool:
    """Whether the numbers are of plain paragraphs of a report, whose series `ingest.audit` follows from end to end."""
    if is_instrument(document) or odd.code == "head-without-clause":
        return False
    blocks = [document.clean.block_at(start) for start, _ in odd.places]
    if not all(block is not None and _is_plain(block) for block in blocks):
        return False
    numbers = {(block.number or "").rstrip(".") for block in document.clean.blocks if _is_plain(block)}
    return not numbers.intersection(odd.words[2:])


def _is_plain(block: CleanBlock) -> bool:
    """Whether a paragraph has a number of its own that is no item's: "4.1", "7."."""
    return block.kind not in ("item", "cell", "footnote") and bool(
        re.fullmatch(r"(?:\d+\.)*\d+\.?", block.number or "")
    )


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
