"""A document's instruments and their clauses, read from its blocks: any format, whole texts and broken conversions.

An instrument begins at its title line ("RESOLUTION 61 (REV. LARKHAVEN, 2031)") or is the document itself. A head
alone, or hanging on the end of the paragraph before, governs the clauses up to the next head. Numbers that follow
one another inside a paragraph split it. The text ends at an annex, or after a full stop that no clause follows up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.context import Document
from ingest.model import Entity
from ingest.provisions.heads import Head, ending, read_head, run_on
from ingest.provisions.numerals import Numeral, follows, numeral, split_inline
from ingest.text import CleanBlock

_TITLE_LINE = re.compile(
    r"(?:RESOLUTION|DECISION|RECOMMENDATION|OPINION|Resolution|Decision|Recommendation|Opinion)"
    r" (?:[A-Z]{2,6}-[RTD] )?"
    r"\d{1,4}(?:-\d{1,2})? ?\((?:[A-Z][^()]{3,60})\)"
)
_NOT_WORDS = frozenset({"footnote", "header", "footer", "debris", "page-number"})


@dataclass(slots=True)
class Clause:
    """A clause: where its words stand in the cleaned copy, in the order of the instrument from 1.

    number is as printed. parent is the position of the clause that it is an item of, None for one directly under
    its head. block is the order of the block it begins in.
    """

    position: int
    head: Head
    number: str | None
    start: int
    end: int
    block: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect of the text that had to be repaired to read it: its code and where it stands in the cleaned copy."""

    code: str
    start: int
    end: int
    words: str


@dataclass(slots=True)
class Instrument:
    """An instrument of the document: its revision if that is known, its title, its clauses, the blocks it covers."""

    entity: Entity | None
    first: int
    last: int
    title: tuple[int, int] | None = None
    clauses: list[Clause] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)


def instruments(document: Document) -> Iterator[Instrument]:
    """The instruments with clauses, in order. A document that is no instrument and holds none gives nothing."""
    blocks = document.clean.blocks
    starts = [index for index, block in enumerate(blocks) if _is_title(document, block)]
    own = document.metadata.entity
    if not starts and own.kind in ("revision", "instrument"):
        yield from _with_clauses(document, own, blocks, None)
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else len(blocks)
        yield from _with_clauses(document, _entity(document, blocks[start]), blocks[start + 1 : stop], start)


def _is_title(document: Document, block: CleanBlock) -> bool:
    return block.kind in ("heading", "paragraph") and bool(
        _TITLE_LINE.fullmatch(document.clean.text[block.start : block.end].strip())
    )


def _entity(document: Document, block: CleanBlock) -> Entity | None:
    for link in document.links:
        if link.mention.block == block.order and link.mention.kind == "citation":
            return link.entity if link.entity is not None and link.entity.kind == "revision" else None
    return None


def _with_clauses(
    document: Document, entity: Entity | None, blocks: tuple[CleanBlock, ...], start: int | None
) -> Iterator[Instrument]:
    if not blocks:
        return
    found = Instrument(entity, blocks[0].order - (start is not None), blocks[-1].order)
    first = blocks[0]
    words = document.clean.text[first.content : first.end].strip()
    if start is not None and not first.number and read_head(words) is None and words[-1:] not in (",", ";", ":"):
        found.title = (first.content, first.end)
    _Reader(document.clean.text, found).read(blocks)
    if found.clauses:
        yield found


@dataclass(slots=True)
class _Reader:
    """One pass over the blocks of an instrument."""

    text: str
    instrument: Instrument
    head: Head | None = None
    open: list[tuple[Numeral | None, int, int]] = field(default_factory=list)
    """The clauses that the next may be an item of: numeral, level of its block, position."""
    closed: bool = False
    """A full stop ended the last clause: only a head or the next number goes on."""

    def read(self, blocks: tuple[CleanBlock, ...]) -> None:
        for block in blocks:
            words = self.text[block.content : block.end]
            if block.kind == "heading" or not block.number:
                alone = read_head(words)
                if alone is not None and block.kind not in _NOT_WORDS:
                    self._take_head(alone)
                    continue
            stop = ending(words)
            if stop == 0 or (block.kind == "heading" and self.instrument.clauses):
                return
            if block.kind != "heading" and not self._block(block, block.content + (stop or len(words))):
                return
            if stop is not None:
                if words[stop:].strip():
                    self._defect("run-on-heading", block.content + stop, block.end)
                return

    def _take_head(self, head: Head) -> None:
        self.head, self.open, self.closed = head, [], False

    def _defect(self, code: str, start: int, end: int) -> None:
        words = " ".join(self.text[start:end].split())
        self.instrument.defects.append(Defect(code, start, end, words))

    def _block(self, block: CleanBlock, end: int) -> bool:
        """Read one paragraph or item; False when the instrument ended before it."""
        hanging = run_on(self.text[block.content : end].rstrip())
        stop = block.content + hanging.start if hanging else end
        if block.kind != "footnote" and self.head is not None:
            if self.closed and not self._goes_on(block):
                return False
            self._clauses(block, stop)
        elif block.kind == "footnote" and hanging is None:
            return True
        if hanging is not None:
            self._defect("run-on-heading", stop, end)
            self._take_head(hanging)
        return True

    def _goes_on(self, block: CleanBlock) -> bool:
        now = numeral(block.number, self._last(block.level))
        return now is not None and any(last is not None and follows(last, now) for last, _, _ in self.open)

    def _last(self, level: int) -> list[Numeral]:
        return [last for last, _, _ in self.open if last is not None]

    def _clauses(self, block: CleanBlock, stop: int) -> None:
        now = numeral(block.number, self._last(block.level))
        if now is None and block.kind != "item" and self.open:
            self.instrument.clauses[-1].end = _trimmed(self.text, block.content, stop)
            self.closed = self._ends_in_stop(stop)
            return
        pieces = split_inline(self.text, block.content, stop, now)
        for index, (number, start, end) in enumerate(pieces):
            printed = block.number if index == 0 else number.printed if number else None
            self._add(number, printed, start, _trimmed(self.text, start, end), block)
            if index:
                self._defect("merged-provisions", start, _trimmed(self.text, start, end))
        self.closed = self._ends_in_stop(stop)

    def _ends_in_stop(self, stop: int) -> bool:
        end = _trimmed(self.text, 0, stop)
        return self.text[end - 1 : end] == "."

    def _add(self, number: Numeral | None, printed: str | None, start: int, end: int, block: CleanBlock) -> None:
        if start >= end or self.head is None:
            return
        parent = self._parent(number, block.level)
        clause = Clause(len(self.instrument.clauses) + 1, self.head, printed, start, end, block.order, parent)
        self.instrument.clauses.append(clause)
        self.open.append((number, block.level, clause.position))

    def _parent(self, number: Numeral | None, level: int) -> int | None:
        """The clause that this one is an item of: its list is closed by a number of a list further out."""
        for index in range(len(self.open) - 1, -1, -1):
            last, _, _ = self.open[index]
            if last is not None and number is not None and (follows(last, number) or last.style == number.style):
                del self.open[index:]
                return self.open[-1][2] if self.open else None
        if not self.open:
            return None
        _, last_level, position = self.open[-1]
        before = self.instrument.clauses[position - 1]
        if level > last_level or self.text[before.start : before.end].rstrip().endswith(":"):
            return position
        if number is None:
            self.open.pop()
            return self.open[-1][2] if self.open else None
        return position if self.open[0][0] is not None and number.style != self.open[0][0].style else None


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
