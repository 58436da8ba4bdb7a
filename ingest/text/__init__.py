"""The text as read, made fit for matching, with the way back.

The cleaned copy has straight quotes, plain spaces and hyphens, one script to a word; converters' marks, page
numbers, running heads and footnote marks are out of it. Every character of it knows the stretch of the text
as read that it stands for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Block, BlockKind, Finding, Reading, Span
from ingest.text.folding import fold
from ingest.text.scrubbing import Scrubber, vocabulary
from ingest.text.sentences import split

_LEFT_OUT: frozenset[BlockKind] = frozenset({"header", "footer", "page-number", "debris"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the cleaned copy: offsets there, and the order of its block."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class CleanBlock:
    """A block in the cleaned copy; offsets are there, the rest is as in `Block`.

    content is where the words after the printed number start. Two blocks are kept apart by a line feed,
    which stands nowhere else.
    """

    order: int
    start: int
    end: int
    content: int
    kind: BlockKind
    number: str | None = None
    level: int = 0
    page: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Clean:
    """The cleaned copy and its map back.

    origin[i] is the offset in the text as read where character i starts, ends[i] where it ends; both have one
    entry more than the text, which holds the end of the text as read. folded are the words (offsets in the
    text as read) in which letters of another script were replaced.
    """

    text: str
    origin: array[int]
    ends: array[int]
    blocks: tuple[CleanBlock, ...]
    sentences: tuple[Sentence, ...]
    folded: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text as read behind text[start:end], without white space or debris at its ends.

        An empty or blank stretch gives an empty span.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            return Span(self.origin[start], self.origin[start])
        return Span(self.origin[start], self.ends[end - 1])

    def block_at(self, offset: int) -> CleanBlock | None:
        """The block that holds this offset of the cleaned copy, or the one before it; None without any."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[at] if at >= 0 else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds this offset; for a printed number, the first sentence of its block."""
        block = self.block_at(offset)
        if block is None:
            return None
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        for candidate in self.sentences[max(at, 0) : at + 2]:
            if candidate.block == block.order:
                return candidate
        return None

    def clean_offset(self, offset: int) -> int:
        """Where this offset of the text as read lies in the cleaned copy.

        For what was left out, where the next character that was kept begins.
        """
        at = bisect_left(self.origin, offset)
        if at > 0 and self.origin[min(at, len(self.text))] != offset and self.ends[at - 1] > offset:
            return at - 1
        return min(at, len(self.text))


def clean(reading: Reading) -> Clean:
    """The cleaned copy of a reading."""
    plain, folded = fold(reading.text)
    numbers = (block.number for block in reading.blocks if block.kind == "footnote" and block.number)
    notes = frozenset(number.strip("[]().") for number in numbers)
    source = reading.text if reading.media_type == "text/markdown" else None
    scrubber = Scrubber(plain, notes, vocabulary(plain), markup=source is not None)
    blocks: list[CleanBlock] = []
    for block in reading.blocks:
        if block.kind not in _LEFT_OUT:
            blocks.extend(_clean_block(scrubber, block, source))
    text, origin, ends = scrubber.result(len(reading.text))
    return Clean(text, origin, ends, tuple(blocks), tuple(_sentences(text, blocks)), folded)


def _clean_block(scrubber: Scrubber, block: Block, text: str | None) -> Iterator[CleanBlock]:
    mark = scrubber.mark()
    start, content, end = scrubber.add(_first(block, text), block.content, block.span.end)
    if start == end:
        scrubber.back_to(mark)
        return
    yield CleanBlock(block.order, start, end, content, block.kind, block.number, block.level, block.page, block.address)


def _first(block: Block, text: str | None) -> int:
    """Where copying starts: in Markdown (its text given) after what marks a heading, quotation or note."""
    if text is None or block.span.start == block.content:
        return block.span.start
    lead = text[block.span.start : block.content].rstrip()
    if block.number and lead.endswith(block.number):
        return block.span.start + len(lead) - len(block.number)
    return block.content


def _sentences(text: str, blocks: list[CleanBlock]) -> Iterator[Sentence]:
    for block in blocks:
        if block.kind == "heading":
            stretches: Iterator[tuple[int, int]] = iter([(block.content, block.end)])
        else:
            stretches = split(text, block.content, block.end)
        for start, end in stretches:
            if start < end:
                yield Sentence(start, end, block.order)


def findings(reading: Reading, cleaned: Clean) -> tuple[Finding, ...]:
    """What cleaning met that a person should look at: words with letters of another script."""
    places: dict[str, list[Span]] = {}
    for span in cleaned.folded:
        places.setdefault(reading.text[span.start : span.end], []).append(span)
    return tuple(_homoglyph(reading, word, spans) for word, spans in sorted(places.items()))


def _homoglyph(reading: Reading, word: str, spans: list[Span]) -> Finding:
    meant, _ = fold(f"a {word} a")
    letters = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(word) if not char.isascii())
    times = "once" if len(spans) == 1 else f"{len(spans)} times"
    return Finding(
        code="homoglyph",
        severity="warning",
        message=f"“{word}” is written {times} with look-alike letters of another script ({letters}); "
        f"it is matched as “{meant[2:-2]}”.",
        question=f"Was “{meant[2:-2]}” meant?",
        passages=tuple((reading.checksum, span) for span in spans),
    )
