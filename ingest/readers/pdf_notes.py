"""Footnotes of a PDF page: small print below the body, each with its mark; and the marks in the body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import BlockKind
from ingest.readers.marks import raised
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_paragraph import Paragraph

_SMALL = 0.96
"""Of the body's size: what is smaller may be a note where its raised mark stands on the page."""
_SMALLER = 0.88
"""Of the body's size: what is as small, below all of the body, is a note by its mark alone."""
_MARK = re.compile(
    r"(?P<mark>[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}|\d{1,3}|\*{1,3}|\u2020)(?![\d.)/:%-])\s*(?=\S)"
)
NOTE: BlockKind = "footnote"


def note_mark(text: str) -> str | None:
    """The mark that a footnote begins with, as printed: "1", "¹", "*"."""
    found = _MARK.match(text)
    return found["mark"] if found else None


def name_notes(found: list[Paragraph], size: float, lines: Sequence[Line]) -> None:
    """Say which of a page's paragraphs are footnotes; size is that of the body, lines are those of the page."""
    for paragraph in found:
        _name_by_mark(paragraph, size, lines)
    _name_at_foot(found, size)
    for paragraph in found:
        if paragraph.kind == NOTE:
            _raise_mark(note_mark(paragraph.text), found)


def _name_by_mark(paragraph: Paragraph, size: float, lines: Sequence[Line]) -> None:
    """Smaller than the body, with a number whose raised mark stands elsewhere on the page."""
    first = paragraph.lines[0]
    mark = note_mark(first.text)
    if mark is not None and first.size < _SMALL * size:
        sought = raised(mark)
        if sought != mark and any(sought in line.text for line in lines if line is not first):
            paragraph.kind = NOTE


def _name_at_foot(found: list[Paragraph], size: float) -> None:
    """The small print that ends a page, from the first mark on; what follows without a mark goes on with its note."""
    at = len(found)
    while at > 0 and found[at - 1].lines[0].size < _SMALLER * size:
        at -= 1
    while at < len(found) and note_mark(found[at].text) is None:
        at += 1
    tail = found[at:]
    above = [line.bottom for paragraph in found[:at] for line in paragraph.lines]
    if not tail or not above or tail[0].lines[0].top > min(above) + 0.5 * size:
        return
    kept: list[Paragraph] = []
    for line in (line for paragraph in tail for line in paragraph.lines):
        if kept and not _is_next(kept[-1], line):
            kept[-1].lines.append(line)
        else:
            kept.append(Paragraph([line], NOTE))
    found[at:] = kept


def _is_next(note: Paragraph, line: Line) -> bool:
    """Whether a line begins the note after another one: with its number, or a mark that counts nothing."""
    mark, before = note_mark(line.text), note_mark(note.text)
    if mark is None or before is None:
        return False
    plain, last = _value(mark), _value(before)
    return last is None or plain is None or plain == last + 1


def _value(mark: str) -> int | None:
    """The number of a mark, raised or not; None for a star."""
    plain = unicodedata.normalize("NFKC", mark)
    return int(plain) if plain.isdecimal() else None


def _raise_mark(mark: str | None, found: list[Paragraph]) -> None:
    """Raise a note's mark that stands at the end of a word as a plain number, where it stands so but once."""
    if mark is None or not mark.isdecimal():
        return
    body = [(paragraph, at) for paragraph in found if paragraph.kind != NOTE for at in range(len(paragraph.lines))]
    texts = [paragraph.lines[at].text for paragraph, at in body]
    if any(raised(mark) in text for text in texts):
        return
    sought = re.compile(rf"(?<=[^\W\d_]{{3}}){mark}(?![\w/-])")
    hits = [(paragraph, at) for paragraph, at in body if sought.search(paragraph.lines[at].text)]
    if len(hits) == 1 and len(sought.findall(hits[0][0].lines[hits[0][1]].text)) == 1:
        paragraph, at = hits[0]
        line = paragraph.lines[at]
        paragraph.lines[at] = replace(line, text=sought.sub(raised(mark), line.text))
